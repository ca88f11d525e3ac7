/* What grew from what: small histories by hand, random ones against the plain way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/cascade.h"
#include "maths/random.h"

static struct team *one, *two;

static bool build(struct cascade *c, uint32_t things, const uint32_t *child, const uint32_t *parent,
                  uint64_t arrows)
{
    uint32_t circle[300], length;
    return cascade_build(c, things, child, parent, arrows, circle, &length, two);
}

/* 0 gave 1 and 2; both gave 3; 3 gave 4; 5 gave 4 as well. */
static const uint32_t child[] = { 1, 2, 3, 3, 4, 4 }, parent[] = { 0, 0, 1, 2, 3, 5 };

static void a_small_history(void **state)
{
    (void)state;
    struct cascade c;
    struct cascade_root found[2];
    double credit[6];
    assert_true(build(&c, 6, child, parent, 6));
    uint32_t roots[] = { c.place[0], c.place[5] }, chain[6];
    uint8_t weight[6] = { 0 };
    weight[c.place[3]] = 3;
    cascade_generations(&c, roots, 2, weight, NULL, found, two);
    assert_int_equal(found[0].reach, 4);
    assert_int_equal(found[0].depth, 3);
    assert_int_equal(found[0].generation[0], 2);
    assert_int_equal(found[0].generation[1], 1);
    assert_int_equal(found[0].generation[2], 1);
    assert_int_equal(found[0].sum_a, 3);
    assert_int_equal(found[1].reach, 1);
    assert_int_equal(found[1].sum_a, 0);
    cascade_credit(&c, credit);
    assert_true(fabs(credit[roots[0]] - 3.5) < 1e-12); /* 4 is half of 5's */
    assert_true(fabs(credit[roots[1]] - 0.5) < 1e-12);
    cascade_chain(&c, chain);
    assert_int_equal(chain[roots[0]], 3);
    memory_free(found[0].generation);
    memory_free(found[1].generation);
    cascade_free(&c);
}

static void the_latest_sign_of_life_comes_from_below(void **state)
{
    (void)state;
    struct cascade c;
    int32_t date[6], latest[6];
    assert_true(build(&c, 6, child, parent, 6));
    for (uint32_t thing = 0; thing < 6; thing++)
        date[c.place[thing]] = (int32_t)thing * 10;
    cascade_latest(&c, date, latest);
    assert_int_equal(latest[c.place[0]], 40);
    assert_int_equal(latest[c.place[5]], 50);
    assert_int_equal(latest[c.place[4]], 40);
    cascade_free(&c);
}

static void a_circle_is_named_child_before_parent(void **state)
{
    (void)state;
    const uint32_t kid[] = { 1, 2, 3, 4, 2 }, from[] = { 0, 1, 2, 3, 4 };
    struct cascade c;
    uint32_t circle[5], length;
    assert_false(cascade_build(&c, 5, kid, from, 5, circle, &length, one));
    assert_int_equal(length, 3);
    for (uint32_t i = 0; i < length; i++) {
        bool found = false;
        for (int j = 0; j < 5; j++)
            found |= kid[j] == circle[i] && from[j] == circle[(i + 1) % length];
        assert_true(found);
    }
}

enum { THINGS = 240 };

static uint32_t random_history(uint64_t seed, uint32_t *kid, uint32_t *from)
{
    struct random r;
    random_seed(&r, seed);
    uint32_t arrows = 0;
    for (uint32_t v = 1; v < THINGS; v++)
        for (uint32_t n = random_below(&r, 4); n > 0; n--) {
            kid[arrows] = v * 7 % THINGS; /* the order of numbers must not help */
            from[arrows++] = (v - 1 - random_below(&r, v < 30 ? v : 30)) * 7 % THINGS;
        }
    return arrows;
}

