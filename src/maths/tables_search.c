#include "maths/tables_search.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

enum { MOST_UNIT = 8, LISTED = 4096 };

/* What it would cost to exchange seats u and v of round r; nothing changes yet. */
static int64_t exchange_meetings(const struct tables_state *s, const uint16_t *person,
                                 const uint32_t *start, const uint16_t *table_of, uint32_t u,
                                 uint32_t v)
{
    size_t n = s->frame->wish->people;
    const uint16_t *a = s->cell + person[u] * n, *b = s->cell + person[v] * n;
    const int32_t *add = s->gain, *drop = s->gain - 1;
    uint32_t end = start[table_of[u] + 1];
    int64_t change = 0;
    for (uint32_t k = start[table_of[u]]; k < end; k++)
        if (k != u)
            change += add[b[person[k]]] - drop[a[person[k]]];
    end = start[table_of[v] + 1];
    for (uint32_t k = start[table_of[v]]; k < end; k++)
        if (k != v)
            change += add[a[person[k]]] - drop[b[person[k]]];
    return change;
}

static int64_t exchange_language(const struct tables_state *s, size_t row, uint32_t t,
                                 uint64_t goes, uint64_t comes)
{
    uint32_t languages = s->frame->languages;
    const uint8_t *count = s->speakers + (row + t) * languages;
    int before = 0, after = 0; /* how many speak what most speak */
    for (uint32_t l = 0; l < languages; l++) {
        int now = count[l], then = now + (int)(comes >> l & 1) - (int)(goes >> l & 1);
        before = now > before ? now : before;
        after = then > after ? then : after;
    }
    const uint32_t *start =
        s->start + row / s->frame->wish->people * (s->frame->wish->people + 1ul);
    int size = (int)(start[t + 1] - start[t]);
    return tables_language_cost((uint32_t)(size - after)) -
           tables_language_cost((uint32_t)(size - before));
}

static void tally(struct tables_state *s, uint32_t a, uint32_t b, int by)
{
    size_t n = s->frame->wish->people;
    uint16_t met = (uint16_t)(s->cell[a * n + b] + by);
    s->cell[a * n + b] = met;
    s->cell[b * n + a] = met;
}

static void exchange(struct tables_state *s, uint32_t r, uint32_t u, uint32_t v)
{
    size_t n = s->frame->wish->people, row = r * n;
    uint16_t *person = s->person + row, *table_of = s->table_of + row;
    const uint32_t *start = s->start + (size_t)r * (n + 1);
    uint32_t a = person[u], b = person[v], tables[2] = { table_of[u], table_of[v] };
    for (uint32_t k = start[tables[0]]; k < start[tables[0] + 1]; k++)
        if (k != u) {
            tally(s, a, person[k], -1);
            tally(s, b, person[k], 1);
        }
    for (uint32_t k = start[tables[1]]; k < start[tables[1] + 1]; k++)
        if (k != v) {
            tally(s, b, person[k], -1);
            tally(s, a, person[k], 1);
        }
    uint32_t languages = s->frame->languages;
    for (uint32_t l = 0; l < languages; l++) {
        int more = (int)(s->frame->speaks[b] >> l & 1) - (int)(s->frame->speaks[a] >> l & 1);
        s->speakers[(row + tables[0]) * languages + l] += (uint8_t)more;
        s->speakers[(row + tables[1]) * languages + l] -= (uint8_t)more;
    }
    person[u] = (uint16_t)b;
    person[v] = (uint16_t)a;
    s->seat[row + a] = (uint16_t)v;
    s->seat[row + b] = (uint16_t)u;
}

static int64_t exchange_cost(const struct tables_state *s, uint32_t r, uint32_t u, uint32_t v)
{
    const struct tables_frame *f = s->frame;
    size_t n = f->wish->people, row = r * n;
    const uint16_t *person = s->person + row, *table_of = s->table_of + row;
    int64_t change = exchange_meetings(s, person, s->start + (size_t)r * (n + 1), table_of, u, v);
    if (f->languages) {
        uint64_t a = f->speaks[person[u]], b = f->speaks[person[v]];
        if (a != b)
            change += exchange_language(s, row, table_of[u], a, b) +
                      exchange_language(s, row, table_of[v], b, a);
    }
    return change;
}

/* Who stays together moves together: the whole unit changes places with as many others of
 * one table, each next exchange judged after the one before; all is undone if refused. */
