/* gate.c - one gate, seen from one side: the reason, the answer, and then the doors. */
#include "gates/views.h"
#include "house/vault.h"
#include "pages.h"

static const struct {
    const char *field;
    enum message label;
} door_names[DOORS] = {
    { "door0", MESSAGE_gate_door_name },
    { "door1", MESSAGE_gate_door_offer },
    { "door2", MESSAGE_gate_door_story },
    { "door3", MESSAGE_gate_door_reach },
};

static enum message hat_words(int64_t hat)
{
    return hat == 1 ? MESSAGE_hat_person : hat == 3 ? MESSAGE_hat_signal : MESSAGE_hat_mandate;
}

static void fill_doors(struct door_view doors[DOORS], int64_t open, const struct str texts[DOORS])
{
    for (int i = 0; i < DOORS; i++) {
        bool halves = i < 2;
        doors[i] = (struct door_view){
            .bit = 1 << i,
            .field = str_of(door_names[i].field),
            .label = door_names[i].label,
            .first = halves ? door_first(texts[i]) : texts[i],
            .second = halves ? door_second(texts[i]) : STR(""),
            .open = (open >> i) & 1,
            .empty = str_trim(texts[i]).len == 0,
        };
    }
}

static struct str group_name(struct ctx *ctx, struct id group)
{
    struct group_by_id_row row;
    struct group_by_id_in in = { .place = ctx->place.id, .id = group };
    if (id_is_none(group) || !group_by_id(ctx->db, ctx->arena, &in, &row))
        return STR("");
    return row.name;
}

/* Opens what both sides show each other. False: ask. */
static bool read_doors(struct ctx *ctx, const struct gate_my_side_row *mine,
                       const struct gate_other_side_open_row *theirs, struct gate_view *view)
{
    struct sealed_want wants[2 * DOORS];
    struct str texts[2 * DOORS];
    for (int i = 0; i < DOORS; i++) {
        wants[i] = (struct sealed_want){ ctx->who.person, SEALED_NAME + i };
        wants[DOORS + i] = (struct sealed_want){ theirs->person, SEALED_NAME + i };
    }
    if (!sealed_open(ctx, wants, 2 * DOORS, texts))
        return false;
    fill_doors(view->mine, mine->doors, texts);
    fill_doors(view->theirs, theirs->doors, texts + DOORS);
    view->my_doors.at = view->mine;
    view->their_doors.at = view->theirs;
    view->my_doors.count = view->their_doors.count = DOORS;
    view->their_group = group_name(ctx, theirs->group);
    return true;
}

enum outcome gate_show(struct ctx *ctx)
{
    struct gate_get_row gate;
    struct gate_my_side_row mine;
    struct gate_other_side_open_row theirs;
    struct gate_view view = { .id = ctx->id };
    struct gate_get_in in = { .place = ctx->place.id, .id = ctx->id };
    struct gate_my_side_in side = { .place = ctx->place.id,
                                    .gate = ctx->id,
                                    .person = ctx->who.person };
    if (!gate_get(ctx->db, ctx->arena, &in, &gate) ||
        !gate_my_side(ctx->db, ctx->arena, &side, &mine) ||
        !mandate_card_read(ctx, gate.mandate, gate.version, &view.mandate))
        return NOT_FOUND;
    struct sealed_want reason = { ctx->id, SEALED_REASON };
    if (!sealed_open(ctx, &reason, 1, &view.reason))
        return ASKED;
    struct gate_other_side_open_in other = { .place = ctx->place.id,
                                             .gate = ctx->id,
                                             .person = ctx->who.person };
    view.open = gate.has_opened && gate_other_side_open(ctx->db, ctx->arena, &other, &theirs);
    if (view.open && !read_doors(ctx, &mine, &theirs, &view))
        return ASKED;
    view.hat = hat_words(gate.hat);
    view.group = group_name(ctx, mine.group);
    view.proposed = gate.proposed;
    view.answered = mine.answer == 1;
    view.met = gate.has_met;
    gate_page(ctx->page, ctx, &view);
    return OK;
}

static enum outcome back(struct ctx *ctx)
{
    return ctx_then(ctx, "/in/%.*s/gates/%.*s", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, ctx->id)));
}

/* False: it was answered before. */
static bool answer(struct ctx *ctx, int64_t said)
{
    return gate_answer(ctx->db, &(struct gate_answer_in){ .place = ctx->place.id,
                                                          .gate = ctx->id,
                                                          .person = ctx->who.person,
                                                          .answer = said,
                                                          .now = ctx->now }) == 1;
}

/* The smallest door, first name and shared ground, opens with the gate itself. An old button that
 * is pressed later leaves the doors as their owner has set them since. */
enum outcome gate_open(struct ctx *ctx)
{
    if (!answer(ctx, 1))
        return back(ctx);
    gate_set_doors(ctx->db, &(struct gate_set_doors_in){ .place = ctx->place.id,
                                                         .gate = ctx->id,
                                                         .person = ctx->who.person,
                                                         .doors = 1 });
    gate_open_when_both(ctx->db, &(struct gate_open_when_both_in){
                                     .place = ctx->place.id, .gate = ctx->id, .now = ctx->now });
    return back(ctx);
}

enum outcome gate_no(struct ctx *ctx)
{
    struct gate_my_side_row mine;
    struct gate_my_side_in side = { .place = ctx->place.id,
                                    .gate = ctx->id,
                                    .person = ctx->who.person };
    gate_my_side(ctx->db, ctx->arena, &side, &mine);
    if (mine.answer == 1)
        return ctx_refuse(ctx, STR(""), MESSAGE_gate_said_yes);
    answer(ctx, 2);
    return ctx_then(ctx, "/in/%.*s/gates", STR_FMT(ctx->place.slug));
}

enum outcome gate_doors(struct ctx *ctx)
{
    int64_t doors = 0;
    for (int i = 0; i < DOORS; i++)
        if (str_is(ctx_field(ctx, str_of(door_names[i].field)), STR("1")))
            doors |= 1 << i;
    gate_set_doors(ctx->db, &(struct gate_set_doors_in){ .place = ctx->place.id,
                                                         .gate = ctx->id,
                                                         .person = ctx->who.person,
                                                         .doors = doors });
    return back(ctx);
}

enum outcome gate_met(struct ctx *ctx)
{
    gate_set_met(ctx->db, &(struct gate_set_met_in){
                              .place = ctx->place.id, .gate = ctx->id, .now = ctx->now });
    return back(ctx);
}

enum outcome gate_close(struct ctx *ctx)
{
    struct gate_set_closed_in in = { .place = ctx->place.id, .gate = ctx->id, .now = ctx->now };
    if (gate_set_closed(ctx->db, &in) != 1)
        return NOT_FOUND;
    return ctx_then(ctx, "/in/%.*s/gates", STR_FMT(ctx->place.slug));
}
