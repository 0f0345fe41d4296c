/* SPDX-License-Identifier: MIT */
/* page: a page of Markdown (CommonMark) whose fences marked "weir" are run. */
#ifndef WEIR_PAGE_H
#define WEIR_PAGE_H

#include "base/buffer.h"
#include "base/span.h"
#include "inputs.h"
#include "notes.h"

struct page {
    const char *name;      /* of the file; NULL: standard input */
    char *directory;       /* owned; absolute, where commands run */
    char *prefix;          /* owned; what the names of weir's programs start with */
    struct buffer title;   /* text of the first heading, or the name, as a C string */
    bool has_heading;
    struct counts counts;
    struct inputs inputs;
};

/*
 * Runs the fences of TEXT, which is Markdown, in order, and returns the whole as HTML for the body, for the caller to
 * free. The caller sets name, directory, prefix and inputs.directory; the rest of PAGE is filled here. A command that
 * fails ends the program.
 */
char *xpage_render(struct page *page, struct span text);

void page_free(struct page *page);

#endif
