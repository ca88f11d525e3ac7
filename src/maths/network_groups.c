#include "maths/network_groups.h"

#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network_level.h"

enum { FOLD_PARTS = 256, FEW = 2000, STARTS = 10 };

/* Everything one run holds. node[] tells where a person stands in the level of now. */
struct leiden {
    struct level level;
    uint64_t *start, *end; /* this level's rows when it is a folded one; else NULL */
    uint32_t *target, *weight;
    uint32_t *node;
    uint32_t people;
    struct scratch scratch[TEAM_MAX];
    struct team *team;
    uint64_t seed;
};

struct fold {
    const struct level *from;
    const uint32_t *part, *members, *first;
    uint32_t parts;
    uint64_t *start, *end, *degree;
    uint32_t *target, *weight;
    struct scratch *scratch;
    uint64_t room[FOLD_PARTS];
};

/* Lists nodes by key: members[first[k]] … in order of node. */
static void list_by(const uint32_t *key, uint32_t nodes, uint32_t keys, uint32_t *members,
                    uint32_t *first)
{
    memset(first, 0, ((size_t)keys + 1) * sizeof *first);
    for (uint32_t v = 0; v < nodes; v++)
        first[key[v] + 1]++;
    for (uint32_t k = 0; k < keys; k++)
        first[k + 1] += first[k];
    for (uint32_t v = 0; v < nodes; v++)
        members[first[key[v]]++] = v;
    for (uint32_t k = keys; k > 0; k--)
        first[k] = first[k - 1];
    first[0] = 0;
}

static void fold_parts(void *data, uint32_t chunk, int member)
{
    struct fold *f = data;
    const struct level *l = f->from;
    struct scratch *s = &f->scratch[member];
    uint32_t last = (uint32_t)team_cut(f->parts, chunk + 1, FOLD_PARTS);
    uint64_t at = f->room[chunk]; /* the rows of one chunk stand close together */
    for (uint32_t p = (uint32_t)team_cut(f->parts, chunk, FOLD_PARTS); p < last; p++) {
        s->count = 0;
        f->degree[p] = 0;
        for (uint32_t m = f->first[p]; m < f->first[p + 1]; m++) {
            uint32_t v = f->members[m];
            f->degree[p] += l->degree[v];
            for (uint64_t i = l->start[v]; i < l->end[v]; i++)
                scratch_add(s, f->part[l->target[i]], l->weight ? l->weight[i] : 1);
        }
        f->start[p] = at;
        for (uint32_t i = 0; i < s->count; i++) {
            uint32_t q = s->touched[i];
            if (q != p) {
                f->target[at] = q;
                f->weight[at++] = s->weight[q];
            }
            s->weight[q] = 0;
        }
        f->end[p] = at;
    }
}

/* Where each chunk may begin to write: a row is never longer than the rows of its members. */
static uint64_t fold_room(struct fold *f)
{
    uint64_t at = 0;
    for (uint32_t chunk = 0; chunk < FOLD_PARTS; chunk++) {
        f->room[chunk] = at;
        uint32_t from = f->first[team_cut(f->parts, chunk, FOLD_PARTS)];
        uint32_t to = f->first[team_cut(f->parts, chunk + 1, FOLD_PARTS)];
        for (uint32_t m = from; m < to; m++)
            at += f->from->end[f->members[m]] - f->from->start[f->members[m]];
    }
    return at;
}

static void drop_level(struct leiden *run)
{
    memory_free(run->start);
    memory_free(run->end);
    memory_free(run->target);
    memory_free(run->weight);
    memory_free(run->level.degree);
    memory_free(run->level.group);
    memory_free(run->level.total);
    run->start = run->end = NULL;
    run->target = run->weight = NULL;
}

/* The parts become the nodes of the next level; they keep their group. */
static void next_level(struct leiden *run, const uint32_t *part, uint32_t parts, uint32_t *members,
                       uint32_t *first)
{
    struct level *l = &run->level;
    list_by(part, l->nodes, parts, members, first);
    struct fold f = { .from = l,
                      .part = part,
                      .members = members,
                      .first = first,
                      .parts = parts,
                      .scratch = run->scratch };
    f.start = graph_room(parts, sizeof *f.start);
    f.end = graph_room(parts, sizeof *f.end);
    f.degree = graph_room(parts, sizeof *f.degree);
    uint64_t room = fold_room(&f);
    f.target = memory_grow(NULL, room, sizeof *f.target); /* mostly left untouched: */
    f.weight = memory_grow(NULL, room, sizeof *f.weight); /* small pages are better */
    team_do(run->team, FOLD_PARTS, fold_parts, &f);
    struct level next = { .nodes = parts,
                          .groups = l->groups,
                          .start = f.start,
                          .end = f.end,
                          .target = f.target,
                          .weight = f.weight,
                          .degree = f.degree,
                          .ends = l->ends };
    next.group = graph_room(parts, sizeof *next.group);
    next.total = graph_room(parts, sizeof *next.total);
    for (uint32_t p = 0; p < parts; p++)
        next.group[p] = l->group[members[first[p]]];
    memcpy(next.total, l->total, l->groups * sizeof *next.total);
    memset(next.total + l->groups, 0, (parts - l->groups) * sizeof *next.total);
    for (uint32_t person = 0; person < run->people; person++)
        run->node[person] = part[run->node[person]];
    drop_level(run);
    run->level = next;
    run->start = f.start;
    run->end = f.end;
    run->target = f.target;
    run->weight = f.weight;
}

