/* Any file as an article: what is good has a title, its body is escaped Markdown with nothing in
 * it but the importer's own blocks, and every complaint names a line that exists. */
#include <stdlib.h>
#include <string.h>

#include "articles/import.h"
#include "articles/markdown.h"
#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool only_our_blocks(struct str html)
{
    static const char *const ours[] = { "<p>",   "</p>",         "<h2>",         "<h2 id=\"p-",
                                        "</h2>", "<ul>",         "</ul>",        "<li>",
                                        "</li>", "<blockquote>", "</blockquote>" };
    for (size_t i = 0; i < html.len; i++) {
        bool known = html.at[i] != '<';
        for (size_t k = 0; !known && k < sizeof ours / sizeof *ours; k++)
            known = str_starts(str_from(html, i), str_of(ours[k]));
        if (!known)
            return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    static struct imported article;
    if (!arena)
        arena = arena_new(2 * IMPORT_ARENA);
    arena_reset(arena);
    struct str text = str_keep(arena, (struct str){ (const char *)data, size });
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    if (article_import(arena, text, &article) != IMPORT_GOOD)
        return 0;
    if (article.title.len == 0 || article.theme_count > IMPORT_THEMES)
        abort();
    for (size_t i = 0; i < article.complaint_count; i++)
        if (article.complaints[i].line > lines)
            abort();
    struct html html;
    if (markdown_html(arena, article.body, &html) == MARKDOWN_GOOD && !only_our_blocks(html.safe))
        abort();
    return 0;
}
