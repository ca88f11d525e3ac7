/* show.c - the card on the table: for everybody, for who must read it, and for its holder. */
#include "mandates/views.h"
#include "pages.h"

bool mandate_card_read(struct ctx *ctx, struct id id, int64_t version, struct mandate_card *card)
{
    struct mandate_by_id_row mandate;
    struct mandate_version_get_in in = { .place = ctx->place.id, .id = id, .version = version };
    struct mandate_by_id_in which = { .place = ctx->place.id, .id = id };
    *card = (struct mandate_card){ .id = id, .version = version };
    if (!mandate_by_id(ctx->db, ctx->arena, &which, &mandate) ||
        !mandate_version_get(ctx->db, ctx->arena, &in, &card->words))
        return false;
    card->holder = mandate.name;
    card->ended = mandate.has_ended;
    card->over = card->words.ends.n < ctx->today.n;
    card->not_begun = card->words.starts.n > ctx->today.n;
    card->in_force = card->words.has_in_force && !card->ended && !card->over && !card->not_begun;
    return true;
}

static void read_questions(struct ctx *ctx, struct mandate_view *view)
{
    struct questions_of_mandate_in in = { .place = ctx->place.id, .mandate = ctx->id };
    struct questions_of_mandate_rows rows = questions_of_mandate(ctx->db, ctx->arena, &in);
    view->questions.at = ARENA_MANY(ctx->arena, rows.count, struct question_line);
    view->questions.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view->questions.at[i] = (struct question_line){
            .id = rows.at[i].id,
            .asked = rows.at[i].asked,
            .answer = rows.at[i].answer,
            .asked_at = rows.at[i].asked_at,
            .due = rows.at[i].due,
            .answered = rows.at[i].answered,
            .answered_yet = rows.at[i].has_answered,
            .late = (rows.at[i].has_answered ? rows.at[i].answered.ms : ctx->now.ms) >
                    rows.at[i].due.ms,
        };
}

static void read_reader(struct ctx *ctx, struct mandate_view *view, int64_t version)
{
    struct mandate_read_get_row read = { 0 };
    struct mandate_read_get_in in = { .place = ctx->place.id,
                                      .person = ctx->who.person,
                                      .id = ctx->id };
    if (!ctx->who.resident)
        return;
    mandate_read_get(ctx->db, ctx->arena, &in, &read);
    view->may_ask = true;
    view->read_before = read.version;
    view->must_read = read.version < version;
}

enum outcome mandate_show(struct ctx *ctx)
{
    struct mandate_by_id_row mandate;
    struct mandate_view view = { 0 };
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &mandate))
        return NOT_FOUND;
    if (mandate.version == 0)
        return mandate_draft_show(ctx);
    if (!mandate_card_read(ctx, ctx->id, mandate.version, &view.card))
        return BROKEN;
    view.mine = id_is(mandate.holder, ctx->who.person);
    view.has_changes = mandate.version > 1;
    view.address =
        str_print(ctx->arena, "%.*s/in/%.*s/mandates/%.*s", STR_FMT(ctx->config->address),
                  STR_FMT(ctx->place.slug), STR_FMT(id_text(ctx->arena, ctx->id)));
    view.qr = qr_of(ctx, view.address, MESSAGE_mandate_qr);
    read_questions(ctx, &view);
    read_reader(ctx, &view, mandate.version);
    ctx->public_page = true;
    mandate_show_page(ctx->page, ctx, &view);
    return OK;
}

static enum message state_of(const struct ctx *ctx, const struct mandates_of_holder_row *row)
{
    if (row->has_ended)
        return MESSAGE_mandate_state_ended;
    if (row->version == 0)
        return MESSAGE_mandate_state_draft;
    if (row->ends.n < ctx->today.n)
        return MESSAGE_mandate_state_over;
    if (row->starts.n > ctx->today.n)
        return MESSAGE_mandate_state_not_begun;
    return row->newest > row->version ? MESSAGE_mandate_state_changing
                                      : MESSAGE_mandate_state_in_force;
}

enum outcome mandates_show(struct ctx *ctx)
{
    struct mandates_of_holder_rows rows = mandates_of_holder(
        ctx->db, ctx->arena,
        &(struct mandates_of_holder_in){ .place = ctx->place.id, .holder = ctx->who.person });
    struct questions_waiting_rows waiting = questions_waiting(
        ctx->db, ctx->arena,
        &(struct questions_waiting_in){ .place = ctx->place.id, .holder = ctx->who.person });
    struct mandates_view view = { 0 };
    view.mandates.at = ARENA_MANY(ctx->arena, rows.count, struct mandate_line);
    view.mandates.count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        view.mandates.at[i] =
            (struct mandate_line){ .id = rows.at[i].id,
                                   .commissioner = rows.at[i].commissioner,
                                   .purpose = rows.at[i].purpose,
                                   .ends = rows.at[i].ends,
                                   .state = state_of(ctx, &rows.at[i]),
                                   .draft = rows.at[i].newest > rows.at[i].version };
    view.questions.at = ARENA_MANY(ctx->arena, waiting.count, struct question_line);
    view.questions.count = waiting.count;
    for (size_t i = 0; i < waiting.count; i++)
        view.questions.at[i] = (struct question_line){ .id = waiting.at[i].id,
                                                       .asked = waiting.at[i].asked,
                                                       .due = waiting.at[i].due,
                                                       .late = waiting.at[i].due.ms < ctx->now.ms };
    mandates_page(ctx->page, ctx, &view);
    return OK;
}
