/* The weights, the lists and the reasons of a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/memory.h"
#include "maths/random.h"
#include "maths/suggest.h"

#define WORDS 60u

/* A made-up place in arrays, its rows in the order of `turn`. */
struct made {
    uint32_t people;
    uint64_t lines;
    float *x, *y;
    uint16_t *open;
    uint64_t *key;
    uint32_t *start[4], *tag[4], *a, *b;
    uint32_t *turn; /* row -> who */
};

static uint32_t *shuffled(uint32_t count, uint64_t seed)
{
    uint32_t *turn = memory_new(count, sizeof *turn);
    struct random r;
    random_seed(&r, seed);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = seed ? random_below(&r, i + 1) : i;
        turn[i] = turn[j];
        turn[j] = i;
    }
    return turn;
}

static void make_tags(struct made *m, int list, uint32_t most, uint32_t words)
{
    m->start[list] = memory_new(m->people + 1u, sizeof(uint32_t));
    m->tag[list] = memory_new((size_t)m->people * most, sizeof(uint32_t));
    uint32_t total = 0;
    for (uint32_t row = 0; row < m->people; row++) {
        struct random own;
        random_split(&own, 77 + (uint64_t)list, m->turn[row]);
        uint32_t count = random_below(&own, most + 1);
        for (uint32_t i = 0; i < count; i++)
            m->tag[list][total++] = random_below(&own, words);
        m->start[list][row + 1] = total;
    }
}

static void make_place(struct made *m, uint32_t people, uint64_t lines, uint64_t order)
{
    *m = (struct made){ .people = people, .lines = lines };
    m->turn = shuffled(people, order);
    m->x = memory_new(people, sizeof *m->x);
    m->y = memory_new(people, sizeof *m->y);
    m->open = memory_new(people, sizeof *m->open);
    m->key = memory_new(people, sizeof *m->key);
    uint32_t *row_of = memory_new(people, sizeof *row_of);
    for (uint32_t row = 0; row < people; row++) {
        struct random own;
        uint32_t who = m->turn[row];
        row_of[who] = row;
        random_split(&own, 5, who);
        m->x[row] = random_below(&own, 9) == 0 ? NAN : (float)(random_unit(&own) * 600);
        m->y[row] = (float)(random_unit(&own) * 600);
        m->open[row] = (uint16_t)random_below(&own, 4);
        m->key[row] = random_u64(&own);
    }
    make_tags(m, 0, 2, 5);
    make_tags(m, 1, 9, WORDS);
    make_tags(m, 2, 5, WORDS);
    make_tags(m, 3, 5, WORDS);
    m->a = memory_new(lines, sizeof *m->a);
    m->b = memory_new(lines, sizeof *m->b);
    uint32_t *line_turn = shuffled((uint32_t)lines, order);
    for (uint64_t l = 0; l < lines; l++) {
        struct random own;
        random_split(&own, 9, l);
        uint32_t a = random_below(&own, people);
        uint32_t b = random_below(&own, 5) ? (a + random_below(&own, 30)) % people : 0;
        m->a[line_turn[l]] = row_of[a];
        m->b[line_turn[l]] = row_of[b];
    }
    memory_free(line_turn);
    memory_free(row_of);
}

static void unmake(struct made *m)
{
    void *all[] = { m->x, m->y, m->open, m->key, m->a, m->b, m->turn };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
        memory_free(all[i]);
    for (int l = 0; l < 4; l++) {
        memory_free(m->start[l]);
        memory_free(m->tag[l]);
    }
}

static struct suggest_place *open_place(const struct made *m, unsigned threads)
{
    struct suggest_people people = { m->people,
                                     m->x,
                                     m->y,
                                     m->open,
                                     m->key,
                                     { 5, m->start[0], m->tag[0] },
                                     { WORDS, m->start[1], m->tag[1] },
                                     { WORDS, m->start[2], m->tag[2] },
                                     { WORDS, m->start[3], m->tag[3] } };
    struct suggest_lines lines = { m->lines, m->a, m->b };
    struct suggest_settings settings = { .threads = threads };
    return suggest_open(&people, &lines, &settings);
}

