#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "base/memory.h"
#include "maths/opinions_eigen.h"
#include "maths/opinions_groups.h"
#include "maths/opinions_stability.h"
#include "maths/random.h"

static void scatter(struct points *points, uint32_t count, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    points_make(points, count, false);
    for (uint32_t i = 0; i < count; i++) {
        points->x[i] = (float)(random_unit(&r) * 4 - 2);
        points->y[i] = (float)(random_unit(&r) * 4 - 2);
    }
}

static void simd_and_portable_give_the_same_bits(void **state)
{
    (void)state;
    static const uint32_t sizes[] = { 1, 7, 8, 9, 511, 513, 2000 };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct points p;
        struct centres at = { { -1, 1, 0, 1, -1 }, { -1, 1, 0, -1, 1 } };
        scatter(&p, sizes[s], s + 1);
        int32_t *one = memory_new(points_padded(p.count), 4);
        int32_t *other = memory_new(points_padded(p.count), 4);
        for (uint32_t k = 1; k <= MOST_CENTRES; k++) {
            struct centre_sums a, b;
            points_nearest(&p, &at, k, one, &a);
            points_nearest_portable(&p, &at, k, other, &b);
            assert_memory_equal(&a, &b, sizeof a);
            assert_memory_equal(one, other, p.count * sizeof *one);
            for (uint32_t from = 0; from < p.count; from += p.count / 3 + 1) {
                double fast = points_distance(&p, from, p.count, 0.3f, -0.2f);
                double plain = points_distance_portable(&p, from, p.count, 0.3f, -0.2f);
                assert_true(fast == plain);
            }
        }
        memory_free(one);
        memory_free(other);
        points_free(&p);
    }
}

static void nearest_and_distance_are_what_they_say(void **state)
{
    (void)state;
    struct points p;
    struct centre_sums sums;
    struct centres at = { { -1, 1 }, { 0, 0 } };
    int32_t label[8] = { 0 };
    points_make(&p, 3, false);
    p.x[0] = -2, p.x[1] = 3, p.y[1] = 4, p.x[2] = 0; /* the last is equally far: the lowest wins */
    points_nearest(&p, &at, 2, label, &sums);
    assert_int_equal(label[0], 0);
    assert_int_equal(label[1], 1);
    assert_int_equal(label[2], 0);
    assert_true(sums.inertia == 1 + (4 + 16) + 1);
    assert_true(sums.weight[0] == 2 && sums.x[0] == -2 && sums.y[1] == 4);
    assert_true(points_distance(&p, 0, 3, 0, 0) == 2 + 5 + 0);
    assert_true(points_distance(&p, 1, 2, 0, 0) == 5);
    points_free(&p);
}

/* Two pairs on a line: 0, 1 and 10, 11. For the first: own 1, other (10 + 11) / 2. */
static void silhouette_by_hand(void **state)
{
    (void)state;
    struct points p;
    int32_t label[8] = { 1, 1, 0, 0 };
    points_make(&p, 4, false);
    p.x[1] = 1, p.x[2] = 10, p.x[3] = 11;
    double outer = (10.5 - 1) / 10.5, inner = (9.5 - 1) / 9.5;
    assert_true(fabs(silhouette(&p, label, 2, NULL) - (outer + inner) / 2) < 1e-6);
    int32_t alone[8] = { 0, 1, 1, 1 };
    assert_true(silhouette(&p, alone, 2, NULL) < 0.75);
    points_free(&p);
}

static void finds_what_was_planted(void **state)
{
    (void)state;
    static const uint32_t sizes[] = { 90, 3000 }; /* everybody, and base clusters */
    for (int s = 0; s < 2; s++) {
        struct points p;
        struct grouping found[MOST_GROUPS + 1];
        struct groups_settings how = {
            .seed = 3, .starts = 20, .exact = GROUPS_EXACT, .side = GROUPS_SIDE
        };
        scatter(&p, sizes[s], 9);
        for (uint32_t i = 0; i < p.count; i++)
            p.x[i] += 10.0f * (float)(i % 3), p.y[i] += i % 3 == 1 ? 9.0f : 0.0f;
        assert_int_equal(groups_find(&p, &how, found, NULL), 3);
        for (uint32_t i = 3; i < p.count; i++)
            assert_int_equal(found[3].label[i], found[3].label[i % 3]);
        assert_true(found[3].silhouette > 0.7 && found[2].inertia > found[3].inertia);
        for (uint32_t k = 0; k <= MOST_GROUPS; k++)
            grouping_free(&found[k]);
        points_free(&p);
    }
}

