/* keep.c - an imported text becomes an article of a place. */
#include "articles/articles.h"
#include "articles/markdown.h"
#include "queries.h"

enum outcome article_keep(struct ctx *ctx, const struct imported *imported, struct id *article)
{
    struct html page;
    struct article_same_row same;
    struct article_same_in like = { .place = ctx->place.id,
                                    .title = imported->title,
                                    .author = imported->author };
    if (article_same(ctx->db, ctx->arena, &like, &same))
        return REFUSED;
    if (markdown_html(ctx->arena, imported->body, &page) != MARKDOWN_GOOD)
        return BROKEN;
    *article = id_new();
    article_add(ctx->db, &(struct article_add_in){ .place = ctx->place.id,
                                                   .id = *article,
                                                   .platform = imported->platform,
                                                   .title = imported->title,
                                                   .subtitle = imported->subtitle,
                                                   .lead = imported->intro,
                                                   .kind = imported->kind,
                                                   .author = imported->author,
                                                   .has_written = imported->has_date,
                                                   .written = imported->date,
                                                   .photo_credit = imported->photo_credit,
                                                   .photo_caption = imported->photo_caption,
                                                   .photo_licence = imported->photo_licence,
                                                   .body = imported->body,
                                                   .page = page.safe,
                                                   .now = ctx->now });
    for (size_t i = 0; i < imported->theme_count; i++)
        article_theme_add(ctx->db, &(struct article_theme_add_in){ .place = ctx->place.id,
                                                                   .id = *article,
                                                                   .number = (int64_t)i + 1,
                                                                   .theme = imported->themes[i] });
    return OK;
}
