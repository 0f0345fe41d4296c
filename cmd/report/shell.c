/* SPDX-License-Identifier: MIT */
#include "shell.h"

#include "base/buffer.h"
#include "fence.h"

_Static_assert(FENCE_FD_NOTES == 41 && FENCE_FD_SOURCES == 42 && FENCE_FD_PICTURES == 43 && FENCE_FD_RECORDS == 44,
               "the numbers below");

/*
 * What follows is bash. weir_run KIND PROGRAM: a source starts a pipeline; a filter does if its standard input is no
 * pipe; a sink writes no end mark. weir_note FILE, weir_note_all ARGUMENT: notes of files. A local variable hides one of
 * the environment from the programs that are called: those of weir_run have names that no page has.
 */
const char shell_functions[] =
    "set -e -o pipefail\n"
    "\n"
    "weir_has() {\n" /* WORD ARGUMENT... */
    "    local word\n"
    "    for word in \"${@:2}\"; do [[ $word != \"$1\" ]] || return 0; done\n"
    "    return 1\n"
    "}\n"
    "\n"
    "weir_note() {\n"
    "    [[ ! -f $1 || $1 == *$'\\n'* ]] || printf '" SHELL_INPUT "\\t%s\\n' \"$1\" >&41\n"
    "}\n"
    "\n"
    "weir_note_all() {\n"
    "    local word\n"
    "    for word; do\n"
    "        word=${word#--*=}\n"
    "        [[ $word == /* ]] || word=$PWD/$word\n"
    "        weir_note \"$word\"\n"
    "    done\n"
    "    [[ ! -f /dev/stdin ]] || weir_note \"$(readlink /proc/self/fd/0)\"\n"
    "}\n"
    "\n"
    "weir_failed() {\n" /* STATUS PROGRAM */
    "    printf '" SHELL_FAILED "\\t%s\\t%d\\n' \"$2\" \"$1\" >&41\n"
    "    return \"$1\"\n"
    "}\n"
    "\n"
    "weir_call() {\n"
    "    command \"$@\" || weir_failed $? \"$1\"\n"
    "}\n"
    "\n"
    "weir_run() {\n"
    "    local weir_kind=$1 weir_name=$2 weir_pipe='' weir_stats=42\n"
    "    shift 2\n"
    "    weir_note_all \"$@\"\n"
    "    [[ ! -p /dev/stdin || $weir_kind == source ]] || weir_pipe=1 weir_stats=41\n"
    "    if [[ $weir_kind == sink && $weir_pipe || $weir_kind != sink && ! $weir_pipe ]]; then\n"
    "        weir_has -E \"$@\" || set -- -E \"$@\"\n"
    "    fi\n"
    "    weir_call \"$weir_name\" --stats /dev/fd/$weir_stats \"$@\"\n"
    "}\n"
    "\n"
    "weir_chart() {\n"
    "    if [[ /dev/stdout -ef /dev/fd/44 ]]; then\n"
    "        weir_has --svg \"${@:2}\" || set -- \"$1\" --svg \"${@:2}\"\n"
    "        weir_run sink \"$@\" >&43\n"
    "    else\n"
    "        weir_run sink \"$@\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "weir_tool() {\n"
    "    weir_note_all \"${@:2}\"\n"
    "    weir_call \"$@\"\n"
    "}\n"
    "\n"
    "weir_define() {\n" /* FUNCTION NAME...: of those that are in PATH */
    "    local name\n"
    "    for name in \"${@:2}\"; do\n"
    "        ! type -P \"$name\" > /dev/null || eval \"$name() { $1 $name \\\"\\$@\\\"; }\"\n"
    "    done\n"
    "}\n"
    "\n"
    "weir_define weir_tool awk bzcat cat cut duckdb grep gzip head jq paste psql python3 sed sort \\\n"
    "    sqlite3 tail xz xzcat zcat zstd zstdcat\n"
    "weir_define weir_tool \"$2\"{daily-users,ingest-votes,load-comments,load-files,load-sessions} \\\n"
    "    \"$2\"{outlier-weeks,render-sql,spread,spread-spark,tsv2pg,tsvview,weekly-sales,weir-runs}\n"
    "weir_define 'weir_run source' \"$2\"{csv2tsv,jsonl2tsv,sqlite2tsv}\n"
    "weir_define 'weir_run filter' \"$2\"{dedup,keep-header,lookup,outliers,pick,pivot,profile,sessionize,trend} \\\n"
    "    \"$2\"{tsvcat,tsvdiff,utc,weekagg,where}\n"
    "weir_define 'weir_run sink' \"$2\"{tsv2csv,tsv2jsonl,tsv2sqlite,tsvsplit}\n"
    "weir_define weir_chart \"$2\"chart\n";

char *xshell_script(const char *text, int line, const char *chart, const char *prefix)
{
    struct buffer script = { .at = NULL };

    xbuffer_append(&script, span_of("eval \"$1\"; shift 2; { :"));
    for (int i = 0; i < line; i++)
        xbuffer_append(&script, span_of("\n"));
    xbuffer_append(&script, span_of(text));
    xbuffer_append(&script, span_of("\n}"));
    if (chart != NULL) {
        xbuffer_append(&script, span_of(" | "));
        xbuffer_append(&script, span_of(prefix));
        xbuffer_append(&script, span_of("chart "));
        xbuffer_append(&script, span_of(chart));
    }
    xbuffer_append(&script, (struct span){ "", 1 });
    return script.at;
}
