#include "maths/opinions.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

struct opinions_settings opinions_usual(void)
{
    return (
        struct opinions_settings){ .seed = 1, .starts = 50, .replicates = 50, .least_votes = 1 };
}

void opinions_apply(void *what, const float *in, float *out)
{
    struct opinions_sparse *sparse = what;
    pass_both_ways(sparse->votes, in, out, sparse->room, sparse->team);
}

uint32_t opinions_voters(const struct coded_votes *votes, uint32_t least_votes, uint32_t *who)
{
    uint32_t count = 0, least = least_votes ? least_votes : 1;
    if (least > votes->statements)
        least = votes->statements; /* whoever answered everything always counts */
    for (uint32_t i = 0; i < votes->people; i++)
        if (votes->length[i] > 0 && votes->length[i] >= least) {
            if (who)
                who[count] = i;
            count++;
        }
    return count;
}

/* A direction has no side of its own: the first statement that weighs (almost) most in it
 * gets a positive loading, so that the same votes always give the same picture. */
static void take_direction(const struct plane *plane, uint32_t column, float *loading)
{
    float most = 0;
    for (size_t j = 0; j < plane->size; j++) {
        loading[j] = plane->block[j * PASS_WIDTH + column];
        most = fabsf(loading[j]) > most ? fabsf(loading[j]) : most;
    }
    for (size_t j = 0; j < plane->size; j++)
        if (fabsf(loading[j]) > 0.99f * most) {
            float sign = loading[j] < 0 ? -1.0f : 1.0f;
            for (size_t i = 0; i < plane->size; i++)
                loading[i] *= sign;
            return;
        }
}

static void count_everybody(struct opinions_map *map, const struct coded_votes *votes)
{
    for (uint32_t j = 0; j < map->statements; j++) {
        const uint32_t *tally = votes->tally + (size_t)j * VOTE_KINDS;
        map->count[j] =
            (struct opinions_count){ tally[VOTE_AGREE], tally[VOTE_DISAGREE], tally[VOTE_PASS] };
    }
}

void opinions_map_place(struct opinions_map *map, const struct coded_votes *votes,
                        const struct plane *plane, struct pass_room *room,
                        struct opinions_team *team)
{
    *map = (struct opinions_map){ .people = votes->people, .statements = votes->statements };
    map->x = memory_new(map->people, sizeof *map->x);
    map->y = memory_new(map->people, sizeof *map->y);
    map->group = memory_new(map->people, sizeof *map->group);
    memset(map->group, OPINIONS_NO_GROUP, map->people);
    map->loading_x = memory_new(map->statements, sizeof *map->loading_x);
    map->loading_y = memory_new(map->statements, sizeof *map->loading_y);
    map->count = memory_new((size_t)map->statements * (MOST_GROUPS + 1), sizeof *map->count);
    take_direction(plane, 0, map->loading_x);
    take_direction(plane, 1, map->loading_y);
    pass_positions(votes, map->loading_x, map->loading_y, map->x, map->y, room, team);
    map->variance[0] = plane->variance[0] > 0 ? plane->variance[0] : 0;
    map->variance[1] = plane->variance[1] > 0 ? plane->variance[1] : 0;
    map->variance_all = coded_votes_variance(votes);
    map->voters = opinions_voters(votes, 1, NULL);
    map->passes = plane->passes;
    count_everybody(map, votes);
}

void opinions_map_free(struct opinions_map *map)
{
    memory_free(map->x);
    memory_free(map->y);
    memory_free(map->group);
    memory_free(map->loading_x);
    memory_free(map->loading_y);
    memory_free(map->count);
    *map = (struct opinions_map){ 0 };
}

/* new_name[old]: the largest group becomes 0; among equals the one more to the left. */
static void name_groups(struct opinions_map *map, const struct grouping *g, const uint32_t *size,
                        uint32_t *new_name)
{
    bool named[MOST_GROUPS] = { false };
    for (uint32_t name = 0; name < g->k; name++) {
        uint32_t best = MOST_GROUPS;
        for (uint32_t c = 0; c < g->k; c++)
            if (!named[c] && (best == MOST_GROUPS || size[c] > size[best] ||
                              (size[c] == size[best] && g->centres.x[c] < g->centres.x[best])))
                best = c;
        named[best] = true;
        new_name[best] = name;
        map->size[name] = size[best];
        map->centres.x[name] = g->centres.x[best];
        map->centres.y[name] = g->centres.y[best];
    }
}

/* Tallies of groups 1 … k - 1, and in place 0 of people in no group: the largest group, 0, is
 * what is left of everybody. */
struct group_counting {
    const struct coded_votes *votes;
    const uint8_t *group;
    uint32_t *tally; /* [chunk][k][code] */
    uint32_t k;
};

