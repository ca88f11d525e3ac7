#include "maths/opinions_live.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "maths/opinions_pairs.h"

struct opinions_live {
    struct coded_votes votes;
    uint32_t *capacity; /* of each row */
    uint64_t pool, pool_used;
    uint32_t people_room, statements_room;
    struct pairs pairs;
    struct plane plane;
    struct pass_room pass;
    struct opinions_map map;
    struct points points;             /* the people who count for groups */
    uint32_t *who, voters, answering; /* answering: with one vote or more */
    struct grouping grouping;         /* labels are names of groups */
    struct opinions_settings settings;
    struct opinions_team *team;
    uint64_t all, since; /* votes, and how many since groups were looked for from scratch */
    bool found, regrouped, more_people, more_voters;
};

struct opinions_live *opinions_live_new(const struct csr *votes,
                                        const struct opinions_settings *settings,
                                        struct opinions_team *team)
{
    struct opinions_live *live = memory_new(1, sizeof *live);
    live->settings = *settings;
    live->team = team;
    coded_votes_make(&live->votes, votes, team);
    live->people_room = votes->rows;
    live->statements_room = votes->columns;
    live->all = live->pool = live->pool_used = votes->start[votes->rows];
    live->capacity = memory_new(votes->rows, sizeof *live->capacity);
    memcpy(live->capacity, live->votes.length, votes->rows * sizeof *live->capacity);
    live->answering = opinions_voters(&live->votes, 1, NULL);
    pairs_make(&live->pairs, &live->votes, team);
    pass_room_make(&live->pass, votes->columns);
    plane_make(&live->plane, votes->columns);
    return live;
}

void opinions_live_free(struct opinions_live *live)
{
    coded_votes_free(&live->votes);
    pairs_free(&live->pairs);
    pass_room_free(&live->pass);
    plane_free(&live->plane);
    opinions_map_free(&live->map);
    points_free(&live->points);
    grouping_free(&live->grouping);
    memory_free(live->capacity);
    memory_free(live->who);
    memory_free(live);
}

bool opinions_live_regrouped(const struct opinions_live *live)
{
    return live->regrouped;
}

static void add_person(struct opinions_live *live)
{
    struct coded_votes *v = &live->votes;
    uint32_t i = v->people++;
    if (v->people > live->people_room) {
        uint32_t room = live->people_room = v->people + v->people / 2 + 16;
        v->start = memory_grow(v->start, room, sizeof *v->start);
        v->length = memory_grow(v->length, room, sizeof *v->length);
        v->row = memory_grow(v->row, room, sizeof *v->row);
        v->rank = memory_grow(v->rank, room, sizeof *v->rank);
        live->capacity = memory_grow(live->capacity, room, sizeof *live->capacity);
    }
    v->start[i] = 0;
    v->length[i] = live->capacity[i] = 0;
    live->more_people = true;
}

/* A new statement weighs nothing in the plane until somebody answers it. */
static void add_statement(struct opinions_live *live)
{
    struct coded_votes *v = &live->votes;
    uint32_t j = v->statements++;
    if (v->statements > live->statements_room) {
        size_t room = live->statements_room = v->statements + v->statements / 4 + 8;
        v->tally = memory_grow(v->tally, room * VOTE_KINDS, sizeof *v->tally);
        v->mean = memory_grow(v->mean, room, sizeof *v->mean);
        live->plane.block =
            memory_grow(live->plane.block, room * PASS_WIDTH, sizeof *live->plane.block);
        pass_room_free(&live->pass);
        pass_room_make(&live->pass, live->statements_room);
    }
    memset(v->tally + (size_t)j * VOTE_KINDS, 0, VOTE_KINDS * sizeof *v->tally);
    memset(live->plane.block + (size_t)j * PASS_WIDTH, 0, PASS_WIDTH * sizeof(float));
    v->mean[j] = 0;
    live->plane.size = v->statements;
    pairs_widen(&live->pairs, v->statements);
    live->pairs.dirty[j] = true;
    live->more_people = true; /* the map has another shape: make its arrays anew */
}

