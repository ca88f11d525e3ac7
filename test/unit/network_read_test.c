/* The reader of pairs: what it takes, and where it says something is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "commands/lines_read.h"

static const struct lines_wish wish = { .a = "a", .b = "b" };
static const struct lines_wish grew = {
    .a = "child", .b = "parent", .date = "date", .other = "told_by", .b_may_be_empty = true
};

static bool read_text(struct lines *lines, const char *text, const struct lines_wish *w,
                      struct out *complaint)
{
    struct team *team = team_new(1);
    out_clear(complaint);
    bool good = lines_read(lines, str_of(text), "f.csv", w, team, complaint);
    out_byte(complaint, 0);
    team_free(team);
    return good;
}

static void refuses(const char *text, const struct lines_wish *w, const char *why)
{
    struct lines lines;
    struct out complaint;
    out_open(&complaint, 4096);
    assert_false(read_text(&lines, text, w, &complaint));
    assert_string_equal(complaint.at, why);
    out_close(&complaint);
}

static void it_says_where_and_what(void **state)
{
    (void)state;
    refuses("", &wish,
            "f.csv:1:1: expected a first line that names the columns a and b, found nothing\n");
    refuses("x,y\n", &wish,
            "f.csv:1:1: expected a first line that names the columns a and b, found 'x,y'\n");
    refuses("a,b\n1,2\n3,\n", &wish, "f.csv:3:3: expected a name, found nothing\n");
    refuses("a,b\n\n1\n", &wish, "f.csv:3:2: expected a field more, found nothing\n");
    refuses("a,b\n1,1\n", &wish,
            "f.csv:2:3: expected another name than at the other end, found '1'\n");
    refuses("a,b\n1,\"2\n", &wish,
            "f.csv:2:3: expected a closing quote before the end of the line, found '\"2'\n");
    refuses("a,b\n1,2,3\n", &wish,
            "f.csv:2:5: expected no more fields than the first line has, found '3'\n");
    refuses("child,parent,date\nx,y,2026-02-30\n", &grew,
            "f.csv:2:5: expected a date like 2026-03-31, found '2026-02-30'\n");
    refuses("a,b\n1,\xff\n", &wish, "f.csv:2:3: expected a name in UTF-8, found 'other bytes'\n");
}

static void quotes_order_and_other_columns(void **state)
{
    (void)state;
    struct lines lines;
    struct out complaint;
    out_open(&complaint, 4096);
    assert_true(read_text(&lines,
                          "\xef\xbb\xbfsince,b,a\r\n2020,\"x \"\"y\"\", z\",10\r\n,9,10\r\n", &wish,
                          &complaint));
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.names.count, 3);
    assert_true(str_is(lines.names.name[0], STR("9"))); /* short before long: 9 before 10 */
    assert_true(str_is(lines.names.name[1], STR("10")));
    assert_true(str_is(lines.names.name[2], STR("x \"y\", z")));
    assert_int_equal(lines.a[0], 1);
    assert_int_equal(lines.b[0], 2);
    lines_close(&lines);
    out_close(&complaint);
}

static void any_number_of_hands_reads_the_same(void **state)
{
    (void)state;
    struct out text, complaint;
    struct lines x, y;
    out_open(&text, 1 << 22);
    out_open(&complaint, 4096);
    out_print(&text, "a,b\n");
    for (int i = 0; i < 30000; i++)
        out_print(&text, "person-%d,%d\n", i * 31 % 1000, i * 17 % 977);
    struct team *one = team_new(1), *three = team_new(3);
    assert_true(lines_read(&x, out_str(&text), "f", &wish, one, &complaint));
    assert_true(lines_read(&y, out_str(&text), "f", &wish, three, &complaint));
    assert_int_equal(x.count, 30000);
    assert_int_equal(x.names.count, y.names.count);
    assert_memory_equal(x.a, y.a, 30000 * sizeof *x.a);
    assert_memory_equal(x.b, y.b, 30000 * sizeof *x.b);
    lines_close(&x);
    lines_close(&y);
    out_print(&text, "wrong\n");
    assert_false(lines_read(&y, out_str(&text), "f", &wish, three, &complaint));
    out_byte(&complaint, 0);
    assert_string_equal(complaint.at, "f:30002:6: expected a field more, found nothing\n");
    team_free(one);
    team_free(three);
    out_close(&text);
    out_close(&complaint);
}

static void days_come_back(void **state)
{
    (void)state;
    for (int32_t day = 366; day < 3000 * 365; day++) {
        int year, month, date;
        char text[32];
        int32_t again;
        lines_date(day, &year, &month, &date);
        if (day % 97)
            continue;
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, date);
        assert_true(lines_date_of(str_of(text), &again));
        assert_int_equal(day, again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_where_and_what),
        cmocka_unit_test(quotes_order_and_other_columns),
        cmocka_unit_test(any_number_of_hands_reads_the_same),
        cmocka_unit_test(days_come_back),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
