/* changes.c - what changed on a card: old beside new, for everybody. */
#include "mandates/views.h"
#include "pages.h"

static struct change_row row(enum message label, struct str before, struct str after)
{
    return (struct change_row){ label, before, after, !str_is(before, after) };
}

static void compare(struct ctx *ctx, const struct mandate_version_get_row *a,
                    const struct mandate_version_get_row *b, struct change_view *view)
{
    view->rows[0] = row(MESSAGE_mandate_commissioner, a->commissioner, b->commissioner);
    view->rows[1] = row(MESSAGE_mandate_organisation, a->organisation, b->organisation);
    view->rows[2] = row(MESSAGE_mandate_purpose, a->purpose, b->purpose);
    view->rows[3] = row(MESSAGE_mandate_can_do, a->can_do, b->can_do);
    view->rows[4] = row(MESSAGE_mandate_cannot_do, a->cannot_do, b->cannot_do);
    view->rows[5] = row(MESSAGE_mandate_what_i_do, a->what_i_do, b->what_i_do);
    view->rows[6] = row(MESSAGE_mandate_reads_along, a->reads_along, b->reads_along);
    view->rows[7] =
        row(MESSAGE_mandate_starts, day_words(ctx, a->starts), day_words(ctx, b->starts));
    view->rows[8] = row(MESSAGE_mandate_ends, day_words(ctx, a->ends), day_words(ctx, b->ends));
    view->list.at = view->rows;
    view->list.count = sizeof view->rows / sizeof *view->rows;
}

enum outcome mandate_changes_show(struct ctx *ctx)
{
    struct mandate_by_id_row mandate;
    struct mandate_read_get_row read = { 0 };
    struct mandate_card before;
    struct change_view view = { 0 };
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &mandate) || mandate.version < 2)
        return NOT_FOUND;
    struct mandate_read_get_in reader = { .place = ctx->place.id,
                                          .person = ctx->who.person,
                                          .id = ctx->id };
    mandate_read_get(ctx->db, ctx->arena, &reader, &read);
    view.to = mandate.version;
    /* A resident sees what changed since they last read it; others the last change. */
    view.from = read.version > 0 && read.version < view.to ? read.version : view.to - 1;
    view.must_read = ctx->who.resident && read.version > 0 && read.version < view.to;
    if (!mandate_card_read(ctx, ctx->id, view.from, &before) ||
        !mandate_card_read(ctx, ctx->id, view.to, &view.card))
        return BROKEN;
    view.in_force = view.card.words.in_force;
    compare(ctx, &before.words, &view.card.words, &view);
    ctx->public_page = !view.must_read;
    mandate_changes_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome mandate_read_act(struct ctx *ctx)
{
    struct mandate_by_id_row mandate;
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &mandate))
        return NOT_FOUND;
    mandate_read_set(ctx->db, &(struct mandate_read_set_in){ .place = ctx->place.id,
                                                             .person = ctx->who.person,
                                                             .id = ctx->id,
                                                             .version = mandate.version,
                                                             .now = ctx->now });
    return ctx_then(ctx, "/in/%.*s/today", STR_FMT(ctx->place.slug));
}
