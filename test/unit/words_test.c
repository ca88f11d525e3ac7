/* Plural forms and languages. The cases are those that CLDR gives as examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "messages.h"

static void plural_is(const char *code, int form, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words_plural(str_of(code), numbers[i]) != form)
            fail_msg("%s %lld is not form %d", code, (long long)numbers[i], form);
}

#define PLURAL(code, form, ...)                                                                    \
    plural_is(code, form, (const int64_t[]){ __VA_ARGS__ },                                        \
              sizeof((const int64_t[]){ __VA_ARGS__ }) / sizeof(int64_t))

static void dutch_english_and_turkish_have_one_and_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const char *code = (const char *[]){ "nl", "en", "tr" }[i];
        assert_int_equal(words_plural_forms(str_of(code)), 2);
        PLURAL(code, 0, 1, -1);
        PLURAL(code, 1, 0, 2, 11, 21, 101, INT64_MAX, INT64_MIN);
    }
}

static void polish_has_three(void **state)
{
    (void)state;
    assert_int_equal(words_plural_forms(STR("pl")), 3);
    PLURAL("pl", 0, 1, -1);
    PLURAL("pl", 1, 2, 3, 4, 22, 23, 24, 32, 102, 1002, -3);
    PLURAL("pl", 2, 0, 5, 6, 11, 12, 13, 14, 19, 21, 25, 100, 101, 112, 1000, 1000000);
}

static void arabic_has_six(void **state)
{
    (void)state;
    assert_int_equal(words_plural_forms(STR("ar")), 6);
    PLURAL("ar", 0, 0);
    PLURAL("ar", 1, 1);
    PLURAL("ar", 2, 2);
    PLURAL("ar", 3, 3, 4, 9, 10, 103, 110, 1003);
    PLURAL("ar", 4, 11, 12, 26, 99, 111, 199, 1011);
    PLURAL("ar", 5, 100, 101, 102, 200, 202, 1000, 1000000);
}

static void an_unknown_language_is_read_as_english(void **state)
{
    (void)state;
    assert_int_equal(words_plural_forms(STR("xx")), 0);
    PLURAL("xx", 0, 1);
    PLURAL("xx", 1, 0, 2);
}

static void languages_are_found_by_code(void **state)
{
    (void)state;
    assert_true(str_is(languages[0].code, STR("nl")));
    const struct language *english = language_find(STR("en"));
    assert_non_null(english);
    assert_true(str_is(english->name, STR("English")));
    assert_true(str_is(english->words[MESSAGE_month_5].form[0], STR("May")));
    assert_null(language_find(STR("e")));
    assert_null(language_find(STR("")));
}

static void every_message_has_words_in_every_language(void **state)
{
    (void)state;
    assert_true(language_count >= 2);
    for (size_t l = 0; l < language_count; l++)
        for (int m = MESSAGE_NONE + 1; m < MESSAGE_COUNT; m++)
            for (int f = 0; f < languages[l].words[m].forms; f++)
                assert_true(languages[l].words[m].form[f].len > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dutch_english_and_turkish_have_one_and_more),
        cmocka_unit_test(polish_has_three),
        cmocka_unit_test(arabic_has_six),
        cmocka_unit_test(an_unknown_language_is_read_as_english),
        cmocka_unit_test(languages_are_found_by_code),
        cmocka_unit_test(every_message_has_words_in_every_language),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
