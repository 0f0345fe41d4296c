/* SPDX-License-Identifier: MIT */
/*
 * tally_sort: sorts the entries of a tally in place, by group and then by the bytes of their keys. It is a radix sort
 * (McIlroy, Bostic and McIlroy, Engineering Radix Sort, 1993), so no order of the input makes it slow.
 */
#ifndef WEIR_TALLY_SORT_H
#define WEIR_TALLY_SORT_H

#include "value/tally_keys.h"

/* Sorts the entries of K and adds up the counts of equal keys: in the first entry, as far as it can hold them. */
void tally_sort(struct tally_keys *k);

#endif