/* Room for one more vote: a full row moves to the end of the pool, twice as large. */
static void room_for_vote(struct opinions_live *live, uint32_t person)
{
    struct coded_votes *v = &live->votes;
    if (v->length[person] < live->capacity[person])
        return;
    uint32_t capacity = live->capacity[person] * 2 + 4;
    if (live->pool_used + capacity > live->pool) {
        live->pool = live->pool * 3 / 2 + capacity;
        v->code = memory_grow(v->code, live->pool, sizeof *v->code);
    }
    memcpy(v->code + live->pool_used, v->code + v->start[person],
           v->length[person] * sizeof *v->code);
    v->start[person] = live->pool_used;
    live->capacity[person] = capacity;
    live->pool_used += capacity;
}

static void count_in_group(struct opinions_live *live, uint32_t person, uint32_t code, int by)
{
    uint32_t sides[2] = { 0, 0 }, kind = code % VOTE_KINDS, count = 1;
    if (!live->found || live->more_people)
        return;
    if (live->map.group[person] != OPINIONS_NO_GROUP)
        sides[count++] = live->map.group[person] + 1u;
    for (uint32_t s = 0; s < count; s++) {
        struct opinions_count *c = opinions_count_of(&live->map, sides[s], code / VOTE_KINDS);
        uint32_t *n = kind == VOTE_AGREE      ? &c->agree
                      : kind == VOTE_DISAGREE ? &c->disagree
                                              : &c->pass;
        *n += (uint32_t)by;
    }
}

void opinions_live_vote(struct opinions_live *live, uint32_t person, uint32_t statement,
                        enum vote_kind kind)
{
    struct coded_votes *v = &live->votes;
    while (person >= v->people)
        add_person(live);
    while (statement >= v->statements)
        add_statement(live);
    uint16_t *row = v->code + v->start[person], code = (uint16_t)(statement * VOTE_KINDS + kind);
    uint32_t e = 0, length = v->length[person];
    while (e < length && row[e] / VOTE_KINDS != statement)
        e++;
    pairs_change(&live->pairs, row, length, statement, kind);
    if (e < length) {
        v->tally[row[e]]--;
        count_in_group(live, person, row[e], -1);
        row[e] = code;
    } else {
        room_for_vote(live, person);
        live->answering += length == 0;
        live->more_voters |= length == 0 || length < live->settings.least_votes;
        v->code[v->start[person] + v->length[person]++] = code;
        live->all++;
        if (!live->more_people) /* else all rows are put in order at the next refresh */
            coded_votes_touch(v, person);
    }
    v->tally[code]++;
    count_in_group(live, person, code, 1);
    coded_votes_mean(v, statement);
    live->since++;
}

/* The same side up as before, so that whoever watches does not see the map turn over. */
static void keep_side_up(struct plane *plane, uint32_t column, const float *before, uint32_t size)
{
    double along = 0;
    for (size_t j = 0; j < size; j++)
        along += (double)before[j] * (double)plane->block[j * PASS_WIDTH + column];
    for (size_t j = 0; j < plane->size && along < 0; j++)
        plane->block[j * PASS_WIDTH + column] *= -1.0f;
}

static void place(struct opinions_live *live)
{
    struct opinions_map *map = &live->map;
    pairs_settle(&live->pairs, &live->votes);
    plane_find(&live->plane, pairs_apply, &live->pairs,
               (struct plane_how){ live->settings.seed, live->found, 1e-5 });
    if (live->found) {
        keep_side_up(&live->plane, 0, map->loading_x, map->statements);
        keep_side_up(&live->plane, 1, map->loading_y, map->statements);
    }
    if (!live->found || live->more_people) {
        struct opinions_map old = *map;
        coded_votes_cut(&live->votes);
        opinions_map_place(map, &live->votes, &live->plane, &live->pass, live->team);
        map->stability = old.stability;
        opinions_map_free(&old);
    }
    for (size_t j = 0; live->found && j < map->statements; j++) {
        map->loading_x[j] = live->plane.block[j * PASS_WIDTH];
        map->loading_y[j] = live->plane.block[j * PASS_WIDTH + 1];
    }
    if (live->found)
        pass_positions(&live->votes, map->loading_x, map->loading_y, map->x, map->y, &live->pass,
                       live->team);
    map->variance[0] = live->plane.variance[0];
    map->variance[1] = live->plane.variance[1];
    map->variance_all = coded_votes_variance(&live->votes);
    map->passes = live->plane.passes;
}

