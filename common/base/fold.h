/* SPDX-License-Identifier: MIT */
/*
 * fold: text in which case makes no difference, by the simple case folding of Unicode (The Unicode Standard, 3.13; the
 * statuses C and S of CaseFolding.txt): a character becomes one character, whatever the language.
 */
#ifndef WEIR_FOLD_H
#define WEIR_FOLD_H

#include "base/buffer.h"
#include "base/span.h"

/*
 * Returns TEXT, fields as records spell them with TABs between them, in valid UTF-8, with every character folded except
 * those after a backslash, such as the N of a null. The result is in BUFFER, which may also hold TEXT, and is valid
 * until BUFFER changes.
 */
struct span xfold(struct span text, struct buffer *buffer);

#endif
