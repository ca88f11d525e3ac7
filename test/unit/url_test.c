/* Addresses that a page may hold, and those it may not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "web/url.h"

static void these_are_allowed(void **state)
{
    (void)state;
    static const char *const good[] = {
        "/",
        "/in/vogelbuurt?x=1&y=%20#top",
        "http://example.org",
        "HTTPS://Example.org:8443/a//b?c@d",
        "https://[2001:db8::1]/",
        "https://bücher.example/é",
        "mailto:anna.de-wit+buurt@example.org",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct url url = { 0 };
        if (!url_check(str_of(good[i]), &url) || !str_is(url.safe, str_of(good[i])))
            fail_msg("refused: %s", good[i]);
    }
}

static void these_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\tx",
        "/\n/evil.example",
        " /x",
        "/x ",
        "x",
        "./x",
        "?x",
        "#x",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\001javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://example.org/x",
        "file:///etc/passwd",
        "tel:0201234567",
        "http:",
        "http:/x",
        "http:example.org",
        "http://",
        "http:///x",
        "https://?x",
        "https://bank.example@evil.example/",
        "https://bank.example:pass@evil.example/",
        "https://%65vil.example/",
        "https:\\\\evil.example",
        "https://example.org/\"onclick=x",
        "https://example.org/<b>",
        "https://example.org/'x'\x7f",
        "https://example.org/\xff",
        "https://-x",
        "mailto:",
        "mailto:anna",
        "mailto:@example.org",
        "mailto:anna@",
        "mailto:anna@a@b",
        "mailto:anna@example.org?bcc=evil@example.org",
        "mailto:anna@example.org,evil@example.org",
        "mailto:anna%0abcc@example.org",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct url url = { STR("untouched") };
        if (url_check(str_of(bad[i]), &url))
            fail_msg("allowed: %s", bad[i]);
        assert_true(str_is(url.safe, STR("untouched")));
    }
}

static void a_zero_byte_or_too_many_bytes_are_refused(void **state)
{
    (void)state;
    static char long_path[URL_LIMIT + 1];
    struct url url;
    memset(long_path, 'a', sizeof long_path);
    long_path[0] = '/';
    assert_true(url_check((struct str){ long_path, URL_LIMIT }, &url));
    assert_false(url_check((struct str){ long_path, URL_LIMIT + 1 }, &url));
    assert_false(url_check((struct str){ "/a\0b", 4 }, &url));
    assert_false(url_check((struct str){ "https://a\0b", 11 }, &url));
    assert_false(url_check((struct str){ NULL, 0 }, &url));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(these_are_allowed),
        cmocka_unit_test(these_are_refused),
        cmocka_unit_test(a_zero_byte_or_too_many_bytes_are_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
