/* Values as they stand in a page: escaped by their type, in the reader's language.
 *
 * The languages here are the real ones; messages with arguments and plurals, which the
 * catalogues may change, come from a language of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "web/show.h"

struct ctx {
    const struct language *language;
};

const struct language *ctx_language(const struct ctx *ctx)
{
    return ctx->language;
}

#define ONE(value)                                                                                 \
    ((struct message_argument){ .name = STR("n"), .kind = ARGUMENT_NUMBER, .number = (value) })

static struct out out;
static struct words own_words[MESSAGE_COUNT];
static const struct language own = { STR_INIT("pl"), STR_INIT("own"), false, own_words };
static const struct ctx ctx = { &own };
static const struct ctx dutch = { &languages[0] };

static int begin(void **state)
{
    (void)state;
    out_open(&out, 4096);
    for (int m = 0; m < MESSAGE_COUNT; m++)
        own_words[m] = languages[0].words[m];
    own_words[MESSAGE_moment_pattern] = (struct words){ { STR("{time} & {day}") }, 1, false };
    own_words[MESSAGE_month_1] =
        (struct words){ { STR("{n} & one {what}"), STR("{n} few"), STR("{n} many") }, 3, false };
    own_words[MESSAGE_month_2] = (struct words){ { STR("a <b>") }, 1, false };
    own_words[MESSAGE_month_3] = (struct words){ { STR("plain") }, 1, true };
    return 0;
}

static int end(void **state)
{
    (void)state;
    out_close(&out);
    return 0;
}

static void shown(const char *text)
{
    struct str seen = out_str(&out);
    if (!str_is(seen, str_of(text)))
        fail_msg("seen: %.*s", STR_FMT(seen));
    out_clear(&out);
}

static void text_is_escaped_and_html_is_not(void **state)
{
    (void)state;
    SHOW(&out, &ctx, STR("<a href=\"x\">'&'"));
    shown("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;");
    SHOW(&out, &ctx, ((struct html){ STR("<b>") }));
    shown("<b>");
    SHOW(&out, &ctx, ((struct url){ STR("/?a&b") }));
    shown("/?a&amp;b");
}

static void numbers_are_shown_whole(void **state)
{
    (void)state;
    SHOW(&out, &ctx, -3);
    out_byte(&out, ' ');
    SHOW(&out, &ctx, INT64_MIN);
    out_byte(&out, ' ');
    SHOW(&out, &ctx, UINT32_MAX);
    out_byte(&out, ' ');
    SHOW(&out, &ctx, (size_t)7);
    shown("-3 -9223372036854775808 4294967295 7");
}

static void days_are_in_the_readers_words(void **state)
{
    (void)state;
    const struct ctx english = { language_find(STR("en")) };
    SHOW(&out, &dutch, day_make(2026, 11, 24));
    shown("24 november 2026");
    SHOW(&out, &english, day_make(2026, 11, 24));
    shown("24 November 2026");
    for (int month = 1; month <= 12; month++) {
        SHOW(&out, &dutch, day_make(1999, month, 1));
        out_byte(&out, ';');
    }
    shown("1 januari 1999;1 februari 1999;1 maart 1999;1 april 1999;1 mei 1999;1 juni 1999;"
          "1 juli 1999;1 augustus 1999;1 september 1999;1 oktober 1999;1 november 1999;"
          "1 december 1999;");
}

static void moments_are_in_the_zone(void **state)
{
    (void)state;
    assert_true(zone_set("Europe/Amsterdam"));
    SHOW(&out, &ctx, ((struct moment){ 1795511471999 })); /* 2026-11-24T09:11:11.999Z */
    shown("10:11 &amp; 24 november 2026");
    SHOW(&out, &ctx, ((struct moment){ 1782943500000 })); /* 2026-07-01T22:05Z, summer */
    shown("00:05 &amp; 2 juli 2026");
}

