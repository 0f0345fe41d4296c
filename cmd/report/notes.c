/* SPDX-License-Identifier: MIT */
#include "notes.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"

enum {
    COLUMN_READ = 9, /* in a record of --stats, from 0 */
    COLUMN_REJECTED = 11,
    NOT_EXECUTABLE = 126,
    NOT_FOUND = 127,
    BY_SIGNAL = 128,
    MOST_SIGNAL = 64,
};

/* Takes the next line from TEXT, without its LF. False at the end. */
static bool take_line(struct span *text, struct span *line)
{
    const char *newline = text->len > 0 ? memchr(text->at, '\n', text->len) : NULL;

    if (text->len == 0)
        return false;
    *line = (struct span){ text->at, newline != NULL ? (size_t)(newline - text->at) : text->len };
    text->len -= line->len + (newline != NULL);
    text->at += line->len + (newline != NULL);
    return true;
}

/* Whether LINE starts with WORD and then C; if so, *REST is what follows. */
static bool starts_with(struct span line, struct span word, char c, struct span *rest)
{
    if (line.len <= word.len || memcmp(line.at, word.at, word.len) != 0 || line.at[word.len] != c)
        return false;
    *rest = (struct span){ line.at + word.len + 1, line.len - word.len - 1 };
    return true;
}

/* Field I, from 0, of LINE; empty if there is none. */
static struct span field(struct span line, size_t i)
{
    const char *end = line.at + line.len;
    const char *at = line.at;

    for (; i > 0 && at != NULL; i--) {
        at = memchr(at, '\t', (size_t)(end - at));
        at = at != NULL ? at + 1 : NULL;
    }
    if (at == NULL)
        return (struct span){ end, 0 };
    const char *tab = memchr(at, '\t', (size_t)(end - at));
    return (struct span){ at, (size_t)((tab != NULL ? tab : end) - at) };
}

/* The number in field I of LINE; 0 if it is none. strtoull() stops at what follows, at last a NUL. */
static uint64_t number_in(struct span line, size_t i)
{
    struct span text = field(line, i);

    return text.len > 0 ? strtoull(text.at, NULL, 10) : 0;
}

/* Adds the records of --stats in STREAM. Header lines and notes have no numbers there. */
static void add_stats(struct counts *c, const struct buffer *stream, bool are_sources)
{
    struct span text = buffer_span(stream);
    struct span line;

    while (take_line(&text, &line)) {
        c->n_rejected += number_in(line, COLUMN_REJECTED);
        c->n_read += are_sources ? number_in(line, COLUMN_READ) : 0;
        c->are_known |= are_sources;
    }
}

void counts_add(struct counts *c, const struct fence *f)
{
    add_stats(c, &f->streams[FENCE_NOTES], false);
    add_stats(c, &f->streams[FENCE_SOURCES], true);
}

bool notes_take(struct span *notes, const char *kind, struct span *rest)
{
    struct span line;

    while (take_line(notes, &line))
        if (starts_with(line, span_of(kind), '\t', rest))
            return true;
    return false;
}

/* The exit status of a program that ended with STATUS, as in a shell. */
static enum status status_of(int status)
{
    if (status == NOT_FOUND || status == NOT_EXECUTABLE)
        return STATUS_USAGE;
    return status == STATUS_USAGE || status == STATUS_SYSTEM ? (enum status)status : STATUS_BAD_DATA;
}

/* Whether STATUS is that of a command killed by a signal. SIGPIPE is no failure by itself: its reader has ended. */
static bool is_killed(int status)
{
    return status > BY_SIGNAL && status <= BY_SIGNAL + MOST_SIGNAL && status != BY_SIGNAL + SIGPIPE;
}

/* Ends the program if a signal has killed a command: the shell does not see all of them, such as those in <(...). */
static void check_killed(const struct fence *f, const struct place *place)
{
    struct span notes = buffer_span(&f->streams[FENCE_NOTES]);
    struct span name = span_of("a command");
    struct span failure;
    int status = f->status;

    while (notes_take(&notes, SHELL_FAILED, &failure))
        if (is_killed((int)number_in(failure, 1))) {
            name = field(failure, 0);
            status = (int)number_in(failure, 1);
            break;
        }
    if (is_killed(status))
        die_at(place, STATUS_SYSTEM, "%.*s: killed by signal %d (%s)", (int)name.len, name.at, status - BY_SIGNAL,
               strsignal(status - BY_SIGNAL));
}

/* Finds the failed program that wrote MESSAGE. False: none did. */
static bool find_speaker(struct span notes, struct span message, struct span *name, int *status)
{
    struct span failure;
    struct span rest;

    while (notes_take(&notes, SHELL_FAILED, &failure)) {
        *name = field(failure, 0);
        if (starts_with(message, *name, ':', &rest)) {
            *status = (int)number_in(failure, 1);
            return true;
        }
    }
    return false;
}

static bool has(struct span text, const char *part)
{
    return text.len > 0 && memmem(text.at, text.len, part, strlen(part)) != NULL;
}

/*
 * Finds the message of what failed first, the shell SHELL or a program; of a program the last one. Messages are in
 * order, and programs that only say that their input failed are not the cause. *STATUS becomes the program's.
 */
static struct span find_message(const struct fence *f, const char *shell, int *status)
{
    struct span messages = buffer_span(&f->streams[FENCE_MESSAGES]);
    struct span speaker = { NULL, 0 };
    struct span found = { "", 0 };
    struct span line;
    struct span rest;

    while (take_line(&messages, &line)) {
        bool is_cause = !has(line, ": input failed: ") && !has(line, "the input is empty");
        if (speaker.len > 0 && starts_with(line, speaker, ':', &rest))
            found = line;
        if (speaker.len > 0 || line.len == 0 || (!is_cause && found.len > 0))
            continue;
        found = line;
        if (starts_with(line, span_of(shell), ':', &rest))
            break;
        if (is_cause && !find_speaker(buffer_span(&f->streams[FENCE_NOTES]), line, &speaker, status))
            speaker.len = 0;
    }
    return found;
}

/* Removes what messages of the shell SHELL start with; their line is one of the page: sets PLACE to it. */
static struct span trim(struct span message, const char *shell, struct place *place)
{
    struct span number = { NULL, 0 };
    struct span rest = message;

    if (!starts_with(message, span_of(shell), ':', &rest))
        return message;
    starts_with(rest, span_of(" -c"), ':', &rest);
    if (!starts_with(rest, span_of(" line"), ' ', &number))
        return rest;
    const char *colon = memchr(number.at, ':', number.len);
    if (colon == NULL || colon + 2 > number.at + number.len)
        return rest;
    place->line = (int)strtoul(number.at, NULL, 10);
    return (struct span){ colon + 2, (size_t)(number.at + number.len - colon) - 2 };
}

void notes_check(const struct fence *f, const char *shell, const struct place *place)
{
    struct place at = *place;
    int status = f->status;

    check_killed(f, place);
    if (f->status == 0)
        return;
    if (f->status == BY_SIGNAL + SIGPIPE)
        die_at(place, STATUS_BAD_DATA, "a command ended before it had read all records; for example, use "
               "\"keep-header head\", not head");
    struct span message = trim(find_message(f, shell, &status), shell, &at);
    if (message.len == 0)
        die_at(place, status_of(status), "exit status %d", f->status);
    die_at(&at, status_of(status), "%.*s", (int)message.len, message.at);
}
