#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"

/* Takes away everybody who has `k` lines left, and whoever falls to `k` by that. */
static void peel(const struct csr *graph, uint32_t k, uint32_t *left, uint32_t *queue,
                 uint32_t queued, uint32_t *core)
{
    for (uint32_t i = 0; i < queued; i++) {
        uint32_t person = queue[i];
        core[person] = k;
        for (uint64_t e = graph->start[person]; e < graph->start[person + 1]; e++) {
            uint32_t other = graph->target[e];
            if (left[other] > k && --left[other] == k)
                queue[queued++] = other;
        }
    }
}

/* Those of rest[] that are still there; the smallest number of lines among them in *k. */
static uint32_t who_is_left(const uint32_t *left, uint32_t *rest, uint32_t count, uint32_t gone,
                            uint32_t *k)
{
    uint32_t kept = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (left[rest[i]] <= gone)
            continue;
        rest[kept++] = rest[i];
        if (left[rest[i]] < least)
            least = left[rest[i]];
    }
    *k = least;
    return kept;
}

uint32_t network_core(const struct csr *graph, uint32_t *core)
{
    uint32_t people = graph->rows, count = people, deepest = 0, least = UINT32_MAX;
    uint32_t *left = graph_room(people, sizeof *left);
    uint32_t *rest = graph_room(people, sizeof *rest);
    uint32_t *queue = graph_room(people, sizeof *queue);
    for (uint32_t v = 0; v < people; v++) {
        left[v] = (uint32_t)graph_degree(graph, v);
        rest[v] = v;
        if (left[v] < least)
            least = left[v];
    }
    while (count) {
        uint32_t queued = 0;
        deepest = least;
        for (uint32_t i = 0; i < count; i++)
            if (left[rest[i]] == deepest)
                queue[queued++] = rest[i];
        peel(graph, deepest, left, queue, queued, core);
        count = who_is_left(left, rest, count, deepest, &least);
    }
    memory_free(left);
    memory_free(rest);
    memory_free(queue);
    return deepest;
}
