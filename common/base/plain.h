/* SPDX-License-Identifier: MIT */
/* plain: the one switch of the build without fast paths (make plain), which tests compare with the normal one. */
#ifndef WEIR_PLAIN_H
#define WEIR_PLAIN_H

#ifdef WEIR_PLAIN
enum { IS_PLAIN = 1 };
#else
enum { IS_PLAIN = 0 };
#endif

#endif
