/* cascade_parts.h - what `nabij cascade` found, for the files that show it: cascade_show.c
 * (table and JSON) and cascade_svg.c (picture). Arrays are by place (maths/cascade.h). */
#ifndef NABIJ_COMMANDS_CASCADE_PARTS_H
#define NABIJ_COMMANDS_CASCADE_PARTS_H

#include "base/out.h"
#include "commands/lines_read.h"
#include "maths/cascade.h"

struct grown {
    struct lines lines;
    struct cascade cascade;
    uint32_t *roots, root_count; /* what is told about */
    uint32_t all_roots, all_alive;
    int32_t alive_since, *date, *latest; /* LINES_NO_DATE where not known */
    uint8_t *alive, *starters;           /* starters: people whose first this is */
    double *credit;
    bool walked;                /* found[] is there; else only the estimates below */
    struct cascade_root *found; /* beside roots; sum_a: alive, sum_b: starters */
    double *reach;
    uint8_t *exact;
    uint32_t *chain;
};

void cascade_table(const struct grown *grown, struct out *out);
void cascade_json(const struct grown *grown, struct out *out);
void cascade_svg(const struct grown *grown, struct out *out);

#endif
