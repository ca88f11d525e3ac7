#include "db/secrets.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/memory.h"
#include "db/vfs.h"

enum { SECRET_BYTES = 512, QUEUE = 4096 };

struct queued {
    bool drop;
    enum secret_kind kind;
    struct id owner;
    size_t length;
    char bytes[SECRET_BYTES];
};

struct secrets {
    sqlite3 *sqlite;
    sqlite3_stmt *get, *put, *drop, *all;
    struct queued *queue;
    size_t queued, act_from, room;
};

static char reason[512];

static _Noreturn void stop(struct secrets *secrets, const char *what)
{
    say(SAY_ERROR, "secrets: %s: %s; stopping", what, sqlite3_errmsg(secrets->sqlite));
    _Exit(70);
}

static bool execute(struct secrets *secrets, const char *sql)
{
    int result = sqlite3_exec(secrets->sqlite, sql, NULL, NULL, NULL);
    if (result != SQLITE_OK && result != SQLITE_FULL)
        stop(secrets, sql);
    return result == SQLITE_OK;
}

/* A rollback journal rather than a write-ahead log: a dropped key must not live on in a log,
 * and nobody reads this file beside the vault. */
static const char settings[] =
    "pragma journal_mode=delete; pragma synchronous=full; pragma secure_delete=on;"
    "pragma mmap_size=0; pragma trusted_schema=off;"
    "create table if not exists secret (kind int not null, owner blob not null,"
    " bytes blob not null, primary key (kind, owner)) without rowid;";