static void reach_equals_the_slow_way(void **state)
{
    (void)state;
    static uint32_t kid[4 * THINGS], from[4 * THINGS], all[THINGS], reach[THINGS], again[THINGS];
    static uint8_t below[THINGS][THINGS];
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct cascade c;
        struct cascade_root *found = memory_new(THINGS, sizeof *found);
        uint32_t arrows = random_history(seed, kid, from);
        assert_true(build(&c, THINGS, kid, from, arrows));
        memset(below, 0, sizeof below);
        for (uint32_t p = THINGS; p-- > 0;) {
            all[p] = p;
            for (uint64_t e = c.grew.start[p]; e < c.grew.start[p + 1]; e++) {
                uint32_t w = c.grew.target[e];
                assert_true(w > p);
                below[p][w] = 1;
                for (uint32_t i = 0; i < THINGS; i++)
                    below[p][i] |= below[w][i];
            }
        }
        cascade_reach(&c, all, THINGS, reach, one);
        cascade_reach(&c, all, THINGS, again, two);
        cascade_generations(&c, all, THINGS, NULL, NULL, found, two);
        assert_memory_equal(reach, again, sizeof reach);
        for (uint32_t p = 0; p < THINGS; p++) {
            uint32_t count = 0, sum = 0;
            for (uint32_t i = 0; i < THINGS; i++)
                count += below[p][i];
            for (uint32_t k = 0; k < found[p].depth; k++)
                sum += found[p].generation[k];
            assert_int_equal(reach[p], count);
            assert_int_equal(found[p].reach, count);
            assert_int_equal(sum, count);
            memory_free(found[p].generation);
        }
        memory_free(found);
        cascade_free(&c);
    }
}

static void credit_of_roots_adds_up(void **state)
{
    (void)state;
    static uint32_t kid[4 * THINGS], from[4 * THINGS];
    static double credit[THINGS];
    struct cascade c;
    uint32_t arrows = random_history(77, kid, from), others = 0;
    double sum = 0;
    assert_true(build(&c, THINGS, kid, from, arrows));
    cascade_credit(&c, credit);
    for (uint32_t p = 0; p < THINGS; p++) {
        sum += c.parents[p] ? 0 : credit[p];
        others += c.parents[p] > 0;
    }
    assert_true(fabs(sum - others) < 1e-9);
    cascade_free(&c);
}

static void sketches_are_near_and_the_same_for_any_team(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static uint32_t kid[2 * MANY], from[2 * MANY], all[MANY], reach[MANY];
    static double a[MANY], b[MANY];
    static uint8_t exact[MANY];
    struct cascade c;
    struct random r;
    random_seed(&r, 3);
    for (uint32_t v = 1; v < MANY; v++)
        for (uint32_t i = 0; i < 2; i++) {
            kid[2 * (v - 1) + i] = v;
            from[2 * (v - 1) + i] = v / 100 * 100 + random_below(&r, v % 100 + 1);
        }
    uint32_t circle[1], length;
    for (uint32_t i = 0; i < 2 * (MANY - 1); i++)
        if (from[i] == kid[i])
            from[i] = kid[i] - 1;
    assert_true(cascade_build(&c, MANY, kid, from, 2 * (MANY - 1), circle, &length, one));
    for (uint32_t p = 0; p < MANY; p++)
        all[p] = p;
    cascade_reach(&c, all, MANY, reach, two);
    cascade_sketch(&c, 5, a, exact, one);
    cascade_sketch(&c, 5, b, exact, two);
    assert_memory_equal(a, b, sizeof a);
    double squares = 0;
    uint32_t counted = 0;
    for (uint32_t p = 0; p < MANY; p++) {
        if (exact[p]) {
            assert_true(a[p] == reach[p]);
        } else {
            squares += (a[p] / reach[p] - 1) * (a[p] / reach[p] - 1);
            counted++;
        }
    }
    assert_true(counted > MANY / 10);
    assert_true(sqrt(squares / counted) < 1.3 * CASCADE_ERROR);
    cascade_free(&c);
}

static int open_teams(void **state)
{
    (void)state;
    one = team_new(1);
    two = team_new(2);
    return 0;
}

static int close_teams(void **state)
{
    (void)state;
    team_free(one);
    team_free(two);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_history),
        cmocka_unit_test(the_latest_sign_of_life_comes_from_below),
        cmocka_unit_test(a_circle_is_named_child_before_parent),
        cmocka_unit_test(reach_equals_the_slow_way),
        cmocka_unit_test(credit_of_roots_adds_up),
        cmocka_unit_test(sketches_are_near_and_the_same_for_any_team),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_teams, close_teams);
}
