/* card.c - a key card is printed: by a host, or by a professional on their assignment. */
#include "mandates/mandates.h"
#include "people/people.h"

enum outcome card_print(struct ctx *ctx)
{
    struct mandate_used mandate = { 0 };
    int64_t kind = form_choice(ctx, STR("kind"), CARD_RESIDENT, CARD_PROFESSIONAL);
    if (ctx->refusal_count)
        return REFUSED;
    if (kind == CARD_PROFESSIONAL && !ctx->who.host)
        return ctx_refuse(ctx, STR("kind"), MESSAGE_card_host_only);
    if (ctx->who.professional)
        mandate_in_force(ctx, ctx->who.person, &mandate);
    struct card_order order = { .kind = (enum card_kind)kind,
                                .mandate = mandate.id,
                                .mandate_version = mandate.version };
    struct id card = card_make(ctx, &order);
    return ctx_then(ctx, "/in/%.*s/cards/%.*s", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, card)));
}
