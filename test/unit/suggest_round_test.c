/* The introduction round: bounds, fairness, weight, and the same answer every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/memory.h"
#include "maths/random.h"
#include "maths/suggest.h"

struct drawn {
    uint32_t people;
    uint64_t count;
    uint32_t *a, *b, *weight;
    uint64_t *key;
    uint16_t *wanted;
};

static void draw(struct drawn *d, uint32_t people, uint32_t each, uint16_t most, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    *d = (struct drawn){ .people = people };
    d->a = memory_new((size_t)people * each, sizeof *d->a);
    d->b = memory_new((size_t)people * each, sizeof *d->b);
    d->weight = memory_new((size_t)people * each, sizeof *d->weight);
    d->key = memory_new(people, sizeof *d->key);
    d->wanted = memory_new(people, sizeof *d->wanted);
    for (uint32_t i = 0; i < people; i++) {
        d->key[i] = random_u64(&r);
        d->wanted[i] = (uint16_t)random_below(&r, most + 1u);
        for (uint32_t j = 0; j < each; j++) {
            uint32_t b = random_below(&r, people), low = i < b ? i : b, high = i < b ? b : i;
            d->a[d->count] = i;
            d->b[d->count] = b;
            /* a pair drawn twice must weigh the same; many weigh alike */
            d->weight[d->count++] = 1 + (low * 31 + high * 17) % 50;
        }
    }
}

static void undraw(struct drawn *d)
{
    memory_free(d->a);
    memory_free(d->b);
    memory_free(d->weight);
    memory_free(d->key);
    memory_free(d->wanted);
}

static void pairs_of(const struct drawn *d, unsigned threads, struct suggest_pairs *pairs)
{
    suggest_pairs_from(d->people, d->key, d->count, d->a, d->b, d->weight, threads, pairs);
}

static uint32_t weight_of(const struct suggest_pairs *pairs, uint32_t a, uint32_t b)
{
    for (uint64_t i = pairs->start[a]; i < pairs->start[a + 1]; i++)
        if (pairs->partner[i] == b)
            return pairs->weight[i];
    return 0;
}

/* Mutual, no more than wanted, only pairs that are there, nobody twice, the total right. */
static void check_round(const struct suggest_pairs *pairs, const uint16_t *wanted,
                        const struct suggest_round *round)
{
    uint64_t twice = 0;
    for (uint32_t v = 0; v < pairs->people; v++) {
        assert_true(round->got[v] <= wanted[v]);
        for (uint32_t i = 0; i < round->got[v]; i++) {
            uint64_t at = round->start[v] + i;
            uint32_t u = round->partner[at], back = 0;
            assert_int_equal(round->weight[at], weight_of(pairs, v, u));
            assert_true(round->weight[at] > 0);
            for (uint32_t j = 0; j < round->got[u]; j++)
                back += round->partner[round->start[u] + j] == v;
            assert_int_equal(back, 1);
            twice += round->weight[at];
        }
    }
    assert_int_equal(twice, 2 * round->total);
}

static void rounds_keep_their_promises(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct drawn d;
        struct suggest_pairs pairs;
        struct suggest_round round;
        struct suggest_round_settings how = { .threads = 1 };
        draw(&d, 5 + (uint32_t)seed, 1 + (uint32_t)seed % 6, (uint16_t)(1 + seed % 4), seed);
        pairs_of(&d, 1, &pairs);
        suggest_round_make(&pairs, d.wanted, &how, &round);
        check_round(&pairs, d.wanted, &round);
        double bound = suggest_round_bound(&pairs, d.wanted, 20);
        assert_true((double)round.total <= bound + 1e-6);
        suggest_round_free(&round);
        suggest_pairs_free(&pairs);
        undraw(&d);
    }
}

static void threads_agree(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct drawn d;
        struct suggest_pairs one, two;
        struct suggest_round first, second;
        draw(&d, 4000, 8, 3, seed);
        pairs_of(&d, 1, &one);
        pairs_of(&d, 2, &two);
        assert_memory_equal(one.start, two.start, 4001 * sizeof *one.start);
        assert_memory_equal(one.partner, two.partner, one.start[4000] * sizeof *one.partner);
        struct suggest_round_settings alone = { .threads = 1, .effort = 300000 };
        struct suggest_round_settings both = { .threads = 2, .effort = 300000 };
        suggest_round_make(&one, d.wanted, &alone, &first);
        suggest_round_make(&two, d.wanted, &both, &second);
        assert_int_equal(first.total, second.total);
        assert_memory_equal(first.got, second.got, 4000 * sizeof *first.got);
        for (uint32_t v = 0; v < 4000; v++)
            assert_memory_equal(first.partner + first.start[v], second.partner + second.start[v],
                                first.got[v] * sizeof *first.partner);
        suggest_round_free(&first);
        suggest_round_free(&second);
        suggest_pairs_free(&one);
        suggest_pairs_free(&two);
        undraw(&d);
    }
}

