/* ctx.h - one request, one act: who, where, when, in which language, and what it may use.
 *
 * Everything a handler gets from here lives until the answer has been sent. In the front a ctx
 * reads (GET); in the vault the same rules run again on a ctx that may write (POST). Handlers
 * never ask who you are: the route's rule did. */
#ifndef NABIJ_HOUSE_CTX_H
#define NABIJ_HOUSE_CTX_H

#include "base/arena.h"
#include "base/day.h"
#include "base/id.h"
#include "base/out.h"
#include "base/outcome.h"
#include "db/db.h"
#include "house/config.h"
#include "messages.h"
#include "web/request.h"
#include "web/words.h"

struct vault;
struct route;

struct who {
    struct id person; /* none: a stranger */
    struct id session_mark;
    struct str public_name;            /* professionals only: what stands on their mandate card */
    bool resident, professional, host; /* here, in ctx->place */
    struct moment seen;                /* when this session was last noted */
};

struct place {
    struct id id; /* none: the page belongs to no place */
    struct str slug, name, about;
};

/* Why a form was not taken: at which field (empty: the whole form), in which words. */
struct refusal {
    struct str field;
    enum message message;
    struct str what; /* {what} in the message; may be empty */
};

/* What a page left behind while it was written. */
struct page_notes {
    bool used_form; /* it holds a form, so it may not be kept for others */
};

enum { REFUSALS = 12, ANSWERS = 8 };

struct asked_answer {
    int ask;
    struct str question, answer;
};

struct ctx {
    struct arena *arena;
    struct db *db;
    const struct config *config;
    struct moment now;
    struct day today;
    const struct language *language;
    const struct route *route;
    struct str path;
    struct place place;
    struct who who;
    struct id id;    /* :id in the path */
    struct str word; /* :word in the path */

    const struct field *fields; /* a form that was sent; none on a first GET */
    size_t field_count;
    struct refusal refusals[REFUSALS];
    size_t refusal_count;

    /* In the front. */
    struct out *page;
    struct str content_type;    /* empty: HTML */
    struct str file_name;       /* a download */
    struct str refresh;         /* the browser goes on to this address by itself */
    struct str session, before; /* cookie values */
    struct page_notes *notes;
    bool public_page; /* same for every stranger */
    struct asked_answer answers[ANSWERS];
    size_t answer_count, answers_wanted; /* wanted ones follow the answered */

    /* In the vault. */
    struct vault *vault;
    struct str address;
    struct str then;         /* where the act leads */
    struct str session_made; /* the cookie to set */
    bool session_ended;
    const struct language *language_chosen;
};

/* The field's text, trimmed; empty when it was not sent. */
struct str ctx_field(const struct ctx *ctx, struct str name);
bool ctx_has_field(const struct ctx *ctx, struct str name);

/* Adds a reason; always returns REFUSED. */
enum outcome ctx_refuse(struct ctx *ctx, struct str field, enum message message);
enum outcome ctx_refuse_what(struct ctx *ctx, struct str field, enum message message,
                             struct str what);

/* Reading a form. Each adds a refusal when the field does not fit, and returns what came. Lengths
 * in characters. Lines end in \n. Control characters other than \n and tab are refused. */
struct str form_text(struct ctx *ctx, struct str name, size_t least, size_t most);
struct day form_day(struct ctx *ctx, struct str name);
struct id form_id(struct ctx *ctx, struct str name);
int64_t form_choice(struct ctx *ctx, struct str name, int64_t least, int64_t most);

/* Where the act leads: printf with our own paths only. Returns OK. */
enum outcome ctx_then(struct ctx *ctx, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* /in/SLUG of the place, as text. */
struct str ctx_home(struct ctx *ctx);

/* The words of a message in the reader's language, for where a page cannot say t:. */
struct str ctx_words(const struct ctx *ctx, enum message message);

#endif
