/* maths/network_layout.h - where to draw everybody: who has a line is near, nobody is on top
 * of anybody, groups stay together.
 *
 * Springs and repulsion after Fruchterman and Reingold ("Graph drawing by force-directed
 * placement", Software: Practice and Experience 21(11), 1991), their grid variant, with a
 * light pull to the middle and to one's group. For up to a few thousand people. */
#ifndef NABIJ_MATHS_NETWORK_LAYOUT_H
#define NABIJ_MATHS_NETWORK_LAYOUT_H

#include "maths/csr.h"

/* Fills x[] and y[] between 0 and 1. group may be NULL; graph->value weighs the lines. */
void network_layout(const struct csr *graph, const uint32_t *group, uint64_t seed, double *x,
                    double *y);

#endif
