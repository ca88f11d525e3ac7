#include "web/show.h"

_Static_assert(sizeof(enum message) == 2, "SHOW tells a message from an int by its type");

void show_text(struct out *o, const struct ctx *ctx, struct str text)
{
    (void)ctx;
    out_text(o, text);
}

void show_html(struct out *o, const struct ctx *ctx, struct html html)
{
    (void)ctx;
    out_html(o, html);
}

void show_number(struct out *o, const struct ctx *ctx, int64_t number)
{
    (void)ctx;
    out_number(o, number);
}

void show_size(struct out *o, const struct ctx *ctx, size_t size)
{
    (void)ctx;
    out_number(o, size > INT64_MAX ? INT64_MAX : (int64_t)size);
}

void show_id(struct out *o, const struct ctx *ctx, struct id id)
{
    (void)ctx;
    char letters[ID_LETTERS];
    id_write(id, letters);
    out_raw(o, (struct str){ letters, sizeof letters });
}

void show_url(struct out *o, const struct ctx *ctx, struct url url)
{
    (void)ctx;
    out_text(o, url.safe);
}

void show_part_text(struct out *o, const struct ctx *ctx, struct str text)
{
    (void)ctx;
    out_url_part(o, text);
}

void show_part_day(struct out *o, const struct ctx *ctx, struct day day)
{
    (void)ctx;
    int year, month, day_of_month;
    day_parts(day, &year, &month, &day_of_month);
    out_print(o, "%04d-%02d-%02d", year, month, day_of_month);
}

static const struct words *words_of(const struct ctx *ctx, enum message message)
{
    return &ctx_language(ctx)->words[message < MESSAGE_COUNT ? message : MESSAGE_NONE];
}

void show_day(struct out *o, const struct ctx *ctx, struct day day)
{
    int year, month, day_of_month;
    day_parts(day, &year, &month, &day_of_month);
    struct message_argument parts[] = {
        ARG("day", day_of_month),
        argument_message(STR("month"), (enum message)(MESSAGE_month_1 + month - 1)),
        ARG("year", year),
    };
    show_message_with(o, ctx, MESSAGE_day_pattern, parts, 3);
}

_Static_assert(MESSAGE_month_12 == MESSAGE_month_1 + 11, "the months stand in order in nl.po");

void show_moment(struct out *o, const struct ctx *ctx, struct moment moment)
{
    struct clock_face face = moment_face(moment);
    char time[] = { (char)('0' + face.hour / 10), (char)('0' + face.hour % 10), ':',
                    (char)('0' + face.minute / 10), (char)('0' + face.minute % 10) };
    struct message_argument parts[] = {
        ARG("day", moment_day(moment)),
        ARG("time", ((struct str){ time, sizeof time })),
    };
    show_message_with(o, ctx, MESSAGE_moment_pattern, parts, 2);
}

void show_sentence(struct out *o, const struct ctx *ctx, struct sentence sentence)
{
    show_message_with(o, ctx, sentence.message, sentence.arguments, sentence.count);
}

void show_sentence_at(struct out *o, const struct ctx *ctx, const struct sentence *sentence)
{
    show_sentence(o, ctx, *sentence);
}

void show_message(struct out *o, const struct ctx *ctx, enum message message)
{
    const struct words *words = words_of(ctx, message);
    if (words->plain)
        out_raw(o, words->form[0]);
    else
        out_text(o, words->form[0]);
}

static void show_argument(struct out *o, const struct ctx *ctx, const struct message_argument *a)
{
    switch (a->kind) {
    case ARGUMENT_TEXT:
        out_text(o, a->text);
        break;
    case ARGUMENT_HTML:
        out_raw(o, a->text);
        break;
    case ARGUMENT_NUMBER:
        out_number(o, a->number);
        break;
    case ARGUMENT_DAY:
        show_day(o, ctx, a->day);
        break;
    case ARGUMENT_MOMENT:
        show_moment(o, ctx, a->moment);
        break;
    case ARGUMENT_ID:
        show_id(o, ctx, a->id);
        break;
    case ARGUMENT_MESSAGE:
        show_message(o, ctx, a->message);
        break;
    }
}

static const struct message_argument *argument_find(const struct message_argument *arguments,
                                                    size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(arguments[i].name, name))
            return &arguments[i];
    return NULL;
}

static struct str form_of(const struct ctx *ctx, const struct words *words,
                          const struct message_argument *arguments, size_t count)
{
    const struct message_argument *n = argument_find(arguments, count, STR("n"));
    if (words->forms < 2 || !n || n->kind != ARGUMENT_NUMBER)
        return words->form[0];
    int form = words_plural(ctx_language(ctx)->code, n->number);
    return words->form[form < words->forms ? form : 0];
}

void show_message_with(struct out *o, const struct ctx *ctx, enum message message,
                       const struct message_argument *arguments, size_t count)
{
    const struct words *words = words_of(ctx, message);
    struct str rest = form_of(ctx, words, arguments, count);
    while (rest.len) {
        size_t open = str_find(rest, STR("{"));
        out_text(o, str_first(rest, open));
        rest = str_from(rest, open);
        size_t close = str_find(rest, STR("}"));
        if (close == rest.len)
            break;
        struct str name = str_first(str_from(rest, 1), close - 1);
        const struct message_argument *argument = argument_find(arguments, count, name);
        if (argument)
            show_argument(o, ctx, argument);
        else
            out_text(o, str_first(rest, close + 1));
        rest = str_from(rest, close + 1);
    }
    out_text(o, rest);
}
