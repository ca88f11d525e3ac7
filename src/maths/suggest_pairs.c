/* suggest_pairs.c - everybody's lists, and the pairs an introduction round chooses from. */
#include "base/memory.h"
#include "maths/suggest_place.h"
#include "maths/suggest_threads.h"

#include <string.h>

struct listing {
    const struct suggest_place *place;
    struct suggest_lists *lists;
    struct suggest_scratch *scratch[SUGGEST_THREADS_MAX];
    const uint32_t *who; /* numbers, or NULL for everybody */
};

static void list_part(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct listing *l = with;
    const struct suggest_place *p = l->place;
    if (!l->scratch[thread])
        l->scratch[thread] = suggest_scratch_new(p);
    for (uint64_t i = from; i < to; i++)
        l->lists->found[i] = place_list(p, l->scratch[thread], l->who ? l->who[i] : (uint32_t)i,
                                        l->lists->most, l->lists->partner + i * l->lists->most);
}

static void make_lists(const struct suggest_place *p, const uint32_t *who, uint32_t count,
                       uint32_t most, unsigned threads, struct suggest_lists *lists)
{
    struct listing l = { .place = p, .lists = lists, .who = who };
    *lists = (struct suggest_lists){ .people = count, .most = most };
    lists->found = memory_new(count, sizeof *lists->found);
    lists->partner = memory_new((uint64_t)count * most, sizeof *lists->partner);
    suggest_share_work(threads, count, 256, list_part, &l);
    for (unsigned t = 0; t < SUGGEST_THREADS_MAX; t++)
        suggest_scratch_free(l.scratch[t]);
}

void suggest_lists(const struct suggest_place *p, uint32_t most, unsigned threads,
                   struct suggest_lists *lists)
{
    make_lists(p, NULL, p->count, most, threads, lists);
}

void suggest_lists_free(struct suggest_lists *lists)
{
    memory_free(lists->found);
    memory_free(lists->partner);
    *lists = (struct suggest_lists){ 0 };
}

struct triples {
    uint64_t count, room;
    uint32_t *a, *b, *weight;
};

static void add_pair(struct triples *t, uint32_t a, uint32_t b, uint32_t weight)
{
    if (t->count == t->room) {
        t->room = t->room ? t->room * 2 : 1024;
        t->a = memory_grow(t->a, t->room, sizeof *t->a);
        t->b = memory_grow(t->b, t->room, sizeof *t->b);
        t->weight = memory_grow(t->weight, t->room, sizeof *t->weight);
    }
    t->a[t->count] = a;
    t->b[t->count] = b;
    t->weight[t->count++] = weight;
}

static void reserve(struct triples *t, uint64_t room)
{
    t->room = room ? room : 1;
    t->a = memory_grow(NULL, t->room, sizeof *t->a);
    t->b = memory_grow(NULL, t->room, sizeof *t->b);
    t->weight = memory_grow(NULL, t->room, sizeof *t->weight);
}

static void sort_triples(const struct suggest_place *p, struct triples *t, unsigned threads,
                         struct suggest_pairs *pairs)
{
    suggest_pairs_from(p->count, p->key, t->count, t->a, t->b, t->weight, threads, pairs);
    memory_free(t->a);
    memory_free(t->b);
    memory_free(t->weight);
}

static void every_pair(const struct suggest_place *p, struct triples *t)
{
    for (uint32_t a = 0; a < p->count; a++)
        for (uint32_t b = a + 1; b < p->count; b++) {
            uint32_t weight = place_weight(p, a, b);
            if (weight)
                add_pair(t, a, b, weight);
        }
}

void suggest_pairs_of(const struct suggest_place *p, uint32_t everyone, uint32_t most,
                      unsigned threads, struct suggest_pairs *pairs)
{
    struct triples t = { 0 };
    if (p->count <= everyone) {
        every_pair(p, &t);
    } else {
        struct suggest_lists lists;
        suggest_lists(p, most, threads, &lists);
        uint64_t total = 0;
        for (uint32_t i = 0; i < p->count; i++)
            total += lists.found[i];
        reserve(&t, total);
        for (uint32_t i = 0; i < p->count; i++)
            for (uint32_t j = 0; j < lists.found[i]; j++) {
                struct suggest_partner partner = lists.partner[(uint64_t)i * most + j];
                add_pair(&t, i, partner.person, partner.weight);
            }
        suggest_lists_free(&lists);
    }
    sort_triples(p, &t, threads, pairs);
}

void suggest_pairs_widen(const struct suggest_place *p, const uint32_t *who, uint32_t count,
                         uint32_t most, unsigned threads, struct suggest_pairs *pairs)
{
    struct triples t = { 0 };
    struct suggest_lists lists;
    reserve(&t, pairs->start[pairs->people] / 2 + (uint64_t)count * most);
    for (uint32_t a = 0; a < pairs->people; a++)
        for (uint64_t i = pairs->start[a]; i < pairs->start[a + 1]; i++)
            if (pairs->partner[i] > a)
                add_pair(&t, a, pairs->partner[i], pairs->weight[i]);
    make_lists(p, who, count, most, threads, &lists);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < lists.found[i]; j++) {
            struct suggest_partner partner = lists.partner[(uint64_t)i * most + j];
            add_pair(&t, who[i], partner.person, partner.weight);
        }
    suggest_lists_free(&lists);
    suggest_pairs_free(pairs);
    sort_triples(p, &t, threads, pairs);
}
