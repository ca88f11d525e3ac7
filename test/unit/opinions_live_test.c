#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "maths/opinions_live.h"
#include "maths/opinions_pairs.h"
#include "maths/opinions_stability.h"
#include "opinions_made_up.h"

/* The map from nothing over the votes that `live` holds now must be the map it shows. */
static void assert_current(struct opinions_live *live, const struct opinions_settings *settings,
                           bool same_groups)
{
    struct csr now;
    struct opinions_map fresh;
    const struct opinions_map *map = opinions_live_refresh(live);
    opinions_live_votes(live, &now);
    opinions_map_make(&fresh, &now, settings, NULL);
    assert_int_equal(map->people, fresh.people);
    assert_int_equal(map->voters, fresh.voters);
    double along[2] = { 0 }, size = 0;
    for (uint32_t j = 0; j < fresh.statements; j++) {
        along[0] += (double)map->loading_x[j] * (double)fresh.loading_x[j];
        along[1] += (double)map->loading_y[j] * (double)fresh.loading_y[j];
    }
    assert_true(fabs(along[0]) > 0.999999 && fabs(along[1]) > 0.999999);
    float flip_x = along[0] < 0 ? -1.0f : 1.0f, flip_y = along[1] < 0 ? -1.0f : 1.0f;
    for (uint32_t i = 0; i < fresh.people; i++)
        size = fmax(size, fabs((double)fresh.x[i]));
    struct overlap overlap = { 0 };
    for (uint32_t i = 0; i < fresh.people; i++) {
        assert_true(fabs((double)(map->x[i] * flip_x - fresh.x[i])) < 2e-3 * size);
        assert_true(fabs((double)(map->y[i] * flip_y - fresh.y[i])) < 2e-3 * size);
        if (fresh.group[i] != OPINIONS_NO_GROUP)
            overlap.both[fresh.group[i]][map->group[i]] += 1;
    }
    for (uint32_t j = 0; j < fresh.statements; j++)
        assert_memory_equal(opinions_count_of(map, 0, j), opinions_count_of(&fresh, 0, j),
                            sizeof(struct opinions_count));
    if (same_groups) {
        assert_int_equal(map->k, fresh.k);
        assert_true(overlap_rand(&overlap) > 0.98);
    }
    for (uint32_t g = 0; g < map->k; g++) { /* counts kept by change = counts made anew */
        uint64_t kept = 0, right = 0;
        for (uint32_t j = 0; j < fresh.statements; j++) {
            const struct opinions_count *c = opinions_count_of(map, g + 1, j);
            kept += c->agree + c->disagree + c->pass;
        }
        for (uint32_t i = 0; i < fresh.people; i++)
            right += map->group[i] == g ? now.start[i + 1] - now.start[i] : 0;
        assert_int_equal(kept, right);
    }
    opinions_map_free(&fresh);
    made_up_free(&now);
}

static void follow(uint32_t people, uint32_t statements, uint32_t rounds, bool newcomers)
{
    struct csr votes;
    struct random r;
    struct opinions_settings settings = opinions_usual();
    settings.replicates = 0;
    settings.starts = 12;
    random_seed(&r, 31);
    made_up(&votes, people, statements, 0.4, 21);
    struct opinions_team *team = opinions_team_new(2);
    struct opinions_live *live = opinions_live_new(&votes, &settings, team);
    assert_current(live, &settings, true);
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t more = newcomers ? 1 + round / 2 : 0;
        for (uint32_t v = 0; v <= round * 3; v++)
            opinions_live_vote(live, random_below(&r, people + more),
                               random_below(&r, statements + more),
                               (enum vote_kind)random_below(&r, VOTE_KINDS));
        assert_current(live, &settings, people < 2000);
    }
    opinions_live_free(live);
    opinions_team_free(team);
    made_up_free(&votes);
}

static void stays_current_vote_by_vote(void **state)
{
    (void)state;
    follow(90, 24, 8, false);
}

static void takes_new_people_and_statements(void **state)
{
    (void)state;
    follow(60, 15, 8, true);
}

static void large_maps_settle_from_where_they_were(void **state)
{
    (void)state;
    follow(2300, 20, 3, false);
}

static void a_vote_taken_back_leaves_no_trace(void **state)
{
    (void)state;
    struct csr votes;
    struct opinions_settings settings = opinions_usual();
    settings.replicates = 0;
    made_up(&votes, 80, 20, 1, 13);
    struct opinions_live *live = opinions_live_new(&votes, &settings, NULL);
    double before = opinions_live_refresh(live)->inertia;
    enum vote_kind old = vote_kind_of(votes.value[5]);
    opinions_live_vote(live, 0, 5, old == VOTE_AGREE ? VOTE_DISAGREE : VOTE_AGREE);
    double between = opinions_live_refresh(live)->inertia;
    opinions_live_vote(live, 0, 5, old);
    double after = opinions_live_refresh(live)->inertia;
    assert_true(fabs(before - between) > 1e-6 * before);
    assert_true(fabs(before - after) < 1e-4 * before);
    opinions_live_free(live);
    made_up_free(&votes);
}

static void pairs_give_the_same_bits_without_simd(void **state)
{
    (void)state;
    static const uint32_t sizes[] = { 1, 2, 7, 16, 33 };
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct csr votes;
        struct coded_votes coded;
        struct pairs pairs;
        float in[33 * PASS_WIDTH], fast[33 * PASS_WIDTH], plain[33 * PASS_WIDTH];
        float sparse[33 * PASS_WIDTH];
        struct pass_room room;
        made_up(&votes, 50, sizes[s], 0.6, s + 1);
        coded_votes_make(&coded, &votes, NULL);
        pairs_make(&pairs, &coded, NULL);
        pairs_settle(&pairs, &coded);
        pass_room_make(&room, sizes[s]);
        for (uint32_t i = 0; i < sizes[s] * PASS_WIDTH; i++)
            in[i] = (float)((i * 7) % 11) - 5;
        pairs_apply(&pairs, in, fast);
        pairs_apply_portable(&pairs, in, plain);
        assert_memory_equal(fast, plain, sizes[s] * PASS_WIDTH * sizeof *fast);
        pass_both_ways(&coded, in, sparse, &room, NULL);
        for (uint32_t i = 0; i < sizes[s] * PASS_WIDTH; i++)
            assert_true(fabsf(sparse[i] - fast[i]) < 2e-3f);
        pass_room_free(&room);
        pairs_free(&pairs);
        coded_votes_free(&coded);
        made_up_free(&votes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_current_vote_by_vote),
        cmocka_unit_test(takes_new_people_and_statements),
        cmocka_unit_test(large_maps_settle_from_where_they_were),
        cmocka_unit_test(a_vote_taken_back_leaves_no_trace),
        cmocka_unit_test(pairs_give_the_same_bits_without_simd),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
