/* Groups and shortest ways: the same on any number of threads, right where it can be known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "maths/graph.h"
#include "maths/network.h"
#include "maths/network_groups.h"
#include "maths/network_layout.h"
#include "maths/random.h"

static struct team *one, *two;

/* Streets of ten in which people know four others, and one line in ten across town. */
static void make_town(struct csr *g, uint32_t people, uint64_t seed)
{
    struct random r;
    random_seed(&r, seed);
    uint32_t lines = people * 3;
    uint32_t *a = memory_new(lines, sizeof *a), *b = memory_new(lines, sizeof *b);
    for (uint32_t i = 0; i < lines; i++) {
        a[i] = random_below(&r, people);
        b[i] = random_below(&r, 10) == 0 ? random_below(&r, people)
                                         : a[i] / 10 * 10 + random_below(&r, 10);
        b[i] = b[i] < people ? b[i] : people - 1;
    }
    graph_from_lines(g, people, a, b, lines, two);
    memory_free(a);
    memory_free(b);
}

static void groups_are_the_same_on_one_and_two_threads(void **state)
{
    (void)state;
    const uint32_t sizes[] = { 300, 9000, 30000 };
    for (int i = 0; i < 3; i++) {
        struct csr g;
        struct network_groups x, y;
        make_town(&g, sizes[i], (uint64_t)i + 1);
        network_groups(&x, &g, 2, 7, one);
        network_groups(&y, &g, 2, 7, two);
        assert_memory_equal(x.group, y.group, sizes[i] * sizeof *x.group);
        assert_true(x.modularity == y.modularity);
        assert_true(x.modularity > 0.7);
        assert_int_equal(x.inside + x.between, g.start[g.rows] / 2);
        network_groups_free(&x);
        network_groups_free(&y);
        graph_free(&g);
    }
}

static void every_group_hangs_together(void **state)
{
    (void)state;
    struct csr g;
    struct network_groups groups;
    make_town(&g, 5000, 3);
    network_groups(&groups, &g, 2, 1, two);
    uint8_t *met = memory_new(5000, 1), *begun = memory_new(5000, 1);
    uint32_t *stack = memory_new(5000, sizeof *stack);
    for (uint32_t v = 0; v < 5000; v++) {
        if (met[v])
            continue;
        assert_false(begun[groups.group[v]]); /* all of the group was met from its first */
        begun[groups.group[v]] = met[v] = 1;
        uint32_t top = 0;
        stack[top++] = v;
        while (top) {
            uint32_t u = stack[--top];
            for (uint64_t e = g.start[u]; e < g.start[u + 1]; e++) {
                uint32_t w = g.target[e];
                if (met[w] || groups.group[w] != groups.group[u])
                    continue;
                met[w] = 1;
                stack[top++] = w;
            }
        }
    }
    memory_free(met);
    memory_free(begun);
    memory_free(stack);
    network_groups_free(&groups);
    graph_free(&g);
}

static void two_rings_of_friends_are_two_groups(void **state)
{
    (void)state;
    uint32_t a[13], b[13], n = 0;
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t j = 0; j < i; j++) {
            a[n] = i;
            b[n++] = j;
            a[n] = i + 4;
            b[n++] = j + 4;
        }
    a[n] = 0;
    b[n++] = 7;
    struct csr g;
    struct network_groups groups;
    graph_from_lines(&g, 8, a, b, n, one);
    network_groups(&groups, &g, 1, 1, one);
    assert_int_equal(groups.groups, 2);
    assert_int_equal(groups.inside, 12);
    assert_int_equal(groups.between, 1);
    assert_true(fabs(groups.modularity - (12.0 / 13 - 0.5)) < 1e-12);
    network_groups_free(&groups);
    graph_free(&g);
}

static void between_is_the_same_in_plain_c_and_on_any_team(void **state)
{
    (void)state;
    struct csr g;
    enum { PEOPLE = 2000 };
    static double a[PEOPLE], b[PEOPLE], c[PEOPLE], e[PEOPLE], f[PEOPLE];
    make_town(&g, PEOPLE, 9);
    network_between(&g, 300, 4, a, e, one);
    network_between(&g, 300, 4, b, f, two);
    network_between_portable(&g, 300, 4, c, f, two);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_equal(a, c, sizeof a);
    network_between(&g, 0, 4, b, f, two);
    int near = 0;
    double sampled = 0, exact = 0;
    for (int v = 0; v < PEOPLE; v++) {
        assert_true(f[v] == 0);
        near += fabs(a[v] - b[v]) <= 2 * e[v] + 1e-9;
        sampled += a[v];
        exact += b[v];
    }
    assert_true(fabs(sampled / exact - 1) < 0.02);
    assert_true(near > PEOPLE * 65 / 100); /* on the outskirts few sources tell most */
    graph_free(&g);
}

static void between_on_a_row_and_a_star(void **state)
{
    (void)state;
    uint32_t a[600], b[600];
    static double score[601], error[601];
    struct csr g;
    for (uint32_t i = 0; i < 600; i++) {
        a[i] = i;
        b[i] = i + 1;
    }
    graph_from_lines(&g, 601, a, b, 600, one); /* more levels than fit in a byte */
    network_between(&g, 0, 1, score, error, two);
    for (uint32_t v = 0; v < 601; v++)
        assert_true(fabs(score[v] - (double)v * (600 - v)) < 1e-6 * (1 + score[v]));
    graph_free(&g);
    for (uint32_t i = 0; i < 600; i++)
        a[i] = 600;
    for (uint32_t i = 0; i < 600; i++)
        b[i] = i;
    graph_from_lines(&g, 601, a, b, 600, one);
    network_between(&g, 0, 1, score, error, two);
    assert_true(fabs(score[600] - 600.0 * 599 / 2) < 1e-3);
    assert_true(fabs(score[0]) < 1e-6);
    graph_free(&g);
}

static void a_drawing_stays_in_its_frame(void **state)
{
    (void)state;
    struct csr g;
    static double x[200], y[200];
    make_town(&g, 200, 2);
    network_layout(&g, NULL, 1, x, y);
    for (int i = 0; i < 200; i++)
        assert_true(x[i] >= -1e-9 && x[i] <= 1 + 1e-9 && y[i] >= -1e-9 && y[i] <= 1 + 1e-9);
    graph_free(&g);
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
        cmocka_unit_test(groups_are_the_same_on_one_and_two_threads),
        cmocka_unit_test(every_group_hangs_together),
        cmocka_unit_test(two_rings_of_friends_are_two_groups),
        cmocka_unit_test(between_is_the_same_in_plain_c_and_on_any_team),
        cmocka_unit_test(between_on_a_row_and_a_star),
        cmocka_unit_test(a_drawing_stays_in_its_frame),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_teams, close_teams);
}
