#include <string.h>

#include "base/memory.h"
#include "maths/tables_search.h"

uint32_t tables_size(uint32_t present, uint32_t tables, uint32_t round, uint32_t table)
{
    uint32_t small = present / tables, larger = present % tables;
    return small + ((table + round * larger) % tables < larger);
}

static int64_t together_total(const struct tables_frame *f)
{
    const struct tables_wish *w = f->wish;
    int64_t total = 0;
    for (size_t i = 0; i < w->together_count; i++)
        for (uint32_t r = 0; r < w->rounds; r++) {
            const uint8_t *here = w->here ? w->here + (size_t)r * w->people : NULL;
            total += !here || (here[w->together[i].a] && here[w->together[i].b]);
        }
    return total;
}

void tables_state_open(struct tables_state *s, const struct tables_frame *frame, uint64_t part)
{
    const struct tables_wish *w = frame->wish;
    size_t n = w->people, cells = n * w->rounds;
    *s = (struct tables_state){ .frame = frame };
    random_split(&s->random, w->seed, part);
    s->person = memory_new(cells, sizeof(uint16_t));
    s->seat = memory_new(cells, sizeof(uint16_t));
    s->table_of = memory_new(cells, sizeof(uint16_t));
    s->best = memory_new(cells, sizeof(uint16_t));
    s->start = memory_new((n + 1) * w->rounds, sizeof(uint32_t));
    s->cell = memory_new(n * n, sizeof(uint16_t));
    s->speakers = memory_new(cells * frame->languages + 1, 1);
    s->movable = memory_new(cells, sizeof(uint32_t));
    for (int c = 1; c < 255; c++) {
        s->gain[c] = c ? TABLES_UNIT + c - 1 : 0;
        s->gain[KIND_APART * 256 + c] = TABLES_HARD;
        s->gain[KIND_TOGETHER * 256 + c] = -TABLES_HARD;
    }
    s->gain[KIND_APART * 256] = TABLES_HARD;
    s->gain[KIND_TOGETHER * 256] = -TABLES_HARD;
}

void tables_state_close(struct tables_state *s)
{
    memory_free(s->person);
    memory_free(s->seat);
    memory_free(s->table_of);
    memory_free(s->best);
    memory_free(s->start);
    memory_free(s->cell);
    memory_free(s->speakers);
    memory_free(s->movable);
}

/* Tables as large as the plan says (cut to the sizes allowed), or even. */
static void lay_tables(struct tables_state *s, uint32_t r, const uint16_t *plan, bool own_sizes)
{
    const struct tables_frame *f = s->frame;
    uint32_t n = f->wish->people, g = f->tables[r], sum = 0;
    uint32_t *start = s->start + (size_t)r * (n + 1);
    memset(start, 0, (n + 1) * sizeof *start);
    for (uint32_t p = 0; own_sizes && p < n; p++)
        if (plan[p] != TABLES_NOWHERE)
            start[plan[p]]++;
    bool even = !own_sizes, past = r < f->wish->from_round;
    for (uint32_t t = 0; t < g; t++) {
        uint32_t small = f->present[r] / g;
        even = even ||
               (!past && start[t] != small && (start[t] != small + 1 || f->present[r] % g == 0));
        sum += start[t];
    }
    even = even || (!past && sum != f->present[r]);
    sum = 0;
    for (uint32_t t = 0; t < g; t++) {
        uint32_t size = even ? tables_size(f->present[r], g, r, t) : start[t];
        start[t] = sum;
        for (uint32_t k = 0; k < size; k++)
            s->table_of[(size_t)r * n + sum + k] = (uint16_t)t;
        sum += size;
    }
    for (uint32_t t = g; t <= n; t++)
        start[t] = sum;
}

static bool sit(struct tables_state *s, uint32_t r, uint32_t p, uint32_t t, uint32_t *next)
{
    uint32_t n = s->frame->wish->people;
    const uint32_t *start = s->start + (size_t)r * (n + 1);
    if (next[t] >= start[t + 1])
        return false;
    s->person[(size_t)r * n + next[t]] = (uint16_t)p;
    s->seat[(size_t)r * n + p] = (uint16_t)next[t]++;
    return true;
}

/* Hosts first, with who belongs to them; then who has a table in the plan; then the others,
 * those who stay together in one go where there is room. */
