/* commands/tables_read.h - the files that `nabij tables` reads, from memory, with the place
 * of the first mistake. Texts point into the file; arrays live in the arena. */
#ifndef NABIJ_COMMANDS_TABLES_READ_H
#define NABIJ_COMMANDS_TABLES_READ_H

#include "base/arena.h"
#include "base/str.h"
#include "maths/tables.h"

struct tables_people {
    uint32_t count;
    struct str *name;
    uint64_t *languages; /* NULL without such a column */
    uint8_t *host;
    uint32_t *from, *until; /* first and last round, counted from 1; until 0: to the end */
    struct tables_pair *apart, *together;
    size_t apart_count, together_count, apart_room, together_room;
};

struct tables_mistake {
    size_t line, column; /* counted from 1; 0 when it is not about a place */
    char what[200];
};

/* `count` people called 1, 2, 3 … */
void tables_people_numbered(struct arena *arena, uint32_t count, struct tables_people *people);

/* A heading line with `name` and any of languages, apart, together, host, from, until. */
bool tables_people_read(struct arena *arena, struct str text, struct tables_people *people,
                        struct tables_mistake *mistake);

/* Rounds 1 … before-1 of an earlier plan: round,table,person. Fills table[]. */
bool tables_plan_read(struct arena *arena, struct str text, const struct tables_people *people,
                      uint32_t before, uint16_t *table, struct tables_mistake *mistake);

/* Pairs `a-b,c-d` of names; names with a - in them are found too. */
bool tables_pairs_read(struct arena *arena, struct str text, struct tables_people *people,
                       bool apart, struct tables_mistake *mistake);

/* The number of a name, or people->count. */
uint32_t tables_person(const struct tables_people *people, struct str name);

#endif
