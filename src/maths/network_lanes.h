/* maths/network_lanes.h - shortest ways from eight people at once, for network_between.c only.
 *
 * A lane is one source. Lanes walk outward level by level together: what they have met is a
 * bit each in one byte a person (after Then and others, "The more the merrier: efficient
 * multi-source graph traversal", PVLDB 8(4), 2014), and what they count stands side by side
 * in one cache line a person. Levels with many people are gone through in order of number,
 * so that neighbours in number share what is in the cache. */
#ifndef NABIJ_MATHS_NETWORK_LANES_H
#define NABIJ_MATHS_NETWORK_LANES_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/csr.h"

enum { LANES = 8 };

/* Somebody whom the lanes of `lanes` first met at this level. */
struct lanes_met {
    uint32_t person, lanes;
};

struct lanes {
    const struct csr *graph;
    double *value;  /* person × LANES: ways from the source; later (1 + dependency) / ways */
    uint8_t *seen;  /* person → lanes that have met her */
    uint8_t *front; /* person → lanes for which she is in the level that is looked at */
    uint8_t *asked; /* person → is in candidates[] */
    uint32_t *candidates;
    struct lanes_met *met; /* level after level */
    uint64_t met_count, met_room;
    uint64_t *level_start;
    uint32_t levels, level_room;
    bool portable; /* keeps to plain C, for the test that both give the same */
};

/* Called once a person and lane: on how many of the lane's people's shortest ways she stands. */
typedef void lanes_take(void *data, uint32_t person, uint32_t lane, double dependency);

void lanes_open(struct lanes *lanes, const struct csr *graph, bool portable);
void lanes_close(struct lanes *lanes);

/* At most LANES sources, all different. */
void lanes_walk(struct lanes *lanes, const uint32_t *source, uint32_t count, lanes_take *take,
                void *data);

#endif