static void seat_round(struct tables_state *s, uint32_t r, const uint16_t *plan, uint32_t *next,
                       uint32_t *order)
{
    const struct tables_frame *f = s->frame;
    uint32_t n = f->wish->people, g = f->tables[r];
    const uint8_t *here = f->wish->here ? f->wish->here + (size_t)r * n : NULL;
    uint16_t *seat = s->seat + (size_t)r * n;
    memcpy(next, s->start + (size_t)r * (n + 1), n * sizeof *next);
    for (uint32_t p = 0; p < n; p++) {
        seat[p] = TABLES_NOWHERE;
        order[p] = p;
    }
    for (uint32_t p = 0; p < n && r >= f->wish->from_round; p++)
        if ((!here || here[p]) && f->home[p] != TABLES_NOWHERE && f->home[p] < g)
            sit(s, r, p, f->home[p], next);
    for (uint32_t p = 0; p < n; p++)
        if ((!here || here[p]) && seat[p] == TABLES_NOWHERE && plan[p] < g)
            sit(s, r, p, plan[p], next);
    for (uint32_t i = n; i > 1; i--) {
        uint32_t j = random_below(&s->random, i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
    const uint32_t *start = s->start + (size_t)r * (n + 1);
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < n; i++) {
            uint32_t p = order[i], q = p, size = 0, t = 0, want = 0;
            if ((here && !here[p]) || seat[p] != TABLES_NOWHERE || (!pass && f->in_unit[p] < 2))
                continue;
            do
                want += (!here || here[q]) && seat[q] == TABLES_NOWHERE;
            while ((q = f->unit[q]) != p && pass == 0);
            want = pass ? 1 : want;
            for (t = random_below(&s->random, g), size = 0; size < g; size++, t = (t + 1) % g)
                if (next[t] + want <= start[t + 1])
                    break;
            if (size == g)
                continue;
            for (q = p; want; q = f->unit[q])
                if ((!here || here[q]) && seat[q] == TABLES_NOWHERE && sit(s, r, q, t, next))
                    want--;
        }
}

static int64_t language_missing(const struct tables_state *s, uint32_t r, uint32_t t)
{
    const struct tables_frame *f = s->frame;
    uint32_t n = f->wish->people, most = 0;
    const uint32_t *start = s->start + (size_t)r * (n + 1) + t;
    const uint8_t *count = s->speakers + ((size_t)r * n + t) * f->languages;
    for (uint32_t l = 0; l < f->languages; l++)
        most = count[l] > most ? count[l] : most;
    return tables_language_cost(start[1] - start[0] - most);
}

static int64_t count_table(struct tables_state *s, uint32_t r, uint32_t t)
{
    const struct tables_frame *f = s->frame;
    uint32_t n = f->wish->people;
    const uint32_t *start = s->start + (size_t)r * (n + 1) + t;
    const uint16_t *person = s->person + (size_t)r * n;
    uint8_t *count = s->speakers + ((size_t)r * n + t) * f->languages;
    int64_t cost = 0;
    for (uint32_t i = start[0]; i < start[1]; i++) {
        for (uint32_t j = start[0]; j < i; j++) {
            uint16_t *one = &s->cell[(size_t)person[i] * n + person[j]];
            cost += s->gain[(*one)++];
            s->cell[(size_t)person[j] * n + person[i]] = *one;
        }
        for (uint64_t left = f->languages ? f->speaks[person[i]] : 0; left; left &= left - 1)
            count[__builtin_ctzll(left)]++;
    }
    return cost + (f->languages ? language_missing(s, r, t) : 0);
}

void tables_state_fill(struct tables_state *s, const uint16_t *plan, bool own_sizes)
{
    const struct tables_frame *f = s->frame;
    size_t n = f->wish->people;
    uint32_t *next = memory_new(n + 1, sizeof *next), *order = memory_new(n, sizeof *order);
    memset(s->speakers, 0, n * f->wish->rounds * f->languages + 1);
    for (size_t i = 0; i < n * n; i++)
        s->cell[i] = (uint16_t)(f->kind[i] * 256);
    s->cost = together_total(f) * TABLES_HARD;
    s->movables = 0;
    for (uint32_t r = 0; r < f->wish->rounds; r++) {
        lay_tables(s, r, plan + r * n, own_sizes || r < f->wish->from_round);
        if (f->tables[r])
            seat_round(s, r, plan + r * n, next, order);
        for (uint32_t t = 0; t < f->tables[r]; t++)
            s->cost += count_table(s, r, t);
        for (uint32_t k = 0; r >= f->wish->from_round && k < f->present[r]; k++)
            if (f->tables[r] > 1 && !f->fixed[s->person[r * n + k]])
                s->movable[s->movables++] = (uint32_t)(r * n + k);
    }
    s->best_cost = s->cost;
    memcpy(s->best, s->person, n * f->wish->rounds * sizeof *s->best);
    memory_free(next);
    memory_free(order);
}

void tables_state_read_best(const struct tables_state *s, uint16_t *table)
{
    const struct tables_wish *w = s->frame->wish;
    for (uint32_t r = w->from_round; r < w->rounds; r++) {
        size_t row = (size_t)r * w->people;
        for (uint32_t p = 0; p < w->people; p++)
            table[row + p] = TABLES_NOWHERE;
        for (uint32_t k = 0; k < s->frame->present[r]; k++)
            table[row + s->best[row + k]] = s->table_of[row + k];
    }
}

int64_t tables_state_wishes(const struct tables_state *s)
{
    size_t n = s->frame->wish->people;
    int64_t repeats = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < a; b++)
            for (uint32_t c = s->cell[a * n + b]; c > 1 && c < 256; c--)
                repeats += s->gain[c - 1];
    return s->cost - repeats;
}
