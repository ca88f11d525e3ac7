#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "maths/opinions_eigen.h"
#include "maths/opinions_meaning.h"
#include "opinions_made_up.h"

static void make(struct opinions_map *map, const struct csr *votes, uint64_t seed, uint32_t threads)
{
    struct opinions_settings settings = opinions_usual();
    struct opinions_team *team = opinions_team_new(threads);
    settings.seed = seed;
    settings.starts = 12;
    settings.replicates = 8;
    opinions_map_make(map, votes, &settings, team);
    opinions_team_free(team);
}

static void assert_same_bits(const struct opinions_map *a, const struct opinions_map *b)
{
    assert_int_equal(a->k, b->k);
    assert_memory_equal(a->x, b->x, a->people * sizeof *a->x);
    assert_memory_equal(a->y, b->y, a->people * sizeof *a->y);
    assert_memory_equal(a->group, b->group, a->people);
    assert_memory_equal(a->loading_x, b->loading_x, a->statements * sizeof *a->loading_x);
    assert_true(a->inertia == b->inertia);
    assert_memory_equal(&a->stability, &b->stability, sizeof a->stability);
    assert_memory_equal(a->count, b->count, a->statements * (a->k + 1) * sizeof *a->count);
}

static void same_at_any_thread_count(void **state)
{
    (void)state;
    static const uint32_t people[] = { 60, 900, 2600 };
    for (int s = 0; s < 3; s++) {
        struct csr votes;
        struct opinions_map one, two, five;
        made_up(&votes, people[s], 40, 0.4, 11);
        make(&one, &votes, 5, 1);
        make(&two, &votes, 5, 2);
        make(&five, &votes, 5, 5);
        assert_same_bits(&one, &two);
        assert_same_bits(&one, &five);
        opinions_map_free(&one);
        opinions_map_free(&two);
        opinions_map_free(&five);
        made_up_free(&votes);
    }
}

static void finds_the_camps_at_any_seed(void **state)
{
    (void)state;
    struct csr votes;
    made_up(&votes, 300, 40, 0.5, 2);
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct opinions_map map;
        uint32_t wrong = 0;
        make(&map, &votes, seed, 1);
        assert_int_equal(map.k, 3);
        for (uint32_t i = 3; i < 300; i++)
            wrong += map.group[i] != map.group[i % 3];
        assert_true(wrong < 10);
        assert_true(map.stability.stable);
        assert_true(map.size[0] >= map.size[1] && map.size[1] >= map.size[2]);
        assert_int_equal(map.size[0] + map.size[1] + map.size[2], 300);
        opinions_map_free(&map);
    }
    made_up_free(&votes);
}