/* Three people, two interests, one friend in common: every number by hand. */
static void weights_by_hand(void **state)
{
    (void)state;
    float x[] = { 0, 0, 500 }, y[] = { 0, 10, 0 };
    uint16_t open[] = { 1, 1, 1 };
    uint64_t key[] = { 1, 2, 3 };
    uint32_t none[] = { 0, 0, 0, 0 }, tag[] = { 0, 0, 1, 0, 0 };
    uint32_t strong[] = { 0, 1, 1, 1 }, wish[] = { 0, 0, 1, 1 }, likes[] = { 0, 1, 3, 3 };
    uint32_t a[] = { 0, 1, 1, 2 }, b[] = { 2, 2, 2, 2 };
    struct suggest_people people = { 3,
                                     x,
                                     y,
                                     open,
                                     key,
                                     { 0, none, tag },
                                     { 1, strong, tag },
                                     { 1, wish, tag },
                                     { 2, likes, tag } };
    struct suggest_lines lines = { 4, a, b };
    struct suggest_settings settings = { .threads = 1 };
    struct suggest_place *place = suggest_open(&people, &lines, &settings);
    double rare2 = log(3.0 / 2) / log(3.0), near = 1000.0 / 1010.0, one = 1 / log(2.0);
    uint32_t interest = (uint32_t)(10000 * rare2 * near + 0.5);
    uint32_t strength = (uint32_t)(10000 * near + 0.5);
    uint32_t friends = (uint32_t)(30000 * one / (2 + one) + 0.5);
    uint32_t porch = (uint32_t)(5000 * (1 - 10.0 / 50) + 0.5);
    struct suggest_reason r[8];
    assert_int_equal(suggest_reasons(place, 0, 1, r, 8), 4);
    assert_int_equal(r[0].kind, SUGGEST_FRIENDS);
    assert_true(abs((int)r[0].weight - (int)friends) <= 1);
    assert_int_equal(r[1].kind, SUGGEST_STRENGTH);
    assert_true(abs((int)r[1].weight - (int)strength) <= 1);
    assert_int_equal(r[2].kind, SUGGEST_PORCH);
    assert_int_equal(r[2].weight, porch);
    assert_int_equal(r[2].count, 10);
    assert_int_equal(r[3].kind, SUGGEST_INTEREST);
    assert_true(abs((int)r[3].weight - (int)interest) <= 1);
    assert_int_equal(r[3].count, 2);
    assert_int_equal(suggest_reasons(place, 1, 0, r, 8), 4);
    assert_int_equal(r[1].kind, SUGGEST_WISH);
    assert_int_equal(suggest_weight(place, 0, 2), 0); /* a line is there */
    assert_int_equal(suggest_weight(place, 0, 0), 0);
    suggest_close(place);
}

static void reasons_add_up_and_are_mutual(void **state)
{
    (void)state;
    struct made m;
    make_place(&m, 90, 300, 0);
    struct suggest_place *place = open_place(&m, 1);
    uint32_t pairs = 0;
    for (uint32_t a = 0; a < 90; a++)
        for (uint32_t b = 0; b < 90; b++) {
            struct suggest_reason r[64];
            uint32_t count = suggest_reasons(place, a, b, r, 64), sum = 0;
            for (uint32_t i = 0; i < count; i++) {
                sum += r[i].weight;
                assert_true(i == 0 || r[i].weight <= r[i - 1].weight);
            }
            assert_int_equal(sum, suggest_weight(place, a, b));
            assert_int_equal(sum, suggest_weight(place, b, a));
            if (m.open[a] == 0)
                assert_int_equal(sum, 0);
            pairs += sum > 0;
        }
    assert_true(pairs > 500);
    suggest_close(place);
    unmake(&m);
}

/* A small place is looked at whole: the list is the best of all weights. */
static void lists_are_exact_when_small(void **state)
{
    (void)state;
    struct made m;
    make_place(&m, 700, 4000, 0); /* person 0 is a hub with more lines than SUGGEST_HUB */
    struct suggest_place *place = open_place(&m, 1);
    struct suggest_scratch *scratch = suggest_scratch_new(place);
    for (uint32_t me = 0; me < 700; me += 7) {
        struct suggest_partner list[12];
        uint32_t found = suggest_list(place, scratch, me, 12, list), heavier = 0, admissible = 0;
        for (uint32_t i = 0; i < found; i++)
            assert_int_equal(list[i].weight, suggest_weight(place, me, list[i].person));
        for (uint32_t i = 0; i < 700; i++) {
            uint32_t weight = suggest_weight(place, me, i);
            admissible += weight > 0;
            heavier += found > 0 && weight > list[found - 1].weight;
        }
        assert_int_equal(found, admissible < 12 ? admissible : 12);
        assert_true(heavier < 12);
    }
    suggest_scratch_free(scratch);
    suggest_close(place);
    unmake(&m);
}

