/* propose.c - a professional puts a gate before two worlds, with one reason for both. */
#include "gates/views.h"
#include "house/vault.h"
#include "mandates/mandates.h"
#include "pages.h"

enum { REASON = 600, NO_LASTS = 365 };

/* "person.ID" or "group.ID", as the form sends it. */
static struct str party_value(struct ctx *ctx, const char *kind, struct id id)
{
    return str_print(ctx->arena, "%s.%.*s", kind, STR_FMT(id_text(ctx->arena, id)));
}

static bool list_parties(struct ctx *ctx, struct propose_view *view)
{
    struct residents_in_contact_rows people =
        residents_in_contact(ctx->db, ctx->arena,
                             &(struct residents_in_contact_in){ .place = ctx->place.id,
                                                                .professional = ctx->who.person });
    struct groups_all_rows groups =
        groups_all(ctx->db, ctx->arena, &(struct groups_all_in){ .place = ctx->place.id });
    struct sealed_want *wants = ARENA_MANY(ctx->arena, people.count, struct sealed_want);
    struct str *names = ARENA_MANY(ctx->arena, people.count, struct str);
    for (size_t i = 0; i < people.count; i++)
        wants[i] = (struct sealed_want){ people.at[i].id, SEALED_NAME };
    if (!sealed_open(ctx, wants, people.count, names))
        return false;
    view->parties.at = ARENA_MANY(ctx->arena, people.count + groups.count, struct gate_party);
    for (size_t i = 0; i < people.count; i++)
        view->parties.at[view->parties.count++] =
            (struct gate_party){ party_value(ctx, "person", people.at[i].id),
                                 door_first(names[i]) };
    for (size_t i = 0; i < groups.count; i++)
        view->parties.at[view->parties.count++] =
            (struct gate_party){ party_value(ctx, "group", groups.at[i].id), groups.at[i].name };
    view->too_few = view->parties.count < 2;
    return true;
}

enum outcome gate_propose_show(struct ctx *ctx)
{
    struct propose_view view = {
        .hats = { { STR("hat"), STR("1"), ctx_words(ctx, MESSAGE_hat_person), false },
                  { STR("hat"), STR("2"), ctx_words(ctx, MESSAGE_hat_mandate), .chosen = true },
                  { STR("hat"), STR("3"), ctx_words(ctx, MESSAGE_hat_signal), false } },
        .reason = { .name = STR("reason"),
                    .label = MESSAGE_gate_reason,
                    .hint = MESSAGE_gate_reason_hint,
                    .rows = 4 },
    };
    view.hat_list.at = view.hats;
    view.hat_list.count = 3;
    if (!mandate_in_force(ctx, ctx->who.person, &view.mandate))
        return BROKEN; /* the rule said otherwise */
    if (!list_parties(ctx, &view))
        return ASKED;
    gate_propose_page(ctx->page, ctx, &view);
    return OK;
}

struct party {
    struct id person, group;
};

/* A resident in contact, or a group's keeper for the group. */
static bool read_party(struct ctx *ctx, struct str field, struct party *party)
{
    struct str value = ctx_field(ctx, field), kind;
    struct group_by_id_row group;
    struct id id;
    *party = (struct party){ 0 };
    if (!str_split(&value, '.', &kind) || !value.at || !id_read(value, &id)) {
        ctx_refuse(ctx, field, MESSAGE_form_choose);
        return false;
    }
    if (str_is(kind, STR("person")) && mandate_contact(ctx, id, ctx->who.person)) {
        party->person = id;
        return true;
    }
    struct group_by_id_in in = { .place = ctx->place.id, .id = id };
    if (str_is(kind, STR("group")) && group_by_id(ctx->db, ctx->arena, &in, &group)) {
        party->person = group.keeper;
        party->group = id;
        return true;
    }
    ctx_refuse(ctx, field, MESSAGE_form_choose);
    return false;
}

/* Waiting or silently refused: the sentence is the same, so that a no stays silent. */
static bool proposed_before(struct ctx *ctx, const struct party *a, const struct party *b)
{
    struct gate_between_row gate;
    struct gate_between_in in = {
        .place = ctx->place.id, .a = a->person, .b = b->person, .by = ctx->who.person
    };
    if (!gate_between(ctx->db, ctx->arena, &in, &gate))
        return false;
    return gate.has_opened || gate.waits.ms > ctx->now.ms;
}

/* Who said no within a year is not asked again; the answer is carried over, as silently. */
static void add_side(struct ctx *ctx, struct id gate, const struct party *who,
                     const struct party *other)
{
    struct gate_no_before_row no;
    struct gate_no_before_in in = { .place = ctx->place.id,
                                    .who = who->person,
                                    .other = other->person,
                                    .since = { ctx->now.ms - NO_LASTS * MOMENT_DAY } };
    bool said_no = gate_no_before(ctx->db, ctx->arena, &in, &no);
    gate_side_add(ctx->db, &(struct gate_side_add_in){ .place = ctx->place.id,
                                                       .gate = gate,
                                                       .person = who->person,
                                                       .group = who->group,
                                                       .answer = said_no ? 2 : 0,
                                                       .has_answered = said_no,
                                                       .answered = ctx->now });
}

enum outcome gate_propose(struct ctx *ctx)
{
    struct party left, right;
    struct mandate_used mandate;
    bool good = read_party(ctx, STR("left"), &left);
    good = read_party(ctx, STR("right"), &right) && good;
    int64_t hat = form_choice(ctx, STR("hat"), 1, 3);
    struct str reason = form_text(ctx, STR("reason"), 10, REASON);
    if (good && id_is(left.person, right.person))
        ctx_refuse(ctx, STR("right"), MESSAGE_gate_with_self);
    if (ctx->refusal_count)
        return REFUSED;
    if (proposed_before(ctx, &left, &right))
        return ctx_refuse(ctx, STR("right"), MESSAGE_gate_stands);
    if (!mandate_in_force(ctx, ctx->who.person, &mandate))
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_needed);
    struct id gate = id_new();
    gate_add(ctx->db, &(struct gate_add_in){
                          .place = ctx->place.id,
                          .id = gate,
                          .by = ctx->who.person,
                          .mandate = mandate.id,
                          .version = mandate.version,
                          .hat = hat,
                          .now = ctx->now,
                          .waits = { ctx->now.ms + ctx->config->gate_days * MOMENT_DAY } });
    add_side(ctx, gate, &left, &right);
    add_side(ctx, gate, &right, &left);
    vault_seal(ctx, gate, SEALED_REASON, reason);
    return ctx_then(ctx, "/in/%.*s/gates", STR_FMT(ctx->place.slug));
}
