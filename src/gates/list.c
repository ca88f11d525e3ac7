/* list.c - the gates before me, those I proposed, the people I have a line with, the groups. */
#include "gates/views.h"
#include "house/vault.h"
#include "mandates/mandates.h"
#include "pages.h"
#include "people/people.h"

static enum message state_for_side(const struct gates_of_person_row *row)
{
    if (row->has_met)
        return MESSAGE_gate_state_met;
    if (row->has_opened)
        return MESSAGE_gate_state_open;
    return row->answer == 1 ? MESSAGE_gate_state_yes : MESSAGE_gate_state_asked;
}

static void list_mine(struct ctx *ctx, struct gates_view *view)
{
    struct gates_of_person_in in = { .place = ctx->place.id,
                                     .person = ctx->who.person,
                                     .now = ctx->now };
    struct gates_of_person_rows rows = gates_of_person(ctx->db, ctx->arena, &in);
    view->mine.at = ARENA_MANY(ctx->arena, rows.count, struct gate_line);
    view->mine.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view->mine.at[i] = (struct gate_line){
            .id = rows.at[i].id,
            .holder = rows.at[i].holder,
            .state = state_for_side(&rows.at[i]),
            .proposed = rows.at[i].proposed,
            .waits_for_me = rows.at[i].answer == 0,
            .open = rows.at[i].has_opened,
        };
}

/* Whether it waits, was silently refused or went away looks the same from here. */
static void list_proposed(struct ctx *ctx, struct gates_view *view)
{
    struct gates_proposed_in in = { .place = ctx->place.id, .by = ctx->who.person };
    struct gates_proposed_rows rows = gates_proposed(ctx->db, ctx->arena, &in);
    view->proposed.at = ARENA_MANY(ctx->arena, rows.count, struct gate_line);
    view->proposed.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view->proposed.at[i] = (struct gate_line){
            .id = rows.at[i].id,
            .state = rows.at[i].opened                   ? MESSAGE_gate_state_open
                     : rows.at[i].waits.ms > ctx->now.ms ? MESSAGE_gate_state_proposed
                                                         : MESSAGE_gate_state_gone,
            .proposed = rows.at[i].proposed,
            .open = rows.at[i].opened,
        };
}

enum outcome gates_show(struct ctx *ctx)
{
    struct gates_view view = { .professional = ctx->who.professional };
    if (ctx->who.resident)
        list_mine(ctx, &view);
    if (ctx->who.professional)
        list_proposed(ctx, &view);
    gates_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome residents_show(struct ctx *ctx)
{
    struct residents_in_contact_in in = { .place = ctx->place.id, .professional = ctx->who.person };
    struct residents_in_contact_rows rows = residents_in_contact(ctx->db, ctx->arena, &in);
    struct sealed_want *wants = ARENA_MANY(ctx->arena, rows.count, struct sealed_want);
    struct str *names = ARENA_MANY(ctx->arena, rows.count, struct str);
    struct residents_view view = { 0 };
    for (size_t i = 0; i < rows.count; i++)
        wants[i] = (struct sealed_want){ rows.at[i].id, SEALED_NAME };
    if (!sealed_open(ctx, wants, rows.count, names))
        return ASKED;
    view.residents.at = ARENA_MANY(ctx->arena, rows.count, struct resident_line);
    view.residents.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view.residents.at[i] =
            (struct resident_line){ rows.at[i].id, door_first(names[i]), rows.at[i].since };
    residents_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome resident_show(struct ctx *ctx)
{
    struct sealed_want wants[2] = { { ctx->id, SEALED_NAME }, { ctx->id, SEALED_OFFER } };
    struct str doors[2];
    if (!sealed_open(ctx, wants, 2, doors))
        return ASKED;
    struct resident_view view = { ctx->id, door_first(doors[0]), door_second(doors[0]),
                                  door_first(doors[1]), door_second(doors[1]) };
    resident_page(ctx->page, ctx, &view);
    return OK;
}

/* A lost way in is given back face to face: a fresh card, for this person only. */
enum outcome resident_restore(struct ctx *ctx)
{
    struct mandate_used mandate;
    if (!mandate_in_force(ctx, ctx->who.person, &mandate))
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_needed);
    struct card_order order = { .kind = CARD_RESTORE,
                                .for_person = ctx->id,
                                .mandate = mandate.id,
                                .mandate_version = mandate.version };
    struct id card = card_make(ctx, &order);
    return ctx_then(ctx, "/in/%.*s/cards/%.*s", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, card)));
}

enum outcome groups_show(struct ctx *ctx)
{
    struct groups_view view = {
        .groups =
            groups_all(ctx->db, ctx->arena, &(struct groups_all_in){ .place = ctx->place.id }),
        .name = { .name = STR("name"), .label = MESSAGE_group_name },
        .about = { .name = STR("about"),
                   .label = MESSAGE_group_about,
                   .hint = MESSAGE_group_about_hint,
                   .rows = 2 },
        .may_make = ctx->who.resident,
    };
    groups_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome group_make(struct ctx *ctx)
{
    struct str name = form_text(ctx, STR("name"), 2, 80);
    struct str about = form_text(ctx, STR("about"), 2, 400);
    if (ctx->refusal_count)
        return REFUSED;
    group_add(ctx->db, &(struct group_add_in){ .place = ctx->place.id,
                                               .id = id_new(),
                                               .name = name,
                                               .about = about,
                                               .keeper = ctx->who.person,
                                               .now = ctx->now });
    return ctx_then(ctx, "/in/%.*s/groups", STR_FMT(ctx->place.slug));
}
