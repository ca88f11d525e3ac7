#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"

/* Trees of people: up[] leads to the smallest of the component, which knows the size. */
struct join {
    const struct csr *graph;
    uint32_t *up, *size;
    uint8_t *away;
    struct network_after now; /* of those who are in */
};

static uint32_t top_of(struct join *j, uint32_t person)
{
    while (j->up[person] != person) {
        j->up[person] = j->up[j->up[person]];
        person = j->up[person];
    }
    return person;
}

static void join(struct join *j, uint32_t a, uint32_t b)
{
    a = top_of(j, a);
    b = top_of(j, b);
    if (a == b)
        return;
    uint32_t small = a < b ? a : b, other = a < b ? b : a;
    j->now.pairs += (uint64_t)j->size[a] * j->size[b];
    j->up[other] = small;
    j->size[small] += j->size[other];
    j->now.components--;
    if (j->size[small] > j->now.largest)
        j->now.largest = j->size[small];
}

/* Whether all that somebody has left are lines to people who are away. */
static bool is_alone(const struct join *j, uint32_t person)
{
    const struct csr *g = j->graph;
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++)
        if (!j->away[g->target[e]])
            return false;
    return graph_degree(g, person) > 0;
}

static void come_in(struct join *j)
{
    j->now.people++;
    j->now.components++;
    if (j->now.largest == 0)
        j->now.largest = 1;
}

static void stay(struct join *j)
{
    const struct csr *g = j->graph;
    for (uint32_t v = 0; v < g->rows; v++) {
        if (j->away[v])
            continue;
        come_in(j);
        j->now.alone += is_alone(j, v);
    }
    for (uint32_t v = 0; v < g->rows; v++) {
        if (j->away[v])
            continue;
        for (uint64_t e = g->start[v]; e < g->start[v + 1] && g->target[e] < v; e++) {
            if (j->away[g->target[e]])
                continue;
            j->now.lines++;
            join(j, v, g->target[e]);
        }
    }
}

static void come_back(struct join *j, uint32_t person)
{
    const struct csr *g = j->graph;
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++)
        if (!j->away[g->target[e]])
            j->now.alone -= is_alone(j, g->target[e]);
    j->away[person] = 0;
    come_in(j);
    j->now.alone += is_alone(j, person);
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
        if (j->away[g->target[e]])
            continue;
        j->now.lines++;
        join(j, person, g->target[e]);
    }
}

static uint64_t pairs_of(uint64_t people)
{
    return people * (people - (people > 0)) / 2;
}

/* Everybody is back: of those who stayed at each step, who could reach each other before? */
static void compare(struct join *j, const uint32_t *gone, uint32_t count,
                    struct network_after *after)
{
    uint64_t could = j->now.pairs;
    for (uint32_t i = 0; i <= count; i++) {
        after[i].apart = could - after[i].pairs;
        if (i == count)
            break;
        uint32_t top = top_of(j, gone[i]);
        could -= pairs_of(j->size[top]);
        could += pairs_of(--j->size[top]);
    }
}

void network_without(const struct csr *graph, const uint32_t *gone, uint32_t count,
                     struct network_after *after, uint32_t *label)
{
    struct join j = { .graph = graph };
    j.up = graph_room(graph->rows, sizeof *j.up);
    j.size = graph_room(graph->rows, sizeof *j.size);
    j.away = memory_new(graph->rows, 1);
    for (uint32_t v = 0; v < graph->rows; v++) {
        j.up[v] = v;
        j.size[v] = 1;
    }
    for (uint32_t i = 0; i < count; i++)
        j.away[gone[i]] = 1;
    stay(&j);
    for (uint32_t v = 0; label && v < graph->rows; v++)
        label[v] = j.away[v] ? NETWORK_NOBODY : top_of(&j, v);
    after[count] = j.now;
    for (uint32_t i = count; i-- > 0;) {
        come_back(&j, gone[i]);
        after[i] = j.now;
    }
    compare(&j, gone, count, after);
    memory_free(j.up);
    memory_free(j.size);
    memory_free(j.away);
}
