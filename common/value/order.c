/* SPDX-License-Identifier: MIT */
#include "value/order.h"

#include "stream/tsv.h"
#include "value/number.h"

enum kind { KIND_NULL, KIND_NUMBER, KIND_TEXT }; /* in sorting order */

static enum kind find_kind(struct span field, struct number *number)
{
    if (number_parse(field, number))
        return KIND_NUMBER;
    return tsv_is_null(field) ? KIND_NULL : KIND_TEXT;
}

int order_compare(struct span a, struct span b)
{
    struct number a_number;
    struct number b_number;
    enum kind a_kind = find_kind(a, &a_number);
    enum kind b_kind = find_kind(b, &b_number);

    if (a_kind != b_kind)
        return (int)a_kind - (int)b_kind;
    return a_kind == KIND_NUMBER ? number_compare(&a_number, &b_number) : tsv_compare(a, b);
}
