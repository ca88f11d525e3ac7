/* Made by mkpage from the .html files; a change here is lost. */
#include "pages.h"

#include "web/show.h"

#line 7 "pages.c"
void layout_page_top(struct out *o, const struct ctx *ctx, const struct layout *l)
{
    (void)ctx;
    (void)l;
    out_raw(o, (struct str){ "<!doctype html>\n"
    "<html lang=\"", 28 });
#line 4 "layout.html"
    SHOW(o, ctx, (ctx_language(ctx)->code));
    out_raw(o, (struct str){ "\"", 1 });
#line 4 "layout.html"
    if (l->wide) {
    out_raw(o, (struct str){ " class=\"wide\"", 13 });
    }
    out_raw(o, (struct str){ ">\n"
    "<head>\n"
    "<title>", 16 });
#line 6 "layout.html"
    if (l->title_message) {
#line 6 "layout.html"
    SHOW(o, ctx, (l->title_message));
    }
    else {
#line 6 "layout.html"
    SHOW(o, ctx, (l->title));
    }
    out_raw(o, (struct str){ "</title>\n"
    "<script src=\"/assets/nabij.js\" defer></script>\n"
    "</head>\n"
    "<body>\n", 71 });
}

#line 39 "pages.c"
void layout_page_bottom(struct out *o, const struct ctx *ctx, const struct layout *l)
{
    (void)ctx;
    (void)l;
    out_raw(o, (struct str){ "\n"
    "</body>\n"
    "</html>\n", 17 });
}

