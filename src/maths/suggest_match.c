/* suggest_match.c - pairs in rows, and the state of a matching. */
#include "base/memory.h"
#include "maths/suggest_match.h"
#include "maths/suggest_place.h"
#include "maths/suggest_threads.h"

#include <stdlib.h>
#include <string.h>

uint32_t suggest_tie(uint64_t key_a, uint64_t key_b)
{
    return (uint32_t)(suggest_mix(key_a ^ key_b) >> 32);
}

struct half {
    uint64_t rank;
    uint32_t partner;
};

struct building {
    struct suggest_pairs *pairs;
    const uint32_t *a, *b, *weight;
    uint64_t count;
    unsigned parts;
    uint32_t **next;
    struct half *row[SUGGEST_THREADS_MAX];
    uint64_t longest;
    uint32_t *kept; /* a row's length without doubles */
};

static void build_range(const struct building *b, uint64_t part, uint64_t *from, uint64_t *to)
{
    *from = b->count * part / b->parts;
    *to = b->count * (part + 1) / b->parts;
}

static void count_pairs(void *with, uint64_t part, uint64_t end, unsigned thread)
{
    struct building *b = with;
    (void)thread;
    for (; part < end; part++) {
        uint64_t from, to;
        build_range(b, part, &from, &to);
        for (uint64_t i = from; i < to; i++) {
            b->next[part][b->a[i]] += b->a[i] != b->b[i];
            b->next[part][b->b[i]] += b->a[i] != b->b[i];
        }
    }
}

static void fill_pairs(void *with, uint64_t part, uint64_t end, unsigned thread)
{
    struct building *b = with;
    struct suggest_pairs *pairs = b->pairs;
    (void)thread;
    for (; part < end; part++) {
        uint64_t from, to;
        build_range(b, part, &from, &to);
        for (uint64_t i = from; i < to; i++) {
            uint32_t x = b->a[i], y = b->b[i];
            if (x == y)
                continue;
            uint64_t at_x = pairs->start[x] + b->next[part][x]++;
            uint64_t at_y = pairs->start[y] + b->next[part][y]++;
            pairs->partner[at_x] = y;
            pairs->partner[at_y] = x;
            pairs->weight[at_x] = pairs->weight[at_y] = b->weight[i];
        }
    }
}

static bool before(const struct half *a, const struct half *b)
{
    return a->rank != b->rank ? a->rank > b->rank : a->partner < b->partner;
}

static int by_rank(const void *a, const void *b)
{
    return before(a, b) ? -1 : before(b, a);
}

static void sort_row(struct half *row, uint64_t length)
{
    if (length > 64) {
        qsort(row, length, sizeof *row, by_rank);
        return;
    }
    for (uint64_t i = 1; i < length; i++) {
        struct half half = row[i];
        uint64_t j = i;
        for (; j > 0 && before(&half, &row[j - 1]); j--)
            row[j] = row[j - 1];
        row[j] = half;
    }
}

static void order_rows(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct building *b = with;
    struct suggest_pairs *pairs = b->pairs;
    if (!b->row[thread])
        b->row[thread] = memory_new(b->longest, sizeof **b->row);
    struct half *row = b->row[thread];
    for (uint64_t v = from; v < to; v++) {
        uint64_t start = pairs->start[v], length = pairs->start[v + 1] - start;
        uint32_t kept = 0;
        for (uint64_t i = 0; i < length; i++) {
            uint32_t partner = pairs->partner[start + i];
            uint64_t tie = suggest_tie(pairs->key[v], pairs->key[partner]);
            row[i] = (struct half){ (uint64_t)pairs->weight[start + i] << 32 | tie, partner };
        }
        sort_row(row, length);
        for (uint64_t i = 0; i < length; i++) {
            if (i > 0 && row[i].partner == row[i - 1].partner)
                continue;
            pairs->partner[start + kept] = row[i].partner;
            pairs->weight[start + kept++] = (uint32_t)(row[i].rank >> 32);
        }
        b->kept[v] = kept;
    }
}

static void close_gaps(struct suggest_pairs *pairs, const uint32_t *kept)
{
    uint64_t to = 0, from = 0;
    for (uint32_t v = 0; v < pairs->people; v++) {
        uint64_t next = pairs->start[v + 1];
        memmove(pairs->partner + to, pairs->partner + from, kept[v] * sizeof *pairs->partner);
        memmove(pairs->weight + to, pairs->weight + from, kept[v] * sizeof *pairs->weight);
        pairs->start[v] = to;
        to += kept[v];
        from = next;
    }
    pairs->start[pairs->people] = to;
}

