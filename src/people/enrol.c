/* enrol.c - from a key card to somebody who takes part: no e-mail, no phone number. */
#include "crypto/mark.h"
#include "crypto/passphrase.h"
#include "house/keyring.h"
#include "house/sealed.h"
#include "house/session.h"
#include "house/vault.h"
#include "pages.h"
#include "people/names.h"
#include "people/views.h"
#include "queries.h"

static bool find_card(struct ctx *ctx, struct card_by_link_row *card)
{
    struct card_by_link_in in = { .link = mark_of(STR("card-link"), ctx->word) };
    return card_by_link(ctx->db, ctx->arena, &in, card);
}

enum outcome enrol_show(struct ctx *ctx)
{
    struct card_by_link_row card;
    struct place_by_id_row place;
    struct public_name_of_row giver = { 0 };
    if (!find_card(ctx, &card) ||
        !place_by_id(ctx->db, ctx->arena, &(struct place_by_id_in){ .id = card.place }, &place))
        return NOT_FOUND;
    public_name_of(ctx->db, ctx->arena,
                   &(struct public_name_of_in){ .place = card.place, .person = card.made_by },
                   &giver);
    struct enrol_view view = {
        .place = place.name,
        .giver = giver.name,
        .restores = card.kind == CARD_RESTORE,
        .professional = card.kind == CARD_PROFESSIONAL,
        .first_name = { .name = STR("first_name"),
                        .label = MESSAGE_enrol_first_name,
                        .hint = MESSAGE_enrol_first_name_hint },
        .public_name = { .name = STR("public_name"),
                         .label = MESSAGE_enrol_public_name,
                         .hint = MESSAGE_enrol_public_name_hint },
        .sign_in_name = { .name = STR("name"),
                          .label = MESSAGE_sign_in_name,
                          .hint = MESSAGE_enrol_name_hint,
                          .autocomplete = STR("username"),
                          .no_capitals = true },
        .passphrase = { .name = STR("passphrase"),
                        .label = MESSAGE_enrol_passphrase,
                        .hint = MESSAGE_enrol_passphrase_hint,
                        .type = STR("password"),
                        .autocomplete = STR("new-password") },
    };
    enrol_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome passphrase_check(struct ctx *ctx)
{
    switch (passphrase_judge(ctx_field(ctx, STR("passphrase")))) {
    case PASSPHRASE_SHORT:
        return ctx_refuse(ctx, STR("passphrase"), MESSAGE_passphrase_short);
    case PASSPHRASE_KNOWN:
        return ctx_refuse(ctx, STR("passphrase"), MESSAGE_passphrase_known);
    case PASSPHRASE_LONG:
        return ctx_refuse(ctx, STR("passphrase"), MESSAGE_passphrase_long);
    default:
        return OK;
    }
}

static struct id keep_passphrase(struct ctx *ctx, struct str passphrase)
{
    struct id id = id_new();
    secrets_keep(vault_secrets(ctx->vault), SECRET_PASSPHRASE, id,
                 passphrase_hash(ctx->arena, passphrase));
    return id;
}

struct id person_make(struct ctx *ctx, struct str sign_in_name, struct str passphrase,
                      struct str language)
{
    struct id id = id_new();
    keyring_make(vault_keyring(ctx->vault), ctx->arena, id);
    person_add(ctx->db, &(struct person_add_in){ .id = id,
                                                 .passphrase = keep_passphrase(ctx, passphrase),
                                                 .name = name_mark(ctx, sign_in_name),
                                                 .language = language,
                                                 .now = ctx->now });
    return id;
}

/* Ends every session, and keeps a sign-in form that was sent before from making a new one. */
void person_out_everywhere(struct ctx *ctx, struct id person)
{
    sessions_end_of(ctx->db, &(struct sessions_end_of_in){ .person = person });
    sign_ins_forget(ctx->db, &(struct sign_ins_forget_in){ .person = person });
}

/* A new passphrase ends every session: whoever held the old one is out. */
void person_new_passphrase(struct ctx *ctx, struct id person)
{
    struct person_by_id_row old;
    if (person_by_id(ctx->db, ctx->arena, &(struct person_by_id_in){ .id = person }, &old))
        secrets_drop(vault_secrets(ctx->vault), SECRET_PASSPHRASE, old.passphrase);
    struct id fresh = keep_passphrase(ctx, ctx_field(ctx, STR("passphrase")));
    person_passphrase(ctx->db, &(struct person_passphrase_in){ .id = person, .passphrase = fresh });
    person_out_everywhere(ctx, person);
}

static enum outcome use(struct ctx *ctx, const struct card_by_link_row *card, struct id person)
{
    struct card_use_in in = {
        .place = card->place, .id = card->id, .person = person, .now = ctx->now
    };
    return card_use(ctx->db, &in) == 1 ? OK : ctx_refuse(ctx, STR(""), MESSAGE_card_used);
}

/* The person is told that somebody gave them a new way in: it stands in their look log. */
static void log_restored(struct ctx *ctx, const struct card_by_link_row *card)
{
    struct public_name_of_row giver = { 0 };
    struct out body;
    public_name_of(ctx->db, ctx->arena,
                   &(struct public_name_of_in){ .place = card->place, .person = card->made_by },
                   &giver);
    out_open(&body, 4096);
    looklog_put(&body, STR("place"), ctx->place.slug);
    looklog_put(&body, STR("who"), giver.name.len ? giver.name : STR("host"));
    looklog_put(&body, STR("organisation"), STR("-"));
    looklog_put(&body, STR("purpose"), STR("restore/1"));
    looklog_put(&body, STR("fields"), STR("way-in"));
    vault_look(ctx, card->for_person, out_str(&body));
    out_close(&body);
}

static enum outcome restore(struct ctx *ctx, const struct card_by_link_row *card)
{
    if (passphrase_check(ctx) != OK || use(ctx, card, card->for_person) != OK)
        return REFUSED;
    person_new_passphrase(ctx, card->for_person);
    log_restored(ctx, card);
    vault_sign_in(ctx, card->for_person);
    return ctx_then(ctx, "/in/%.*s/today", STR_FMT(ctx->place.slug));
}

static bool name_is_free(struct ctx *ctx, struct str name)
{
    struct person_by_sign_in_name_row taken;
    struct person_by_sign_in_name_in in = { .name = name_mark(ctx, name) };
    return !person_by_sign_in_name(ctx->db, ctx->arena, &in, &taken);
}

static void take_part(struct ctx *ctx, const struct card_by_link_row *card, struct id person,
                      struct str called)
{
    bool resident = card->kind == CARD_RESIDENT;
    takes_part_add(ctx->db, &(struct takes_part_add_in){
                                .place = card->place,
                                .person = person,
                                .resident = resident,
                                .professional = card->kind == CARD_PROFESSIONAL,
                                .host = card->kind == CARD_HOST,
                                .public_name = resident ? (struct str){ NULL, 0 } : called,
                                .now = ctx->now });
    if (!resident)
        return;
    vault_seal(ctx, person, SEALED_NAME, str_print(ctx->arena, "%.*s\n", STR_FMT(called)));
    if (!id_is_none(card->mandate)) /* a professional's card begins a line with them */
        contact_add(ctx->db, &(struct contact_add_in){ .place = card->place,
                                                       .resident = person,
                                                       .professional = card->made_by,
                                                       .mandate = card->mandate,
                                                       .version = card->version,
                                                       .now = ctx->now });
}

enum outcome enrol(struct ctx *ctx)
{
    struct card_by_link_row card;
    struct place_by_id_row place;
    if (!find_card(ctx, &card) ||
        !place_by_id(ctx->db, ctx->arena, &(struct place_by_id_in){ .id = card.place }, &place))
        return NOT_FOUND;
    ctx->place = (struct place){ card.place, place.slug, place.name, place.about };
    if (card.kind == CARD_RESTORE)
        return restore(ctx, &card);
    struct str called =
        form_text(ctx, card.kind == CARD_RESIDENT ? STR("first_name") : STR("public_name"), 1, 60);
    struct str name = form_text(ctx, STR("name"), 3, 40);
    passphrase_check(ctx);
    if (ctx->refusal_count)
        return REFUSED;
    if (!name_is_free(ctx, name))
        return ctx_refuse(ctx, STR("name"), MESSAGE_enrol_name_taken);
    struct id person =
        person_make(ctx, name, ctx_field(ctx, STR("passphrase")), ctx->language->code);
    if (use(ctx, &card, person) != OK)
        return REFUSED;
    take_part(ctx, &card, person, called);
    vault_sign_in(ctx, person);
    return ctx_then(ctx, "/in/%.*s/today", STR_FMT(place.slug));
}