static int64_t exchange_unit(struct tables_state *s, uint32_t r, uint32_t u, uint32_t v,
                             uint32_t pairs[][2], uint32_t *count)
{
    const struct tables_frame *f = s->frame;
    size_t n = f->wish->people, row = r * n;
    const uint32_t *start = s->start + (size_t)r * (n + 1);
    uint32_t from = s->table_of[row + u], to = s->table_of[row + v], first = s->person[row + u];
    uint32_t used = 0, size = start[to + 1] - start[to], spin = v - start[to];
    int64_t change = 0;
    uint32_t p = first;
    *count = 0;
    do {
        uint16_t seat = s->seat[row + p];
        if (seat != TABLES_NOWHERE && s->table_of[row + seat] == from) {
            uint32_t other = 0;
            for (; used < size; used++) {
                other = start[to] + (spin + used) % size;
                if (!f->fixed[s->person[row + other]])
                    break;
            }
            if (used++ >= size || *count == MOST_UNIT)
                return INT64_MAX;
            pairs[*count][0] = seat;
            pairs[(*count)++][1] = other;
            change += exchange_cost(s, r, seat, other);
            exchange(s, r, seat, other);
        }
        p = f->unit[p];
    } while (p != first);
    return change;
}

static void keep_best(struct tables_state *s)
{
    const struct tables_wish *w = s->frame->wish;
    s->best_cost = s->cost;
    memcpy(s->best, s->person, (size_t)w->people * w->rounds * sizeof *s->best);
}

static bool accept(struct tables_state *s, int64_t change, double heat)
{
    return change <= 0 ||
           ((double)change < 12 * heat && random_unit(&s->random) < exp(-(double)change / heat));
}

static void try_unit(struct tables_state *s, uint32_t r, uint32_t u, uint32_t v, double heat)
{
    uint32_t pairs[MOST_UNIT][2], count;
    int64_t change = exchange_unit(s, r, u, v, pairs, &count);
    if (change != INT64_MAX && accept(s, change, heat)) {
        s->cost += change;
        return;
    }
    while (count--)
        exchange(s, r, pairs[count][0], pairs[count][1]);
}

static bool lonely(const struct tables_state *s, uint32_t seat, uint32_t person)
{
    /* Nothing to win for somebody without a repeat; used when little is left to repair. */
    const struct tables_frame *f = s->frame;
    size_t n = f->wish->people, r = seat / n, row = r * n;
    const uint32_t *start = s->start + r * (n + 1) + s->table_of[seat];
    for (uint32_t k = start[0]; k < start[1]; k++) {
        uint32_t cell = s->cell[person * n + s->person[row + k]];
        if (row + k != seat && (cell >> 8 ? cell >> 8 == KIND_APART : (cell & 255) > 1))
            return false;
    }
    return true;
}

static void step(struct tables_state *s, double heat, bool calm)
{
    const struct tables_frame *f = s->frame;
    uint32_t n = f->wish->people;
    uint32_t at = s->movable[random_below(&s->random, s->movables)], r = at / n, u = at % n;
    uint32_t v = random_below(&s->random, f->present[r]);
    const uint16_t *person = s->person + (size_t)r * n, *table_of = s->table_of + (size_t)r * n;
    if (calm && !f->languages && lonely(s, at, person[u]))
        return;
    if (table_of[u] == table_of[v] || f->fixed[person[v]])
        return;
    if (f->in_unit[person[u]] > 1 || f->in_unit[person[v]] > 1) {
        if (f->in_unit[person[u]] < f->in_unit[person[v]])
            try_unit(s, r, v, u, heat);
        else
            try_unit(s, r, u, v, heat);
        return;
    }
    int64_t change = exchange_cost(s, r, u, v);
    if (!accept(s, change, heat))
        return;
    exchange(s, r, u, v);
    s->cost += change;
}

bool tables_state_cool(struct tables_state *s, uint64_t steps, double warm, double cold)
{
    double heat = warm, fall = pow(cold / warm, 64.0 / (double)(steps ? steps : 1));
    for (uint64_t i = 0; s->movables && i < steps && s->best_cost > s->frame->floor; i++) {
        if (i % 64 == 63)
            heat *= fall;
        bool calm = s->cost < (int64_t)s->frame->wish->people * 2;
        step(s, heat, calm);
        if (s->cost < s->best_cost && (i * 2 > steps || s->cost <= s->frame->floor || i % 64 == 0))
            keep_best(s);
    }
    if (s->cost < s->best_cost)
        keep_best(s);
    return s->best_cost <= s->frame->floor;
}