static void messages_escape_unless_they_are_plain(void **state)
{
    (void)state;
    show_message(&out, &ctx, MESSAGE_month_3);
    show_message(&out, &ctx, MESSAGE_month_2);
    show_message(&out, &ctx, MESSAGE_NONE);
    shown("plaina &lt;b&gt;");
    SHOW(&out, &ctx, (enum message)MESSAGE_month_3);
    shown("plain");
    SHOW(&out, &ctx, (enum message)60000);
    shown("");
}

static void arguments_are_escaped_by_their_type(void **state)
{
    (void)state;
    struct message_argument arguments[] = { ARG("n", 1), ARG("what", STR("<i>{n}")) };
    show_message_with(&out, &ctx, MESSAGE_month_1, arguments, 2);
    shown("1 &amp; one &lt;i&gt;{n}");
    arguments[1] = ARG("what", ((struct html){ STR("<i>") }));
    show_message_with(&out, &ctx, MESSAGE_month_1, arguments, 2);
    shown("1 &amp; one <i>");
    arguments[1] = ARG_MESSAGE("what", MESSAGE_month_2);
    show_message_with(&out, &ctx, MESSAGE_month_1, arguments, 2);
    shown("1 &amp; one a &lt;b&gt;");
    arguments[1] = ARG("what", ((struct id){ { 0 } }));
    show_message_with(&out, &ctx, MESSAGE_month_1, arguments, 2);
    shown("1 &amp; one aaaaaaaaaaaaaaaaaaaaaaaaaa");
}

static void the_argument_n_chooses_the_form(void **state)
{
    (void)state;
    struct message_argument three = ARG("n", (int64_t)3), twelve = ARG("n", (size_t)12);
    show_message_with(&out, &ctx, MESSAGE_month_1, &three, 1);
    out_byte(&out, ' ');
    show_message_with(&out, &ctx, MESSAGE_month_1, &twelve, 1);
    shown("3 few 12 many");
}

static void an_argument_that_is_missing_is_seen(void **state)
{
    (void)state;
    show_message_with(&out, &ctx, MESSAGE_month_1, NULL, 0);
    shown("{n} &amp; one {what}");
    own_words[MESSAGE_month_1].form[0] = STR("never closed {n");
    show_message(&out, &ctx, MESSAGE_month_1);
    show_message_with(&out, &ctx, MESSAGE_month_1, &ONE(1), 1);
    shown("never closed {nnever closed {n");
}

static void a_sentence_keeps_its_arguments(void **state)
{
    (void)state;
    struct sentence sentence = { MESSAGE_month_1, &ONE(4), 1 };
    const struct sentence *at = &sentence;
    SHOW(&out, &ctx, sentence);
    SHOW(&out, &ctx, at);
    shown("4 few4 few");
}

static void parts_of_an_address_are_percent_encoded(void **state)
{
    (void)state;
    SHOW_URL_PART(&out, &ctx, STR("a/b?c&d\"é ../"));
    shown("a%2Fb%3Fc%26d%22%C3%A9%20..%2F");
    SHOW_URL_PART(&out, &ctx, day_make(2026, 3, 9));
    SHOW_URL_PART(&out, &ctx, -5);
    SHOW_URL(&out, &ctx, ((struct url){ STR("/x") }));
    shown("2026-03-09-5/x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_escaped_and_html_is_not, begin, end),
        cmocka_unit_test_setup_teardown(numbers_are_shown_whole, begin, end),
        cmocka_unit_test_setup_teardown(days_are_in_the_readers_words, begin, end),
        cmocka_unit_test_setup_teardown(moments_are_in_the_zone, begin, end),
        cmocka_unit_test_setup_teardown(messages_escape_unless_they_are_plain, begin, end),
        cmocka_unit_test_setup_teardown(arguments_are_escaped_by_their_type, begin, end),
        cmocka_unit_test_setup_teardown(the_argument_n_chooses_the_form, begin, end),
        cmocka_unit_test_setup_teardown(an_argument_that_is_missing_is_seen, begin, end),
        cmocka_unit_test_setup_teardown(a_sentence_keeps_its_arguments, begin, end),
        cmocka_unit_test_setup_teardown(parts_of_an_address_are_percent_encoded, begin, end),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
