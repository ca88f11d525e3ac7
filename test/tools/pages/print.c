/* print.c - fills the test's view and prints its page. */
#include <stdio.h>

#include "pages.h"

const struct language *ctx_language(const struct ctx *ctx)
{
    (void)ctx;
    return &languages[0];
}

int main(void)
{
    struct out out;
    struct question questions[] = { { .text = STR("one <b>") }, { .text = STR("two") } };
    struct message_argument why[] = { ARG("day", day_make(2024, 2, 29)),
                                      ARG("name", STR("Jan's")) };
    struct view view = {
        .title = STR("\nTitle \"&\""),
        .holder = STR("Ho<"),
        .slug = STR("a/b"),
        .until = day_make(2026, 11, 24),
        .at = { 1795515072000 },
        .count = 2,
        .n = 3,
        .changed = true,
        .questions = { questions, 2 },
        .body = { STR("<i>html</i>") },
        .state = MESSAGE_month_2,
        .why = { MESSAGE_card_until, why, 2 },
    };
    if (!zone_set("Europe/Amsterdam") || !url_check(STR("https://example.org/?a&b"), &view.link))
        return 1;
    out_open(&out, 1 << 20);
    show_page(&out, NULL, &view);
    fwrite(out.at, 1, out.len, stdout);
    out_close(&out);
    return 0;
}