/* In a large place the choice is narrower, the weights are not, and nobody is forgotten. */
static void lists_are_honest_when_large(void **state)
{
    (void)state;
    struct made m;
    make_place(&m, SUGGEST_SMALL + 1500, 15000, 0);
    struct suggest_place *place = open_place(&m, 2);
    struct suggest_scratch *scratch = suggest_scratch_new(place);
    for (uint32_t me = 0; me < m.people; me += 13) {
        struct suggest_partner list[10];
        uint32_t found = suggest_list(place, scratch, me, 10, list);
        for (uint32_t i = 0; i < found; i++)
            assert_int_equal(list[i].weight, suggest_weight(place, me, list[i].person));
        assert_true(m.open[me] == 0 ? found == 0 : found == 10);
    }
    suggest_scratch_free(scratch);
    suggest_close(place);
    unmake(&m);
}

static void nothing_depends_on_rows_or_threads(void **state)
{
    (void)state;
    struct made m, other;
    make_place(&m, 2000, 9000, 0);
    make_place(&other, 2000, 9000, 3);
    struct suggest_place *place = open_place(&m, 1), *moved = open_place(&other, 2);
    struct suggest_lists one, two;
    suggest_lists(place, 8, 1, &one);
    suggest_lists(moved, 8, 2, &two);
    for (uint32_t i = 0; i < 2000; i++) {
        assert_int_equal(m.turn[suggest_person_at(place, i)],
                         other.turn[suggest_person_at(moved, i)]);
        assert_int_equal(one.found[i], two.found[i]);
        for (uint32_t j = 0; j < one.found[i]; j++) {
            assert_int_equal(one.partner[i * 8 + j].person, two.partner[i * 8 + j].person);
            assert_int_equal(one.partner[i * 8 + j].weight, two.partner[i * 8 + j].weight);
        }
    }
    suggest_lists_free(&one);
    suggest_lists_free(&two);
    suggest_close(place);
    suggest_close(moved);
    unmake(&m);
    unmake(&other);
}

/* Forty strangers become lines of one person: those who knew them already weigh no more. */
static void a_hub_gains_nothing(void **state)
{
    (void)state;
    struct made m;
    make_place(&m, 300, 900, 0);
    struct suggest_place *place = open_place(&m, 1);
    uint32_t hub = 150, before[300];
    for (uint32_t i = 0; i < 300; i++)
        before[i] = suggest_weight(place, hub, i);
    suggest_close(place);
    m.a = memory_grow(m.a, m.lines + 40, sizeof *m.a);
    m.b = memory_grow(m.b, m.lines + 40, sizeof *m.b);
    for (uint32_t i = 0; i < 40; i++) {
        m.a[m.lines] = hub;
        m.b[m.lines++] = (hub + 60 + i) % 300;
    }
    place = open_place(&m, 1);
    uint64_t sum_before = 0, sum_after = 0;
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t after = suggest_weight(place, hub, i), common[4];
        if (after == 0)
            continue;
        sum_before += before[i];
        sum_after += after;
        if (suggest_friends(place, hub, i, common, 4) == 0)
            assert_true(after <= before[i]);
    }
    /* ten times the lines: hardly heavier in all (a few more friends in common, each worth less) */
    assert_true((double)sum_after < 1.1 * (double)sum_before);
    suggest_close(place);
    unmake(&m);
}

static void an_empty_place(void **state)
{
    (void)state;
    uint32_t start[2] = { 0, 0 };
    struct suggest_people people = { .languages.start = start,
                                     .strengths.start = start,
                                     .wishes.start = start,
                                     .interests.start = start };
    struct suggest_lines lines = { 0 };
    struct suggest_settings settings = { 0 };
    struct suggest_place *place = suggest_open(&people, &lines, &settings);
    struct suggest_pairs pairs;
    struct suggest_round round;
    struct suggest_round_settings how = { 0 };
    suggest_pairs_of(place, 10, 5, 1, &pairs);
    suggest_round_make(&pairs, NULL, &how, &round);
    assert_int_equal(round.total, 0);
    suggest_round_free(&round);
    suggest_pairs_free(&pairs);
    suggest_close(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_by_hand),
        cmocka_unit_test(reasons_add_up_and_are_mutual),
        cmocka_unit_test(lists_are_exact_when_small),
        cmocka_unit_test(lists_are_honest_when_large),
        cmocka_unit_test(nothing_depends_on_rows_or_threads),
        cmocka_unit_test(a_hub_gains_nothing),
        cmocka_unit_test(an_empty_place),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
