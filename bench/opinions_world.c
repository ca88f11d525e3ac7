#include "opinions_world.h"

#include <math.h>

#include "base/memory.h"
#include "maths/random.h"

static const double group_x[4] = { 1.6, -1.4, 0.2, -0.3 }, group_y[4] = { 0.3, 0.8, -1.5, 1.9 };
static const double group_share[4] = { 0.4, 0.3, 0.2, 0.1 };

static double bell(struct random *r)
{
    double u = random_unit(r), v = random_unit(r);
    return sqrt(-2 * log(1 - u)) * cos(6.283185307179586 * v);
}

/* How many each person answers: Pareto, cut off at all statements, then one more or less here
 * and there until the sum is right. */
static void draw_activity(uint32_t *activity, uint32_t people, uint32_t statements, uint64_t votes,
                          struct random *r)
{
    uint64_t sum = 0;
    double mean = (double)votes / people, least = mean * 0.28;
    for (uint32_t i = 0; i < people; i++) {
        double a = least * pow(1 - random_unit(r), -1 / 1.25);
        activity[i] = a < 1 ? 1 : a > statements ? statements : (uint32_t)a;
        sum += activity[i];
    }
    while (sum != votes) {
        uint32_t i = random_below(r, people);
        if (sum < votes && activity[i] < statements) {
            activity[i]++;
            sum++;
        } else if (sum > votes && activity[i] > 1) {
            activity[i]--;
            sum--;
        }
    }
}

struct statement {
    double x, y, bias, pass, seen;
};

static float answer(const struct statement *s, double x, double y, struct random *r)
{
    double agree = 1 / (1 + exp(-(s->bias + s->x * x + s->y * y)));
    if (random_unit(r) < s->pass)
        return 0.0f;
    return random_unit(r) < agree ? 1.0f : -1.0f;
}

/* Which `count` statements somebody saw: each in turn is kept with the chance that makes the
 * expected number right, early ones more; what is missing then is filled in from the front. */
static void draw_seen(uint8_t *seen, uint32_t count, uint32_t statements, const struct statement *s,
                      struct random *r)
{
    for (uint32_t j = 0; j < statements; j++)
        seen[j] = 0;
    if (count * 3 > statements) {
        uint32_t left = count;
        for (uint32_t j = 0; j < statements && left; j++)
            if (random_below(r, statements - j) < left) {
                seen[j] = 1;
                left--;
            }
        return;
    }
    while (count) {
        uint32_t j = random_below(r, statements);
        if (!seen[j] && random_unit(r) < s[j].seen) {
            seen[j] = 1;
            count--;
        }
    }
}

void world_make(struct world *world, uint32_t people, uint32_t statements, uint64_t votes,
                uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    struct statement *s = memory_new(statements, sizeof *s);
    uint32_t *activity = memory_new(people, sizeof *activity);
    uint8_t *seen = memory_new(statements, 1);
    for (uint32_t j = 0; j < statements; j++)
        s[j] = (struct statement){ bell(&r), 0.7 * bell(&r), 0.8 * bell(&r), 0.3 * random_unit(&r),
                                   0.15 + 0.85 * pow(1 - (double)j / statements, 2) };
    draw_activity(activity, people, statements, votes, &r);
    *world = (struct world){ .votes = { .rows = people, .columns = statements } };
    world->votes.start = memory_new((size_t)people + 1, sizeof(uint64_t));
    world->votes.target = memory_new(votes, sizeof(uint32_t));
    world->votes.value = memory_new(votes, sizeof(float));
    world->group = memory_new(people, 1);
    uint64_t e = 0;
    for (uint32_t i = 0; i < people; i++) {
        double which = random_unit(&r);
        uint8_t g = 0;
        while (g < 3 && which >= group_share[g])
            which -= group_share[g++];
        world->group[i] = g;
        double x = group_x[g] + 0.35 * bell(&r), y = group_y[g] + 0.35 * bell(&r);
        draw_seen(seen, activity[i], statements, s, &r);
        for (uint32_t j = 0; j < statements; j++)
            if (seen[j]) {
                world->votes.target[e] = j;
                world->votes.value[e++] = answer(&s[j], x, y, &r);
            }
        world->votes.start[i + 1] = e;
    }
    memory_free(s);
    memory_free(activity);
    memory_free(seen);
}

void world_free(struct world *world)
{
    memory_free(world->votes.start);
    memory_free(world->votes.target);
    memory_free(world->votes.value);
    memory_free(world->group);
}
