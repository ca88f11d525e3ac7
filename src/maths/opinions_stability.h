/* maths/opinions_stability.h - would other people from the same neighbourhood give this map?
 *
 * A bootstrap: draw as many people again (doubles allowed, at most STABILITY_SAMPLE), find the
 * plane and the groups anew, and compare for those drawn. A group is stable when its mean
 * overlap (Jaccard) with its best match is at least 0.75 (Hennig, "Cluster-wise assessment of
 * cluster stability", Computational Statistics & Data Analysis 52, 2007); the map is stable
 * when every group is and at least half of the draws choose the same number of groups. */
#ifndef NABIJ_MATHS_OPINIONS_STABILITY_H
#define NABIJ_MATHS_OPINIONS_STABILITY_H

#include <stdint.h>

#include "maths/opinions_groups.h"

enum { STABILITY_SAMPLE = 4000 };

/* both[a][b]: how many stand in group a of one cut and in group b of the other. */
struct overlap {
    double both[MOST_GROUPS][MOST_GROUPS];
};

/* Adjusted Rand index (Hubert and Arabie, "Comparing partitions", 1985): 1 the same cut, about
 * 0 unrelated ones. */
double overlap_rand(const struct overlap *overlap);

/* Jaccard of group a of the first cut with its best match in the second. */
double overlap_jaccard(const struct overlap *overlap, uint32_t a);

#endif
