#include <string.h>

#include "base/memory.h"
#include "maths/cascade.h"
#include "maths/graph.h"

/* 64 counters side by side: bit j of plane k is bit k of counter j, so that adding a word of
 * 64 bits is a carry that runs through a few words. */

enum { LANES = 64, PLANES = 32 };

struct tally {
    uint64_t plane[PLANES];
};

static inline void tally_add(struct tally *t, uint64_t bits)
{
    for (int k = 0; bits; k++) {
        uint64_t carry = t->plane[k] & bits;
        t->plane[k] ^= bits;
        bits = carry;
    }
}

static uint32_t tally_of(const struct tally *t, uint32_t lane)
{
    uint32_t count = 0;
    for (int k = 0; k < PLANES; k++)
        count |= (uint32_t)(t->plane[k] >> lane & 1) << k;
    return count;
}

struct reach {
    const struct cascade *cascade;
    const uint32_t *roots;
    uint32_t count;
    uint32_t *reach;
    const uint8_t *weight_a, *weight_b;
    struct cascade_root *found;
    uint64_t *mask[TEAM_MAX], *front[TEAM_MAX];
    uint32_t *list[TEAM_MAX];
};

static uint32_t lanes_of(const struct reach *r, uint32_t part)
{
    return r->count - part * LANES < LANES ? r->count - part * LANES : LANES;
}

/* Along the order every thing knows all its roots when its turn comes. */
static void reach_together(void *data, uint32_t part, int member)
{
    struct reach *r = data;
    const struct csr *grew = &r->cascade->grew;
    const uint32_t *root = r->roots + part * LANES;
    uint64_t *mask = r->mask[member];
    uint32_t lanes = lanes_of(r, part), first = UINT32_MAX;
    struct tally tally = { 0 };
    memset(mask, 0, r->cascade->things * sizeof *mask);
    for (uint32_t j = 0; j < lanes; j++) {
        mask[root[j]] |= 1ull << j;
        first = root[j] < first ? root[j] : first;
    }
    for (uint32_t v = first; v < r->cascade->things; v++) {
        if (!mask[v])
            continue;
        tally_add(&tally, mask[v]);
        for (uint64_t e = grew->start[v]; e < grew->start[v + 1]; e++)
            mask[grew->target[e]] |= mask[v];
    }
    for (uint32_t j = 0; j < lanes; j++)
        r->reach[part * LANES + j] = tally_of(&tally, j) - 1;
}

void cascade_reach(const struct cascade *cascade, const uint32_t *roots, uint32_t count,
                   uint32_t *reach, struct team *team)
{
    struct reach r = { .cascade = cascade, .roots = roots, .count = count, .reach = reach };
    for (int i = 0; i < team_size(team); i++)
        r.mask[i] = graph_room(cascade->things, sizeof(uint64_t));
    team_do(team, (count + LANES - 1) / LANES, reach_together, &r);
    for (int i = 0; i < team_size(team); i++)
        memory_free(r.mask[i]);
}

/* Moves every lane one generation on. list[] holds who is in front, from `first` to `end`;
 * who is met now comes behind. fresh[] gathers the lanes that meet somebody. */
static uint32_t next_generation(const struct csr *grew, const uint64_t *seen, uint64_t *front,
                                uint64_t *fresh, uint32_t *list, uint32_t count, uint32_t *next)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = list[i];
        for (uint64_t e = grew->start[v]; e < grew->start[v + 1]; e++) {
            uint32_t w = grew->target[e];
            uint64_t meets = front[v] & ~seen[w];
            if (!meets)
                continue;
            if (!fresh[w])
                next[found++] = w;
            fresh[w] |= meets;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        front[list[i]] = 0;
    return found;
}

static void note_generation(struct cascade_root *root, uint32_t count)
{
    if (!count)
        return;
    if ((root->depth & (root->depth - 1)) == 0) /* room is the next power of two */
        root->generation = memory_grow(root->generation, root->depth ? 2 * root->depth : 1,
                                       sizeof *root->generation);
    root->generation[root->depth++] = count;
    root->reach += count;
}

/* What was met in one generation: counted, marked as seen, and put in front. */
static void count_generation(struct reach *r, uint32_t part, const uint32_t *list, uint32_t count,
                             uint64_t *seen, const uint64_t *fresh)
{
    struct tally tally = { 0 }, a = { 0 }, b = { 0 };
    for (uint32_t i = 0; i < count; i++) {
        uint32_t w = list[i];
        seen[w] |= fresh[w];
        tally_add(&tally, fresh[w]);
        for (int n = r->weight_a ? r->weight_a[w] : 0; n > 0; n--)
            tally_add(&a, fresh[w]);
        for (int n = r->weight_b ? r->weight_b[w] : 0; n > 0; n--)
            tally_add(&b, fresh[w]);
    }
    for (uint32_t j = 0; j < lanes_of(r, part); j++) {
        struct cascade_root *root = &r->found[part * LANES + j];
        note_generation(root, tally_of(&tally, j));
        root->sum_a += tally_of(&a, j);
        root->sum_b += tally_of(&b, j);
    }
}

static void by_generation(void *data, uint32_t part, int member)
{
    struct reach *r = data;
    uint32_t things = r->cascade->things, count = 0;
    uint64_t *seen = r->mask[member], *front = r->front[member], *fresh = front + things;
    uint32_t *list = r->list[member], *next = list + things;
    const uint32_t *root = r->roots + part * LANES;
    memset(seen, 0, things * sizeof *seen);
    for (uint32_t j = 0; j < lanes_of(r, part); j++) {
        r->found[part * LANES + j] = (struct cascade_root){ 0 };
        if (!front[root[j]])
            list[count++] = root[j];
        front[root[j]] |= 1ull << j;
        seen[root[j]] |= 1ull << j;
    }
    while (count) {
        uint64_t *was = front;
        uint32_t *before = list;
        count = next_generation(&r->cascade->grew, seen, front, fresh, list, count, next);
        count_generation(r, part, next, count, seen, fresh);
        front = fresh;
        fresh = was;
        list = next;
        next = before;
    }
}

void cascade_generations(const struct cascade *cascade, const uint32_t *roots, uint32_t count,
                         const uint8_t *weight_a, const uint8_t *weight_b,
                         struct cascade_root *found, struct team *team)
{
    struct reach r = { .cascade = cascade,
                       .roots = roots,
                       .count = count,
                       .weight_a = weight_a,
                       .weight_b = weight_b,
                       .found = found };
    for (int i = 0; i < team_size(team); i++) {
        r.mask[i] = graph_room(cascade->things, sizeof(uint64_t));
        r.front[i] = graph_zeros((size_t)cascade->things * 2, sizeof(uint64_t));
        r.list[i] = graph_room((size_t)cascade->things * 2, sizeof(uint32_t));
    }
    team_do(team, (count + LANES - 1) / LANES, by_generation, &r);
    for (int i = 0; i < team_size(team); i++) {
        memory_free(r.mask[i]);
        memory_free(r.front[i]);
        memory_free(r.list[i]);
    }
}