static void place_pairs(struct building *b)
{
    struct suggest_pairs *pairs = b->pairs;
    b->longest = 1;
    for (uint32_t v = 0; v < pairs->people; v++) {
        uint32_t length = 0;
        for (unsigned part = 0; part < b->parts; part++) {
            uint32_t here = b->next[part][v];
            b->next[part][v] = length;
            length += here;
        }
        pairs->start[v + 1] = pairs->start[v] + length;
        if (length > b->longest)
            b->longest = length;
    }
    pairs->partner = memory_new(pairs->start[pairs->people], sizeof *pairs->partner);
    pairs->weight = memory_new(pairs->start[pairs->people], sizeof *pairs->weight);
}

void suggest_pairs_from(uint32_t people, const uint64_t *key, uint64_t count, const uint32_t *a,
                        const uint32_t *b, const uint32_t *weight, unsigned threads,
                        struct suggest_pairs *pairs)
{
    struct building w = { .pairs = pairs, .a = a, .b = b, .weight = weight, .count = count };
    *pairs = (struct suggest_pairs){ .people = people };
    pairs->start = memory_new((size_t)people + 1, sizeof *pairs->start);
    pairs->key = memory_new(people, sizeof *pairs->key);
    memcpy(pairs->key, key, people * sizeof *key);
    w.parts = threads = suggest_threads_wise(threads);
    w.next = memory_new(w.parts, sizeof *w.next);
    for (unsigned part = 0; part < w.parts; part++)
        w.next[part] = memory_new(people, sizeof **w.next);
    suggest_share_work(threads, w.parts, 1, count_pairs, &w);
    place_pairs(&w);
    suggest_share_work(threads, w.parts, 1, fill_pairs, &w);
    w.kept = memory_new(people, sizeof *w.kept);
    suggest_share_work(threads, people, 4096, order_rows, &w);
    close_gaps(pairs, w.kept);
    for (unsigned t = 0; t < SUGGEST_THREADS_MAX; t++)
        memory_free(w.row[t]);
    for (unsigned part = 0; part < w.parts; part++)
        memory_free(w.next[part]);
    memory_free(w.next);
    memory_free(w.kept);
}

void suggest_pairs_free(struct suggest_pairs *pairs)
{
    memory_free(pairs->start);
    memory_free(pairs->partner);
    memory_free(pairs->weight);
    memory_free(pairs->key);
    *pairs = (struct suggest_pairs){ 0 };
}

void match_open(struct match *m, const struct suggest_pairs *pairs, const uint16_t *wanted)
{
    *m = (struct match){ .pairs = pairs, .wanted = wanted };
    m->slot = memory_new((size_t)pairs->people + 1, sizeof *m->slot);
    for (uint32_t v = 0; v < pairs->people; v++)
        m->slot[v + 1] = m->slot[v] + wanted[v];
    m->degree = memory_new(pairs->people, sizeof *m->degree);
    m->floor = memory_new(pairs->people, sizeof *m->floor);
    m->mate = memory_new(m->slot[pairs->people], sizeof *m->mate);
    m->weight = memory_new(m->slot[pairs->people], sizeof *m->weight);
}

void match_close(struct match *m)
{
    memory_free(m->slot);
    memory_free(m->degree);
    memory_free(m->floor);
    memory_free(m->mate);
    memory_free(m->weight);
    *m = (struct match){ 0 };
}

bool match_has(const struct match *m, uint32_t a, uint32_t b)
{
    const uint32_t *mate = m->mate + m->slot[a];
    for (uint32_t i = 0; i < m->degree[a]; i++)
        if (mate[i] == b)
            return true;
    return false;
}

static void add_half(struct match *m, uint32_t a, uint32_t b, uint32_t weight)
{
    uint64_t at = m->slot[a] + m->degree[a]++;
    m->mate[at] = b;
    m->weight[at] = weight;
}

void match_add(struct match *m, uint32_t a, uint32_t b, uint32_t weight)
{
    add_half(m, a, b, weight);
    add_half(m, b, a, weight);
    m->total += weight;
}

static uint32_t drop_half(struct match *m, uint32_t a, uint32_t b)
{
    uint64_t at = m->slot[a], last = at + --m->degree[a];
    while (m->mate[at] != b)
        at++;
    m->mate[at] = m->mate[last];
    m->weight[at] = m->weight[last];
    return (uint32_t)(at - m->slot[a]);
}

struct places match_drop(struct match *m, uint32_t a, uint32_t b, uint32_t weight)
{
    m->total -= weight;
    uint32_t in_a = drop_half(m, a, b);
    return (struct places){ in_a, drop_half(m, b, a) };
}

static void restore_half(struct match *m, uint32_t a, uint32_t b, uint32_t weight, uint32_t place)
{
    uint64_t at = m->slot[a] + place, last = m->slot[a] + m->degree[a]++;
    m->mate[last] = m->mate[at];
    m->weight[last] = m->weight[at];
    m->mate[at] = b;
    m->weight[at] = weight;
}

void match_restore(struct match *m, uint32_t a, uint32_t b, uint32_t weight, struct places places)
{
    restore_half(m, b, a, weight, places.in_b);
    restore_half(m, a, b, weight, places.in_a);
    m->total += weight;
}
