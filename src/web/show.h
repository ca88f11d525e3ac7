/* show.h - how a value of each type stands in a page. The code that mkpage makes calls these.
 *
 * SHOW takes what can be escaped by its type and nothing else: a `char *`, a `bool` or a struct
 * of your own does not compile. Whatever came from a person is escaped; only `struct html` is not.
 * The reader's language decides how days and messages look. */
#ifndef NABIJ_WEB_SHOW_H
#define NABIJ_WEB_SHOW_H

#include "base/day.h"
#include "base/id.h"
#include "base/out.h"
#include "messages.h"
#include "web/url.h"
#include "web/words.h"

/* What is shown needs from the piece of work it belongs to; defined by the house. */
struct ctx;
const struct language *ctx_language(const struct ctx *ctx); /* never NULL */

enum argument_kind {
    ARGUMENT_TEXT,
    ARGUMENT_HTML,
    ARGUMENT_NUMBER,
    ARGUMENT_DAY,
    ARGUMENT_MOMENT,
    ARGUMENT_ID,
    ARGUMENT_MESSAGE
};

/* A value for {name} in a message. Borrowed; lives as long as what it points to. */
struct message_argument {
    struct str name;
    enum argument_kind kind;
    union {
        struct str text; /* also of a struct html */
        int64_t number;
        struct day day;
        struct moment moment;
        struct id id;
        enum message message;
    };
};

/* A message with its arguments, kept until it is shown: why a form was refused, for one. The
 * arguments live as long as the sentence. */
struct sentence {
    enum message message;
    const struct message_argument *arguments;
    size_t count;
};

void show_text(struct out *o, const struct ctx *ctx, struct str text);
void show_html(struct out *o, const struct ctx *ctx, struct html html);
void show_number(struct out *o, const struct ctx *ctx, int64_t number);
void show_size(struct out *o, const struct ctx *ctx, size_t size);
void show_day(struct out *o, const struct ctx *ctx, struct day day);          /* 24 november 2026 */
void show_moment(struct out *o, const struct ctx *ctx, struct moment moment); /* … 10:11 */
void show_id(struct out *o, const struct ctx *ctx, struct id id);
void show_url(struct out *o, const struct ctx *ctx, struct url url);
void show_sentence(struct out *o, const struct ctx *ctx, struct sentence sentence);
void show_sentence_at(struct out *o, const struct ctx *ctx, const struct sentence *sentence);

/* MESSAGE_NONE shows nothing. */
void show_message(struct out *o, const struct ctx *ctx, enum message message);

/* An argument named n chooses the plural form. An argument that is not given shows as its name
 * in braces, so that it is seen. */
void show_message_with(struct out *o, const struct ctx *ctx, enum message message,
                       const struct message_argument *arguments, size_t count);

/* Percent-encoded, inside an address. */
void show_part_text(struct out *o, const struct ctx *ctx, struct str text);
void show_part_day(struct out *o, const struct ctx *ctx, struct day day); /* 2026-11-24 */

#define SHOW(o, ctx, x)                                                                            \
    _Generic((x),                                                                                  \
        struct str: show_text,                                                                     \
        struct html: show_html,                                                                    \
        int: show_number,                                                                          \
        long: show_number,                                                                         \
        long long: show_number,                                                                    \
        unsigned int: show_number,                                                                 \
        size_t: show_size,                                                                         \
        struct day: show_day,                                                                      \
        struct moment: show_moment,                                                                \
        struct id: show_id,                                                                        \
        struct url: show_url,                                                                      \
        enum message: show_message,                                                                \
        struct sentence: show_sentence,                                                            \
        struct sentence *: show_sentence_at,                                                       \
        const struct sentence *: show_sentence_at)(o, ctx, x)

/* A whole address: only one that url_check has seen. */
#define SHOW_URL(o, ctx, x) show_url(o, ctx, x)

/* A part of an address of ours. */
#define SHOW_URL_PART(o, ctx, x)                                                                   \
    _Generic((x), struct str                                                                       \
             : show_part_text, int                                                                 \
             : show_number, long                                                                   \
             : show_number, long long                                                              \
             : show_number, unsigned int                                                           \
             : show_number, size_t                                                                 \
             : show_size, struct day                                                               \
             : show_part_day, struct id                                                            \
             : show_id)(o, ctx, x)

static inline struct message_argument argument_text(struct str name, struct str text)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_TEXT, .text = text };
}

static inline struct message_argument argument_html(struct str name, struct html html)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_HTML, .text = html.safe };
}

static inline struct message_argument argument_number(struct str name, int64_t number)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_NUMBER, .number = number };
}

static inline struct message_argument argument_size(struct str name, size_t size)
{
    int64_t number = size > INT64_MAX ? INT64_MAX : (int64_t)size;
    return (struct message_argument){ .name = name, .kind = ARGUMENT_NUMBER, .number = number };
}

static inline struct message_argument argument_day(struct str name, struct day day)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_DAY, .day = day };
}

static inline struct message_argument argument_moment(struct str name, struct moment moment)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_MOMENT, .moment = moment };
}

static inline struct message_argument argument_id(struct str name, struct id id)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_ID, .id = id };
}

static inline struct message_argument argument_url(struct str name, struct url url)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_TEXT, .text = url.safe };
}

static inline struct message_argument argument_message(struct str name, enum message message)
{
    return (struct message_argument){ .name = name, .kind = ARGUMENT_MESSAGE, .message = message };
}

#define ARG(literal, x)                                                                            \
    _Generic((x), struct str                                                                       \
             : argument_text, struct html                                                          \
             : argument_html, int                                                                  \
             : argument_number, long                                                               \
             : argument_number, long long                                                          \
             : argument_number, unsigned int                                                       \
             : argument_number, size_t                                                             \
             : argument_size, struct day                                                           \
             : argument_day, struct moment                                                         \
             : argument_moment, struct id                                                          \
             : argument_id, struct url                                                             \
             : argument_url, enum message                                                          \
             : argument_message)(STR(literal), x)

/* A constant MESSAGE_… is an int to the compiler; this says what it is. */
#define ARG_MESSAGE(literal, constant) argument_message(STR(literal), constant)

#endif
