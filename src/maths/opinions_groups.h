/* maths/opinions_groups.h - groups of people who stand close together on the map.
 *
 * k-means for k = 2 … 5 from many seeded starts (k-means++, Arthur and Vassilvitskii 2007),
 * first on base clusters when there are many people (as Polis does), then on everybody, then,
 * in small maps, single moves that still help (Hartigan and Wong 1979). The silhouette
 * (Rousseeuw 1987) says which k: of everybody up to GROUPS_EXACT people, of base clusters
 * above that. */
#ifndef NABIJ_MATHS_OPINIONS_GROUPS_H
#define NABIJ_MATHS_OPINIONS_GROUPS_H

#include "maths/opinions_points.h"
#include "maths/opinions_team.h"

enum {
    GROUPS_EXACT = 2048,
    GROUPS_SIDE = 28, /* base clusters: 28 × 28; the first starts use half that */
    LEAST_GROUPS = 2,
    MOST_GROUPS = MOST_CENTRES
};

/* One way to cut the points in k; label[] has the padded length of the points. */
struct grouping {
    uint32_t k;
    struct centres centres;
    double inertia, silhouette;
    int32_t *label;
};

struct groups_settings {
    uint64_t seed;
    uint32_t starts;
    uint32_t exact;             /* up to this many people: no base clusters */
    uint32_t side;              /* above it: side × side of them */
    uint32_t only_k;            /* 0: every k from LEAST_GROUPS to MOST_GROUPS */
    const struct centres *warm; /* the first start for k = warm_k, or NULL */
    uint32_t warm_k;
};

/* Fills in found[k] for each k tried (found[] has MOST_GROUPS + 1 entries; untried ones stay
 * zero) and gives the k with the highest silhouette. grouping_free each. */
uint32_t groups_find(const struct points *people, const struct groups_settings *settings,
                     struct grouping *found, struct opinions_team *team);
void grouping_free(struct grouping *grouping);

/* Lloyd's iteration from the centres given until nothing changes. */
void groups_settle(const struct points *points, struct grouping *grouping);

/* Neighbours taken together: at most side² (side ≤ 256) points that stand for several people,
 * with their mean place, number and spread. points_free it. */
void base_clusters(const struct points *people, uint32_t side, struct points *base);

/* Mean silhouette of the points under these labels; a point alone in its group counts 0. */
double silhouette(const struct points *points, const int32_t *label, uint32_t k,
                  struct opinions_team *team);

#endif
