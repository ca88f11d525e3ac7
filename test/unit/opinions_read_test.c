#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "commands/opinions_hull.h"
#include "commands/opinions_read.h"

static float vote_of(const struct opinions_table *t, const char *person, const char *statement)
{
    uint32_t i = t->person_row[opinions_names_find(&t->people, str_of(person))];
    uint32_t j = t->statement_column[opinions_names_find(&t->statements, str_of(statement))];
    for (uint64_t e = t->votes.start[i]; e < t->votes.start[i + 1]; e++)
        if (t->votes.target[e] == j)
            return t->votes.value[e];
    return 9;
}

static void read_good(struct opinions_table *t, const char *votes, const char *comments)
{
    struct opinions_wrong wrong;
    assert_true(opinions_table_read(t, str_of(votes), str_of(comments), &wrong));
}

static void refused(const char *votes, const char *comments, uint32_t line, uint32_t column,
                    const char *expected)
{
    struct opinions_table t;
    struct opinions_wrong wrong;
    assert_false(opinions_table_read(&t, str_of(votes), str_of(comments), &wrong));
    assert_int_equal(wrong.in_comments, comments != NULL);
    assert_int_equal(wrong.error.line, line);
    assert_int_equal(wrong.error.column, column);
    assert_non_null(strstr(wrong.error.expected, expected));
}

static void the_last_vote_counts(void **state)
{
    (void)state;
    struct opinions_table t;
    read_good(&t,
              "timestamp,datetime,comment-id,voter-id,vote\n"
              "20,x,0,a,1\n10,x,0,a,-1\n"  /* the later one stands first */
              "30,x,10,a,1\n30,x,10,a,0\n" /* same time: the later line */
              "5,x,9,b,-1\n",
              NULL);
    assert_int_equal(t.votes.rows, 2);
    assert_int_equal(t.votes.columns, 3);
    assert_true(vote_of(&t, "a", "0") == 1.0f);
    assert_true(vote_of(&t, "a", "10") == 0.0f);
    assert_true(vote_of(&t, "b", "9") == -1.0f);
    assert_true(vote_of(&t, "b", "0") == 9);
    assert_true(str_is(t.statement[1], STR("9"))); /* by value, not by letters */
    opinions_table_free(&t);
}

static void both_layouts_give_the_same_matrix(void **state)
{
    (void)state;
    struct opinions_table wide, lengthy;
    read_good(&wide, "participant,group-id,n-votes,2,1\nb,,2,1,-1\na,1,1,,0\n", NULL);
    read_good(&lengthy, "voter-id,vote,comment-id\na,0,1\nb,-1,1\nb,1,2\n", NULL);
    assert_int_equal(wide.votes.start[2], 3);
    assert_memory_equal(wide.votes.start, lengthy.votes.start, 3 * sizeof(uint64_t));
    assert_memory_equal(wide.votes.target, lengthy.votes.target, 3 * sizeof(uint32_t));
    assert_memory_equal(wide.votes.value, lengthy.votes.value, 3 * sizeof(float));
    assert_true(str_is(wide.person[0], STR("a")) && str_is(lengthy.person[0], STR("a")));
    opinions_table_free(&wide);
    opinions_table_free(&lengthy);
}

static void moderated_away_is_left_out(void **state)
{
    (void)state;
    struct opinions_table t;
    read_good(&t, "participant,1,2,3\na,1,1,1\nb,,-1,\n",
              "comment-id,moderated,comment-body\n2,-1,gone\n3,1,\"stays, \"\"so\"\"\"\n7,0,new\n");
    assert_int_equal(t.votes.columns, 2);
    assert_int_equal(t.left_out, 1);
    assert_int_equal(t.votes.start[2], 2);
    assert_int_equal(t.votes.start[1], 2); /* b only voted on what is gone */
    assert_true(str_is(t.text[1], STR("stays, \"so\"")));
    assert_int_equal(t.text[0].len, 0);
    opinions_table_free(&t);
}

static void refuses_with_file_line_and_column(void **state)
{
    (void)state;
    refused("", NULL, 1, 1, "'participant'");
    refused("a,b\n", NULL, 1, 1, "'participant'");
    refused("participant,1\na,2\n", NULL, 2, 3, "1 (agree)");
    refused("participant,1\na,1\na,1\n", NULL, 3, 1, "every participant once");
    refused("participant,1,1\n", NULL, 1, 15, "every statement once");
    refused("participant,1\n,1\n", NULL, 2, 1, "the id of a participant");
    refused("comment-id,voter-id,vote\n1,a,\n", NULL, 2, 5, "1 (agree)");
    refused("comment-id,voter-id,vote,timestamp\n1,a,1,soon\n", NULL, 2, 7, "whole number");
    refused("comment-id,voter-id,vote\n1,é,1,2\n", NULL, 2, 8, "3 fields");
    refused("participant,1\na,1\n", "id\n", 1, 1, "'comment-id'");
    refused("participant,1\na,1\n", "comment-id,moderated\n1,2\n", 2, 3, "moderated away");
    refused("participant,1\na,1\n", "comment-id\n1\n1\n", 3, 1, "every statement once");
}

static void hull_by_hand(void **state)
{
    (void)state;
    struct spot spot[] = { { 1, 1 }, { 0, 0 }, { 2, 0 }, { 2, 2 }, { 0, 2 }, { 1, 0 }, { 0, 0 } };
    assert_int_equal(hull(spot, 7), 4);
    struct spot line[] = { { 0, 0 }, { 1, 1 }, { 2, 2 } },
                same[] = { { 1, 1 }, { 1, 1 }, { 1, 1 } };
    assert_int_equal(hull(line, 3), 2);
    assert_true(hull(same, 3) >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_vote_counts),
        cmocka_unit_test(both_layouts_give_the_same_matrix),
        cmocka_unit_test(moderated_away_is_left_out),
        cmocka_unit_test(refuses_with_file_line_and_column),
        cmocka_unit_test(hull_by_hand),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
