#include "house/session.h"

#include "crypto/mark.h"
#include "queries.h"

bool place_find(struct ctx *ctx, struct str slug)
{
    struct place_by_slug_row row;
    if (!place_by_slug(ctx->db, ctx->arena, &(struct place_by_slug_in){ .slug = slug }, &row))
        return false;
    ctx->place = (struct place){ row.id, row.slug, row.name, row.about };
    return true;
}

struct id session_mark(struct str token)
{
    return mark_of(STR("session"), token);
}

static bool too_long_ago(const struct ctx *ctx, const struct session_person_row *row)
{
    int64_t idle = row->any_professional ? ctx->config->professional_idle_minutes * MOMENT_MINUTE
                                         : ctx->config->resident_idle_days * MOMENT_DAY;
    return ctx->now.ms - row->seen.ms > idle;
}

void session_find(struct ctx *ctx, struct str token)
{
    struct id good;
    struct session_person_row row;
    ctx->who = (struct who){ 0 };
    if (!id_read(token, &good))
        return;
    struct session_person_in in = { .mark = session_mark(token), .place = ctx->place.id };
    if (!session_person(ctx->db, ctx->arena, &in, &row) || too_long_ago(ctx, &row))
        return;
    ctx->session = token;
    ctx->who = (struct who){ .person = row.person,
                             .session_mark = in.mark,
                             .public_name = row.public_name,
                             .resident = row.resident,
                             .professional = row.professional,
                             .host = row.host,
                             .seen = row.seen };
    for (size_t i = 0; i < language_count; i++)
        if (str_is(languages[i].code, row.language))
            ctx->language = &languages[i];
}

struct str session_form_token(struct arena *arena, struct str cookie)
{
    return id_text(arena, mark_of(STR("form"), cookie));
}
