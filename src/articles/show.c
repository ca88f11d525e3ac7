/* show.c - an article to read. */
#include "articles/views.h"
#include "pages.h"

enum { WORDS_A_MINUTE = 200 };

static int64_t minutes_of(struct str page)
{
    int64_t words = 0;
    bool inside = false, tag = false;
    for (size_t i = 0; i < page.len; i++) {
        char c = page.at[i];
        tag = c == '<' || (tag && page.at[i - 1] != '>');
        bool letter = !tag && c != ' ' && c != '\n' && c != '>';
        words += letter && !inside;
        inside = letter;
    }
    return (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
}

enum outcome article_show(struct ctx *ctx)
{
    struct article_view view = { 0 };
    struct article_get_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!article_get(ctx->db, ctx->arena, &in, &view.article))
        return NOT_FOUND;
    struct article_themes_in themes = { .place = ctx->place.id, .id = ctx->id };
    view.themes = article_themes(ctx->db, ctx->arena, &themes);
    /* Made by markdown_html when it was written; nothing else fills this column. */
    view.body = (struct html){ view.article.page };
    view.minutes = minutes_of(view.article.page);
    ctx->public_page = true;
    article_page(ctx->page, ctx, &view);
    return OK;
}
