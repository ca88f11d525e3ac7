#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network_level.h"

/* Inside one group everybody starts alone; a node that is alone and well connected to the
 * group joins the part that gains most. Who has been joined never leaves, so parts hang
 * together. Groups do not see each other: they can be refined at the same time. */

enum { GROUP_PARTS = 1024 };

struct refine {
    const struct level *level;
    const uint32_t *members, *first;
    uint32_t *part;     /* node → the node its part is named after */
    uint64_t *total;    /* part → sum of degree */
    uint32_t *outward;  /* part → line weight to the rest of its group */
    uint32_t *size;     /* part → nodes */
    uint32_t *parts_in; /* group → number of parts */
    struct scratch *scratch;
};

static inline uint32_t weight_of(const struct level *l, uint64_t line)
{
    return l->weight ? l->weight[line] : 1;
}

static void start_alone(struct refine *r, uint32_t v, uint32_t group)
{
    const struct level *l = r->level;
    uint32_t outward = 0;
    for (uint64_t i = l->start[v]; i < l->end[v]; i++)
        outward += l->group[l->target[i]] == group ? weight_of(l, i) : 0;
    r->part[v] = v;
    r->total[v] = l->degree[v];
    r->outward[v] = outward;
    r->size[v] = 1;
}

static bool well_connected(const struct refine *r, uint32_t part, double group_total)
{
    double total = (double)r->total[part];
    return (double)r->outward[part] >= total * (group_total - total) / r->level->ends;
}

static void join(struct refine *r, uint32_t v, uint32_t part, uint32_t weight)
{
    r->part[v] = part;
    r->size[v] = 0;
    r->size[part]++;
    r->total[part] += r->level->degree[v];
    r->outward[part] = r->outward[part] + r->outward[v] - 2 * weight;
}

static void try_to_join(struct refine *r, uint32_t v, uint32_t group, struct scratch *s)
{
    const struct level *l = r->level;
    double group_total = (double)l->total[group];
    if (r->size[v] != 1 || !well_connected(r, v, group_total))
        return;
    s->count = 0;
    for (uint64_t i = l->start[v]; i < l->end[v]; i++)
        if (l->group[l->target[i]] == group)
            scratch_add(s, r->part[l->target[i]], weight_of(l, i));
    double per_end = (double)l->degree[v] / l->ends, most = 0;
    uint32_t best = v, weight = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t p = s->touched[i];
        double gain = (double)s->weight[p] - per_end * (double)r->total[p];
        if (p != v && gain > most && well_connected(r, p, group_total)) {
            most = gain;
            best = p;
            weight = s->weight[p];
        }
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->weight[s->touched[i]] = 0;
    if (best != v)
        join(r, v, best, weight);
}

static void refine_groups(void *data, uint32_t chunk, int member)
{
    struct refine *r = data;
    uint32_t groups = r->level->groups;
    uint32_t last = (uint32_t)team_cut(groups, chunk + 1, GROUP_PARTS);
    for (uint32_t g = (uint32_t)team_cut(groups, chunk, GROUP_PARTS); g < last; g++) {
        for (uint32_t i = r->first[g]; i < r->first[g + 1]; i++)
            start_alone(r, r->members[i], g);
        for (uint32_t i = r->first[g]; i < r->first[g + 1]; i++)
            try_to_join(r, r->members[i], g, &r->scratch[member]);
        uint32_t parts = 0;
        for (uint32_t i = r->first[g]; i < r->first[g + 1]; i++)
            if (r->part[r->members[i]] == r->members[i])
                r->outward[r->members[i]] = parts++; /* from here on: its number */
        r->parts_in[g] = parts;
    }
}

uint32_t level_refine(const struct level *level, const uint32_t *members, const uint32_t *first,
                      uint32_t *part, struct scratch *scratch, struct team *team)
{
    uint32_t nodes = level->nodes, parts = 0;
    struct refine r = { level, members, first, part, NULL, NULL, NULL, NULL, scratch };
    r.total = graph_room(nodes, sizeof *r.total);
    r.outward = graph_room(nodes, sizeof *r.outward);
    r.size = graph_room(nodes, sizeof *r.size);
    r.parts_in = memory_new(level->groups, sizeof *r.parts_in);
    team_do(team, GROUP_PARTS, refine_groups, &r);
    for (uint32_t g = 0; g < level->groups; g++) {
        uint32_t count = r.parts_in[g];
        r.parts_in[g] = parts;
        parts += count;
    }
    for (uint32_t v = 0; v < nodes; v++)
        part[v] = r.parts_in[level->group[v]] + r.outward[part[v]];
    memory_free(r.total);
    memory_free(r.outward);
    memory_free(r.size);
    memory_free(r.parts_in);
    return parts;
}
