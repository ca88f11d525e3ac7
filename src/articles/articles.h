/* articles.h - what is written: the public face.
 *
 * The body is kept as Markdown and as the HTML made of it when it was written, by the one
 * converter that lets no HTML of a writer through (articles/markdown.h). */
#ifndef NABIJ_ARTICLES_H
#define NABIJ_ARTICLES_H

#include "articles/import.h"
#include "house/ctx.h"
#include "house/route.h"

handler article_show;

/* Puts an imported text in ctx->place. BROKEN when its body does not turn into a page. */
enum outcome article_keep(struct ctx *ctx, const struct imported *imported, struct id *article);

#endif