/* Row i of the fresh votes is row order[i] of the old ones. */
static void shuffle_rows(const struct csr *old, struct csr *fresh, uint32_t *order)
{
    struct random r;
    uint64_t e = 0;
    random_seed(&r, 77);
    made_up(fresh, old->rows, old->columns, 1, 1);
    for (uint32_t i = 0; i < old->rows; i++)
        order[i] = i;
    for (uint32_t i = old->rows; i > 1; i--) {
        uint32_t other = random_below(&r, i), kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    for (uint32_t i = 0; i < old->rows; i++) {
        uint64_t from = old->start[order[i]], count = old->start[order[i] + 1] - from;
        memcpy(fresh->target + e, old->target + from, count * sizeof *old->target);
        memcpy(fresh->value + e, old->value + from, count * sizeof *old->value);
        e += count;
        fresh->start[i + 1] = e;
    }
}

static void other_names_change_nothing(void **state)
{
    (void)state;
    struct csr votes, shuffled;
    struct opinions_map a, b;
    uint32_t order[240];
    made_up(&votes, 240, 30, 0.5, 8);
    shuffle_rows(&votes, &shuffled, order);
    make(&a, &votes, 1, 1);
    make(&b, &shuffled, 1, 1);
    assert_int_equal(a.k, b.k);
    for (uint32_t i = 0; i < 240; i++) {
        assert_true(fabsf(b.x[i] - a.x[order[i]]) < 1e-3f);
        assert_true(fabsf(b.y[i] - a.y[order[i]]) < 1e-3f);
        assert_int_equal(b.group[i], a.group[order[i]]);
    }
    opinions_map_free(&a);
    opinions_map_free(&b);
    made_up_free(&votes);
    made_up_free(&shuffled);
}

/* XᵀX made dense, by the definition, and its first eigenvectors. */
static void plane_is_that_of_the_dense_matrix(void **state)
{
    (void)state;
    enum { PEOPLE = 70, STATEMENTS = 20 };
    static double x[PEOPLE][STATEMENTS], g[EIGEN_MOST * EIGEN_MOST], v[EIGEN_MOST * EIGEN_MOST];
    double value[EIGEN_MOST], mean[STATEMENTS] = { 0 }, n[STATEMENTS] = { 0 }, dot[2] = { 0 };
    struct csr votes;
    struct opinions_map map;
    made_up(&votes, PEOPLE, STATEMENTS, 0.6, 3);
    for (uint64_t e = 0; e < votes.start[PEOPLE]; e++) {
        mean[votes.target[e]] += (double)votes.value[e];
        n[votes.target[e]] += 1;
    }
    for (uint32_t i = 0; i < PEOPLE; i++)
        for (uint64_t e = votes.start[i]; e < votes.start[i + 1]; e++) {
            uint32_t j = votes.target[e];
            x[i][j] = (double)votes.value[e] - mean[j] / n[j];
        }
    for (int i = 0; i < PEOPLE; i++)
        for (int j = 0; j < STATEMENTS; j++)
            for (int k = 0; k < STATEMENTS; k++)
                g[j * EIGEN_MOST + k] += x[i][j] * x[i][k];
    eigen_small(g, STATEMENTS, value, v);
    make(&map, &votes, 1, 1);
    for (int j = 0; j < STATEMENTS; j++) {
        dot[0] += (double)map.loading_x[j] * v[j * EIGEN_MOST];
        dot[1] += (double)map.loading_y[j] * v[j * EIGEN_MOST + 1];
    }
    assert_true(fabs(dot[0]) > 0.999999 && fabs(dot[1]) > 0.999999);
    assert_true(fabs(map.variance[0] / value[0] - 1) < 1e-5);
    for (int i = 0; i < PEOPLE; i++) {
        double place = 0;
        for (int j = 0; j < STATEMENTS; j++)
            place += x[i][j] * (double)map.loading_x[j];
        place *= sqrt((double)STATEMENTS / (double)(votes.start[i + 1] - votes.start[i]));
        assert_true(fabs(place - (double)map.x[i]) < 1e-4);
    }
    opinions_map_free(&map);
    made_up_free(&votes);
}

static void few_people_get_bridges_and_no_groups(void **state)
{
    (void)state;
    struct csr votes;
    struct opinions_map map;
    struct opinions_meaning meaning;
    uint32_t best[3];
    made_up(&votes, 19, 12, 0.9, 4);
    make(&map, &votes, 1, 1);
    assert_int_equal(map.k, 0);
    assert_int_equal(map.group[0], OPINIONS_NO_GROUP);
    opinions_meaning_make(&meaning, &map, &votes);
    assert_true(opinions_best(&meaning, &map, BY_CONSENSUS, 3, best) > 0);
    assert_int_equal(best[0] % 4, 3); /* what all camps agree on */
    opinions_meaning_free(&meaning);
    opinions_map_free(&map);
    made_up_free(&votes);
}

static void odd_sizes_are_no_trouble(void **state)
{
    (void)state;
    static const uint32_t sizes[][2] = { { 1, 1 }, { 2, 1 },  { 25, 1 },
                                         { 1, 9 }, { 30, 3 }, { 40, 5 } };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int half = 0; half < 2; half++) {
            struct csr votes;
            struct opinions_map map;
            struct opinions_meaning meaning;
            made_up(&votes, sizes[s][0], sizes[s][1], half ? 0.4 : 1, 5);
            make(&map, &votes, 1, 2);
            opinions_meaning_make(&meaning, &map, &votes);
            for (uint32_t i = 0; i < map.people; i++) {
                assert_true(isfinite(map.x[i]) && isfinite(map.y[i]));
                if (votes.start[i] == votes.start[i + 1])
                    assert_int_equal(map.group[i], OPINIONS_NO_GROUP);
            }
            opinions_meaning_free(&meaning);
            opinions_map_free(&map);
            made_up_free(&votes);
        }
}

