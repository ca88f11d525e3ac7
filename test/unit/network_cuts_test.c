/* Who hangs on whom: small networks by hand, random ones against the slow, plain way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"
#include "maths/random.h"

enum { MOST = 40 };

static struct team *one, *two;

static void make_graph(struct csr *g, uint32_t people, uint32_t lines, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    uint32_t a[400], b[400];
    for (uint32_t i = 0; i < lines; i++) {
        a[i] = random_below(&r, people);
        b[i] = random_below(&r, people);
    }
    graph_from_lines(g, people, a, b, lines, one);
}

/* Marks everybody in reach of `from` while `away` is away; returns how many. */
static uint32_t reach(const struct csr *g, uint32_t from, uint32_t away, uint8_t *met)
{
    uint32_t stack[MOST], top = 0, count = 1;
    stack[top++] = from;
    met[from] = 1;
    while (top) {
        uint32_t v = stack[--top];
        for (uint64_t e = g->start[v]; e < g->start[v + 1]; e++) {
            uint32_t w = g->target[e];
            if (w == away || met[w])
                continue;
            met[w] = 1;
            count++;
            stack[top++] = w;
        }
    }
    return count;
}

static struct network_leave slow_leave(const struct csr *g, uint32_t person)
{
    struct network_leave leave = { 0 };
    uint8_t met[MOST] = { 0 };
    uint64_t others = 0, together = 0;
    met[person] = 1;
    for (uint64_t e = g->start[person]; e < g->start[person + 1]; e++) {
        if (met[g->target[e]])
            continue;
        uint32_t size = reach(g, g->target[e], person, met);
        leave.pieces++;
        leave.largest = size > leave.largest ? size : leave.largest;
        others += size;
        together += (uint64_t)size * (size - 1) / 2;
    }
    leave.apart = others * (others - (others > 0)) / 2 - together;
    return leave;
}

static void leaving_equals_the_slow_way(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct csr g;
        struct network_cuts cuts;
        uint32_t people = 1 + (uint32_t)(seed * 7 % MOST);
        make_graph(&g, people, (uint32_t)(seed % 60), seed);
        network_cuts(&cuts, &g, seed % 2 ? one : two);
        uint32_t points = 0;
        for (uint32_t v = 0; v < people; v++) {
            struct network_leave slow = slow_leave(&g, v), fast = *network_leave(&cuts, v);
            assert_int_equal(slow.pieces, fast.pieces);
            assert_int_equal(slow.largest, fast.largest);
            assert_int_equal(slow.apart, fast.apart);
            points += slow.pieces > 1;
        }
        assert_int_equal(points, cuts.points);
        network_cuts_free(&cuts);
        graph_free(&g);
    }
}

static void a_set_leaving_one_by_one_equals_each_alone(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct csr g;
        struct network_cuts cuts;
        struct network_after after[3];
        uint32_t people = 4 + (uint32_t)(seed % 30), label[MOST];
        make_graph(&g, people, people + (uint32_t)(seed % 20), seed + 1000);
        network_cuts(&cuts, &g, one);
        for (uint32_t v = 0; v < people; v++) {
            network_without(&g, &v, 1, after, NULL);
            assert_int_equal(after[0].components, cuts.components);
            assert_int_equal(after[1].apart, network_leave(&cuts, v)->apart);
            assert_int_equal(after[1].people, people - 1);
        }
        uint32_t pair[2] = { 0, people - 1 }, turned[2] = { people - 1, 0 };
        network_without(&g, pair, 2, after, label);
        struct network_after last = after[2];
        network_without(&g, turned, 2, after, NULL);
        assert_memory_equal(&last, &after[2], sizeof last);
        assert_int_equal(label[0], NETWORK_NOBODY);
        uint8_t met[MOST] = { 0 };
        met[0] = met[people - 1] = 1;
        uint32_t first = 1, size = reach(&g, first, 0, met), same = 0;
        for (uint32_t v = 0; v < people; v++)
            same += label[v] == label[first];
        assert_true(same <= size); /* the walk may still pass the second who left */
        network_cuts_free(&cuts);
        graph_free(&g);
    }
}

/* Two triangles that share a line between 2 and 3. */
static void a_bridge_between_two_triangles(void **state)
{
    (void)state;
    const uint32_t a[] = { 0, 1, 2, 2, 3, 4, 5, 3 }, b[] = { 1, 2, 0, 3, 4, 5, 3, 2 };
    struct csr g;
    struct network_cuts cuts;
    uint32_t core[6];
    graph_from_lines(&g, 6, a, b, 8, two);
    assert_int_equal(g.start[6], 14); /* the line 2-3 was given twice */
    network_cuts(&cuts, &g, two);
    assert_int_equal(cuts.components, 1);
    assert_int_equal(cuts.bridges, 1);
    assert_int_equal(cuts.points, 2);
    assert_int_equal(network_leave(&cuts, 2)->apart, 6);
    assert_int_equal(network_leave(&cuts, 0)->pieces, 1);
    assert_int_equal(network_core(&g, core), 2);
    network_cuts_free(&cuts);
    graph_free(&g);
}

static void nobody_and_somebody_alone(void **state)
{
    (void)state;
    struct csr g;
    struct network_cuts cuts;
    struct network_after after;
    graph_from_lines(&g, 0, NULL, NULL, 0, one);
    network_cuts(&cuts, &g, two);
    assert_int_equal(cuts.components, 0);
    network_without(&g, NULL, 0, &after, NULL);
    assert_int_equal(after.pairs, 0);
    network_cuts_free(&cuts);
    graph_free(&g);
    uint32_t self = 0, core;
    graph_from_lines(&g, 1, &self, &self, 1, one);
    assert_int_equal(g.start[1], 0);
    network_cuts(&cuts, &g, one);
    assert_int_equal(network_leave(&cuts, 0)->pieces, 0);
    assert_int_equal(network_core(&g, &core), 0);
    network_cuts_free(&cuts);
    graph_free(&g);
}

static void other_numbers_the_same_answer(void **state)
{
    (void)state;
    uint32_t a[90], b[90], turned_a[90], turned_b[90];
    struct random r;
    random_seed(&r, 5);
    for (int i = 0; i < 90; i++) {
        a[i] = random_below(&r, 60);
        b[i] = random_below(&r, 60);
        turned_a[i] = b[i] * 7 % 60; /* 7 and 60 share no factor: a permutation */
        turned_b[i] = a[i] * 7 % 60;
    }
    struct csr g, h;
    struct network_cuts x, y;
    graph_from_lines(&g, 60, a, b, 90, one);
    graph_from_lines(&h, 60, turned_a, turned_b, 90, two);
    network_cuts(&x, &g, one);
    network_cuts(&y, &h, two);
    assert_int_equal(x.components, y.components);
    assert_int_equal(x.bridges, y.bridges);
    for (uint32_t v = 0; v < 60; v++)
        assert_memory_equal(network_leave(&x, v), network_leave(&y, v * 7 % 60),
                            sizeof(struct network_leave));
    network_cuts_free(&x);
    network_cuts_free(&y);
    graph_free(&g);
    graph_free(&h);
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
        cmocka_unit_test(leaving_equals_the_slow_way),
        cmocka_unit_test(a_set_leaving_one_by_one_equals_each_alone),
        cmocka_unit_test(a_bridge_between_two_triangles),
        cmocka_unit_test(nobody_and_somebody_alone),
        cmocka_unit_test(other_numbers_the_same_answer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_teams, close_teams);
}
