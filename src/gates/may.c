/* may.c - who stands at a gate, and who sees through which door. */
#include "gates/views.h"
#include "mandates/mandates.h"
#include "people/people.h"

enum outcome may_see_gates(struct ctx *ctx)
{
    return ctx->who.resident ? may_be_resident(ctx) : may_be_professional(ctx);
}

/* A no, and a gate that went away, are as if it had never been. */
enum outcome may_stand_at_gate(struct ctx *ctx)
{
    struct gate_get_row gate;
    struct gate_my_side_row side;
    struct gate_get_in in = { .place = ctx->place.id, .id = ctx->id };
    struct gate_my_side_in mine = { .place = ctx->place.id,
                                    .gate = ctx->id,
                                    .person = ctx->who.person };
    if (!gate_get(ctx->db, ctx->arena, &in, &gate) ||
        !gate_my_side(ctx->db, ctx->arena, &mine, &side))
        return NOT_FOUND;
    bool over = gate.has_closed || (!gate.has_opened && gate.waits.ms <= ctx->now.ms);
    if (over || side.answer == 2)
        return NOT_FOUND;
    return may_be_resident(ctx);
}

enum outcome may_see_contact(struct ctx *ctx)
{
    if (!ctx->who.professional || !mandate_contact(ctx, ctx->id, ctx->who.person))
        return NOT_FOUND;
    return may_act(ctx);
}

static bool open_door(struct ctx *ctx, struct id owner, int kind)
{
    struct door_seen_through_row row;
    struct door_seen_through_in in = { .place = ctx->place.id,
                                       .viewer = ctx->who.person,
                                       .owner = owner,
                                       .bit = 1 << (kind - SEALED_NAME) };
    return door_seen_through(ctx->db, ctx->arena, &in, &row);
}

/* A professional sees no more than who somebody is and what they offer and wish: enough to look
 * for a connection. Stories and addresses open through gates only, between residents. */
enum seen gate_sees_door(struct ctx *ctx, struct id owner, int kind, struct mandate_used *under)
{
    if (id_is(owner, ctx->who.person))
        return SEEN_OWN;
    if (ctx->who.resident && open_door(ctx, owner, kind))
        return SEEN_BY_PEER;
    bool for_connecting = kind == SEALED_NAME || kind == SEALED_OFFER;
    if (ctx->who.professional && for_connecting && mandate_contact(ctx, owner, ctx->who.person) &&
        mandate_in_force(ctx, ctx->who.person, under))
        return SEEN_BY_MANDATE;
    return SEEN_NOT;
}

enum seen gate_sees_reason(struct ctx *ctx, struct id owner, int kind, struct mandate_used *under)
{
    struct gate_my_side_row side;
    struct gate_get_row gate;
    struct gate_my_side_in mine = { .place = ctx->place.id,
                                    .gate = owner,
                                    .person = ctx->who.person };
    struct gate_get_in in = { .place = ctx->place.id, .id = owner };
    (void)kind;
    (void)under;
    if (gate_my_side(ctx->db, ctx->arena, &mine, &side))
        return SEEN_BY_PEER;
    bool wrote_it = gate_get(ctx->db, ctx->arena, &in, &gate) && id_is(gate.by, ctx->who.person);
    return wrote_it ? SEEN_OWN : SEEN_NOT;
}

int64_t gates_waiting_for(struct ctx *ctx, struct id person)
{
    struct gates_waiting_row row = { 0 };
    struct gates_waiting_in in = { .place = ctx->place.id, .person = person, .now = ctx->now };
    gates_waiting(ctx->db, ctx->arena, &in, &row);
    return row.count;
}
