/* suggest_write.h - what `suggest` found, for machines, for people and as a picture. */
#ifndef NABIJ_COMMANDS_SUGGEST_WRITE_H
#define NABIJ_COMMANDS_SUGGEST_WRITE_H

#include "base/out.h"
#include "commands/suggest_read.h"

struct suggest_row {
    uint32_t person, partner, weight;
};

/* Everything borrowed. */
struct suggest_found {
    const struct suggest_crowd *crowd;
    const struct suggest_ties *ties;
    const struct suggest_place *place;
    const struct suggest_row *row;
    uint64_t rows;
    bool round; /* an introduction round, with these figures */
    uint64_t total, unfair;
    double bound;
    uint32_t share, below, left_out;
};

/* id,partner,weight,reasons */
void suggest_write_csv(const struct suggest_found *found, struct out *out);
void suggest_write_json(const struct suggest_found *found, struct out *out);
void suggest_write_table(const struct suggest_found *found, struct out *out);

/* A map of the place: everybody a dot, lines that are there, introductions as arcs. */
void suggest_write_svg(const struct suggest_found *found, struct out *out);

#endif
