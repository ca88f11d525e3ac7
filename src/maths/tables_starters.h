/* maths/tables_starters.h - designs grown from one round (or two) by turning a wheel.
 *
 * The slots are `orbits` wheels of `turns` places and `still` places in the middle. A base
 * round is turned step by step: the place x of a wheel goes to x + 1. No pair meets twice
 * when the differences between places at one table are all different: the method of
 * differences (Bose 1939). Base rounds for many small sizes are kept here, found with the
 * search below and its kin; for other sizes the search runs on the spot. */
#ifndef NABIJ_MATHS_TABLES_STARTERS_H
#define NABIJ_MATHS_TABLES_STARTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "maths/tables_design.h"

/* From the kept base rounds. */
bool tables_starter_kept(struct tables_design *design);

/* Looks for a base round by tabu search, within `steps` exchanges. */
bool tables_starter_search(struct tables_design *design, uint64_t seed, uint32_t steps);

#endif