/* One step up. False when nothing can be folded any more. */
static bool climb(struct leiden *run)
{
    struct level *l = &run->level;
    level_move(l, run->seed, run->scratch, run->team);
    level_renumber(l, &run->scratch[0]);
    if (l->groups == l->nodes)
        return false;
    uint32_t *members = graph_room(l->nodes, sizeof *members);
    uint32_t *first = graph_room((size_t)l->nodes + 1, sizeof *first);
    uint32_t *part = graph_room(l->nodes, sizeof *part);
    list_by(l->group, l->nodes, l->groups, members, first);
    uint32_t parts = level_refine(l, members, first, part, run->scratch, run->team);
    bool higher = parts < l->nodes;
    if (higher)
        next_level(run, part, parts, members, first);
    memory_free(members);
    memory_free(first);
    memory_free(part);
    return higher;
}

/* The bottom level: people, in the groups of the last answer. */
static void begin(struct leiden *run, const struct csr *graph, const uint32_t *group)
{
    uint32_t people = graph->rows;
    struct level *l = &run->level;
    *l = (struct level){ .nodes = people,
                         .start = graph->start,
                         .end = graph->start + 1,
                         .target = graph->target,
                         .ends = (double)graph->start[people] };
    l->degree = graph_room(people, sizeof *l->degree);
    l->group = graph_room(people, sizeof *l->group);
    l->total = graph_zeros(people, sizeof *l->total);
    for (uint32_t v = 0; v < people; v++) {
        run->node[v] = v;
        l->degree[v] = graph_degree(graph, v);
        l->group[v] = group[v];
        l->total[group[v]] += l->degree[v];
    }
}

static void measure(struct network_groups *groups, const struct csr *graph, const uint64_t *total)
{
    uint64_t ends = graph->start[graph->rows], inside = 0;
    for (uint32_t v = 0; v < graph->rows; v++)
        for (uint64_t i = graph->start[v]; i < graph->start[v + 1]; i++)
            inside += groups->group[graph->target[i]] == groups->group[v];
    double chance = 0;
    for (uint32_t g = 0; g < groups->groups; g++)
        chance += (double)total[g] / (double)ends * ((double)total[g] / (double)ends);
    groups->inside = inside / 2;
    groups->between = (ends - inside) / 2;
    groups->modularity = ends ? (double)inside / (double)ends - chance : 0;
}

/* Hands the groups of the top level back to people. */
static void end(struct leiden *run, struct network_groups *groups, const struct csr *graph)
{
    struct level people = { .nodes = graph->rows, .group = groups->group };
    people.total = graph_room(graph->rows, sizeof *people.total);
    people.degree = graph_room(graph->rows, sizeof *people.degree);
    for (uint32_t v = 0; v < graph->rows; v++) {
        groups->group[v] = run->level.group[run->node[v]];
        people.degree[v] = graph_degree(graph, v);
    }
    level_renumber(&people, &run->scratch[0]);
    groups->groups = people.groups;
    measure(groups, graph, people.total);
    memory_free(people.total);
    memory_free(people.degree);
    drop_level(run);
}

/* From everybody alone: the method `times` times over, each from the last answer. */
static void one_start(struct leiden *run, struct network_groups *groups, const struct csr *graph,
                      int times)
{
    for (uint32_t v = 0; v < graph->rows; v++)
        groups->group[v] = v;
    for (int time = 0; time < times; time++) {
        begin(run, graph, groups->group);
        while (climb(run))
            ;
        end(run, groups, graph);
    }
}

static void open_run(struct leiden *run)
{
    uint32_t people = run->people;
    run->node = graph_room(people, sizeof *run->node);
    for (int i = 0; i < team_size(run->team); i++) {
        run->scratch[i].weight = graph_zeros(people, sizeof(uint32_t));
        run->scratch[i].touched = graph_room((size_t)people + 1, sizeof(uint32_t));
    }
}

static void close_run(struct leiden *run)
{
    for (int i = 0; i < team_size(run->team); i++) {
        memory_free(run->scratch[i].weight);
        memory_free(run->scratch[i].touched);
    }
    memory_free(run->node);
}

void network_groups(struct network_groups *groups, const struct csr *graph, int times,
                    uint64_t seed, struct team *team)
{
    uint32_t people = graph->rows;
    struct leiden run = { .people = people, .team = team };
    *groups = (struct network_groups){ .people = people };
    groups->group = graph_room(people, sizeof *groups->group);
    if (people == 0)
        return;
    open_run(&run);
    struct network_groups other = { .people = people };
    other.group = graph_room(people, sizeof *other.group);
    for (uint64_t start = 0; start < (people <= FEW ? STARTS : 1); start++) {
        run.seed = seed + start * 0x9e3779b97f4a7c15u;
        one_start(&run, &other, graph, times);
        if (start > 0 && other.modularity <= groups->modularity)
            continue;
        struct network_groups best = other;
        other.group = groups->group;
        *groups = best;
    }
    memory_free(other.group);
    close_run(&run);
}

void network_groups_free(struct network_groups *groups)
{
    memory_free(groups->group);
    *groups = (struct network_groups){ 0 };
}
