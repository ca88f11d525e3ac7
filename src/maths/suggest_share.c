/* suggest_share.c - nobody left out, then a fair share for all, then a heavier whole. */
#include "maths/suggest_match.h"

#define DEPTH_SHARE  8u
#define EFFORT_SHARE 20000u /* steps for one person at one depth */

static uint32_t least_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The shortest path that reaches, and of those the cheapest. */
static bool reach_anyhow(struct match *m, uint32_t who)
{
    for (unsigned depth = 1; depth <= DEPTH_SHARE; depth++)
        if (match_reach(m, who, depth, INT64_MIN / 2, EFFORT_SHARE))
            return true;
    return false;
}

void match_share(struct match *m, uint32_t share)
{
    uint32_t people = m->pairs->people;
    for (uint32_t level = 1; level <= share; level++) {
        for (uint32_t v = 0; v < people; v++)
            m->floor[v] = (uint16_t)least_of(level, m->degree[v]);
        for (uint32_t v = 0; v < people; v++) {
            uint64_t partners = m->pairs->start[v + 1] - m->pairs->start[v];
            uint32_t aim = least_of(level, m->wanted[v]);
            if (partners < aim)
                aim = (uint32_t)partners;
            while (m->degree[v] < aim && reach_anyhow(m, v))
                ;
            m->floor[v] = (uint16_t)least_of(level, m->degree[v]);
        }
    }
}

void match_improve(struct match *m, unsigned depth, uint64_t effort)
{
    uint32_t people = m->pairs->people;
    uint64_t stop = m->steps + effort, each = effort / 4 < 100000 ? effort / 4 : 100000;
    for (bool better = true; better && m->steps < stop;) {
        better = false;
        for (uint32_t v = 0; v < people && m->steps < stop; v++) {
            while (m->degree[v] < m->wanted[v] && match_reach(m, v, depth, 0, each))
                better = true;
            while (m->steps < stop && match_exchange(m, v, depth, each))
                better = true;
        }
    }
}
