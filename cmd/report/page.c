/* SPDX-License-Identifier: MIT */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include <cmark.h>

#include "base/die.h"
#include "base/quote.h"
#include "fence.h"
#include "html.h"
#include "records.h"
#include "shell.h"
#include "table.h"

enum { NAME_SIZE = 4096 };

/* A fence of a page. */
struct part {
    const char *text;
    const char *chart; /* arguments of chart(1); NULL: draw no chart */
    struct place place;
};

/* Whether INFO starts with WORD; if so, *REST is what follows, without white space before it. */
static bool starts_with_word(const char *info, const char *word, const char **rest)
{
    size_t len = strlen(word);

    if (strncmp(info, word, len) != 0 || (info[len] != '\0' && info[len] != ' ' && info[len] != '\t'))
        return false;
    *rest = info + len + strspn(info + len, " \t");
    return true;
}

/* Runs the commands of PART. Dies if they fail. */
static void xrun(const struct page *page, const struct part *part, struct fence *f)
{
    char *script = xshell_script(part->text, part->place.line, part->chart, page->prefix);
    char name[NAME_SIZE] = "standard input";
    bool is_full;

    if (page->name != NULL)
        quote_message(name, sizeof name, page->name); /* messages are lines */
    char *argv[] = { "bash", "-p", "-c", script, name, (char *)(uintptr_t)shell_functions, page->prefix, NULL };
    xfence_run(f, page->directory, argv, &is_full);
    if (is_full)
        die_at(&part->place, STATUS_BAD_DATA, "the commands write more than 64 MB; filter or aggregate first");
    notes_check(f, name, &part->place);
    free(script);
}

/* Appends the commands of PART and the counts of their run, folded. */
static void write_commands(struct buffer *html, const struct part *part, const struct counts *counts)
{
    html_add(html, "<details class=\"commands\"><summary>Commands");
    if (counts->are_known) {
        html_add(html, " <span>");
        html_count(html, counts->n_read);
        html_add(html, counts->n_read == 1 ? " record read" : " records read");
        if (counts->n_rejected > 0) {
            html_add(html, ", ");
            html_count(html, counts->n_rejected);
            html_add(html, " rejected");
        }
        html_add(html, "</span>");
    }
    html_add(html, "</summary>\n<pre tabindex=\"0\"><code>");
    html_lines(html, span_of(part->text));
    if (part->chart != NULL) {
        html_add(html, "| chart ");
        html_text(html, span_of(part->chart));
    }
    html_add(html, "</code></pre></details>\n");
}

/* Runs the commands of PART and appends what they draw and write, and the commands. */
static void render_part(struct page *page, const struct part *part, struct buffer *html)
{
    struct counts counts = { .n_read = 0 };
    struct records records;
    struct fence f;

    xrun(page, part, &f);
    const struct buffer *pictures = &f.streams[FENCE_PICTURES];
    xrecords_split(&records, buffer_span(&f.streams[FENCE_RECORDS]), &part->place);
    html_add(html, "<div class=\"result\">\n");
    xbuffer_append(html, buffer_span(pictures));
    if (records.n_columns > 0)
        table_write(html, &records);
    else if (pictures->len == 0)
        html_add(html, "<p class=\"none\">No output</p>\n");
    counts_add(&counts, &f);
    write_commands(html, part, &counts);
    html_add(html, "</div>\n");
    page->counts.n_read += counts.n_read;
    page->counts.n_rejected += counts.n_rejected;
    xinputs_add_noted(&page->inputs, buffer_span(&f.streams[FENCE_NOTES]));
    records_free(&records);
    fence_free(&f);
}

/* Replaces NODE, a code block, by the result of its commands if it is marked "weir". */
static void render_block(struct page *page, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    struct part part = { .text = cmark_node_get_literal(node),
                         .place = { page->name, cmark_node_get_start_line(node) } };
    struct buffer html = { .at = NULL };

    if (info == NULL || !starts_with_word(info, "weir", &info))
        return;
    if (*info != '\0' && !starts_with_word(info, "chart", &part.chart))
        die_at(&part.place, STATUS_USAGE, "after weir, only chart and its options may follow: %s", info);
    render_part(page, &part, &html);
    xbuffer_append(&html, (struct span){ "", 1 });
    cmark_node *result = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_set_on_enter(result, html.at);
    cmark_node_replace(node, result);
    cmark_node_free(node);
    buffer_free(&html);
}

/* Replaces NODE, an image, by a link to it: a page that is one file refers to no other. Images in the page stay. */
static void render_image(cmark_node *node)
{
    if (strncmp(cmark_node_get_url(node), "data:image/", strlen("data:image/")) == 0)
        return;
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(node));
    cmark_node_set_title(link, cmark_node_get_title(node));
    while (cmark_node_first_child(node) != NULL)
        cmark_node_append_child(link, cmark_node_first_child(node));
    cmark_node_replace(node, link);
    cmark_node_free(node);
}

/* Makes the first heading the only one of level 1. */
static void render_heading(struct page *page, cmark_node *node)
{
    if (!page->has_heading)
        cmark_node_set_heading_level(node, 1);
    else if (cmark_node_get_heading_level(node) == 1)
        cmark_node_set_heading_level(node, 2);
    page->has_heading = true;
}

/* Adds the text of NODE, inside the first heading, to the title. */
static void add_title(struct page *page, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
        xbuffer_append(&page->title, span_of(cmark_node_get_literal(node)));
    else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
        xbuffer_append(&page->title, span_of(" "));
}

/* Leaves are replaced when they are entered, others when they are left, as cmark(3) allows. */
static void render_nodes(struct page *page, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    bool in_title = false;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING) {
            in_title = event == CMARK_EVENT_ENTER && !page->has_heading;
            if (event == CMARK_EVENT_ENTER)
                render_heading(page, node);
        } else if (in_title && event == CMARK_EVENT_ENTER) {
            add_title(page, node);
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            render_block(page, node);
        }
        if (type == CMARK_NODE_IMAGE && event == CMARK_EVENT_EXIT)
            render_image(node);
    }
    cmark_iter_free(iter);
}

/* The title of a page without a heading: the name of its file, without directory and ".md". */
static struct span name_of(const struct page *page)
{
    const char *slash = page->name != NULL ? strrchr(page->name, '/') : NULL;
    struct span name = span_of(page->name == NULL ? "Report" : slash != NULL ? slash + 1 : page->name);

    if (name.len > 3 && memcmp(name.at + name.len - 3, ".md", 3) == 0)
        name.len -= 3;
    return name;
}

char *xpage_render(struct page *page, struct span text)
{
    cmark_node *document = cmark_parse_document(text.at, text.len, CMARK_OPT_VALIDATE_UTF8);

    render_nodes(page, document);
    if (page->title.len == 0)
        xbuffer_append(&page->title, name_of(page));
    xbuffer_append(&page->title, (struct span){ "", 1 });
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
    cmark_node_free(document);
    return html;
}

void page_free(struct page *page)
{
    free(page->directory);
    free(page->prefix);
    buffer_free(&page->title);
    inputs_free(&page->inputs);
}
