/* Any text as Markdown: the HTML holds no script, no handler and no dangerous link; the same
 * bytes escaped as text give one paragraph and nothing else. */
#include <stdlib.h>
#include <string.h>

#include "articles/markdown.h"
#include "base/arena.h"
#include "base/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_tag_other_than_p(struct str html)
{
    for (size_t i = 0; i < html.len; i++) {
        struct str rest = str_from(html, i);
        if (html.at[i] == '<' && !str_starts(rest, STR("<p>")) && !str_starts(rest, STR("</p>")))
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_new(32 << 20);
    arena_reset(arena);
    struct str text = str_keep(arena, (struct str){ (const char *)data, size });
    struct html html;
    if (markdown_html(arena, text, &html) == MARKDOWN_GOOD &&
        (strcasestr(html.safe.at, "<script") || strcasestr(html.safe.at, "href=\"javascript:")))
        abort();
    struct out out;
    out_open(&out, MARKDOWN_LIMIT);
    markdown_text(&out, text);
    if (str_utf8(text, NULL) && markdown_html(arena, out_str(&out), &html) == MARKDOWN_GOOD &&
        has_tag_other_than_p(html.safe))
        abort();
    out_close(&out);
    return 0;
}
