#include "maths/opinions_stability.h"

#include <string.h>

#include "base/memory.h"
#include "maths/opinions.h"
#include "maths/random.h"

enum { STARTS = 10, EXACT = 512, SIDE = 16 };

struct replicate {
    struct overlap overlap;
    uint32_t k;
};

struct shaking {
    const struct opinions_map *map;
    const struct coded_votes *votes;
    const struct plane *plane;
    const struct opinions_settings *settings;
    const uint32_t *who;
    uint32_t voters, sample;
    struct replicate *replicates;
};

static double pairs(double n)
{
    return n * (n - 1) / 2;
}

double overlap_rand(const struct overlap *overlap)
{
    double together = 0, one = 0, other = 0, all = 0;
    for (int a = 0; a < MOST_GROUPS; a++) {
        double row = 0, column = 0;
        for (int b = 0; b < MOST_GROUPS; b++) {
            together += pairs(overlap->both[a][b]);
            row += overlap->both[a][b];
            column += overlap->both[b][a];
        }
        one += pairs(row);
        other += pairs(column);
        all += row;
    }
    double expected = all > 1 ? one * other / pairs(all) : 0, most = (one + other) / 2;
    return most - expected > 1e-12 * most ? (together - expected) / (most - expected) : 1;
}

double overlap_jaccard(const struct overlap *overlap, uint32_t a)
{
    double row = 0, best = 0;
    for (int b = 0; b < MOST_GROUPS; b++)
        row += overlap->both[a][b];
    for (int b = 0; b < MOST_GROUPS; b++) {
        double column = 0, both = overlap->both[a][b];
        for (int c = 0; c < MOST_GROUPS; c++)
            column += overlap->both[c][b];
        double either = row + column - both;
        best = either > 0 && both / either > best ? both / either : best;
    }
    return best;
}

/* Draws people; each counts once in the comparison however often drawn: first[i] says so. */
static void draw(const struct shaking *s, uint32_t part, uint32_t *drawn, bool *first)
{
    struct random random;
    bool *seen = memory_new(s->votes->people, sizeof *seen);
    random_split(&random, s->settings->seed, 0x5ade0000u + part);
    for (uint32_t i = 0; i < s->sample; i++) {
        drawn[i] = s->who[random_below(&random, s->voters)];
        first[i] = !seen[drawn[i]];
        seen[drawn[i]] = true;
    }
    memory_free(seen);
}

/* The plane of the drawn people, and their places in it. */
static void place(const struct shaking *s, const struct coded_votes *votes, struct points *points)
{
    struct pass_room room;
    struct plane plane;
    pass_room_make(&room, votes->statements);
    plane_make(&plane, votes->statements);
    size_t statements = votes->statements;
    memcpy(plane.block, s->plane->block, statements * PASS_WIDTH * sizeof *plane.block);
    struct opinions_sparse sparse = { votes, &room, NULL };
    plane_find(&plane, opinions_apply, &sparse,
               (struct plane_how){ s->settings->seed, true, 1e-2 });
    float *a = memory_new(statements * 2, sizeof *a), *b = a + statements;
    for (size_t j = 0; j < statements; j++) {
        a[j] = plane.block[j * PASS_WIDTH];
        b[j] = plane.block[j * PASS_WIDTH + 1];
    }
    pass_positions(votes, a, b, points->x, points->y, &room, NULL);
    memory_free(a);
    plane_free(&plane);
    pass_room_free(&room);
}

/* Where the groups of the map stand in this plane: a start as good as any. */
static struct centres centres_of_map(const struct shaking *s, const struct points *points,
                                     const uint32_t *drawn)
{
    struct centres centres = { 0 };
    double x[MOST_GROUPS] = { 0 }, y[MOST_GROUPS] = { 0 }, n[MOST_GROUPS] = { 0 };
    for (uint32_t i = 0; i < points->count; i++) {
        uint32_t g = s->map->group[drawn[i]];
        x[g] += (double)points->x[i];
        y[g] += (double)points->y[i];
        n[g] += 1;
    }
    for (int g = 0; g < MOST_GROUPS; g++)
        if (n[g] > 0) {
            centres.x[g] = (float)(x[g] / n[g]);
            centres.y[g] = (float)(y[g] / n[g]);
        }
    return centres;
}

static void compare(const struct shaking *s, const struct grouping *g, const uint32_t *drawn,
                    const bool *first, struct overlap *overlap)
{
    if (g->k == 0)
        return;
    for (uint32_t i = 0; i < s->sample; i++)
        if (first[i])
            overlap->both[s->map->group[drawn[i]]][g->label[i]] += 1;
}

static void one_replicate(void *what, uint32_t part)
{
    struct shaking *s = what;
    struct coded_votes votes;
    struct points points;
    struct grouping found[MOST_GROUPS + 1];
    uint32_t *drawn = memory_new(s->sample, sizeof *drawn);
    bool *first = memory_new(s->sample, sizeof *first);
    draw(s, part, drawn, first);
    coded_votes_sample(&votes, s->votes, drawn, s->sample);
    points_make(&points, s->sample, false);
    place(s, &votes, &points);
    struct centres warm = centres_of_map(s, &points, drawn);
    struct groups_settings how = { .seed = s->settings->seed + part,
                                   .starts = STARTS,
                                   .exact = EXACT,
                                   .side = SIDE,
                                   .only_k = s->settings->only_k,
                                   .warm = &warm,
                                   .warm_k = s->map->k };
    s->replicates[part].k = groups_find(&points, &how, found, NULL);
    compare(s, &found[s->map->k], drawn, first, &s->replicates[part].overlap);
    for (uint32_t k = 0; k <= MOST_GROUPS; k++)
        grouping_free(&found[k]);
    points_free(&points);
    coded_votes_free(&votes);
    memory_free(drawn);
    memory_free(first);
}

static void sum_up(struct opinions_map *map, const struct shaking *s)
{
    struct opinions_stability *stability = &map->stability;
    double n = s->settings->replicates;
    stability->replicates = s->settings->replicates;
    for (uint32_t i = 0; i < s->settings->replicates; i++) {
        const struct replicate *r = &s->replicates[i];
        stability->same_k += (r->k == map->k) / n;
        stability->rand += (r->k ? overlap_rand(&r->overlap) : 0) / n;
        for (uint32_t g = 0; g < map->k; g++)
            stability->jaccard[g] += overlap_jaccard(&r->overlap, g) / n;
    }
    stability->stable = stability->same_k >= 0.5;
    for (uint32_t g = 0; g < map->k; g++)
        stability->stable &= stability->jaccard[g] >= 0.75;
}

void opinions_map_shake(struct opinions_map *map, const struct coded_votes *votes,
                        const struct plane *plane, const struct opinions_settings *settings,
                        struct opinions_team *team)
{
    uint32_t *who = memory_new(map->people, sizeof *who);
    struct shaking s = { map, votes, plane, settings, who, 0, 0, NULL };
    s.voters = opinions_voters(votes, settings->least_votes, who);
    s.sample = s.voters < STABILITY_SAMPLE ? s.voters : STABILITY_SAMPLE;
    s.replicates = memory_new(settings->replicates, sizeof *s.replicates);
    opinions_team_run(team, settings->replicates, one_replicate, &s);
    sum_up(map, &s);
    memory_free(s.replicates);
    memory_free(who);
}
