/* What is in a request that was parsed: fields, cookies, languages, forms, parts of a path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"
#include "web/request.h"

static struct request request;
static struct field fields[FORM_FIELDS];
static size_t count;
static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(8 * 1024 * 1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void parse(struct str bytes)
{
    size_t used;
    const char *why;
    assert_int_equal(request_parse(bytes, &request, &used, &why), PARSE_DONE);
    assert_int_equal(used, bytes.len);
}

static void assert_str(struct str found, const char *wanted)
{
    if (!str_is(found, str_of(wanted)))
        fail_msg("\"%.*s\" instead of \"%s\"", STR_FMT(found), wanted);
}

static void a_head_is_taken_apart(void **state)
{
    (void)state;
    parse(STR("POST /gates/a%20b/open?x=1&y=?/ HTTP/1.1\r\nHost: buurt.example\r\n"
              "Content-Length: 12\r\nA: \t one two \t\r\nEXPECT: 100-continue\r\n\r\n"));
    assert_int_equal(request.method, POST);
    assert_str(request.path, "/gates/a%20b/open");
    assert_str(request.query, "x=1&y=?/");
    assert_int_equal(request.content_length, 12);
    assert_true(request.keep_alive && request.expect_continue && !request.chunked);
    assert_int_equal(request.header_count, 4);
    assert_str(request_header(&request, STR("a")), "one two");
    assert_str(request_header(&request, STR("HOST")), "buurt.example");
    assert_null(request_header(&request, STR("B")).at);
    parse(STR("GET http://a/x HTTP/1.1\r\nHost: A\r\nConnection: TE, Close\r\n\r\n"));
    assert_str(request.path, "/x");
    assert_false(request.keep_alive);
}

static void the_limits_of_a_head_are_exact(void **state)
{
    (void)state;
    static char head[REQUEST_HEAD_LIMIT + 64];
    size_t used;
    const char *why;
    for (size_t size = REQUEST_HEAD_LIMIT - 2; size <= REQUEST_HEAD_LIMIT + 2; size++) {
        memset(head, 'v', sizeof head);
        memcpy(head, "GET / HTTP/1.1\r\nHost: a\r\nA: ", 28);
        memcpy(head + size - 4, "\r\n\r\n", 4);
        assert_int_equal(request_parse((struct str){ head, size }, &request, &used, &why),
                         size <= REQUEST_HEAD_LIMIT ? PARSE_DONE : PARSE_TOO_LARGE);
    }
    for (size_t target = REQUEST_TARGET_LIMIT - 1; target <= REQUEST_TARGET_LIMIT + 1; target++) {
        memset(head, 'p', sizeof head);
        memcpy(head, "GET /", 5);
        memcpy(head + 4 + target, " HTTP/1.1\r\nHost: a\r\n\r\n", 22);
        assert_int_equal(
            request_parse((struct str){ head, 4 + target + 22 }, &request, &used, &why),
            target <= REQUEST_TARGET_LIMIT ? PARSE_DONE : PARSE_TARGET_TOO_LONG);
    }
}

static void there_may_be_sixty_four_fields_and_no_more(void **state)
{
    (void)state;
    for (size_t n = REQUEST_HEADERS - 1; n <= REQUEST_HEADERS + 1; n++) {
        struct out out;
        size_t used;
        const char *why;
        out_open(&out, REQUEST_HEAD_LIMIT);
        out_raw(&out, STR("GET / HTTP/1.1\r\nHost: a\r\n"));
        for (size_t i = 1; i < n; i++)
            out_raw(&out, STR("A: b\r\n"));
        out_raw(&out, STR("\r\n"));
        assert_int_equal(request_parse(out_str(&out), &request, &used, &why),
                         n <= REQUEST_HEADERS ? PARSE_DONE : PARSE_TOO_LARGE);
        out_close(&out);
    }
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    parse(STR("GET / HTTP/1.1\r\nHost: a\r\nCookie: xid=1; id=2=; idx=3; id=4\r\n"
              "cookie: other=5;empty=;alone\r\n\r\n"));
    assert_str(request_cookie(&request, STR("id")), "2=");
    assert_str(request_cookie(&request, STR("idx")), "3");
    assert_str(request_cookie(&request, STR("other")), "5");
    assert_non_null(request_cookie(&request, STR("empty")).at);
    assert_null(request_cookie(&request, STR("alone")).at);
    assert_null(request_cookie(&request, STR("ID")).at);
    assert_null(request_cookie(&request, STR("")).at);
}

static void the_dearest_language_that_is_offered_is_chosen(void **state)
{
    (void)state;
    static const struct str offered[] = { STR_INIT("nl"), STR_INIT("en"), STR_INIT("tr") };
    static const struct {
        const char *accept;
        size_t chosen;
    } wishes[] = {
        { "", 0 },
        { "fr", 0 },
        { "en", 1 },
        { "EN-gb, nl;q=0.9", 1 },
        { "nl;q=0.8, en;q=0.9", 1 },
        { "en, nl", 1 },
        { "nl, en", 0 },
        { "fr, tr;q=0.1", 2 },
        { "*", 0 },
        { "nl;q=0, *", 1 },
        { "nl;q=0", 0 },
        { "*;q=0.1, tr;q=0.2", 2 },
        { "en;q=2, tr;q=0.5", 2 },
        { "en;q=1.001, tr;q=abc", 0 },
        { "english, turkish", 0 },
        { ",,;q=1,;;, tr ;q=0.3 ", 2 },
        { "nl-BE;q=0.2, nl-NL;q=0.9, en;q=0.5", 0 },
    };
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        if (language_choose(str_of(wishes[i].accept), offered, 3) != wishes[i].chosen)
            fail_msg("%s", wishes[i].accept);
}

static void a_form_is_decoded_once(void **state)
{
    (void)state;
    struct str body = STR("name=Fatma+%C3%87elik&text=een%0D%0Atwee%0Ddrie&empty=&alone&a=b=c&"
                          "&%6e=%2541%2B");
    assert_int_equal(form_parse(arena, body, fields, &count), FORM_GOOD);
    assert_int_equal(count, 6);
    assert_str(fields[0].value, "Fatma \xc3\x87"
                                "elik");
    assert_str(fields[1].value, "een\ntwee\ndrie");
    assert_str(fields[2].name, "empty");
    assert_str(fields[2].value, "");
    assert_str(fields[3].name, "alone");
    assert_str(fields[3].value, "");
    assert_str(fields[4].value, "b=c");
    assert_str(fields[5].name, "n");
    assert_str(fields[5].value, "%41+");
    assert_int_equal(form_parse(arena, (struct str){ NULL, 0 }, fields, &count), FORM_GOOD);
    assert_int_equal(count, 0);
}

static void a_form_that_is_not_text_is_refused(void **state)
{
    (void)state;
    static const char *const wrongs[] = {
        "a=%",      "a=%4",        "a=%zz",          "%=a",    "a=%00",    "a=%C3", "a=%C3%28",
        "a=%C0%AF", "a=%ED%A0%80", "a=%F4%90%80%80", "a=\xff", "a=b&c=%g0"
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++)
        if (form_parse(arena, str_of(wrongs[i]), fields, &count) != FORM_ENCODING)
            fail_msg("%s", wrongs[i]);
    assert_int_equal(form_parse(arena, (struct str){ "a=b\0c", 5 }, fields, &count), FORM_ENCODING);
    assert_int_equal(form_parse(arena, STR("good=1&bad=%"), fields, &count), FORM_ENCODING);
    assert_int_equal(count, 1);
    assert_str(fields[0].name, "good");
}

static void ten_thousand_fields_are_too_many(void **state)
{
    (void)state;
    struct out out;
    out_open(&out, 1024 * 1024);
    for (int i = 0; i < 10000; i++)
        out_print(&out, "f%d=%d&", i, i);
    assert_int_equal(form_parse(arena, out_str(&out), fields, &count), FORM_TOO_MANY);
    assert_int_equal(count, FORM_FIELDS);
    assert_str(fields[FORM_FIELDS - 1].value, "199");
    out_close(&out);
}

static void a_name_may_have_sixty_four_bytes(void **state)
{
    (void)state;
    char body[80];
    memset(body, 'n', sizeof body);
    body[FORM_NAME_BYTES] = '=';
    assert_int_equal(form_parse(arena, (struct str){ body, 70 }, fields, &count), FORM_GOOD);
    body[FORM_NAME_BYTES] = 'n';
    body[FORM_NAME_BYTES + 1] = '=';
    assert_int_equal(form_parse(arena, (struct str){ body, 70 }, fields, &count), FORM_TOO_MANY);
}

static void a_part_of_a_path_is_decoded_by_the_same_rules(void **state)
{
    (void)state;
    struct str decoded;
    assert_true(path_decode(arena, STR("caf%C3%A9+%2F%2e"), &decoded));
    assert_str(decoded, "caf\xc3\xa9+/.");
    assert_false(path_decode(arena, STR("a%00"), &decoded));
    assert_false(path_decode(arena, STR("a%e9"), &decoded));
    assert_false(path_decode(arena, STR("a%2"), &decoded));
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_is_taken_apart),
        cmocka_unit_test(the_limits_of_a_head_are_exact),
        cmocka_unit_test(there_may_be_sixty_four_fields_and_no_more),
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(the_dearest_language_that_is_offered_is_chosen),
        cmocka_unit_test(a_form_is_decoded_once),
        cmocka_unit_test(a_form_that_is_not_text_is_refused),
        cmocka_unit_test(ten_thousand_fields_are_too_many),
        cmocka_unit_test(a_name_may_have_sixty_four_bytes),
        cmocka_unit_test(a_part_of_a_path_is_decoded_by_the_same_rules),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
