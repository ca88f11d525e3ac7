/* force.c - a draft is looked at as a resident will, put in force, and one day ended. */
#include "mandates/views.h"
#include "pages.h"

/* The parts that a resident reads, as one text. */
static struct str all_words(struct ctx *ctx, const struct mandate_version_get_row *v)
{
    return str_print(ctx->arena, "%.*s.\n%.*s.\n%.*s.\n%.*s.\n", STR_FMT(v->purpose),
                     STR_FMT(v->can_do), STR_FMT(v->cannot_do), STR_FMT(v->what_i_do));
}

static enum message hint_words(enum hint_kind kind)
{
    switch (kind) {
    case HINT_LONG_SENTENCE:
        return MESSAGE_readable_long_sentence;
    case HINT_LONG_WORD:
        return MESSAGE_readable_long_word;
    case HINT_PASSIVE:
        return MESSAGE_readable_passive;
    default:
        return MESSAGE_readable_hard_word;
    }
}

static void read_hints(struct ctx *ctx, struct draft_view *view)
{
    enum { SHOWN = 12 };
    bool dutch = str_is(ctx->language->code, STR("nl"));
    struct str text = all_words(ctx, &view->card.words);
    struct readable r = readable_look(ctx->arena, text, dutch ? READABLE_DUTCH : READABLE_ENGLISH);
    view->average = str_print(ctx->arena, "%zu%c%zu", r.words_a_sentence_tenths / 10,
                              dutch ? ',' : '.', r.words_a_sentence_tenths % 10);
    view->average_high = r.words_a_sentence_tenths > READABLE_SENTENCE_WORDS * 10;
    view->hints.count = r.hint_count < SHOWN ? r.hint_count : SHOWN;
    view->hints.at = ARENA_MANY(ctx->arena, view->hints.count, struct readable_hint);
    for (size_t i = 0; i < view->hints.count; i++) {
        const struct hint *hint = &r.hints[i];
        view->hints.at[i] = (struct readable_hint){
            .kind = hint_words(hint->kind),
            .words = { text.at + hint->start, hint->length },
            .alternative = hint->alternative,
            .amount = (int64_t)hint->amount,
        };
    }
}

enum outcome mandate_draft_show(struct ctx *ctx)
{
    struct mandate_newest_version_row newest;
    struct draft_view view = { 0 };
    struct mandate_newest_version_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_newest_version(ctx->db, ctx->arena, &in, &newest) ||
        !mandate_card_read(ctx, ctx->id, newest.version, &view.card))
        return NOT_FOUND;
    view.changes = newest.version > 1;
    read_hints(ctx, &view);
    mandate_draft_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome mandate_put_in_force(struct ctx *ctx)
{
    struct mandate_newest_version_row newest;
    struct mandate_card card;
    struct mandate_newest_version_in in = { .place = ctx->place.id, .id = ctx->id };
    if (!mandate_newest_version(ctx->db, ctx->arena, &in, &newest) ||
        !mandate_card_read(ctx, ctx->id, newest.version, &card))
        return NOT_FOUND;
    if (card.ended)
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_has_ended);
    if (card.over)
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_ends_past);
    struct mandate_version_in_force_in force = {
        .place = ctx->place.id, .id = ctx->id, .version = newest.version, .now = ctx->now
    };
    if (mandate_version_in_force(ctx->db, &force) != 1)
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_nothing_new);
    mandate_set_version(ctx->db, &(struct mandate_set_version_in){ .place = ctx->place.id,
                                                                   .id = ctx->id,
                                                                   .version = newest.version });
    return ctx_then(ctx, "/in/%.*s/mandates/%.*s", STR_FMT(ctx->place.slug),
                    STR_FMT(id_text(ctx->arena, ctx->id)));
}

enum outcome mandate_end(struct ctx *ctx)
{
    struct mandate_set_ended_in in = { .place = ctx->place.id, .id = ctx->id, .now = ctx->now };
    if (mandate_set_ended(ctx->db, &in) != 1)
        return ctx_refuse(ctx, STR(""), MESSAGE_mandate_has_ended);
    return ctx_then(ctx, "/in/%.*s/mandates", STR_FMT(ctx->place.slug));
}
