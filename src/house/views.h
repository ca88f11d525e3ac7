/* views.h - what the house's own pages show: the frame around every page, forms, and errors. */
#ifndef NABIJ_HOUSE_VIEWS_H
#define NABIJ_HOUSE_VIEWS_H

#include "house/assets.h"
#include "house/ctx.h"
#include "house/route.h"
#include "web/show.h"
#include "web/url.h"

/* The frame. A title is a message or a text of somebody's own. */
struct layout {
    enum message title_message;
    struct str title;
};

struct error_page {
    int status;
    enum message title, text;
    struct str what, reference;
};

/* One field of a form. After a refusal it shows what was sent, not `value`. */
struct input {
    struct str name;
    enum message label, hint;
    struct str value;
    int rows;        /* 0: one line */
    struct str type; /* "text" when empty; "date", "password" */
    struct str autocomplete;
    bool optional, no_capitals;
};

struct choice {
    struct str name, value, label;
    bool chosen;
};

/* What a template needs to know about the ctx. */
struct str layout_direction(const struct ctx *ctx);
struct url layout_home(const struct ctx *ctx);
bool layout_here(const struct ctx *ctx, const char *subject); /* is this page of that subject? */
struct str refusal_text(const struct ctx *ctx, const struct refusal *refusal);
struct str message_what(const struct ctx *ctx, enum message message, struct str what);
struct str input_described(const struct ctx *ctx, const struct input *input);
struct str input_type(const struct input *input);
struct str input_autocomplete(const struct input *input);
struct str input_value(const struct ctx *ctx, const struct input *input);
const struct refusal *input_refusal(const struct ctx *ctx, struct str name);
bool choice_chosen(const struct ctx *ctx, const struct choice *choice);
bool ctx_signed_in(const struct ctx *ctx);
struct str ctx_form_token(const struct ctx *ctx);
struct str ctx_once(const struct ctx *ctx);
struct url ctx_url(const struct ctx *ctx, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct language_choices {
    const struct language *at;
    size_t count;
};
struct language_choices ctx_other_languages(const struct ctx *ctx);

/* A day as it is read: 24 november 2026. */
struct str day_words(const struct ctx *ctx, struct day day);

/* A square code of an address, named for who cannot see it; nothing when it is too long. */
struct html qr_of(const struct ctx *ctx, struct str address, enum message label);

struct refusal_list {
    const struct refusal *at;
    size_t count;
};
struct refusal_list ctx_refusals(const struct ctx *ctx); /* all of them */

struct field_list {
    const struct field *at;
    size_t count;
};
struct field_list ctx_written(const struct ctx *ctx); /* what a person typed, not our own marks */

/* The page after a form came from somebody who was signed out meanwhile: nothing is lost. */
enum outcome form_again(struct ctx *ctx);

#endif
