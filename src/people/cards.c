/* cards.c - key cards: printed by somebody who is here already, given by hand, used once. */
#include <string.h>

#include "base/pack.h"
#include "crypto/mark.h"
#include "house/ask.h"
#include "house/keyring.h"
#include "house/vault.h"
#include "pages.h"
#include "people/card_words.h"
#include "people/views.h"
#include "queries.h"

/* Nothing of a card's secret is stored: words and link are made again from the card's id and the
 * machine's key whenever its maker prints it. What is stored only recognises them. */
static struct id derived(struct ctx *ctx, struct id card, struct str purpose)
{
    struct seal_key key = keyring_own(vault_keyring(ctx->vault), STR("key-cards"));
    struct id made = mark_keyed(&key, purpose, (struct str){ (const char *)card.b, ID_BYTES });
    seal_key_forget(&key);
    return made;
}

static void secret_of(struct ctx *ctx, struct id card, uint8_t secret[8])
{
    memcpy(secret, derived(ctx, card, STR("words")).b, 8);
    secret[7] &= 0xf0; /* 60 bits */
}

static struct id words_mark(struct ctx *ctx, const uint8_t secret[8])
{
    struct seal_key key = keyring_own(vault_keyring(ctx->vault), STR("key-cards"));
    struct id mark = mark_keyed(&key, STR("words-mark"), (struct str){ (const char *)secret, 8 });
    seal_key_forget(&key);
    return mark;
}

struct str card_words_of(struct ctx *ctx, struct id card)
{
    uint8_t secret[8];
    struct str words[8];
    secret_of(ctx, card, secret);
    card_words_write(secret, words);
    return str_print(ctx->arena, "%.*s %.*s %.*s %.*s %.*s %.*s %.*s %.*s", STR_FMT(words[0]),
                     STR_FMT(words[1]), STR_FMT(words[2]), STR_FMT(words[3]), STR_FMT(words[4]),
                     STR_FMT(words[5]), STR_FMT(words[6]), STR_FMT(words[7]));
}

struct str card_link_of(struct ctx *ctx, struct id card)
{
    return id_text(ctx->arena, derived(ctx, card, STR("link")));
}

struct id card_make(struct ctx *ctx, const struct card_order *order)
{
    uint8_t secret[8];
    struct id card = id_new();
    secret_of(ctx, card, secret);
    card_add(ctx->db, &(struct card_add_in){
                          .place = ctx->place.id,
                          .id = card,
                          .kind = order->kind,
                          .words = words_mark(ctx, secret),
                          .link = mark_of(STR("card-link"), card_link_of(ctx, card)),
                          .made_by = ctx->who.person,
                          .for_person = order->for_person,
                          .mandate = order->mandate,
                          .version = order->mandate_version,
                          .now = ctx->now,
                          .ends = { ctx->now.ms + ctx->config->card_days * MOMENT_DAY } });
    return card;
}

enum outcome card_answer(struct ctx *ctx, struct str question, struct out *answer)
{
    struct unpack from = { question, false };
    struct id card = unpack_id(&from);
    if (!id_is(card, ctx->id)) /* the rule spoke about the card in the path */
        return NOT_FOUND;
    pack_text(answer, card_words_of(ctx, card));
    pack_text(answer, card_link_of(ctx, card));
    return OK;
}

static enum message kind_words(int64_t kind)
{
    switch (kind) {
    case CARD_PROFESSIONAL:
        return MESSAGE_card_kind_professional;
    case CARD_HOST:
        return MESSAGE_card_kind_host;
    case CARD_RESTORE:
        return MESSAGE_card_kind_restore;
    default:
        return MESSAGE_card_kind_resident;
    }
}

