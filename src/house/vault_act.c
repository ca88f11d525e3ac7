/* vault_act.c - one act, one question: is it ours, is it new, may it, and then it happens. */
#include "crypto/mark.h"
#include "db/secrets.h"
#include "house/ask.h"
#include "house/route.h"
#include "house/session.h"
#include "house/vault_inside.h"
#include "queries.h"

enum { MINUTE = MOMENT_MINUTE, HOUR = MOMENT_HOUR };

bool vault_tried_too_often(struct ctx *ctx)
{
    struct id who = mark_keyed(&ctx->vault->limits_key, STR("tries"), ctx->address);
    return !limits_take(ctx->vault->limits, who, ctx->config->tries_an_hour, HOUR, ctx->now);
}

static bool within_limits(struct ctx *ctx)
{
    struct vault *vault = ctx->vault;
    const struct config *config = ctx->config;
    struct id address = mark_keyed(&vault->limits_key, STR("address"), ctx->address);
    struct id all = mark_keyed(&vault->limits_key, STR("all"), STR(""));
    if (ctx->address.len == 0)
        return true; /* the command line, on this machine */
    return limits_take(vault->limits, all, config->acts_in_all, MINUTE, ctx->now) &&
           limits_take(vault->limits, address, config->acts_an_address, MINUTE, ctx->now) &&
           (id_is_none(ctx->who.person) ||
            limits_take(vault->limits, ctx->who.person, config->acts_a_minute, MINUTE, ctx->now));
}

static bool made_with(struct ctx *ctx, struct str cookie)
{
    return cookie.len > 0 &&
           mark_same(ctx_field(ctx, STR("token")), session_form_token(ctx->arena, cookie));
}

/* Was this form made by us, for whoever sends it? *cookie is the one it was made with. A form may
 * have been made before signing in and sent after it. */
static enum outcome form_is_ours(struct ctx *ctx, struct str *cookie)
{
    bool signed_in = !id_is_none(ctx->who.person);
    *cookie = made_with(ctx, ctx->before) ? ctx->before : ctx->session;
    if (made_with(ctx, ctx->before) || (signed_in && made_with(ctx, ctx->session)))
        return OK;
    return ctx_refuse(ctx, STR(""),
                      made_with(ctx, ctx->session) ? MESSAGE_form_signed_out : MESSAGE_form_stale);
}

/* What makes "the same form, sent again" the same: the cookie, the path, and the number that
 * stood in the form. */
static bool once_mark(struct ctx *ctx, struct str cookie, struct id *mark)
{
    struct id once;
    if (!id_read(ctx_field(ctx, STR("once")), &once))
        return false;
    struct str all = str_print(ctx->arena, "%.*s %.*s %.*s", STR_FMT(cookie),
                               STR_FMT(id_text(ctx->arena, once)), STR_FMT(ctx->path));
    *mark = mark_of(STR("once"), all);
    return true;
}

static enum outcome run_act(struct ctx *ctx)
{
    enum outcome outcome = ctx->route->may(ctx);
    if (outcome == OK)
        outcome = ctx->route->run(ctx);
    return outcome == OK && ctx->refusal_count > 0 ? REFUSED : outcome;
}

enum outcome vault_run_act(struct ctx *ctx, struct reply *reply)
{
    struct id mark;
    struct str cookie;
    struct act_done_find_row done;
    if (form_is_ours(ctx, &cookie) != OK)
        return REFUSED;
    if (!once_mark(ctx, cookie, &mark))
        return ctx_refuse(ctx, STR(""), MESSAGE_form_stale);
    if (act_done_find(ctx->db, ctx->arena, &(struct act_done_find_in){ .mark = mark }, &done)) {
        ctx->then = done.location;
        if (!id_is_none(done.signed_in))
            vault_sign_in(ctx, done.signed_in);
        return OK;
    }
    if (!within_limits(ctx)) {
        reply->too_many = true;
        return ctx_refuse(ctx, STR(""), MESSAGE_form_too_often);
    }
    db_act(ctx->db);
    secrets_act(ctx->vault->secrets);
    enum outcome outcome = run_act(ctx);
    if (outcome == OK) {
        struct id signed_in = ctx->session_made.len ? ctx->who.person : (struct id){ { 0 } };
        act_done_add(ctx->db, &(struct act_done_add_in){ .mark = mark,
                                                         .location = ctx->then,
                                                         .signed_in = signed_in,
                                                         .now = ctx->now });
        db_act_done(ctx->db);
    } else {
        db_act_undo(ctx->db);
        secrets_act_undo(ctx->vault->secrets);
        ctx->session_made = STR("");
    }
    return outcome;
}

enum outcome vault_run_ask(struct ctx *ctx, const struct call *call, struct reply *reply)
{
    enum outcome outcome = ctx->route->may(ctx);
    if (outcome != OK)
        return outcome;
    if (call->ask < 0 || call->ask >= ASK_COUNT || !asks[call->ask])
        return NOT_FOUND;
    out_clear(&ctx->vault->answer);
    outcome = asks[call->ask](ctx, call->question, &ctx->vault->answer);
    if (ctx->vault->answer.overflow)
        return BROKEN;
    reply->answer = str_keep(ctx->arena, out_str(&ctx->vault->answer));
    return outcome;
}
