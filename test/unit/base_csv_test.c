#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/csv.h"

static void assert_text(struct str text, const char *expected)
{
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.at, expected, text.len);
}

/* Reads all rows; gives how many, or -1 with the error at line and column. */
static int rows_of(const char *bytes, size_t length, struct csv_error *error)
{
    struct csv csv;
    int rows = 0;
    if (csv_open(&csv, (struct str){ bytes, length }))
        while (csv_row(&csv))
            rows++;
    *error = csv.error;
    rows = csv.broken ? -1 : rows;
    csv_close(&csv);
    return rows;
}

static void refused(const char *bytes, uint32_t line, uint32_t column, const char *found)
{
    struct csv_error error;
    assert_int_equal(rows_of(bytes, strlen(bytes), &error), -1);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_non_null(strstr(error.found, found));
}

static void accepted(const char *bytes, int rows)
{
    struct csv_error error;
    assert_int_equal(rows_of(bytes, strlen(bytes), &error), rows);
}

static void reads_plain_and_quoted_fields(void **state)
{
    (void)state;
    struct csv csv;
    assert_true(csv_open(&csv, STR("a,b,c\r\n1,\"x, \"\"y\"\"\nz\",\n\"\",é,\"\"\n")));
    assert_true(csv_row(&csv));
    assert_int_equal(csv.count, 3);
    assert_int_equal(csv_find(&csv, STR("b")), 1);
    assert_int_equal(csv_find(&csv, STR("d")), 3);
    assert_true(csv_row(&csv));
    assert_text(csv.fields[0].text, "1");
    assert_text(csv.fields[1].text, "x, \"y\"\nz");
    assert_text(csv.fields[2].text, "");
    assert_true(csv_row(&csv));
    assert_text(csv.fields[1].text, "é");
    assert_int_equal(csv.fields[1].line, 4);
    assert_false(csv_row(&csv));
    assert_false(csv.broken);
    csv_close(&csv);
}

static void skips_what_may_be_there(void **state)
{
    (void)state;
    accepted("", 0);
    accepted("\n\r\n", 0);
    accepted("\"\",\"\"\n", 1);
    accepted("\xef\xbb\xbf"
             "a,b\n1,2\n\n\n",
             2);
    accepted("a,b\n1,2", 2);
    accepted("a\n\"\"\nb\n", 3);
}

static void refuses_with_line_and_column(void **state)
{
    (void)state;
    refused("a,b\n1\n", 2, 2, "1");
    refused("a,b\n1,2,3\n", 2, 6, "3");
    refused("a,b\n1,x\"y\n", 2, 4, "'\"'");
    refused("a,b\n1,\"x\"y\n", 2, 6, "'y'");
    refused("a,b\n1,\"x\ny\n", 2, 3, "the end of the file");
    refused("a,b\r1,2\n", 1, 4, "carriage return");
    refused("a,b\n\n1,2\n", 2, 1, "1");
    refused("a,b\néé,\xff\n", 2, 4, "0xff");
    refused("a,b\n\xc0\xaf,1\n", 2, 1, "0xc0");
}

static void refuses_a_zero_byte(void **state)
{
    (void)state;
    struct csv_error error;
    assert_int_equal(rows_of("a,b\n1,\0\n", 8, &error), -1);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 3);
}

static void names_the_field_that_is_wrong(void **state)
{
    (void)state;
    struct csv csv;
    assert_true(csv_open(&csv, STR("\xef\xbb\xbf"
                                   "a,b\n\"x\ny\",é\nö,bad\n")));
    assert_true(csv_row(&csv));
    csv_wrong(&csv, 1, "something");
    assert_int_equal(csv.error.line, 1);
    assert_int_equal(csv.error.column, 3);
    csv.broken = false;
    csv.line = 2;
    assert_true(csv_row(&csv));
    assert_true(csv_row(&csv));
    csv_wrong(&csv, 1, "a number");
    assert_int_equal(csv.error.line, 4);
    assert_int_equal(csv.error.column, 3);
    assert_string_equal(csv.error.found, "'bad'");
    csv_close(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_plain_and_quoted_fields), cmocka_unit_test(skips_what_may_be_there),
        cmocka_unit_test(refuses_with_line_and_column),  cmocka_unit_test(refuses_a_zero_byte),
        cmocka_unit_test(names_the_field_that_is_wrong),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
