/* may.c - what somebody is here. */
#include "crypto/mark.h"
#include "people/people.h"
#include "queries.h"

enum outcome anyone(struct ctx *ctx)
{
    (void)ctx;
    return OK;
}

enum outcome may_be_signed_in(struct ctx *ctx)
{
    return id_is_none(ctx->who.person) ? NOT_ALLOWED : OK;
}

enum outcome may_take_part(struct ctx *ctx)
{
    return ctx->who.resident || ctx->who.professional || ctx->who.host ? OK : NOT_ALLOWED;
}

enum outcome may_keep_place(struct ctx *ctx)
{
    return ctx->who.host ? OK : NOT_ALLOWED;
}

enum outcome may_make_cards(struct ctx *ctx)
{
    return ctx->who.professional || ctx->who.host ? OK : NOT_ALLOWED;
}

enum outcome may_see_card(struct ctx *ctx)
{
    struct card_by_id_row card;
    struct card_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (may_make_cards(ctx) != OK || !card_by_id(ctx->db, ctx->arena, &in, &card))
        return NOT_FOUND;
    return id_is(card.made_by, ctx->who.person) ? OK : NOT_ALLOWED;
}

/* A card is a key to anybody who holds it: no account is asked for. */
enum outcome may_enrol(struct ctx *ctx)
{
    struct card_by_link_row card;
    struct card_by_link_in in = { .link = mark_of(STR("card-link"), ctx->word) };
    if (!card_by_link(ctx->db, ctx->arena, &in, &card))
        return NOT_FOUND;
    if (card.has_used)
        return ctx_refuse(ctx, STR(""), MESSAGE_card_used);
    if (card.ends.ms <= ctx->now.ms)
        return ctx_refuse(ctx, STR(""), MESSAGE_card_ended);
    return OK;
}