struct secrets *secrets_open(const char *path, const char **why)
{
    struct secrets *secrets = memory_new(1, sizeof *secrets);
    vfs_register();
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    bool good =
        sqlite3_open_v2(path, &secrets->sqlite, flags, VFS_NAME) == SQLITE_OK &&
        sqlite3_exec(secrets->sqlite, settings, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(secrets->sqlite, "select bytes from secret where kind=?1 and owner=?2",
                           -1, &secrets->get, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(secrets->sqlite, "insert or replace into secret values (?1,?2,?3)", -1,
                           &secrets->put, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(secrets->sqlite, "delete from secret where kind=?1 and owner=?2", -1,
                           &secrets->drop, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(secrets->sqlite, "select kind, owner from secret", -1, &secrets->all,
                           NULL) == SQLITE_OK;
    if (good)
        return secrets;
    snprintf(reason, sizeof reason, "%s: %s", path, sqlite3_errmsg(secrets->sqlite));
    *why = reason;
    secrets_close(secrets);
    return NULL;
}

void secrets_close(struct secrets *secrets)
{
    if (!secrets)
        return;
    sqlite3_finalize(secrets->get);
    sqlite3_finalize(secrets->put);
    sqlite3_finalize(secrets->drop);
    sqlite3_finalize(secrets->all);
    sqlite3_close(secrets->sqlite);
    if (secrets->queue)
        explicit_bzero(secrets->queue, secrets->room * sizeof *secrets->queue);
    memory_free(secrets->queue);
    memory_free(secrets);
}

static struct queued *queue_one(struct secrets *secrets, enum secret_kind kind, struct id owner)
{
    if (secrets->queued == secrets->room) {
        secrets->room = secrets->room ? secrets->room * 2 : 16;
        secrets->queue = memory_grow(secrets->queue, secrets->room, sizeof *secrets->queue);
    }
    struct queued *one = &secrets->queue[secrets->queued++];
    *one = (struct queued){ .kind = kind, .owner = owner };
    return one;
}

void secrets_keep(struct secrets *secrets, enum secret_kind kind, struct id owner, struct str bytes)
{
    struct queued *one = queue_one(secrets, kind, owner);
    if (bytes.len > sizeof one->bytes)
        abort();
    memcpy(one->bytes, bytes.at, bytes.len);
    one->length = bytes.len;
}

void secrets_drop(struct secrets *secrets, enum secret_kind kind, struct id owner)
{
    queue_one(secrets, kind, owner)->drop = true;
}

static void bind(struct secrets *secrets, sqlite3_stmt *s, enum secret_kind kind,
                 const struct id *owner)
{
    if (sqlite3_bind_int(s, 1, (int)kind) != SQLITE_OK ||
        sqlite3_bind_blob(s, 2, owner->b, ID_BYTES, SQLITE_STATIC) != SQLITE_OK)
        stop(secrets, "bind");
}

static const struct queued *find_queued(const struct secrets *secrets, enum secret_kind kind,
                                        struct id owner)
{
    for (size_t i = secrets->queued; i > 0; i--) {
        const struct queued *one = &secrets->queue[i - 1];
        if (one->kind == kind && id_is(one->owner, owner))
            return one;
    }
    return NULL;
}

bool secrets_get(struct secrets *secrets, struct arena *arena, enum secret_kind kind,
                 struct id owner, struct str *bytes)
{
    const struct queued *queued = find_queued(secrets, kind, owner);
    if (queued) {
        *bytes = str_keep(arena, (struct str){ queued->bytes, queued->length });
        return !queued->drop;
    }
    bind(secrets, secrets->get, kind, &owner);
    int result = sqlite3_step(secrets->get);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        stop(secrets, "read");
    if (result == SQLITE_ROW)
        *bytes = str_keep(arena, (struct str){ sqlite3_column_blob(secrets->get, 0),
                                               (size_t)sqlite3_column_bytes(secrets->get, 0) });
    sqlite3_reset(secrets->get);
    return result == SQLITE_ROW;
}

void secrets_act(struct secrets *secrets)
{
    secrets->act_from = secrets->queued;
}

void secrets_act_undo(struct secrets *secrets)
{
    secrets->queued = secrets->act_from;
}

/* Applies the queue's keeps or its drops in one transaction of the vault's own file. */
static bool apply(struct secrets *secrets, bool drops)
{
    size_t matching = 0;
    for (size_t i = 0; i < secrets->queued; i++)
        matching += secrets->queue[i].drop == drops;
    if (matching == 0)
        return true;
    bool good = execute(secrets, "begin immediate");
    for (size_t i = 0; good && i < secrets->queued; i++) {
        const struct queued *one = &secrets->queue[i];
        if (one->drop != drops)
            continue;
        sqlite3_stmt *s = drops ? secrets->drop : secrets->put;
        bind(secrets, s, one->kind, &one->owner);
        if (!drops)
            sqlite3_bind_blob(s, 3, one->bytes, (int)one->length, SQLITE_STATIC);
        int result = sqlite3_step(s);
        sqlite3_reset(s);
        if (result != SQLITE_DONE && result != SQLITE_FULL)
            stop(secrets, "write");
        good = result == SQLITE_DONE;
    }
    if (good && execute(secrets, "commit"))
        return true;
    if (!sqlite3_get_autocommit(secrets->sqlite))
        execute(secrets, "rollback");
    return false;
}

bool secrets_before_commit(struct secrets *secrets)
{
    return apply(secrets, false);
}

void secrets_after_commit(struct secrets *secrets)
{
    if (!apply(secrets, true))
        say(SAY_WARNING, "secrets: the disk is full; what was dropped goes at the next start");
    secrets_abandon(secrets);
}

void secrets_abandon(struct secrets *secrets)
{
    if (secrets->queued)
        explicit_bzero(secrets->queue, secrets->queued * sizeof *secrets->queue);
    secrets->queued = secrets->act_from = 0;
}

int64_t secrets_sweep(struct secrets *secrets,
                      bool (*wanted)(void *with, enum secret_kind kind, struct id owner),
                      void *with)
{
    int64_t dropped = 0;
    while (sqlite3_step(secrets->all) == SQLITE_ROW && secrets->queued < QUEUE) {
        enum secret_kind kind = (enum secret_kind)sqlite3_column_int(secrets->all, 0);
        struct id owner = { { 0 } };
        if (sqlite3_column_bytes(secrets->all, 1) == ID_BYTES)
            memcpy(owner.b, sqlite3_column_blob(secrets->all, 1), ID_BYTES);
        if (!wanted(with, kind, owner)) {
            secrets_drop(secrets, kind, owner);
            dropped++;
        }
    }
    sqlite3_reset(secrets->all);
    secrets_after_commit(secrets);
    return dropped;
}

bool secrets_copy(struct secrets *secrets, const char *to, const char **why)
{
    sqlite3 *copy = NULL;
    bool good = sqlite3_open(to, &copy) == SQLITE_OK;
    sqlite3_backup *backup =
        good ? sqlite3_backup_init(copy, "main", secrets->sqlite, "main") : NULL;
    if (backup) {
        sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    good = good && backup && sqlite3_errcode(copy) == SQLITE_OK;
    if (!good) {
        snprintf(reason, sizeof reason, "%s: %s", to, sqlite3_errmsg(copy));
        *why = reason;
    }
    sqlite3_close(copy);
    return good;
}
