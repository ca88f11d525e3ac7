/* settings.c - one's own account: language, passphrase, where one is signed in. */
#include "crypto/passphrase.h"
#include "db/secrets.h"
#include "house/vault.h"
#include "pages.h"
#include "people/views.h"
#include "queries.h"

enum outcome language_show(struct ctx *ctx)
{
    language_page(ctx->page, ctx, ctx);
    return OK;
}

enum outcome language_choose_act(struct ctx *ctx)
{
    struct str code = ctx_field(ctx, STR("language"));
    for (size_t i = 0; i < language_count; i++)
        if (str_is(languages[i].code, code))
            ctx->language_chosen = &languages[i];
    if (!ctx->language_chosen)
        return ctx_refuse(ctx, STR("language"), MESSAGE_form_choose);
    if (!id_is_none(ctx->who.person))
        person_language(ctx->db,
                        &(struct person_language_in){ .id = ctx->who.person, .language = code });
    return ctx_then(ctx, "/");
}

enum outcome settings_show(struct ctx *ctx)
{
    struct sessions_of_person_row sessions = { 0 };
    struct places_of_person_rows places = places_of_person(
        ctx->db, ctx->arena, &(struct places_of_person_in){ .person = ctx->who.person });
    sessions_of_person(ctx->db, ctx->arena,
                       &(struct sessions_of_person_in){ .person = ctx->who.person }, &sessions);
    struct settings_view view = {
        .sessions = sessions.count,
        .old = { .name = STR("passphrase_old"),
                 .label = MESSAGE_settings_old,
                 .type = STR("password"),
                 .autocomplete = STR("current-password") },
        .fresh = { .name = STR("passphrase"),
                   .label = MESSAGE_settings_new,
                   .hint = MESSAGE_enrol_passphrase_hint,
                   .type = STR("password"),
                   .autocomplete = STR("new-password") },
    };
    view.places.at = ARENA_MANY(ctx->arena, places.count, __typeof__(*view.places.at));
    view.places.count = places.count;
    for (size_t i = 0; i < places.count; i++) {
        view.places.at[i].slug = places.at[i].slug;
        view.places.at[i].name = places.at[i].name;
    }
    settings_page(ctx->page, ctx, &view);
    return OK;
}

enum outcome passphrase_change(struct ctx *ctx)
{
    struct person_by_id_row person;
    struct str stored = STR(""), old = ctx_field(ctx, STR("passphrase_old"));
    struct secrets *secrets = vault_secrets(ctx->vault);
    if (passphrase_check(ctx) != OK)
        return REFUSED;
    if (vault_tried_too_often(ctx))
        return ctx_refuse(ctx, STR(""), MESSAGE_sign_in_too_often);
    if (!person_by_id(ctx->db, ctx->arena, &(struct person_by_id_in){ .id = ctx->who.person },
                      &person))
        return NOT_FOUND;
    secrets_get(secrets, ctx->arena, SECRET_PASSPHRASE, person.passphrase, &stored);
    if (!passphrase_fits(stored, old))
        return ctx_refuse(ctx, STR("passphrase_old"), MESSAGE_settings_old_wrong);
    person_new_passphrase(ctx, ctx->who.person);
    vault_sign_in(ctx, ctx->who.person);
    return ctx_then(ctx, "/settings");
}
