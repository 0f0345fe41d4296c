/* SPDX-License-Identifier: MIT */
#include "measure.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/hint.h"
#include "stream/tsv.h"
#include "value/decimal.h"
#include "value/order.h"

enum { MOST_RECORDS = 1000000 };

/* A call of xmeasure_write(). */
struct step {
    const struct measure *m;
    struct measure_state *s;
    struct span field;
    struct span before; /* the field N records before; null if there is none */
    bool has_number;    /* the result is NUMBER, else TEXT, which is null at first */
    struct decimal number;
    struct span text;
};

enum number { NUMBER_NONE, NUMBER_OPTIONAL, NUMBER_REQUIRED };

struct measure_function {
    const char *word;
    enum number takes;            /* N */
    bool has_column;              /* COL is required */
    bool computes;                /* fields must be numbers */
    int order;                    /* 1: the least is the best; -1: the greatest */
    bool (*find)(struct step *x); /* finds the result; false: it has too many digits */
};

static bool count(struct step *x)
{
    x->s->n += !tsv_is_null(x->field);
    x->number = (struct decimal){ (__int128)x->s->n, 0 };
    return x->has_number = true;
}

static bool lag(struct step *x)
{
    x->text = x->before;
    return true;
}

/* Adds the value of FIELD times SIGN, 1 or -1, to SUM. False: it is null. */
static bool add(struct sum *sum, struct span field, int sign)
{
    struct decimal d;

    if (decimal_parse(field, &d) != DECIMAL_OK)
        return false;
    d.value *= sign;
    sum_add(sum, &d);
    return true;
}

static bool change(struct step *x)
{
    struct sum difference = { .scale = 0 };

    x->has_number = add(&difference, x->field, 1) && add(&difference, x->before, -1);
    return !x->has_number || sum_total(&difference, &x->number);
}

/* Makes the result A as a percentage of B. */
static bool percent(struct step *x, struct decimal a, struct decimal b)
{
    x->has_number = b.value != 0;
    if (!x->has_number)
        return true;
    bool fits = decimal_divide(&a, &b, x->m->scale + 2, &x->number);
    x->number.scale = x->m->scale;
    return fits;
}

static bool pct(struct step *x)
{
    struct decimal before;

    if (!change(x) || !x->has_number)
        return !x->has_number;
    decimal_parse(x->before, &before);
    return percent(x, x->number, before);
}

/* Whether there are as many values as are needed. */
static bool is_enough(const struct step *x)
{
    return x->s->n > 0 && (x->s->n >= x->m->n || x->m->partial);
}

/* sum, and total without N. */
static bool sum(struct step *x)
{
    x->s->n += add(&x->s->sum, x->field, 1);
    x->s->n -= add(&x->s->sum, x->before, -1);
    x->has_number = is_enough(x);
    return !x->has_number || sum_total(&x->s->sum, &x->number);
}

static bool mean(struct step *x)
{
    if (!sum(x) || !x->has_number)
        return !x->has_number;
    return decimal_divide(&x->number, &(struct decimal){ (__int128)x->s->n, 0 }, x->m->scale, &x->number);
}

/* Whether the field of the record is better than that in SLOT. */
static bool is_better(const struct step *x, size_t slot)
{
    return x->m->function->order * order_compare(x->field, buffer_span(&x->s->slots[slot].field)) < 0;
}

/* The least or greatest value. Each value is added and removed once, so no order of the input takes longer. */
static bool best(struct step *x)
{
    struct measure_state *s = x->s;
    size_t slot = s->n_records % (x->m->n + 1);
    bool is_value = !tsv_is_null(x->field);

    s->n += is_value;
    s->n -= !tsv_is_null(x->before);
    if (s->n_best > 0 && s->first == (s->n_records + 1) % (x->m->n + 1)) { /* it leaves the window */
        s->first = s->slots[s->first].next;
        s->n_best--;
    }
    for (; is_value && s->n_best > 0 && is_better(x, s->last); s->n_best--)
        s->last = s->slots[s->last].previous;
    if (is_value) {
        if (s->n_best++ == 0)
            s->first = slot;
        s->slots[slot].previous = (uint32_t)s->last;
        s->slots[s->last].next = (uint32_t)slot;
        s->last = slot;
    }
    if (is_enough(x))
        x->text = buffer_span(&s->slots[s->first].field);
    return true;
}

static bool share(struct step *x)
{
    struct decimal value;
    struct decimal all;

    if (decimal_parse(x->field, &value) != DECIMAL_OK)
        return true;
    return sum_total(&x->s->sum, &all) && percent(x, value, all);
}