/* Group 0: 8 of 10 agree; group 1: 2 of 20 agree, 15 disagree. */
static void meaning_by_hand(void **state)
{
    (void)state;
    struct opinions_count count[3] = { { 10, 15, 5 }, { 8, 0, 2 }, { 2, 15, 3 } };
    float loading[1] = { 1 };
    uint64_t start[1] = { 0 };
    struct csr votes = { .rows = 0, .columns = 1, .start = start };
    struct opinions_map map = {
        .statements = 1, .k = 2, .count = count, .loading_x = loading, .loading_y = loading
    };
    struct opinions_meaning m;
    struct stance s = opinions_stance(&map, 0, 0, true);
    assert_true(fabs(s.chance - 9.0 / 12) < 1e-12);
    assert_true(fabs(s.chance_z - 2 * sqrt(11) * (9.0 / 11 - 0.5)) < 1e-12);
    assert_true(fabs(s.ratio - (9.0 / 12) / (3.0 / 22)) < 1e-12);
    double p = 12.0 / 32, z = (9.0 / 11 - 3.0 / 21) / sqrt(p * (1 - p) * (1 / 11.0 + 1 / 21.0));
    assert_true(fabs(s.ratio_z - z) < 1e-12);
    opinions_meaning_make(&m, &map, &votes);
    assert_true(fabs(m.statement[0].consensus - 9.0 / 12 * 3 / 22) < 1e-12);
    assert_true(fabs(m.statement[0].rejection - 1.0 / 12 * 16 / 22) < 1e-12);
    assert_true(fabs(m.statement[0].divides - (9.0 / 12 - 3.0 / 22)) < 1e-12);
    assert_int_equal(m.count[0], 1);
    assert_true(m.group[0][0].agree);
    assert_false(m.group[1][0].agree);
    opinions_meaning_free(&m);
}

static void next_is_something_not_answered(void **state)
{
    (void)state;
    struct csr votes;
    struct opinions_map map;
    struct opinions_meaning meaning;
    made_up(&votes, 30, 25, 0.7, 6);
    make(&map, &votes, 1, 1);
    opinions_meaning_make(&meaning, &map, &votes);
    for (uint32_t i = 0; i < 30; i++) {
        int32_t next = opinions_next(&meaning, &votes, i);
        bool all = votes.start[i + 1] - votes.start[i] == 25;
        assert_int_equal(next == NO_STATEMENT, all);
        for (uint64_t e = votes.start[i]; e < votes.start[i + 1]; e++)
            assert_true((int32_t)votes.target[e] != next);
    }
    opinions_meaning_free(&meaning);
    opinions_map_free(&map);
    made_up_free(&votes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_at_any_thread_count),
        cmocka_unit_test(finds_the_camps_at_any_seed),
        cmocka_unit_test(other_names_change_nothing),
        cmocka_unit_test(plane_is_that_of_the_dense_matrix),
        cmocka_unit_test(few_people_get_bridges_and_no_groups),
        cmocka_unit_test(odd_sizes_are_no_trouble),
        cmocka_unit_test(meaning_by_hand),
        cmocka_unit_test(next_is_something_not_answered),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