enum outcome cards_show(struct ctx *ctx)
{
    struct cards_made_in in = { .place = ctx->place.id, .made_by = ctx->who.person };
    struct cards_made_rows rows = cards_made(ctx->db, ctx->arena, &in);
    struct cards_view view = { .for_professionals = ctx->who.host };
    view.cards.at = ARENA_MANY(ctx->arena, rows.count, struct card_line);
    view.cards.count = rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        bool ended = rows.at[i].ends.ms <= ctx->now.ms;
        view.cards.at[i] = (struct card_line){
            .id = rows.at[i].id,
            .kind = kind_words(rows.at[i].kind),
            .state = rows.at[i].has_used ? MESSAGE_card_state_used
                     : ended             ? MESSAGE_card_state_ended
                                         : MESSAGE_card_state_open,
            .made = rows.at[i].made,
            .ends = rows.at[i].ends,
            .open = !rows.at[i].has_used && !ended,
        };
    }
    cards_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome card_show(struct ctx *ctx)
{
    struct card_by_id_row card;
    struct card_by_id_in in = { .place = ctx->place.id, .id = ctx->id };
    struct str answer;
    if (!card_by_id(ctx->db, ctx->arena, &in, &card))
        return NOT_FOUND;
    struct str question = { (const char *)ctx->id.b, ID_BYTES };
    if (!ctx_ask(ctx, ASK_CARD, question, &answer))
        return ASKED;
    struct unpack from = { answer, false };
    struct str words = unpack_text(&from), link = unpack_text(&from), word;
    struct card_view view = { .kind = kind_words(card.kind),
                              .ends = card.ends,
                              .used = card.has_used };
    view.list.at = view.words;
    while (view.list.count < 8 && str_split(&words, ' ', &word))
        view.words[view.list.count++] = word;
    view.address =
        str_print(ctx->arena, "%.*s/card/%.*s", STR_FMT(ctx->config->address), STR_FMT(link));
    view.qr = qr_of(ctx, view.address, MESSAGE_card_qr);
    card_page(ctx->page, ctx, &view);
    return OK;
}

/* ---- words typed over from a card ---- */

enum outcome card_find_show(struct ctx *ctx)
{
    struct input words = { .name = STR("words"),
                           .label = MESSAGE_card_words,
                           .hint = MESSAGE_card_words_hint,
                           .rows = 3,
                           .no_capitals = true };
    card_find_page(ctx->page, ctx, &words);
    return OK;
}

static enum outcome refuse_words(struct ctx *ctx, enum card_words_result result, int wrong,
                                 struct str suggestion)
{
    struct str number = str_print(ctx->arena, "%d", wrong);
    struct str both = str_print(ctx->arena, "%d: %.*s?", wrong, STR_FMT(suggestion));
    switch (result) {
    case CARD_WORDS_TOO_FEW:
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_too_few);
    case CARD_WORDS_TOO_MANY:
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_too_many);
    case CARD_WORDS_UNKNOWN_WORD:
        return suggestion.len ? ctx_refuse_what(ctx, STR("words"), MESSAGE_card_unknown_word, both)
                              : ctx_refuse_what(ctx, STR("words"), MESSAGE_card_wrong_word, number);
    case CARD_WORDS_WRONG_WORD:
        return ctx_refuse_what(ctx, STR("words"), MESSAGE_card_wrong_word, number);
    default:
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_not_right);
    }
}

enum outcome card_find(struct ctx *ctx)
{
    uint8_t secret[8];
    int wrong = 0;
    struct str suggestion = STR("");
    struct card_by_words_row card;
    if (vault_tried_too_often(ctx))
        return ctx_refuse(ctx, STR(""), MESSAGE_sign_in_too_often);
    enum card_words_result result =
        card_words_read(ctx->arena, ctx_field(ctx, STR("words")), secret, &wrong, &suggestion);
    if (result != CARD_WORDS_GOOD)
        return refuse_words(ctx, result, wrong, suggestion);
    struct card_by_words_in in = { .words = words_mark(ctx, secret) };
    if (!card_by_words(ctx->db, ctx->arena, &in, &card))
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_unknown);
    if (card.has_used)
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_used);
    if (card.ends.ms <= ctx->now.ms)
        return ctx_refuse(ctx, STR("words"), MESSAGE_card_ended);
    return ctx_then(ctx, "/card/%.*s", STR_FMT(card_link_of(ctx, card.id)));
}
