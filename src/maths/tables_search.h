/* maths/tables_search.h - a seating that can be changed two people at a time, and cooled.
 *
 * Inside the tables engine only. A state holds every round's seats, how often each pair met,
 * and one cost: UNIT a repeat (a little more for the third and fourth meeting, so that
 * repeats spread), HARD for each wish that is not kept. Cost 0 is a perfect plan. */
#ifndef NABIJ_MATHS_TABLES_SEARCH_H
#define NABIJ_MATHS_TABLES_SEARCH_H

#include "maths/random.h"
#include "maths/tables.h"

enum { TABLES_UNIT = 64, TABLES_HARD = 1024 };

/* What the wish comes to, worked out once and shared by all parts of the search. */
struct tables_frame {
    const struct tables_wish *wish;
    uint32_t *present;        /* [rounds] people there */
    uint32_t *tables;         /* [rounds] */
    uint16_t *home;           /* [people] the host's table, or TABLES_NOWHERE */
    uint8_t *fixed;           /* [people] hosts and who sits with them: never moved */
    uint32_t *unit, *in_unit; /* people who stay together: unit[p] first, then a ring */
    uint8_t *kind;            /* [people * people] 0, KIND_APART or KIND_TOGETHER */
    uint32_t languages;       /* how many languages matter */
    uint64_t *speaks;         /* [people], only bits below `languages` */
    int64_t floor;            /* cost that nobody can go below */
};

struct tables_state {
    const struct tables_frame *frame;
    struct random random;
    uint16_t *person;   /* [round * people + seat] */
    uint16_t *seat;     /* [round * people + person], TABLES_NOWHERE when not there */
    uint16_t *table_of; /* [round * people + seat] */
    uint32_t *start;    /* [round * (people + 1) + table]: first seat */
    uint16_t *cell;     /* [a * people + b] kind * 256 + times met */
    uint8_t *speakers;  /* [(round * people + table) * languages + language] */
    int32_t gain[3 * 256];
    int64_t cost, best_cost;
    uint16_t *best; /* as `person`, when best_cost was reached */
    uint32_t *movable;
    uint32_t movables;
};

enum { KIND_APART = 1, KIND_TOGETHER = 2 };

/* A table where `missing` people do not speak the language that most speak. */
static inline int64_t tables_language_cost(uint32_t missing)
{
    return missing ? TABLES_HARD + (int64_t)missing * TABLES_HARD / 24 : 0;
}

void tables_state_open(struct tables_state *s, const struct tables_frame *frame, uint64_t part);
void tables_state_close(struct tables_state *s);

/* Takes a plan (table a person and round; NOWHERE where still open) and seats everybody:
 * first those the plan names, in the sizes it has when `own_sizes`, then the others. */
void tables_state_fill(struct tables_state *s, const uint16_t *plan, bool own_sizes);

/* `steps` exchanges are tried while the temperature falls from `warm` to `cold`. True when
 * the floor is reached. */
bool tables_state_cool(struct tables_state *s, uint64_t steps, double warm, double cold);

/* What the wishes that are not kept cost now, without the repeats. */
int64_t tables_state_wishes(const struct tables_state *s);

void tables_state_read_best(const struct tables_state *s, uint16_t *table);

/* Size of a table, even: the rounds turn which tables are the larger ones. */
uint32_t tables_size(uint32_t present, uint32_t tables, uint32_t round, uint32_t table);

#endif
