/* SPDX-License-Identifier: MIT */
/*
 * shell: makes the script in which bash runs a fence. It stops at the first pipeline that fails, and calls weir's
 * programs through functions that
 *
 * - give -E to a program that starts a pipeline, so that the end mark proves its output complete, and to one that
 *   stores or draws what it reads from a pipe, so that it demands the mark;
 * - give --stats to all;
 * - let chart(1) draw into a stream of its own;
 * - note each file that is an argument or standard input, and each program that fails.
 *
 * Common tools and weir's scripts have functions that only note files.
 */
#ifndef WEIR_SHELL_H
#define WEIR_SHELL_H

/* What a line of the notes starts with; a TAB and the rest follow. */
#define SHELL_INPUT "input"   /* the absolute name of a file */
#define SHELL_FAILED "failed" /* the name of a program, a TAB, its exit status */

/*
 * The argument of "bash -p -c" that runs TEXT, commands that start at LINE of a page: bash's line numbers are those of
 * the page. Unless CHART is NULL, the output is piped to chart(1) with the arguments CHART. Name, shell_functions and
 * PREFIX must follow as arguments; PREFIX is what the names of weir's programs start with. For the caller to free.
 */
char *xshell_script(const char *text, int line, const char *chart, const char *prefix);

extern const char shell_functions[];

#endif
