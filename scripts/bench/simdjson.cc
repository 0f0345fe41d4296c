// SPDX-License-Identifier: MIT
// A peer of jsonl2tsv for the benchmark: prints fields of JSON Lines as TSV, found by simdjson On-Demand. Fields must
// not be objects or arrays. It checks less than jsonl2tsv: the parts of a record that it skips may be invalid JSON.
//
// usage: bench_simdjson PATH...        (Id; author.name, a field of an object)
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>
#include <unistd.h>

using namespace simdjson;

enum { BLOCK = 1 << 20 }; // the block and its index fit in the cache

static void append_escaped(std::string &out, std::string_view text)
{
    bool special = false;
    for (char c : text) // no early exit, so that the compiler vectorizes it
        special |= c == '\\' || c == '\t' || c == '\n' || c == '\r';
    if (!special) {
        out += text;
        return;
    }
    for (char c : text)
        switch (c) {
        case '\\': out += "\\\\"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        default: out += c;
        }
}

static void append_value(std::string &out, simdjson_result<ondemand::value> found)
{
    ondemand::value value;
    std::string_view text;
    if (found.get(value) || value.is_null())
        out += "\\N";
    else if (!value.get_string().get(text))
        append_escaped(out, text);
    else
        out += value.raw_json_token();
}

/** Prints the fields at PATHS, each a list of keys, of the lines in the N bytes at JSON. */
static void convert(ondemand::parser &parser, const char *json, size_t n,
                    const std::vector<std::vector<std::string>> &paths, std::string &out)
{
    ondemand::document_stream records;
    if (parser.iterate_many(json, n, n).get(records))
        exit(1);
    out.clear();
    for (auto result : records) {
        ondemand::object record;
        if (result.get_object().get(record))
            exit(1);
        for (const auto &path : paths) {
            simdjson_result<ondemand::value> value = record[path[0]];
            for (size_t i = 1; i < path.size(); i++)
                value = value[path[i]];
            append_value(out, value);
            out += &path == &paths.back() ? '\n' : '\t';
        }
    }
    for (size_t done = 0; done < out.size();) {
        ssize_t written = write(STDOUT_FILENO, out.data() + done, out.size() - done);
        if (written < 0)
            exit(3);
        done += static_cast<size_t>(written);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts(SIMDJSON_STRINGIFY(SIMDJSON_VERSION));
        return 0;
    }
    std::vector<std::vector<std::string>> paths;
    for (int i = 1; i < argc; i++) {
        paths.emplace_back(1);
        for (const char *c = argv[i]; *c; c++)
            if (*c == '.')
                paths.back().emplace_back();
            else
                paths.back().back() += *c;
    }
    ondemand::parser parser;
    std::vector<char> block(BLOCK + SIMDJSON_PADDING);
    std::string out;
    size_t held = 0;
    ssize_t n;
    while ((n = read(STDIN_FILENO, block.data() + held, BLOCK - held)) > 0) {
        held += static_cast<size_t>(n);
        const void *last = memrchr(block.data(), '\n', held);
        size_t whole = last ? static_cast<size_t>(static_cast<const char *>(last) - block.data()) + 1 : 0;
        convert(parser, block.data(), whole, paths, out);
        held -= whole;
        memmove(block.data(), block.data() + whole, held);
    }
    return n < 0 || held > 0 ? 3 : 0;
}