static void count_chunk(void *what, uint32_t part)
{
    struct group_counting *work = what;
    const struct coded_votes *votes = work->votes;
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    uint32_t *tally = work->tally + part * codes * work->k;
    for (uint32_t r = votes->chunk[part]; r < votes->chunk[part + 1]; r++) {
        const struct vote_row *row = &votes->row[r];
        uint32_t group = work->group[row->person];
        if (group == 0)
            continue;
        uint32_t *mine = tally + (group == OPINIONS_NO_GROUP ? 0 : group) * codes;
        const uint16_t *code = votes->code + row->start;
        for (uint32_t e = 0, length = row->length; e < length; e++)
            mine[code[e]]++;
    }
}

static void take_off(struct opinions_count *from, const struct opinions_count *part)
{
    from->agree -= part->agree;
    from->disagree -= part->disagree;
    from->pass -= part->pass;
}

static void count_groups(struct opinions_map *map, const struct coded_votes *votes,
                         struct opinions_team *team)
{
    size_t codes = (size_t)votes->statements * VOTE_KINDS;
    struct group_counting work = { votes, map->group, NULL, map->k };
    work.tally = memory_new(codes * map->k * VOTES_CHUNKS, sizeof *work.tally);
    opinions_team_run(team, VOTES_CHUNKS, count_chunk, &work);
    memcpy(opinions_count_of(map, 1, 0), map->count, map->statements * sizeof *map->count);
    for (uint32_t g = 0; g < map->k; g++)
        for (uint32_t j = 0; j < map->statements; j++) {
            uint32_t sum[VOTE_KINDS] = { 0 };
            for (size_t c = 0; c < VOTES_CHUNKS; c++)
                for (size_t kind = 0; kind < VOTE_KINDS; kind++)
                    sum[kind] += work.tally[(c * map->k + g) * codes + j * VOTE_KINDS + kind];
            struct opinions_count count = { sum[VOTE_AGREE], sum[VOTE_DISAGREE], sum[VOTE_PASS] };
            take_off(opinions_count_of(map, 1, j), &count);
            if (g > 0)
                *opinions_count_of(map, g + 1, j) = count;
        }
    memory_free(work.tally);
}

void opinions_map_group(struct opinions_map *map, const struct coded_votes *votes,
                        const uint32_t *who, uint32_t voters, const struct grouping *grouping,
                        struct opinions_team *team)
{
    uint32_t size[MOST_GROUPS] = { 0 }, new_name[MOST_GROUPS] = { 0 };
    for (uint32_t i = 0; i < voters; i++)
        size[grouping->label[i]]++;
    memset(map->size, 0, sizeof map->size);
    map->k = grouping->k;
    map->inertia = grouping->inertia;
    name_groups(map, grouping, size, new_name);
    memset(map->group, OPINIONS_NO_GROUP, map->people);
    for (uint32_t i = 0; i < voters; i++)
        map->group[who[i]] = (uint8_t)new_name[grouping->label[i]];
    count_groups(map, votes, team);
}

static void find_groups(struct opinions_map *map, const struct coded_votes *votes,
                        const struct opinions_settings *settings, struct opinions_team *team)
{
    struct grouping found[MOST_GROUPS + 1];
    struct points points;
    uint32_t *who = memory_new(map->people, sizeof *who);
    uint32_t voters = opinions_voters(votes, settings->least_votes, who);
    struct groups_settings how = { .seed = settings->seed,
                                   .starts = settings->starts,
                                   .exact = GROUPS_EXACT,
                                   .side = GROUPS_SIDE,
                                   .only_k = settings->only_k };
    if (voters >= OPINIONS_LEAST_PEOPLE) {
        points_make(&points, voters, false);
        for (uint32_t i = 0; i < voters; i++) {
            points.x[i] = map->x[who[i]];
            points.y[i] = map->y[who[i]];
        }
        uint32_t k = groups_find(&points, &how, found, team);
        if (k)
            opinions_map_group(map, votes, who, voters, &found[k], team);
        for (k = 0; k <= MOST_GROUPS; k++) {
            map->silhouette[k] = found[k].silhouette;
            grouping_free(&found[k]);
        }
        points_free(&points);
    }
    memory_free(who);
}

void opinions_map_make(struct opinions_map *map, const struct csr *votes,
                       const struct opinions_settings *settings, struct opinions_team *team)
{
    struct coded_votes coded;
    struct pass_room room;
    struct plane plane;
    coded_votes_make(&coded, votes, team);
    pass_room_make(&room, coded.statements);
    plane_make(&plane, coded.statements);
    struct opinions_sparse sparse = { &coded, &room, team };
    plane_find(&plane, opinions_apply, &sparse, (struct plane_how){ settings->seed, false, 2e-4 });
    opinions_map_place(map, &coded, &plane, &room, team);
    find_groups(map, &coded, settings, team);
    if (map->k && settings->replicates)
        opinions_map_shake(map, &coded, &plane, settings, team);
    plane_free(&plane);
    pass_room_free(&room);
    coded_votes_free(&coded);
}
