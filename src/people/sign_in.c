/* sign_in.c - coming in with a name and a passphrase; going out again. */
#include "base/pack.h"
#include "crypto/mark.h"
#include "crypto/passphrase.h"
#include "house/keyring.h"
#include "house/vault.h"
#include "pages.h"
#include "people/names.h"
#include "people/views.h"
#include "queries.h"

enum outcome sign_in_show(struct ctx *ctx)
{
    struct sign_in_view view = {
        .name = { .name = STR("name"),
                  .label = MESSAGE_sign_in_name,
                  .autocomplete = STR("username"),
                  .no_capitals = true },
        .passphrase = { .name = STR("passphrase"),
                        .label = MESSAGE_sign_in_passphrase,
                        .type = STR("password"),
                        .autocomplete = STR("current-password") },
    };
    sign_in_page(ctx->page, ctx, &view);
    return OK;
}

static struct str stored_passphrase(struct ctx *ctx, bool known, struct id passphrase)
{
    struct str stored = STR("");
    if (known)
        secrets_get(vault_secrets(ctx->vault), ctx->arena, SECRET_PASSPHRASE, passphrase, &stored);
    return stored;
}

/* Where somebody goes first: their place, or the list of places when they are in several. */
static enum outcome go_home(struct ctx *ctx, struct id person)
{
    struct places_of_person_rows places =
        places_of_person(ctx->db, ctx->arena, &(struct places_of_person_in){ .person = person });
    if (places.count == 1)
        return ctx_then(ctx, "/in/%.*s/today", STR_FMT(places.at[0].slug));
    return ctx_then(ctx, "/");
}

enum outcome sign_in(struct ctx *ctx)
{
    struct person_by_sign_in_name_row person = { 0 };
    struct str name = ctx_field(ctx, STR("name")), passphrase = ctx_field(ctx, STR("passphrase"));
    if (name.len == 0 || passphrase.len == 0)
        return ctx_refuse(ctx, STR(""), MESSAGE_sign_in_empty);
    if (vault_tried_too_often(ctx))
        return ctx_refuse(ctx, STR(""), MESSAGE_sign_in_too_often);
    struct person_by_sign_in_name_in in = { .name = name_mark(ctx, name) };
    bool known = person_by_sign_in_name(ctx->db, ctx->arena, &in, &person);
    /* Unknown names take as long, and get the same sentence. */
    if (!passphrase_fits(stored_passphrase(ctx, known, person.passphrase), passphrase) || !known)
        return ctx_refuse(ctx, STR(""), MESSAGE_sign_in_wrong);
    if (!id_is_none(ctx->who.session_mark)) /* no two sessions in one browser */
        session_end(ctx->db, &(struct session_end_in){ .mark = ctx->who.session_mark });
    vault_sign_in(ctx, person.id);
    return go_home(ctx, person.id);
}

enum outcome sign_out(struct ctx *ctx)
{
    session_end(ctx->db, &(struct session_end_in){ .mark = ctx->who.session_mark });
    ctx->session_ended = true;
    return ctx_then(ctx, "/sign-in");
}

enum outcome sign_out_everywhere(struct ctx *ctx)
{
    person_out_everywhere(ctx, ctx->who.person);
    ctx->session_ended = true;
    return ctx_then(ctx, "/sign-in");
}

/* Leaves at once: the session ends, and an ordinary page elsewhere comes in its place. */
enum outcome quick_exit(struct ctx *ctx)
{
    session_end(ctx->db, &(struct session_end_in){ .mark = ctx->who.session_mark });
    ctx->session_ended = true;
    return ctx_then(ctx, "/away");
}

enum outcome away_show(struct ctx *ctx)
{
    ctx->refresh = ctx->config->exit_to;
    away_page(ctx->page, ctx, ctx->config->exit_to);
    return OK;
}
