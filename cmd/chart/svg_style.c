/* SPDX-License-Identifier: MIT */
#include "svg.h"

/*
 * Fonts and colors; a class has a color twice, for light and for dark. Text has a contrast of at least 4.5:1 to the
 * paper, all other marks of 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). n0 to n7 are names of groups, g0 to g7 their lines.
 */
static const char style[] =
    ".weir-chart{font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;"
    "max-width:100%;height:auto;color-scheme:light dark}\n"
    ".weir-chart .t{font-size:17px;font-weight:600}\n"
    ".weir-chart path{fill:none;stroke-linejoin:round}\n"
    ".weir-chart .l,.weir-chart .tip path,.weir-chart .d,.weir-chart .o,.weir-chart .q{stroke-linecap:round}\n"
    ".weir-chart .tip{stroke-width:12;stroke:#000;stroke-opacity:0}\n"
    ".weir-chart .h{stroke-dasharray:3 3;pointer-events:none}\n"
    ".weir-chart .d,.weir-chart .o,.weir-chart .q{pointer-events:none}\n"
    ".weir-chart .narrow{display:none}\n";

struct color {
    const char *name; /* of the class */
    const char *property;
    const char *light;
    const char *dark;
};

static const struct color colors[] = {
    { ".p", "fill", "#fff", "#16191d" },        { "text", "fill", "#565d66", "#a7aeb8" },
    { ".t", "fill", "#1b1f24", "#eceff3" },    { ".grid", "stroke", "#e2e5e9", "#2d3239" },
    { ".zero", "stroke", "#565d66", "#a7aeb8" }, { ".b", "stroke", "#5b8db8", "#5f93c0" },
    { ".a", "fill", "#5b8db8", "#5f93c0" },    { ".m", "stroke", "#c4320a", "#ff7a4d" },
    { ".d", "stroke", "#c4320a", "#ff7a4d" },  { ".h", "stroke", "#fff", "#16191d" },
    { ".o", "stroke", "#fff", "#16191d" },     { ".q", "stroke", "#565d66", "#a7aeb8" },
    { ".bk", "fill", "#5b8db8", "#5f93c0" },
    { ".mk", "fill", "#c4320a", "#ff7a4d" },
};

/* Those of groups: of the line and of its name. */
static const char *const group_colors[POINTS_GROUPS][2] = {
    { "#1d62a8", "#6cb0f5" }, { "#1a7a3c", "#5ecb80" }, { "#7a3ea3", "#c79af2" }, { "#8a5a0b", "#e0b25c" },
    { "#0b7583", "#4ccfd8" }, { "#ad2a75", "#f58ac4" }, { "#5f6b00", "#c8cf55" }, { "#4d5867", "#b9c4d2" },
};


/* Writes the colors for the light theme or the dark one. */
static void write_colors(const struct svg *s, bool dark)
{
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        picture_print(s->out, ".weir-chart %s{%s:%s}\n", colors[i].name, colors[i].property,
                      dark ? colors[i].dark : colors[i].light);
    for (size_t i = 0; i < s->picture->points->groups.n && s->picture->points->groups.n > 1; i++) {
        const char *color = group_colors[i][dark];
        picture_print(s->out, ".weir-chart .g%zu{stroke:%s}\n.weir-chart .n%zu{fill:%s}\n", i, color, i, color);
    }
}

void svg_style(const struct svg *s)
{
    picture_print(s->out, "<style>\n");
    xwriter_bytes(s->out, span_of(style));
    write_colors(s, false);
    picture_print(s->out,
                  "@media (max-width:600px){.weir-chart{font-size:%gpx}.weir-chart .t{font-size:%gpx}"
                  ".weir-chart .wide{display:none}.weir-chart .narrow{display:inline}}\n",
                  s->narrow, svg_round(s->narrow * 1.15));
    picture_print(s->out, "@media (prefers-color-scheme:dark){\n");
    write_colors(s, true);
    picture_print(s->out, "}\n</style>\n");
}
