/* The list of people and an earlier plan: what is read, and where a mistake is pointed at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "commands/tables_read.h"

static struct arena *arena;
static struct tables_people people;
static struct tables_mistake mistake;

static bool read(const char *text)
{
    arena_reset(arena);
    return tables_people_read(arena, str_of(text), &people, &mistake);
}

static void refused_at(const char *text, size_t line, size_t column, const char *part)
{
    assert_false(read(text));
    assert_int_equal(mistake.line, line);
    assert_int_equal(mistake.column, column);
    assert_non_null(strstr(mistake.what, part));
}

static void everything_is_read(void **state)
{
    (void)state;
    assert_true(
        read("\xef\xbb\xbfname,languages,apart,together,host,from,until\r\n"
             "Fatma,tr;nl,Jan,,yes,,3\r\n\n\"Wil, \"\"de\"\"\",nl,,Fatma,,2,\nJan,nl,,,,,"));
    assert_int_equal(people.count, 3);
    assert_true(str_is(people.name[1], STR("Wil, \"de\"")));
    assert_int_equal(people.languages[0], 3);
    assert_int_equal(people.languages[1], 2);
    assert_int_equal(people.host[0], 1);
    assert_int_equal(people.until[0], 3);
    assert_int_equal(people.from[1], 2);
    assert_int_equal(people.apart_count, 1);
    assert_int_equal(people.apart[0].b, 2);
    assert_int_equal(people.together[0].a, 1);
}

static void mistakes_have_a_place(void **state)
{
    (void)state;
    refused_at("", 1, 1, "column names");
    refused_at("name\n", 2, 1, "found nobody");
    refused_at("languages\nnl\n", 1, 1, "'name'");
    refused_at("name,shoe\nA,4\n", 1, 6, "'shoe'");
    refused_at("name,name\nA,4\n", 1, 6, "once");
    refused_at("name\nA\nB\nA\n", 4, 1, "every name once");
    refused_at("name,apart\nA,\nB,C\n", 3, 3, "'C'");
    refused_at("name,apart\nA,A\n", 2, 3, "somebody else");
    refused_at("name,host\nA,maybe\n", 2, 3, "'maybe'");
    refused_at("name,from\nA,0\n", 2, 3, "round from 1");
    refused_at("name,languages\nA,\n", 2, 3, "language");
    refused_at("name,languages\nA\n", 2, 1, "fewer");
    refused_at("name\n\"A\n", 2, 1, "closing quote");
    refused_at("name\nA\xff\n", 2, 2, "UTF-8");
}

static void pairs_on_the_command_line(void **state)
{
    (void)state;
    assert_true(read("name\nAn-Marie\nJan\nPiet\n"));
    assert_true(tables_pairs_read(arena, STR("An-Marie-Jan,Jan-Piet"), &people, true, &mistake));
    assert_int_equal(people.apart_count, 2);
    assert_int_equal(people.apart[0].b, 1);
    assert_false(tables_pairs_read(arena, STR("Jan-Jan"), &people, true, &mistake));
    assert_false(tables_pairs_read(arena, STR("Jan"), &people, false, &mistake));
}

static void an_earlier_plan(void **state)
{
    (void)state;
    uint16_t table[6];
    assert_true(read("name\nA\nB\nC\n"));
    assert_true(tables_plan_read(arena, STR("round,table,person\n1,2,A\n1,1,C\n2,1,B\n3,1,Z\n"),
                                 &people, 3, table, &mistake));
    const uint16_t right[6] = { 1, TABLES_NOWHERE, 0, TABLES_NOWHERE, 0, TABLES_NOWHERE };
    assert_memory_equal(table, right, sizeof right);
    assert_false(tables_plan_read(arena, STR("round,table,person\n1,2,A\n1,1,A\n"), &people, 3,
                                  table, &mistake));
    assert_int_equal(mistake.line, 3);
    assert_int_equal(mistake.column, 5);
    assert_false(
        tables_plan_read(arena, STR("round,table,person\n1,9,A\n"), &people, 3, table, &mistake));
    assert_int_equal(mistake.column, 3);
    assert_false(tables_plan_read(arena, STR("a,b,c\n"), &people, 3, table, &mistake));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(pairs_on_the_command_line),
        cmocka_unit_test(an_earlier_plan),
    };
    arena = arena_new((size_t)16 << 20);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
