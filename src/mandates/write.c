/* write.c - a mandate card is written, and changed: each time a draft that only its holder sees. */
#include "house/vault.h"
#include "mandates/views.h"
#include "pages.h"

enum { LINE = 120, TEXT = 1500 };

static struct mandate_form form_of(const struct ctx *ctx, const struct mandate_version_get_row *v)
{
#define FIELD(what, label, hint, lines)                                                            \
    {                                                                                              \
        STR(#what), label, hint, v->what, lines, .optional = false                                 \
    }
    struct mandate_form form = {
        .commissioner =
            FIELD(commissioner, MESSAGE_mandate_commissioner, MESSAGE_mandate_commissioner_hint, 0),
        .organisation =
            FIELD(organisation, MESSAGE_mandate_organisation, MESSAGE_mandate_organisation_hint, 0),
        .purpose = FIELD(purpose, MESSAGE_mandate_purpose, MESSAGE_mandate_purpose_hint, 3),
        .can_do = FIELD(can_do, MESSAGE_mandate_can_do, MESSAGE_mandate_can_do_hint, 3),
        .cannot_do = FIELD(cannot_do, MESSAGE_mandate_cannot_do, MESSAGE_mandate_cannot_do_hint, 3),
        .what_i_do = FIELD(what_i_do, MESSAGE_mandate_what_i_do, MESSAGE_mandate_what_i_do_hint, 3),
        .reads_along =
            FIELD(reads_along, MESSAGE_mandate_reads_along, MESSAGE_mandate_reads_along_hint, 0),
        .starts = { STR("starts"), MESSAGE_mandate_starts, MESSAGE_NONE,
                    day_text(ctx->arena, v->starts), .type = STR("date") },
        .ends = { STR("ends"), MESSAGE_mandate_ends, MESSAGE_mandate_ends_hint,
                  day_text(ctx->arena, v->ends), .type = STR("date") },
    };
#undef FIELD
    return form;
}

struct url mandate_form_action(const struct ctx *ctx, const struct mandate_form *form)
{
    if (!form->changes)
        return ctx_url(ctx, "/in/%.*s/mandates", STR_FMT(ctx->place.slug));
    return ctx_url(ctx, "/in/%.*s/mandates/%.*s/change", STR_FMT(ctx->place.slug),
                   STR_FMT(id_text(ctx->arena, form->id)));
}

enum outcome mandate_new(struct ctx *ctx)
{
    struct mandate_version_get_row empty = { .starts = ctx->today, .ends = { ctx->today.n + 365 } };
    struct mandate_form form = form_of(ctx, &empty);
    mandate_form_page(ctx->page, ctx, &form);
    return OK;
}

enum outcome mandate_change_show(struct ctx *ctx)
{
    struct mandate_newest_version_row newest;
    struct mandate_version_get_row words;
    struct mandate_newest_version_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_newest_version(ctx->db, ctx->arena, &in, &newest))
        return NOT_FOUND;
    struct mandate_version_get_in which = { .place = ctx->place.id,
                                            .id = ctx->id,
                                            .version = newest.version };
    if (!mandate_version_get(ctx->db, ctx->arena, &which, &words))
        return NOT_FOUND;
    struct mandate_form form = form_of(ctx, &words);
    form.id = ctx->id;
    form.changes = true;
    mandate_form_page(ctx->page, ctx, &form);
    return OK;
}

/* Reads the form; every part of the card is asked for, because each protects somebody. */
static enum outcome read_words(struct ctx *ctx, struct mandate_draft_add_in *draft)
{
    draft->commissioner = form_text(ctx, STR("commissioner"), 2, LINE);
    draft->organisation = form_text(ctx, STR("organisation"), 2, LINE);
    draft->purpose = form_text(ctx, STR("purpose"), 10, TEXT);
    draft->can_do = form_text(ctx, STR("can_do"), 2, TEXT);
    draft->cannot_do = form_text(ctx, STR("cannot_do"), 2, TEXT);
    draft->what_i_do = form_text(ctx, STR("what_i_do"), 2, TEXT);
    draft->reads_along = form_text(ctx, STR("reads_along"), 2, TEXT);
    draft->starts = form_day(ctx, STR("starts"));
    draft->ends = form_day(ctx, STR("ends"));
    if (ctx->refusal_count == 0 && draft->ends.n < draft->starts.n)
        ctx_refuse(ctx, STR("ends"), MESSAGE_mandate_ends_before);
    if (ctx->refusal_count == 0 && draft->ends.n < ctx->today.n)
        ctx_refuse(ctx, STR("ends"), MESSAGE_mandate_ends_past);
    if (ctx->refusal_count == 0 && draft->ends.n - draft->starts.n > 5 * 366)
        ctx_refuse(ctx, STR("ends"), MESSAGE_mandate_ends_far);
    return ctx->refusal_count ? REFUSED : OK;
}

static enum outcome keep_draft(struct ctx *ctx, struct id mandate, int64_t version,
                               struct mandate_draft_add_in *draft)
{
    draft->place = ctx->place.id;
    draft->id = mandate;
    draft->version = version;
    draft->now = ctx->now;
    mandate_draft_drop(ctx->db, &(struct mandate_draft_drop_in){
                                    .place = ctx->place.id, .id = mandate, .version = version });
    mandate_draft_add(ctx->db, draft);
    return ctx_then(ctx, "/in/%.*s/mandates/%.*s/draft", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, mandate)));
}

enum outcome mandate_write(struct ctx *ctx)
{
    struct mandate_draft_add_in draft = { 0 };
    if (read_words(ctx, &draft) != OK)
        return REFUSED;
    struct id mandate = id_new();
    mandate_add(ctx->db, &(struct mandate_add_in){ .place = ctx->place.id,
                                                   .id = mandate,
                                                   .holder = ctx->who.person,
                                                   .name = ctx->who.public_name,
                                                   .now = ctx->now });
    return keep_draft(ctx, mandate, 1, &draft);
}

enum outcome mandate_change(struct ctx *ctx)
{
    struct mandate_by_id_row mandate;
    struct mandate_draft_add_in draft = { 0 };
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &mandate))
        return NOT_FOUND;
    if (mandate.has_ended)
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_has_ended);
    if (read_words(ctx, &draft) != OK)
        return REFUSED;
    return keep_draft(ctx, ctx->id, mandate.version + 1, &draft);
}
