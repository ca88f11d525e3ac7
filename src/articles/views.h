/* views.h - what the page of an article shows. */
#ifndef NABIJ_ARTICLES_VIEWS_H
#define NABIJ_ARTICLES_VIEWS_H

#include "articles/articles.h"
#include "house/views.h"
#include "queries.h"

struct article_view {
    struct article_get_row article;
    struct html body;
    struct article_themes_rows themes;
    int64_t minutes;
};

#endif