/* Heaviest b-matching by trying everything. */
static uint64_t try_all(const struct drawn *d, uint64_t at, uint16_t *left)
{
    if (at == d->count)
        return 0;
    uint64_t best = try_all(d, at + 1, left);
    uint32_t a = d->a[at], b = d->b[at];
    if (a != b && left[a] && left[b]) {
        left[a]--, left[b]--;
        uint64_t with = d->weight[at] + try_all(d, at + 1, left);
        left[a]++, left[b]++;
        best = with > best ? with : best;
    }
    return best;
}

static void small_rounds_are_the_heaviest(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct drawn d;
        struct suggest_pairs pairs;
        struct suggest_round round;
        struct suggest_round_settings how = { .threads = 1, .without_share = true };
        draw(&d, 8, 2, 3, seed);
        uint64_t kept = 0; /* each pair once */
        for (uint64_t i = 0; i < d.count; i++) {
            bool seen = false;
            for (uint64_t j = 0; j < kept && !seen; j++)
                seen = (d.a[j] == d.a[i] && d.b[j] == d.b[i]) ||
                       (d.a[j] == d.b[i] && d.b[j] == d.a[i]);
            if (!seen) {
                d.a[kept] = d.a[i], d.b[kept] = d.b[i], d.weight[kept++] = d.weight[i];
            }
        }
        d.count = kept;
        pairs_of(&d, 1, &pairs);
        suggest_round_make(&pairs, d.wanted, &how, &round);
        uint64_t best = try_all(&d, 0, d.wanted);
        assert_true(round.total <= best);
        assert_true((double)round.total >= 0.98 * (double)best);
        suggest_round_free(&round);
        suggest_pairs_free(&pairs);
        undraw(&d);
    }
}

/* A row of four: the heaviest takes the middle pair only, the fair one leaves nobody out. */
static void nobody_is_left_out(void **state)
{
    (void)state;
    uint32_t a[] = { 0, 1, 2 }, b[] = { 1, 2, 3 }, weight[] = { 10, 100, 10 };
    uint64_t key[] = { 4, 3, 2, 1 };
    uint16_t wanted[] = { 1, 1, 1, 1 };
    struct suggest_pairs pairs;
    struct suggest_round round;
    struct suggest_round_settings unfair = { .without_share = true }, fair = { 0 };
    suggest_pairs_from(4, key, 3, a, b, weight, 1, &pairs);
    suggest_round_make(&pairs, wanted, &unfair, &round);
    assert_int_equal(round.total, 100);
    assert_int_equal(round.left_out, 2);
    suggest_round_free(&round);
    suggest_round_make(&pairs, wanted, &fair, &round);
    assert_int_equal(round.total, 20);
    assert_int_equal(round.left_out, 0);
    assert_int_equal(round.unfair, 100);
    suggest_round_free(&round);
    suggest_pairs_free(&pairs);
}

/* With choice enough, everybody with the same wish gets alike, at next to no cost. */
static void shares_are_fair(void **state)
{
    (void)state;
    struct drawn d;
    struct suggest_pairs pairs;
    struct suggest_round round;
    struct suggest_round_settings how = { .threads = 1 };
    draw(&d, 600, 8, 3, 5);
    for (uint32_t i = 0; i < d.people; i++)
        d.wanted[i] = 3;
    pairs_of(&d, 1, &pairs);
    suggest_round_make(&pairs, d.wanted, &how, &round);
    check_round(&pairs, d.wanted, &round);
    assert_int_equal(round.left_out, 0);
    assert_true((double)round.total >= 0.97 * (double)round.unfair);
    assert_true((double)round.total >= 0.95 * suggest_round_bound(&pairs, d.wanted, 20));
    assert_true(suggest_gini(round.got, d.people) <= 0.2);
    suggest_round_free(&round);
    suggest_pairs_free(&pairs);
    undraw(&d);
}

static void gini_by_hand(void **state)
{
    (void)state;
    uint32_t alike[] = { 2, 2, 2 }, one[] = { 0, 4, 0, 0 };
    assert_true(suggest_gini(alike, 3) < 1e-9);
    assert_true(suggest_gini(one, 4) > 0.7499 && suggest_gini(one, 4) < 0.7501);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_keep_their_promises),
        cmocka_unit_test(threads_agree),
        cmocka_unit_test(small_rounds_are_the_heaviest),
        cmocka_unit_test(nobody_is_left_out),
        cmocka_unit_test(shares_are_fair),
        cmocka_unit_test(gini_by_hand),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