#line 49 "pages.c"
void show_page(struct out *o, const struct ctx *ctx, const struct view *v)
{
    (void)ctx;
    (void)v;
#line 3 "show.html"
    const struct layout layout_here = { .title_message = MESSAGE_card_title, .wide = (true), };
    layout_page_top(o, ctx, &layout_here);
    out_raw(o, (struct str){ "<h1 class=\"card ", 16 });
#line 4 "show.html"
    if (v->changed)
        out_raw(o, (struct str){ "changed", 7 });
    out_raw(o, (struct str){ "\" lang=\"nl\">", 12 });
#line 4 "show.html"
    SHOW(o, ctx, (v->title));
    out_raw(o, (struct str){ "</h1>\n"
    "<p>", 9 });
#line 8 "show.html"
    _Static_assert(ARGUMENTS_card_until == 2, "the message has more or fewer arguments"); (void)ARGUMENT_card_until__day; (void)ARGUMENT_card_until__name;     show_message_with(o, ctx, MESSAGE_card_until, (struct message_argument[]){ ARG("day", (v->until)), ARG("name", (v->holder)), }, 2);
    out_raw(o, (struct str){ " · ", 4 });
#line 8 "show.html"
    _Static_assert(ARGUMENTS_card_waiting == 1, "the message has more or fewer arguments"); (void)ARGUMENT_card_waiting__n;     show_message_with(o, ctx, MESSAGE_card_waiting, (struct message_argument[]){ ARG("n", (v->count)), }, 1);
    out_raw(o, (struct str){ "</p>\n", 5 });
#line 9 "show.html"
    if (v->questions.count > 2) {
    out_raw(o, (struct str){ "<p>3</p>\n", 9 });
    }
#line 11 "show.html"
    else if (v->questions.count) {
    out_raw(o, (struct str){ "<ul>\n", 5 });
#line 13 "show.html"
    { __auto_type list_1 = (v->questions); for (size_t i_1 = 0; i_1 < (size_t)list_1.count; i_1++) { __typeof__(list_1.at[0]) *q = &list_1.at[i_1]; (void)q;
    out_raw(o, (struct str){ "<li><a href=\"/in/", 17 });
#line 14 "show.html"
    SHOW_URL_PART(o, ctx, (v->slug));
    out_raw(o, (struct str){ "/q/", 3 });
#line 14 "show.html"
    SHOW_URL_PART(o, ctx, (q->id));
    out_raw(o, (struct str){ "?x=", 3 });
#line 14 "show.html"
    SHOW_URL_PART(o, ctx, (v->title));
    out_raw(o, (struct str){ "\" title=\"", 9 });
#line 14 "show.html"
    SHOW(o, ctx, (q->text));
    out_raw(o, (struct str){ "\">", 2 });
#line 14 "show.html"
    SHOW(o, ctx, (q->text));
    out_raw(o, (struct str){ "</a>\n", 5 });
    } }
    out_raw(o, (struct str){ "</ul>\n", 6 });
    }
    else {
    out_raw(o, (struct str){ "<p>—</p>\n", 11 });
    }
#line 20 "show.html"
    { __auto_type list_2 = (v->questions); for (size_t i_2 = 0; i_2 < (size_t)list_2.count; i_2++) { __typeof__(list_2.at[0]) *q = &list_2.at[i_2]; (void)q;
#line 20 "show.html"
    SHOW(o, ctx, (q->text));
    out_raw(o, (struct str){ ",", 1 });
    } }
    out_raw(o, (struct str){ "\n", 1 });
#line 21 "show.html"
    { __auto_type list_3 = (v->questions); for (size_t i_3 = 0; i_3 < (size_t)list_3.count; i_3++) { __typeof__(list_3.at[0]) *q = &list_3.at[i_3]; (void)q;
    out_raw(o, (struct str){ "<i>", 3 });
#line 22 "show.html"
    SHOW(o, ctx, (v->n));
    out_raw(o, (struct str){ "</i>\n", 5 });
    } }
    out_raw(o, (struct str){ "<a href=\"", 9 });
#line 23 "show.html"
    SHOW_URL(o, ctx, (v->link));
    out_raw(o, (struct str){ "\">", 2 });
#line 23 "show.html"
    SHOW(o, ctx, (v->at));
    out_raw(o, (struct str){ "</a>\n"
    "<input type=\"checkbox\" name=\"a\" value=\"", 44 });
#line 24 "show.html"
    SHOW(o, ctx, (v->n));
    out_raw(o, (struct str){ "\"", 1 });
#line 24 "show.html"
    if (v->changed)
        out_raw(o, (struct str){ " " "checked", 8 });
#line 24 "show.html"
    if (v->n == 4)
        out_raw(o, (struct str){ " " "hidden", 7 });
    out_raw(o, (struct str){ " ", 1 });
#line 24 "show.html"
    if (v->n > 2) {
    out_raw(o, (struct str){ "disabled", 8 });
    }
    out_raw(o, (struct str){ ">\n"
    "<textarea name=\"t\">\n", 22 });
#line 25 "show.html"
    SHOW(o, ctx, (v->title));
    out_raw(o, (struct str){ "</textarea>\n"
    "<pre>\n"
    "  1   2\n"
    "</pre>\n", 33 });
#line 29 "show.html"
    __auto_type k = (v->n * 2); (void)k;
    out_raw(o, (struct str){ "<p>", 3 });
#line 30 "show.html"
    SHOW(o, ctx, (k));
    out_raw(o, (struct str){ " ", 1 });
#line 30 "show.html"
    SHOW(o, ctx, ((struct str){ "a<b", 3 }));
    out_raw(o, (struct str){ " ", 1 });
#line 30 "show.html"
    SHOW(o, ctx, (v->body));
    out_raw(o, (struct str){ " ", 1 });
#line 30 "show.html"
    SHOW(o, ctx, (v->state));
    out_raw(o, (struct str){ " ", 1 });
#line 30 "show.html"
    SHOW(o, ctx, (v->why));
    out_raw(o, (struct str){ " ", 1 });
#line 30 "show.html"
    show_message(o, ctx, (v->changed ? MESSAGE_month_1 : v->state));
    out_raw(o, (struct str){ "</p>\n", 5 });
#line 31 "show.html"
    part(o, ctx, v->holder);
    out_raw(o, (struct str){ "\n"
    "<code translate=\"no\">nabij log verify</code> &nbsp;\n", 53 });
    layout_page_bottom(o, ctx, &layout_here);
}

#line 175 "pages.c"
void part(struct out *o, const struct ctx *ctx, struct str text)
{
    (void)ctx;
    (void)text;
    out_raw(o, (struct str){ "<b>", 3 });
#line 2 "part.html"
    SHOW(o, ctx, (text));
    out_raw(o, (struct str){ "</b>\n", 5 });
}
