#include "house/vault_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "crypto/mark.h"
#include "db/migrate.h"
#include "house/keyring.h"
#include "house/route.h"
#include "house/session.h"
#include "queries.h"

static bool lock_folder(struct vault *vault, struct arena *arena, bool may_make, const char **why)
{
    char *folder = str_zero(arena, vault->config->data);
    if (may_make)
        mkdir(folder, 0700);
    vault->lock =
        open(config_path(vault->config, arena, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (vault->lock < 0) {
        *why =
            str_print(arena, "the data folder %s cannot be used: %s", folder, strerror(errno)).at;
        return false;
    }
    if (flock(vault->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    *why = str_print(arena, "%s is in use by another nabij; stop that one first", folder).at;
    return false;
}

static void tell_step(const char *step)
{
    say(SAY_INFO, "schema: %s", step);
}

static bool open_database(struct vault *vault, struct arena *arena, bool may_make, const char **why)
{
    char *path = config_path(vault->config, arena, "nabij.db");
    if (!may_make && access(path, F_OK) != 0) {
        *why = str_print(arena, "there is no nabij here: %s does not exist", path).at;
        return false;
    }
    struct str stamp = moment_utc(arena, clock_now());
    char *backup =
        config_path(vault->config, arena, str_print(arena, "before-upgrade-%.10s.db", stamp.at).at);
    int waiting = migrate_waiting(path, why);
    if (waiting < 0 || (waiting > 0 && !migrate_run(path, backup, tell_step, why)))
        return false;
    vault->db = db_open(path, DB_WRITES, why);
    return vault->db != NULL;
}

static bool open_log(struct vault *vault, struct arena *arena, const char **why)
{
    struct seal_key seed = keyring_own(vault->keyring, STR("look log signing"));
    struct looklog_settings settings = { .folder = config_path(vault->config, arena, "log"),
                                         .origin = vault->config->origin };
    memcpy(settings.signing_seed, seed.b, sizeof settings.signing_seed);
    vault->looklog = looklog_open(arena, &settings, why);
    explicit_bzero(&settings, sizeof settings);
    seal_key_forget(&seed);
    return vault->looklog != NULL;
}

struct sweeping {
    struct vault *vault;
    struct arena *arena;
};

static bool still_wanted(void *with, enum secret_kind kind, struct id owner)
{
    struct sweeping *sweeping = with;
    struct secret_wanted_row row;
    (void)kind;
    return secret_wanted(sweeping->vault->db, sweeping->arena,
                         &(struct secret_wanted_in){ .id = owner }, &row);
}

struct vault *vault_open(struct arena *arena, const struct config *config, bool may_make,
                         const char **why)
{
    seal_start();
    struct vault *vault = memory_new(1, sizeof *vault);
    vault->config = config;
    vault->lock = -1;
    out_open(&vault->answer, REPLY_BYTES / 2);
    bool good =
        lock_folder(vault, arena, may_make, why) && open_database(vault, arena, may_make, why);
    if (good)
        vault->secrets = secrets_open(config_path(config, arena, "vault.db"), why);
    good = good && vault->secrets;
    if (good)
        vault->keyring = keyring_open(arena, config_path(config, arena, "instance.key"), may_make,
                                      vault->secrets, why);
    if (!good || !vault->keyring || !open_log(vault, arena, why)) {
        vault_close(vault);
        return NULL;
    }
    vault->limits = limits_new();
    vault->limits_key = keyring_own(vault->keyring, STR("limits"));
    struct sweeping sweeping = { vault, arena };
    int64_t swept = secrets_sweep(vault->secrets, still_wanted, &sweeping);
    if (swept > 0)
        say(SAY_INFO, "secrets: %lld without an owner dropped", (long long)swept);
    return vault;
}

void vault_close(struct vault *vault)
{
    if (!vault)
        return;
    if (vault->looklog)
        looklog_close(vault->looklog);
    limits_free(vault->limits);
    keyring_close(vault->keyring);
    secrets_close(vault->secrets);
    db_close(vault->db);
    out_close(&vault->answer);
    if (vault->lock >= 0)
        close(vault->lock);
    memory_free(vault);
}

void vault_count_commits(struct vault *vault, _Atomic uint64_t *commits)
{
    vault->commits = commits;
    atomic_fetch_add(commits, 1); /* a vault before this one may have died after its commit */
}

struct keyring *vault_keyring(struct vault *vault)
{
    return vault->keyring;
}

struct secrets *vault_secrets(struct vault *vault)
{
    return vault->secrets;
}

struct looklog *vault_looklog(struct vault *vault)
{
    return vault->looklog;
}

bool vault_look(struct ctx *ctx, struct id subject, struct str body)
{
    uint64_t leaf;
    struct seal_key key;
    struct vault *vault = ctx->vault;
    if (!keyring_find(vault->keyring, ctx->arena, subject, &key) ||
        !looklog_append(vault->looklog, ctx->place.id, subject, &key, ctx->now, body, &leaf))
        return false;
    vault->looked = true;
    return true;
}

static struct seal_about about_item(const struct ctx *ctx, struct id owner, struct id item)
{
    return (struct seal_about){
        .place = ctx->place.id, .subject = owner, .item = item, .purpose = STR("item")
    };
}

void vault_seal(struct ctx *ctx, struct id owner, int kind, struct str plain)
{
    struct seal_key key;
    if (!keyring_find(ctx->vault->keyring, ctx->arena, owner, &key))
        key = keyring_make(ctx->vault->keyring, ctx->arena, owner);
    struct id item = id_new();
    struct seal_about about = about_item(ctx, owner, item);
    struct seal_key item_key = seal_item_key(&key, item, STR("item"));
    struct str sealed = seal_close(ctx->arena, &item_key, &about, plain);
    sealed_drop(ctx->db,
                &(struct sealed_drop_in){ .place = ctx->place.id, .owner = owner, .kind = kind });
    sealed_add(ctx->db, &(struct sealed_add_in){ .place = ctx->place.id,
                                                 .owner = owner,
                                                 .kind = kind,
                                                 .item = item,
                                                 .sealed = sealed,
                                                 .now = ctx->now });
    seal_key_forget(&item_key);
    seal_key_forget(&key);
}

bool vault_unseal(struct ctx *ctx, struct id owner, int kind, struct str *plain)
{
    struct sealed_find_row row;
    struct seal_key key;
    struct sealed_find_in in = { .place = ctx->place.id, .owner = owner, .kind = kind };
    if (!sealed_find(ctx->db, ctx->arena, &in, &row) ||
        !keyring_find(ctx->vault->keyring, ctx->arena, owner, &key))
        return false;
    struct seal_about about = about_item(ctx, owner, row.item);
    struct seal_key item_key = seal_item_key(&key, row.item, STR("item"));
    bool good = seal_open(ctx->arena, &item_key, &about, row.sealed, plain);
    seal_key_forget(&item_key);
    seal_key_forget(&key);
    return good;
}

void vault_sign_in(struct ctx *ctx, struct id person)
{
    struct str token = id_text(ctx->arena, id_new());
    session_add(ctx->db, &(struct session_add_in){
                             .mark = session_mark(token), .person = person, .now = ctx->now });
    ctx->session_made = token;
    ctx->who.person = person;
}

static void fill(struct ctx *ctx, struct vault *vault, struct arena *arena, const struct call *call)
{
    *ctx = (struct ctx){ .arena = arena,
                         .db = vault->db,
                         .config = vault->config,
                         .now = clock_now(),
                         .language = &languages[0],
                         .path = call->path,
                         .fields = call->fields,
                         .field_count = call->field_count,
                         .vault = vault,
                         .address = call->address,
                         .session = call->session,
                         .before = call->before };
    ctx->today = moment_day(ctx->now);
    for (size_t i = 0; i < language_count; i++)
        if (str_is(languages[i].code, call->language))
            ctx->language = &languages[i];
}

static enum outcome work_one(struct ctx *ctx, const struct call *call, struct reply *reply)
{
    struct str slug;
    bool other_method;
    if (call->kind == CALL_SEEN) {
        session_find(ctx, call->session);
        if (!id_is_none(ctx->who.person))
            session_seen(ctx->db, &(struct session_seen_in){ .mark = ctx->who.session_mark,
                                                             .now = ctx->now });
        return OK;
    }
    enum method method = call->kind == CALL_ACT ? POST : GET;
    if (!route_find(ctx, method, call->path, &slug, &other_method) ||
        (slug.len && !place_find(ctx, slug)))
        return NOT_FOUND;
    session_find(ctx, call->session);
    return call->kind == CALL_ACT ? vault_run_act(ctx, reply) : vault_run_ask(ctx, call, reply);
}

static void finish(struct ctx *ctx, struct reply *reply, enum outcome outcome)
{
    reply->outcome = outcome == NOT_ALLOWED ? NOT_FOUND : outcome;
    reply->then = ctx->then;
    reply->session_made = ctx->session_made;
    reply->session_ended = ctx->session_ended;
    reply->language = ctx->language_chosen ? ctx->language_chosen->code : STR("");
    reply->refusal_count = ctx->refusal_count;
    memcpy(reply->refusals, ctx->refusals, sizeof reply->refusals);
    if (outcome == BROKEN)
        reply->reference = str_of(
            say_broken("%.*s", STR_FMT(ctx->route ? str_of(ctx->route->path) : STR("no route")))
                .text);
    reply->reference = str_keep(ctx->arena, reply->reference);
}

static bool commit(struct vault *vault)
{
    /* Looks first: an entry without a look does no harm, a look without an entry does. */
    if (vault->looked && !looklog_commit(vault->looklog))
        return false;
    vault->looked = false;
    if (!secrets_before_commit(vault->secrets) || !db_commit(vault->db)) {
        secrets_abandon(vault->secrets);
        return false;
    }
    secrets_after_commit(vault->secrets);
    if (vault->commits)
        atomic_fetch_add_explicit(vault->commits, 1, memory_order_release);
    return true;
}

void vault_work(struct vault *vault, struct arena *arena, const struct call *calls, size_t count,
                struct reply *replies)
{
    db_batch(vault->db);
    for (size_t i = 0; i < count; i++) {
        struct ctx ctx;
        fill(&ctx, vault, arena, &calls[i]);
        replies[i] = (struct reply){ 0 };
        finish(&ctx, &replies[i], work_one(&ctx, &calls[i], &replies[i]));
    }
    if (commit(vault))
        return;
    say(SAY_ERROR, "the disk is full: %zu calls were not done", count);
    db_abandon(vault->db);
    for (size_t i = 0; i < count; i++)
        replies[i] = (struct reply){ .outcome = REFUSED, .full = true };
}

void vault_rest(struct vault *vault)
{
    struct moment now = clock_now();
    db_checkpoint(vault->db);
    if (now.ms - vault->rested_ms < MOMENT_HOUR)
        return;
    vault->rested_ms = now.ms;
    db_batch(vault->db);
    acts_done_forget(vault->db,
                     &(struct acts_done_forget_in){ .before = { now.ms - 2 * MOMENT_DAY } });
    int64_t idle = vault->config->resident_idle_days * MOMENT_DAY;
    sessions_end_old(vault->db, &(struct sessions_end_old_in){ .before = { now.ms - idle } });
    commit(vault);
}

void vault_begin(struct vault *vault, struct arena *arena, struct ctx *ctx)
{
    struct call nothing = { 0 };
    db_batch(vault->db);
    fill(ctx, vault, arena, &nothing);
}

bool vault_finish(struct vault *vault, bool keep)
{
    if (keep && commit(vault))
        return true;
    secrets_abandon(vault->secrets);
    db_abandon(vault->db);
    return false;
}

struct reply vault_act(struct vault *vault, struct arena *arena, struct str path,
                       struct str session, const struct field *fields, size_t count)
{
    struct str cookie = session.len ? session : STR("commandline");
    struct field *all = ARENA_MANY(arena, count + 2, struct field);
    for (size_t i = 0; i < count; i++)
        all[i] = fields[i];
    all[count] = (struct field){ STR("token"), session_form_token(arena, cookie) };
    all[count + 1] = (struct field){ STR("once"), id_text(arena, id_new()) };
    struct call call = { .kind = CALL_ACT,
                         .path = path,
                         .session = session,
                         .before = STR("commandline"),
                         .fields = all,
                         .field_count = count + 2 };
    struct reply reply;
    vault_work(vault, arena, &call, 1, &reply);
    return reply;
}
