/* suggest_round.c - the introduction round as a whole, its measures and its upper bound. */
#include "base/memory.h"
#include "maths/suggest_match.h"
#include "maths/suggest_threads.h"

#include <stdlib.h>
#include <string.h>

#define LOSS        0.03f
#define EFFORT      40000000u
#define SMALL_ROUND 400u /* people: paths are searched deeper */

static uint32_t fair_share(const struct match *m)
{
    uint64_t places = 0, open = 0;
    for (uint32_t v = 0; v < m->pairs->people; v++) {
        places += m->wanted[v];
        open += m->wanted[v] > 0;
    }
    return open ? (uint32_t)(places / open) : 0;
}

/* What can be aimed at for one person: no more than they asked, or than they have partners. */
static uint32_t own_share(const struct match *m, uint32_t v, uint32_t share)
{
    uint32_t aim = m->wanted[v] < share ? m->wanted[v] : share;
    uint64_t partners = 0;
    for (uint64_t i = m->pairs->start[v]; i < m->pairs->start[v + 1] && partners < aim; i++)
        partners += m->wanted[m->pairs->partner[i]] > 0;
    return partners < aim ? (uint32_t)partners : aim;
}

static void improve(struct match *m, uint64_t effort)
{
    uint64_t stop = m->steps + effort;
    unsigned deepest = m->pairs->people <= SMALL_ROUND ? 5 : 2;
    for (unsigned depth = 1; depth <= deepest && m->steps < stop; depth++)
        match_improve(m, depth, stop - m->steps);
}

struct kept {
    uint32_t *degree, *mate, *weight;
    uint64_t total;
};

static void keep_match(const struct match *m, struct kept *k, bool back)
{
    uint64_t people = m->pairs->people, slots = m->slot[people];
    if (!back) {
        k->degree = memory_new(people, sizeof *k->degree);
        k->mate = memory_new(slots, sizeof *k->mate);
        k->weight = memory_new(slots, sizeof *k->weight);
        k->total = m->total;
    }
    memcpy(back ? m->degree : k->degree, back ? k->degree : m->degree, people * sizeof(uint32_t));
    memcpy(back ? m->mate : k->mate, back ? k->mate : m->mate, slots * sizeof(uint32_t));
    memcpy(back ? m->weight : k->weight, back ? k->weight : m->weight, slots * sizeof(uint32_t));
}

static void forget_match(struct kept *k)
{
    memory_free(k->degree);
    memory_free(k->mate);
    memory_free(k->weight);
}

/* As high a share as the loss allows; one introduction each is not given up for weight. */
static uint32_t share_fairly(struct match *m, uint64_t unfair, float loss, uint64_t effort)
{
    uint32_t share = fair_share(m);
    struct kept before;
    keep_match(m, &before, false);
    for (;;) {
        match_share(m, share);
        improve(m, effort);
        if (share <= 1 || (double)m->total >= (1.0 - (double)loss) * (double)unfair)
            break;
        keep_match(m, &before, true);
        m->total = before.total;
        share--;
    }
    forget_match(&before);
    return share;
}

static void sort_mates(struct suggest_round *r, const struct suggest_pairs *pairs, uint32_t v)
{
    for (uint64_t i = r->start[v] + 1; i < r->start[v] + r->got[v]; i++)
        for (uint64_t j = i; j > r->start[v]; j--) {
            uint32_t a = r->partner[j - 1], b = r->partner[j];
            uint32_t tie_a = suggest_tie(pairs->key[v], pairs->key[a]);
            uint32_t tie_b = suggest_tie(pairs->key[v], pairs->key[b]);
            if (r->weight[j - 1] > r->weight[j] ||
                (r->weight[j - 1] == r->weight[j] && tie_a >= tie_b))
                break;
            uint32_t weight = r->weight[j];
            r->partner[j] = a, r->weight[j] = r->weight[j - 1];
            r->partner[j - 1] = b, r->weight[j - 1] = weight;
        }
}

static void hand_over(struct match *m, struct suggest_round *r)
{
    r->people = m->pairs->people;
    r->start = m->slot, r->got = m->degree, r->partner = m->mate, r->weight = m->weight;
    r->total = m->total;
    r->steps = m->steps;
    m->slot = NULL, m->degree = m->mate = m->weight = NULL;
    for (uint32_t v = 0; v < r->people; v++) {
        uint32_t own = own_share(m, v, r->share);
        r->below += r->got[v] < own;
        r->left_out += r->got[v] == 0 && own_share(m, v, 1) > 0;
        sort_mates(r, m->pairs, v);
    }
}

void suggest_round_make(const struct suggest_pairs *pairs, const uint16_t *wanted,
                        const struct suggest_round_settings *settings, struct suggest_round *round)
{
    struct match m;
    uint64_t effort = settings->effort ? settings->effort : EFFORT;
    *round = (struct suggest_round){ 0 };
    match_open(&m, pairs, wanted);
    match_suitor(&m, suggest_threads_wise(settings->threads));
    if (!settings->quick)
        improve(&m, effort);
    round->unfair = m.total;
    round->share = fair_share(&m);
    if (!settings->quick && !settings->without_share)
        round->share =
            share_fairly(&m, m.total, settings->loss > 0 ? settings->loss : LOSS, effort);
    hand_over(&m, round);
    match_close(&m);
}

void suggest_round_free(struct suggest_round *round)
{
    memory_free(round->start);
    memory_free(round->got);
    memory_free(round->partner);
    memory_free(round->weight);
    *round = (struct suggest_round){ 0 };
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

double suggest_gini(uint32_t *numbers, uint32_t count)
{
    double total = 0, ranked = 0;
    qsort(numbers, count, sizeof *numbers, by_number);
    for (uint32_t i = 0; i < count; i++) {
        total += numbers[i];
        ranked += (double)(i + 1) * numbers[i];
    }
    return total > 0 ? 2 * ranked / (count * total) - (count + 1.0) / count : 0;
}
