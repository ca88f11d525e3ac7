/* commands/tables_write.h - a seating plan as it is read by people, programs and printers. */
#ifndef NABIJ_COMMANDS_TABLES_WRITE_H
#define NABIJ_COMMANDS_TABLES_WRITE_H

#include "base/out.h"
#include "commands/tables_read.h"

struct tables_plan {
    const struct tables_people *people;
    const uint16_t *table; /* [round * people + person] */
    uint32_t rounds;
    const struct tables_answer *answer;
};

void tables_write_csv(struct out *out, const struct tables_plan *plan);
void tables_write_json(struct out *out, const struct tables_plan *plan);
void tables_write_cards(struct out *out, const struct tables_plan *plan); /* a table for people */
void tables_write_slips(struct out *out, const struct tables_plan *plan); /* one a person */
void tables_write_svg(struct out *out, const struct tables_plan *plan);

#endif
