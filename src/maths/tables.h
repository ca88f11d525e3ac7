/* maths/tables.h - who sits where: n people, tables of s, r rounds, as few repeated meetings
 * as can be (the social golfer problem).
 *
 * People, tables and rounds are counted from 0 here. Every round has as many tables as its
 * people need, as even in size as can be: never more than `seats` at one (`larger`: never
 * fewer, so some have one more). What is asked is weighed in this order: people who want to
 * sit apart or together and a language that a whole table speaks; then the number of
 * repeats (a pair that meets c times counts c - 1); then an even spread of them.
 *
 * Deterministic: the same wish and seed give the same plan at any number of threads. All
 * arrays belong to the caller; working memory is given back before the return.
 *
 * Sources: constructions in tables_design.h and tables_starters.h; simulated annealing after
 * Kirkpatrick, Gelatt and Vecchi (Science 220, 1983); the counting bound is in tables_bound. */
#ifndef NABIJ_MATHS_TABLES_H
#define NABIJ_MATHS_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TABLES_MOST_PEOPLE = 4000,
    TABLES_MOST_ROUNDS = 100,
    TABLES_MOST_SEATS = 100,
    TABLES_NOWHERE = 0xffff /* not there in this round */
};

struct tables_pair {
    uint32_t a, b;
};

struct tables_wish {
    uint32_t people, rounds, seats;
    bool larger;
    const uint64_t *languages; /* a bit a language for each person, or NULL */
    const uint8_t *host;       /* 1: stays at one table all rounds; or NULL */
    const uint8_t *here;       /* [round * people + person]; NULL: everybody, always */
    const struct tables_pair *apart, *together;
    size_t apart_count, together_count;
    uint32_t from_round; /* rounds before this one stand as they are in the plan */
    uint64_t seed;
    uint32_t threads; /* 1 or 2 */
    uint32_t effort;  /* steps of search, in thousands; 0: chosen by size */
};

struct tables_answer {
    uint64_t meetings;         /* pairs at a table, over all rounds */
    uint64_t repeats;          /* sum over pairs of (times met - 1); together-pairs apart */
    uint64_t bound;            /* no plan can have fewer */
    uint32_t most;             /* how often the pair that meets most meets */
    uint32_t apart_broken;     /* times that an apart-pair shares a table */
    uint32_t together_broken;  /* times that a together-pair does not */
    uint32_t without_language; /* tables where no language is shared by all */
    bool by_construction;      /* found by mathematics, without search */
};

enum tables_problem {
    TABLES_FINE,
    TABLES_TOO_MANY_HOSTS, /* in some round more hosts than tables */
    TABLES_OUT_OF_RANGE    /* a number beyond the limits above */
};

/* Tables in a round of `present` people: 0 when nobody is there. */
uint32_t tables_in_round(uint32_t present, uint32_t seats, bool larger);

/* Fills table[round * people + person]. Rounds before wish->from_round are read from it. */
enum tables_problem tables_plan(const struct tables_wish *wish, uint16_t *table,
                                struct tables_answer *answer);

/* Counts what a plan holds; for the answer above and for tests and referees. */
void tables_count(const struct tables_wish *wish, const uint16_t *table,
                  struct tables_answer *answer);

/* The counting bound. Person i meets M_i people (with those met again) and can meet at most
 * A_i different ones: those there in a same round, not host beside host, not apart. So
 * half the sum of max(0, M_i - A_i) repeats cannot be avoided, with the seats at larger
 * tables given to those who have room left. */
uint64_t tables_bound(const struct tables_wish *wish, const uint16_t *table);

#endif