static const struct measure_function rows[] = {
    { "count", NUMBER_NONE, false, false, 0, count },
    { "lag", NUMBER_OPTIONAL, true, false, 0, lag },
    { "change", NUMBER_OPTIONAL, true, true, 0, change },
    { "pct", NUMBER_OPTIONAL, true, true, 0, pct },
    { "sum", NUMBER_REQUIRED, true, true, 0, sum },
    { "mean", NUMBER_REQUIRED, true, true, 0, mean },
    { "min", NUMBER_REQUIRED, true, false, 1, best },
    { "max", NUMBER_REQUIRED, true, false, -1, best },
    { "total", NUMBER_NONE, true, true, 0, sum },
    { "share", NUMBER_NONE, true, true, 0, share },
};

const char *measure_word(int i)
{
    return (size_t)i < sizeof rows / sizeof *rows ? rows[i].word : NULL;
}

/* Whether CALL is FUNC[N][:COL]. If so, sets these parts of M; N is 0 if it is missing. */
static bool parse_call(const char *call, struct measure *m)
{
    size_t len = strcspn(call, "0123456789:");
    size_t n_digits = strspn(call + len, "0123456789");
    const char *end = call + len + n_digits;
    int i = words_find(measure_word, (struct span){ call, len });

    if (i < 0 || (*end != '\0' && *end != ':') || (n_digits > 0 && rows[i].takes == NUMBER_NONE))
        return false;
    m->function = &rows[i];
    m->call = (struct span){ call, len + n_digits };
    m->n = n_digits == 0 && rows[i].takes == NUMBER_OPTIONAL;
    for (const char *at = call + len; at < end && m->n <= MOST_RECORDS; at++)
        m->n = m->n * 10 + (size_t)(*at - '0');
    if (*end == ':')
        m->of = span_of(end + 1);
    return true;
}

struct measure xmeasure_parse(const char *operand, int scale, bool partial)
{
    struct measure m = { .scale = scale, .partial = partial };
    size_t name_len = strcspn(operand, "=");
    struct words words;
    struct quoted q;

    quote(&q, span_of(operand));
    if (!parse_call(operand, &m)) {
        xhint_file(span_of(operand));
        m.name = (struct span){ operand, name_len };
        if (name_len == 0 || operand[name_len] == '\0' || !parse_call(operand + name_len + 1, &m))
            die_usage("operand \"%s\" must be [NAME=]FUNC[N][:COL], FUNC one of %s", q.text,
                      words_list(&words, measure_word));
    }
    if (m.name.at != NULL && !xtsv_is_field(m.name))
        die_usage("operand \"%s\": the name must be escaped as in a header line", q.text);
    if (m.function->takes != NUMBER_NONE && (m.n == 0 || m.n > MOST_RECORDS))
        die_usage("operand \"%s\": %s must be followed by a number of records from 1 to %d", q.text, m.function->word,
                  MOST_RECORDS);
    if (m.function->has_column && m.of.at == NULL)
        die_usage("operand \"%s\": %s requires a column: [NAME=]FUNC[N]:COL", q.text, m.function->word);
    return m;
}

bool measure_looks_ahead(const struct measure *m)
{
    return m->function->find == share;
}

const char *measure_check(const struct measure *m, struct span field)
{
    struct decimal d;

    return m->function->computes && !tsv_is_null(field) ? decimal_status_text(decimal_parse(field, &d)) : NULL;
}

void measure_gather(const struct measure *m, struct measure_state *s, struct span field)
{
    if (measure_looks_ahead(m))
        add(&s->sum, field, 1);
}

bool xmeasure_write(const struct measure *m, struct measure_state *s, struct span field, struct writer *out)
{
    struct step x = { .m = m, .s = s, .field = field, .before = span_of("\\N"), .text = span_of("\\N") };
    size_t slot = s->n_records % (m->n + 1);
    char number[DECIMAL_SIZE];

    if (slot == s->n_records) {
        s->slots = xgrow(s->slots, slot, sizeof *s->slots);
        s->slots[slot] = (struct measure_slot){ .next = 0 };
    }
    s->slots[slot].field.len = 0;
    xbuffer_append(&s->slots[slot].field, field);
    if (m->n > 0 && s->n_records >= m->n)
        x.before = buffer_span(&s->slots[(s->n_records + 1) % (m->n + 1)].field);
    if (!m->function->find(&x))
        return false;
    if (x.has_number)
        x.text = (struct span){ number, decimal_format(&x.number, number) };
    xwriter_bytes(out, x.text);
    s->n_records++;
    return true;
}

void measure_free(const struct measure *m, struct measure_state *s)
{
    for (size_t i = 0; i <= m->n && i < s->n_records; i++)
        buffer_free(&s->slots[i].field);
    free(s->slots);
}
