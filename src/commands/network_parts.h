/* network_parts.h - what `nabij network` found, for the files that show it: network_show.c
 * (table and JSON) and network_svg.c (picture). */
#ifndef NABIJ_COMMANDS_NETWORK_PARTS_H
#define NABIJ_COMMANDS_NETWORK_PARTS_H

#include "base/out.h"
#include "commands/lines_read.h"
#include "maths/network.h"
#include "maths/network_groups.h"

struct found {
    const struct names *names;
    struct csr graph;
    struct network_cuts cuts;
    struct network_groups groups;
    uint32_t *core, deepest;
    /* Who leaves, in the order asked; after[] has gone_count + 1 entries. */
    uint32_t *gone, gone_count;
    struct network_after *after;
    uint32_t *label; /* person → component when all have left */
    /* Who else figures are asked about; betweenness is known for these and for `gone`. */
    uint32_t *about, about_count;
    double *between, *error; /* NULL when nobody is named */
    uint32_t samples;        /* 0: exact */
    uint64_t seed;
};

void network_table(const struct found *found, struct out *out);
void network_json(const struct found *found, struct out *out);
void network_svg(const struct found *found, struct out *out);

/* Marks everybody whose component lost a larger piece than their own; returns how many. */
uint32_t network_cut_off(const struct found *found, uint8_t *cut);

/* Text between double quotes, as JSON wants it. */
void network_json_text(struct out *out, struct str text);

#endif
