/* may.c - no act without a mandate in force, and no resident who has not read it. */
#include "mandates/mandates.h"
#include "people/people.h"
#include "queries.h"

bool mandate_in_force(struct ctx *ctx, struct id holder, struct mandate_used *mandate)
{
    struct mandate_of_holder_in_force_row row;
    struct mandate_of_holder_in_force_in in = { .place = ctx->place.id,
                                                .holder = holder,
                                                .today = ctx->today };
    if (!mandate_of_holder_in_force(ctx->db, ctx->arena, &in, &row))
        return false;
    *mandate = (struct mandate_used){ row.id, row.version, row.name, row.organisation };
    return true;
}

bool mandate_mine_in_force(struct ctx *ctx, struct id mandate, struct mandate_used *used)
{
    struct mandate_one_in_force_row row;
    struct mandate_one_in_force_in in = {
        .place = ctx->place.id, .id = mandate, .holder = ctx->who.person, .today = ctx->today
    };
    if (!mandate_one_in_force(ctx->db, ctx->arena, &in, &row))
        return false;
    *used = (struct mandate_used){ mandate, row.version, row.name, row.organisation };
    return true;
}

bool mandate_contact(struct ctx *ctx, struct id resident, struct id professional)
{
    struct contact_find_row row;
    struct contact_find_in in = { .place = ctx->place.id,
                                  .resident = resident,
                                  .professional = professional };
    return contact_find(ctx->db, ctx->arena, &in, &row);
}

enum outcome may_be_professional(struct ctx *ctx)
{
    return ctx->who.professional ? OK : NOT_ALLOWED;
}

enum outcome may_act(struct ctx *ctx)
{
    struct mandate_used mandate;
    if (!ctx->who.professional)
        return NOT_ALLOWED;
    if (!mandate_in_force(ctx, ctx->who.person, &mandate))
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_needed);
    return OK;
}

enum outcome may_see_mandate(struct ctx *ctx)
{
    struct mandate_by_id_row row;
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &row))
        return NOT_FOUND;
    return row.version > 0 || id_is(row.holder, ctx->who.person) ? OK : NOT_ALLOWED;
}

enum outcome may_hold_mandate(struct ctx *ctx)
{
    struct mandate_by_id_row row;
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &row))
        return NOT_FOUND;
    return ctx->who.professional && id_is(row.holder, ctx->who.person) ? OK : NOT_ALLOWED;
}

enum outcome may_be_resident(struct ctx *ctx)
{
    struct mandate_unread_row unread;
    struct mandate_unread_in in = { .place = ctx->place.id,
                                    .resident = ctx->who.person,
                                    .today = ctx->today };
    if (!ctx->who.resident)
        return NOT_ALLOWED;
    if (!mandate_unread(ctx->db, ctx->arena, &in, &unread))
        return OK;
    ctx_then(ctx, "/in/%.*s/mandates/%.*s", STR_FMT(ctx->place.slug),
             STR_FMT(id_text(ctx->arena, unread.id)));
    return ctx_refuse(ctx, STR(""), MESSAGE_mandate_read_first);
}

enum outcome may_read_mandate(struct ctx *ctx)
{
    return ctx->who.resident ? may_see_mandate(ctx) : NOT_ALLOWED;
}

enum outcome may_answer_question(struct ctx *ctx)
{
    struct question_get_row question;
    struct mandate_by_id_row mandate;
    struct question_get_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!question_get(ctx->db, ctx->arena, &in, &question))
        return NOT_FOUND;
    struct mandate_by_id_in about = { .place = ctx->place.id, .id = question.mandate };
    if (!mandate_by_id(ctx->db, ctx->arena, &about, &mandate))
        return NOT_FOUND;
    return id_is(mandate.holder, ctx->who.person) ? OK : NOT_ALLOWED;
}

enum outcome may_take_part_read(struct ctx *ctx)
{
    return ctx->who.resident ? may_be_resident(ctx) : may_take_part(ctx);
}

enum outcome may_print_cards(struct ctx *ctx)
{
    return ctx->who.host ? OK : may_act(ctx);
}
