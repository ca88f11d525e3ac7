#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network_level.h"
#include "maths/random.h"

/* Nodes are cut in chunks of neighbouring numbers. Inside a chunk one member of the team
 * works through the nodes one after another; other chunks are seen as they were before the
 * batch. Chunk c is in batch c mod batches; after a batch its moves are carried out: sums of
 * whole numbers come out the same in any order, so the answer does not depend on the team. */

enum { BATCHES = 8, MOST_ROUNDS = 16, SMALL = 4096, CHUNK = 256 };

struct move {
    struct level *level;
    struct scratch *scratch;
    uint8_t *awake;  /* nodes with a neighbour that moved */
    uint32_t *wish;  /* node → group it goes to */
    uint32_t *order; /* of a small graph: batch → its one node, drawn */
    uint32_t chunk, chunks, batch, batches;
    atomic_uint moved;
};

/* Nodes first … end - 1 are seen where they wish to be, all others where they are. */
static void gather(const struct move *m, uint32_t v, uint32_t first, uint32_t end,
                   struct scratch *s)
{
    const struct level *l = m->level;
    struct scratch mine = { s->weight, s->touched, 0 };
    for (uint64_t i = l->start[v]; i < l->end[v]; i++) {
        uint32_t other = l->target[i];
        const uint32_t *group = other - first < end - first ? m->wish : l->group;
        scratch_add(&mine, group[other], l->weight ? l->weight[i] : 1);
    }
    s->count = mine.count;
}

static uint32_t best_group(const struct level *l, uint32_t v, struct scratch *s)
{
    uint32_t own = l->group[v], best = own;
    double degree = (double)l->degree[v], per_end = degree / l->ends;
    double most = (double)s->weight[own] - per_end * ((double)l->total[own] - degree);
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t g = s->touched[i];
        double gain = (double)s->weight[g] - per_end * (double)l->total[g];
        if (g != own && (gain > most + 1e-9 || (gain > most - 1e-9 && best != own && g < best))) {
            most = gain;
            best = g;
        }
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->weight[s->touched[i]] = 0;
    return best;
}

static uint32_t chunk_first(const struct move *m, uint32_t part)
{
    return m->order ? m->order[m->batch] : (part * m->batches + m->batch) * m->chunk;
}

static uint32_t chunk_end(const struct move *m, uint32_t first)
{
    return m->level->nodes - first < m->chunk ? m->level->nodes : first + m->chunk;
}

static void decide(void *data, uint32_t part, int member)
{
    struct move *m = data;
    const struct level *l = m->level;
    uint32_t first = chunk_first(m, part), end = chunk_end(m, first);
    for (uint32_t v = first; v < end; v++)
        m->wish[v] = l->group[v];
    for (uint32_t v = first; v < end; v++) {
        if (!m->awake[v])
            continue;
        m->awake[v] = 0;
        gather(m, v, first, end, &m->scratch[member]);
        m->wish[v] = best_group(l, v, &m->scratch[member]);
    }
}

static void carry_out(void *data, uint32_t part, int member)
{
    (void)member;
    struct move *m = data;
    struct level *l = m->level;
    uint32_t first = chunk_first(m, part), end = chunk_end(m, first), moved = 0;
    for (uint32_t v = first; v < end; v++) {
        uint32_t from = l->group[v], to = m->wish[v];
        if (from == to)
            continue;
        __atomic_fetch_sub(&l->total[from], l->degree[v], __ATOMIC_RELAXED);
        __atomic_fetch_add(&l->total[to], l->degree[v], __ATOMIC_RELAXED);
        l->group[v] = to;
        for (uint64_t e = l->start[v]; e < l->end[v]; e++)
            if (!__atomic_load_n(&m->awake[l->target[e]], __ATOMIC_RELAXED))
                __atomic_store_n(&m->awake[l->target[e]], 1, __ATOMIC_RELAXED);
        moved++;
    }
    atomic_fetch_add_explicit(&m->moved, moved, memory_order_relaxed);
}

static uint32_t one_round(struct move *m, struct team *team)
{
    atomic_store(&m->moved, 0);
    for (m->batch = 0; m->batch < m->batches; m->batch++) {
        uint32_t parts = (m->chunks - m->batch + m->batches - 1) / m->batches;
        team_do(team, parts, decide, m);
        team_do(team, parts, carry_out, m);
    }
    return atomic_load(&m->moved);
}

static uint32_t *draw_order(uint32_t nodes, uint64_t seed)
{
    struct random r;
    random_split(&r, seed, nodes);
    uint32_t *order = memory_grow(NULL, nodes, sizeof *order);
    for (uint32_t v = 0; v < nodes; v++) {
        uint32_t other = random_below(&r, v + 1);
        order[v] = order[other];
        order[other] = v;
    }
    return order;
}

void level_move(struct level *level, uint64_t seed, struct scratch *scratch, struct team *team)
{
    uint32_t nodes = level->nodes;
    bool small = nodes <= SMALL;
    struct move m = { .level = level, .scratch = scratch };
    m.chunk = small ? 1 : CHUNK;
    m.chunks = (nodes + m.chunk - 1) / m.chunk;
    m.batches = small ? nodes : BATCHES;
    m.awake = graph_room(nodes, sizeof *m.awake);
    m.wish = graph_room(nodes, sizeof *m.wish);
    memset(m.awake, 1, nodes);
    m.order = small ? draw_order(nodes, seed) : NULL;
    uint32_t enough = small ? 0 : nodes / 200;
    for (int round = 0; round < (small ? 1000 : MOST_ROUNDS); round++)
        if (one_round(&m, team) <= enough)
            break;
    memory_free(m.awake);
    memory_free(m.wish);
    memory_free(m.order);
}

void level_renumber(struct level *level, struct scratch *scratch)
{
    uint32_t *fresh = scratch->touched, groups = 0;
    memset(fresh, 0xff, level->nodes * sizeof *fresh);
    memset(level->total, 0, level->nodes * sizeof *level->total);
    for (uint32_t v = 0; v < level->nodes; v++) {
        uint32_t g = level->group[v];
        if (fresh[g] == UINT32_MAX)
            fresh[g] = groups++;
        level->group[v] = fresh[g];
        level->total[fresh[g]] += level->degree[v];
    }
    level->groups = groups;
}