static void everybody_in_one_spot_is_no_group(void **state)
{
    (void)state;
    struct points p;
    struct grouping found[MOST_GROUPS + 1];
    struct groups_settings how = { .seed = 1, .starts = 5, .exact = 100, .side = 8 };
    points_make(&p, 50, false);
    assert_int_equal(groups_find(&p, &how, found, NULL), 0);
    for (uint32_t k = 0; k <= MOST_GROUPS; k++)
        grouping_free(&found[k]);
    points_free(&p);
}

static void base_clusters_hold_everybody(void **state)
{
    (void)state;
    struct points p, base;
    double people = 0, x = 0, y = 0, all_x = 0, all_y = 0;
    scatter(&p, 5000, 4);
    p.x[17] = 1e6f; /* somebody far out must not squeeze the others into one cell */
    base_clusters(&p, 16, &base);
    assert_true(base.count > 100);
    for (uint32_t i = 0; i < base.count; i++) {
        people += (double)base.weight[i];
        x += (double)base.weight[i] * (double)base.x[i];
        y += (double)base.weight[i] * (double)base.y[i];
    }
    for (uint32_t i = 0; i < p.count; i++) {
        all_x += (double)p.x[i];
        all_y += (double)p.y[i];
    }
    assert_true(people == 5000);
    assert_true(fabs(x - all_x) < 1e-3 * 1e6 && fabs(y - all_y) < 1e-1);
    points_free(&p);
    points_free(&base);
}

static void eigen_of_a_known_matrix(void **state)
{
    (void)state;
    static double a[EIGEN_MOST * EIGEN_MOST], vectors[EIGEN_MOST * EIGEN_MOST];
    double value[EIGEN_MOST];
    a[0] = 2, a[1] = 1, a[EIGEN_MOST] = 1, a[EIGEN_MOST + 1] = 2, a[2 * EIGEN_MOST + 2] = 5;
    eigen_small(a, 3, value, vectors);
    assert_true(fabs(value[0] - 5) < 1e-12 && fabs(value[1] - 3) < 1e-12 &&
                fabs(value[2] - 1) < 1e-12);
    assert_true(fabs(fabs(vectors[1]) - sqrt(0.5)) < 1e-12);
    assert_true(fabs(fabs(vectors[2 * EIGEN_MOST]) - 1) < 1e-12);
}

static void rand_and_jaccard_by_hand(void **state)
{
    (void)state;
    struct overlap same = { { { 5, 0 }, { 0, 7 } } }, swapped = { { { 0, 5 }, { 7, 0 } } };
    struct overlap half = { { { 2, 2 }, { 2, 2 } } }, part = { { { 3, 1 }, { 0, 4 } } };
    assert_true(fabs(overlap_rand(&same) - 1) < 1e-12);
    assert_true(fabs(overlap_rand(&swapped) - 1) < 1e-12);
    assert_true(overlap_rand(&half) < 0);
    assert_true(fabs(overlap_jaccard(&part, 0) - 3.0 / 4) < 1e-12);
    assert_true(fabs(overlap_jaccard(&part, 1) - 4.0 / 5) < 1e-12);
    /* together 3 + 6, rows 6 + 6, columns 3 + 10, all 28 */
    double expected = 12 * 13 / 28.0;
    assert_true(fabs(overlap_rand(&part) - (9 - expected) / (12.5 - expected)) < 1e-12);
}

static void add_one(void *what, uint32_t part)
{
    ((uint32_t *)what)[part]++;
}

static void a_team_does_each_part_once(void **state)
{
    (void)state;
    struct opinions_team *team = opinions_team_new(4);
    uint32_t done[300] = { 0 };
    for (uint32_t round = 1; round <= 2000; round++) {
        opinions_team_run(team, round % 300 + 1, add_one, done);
        assert_true(done[0] == round);
    }
    uint32_t sum = 0, expected = 0;
    for (uint32_t i = 0; i < 300; i++)
        sum += done[i];
    for (uint32_t round = 1; round <= 2000; round++)
        expected += round % 300 + 1;
    assert_int_equal(sum, expected);
    opinions_team_free(team);
    assert_null(opinions_team_new(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simd_and_portable_give_the_same_bits),
        cmocka_unit_test(nearest_and_distance_are_what_they_say),
        cmocka_unit_test(silhouette_by_hand),
        cmocka_unit_test(finds_what_was_planted),
        cmocka_unit_test(everybody_in_one_spot_is_no_group),
        cmocka_unit_test(base_clusters_hold_everybody),
        cmocka_unit_test(eigen_of_a_known_matrix),
        cmocka_unit_test(rand_and_jaccard_by_hand),
        cmocka_unit_test(a_team_does_each_part_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
