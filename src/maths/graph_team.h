/* maths/graph_team.h - a few threads that share one piece of work.
 *
 * The work is cut in numbered parts; whoever is free takes the next number. A part must
 * write only what belongs to its own number (or add integers atomically), so that the
 * answer is the same for any number of threads. The caller is a member of the team: a team
 * of one makes no threads at all. One piece of work at a time. */
#ifndef NABIJ_MATHS_GRAPH_TEAM_H
#define NABIJ_MATHS_GRAPH_TEAM_H

#include <stdint.h>

enum { TEAM_MAX = 16 };

struct team;

/* `part` is 0 … parts - 1; `member` 0 … team_size - 1 tells whose working memory to use. */
typedef void team_work(void *data, uint32_t part, int member);

/* `threads` below 1 asks for as many as the machine has; never more than TEAM_MAX. */
struct team *team_new(int threads);
void team_free(struct team *team);
int team_size(const struct team *team);

/* Returns when every part is done; what the parts wrote can then be read by anybody. */
void team_do(struct team *team, uint32_t parts, team_work *work, void *data);

/* The first thing of part `part` when `count` things are cut in `parts` even pieces. */
static inline uint64_t team_cut(uint64_t count, uint32_t part, uint32_t parts)
{
    return count / parts * part + count % parts * part / parts;
}

#endif
