/* maths/graph.h - from a list of lines between people to a struct csr, with both cores.
 *
 * People are 0 … people - 1. The rows that come out are sorted upwards and hold no doubles
 * and no line from somebody to themselves. The answer depends on the lines only, not on
 * their order nor on the team. graph_free gives the arrays back. */
#ifndef NABIJ_MATHS_GRAPH_H
#define NABIJ_MATHS_GRAPH_H

#include <stddef.h>

#include "maths/csr.h"
#include "maths/graph_team.h"

/* Every line stands in both rows. */
void graph_from_lines(struct csr *graph, uint32_t people, const uint32_t *a, const uint32_t *b,
                      uint64_t lines, struct team *team);

/* from[i] → to[i] stands in row from[i] only. */
void graph_from_arrows(struct csr *graph, uint32_t people, const uint32_t *from, const uint32_t *to,
                       uint64_t arrows, struct team *team);

void graph_free(struct csr *graph);

/* Upwards, in place. */
void graph_sort(uint32_t *row, uint64_t length);

/* Memory for the large arrays that are read in no particular order: asks for large pages
 * where the system has them. Not zeroed, or zeroed. Given back with memory_free. */
void *graph_room(size_t count, size_t size);
void *graph_zeros(size_t count, size_t size);

static inline uint64_t graph_degree(const struct csr *graph, uint32_t person)
{
    return graph->start[person + 1] - graph->start[person];
}

#endif
