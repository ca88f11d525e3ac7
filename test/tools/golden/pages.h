/* Made by mkpage from the .html files; a change here is lost. */
#ifndef NABIJ_PAGES_H
#define NABIJ_PAGES_H

#include "view/view.h"

struct ctx;
struct out;

/* layout.html */
struct layout;
void layout_page_top(struct out *o, const struct ctx *ctx, const struct layout *l);
void layout_page_bottom(struct out *o, const struct ctx *ctx, const struct layout *l);

/* show.html */
struct view;
void show_page(struct out *o, const struct ctx *ctx, const struct view *v);

/* part.html */
struct str;
void part(struct out *o, const struct ctx *ctx, struct str text);

#endif
