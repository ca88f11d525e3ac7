/* questions.c - 'What do you do with this?': asked in public, answered under a clock. */
#include "mandates/views.h"
#include "pages.h"

enum { QUESTION = 600, ANSWER = 2000 };

static bool card_of(struct ctx *ctx, struct id mandate, struct mandate_card *card)
{
    struct mandate_by_id_row row;
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = mandate };
    return mandate_by_id(ctx->db, ctx->arena, &in, &row) &&
           mandate_card_read(ctx, mandate, row.version, card);
}

enum outcome question_ask_show(struct ctx *ctx)
{
    struct question_view view = {
        .id = ctx->id,
        .days = ctx->config->answer_days,
        .input = { .name = STR("question"),
                   .label = MESSAGE_question_label,
                   .hint = MESSAGE_question_hint,
                   .value = ctx_words(ctx, MESSAGE_question_start),
                   .rows = 4 },
    };
    if (!card_of(ctx, ctx->id, &view.card))
        return NOT_FOUND;
    question_ask_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome question_ask(struct ctx *ctx)
{
    struct mandate_by_id_row mandate;
    struct mandate_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    struct str asked = form_text(ctx, STR("question"), 5, QUESTION);
    if (ctx->refusal_count)
        return REFUSED;
    if (!mandate_by_id(ctx->db, ctx->arena, &in, &mandate) || mandate.version == 0)
        return NOT_FOUND;
    question_add(ctx->db, &(struct question_add_in){
                              .place = ctx->place.id,
                              .id = id_new(),
                              .mandate = ctx->id,
                              .version = mandate.version,
                              .by = ctx->who.person,
                              .asked = asked,
                              .now = ctx->now,
                              .due = { ctx->now.ms + ctx->config->answer_days * MOMENT_DAY } });
    return ctx_then(ctx, "/in/%.*s/mandates/%.*s#questions", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, ctx->id)));
}

enum outcome question_answer_show(struct ctx *ctx)
{
    struct question_get_row row;
    struct question_get_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!question_get(ctx->db, ctx->arena, &in, &row))
        return NOT_FOUND;
    struct question_view view = {
        .id = ctx->id,
        .question = { .asked = row.asked,
                      .asked_at = row.asked_at,
                      .due = row.due,
                      .late = row.due.ms < ctx->now.ms },
        .input = { .name = STR("answer"),
                   .label = MESSAGE_answer_label,
                   .hint = MESSAGE_answer_hint,
                   .value = row.answer,
                   .rows = 5 },
    };
    if (!card_of(ctx, row.mandate, &view.card))
        return NOT_FOUND;
    question_answer_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome question_answer(struct ctx *ctx)
{
    struct question_get_row row;
    struct question_get_in in = { .place = ctx->place.id, .id = ctx->id };
    struct str answer = form_text(ctx, STR("answer"), 2, ANSWER);
    if (ctx->refusal_count)
        return REFUSED;
    if (!question_get(ctx->db, ctx->arena, &in, &row))
        return NOT_FOUND;
    struct question_set_answer_in set = {
        .place = ctx->place.id, .id = ctx->id, .answer = answer, .now = ctx->now
    };
    if (question_set_answer(ctx->db, &set) != 1)
        return ctx_refuse(ctx, STR(""), MESSAGE_answer_given);
    return ctx_then(ctx, "/in/%.*s/mandates/%.*s#questions", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, row.mandate)));
}
