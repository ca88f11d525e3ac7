#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "articles/markdown.h"
#include "base/arena.h"
#include "base/out.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const char *html_of(const char *markdown)
{
    struct html html = { { NULL, 0 } };
    arena_reset(arena);
    assert_int_equal(markdown_html(arena, str_of(markdown), &html), MARKDOWN_GOOD);
    return html.safe.at;
}

static void plain_things_become_plain_html(void **state)
{
    (void)state;
    assert_string_equal(html_of(""), "");
    assert_string_equal(html_of("Een *klein* begin"), "<p>Een <em>klein</em> begin</p>\n");
    assert_string_equal(html_of("> Dichtbij\n"), "<blockquote>\n<p>Dichtbij</p>\n</blockquote>\n");
    assert_string_equal(html_of("- a\n- b\n"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    assert_string_equal(html_of("[kaart](/kaart)"), "<p><a href=\"/kaart\">kaart</a></p>\n");
}

static void headings_begin_at_two_and_can_be_pointed_at(void **state)
{
    (void)state;
    assert_string_equal(html_of("## Durf te lopen!"),
                        "<h2 id=\"p-durf-te-lopen\">Durf te lopen!</h2>\n");
    assert_string_equal(html_of("# Een"), "<h2 id=\"p-een\">Een</h2>\n");
    assert_string_equal(html_of("### Een *mooie* `x`"),
                        "<h3 id=\"p-een-mooie-x\">Een <em>mooie</em> <code>x</code></h3>\n");
    assert_string_equal(html_of("## A\n## A\n## A-2\n## A"),
                        "<h2 id=\"p-a\">A</h2>\n<h2 id=\"p-a-2\">A</h2>\n"
                        "<h2 id=\"p-a-2-2\">A-2</h2>\n<h2 id=\"p-a-3\">A</h2>\n");
    assert_string_equal(html_of("## !!!"), "<h2 id=\"p-deel\">!!!</h2>\n");
    assert_string_equal(html_of("> # Een"), "<blockquote>\n<h2>Een</h2>\n</blockquote>\n");
}

static void nothing_dangerous_comes_through(void **state)
{
    (void)state;
    static const char *const attacks[] = {
        "<script>alert(1)</script>",
        "a <b onclick=x>b</b>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,hoi)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        "## <script>\"'x",
        "## \"onmouseover=alert(1) x",
        "[x](/a \"\\\"onclick=alert(1)\")",
    };
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        const char *html = html_of(attacks[i]);
        if (strcasestr(html, "<script") || strcasestr(html, "href=\"j") ||
            strcasestr(html, "href=\"v") || strcasestr(html, "href=\"d") ||
            strcasestr(html, "src=\"j") || strcasestr(html, "<b ") ||
            strcasestr(html, "<img src=x") || strcasestr(html, "\" on"))
            fail_msg("%s -> %s", attacks[i], html);
    }
    assert_null(strstr(html_of("zie www.voorbeeld.nl en http://voorbeeld.nl"), "<a"));
}

static void text_stays_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "# geen kop",
        "1. geen lijst",
        "- geen lijst",
        "> geen citaat",
        "*niet* schuin _nee_",
        "[a](b) ![c](d)",
        "<b>&amp; `code`",
        "a\\b",
        "+ plus",
        "2017) jaar",
        "=====",
        "---",
        "~~~ geen code",
        "www.a.nl a@b.nl",
        "&copy; <http://a.nl>",
        "| a | b |",
        "[a]: b",
        ":::",
        "123456789. lang",
        "***",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct out out, expected;
        out_open(&out, 1000);
        out_open(&expected, 1000);
        markdown_text(&out, str_of(texts[i]));
        out_raw(&expected, STR("<p>"));
        /* cmark leaves ' as it is in text; none of the texts has one */
        out_text(&expected, str_of(texts[i]));
        out_raw(&expected, STR("</p>\n"));
        out_byte(&out, 0);
        out_byte(&expected, 0);
        assert_string_equal(html_of(out.at), expected.at);
        out_close(&out);
        out_close(&expected);
    }
}

static void too_much_and_bad_bytes_are_refused(void **state)
{
    (void)state;
    struct html html = { { NULL, 0 } };
    char *text = malloc(MARKDOWN_LIMIT + 1);
    memset(text, 'a', MARKDOWN_LIMIT + 1);
    struct str all = { text, MARKDOWN_LIMIT };
    assert_int_equal(markdown_html(arena, all, &html), MARKDOWN_GOOD);
    all.len++;
    assert_int_equal(markdown_html(arena, all, &html), MARKDOWN_TOO_LONG);
    assert_int_equal(markdown_html(arena, STR("a\xff"), &html), MARKDOWN_NOT_UTF8);
    assert_int_equal(markdown_html(arena, STR("a\0b"), &html), MARKDOWN_NOT_UTF8);
    free(text);
}

static void hostile_texts_end(void **state)
{
    (void)state;
    static const char *const pieces[] = { "> ",    "[",   "![",   "*a_",  "- ",
                                          "# a\n", "`",   "[a](", "<a",   "&",
                                          "*",     "1. ", "\\",   "[a][", "## a-2\n## a\n" };
    char *text = malloc(MARKDOWN_LIMIT + 1);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t step = strlen(pieces[i]), at = 0;
        for (; at + step <= MARKDOWN_LIMIT; at += step)
            memcpy(text + at, pieces[i], step);
        struct html html;
        arena_reset(arena);
        enum markdown_result result = markdown_html(arena, (struct str){ text, at }, &html);
        assert_true(result == MARKDOWN_GOOD || result == MARKDOWN_TOO_LONG);
    }
    free(text);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_things_become_plain_html),
        cmocka_unit_test(headings_begin_at_two_and_can_be_pointed_at),
        cmocka_unit_test(nothing_dangerous_comes_through),
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(too_much_and_bad_bytes_are_refused),
        cmocka_unit_test(hostile_texts_end),
    };
    return cmocka_run_group_tests_name("markdown", tests, open_arena, close_arena);
}
