#include "house/ctx.h"

#include <stdarg.h>
#include <stdio.h>

bool ctx_has_field(const struct ctx *ctx, struct str name)
{
    for (size_t i = 0; i < ctx->field_count; i++)
        if (str_is(ctx->fields[i].name, name))
            return true;
    return false;
}

struct str ctx_field(const struct ctx *ctx, struct str name)
{
    for (size_t i = 0; i < ctx->field_count; i++)
        if (str_is(ctx->fields[i].name, name))
            return str_trim(ctx->fields[i].value);
    return STR("");
}

enum outcome ctx_refuse_what(struct ctx *ctx, struct str field, enum message message,
                             struct str what)
{
    if (ctx->refusal_count < REFUSALS)
        ctx->refusals[ctx->refusal_count++] = (struct refusal){ field, message, what };
    return REFUSED;
}

enum outcome ctx_refuse(struct ctx *ctx, struct str field, enum message message)
{
    return ctx_refuse_what(ctx, field, message, STR(""));
}

static bool has_control(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 32 && c != '\n' && c != '\t') || c == 127)
            return true;
    }
    return false;
}

struct str form_text(struct ctx *ctx, struct str name, size_t least, size_t most)
{
    struct str text = ctx_field(ctx, name);
    size_t length = str_characters(text);
    if (text.len == 0 && least > 0)
        ctx_refuse(ctx, name, MESSAGE_form_empty);
    else if (length < least)
        ctx_refuse_what(ctx, name, MESSAGE_form_short, str_print(ctx->arena, "%zu", least));
    else if (length > most)
        ctx_refuse_what(ctx, name, MESSAGE_form_long, str_print(ctx->arena, "%zu", most));
    else if (has_control(text))
        ctx_refuse(ctx, name, MESSAGE_form_control);
    return text;
}

struct day form_day(struct ctx *ctx, struct str name)
{
    struct day day = { 0 };
    struct str text = ctx_field(ctx, name);
    if (text.len == 0)
        ctx_refuse(ctx, name, MESSAGE_form_empty);
    else if (!day_read(text, &day))
        ctx_refuse(ctx, name, MESSAGE_form_day);
    return day;
}

struct id form_id(struct ctx *ctx, struct str name)
{
    struct id id = { { 0 } };
    if (!id_read(ctx_field(ctx, name), &id))
        ctx_refuse(ctx, name, MESSAGE_form_choose);
    return id;
}

int64_t form_choice(struct ctx *ctx, struct str name, int64_t least, int64_t most)
{
    int64_t chosen = least;
    if (!str_number(ctx_field(ctx, name), &chosen) || chosen < least || chosen > most) {
        ctx_refuse(ctx, name, MESSAGE_form_choose);
        chosen = least;
    }
    return chosen;
}

enum outcome ctx_then(struct ctx *ctx, const char *format, ...)
{
    char path[512];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof path)
        return BROKEN;
    ctx->then = str_keep(ctx->arena, (struct str){ path, (size_t)length });
    return OK;
}

struct str ctx_home(struct ctx *ctx)
{
    return str_print(ctx->arena, "/in/%.*s", STR_FMT(ctx->place.slug));
}

struct str ctx_words(const struct ctx *ctx, enum message message)
{
    return ctx->language->words[message].form[0];
}
