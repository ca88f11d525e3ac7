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

enum { GROUPS_EXACT = 2048, GROUPS_BASE = 1024, LEAST_GROUPS = 2, MOST_GROUPS = MOST_CENTRES };

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
    uint32_t base;               /* base clusters wanted when there are more points than that */
    uint32_t only_k;             /* 0: every k from LEAST_GROUPS to MOST_GROUPS */
    const struct centres *warm;  /* one more start, or NULL; used for k = warm_k */
    uint32_t warm_k;
};

/* Fills in found[k] for each k tried (found[] has MOST_GROUPS + 1 entries; untried ones stay
 * zero) and gives the k with the highest silhouette. grouping_free each. */
uint32_t groups_find(const struct points *people, const struct groups_settings *settings,
                     struct grouping *found, struct team *team);
void grouping_free(struct grouping *grouping);

/* Lloyd's iteration from the centres given until nothing changes. */
void groups_settle(const struct points *points, struct grouping *grouping);

/* At most `wanted` (a power of two) groups of neighbours by halving along the longer side;
 * member[i] says in which base cluster person i went. */
void base_clusters(const struct points *people, uint32_t wanted, struct points *base,
                   uint32_t *member, struct team *team);

/* Mean silhouette of the points under these labels; a point alone in its group counts 0. */
double silhouette(const struct points *points, const int32_t *label, uint32_t k,
                  struct team *team);

#endif