/* Who counts for groups; only looked at when somebody may have come to count. */
static void count_voters(struct opinions_live *live)
{
    uint32_t people = live->votes.people;
    live->who = memory_grow(live->who, people, sizeof *live->who);
    live->voters = opinions_voters(&live->votes, live->settings.least_votes, live->who);
    points_free(&live->points);
    points_make(&live->points, live->voters, false);
    grouping_free(&live->grouping); /* labels stand by place among those who count */
    live->more_voters = false;
    live->regrouped = true;
}

/* Where they stand. */
static void gather(struct opinions_live *live)
{
    if (live->more_voters || live->more_people || !live->who)
        count_voters(live);
    live->map.voters = live->answering;
    for (uint32_t i = 0; i < live->voters; i++) {
        live->points.x[i] = live->map.x[live->who[i]];
        live->points.y[i] = live->map.y[live->who[i]];
    }
}

static void look_for_groups(struct opinions_live *live)
{
    struct grouping found[MOST_GROUPS + 1] = { { 0 } };
    struct groups_settings how = { .seed = live->settings.seed,
                                   .starts = live->settings.starts,
                                   .exact = GROUPS_EXACT,
                                   .side = GROUPS_SIDE,
                                   .only_k = live->settings.only_k };
    uint32_t k = 0;
    live->map.k = 0;
    if (live->voters >= OPINIONS_LEAST_PEOPLE)
        k = groups_find(&live->points, &how, found, live->team);
    if (k)
        opinions_map_group(&live->map, &live->votes, live->who, live->voters, &found[k],
                           live->team);
    for (k = 0; k <= MOST_GROUPS; k++) {
        live->map.silhouette[k] = found[k].silhouette;
        grouping_free(&found[k]);
    }
    live->since = 0;
}

static void settle_groups(struct opinions_live *live)
{
    struct opinions_map *map = &live->map;
    live->grouping.k = map->k;
    live->grouping.centres = map->centres;
    groups_settle(&live->points, &live->grouping);
    map->centres = live->grouping.centres;
    map->inertia = live->grouping.inertia;
    for (uint32_t i = 0; i < live->voters; i++) {
        uint32_t person = live->who[i], now = (uint32_t)live->grouping.label[i];
        uint32_t before = map->group[person];
        if (now == before)
            continue;
        for (uint32_t e = 0; e < live->votes.length[person]; e++) {
            uint32_t code = live->votes.code[live->votes.start[person] + e];
            count_in_group(live, person, code, -1);
            map->group[person] = (uint8_t)now;
            count_in_group(live, person, code, 1);
            map->group[person] = (uint8_t)before;
        }
        map->group[person] = (uint8_t)now;
        map->size[before]--;
        map->size[now]++;
    }
}

const struct opinions_map *opinions_live_refresh(struct opinions_live *live)
{
    live->regrouped = !live->found || live->more_people || live->since * 100 > live->all;
    place(live);
    gather(live);
    live->regrouped |= live->voters <= GROUPS_EXACT || live->map.k == 0;
    live->found = true;
    live->more_people = false;
    if (live->regrouped)
        look_for_groups(live);
    else
        settle_groups(live);
    return &live->map;
}

static int compare_codes(const void *a, const void *b)
{
    uint16_t one = *(const uint16_t *)a, other = *(const uint16_t *)b;
    return (one > other) - (one < other);
}

void opinions_live_votes(const struct opinions_live *live, struct csr *votes)
{
    const struct coded_votes *v = &live->votes;
    *votes = (struct csr){ .rows = v->people, .columns = v->statements };
    votes->start = memory_new((size_t)v->people + 1, sizeof *votes->start);
    votes->target = memory_new(live->all, sizeof *votes->target);
    votes->value = memory_new(live->all, sizeof *votes->value);
    uint16_t *row = memory_new(v->statements, sizeof *row);
    uint64_t count = 0;
    for (uint32_t i = 0; i < v->people; i++) {
        memcpy(row, v->code + v->start[i], v->length[i] * sizeof *row);
        qsort(row, v->length[i], sizeof *row, compare_codes);
        for (uint32_t e = 0; e < v->length[i]; e++) {
            votes->target[count] = row[e] / VOTE_KINDS;
            votes->value[count++] = vote_value(row[e] % VOTE_KINDS);
        }
        votes->start[i + 1] = count;
    }
    memory_free(row);
}
