/* maths/opinions_team.h - a few threads that share out the parts of one piece of work.
 *
 * Work is cut in parts before it is known how many threads there are, and a part writes only
 * what is its own, so the answer is the same at any thread count. A team of NULL, or of one,
 * does all parts in order in the calling thread. */
#ifndef NABIJ_MATHS_OPINIONS_TEAM_H
#define NABIJ_MATHS_OPINIONS_TEAM_H

#include <stdint.h>

struct opinions_team;

enum { TEAM_MOST_THREADS = 64, TEAM_MOST_PARTS = 1 << 20 };

typedef void opinions_team_work(void *what, uint32_t part);

/* `threads` counts the caller; 0 or 1 gives NULL, which is a team too. */
struct opinions_team *opinions_team_new(uint32_t threads);
void opinions_team_free(struct opinions_team *team);

/* Runs work(what, 0) … work(what, parts - 1), each once; returns when all are done. Called
 * from one thread at a time, never from within a part of the same team. */
void opinions_team_run(struct opinions_team *team, uint32_t parts, opinions_team_work *work,
                       void *what);

#endif
