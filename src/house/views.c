#include "house/views.h"

#include <stdarg.h>
#include <stdio.h>

#include "house/session.h"
#include "pages.h"
#include "web/qr.h"

struct str layout_direction(const struct ctx *ctx)
{
    return ctx->language->right_to_left ? STR("rtl") : STR("ltr");
}

struct url layout_home(const struct ctx *ctx)
{
    if (ctx->place.slug.len == 0)
        return ctx_url(ctx, "/");
    return ctx_url(ctx, "/in/%.*s", STR_FMT(ctx->place.slug));
}

/* /in/:place/SUBJECT and what is below it. */
bool layout_here(const struct ctx *ctx, const char *subject)
{
    struct str start = str_print(ctx->arena, "/in/%.*s/%s", STR_FMT(ctx->place.slug), subject);
    struct str rest = str_from(ctx->path, start.len);
    return str_starts(ctx->path, start) && (rest.len == 0 || rest.at[0] == '/');
}

/* {what} put into a message, as text that has yet to be escaped. */
struct str message_what(const struct ctx *ctx, enum message message, struct str what)
{
    struct str words = ctx_words(ctx, message), mark = STR("{what}");
    size_t at = str_find(words, mark);
    if (at == words.len)
        return words;
    return str_print(ctx->arena, "%.*s%.*s%.*s", STR_FMT(str_first(words, at)), STR_FMT(what),
                     STR_FMT(str_from(words, at + mark.len)));
}

struct str refusal_text(const struct ctx *ctx, const struct refusal *refusal)
{
    return message_what(ctx, refusal->message, refusal->what);
}

struct str input_described(const struct ctx *ctx, const struct input *input)
{
    bool wrong = input_refusal(ctx, input->name) != NULL;
    return str_print(ctx->arena, "%s%.*s%s%s%.*s", input->hint ? "hint-" : "",
                     input->hint ? (int)input->name.len : 0, input->name.at,
                     input->hint && wrong ? " " : "", wrong ? "error-" : "",
                     wrong ? (int)input->name.len : 0, input->name.at);
}

struct str input_type(const struct input *input)
{
    return input->type.len ? input->type : STR("text");
}

struct str input_autocomplete(const struct input *input)
{
    return input->autocomplete.len ? input->autocomplete : STR("off");
}

struct str input_value(const struct ctx *ctx, const struct input *input)
{
    if (str_is(input->type, STR("password")))
        return STR("");
    return ctx_has_field(ctx, input->name) ? ctx_field(ctx, input->name) : input->value;
}

const struct refusal *input_refusal(const struct ctx *ctx, struct str name)
{
    for (size_t i = 0; i < ctx->refusal_count; i++)
        if (str_is(ctx->refusals[i].field, name))
            return &ctx->refusals[i];
    return NULL;
}

bool choice_chosen(const struct ctx *ctx, const struct choice *choice)
{
    if (!ctx_has_field(ctx, choice->name))
        return choice->chosen;
    return str_is(ctx_field(ctx, choice->name), choice->value);
}

bool ctx_signed_in(const struct ctx *ctx)
{
    return !id_is_none(ctx->who.person);
}

struct str ctx_form_token(const struct ctx *ctx)
{
    ctx->notes->used_form = true;
    return session_form_token(ctx->arena, ctx_signed_in(ctx) ? ctx->session : ctx->before);
}

struct str ctx_once(const struct ctx *ctx)
{
    return id_text(ctx->arena, id_new());
}

struct url ctx_url(const struct ctx *ctx, const char *format, ...)
{
    char path[512];
    va_list args;
    struct url url;
    va_start(args, format);
    int length = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    struct str text = { path, length < 0 || (size_t)length >= sizeof path ? 0 : (size_t)length };
    if (!url_check(str_keep(ctx->arena, text), &url))
        return (struct url){ STR("/") };
    return url;
}

struct language_choices ctx_other_languages(const struct ctx *ctx)
{
    struct language *others = ARENA_MANY(ctx->arena, language_count, struct language);
    size_t count = 0;
    for (size_t i = 0; i < language_count; i++)
        if (&languages[i] != ctx->language)
            others[count++] = languages[i];
    return (struct language_choices){ others, count };
}

const struct language *ctx_language(const struct ctx *ctx)
{
    return ctx->language;
}

struct str day_words(const struct ctx *ctx, struct day day)
{
    struct out words;
    out_open(&words, 256);
    show_day(&words, ctx, day);
    struct str kept = str_keep(ctx->arena, out_str(&words));
    out_close(&words);
    return kept;
}

struct html qr_of(const struct ctx *ctx, struct str address, enum message label)
{
    struct html svg = { STR("") };
    struct out escaped;
    out_open(&escaped, 1024);
    out_text(&escaped, ctx_words(ctx, label));
    qr_draw(ctx->arena, address, (struct html){ out_str(&escaped) }, &svg);
    out_close(&escaped);
    return svg;
}

struct refusal_list ctx_refusals(const struct ctx *ctx)
{
    return (struct refusal_list){ ctx->refusals, ctx->refusal_count };
}

struct field_list ctx_written(const struct ctx *ctx)
{
    struct field *written = ARENA_MANY(ctx->arena, ctx->field_count, struct field);
    size_t count = 0;
    for (size_t i = 0; i < ctx->field_count; i++)
        if (!str_is(ctx->fields[i].name, STR("token")) &&
            !str_is(ctx->fields[i].name, STR("once")) &&
            !str_starts(ctx->fields[i].name, STR("passphrase")))
            written[count++] = ctx->fields[i];
    return (struct field_list){ written, count };
}

enum outcome form_again(struct ctx *ctx)
{
    again_page(ctx->page, ctx, ctx);
    return OK;
}
