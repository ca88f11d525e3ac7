/* suggest_suitor.c - b-suitor: everybody asks their best pairs first; who is asked by more than
 * they want keeps the heaviest, and the one let go asks on. The end does not depend on who
 * asks when, so threads may ask at once; a bit per person guards who holds whom. */
#include "base/memory.h"
#include "maths/suggest_match.h"
#include "maths/suggest_threads.h"

#include <stdatomic.h>

struct suitor {
    uint64_t rank;
    uint32_t who;
};

struct courting {
    struct match *m;
    struct suitor *held;     /* by slot; the lightest stands first */
    _Atomic uint32_t *asked; /* the next pair in the row that was not asked yet */
    _Atomic uint8_t *guard;
};

static void take(struct courting *c, uint32_t v)
{
    while (atomic_exchange_explicit(&c->guard[v], 1, memory_order_acquire))
        while (atomic_load_explicit(&c->guard[v], memory_order_relaxed))
            ;
}

static void let(struct courting *c, uint32_t v)
{
    atomic_store_explicit(&c->guard[v], 0, memory_order_release);
}

static bool lighter(const struct suitor *a, const struct suitor *b)
{
    return a->rank != b->rank ? a->rank < b->rank : a->who > b->who;
}

/* Brings the lightest to the front again. */
static void settle(struct suitor *held, uint32_t count)
{
    uint32_t least = 0;
    for (uint32_t i = 1; i < count; i++)
        if (lighter(&held[i], &held[least]))
            least = i;
    struct suitor swap = held[0];
    held[0] = held[least];
    held[least] = swap;
}

/* u asks v. Returns who has to ask on: nobody (UINT32_MAX), u itself, or the one let go. */
static uint32_t ask(struct courting *c, uint32_t v, struct suitor u)
{
    struct match *m = c->m;
    uint32_t wants = m->wanted[v], again = UINT32_MAX;
    struct suitor *held = c->held + m->slot[v];
    if (wants == 0)
        return u.who;
    take(c, v);
    if (m->degree[v] < wants) {
        held[m->degree[v]++] = u;
        if (m->degree[v] == wants)
            settle(held, wants);
    } else if (lighter(&held[0], &u)) {
        again = held[0].who;
        held[0] = u;
        settle(held, wants);
    } else {
        again = u.who;
    }
    let(c, v);
    return again;
}

static void court_part(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct courting *c = with;
    const struct suggest_pairs *pairs = c->m->pairs;
    (void)thread;
    for (uint32_t v = (uint32_t)from; v < to; v++)
        for (uint32_t place = 0; place < c->m->wanted[v]; place++)
            for (uint32_t u = v; u != UINT32_MAX;) {
                uint64_t at = pairs->start[u] + atomic_fetch_add(&c->asked[u], 1);
                if (at >= pairs->start[u + 1])
                    break;
                uint32_t whom = pairs->partner[at];
                uint64_t tie = suggest_tie(pairs->key[u], pairs->key[whom]);
                struct suitor suitor = { (uint64_t)pairs->weight[at] << 32 | tie, u };
                u = ask(c, whom, suitor);
            }
}

/* Who is held holds back, so the held are the mates. */
static void write_mates(void *with, uint64_t from, uint64_t to, unsigned thread)
{
    struct courting *c = with;
    struct match *m = c->m;
    (void)thread;
    for (uint64_t v = from; v < to; v++)
        for (uint64_t i = m->slot[v]; i < m->slot[v] + m->degree[v]; i++) {
            m->mate[i] = c->held[i].who;
            m->weight[i] = (uint32_t)(c->held[i].rank >> 32);
        }
}

void match_suitor(struct match *m, unsigned threads)
{
    uint32_t people = m->pairs->people;
    struct courting c = { .m = m };
    c.held = memory_new(m->slot[people], sizeof *c.held);
    c.asked = memory_new(people, sizeof *c.asked);
    c.guard = memory_new(people, sizeof *c.guard);
    suggest_share_work(threads, people, 1024, court_part, &c);
    suggest_share_work(threads, people, 4096, write_mates, &c);
    uint64_t twice = 0;
    for (uint64_t v = 0; v < people; v++)
        for (uint64_t i = m->slot[v]; i < m->slot[v] + m->degree[v]; i++)
            twice += m->weight[i];
    m->total = twice / 2;
    memory_free(c.held);
    memory_free(c.asked);
    memory_free(c.guard);
}
