/* suggest_paths.c - alternating paths: add a pair, let go of one, add the next …
 *
 * The search walks on the matching itself, one step done and undone at a time, so that what
 * it sees is always a real matching. It keeps the best end it saw and does that one. */
#include "maths/suggest_match.h"

#define DEEPEST 8

struct step {
    uint32_t a, b, weight;
    bool add;
    struct places places;
};

struct path {
    struct match *m;
    struct step step[2 * DEEPEST + 1], best[2 * DEEPEST + 1];
    unsigned length, best_length;
    int64_t least; /* what the best so far gains */
    uint64_t steps, effort;
    uint32_t loser; /* who let go first, or who is to be reached: must end above the floor */
    uint32_t trade; /* who has this many may end with one less: `from` takes their place */
    uint32_t traded, best_traded; /* who did, or UINT32_MAX */
};

static void add_step(struct path *p, uint32_t a, uint32_t b, uint32_t weight)
{
    match_add(p->m, a, b, weight);
    p->step[p->length++] = (struct step){ a, b, weight, true, { 0, 0 } };
}

static void drop_step(struct path *p, uint32_t a, uint32_t b, uint32_t weight)
{
    struct places places = match_drop(p->m, a, b, weight);
    p->step[p->length++] = (struct step){ a, b, weight, false, places };
}

static void undo_step(struct path *p)
{
    struct step s = p->step[--p->length];
    if (s.add)
        match_drop(p->m, s.a, s.b, s.weight);
    else
        match_restore(p->m, s.a, s.b, s.weight, s.places);
}

/* Whether this path already added (or dropped) the pair: it is not to be taken back. */
static bool done_here(const struct path *p, uint32_t a, uint32_t b, bool add)
{
    for (unsigned i = 0; i < p->length; i++)
        if (p->step[i].add == add &&
            ((p->step[i].a == a && p->step[i].b == b) || (p->step[i].a == b && p->step[i].b == a)))
            return true;
    return false;
}

static void note_end(struct path *p, int64_t gain)
{
    const struct match *m = p->m;
    if (gain <= p->least)
        return;
    if (p->loser != UINT32_MAX && m->degree[p->loser] < m->floor[p->loser])
        return;
    p->least = gain;
    p->best_traded = p->traded;
    p->best_length = p->length;
    for (unsigned i = 0; i < p->length; i++)
        p->best[i] = p->step[i];
}

static int64_t heaviest(const struct match *m, uint32_t v)
{
    const struct suggest_pairs *pairs = m->pairs;
    return pairs->start[v] < pairs->start[v + 1] ? pairs->weight[pairs->start[v]] : 0;
}

static void extend(struct path *p, uint32_t end, int64_t gain, unsigned depth);

/* `v` was just asked although full: each mate in turn makes room. */
static void make_room_at(struct path *p, uint32_t v, uint32_t asker, uint32_t weight, int64_t gain,
                         unsigned depth)
{
    struct match *m = p->m;
    for (uint32_t i = 0; i < m->wanted[v] && p->steps < p->effort; i++) {
        uint32_t mate = m->mate[m->slot[v] + i], lost = m->weight[m->slot[v] + i];
        p->steps++;
        int64_t after = gain + weight - lost;
        bool above = m->degree[mate] > m->floor[mate], trade = m->degree[mate] == p->trade;
        bool may_end = (above || trade) && after > p->least;
        bool may_go_on = depth > 1 && after + heaviest(m, mate) > p->least;
        if ((!may_end && !may_go_on) || done_here(p, v, mate, true))
            continue;
        drop_step(p, v, mate, lost);
        add_step(p, asker, v, weight);
        p->traded = above ? UINT32_MAX : mate;
        if (may_end)
            note_end(p, after);
        p->traded = UINT32_MAX;
        if (may_go_on)
            extend(p, mate, after, depth - 1);
        undo_step(p);
        undo_step(p);
    }
}

/* `end` has a place free. */
static void extend(struct path *p, uint32_t end, int64_t gain, unsigned depth)
{
    struct match *m = p->m;
    const struct suggest_pairs *pairs = m->pairs;
    for (uint64_t i = pairs->start[end]; i < pairs->start[end + 1] && p->steps < p->effort; i++) {
        uint32_t v = pairs->partner[i], weight = pairs->weight[i];
        p->steps++;
        /* Rows go down, and letting go never gains: nothing further along can do better, unless
         * the path goes on. */
        if (depth == 1 && gain + weight <= p->least)
            break;
        if (m->wanted[v] == 0 || match_has(m, end, v) || done_here(p, end, v, false))
            continue;
        if (m->degree[v] < m->wanted[v]) {
            if (gain + weight > p->least) {
                add_step(p, end, v, weight);
                note_end(p, gain + weight);
                undo_step(p);
            }
        } else {
            make_room_at(p, v, end, weight, gain, depth);
        }
    }
}

/* Field by field: clearing the steps each time would cost more than the search. */
static void open_path(struct path *p, struct match *m, int64_t least, uint64_t effort)
{
    p->m = m;
    p->length = p->best_length = 0;
    p->least = least;
    p->steps = 0;
    p->effort = effort;
    p->loser = p->traded = p->best_traded = UINT32_MAX;
    p->trade = UINT32_MAX;
}

static bool do_best(struct path *p)
{
    p->m->steps += p->steps;
    for (unsigned i = 0; i < p->best_length; i++) {
        struct step s = p->best[i];
        if (s.add)
            match_add(p->m, s.a, s.b, s.weight);
        else
            match_drop(p->m, s.a, s.b, s.weight);
    }
    return p->best_length > 0;
}

bool match_reach(struct match *m, uint32_t from, unsigned depth, int64_t least, uint64_t effort)
{
    struct path p;
    uint16_t floor = m->floor[from];
    if (m->degree[from] >= m->wanted[from])
        return false;
    open_path(&p, m, least, effort);
    p.loser = from; /* a path that comes back to take its gift away does not count */
    m->floor[from] = (uint16_t)(m->degree[from] + 1);
    if (least >= 0)
        p.trade = m->degree[from] + 1;
    extend(&p, from, 0, depth < DEEPEST ? depth : DEEPEST);
    m->floor[from] = floor;
    if (!do_best(&p))
        return false;
    if (p.best_traded != UINT32_MAX) {
        m->floor[from] = m->floor[p.best_traded];
        m->floor[p.best_traded]--;
    }
    return true;
}

bool match_exchange(struct match *m, uint32_t from, unsigned depth, uint64_t effort)
{
    struct path p;
    open_path(&p, m, 0, effort);
    for (uint32_t i = 0; i < m->degree[from]; i++) {
        uint32_t mate = m->mate[m->slot[from] + i], lost = m->weight[m->slot[from] + i];
        if (heaviest(m, from) <= lost)
            continue;
        p.loser = mate;
        drop_step(&p, from, mate, lost);
        extend(&p, from, -(int64_t)lost, depth < DEEPEST ? depth : DEEPEST);
        undo_step(&p);
    }
    return do_best(&p);
}
