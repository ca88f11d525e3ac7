/* The readers: what they take, and where they say it goes wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>

#include "commands/suggest_read.h"

static const char people_csv[] =
    "\xef\xbb\xbfopen,id,extra,x,y,interests,languages,strengths,wishes\r\n"
    "2,ann,?,1.5,-2,schaken;tuin,nl,koken,\"zeggen \"\"hoi\"\"\"\r\n"
    "\r\n"
    "0,\"bas, de oude\",?,,,,nl; tr ,\"zeggen \"\"hoi\"\"\",\r\n"
    "1,c\xc3\xa9line-met-een-lange-naam,?,3,4,tuin,,,\r\n";

static void people_are_read(void **state)
{
    (void)state;
    struct suggest_crowd crowd;
    struct suggest_fault fault;
    for (unsigned threads = 1; threads <= 3; threads++) {
        assert_true(suggest_read_people((struct str){ people_csv, sizeof people_csv - 1 }, threads,
                                        &crowd, &fault));
        assert_int_equal(crowd.people.count, 3);
        assert_int_equal(crowd.people.open[0], 2);
        assert_true(crowd.people.x[0] == 1.5f && crowd.people.y[0] == -2.0f);
        assert_true(isnan(crowd.people.x[1]));
        assert_int_equal(suggest_find_person(&crowd, STR("bas, de oude")), 1);
        assert_int_equal(suggest_find_person(&crowd, STR("c\xc3\xa9line-met-een-lange-naam")), 2);
        assert_int_equal(suggest_find_person(&crowd, STR("bas")), UINT32_MAX);
        assert_int_equal(crowd.interests, 2);
        assert_true(str_is(crowd.interest[0], STR("schaken")));
        assert_int_equal(crowd.skills, 2);
        assert_true(str_is(crowd.skill[1], STR("zeggen \"hoi\"")));
        assert_int_equal(crowd.people.languages.start[3], 3);
        suggest_crowd_free(&crowd);
    }
}

static void expect_fault(const char *text, uint64_t line, uint64_t column, const char *part)
{
    struct suggest_crowd crowd;
    struct suggest_fault fault;
    for (unsigned threads = 1; threads <= 2; threads++) {
        assert_false(suggest_read_people(str_of(text), threads, &crowd, &fault));
        assert_int_equal(fault.line, line);
        assert_int_equal(fault.column, column);
        assert_non_null(strstr(fault.what, part));
        suggest_crowd_free(&crowd);
    }
}

static void faults_are_pointed_at(void **state)
{
    (void)state;
    expect_fault("", 1, 1, "empty file");
    expect_fault("id,x\n", 1, 1, "column named open");
    expect_fault("id,open,id\n", 1, 9, "each column once");
    expect_fault("id,open\na,1\nb,two\n", 3, 3, "whole number");
    expect_fault("id,open\na,1\nb,-1\n", 3, 3, "whole number");
    expect_fault("id,open\na,1,2\n", 2, 5, "expected 2 columns");
    expect_fault("id,open\na\n", 2, 1, "expected 2 columns, found 1");
    expect_fault("id,open\na,1\na,2\n", 3, 1, "each id once");
    expect_fault("id,open\n,1\n", 2, 1, "an id");
    expect_fault("id,open\n\"a,1\n", 2, 1, "closing quote");
    expect_fault("id,open\n\"a\"x,1\n", 2, 4, "comma");
    expect_fault("id,open\n\"a\"\"b\",1\n", 2, 1, "without quotes");
    expect_fault("id,open,x\na,1,1e5\n", 2, 5, "metres");
    expect_fault("id,open,interests\na,1,goed;\xff\xfe\n", 2, 10, "UTF-8");
    expect_fault("id,open\na\tb,1\n", 2, 1, "control");
}

static void lines_are_read(void **state)
{
    (void)state;
    struct suggest_crowd crowd;
    struct suggest_ties ties;
    struct suggest_fault fault;
    assert_true(suggest_read_people(STR("id,open\nann,1\nbas,1\nverylongidentifier,0\n"), 1, &crowd,
                                    &fault));
    assert_true(suggest_read_lines(STR("since,b,a,named\n2020-01-31,bas,ann,yes\n,ann,"
                                       "verylongidentifier,no"),
                                   2, &crowd, &ties, &fault));
    assert_int_equal(ties.lines.count, 2);
    assert_int_equal(ties.lines.a[1], 2);
    assert_true(suggest_may_name(&ties, 0, 1));
    assert_true(suggest_may_name(&ties, 1, 0));
    assert_false(suggest_may_name(&ties, 0, 2));
    suggest_ties_free(&ties);
    static const struct {
        const char *text;
        uint64_t line, column;
        const char *part;
    } bad[] = {
        { "a,b\nann,cem\n", 2, 5, "somebody among the people, found 'cem'" },
        { "a,b\nann,bas\nann,ann\n", 3, 5, "two different people" },
        { "a,b,since\nann,bas,soon\n", 2, 9, "like 2026-05-31" },
        { "a,b,named\nann,bas,maybe\n", 2, 9, "yes or no" },
        { "a,b\nann,verylongidentifieR\n", 2, 5, "somebody" },
        { "a,b\nann,cem\nann\n", 2, 5, "somebody" },
        { "a\nann\n", 1, 1, "column named b" },
    };
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(suggest_read_lines(str_of(bad[i].text), 1, &crowd, &ties, &fault));
        assert_int_equal(fault.line, bad[i].line);
        assert_int_equal(fault.column, bad[i].column);
        assert_non_null(strstr(fault.what, bad[i].part));
    }
    suggest_crowd_free(&crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_read),
        cmocka_unit_test(faults_are_pointed_at),
        cmocka_unit_test(lines_are_read),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
