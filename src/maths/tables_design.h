/* maths/tables_design.h - plans without a single repeat that mathematics gives at once.
 *
 * A design seats `groups` x `seats` slots for `rounds` rounds: at[round * slots + slot] is a
 * table. No two slots share a table twice. When `rows` is set, slot = row * groups + x, two
 * slots of one row never meet, and the slots of row 0 keep their table: hosts fit there.
 *
 * Sources: rows of a multiplication table over a field as difference matrix (Bose 1938;
 * MacNeish 1922 for products); resolvable (12t+4, 4, 1) designs over a field of 4t+1 elements
 * (Bose 1939); starter blocks for the rest: tables_starters.h. */
#ifndef NABIJ_MATHS_TABLES_DESIGN_H
#define NABIJ_MATHS_TABLES_DESIGN_H

#include <stdbool.h>
#include <stdint.h>

struct tables_design {
    uint32_t groups, seats, rounds;
    bool rows;
    bool quick;   /* asked: only what takes no search */
    uint16_t *at; /* rounds * groups * seats; the caller's */
};

/* The most rounds without a repeat that could exist: a person meets seats - 1 each round. */
uint32_t tables_design_most(uint32_t groups, uint32_t seats);

/* Tries to fill design->at. False when no construction is known here; `want_rows` accepts
 * only designs with rows. Deterministic for a seed. */
bool tables_design_find(struct tables_design *design, bool want_rows, uint64_t seed);

/* Whether any two slots meet twice. */
bool tables_design_right(const struct tables_design *design);

#endif
