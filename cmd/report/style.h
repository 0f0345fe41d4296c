/* SPDX-License-Identifier: MIT */
/* style: how a page looks. */
#ifndef WEIR_STYLE_H
#define WEIR_STYLE_H

/* The rules of the style sheet. Colors are those of chart(1). */
extern const char style_rules[];

#endif
