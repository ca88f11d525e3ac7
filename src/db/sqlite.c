#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/memory.h"
#include "db/db.h"
#include "db/vfs.h"

struct db {
    sqlite3 *sqlite;
    sqlite3_stmt **statements;
    sqlite3_stmt *begin_read, *begin_write, *commit, *rollback, *act, *act_done, *act_undo;
    enum db_access access;
    bool full, in_batch, in_snapshot;
};

static char reason[512];

static _Noreturn void stop(struct db *db, const char *what)
{
    say(SAY_ERROR, "database: %s: %s (%d); stopping", what, sqlite3_errmsg(db->sqlite),
        sqlite3_extended_errcode(db->sqlite));
    _Exit(70);
}

static bool run(struct db *db, sqlite3_stmt *statement)
{
    int result = sqlite3_step(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW && result != SQLITE_FULL)
        stop(db, sqlite3_sql(statement));
    sqlite3_reset(statement);
    if (result == SQLITE_FULL)
        db->full = true;
    return result != SQLITE_FULL;
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *made = NULL;
    const char *tail = NULL;
    if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, &tail) !=
        SQLITE_OK)
        return NULL;
    return made;
}

static bool prepare_one(struct db *db, size_t i)
{
    const struct statement *s = &db_statements[i];
    if (s->writes && db->access == DB_READS)
        return true; /* a reader never runs it */
    db->statements[i] = prepare(db, s->sqlite);
    if (!db->statements[i]) {
        snprintf(reason, sizeof reason, "%s: %s", s->name, sqlite3_errmsg(db->sqlite));
        return false;
    }
    if (sqlite3_column_count(db->statements[i]) != s->columns ||
        sqlite3_bind_parameter_count(db->statements[i]) != s->params) {
        snprintf(reason, sizeof reason, "%s: its columns or parameters do not match", s->name);
        return false;
    }
    return true;
}

static bool prepare_all(struct db *db)
{
    db->statements = memory_new(db_statement_count, sizeof *db->statements);
    db->begin_read = prepare(db, "begin");
    db->begin_write = prepare(db, "begin immediate");
    db->commit = prepare(db, "commit");
    db->rollback = prepare(db, "rollback");
    db->act = prepare(db, "savepoint act");
    db->act_done = prepare(db, "release act");
    db->act_undo = prepare(db, "rollback to act");
    for (size_t i = 0; i < db_statement_count; i++)
        if (!prepare_one(db, i))
            return false;
    return true;
}

/* No mmap: a file that is cut short under us must be an error, not a signal. Checkpoints happen
 * only when the one writer asks for them. */
static const char writer_settings[] = "pragma journal_mode=wal;"
                                      "pragma synchronous=full;"
                                      "pragma wal_autocheckpoint=0;"
                                      "pragma foreign_keys=on;"
                                      "pragma secure_delete=on;";
static const char all_settings[] = "pragma mmap_size=0;"
                                   "pragma trusted_schema=off;"
                                   "pragma cell_size_check=on;"
                                   "pragma temp_store=memory;"
                                   "pragma cache_size=-4096;";

static void configure_once(void)
{
    static bool done;
    if (done)
        return;
    done = true;
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
    vfs_register();
}

static bool open_file(struct db *db, const char *path)
{
    int flags =
        db->access == DB_WRITES ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path, &db->sqlite, flags, VFS_NAME) != SQLITE_OK ||
        (db->access == DB_WRITES &&
         sqlite3_exec(db->sqlite, writer_settings, NULL, NULL, NULL) != SQLITE_OK) ||
        sqlite3_exec(db->sqlite, all_settings, NULL, NULL, NULL) != SQLITE_OK) {
        snprintf(reason, sizeof reason, "%s: %s", path,
                 db->sqlite ? sqlite3_errmsg(db->sqlite) : "out of memory");
        return false;
    }
    sqlite3_extended_result_codes(db->sqlite, 0);
    sqlite3_busy_timeout(db->sqlite, 2000);
    return true;
}

struct db *db_open(const char *path, enum db_access access, const char **why)
{
    configure_once();
    struct db *db = memory_new(1, sizeof *db);
    db->access = access;
    if (open_file(db, path) && prepare_all(db))
        return db;
    *why = reason;
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    sqlite3_stmt *own[] = { db->begin_read, db->begin_write, db->commit,  db->rollback,
                            db->act,        db->act_done,    db->act_undo };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sqlite3_finalize(own[i]);
    for (size_t i = 0; db->statements && i < db_statement_count; i++)
        sqlite3_finalize(db->statements[i]);
    sqlite3_close(db->sqlite);
    memory_free(db->statements);
    memory_free(db);
}

void db_snapshot(struct db *db)
{
    if (!db->in_snapshot)
        run(db, db->begin_read);
    db->in_snapshot = true;
}

void db_snapshot_end(struct db *db)
{
    if (db->in_snapshot)
        run(db, db->commit);
    db->in_snapshot = false;
}

void db_batch(struct db *db)
{
    db->full = false;
    run(db, db->begin_write);
    db->in_batch = true;
}

bool db_commit(struct db *db)
{
    if (db->full || !run(db, db->commit)) {
        db_abandon(db);
        return false;
    }
    db->in_batch = false;
    return true;
}

void db_abandon(struct db *db)
{
    if (!sqlite3_get_autocommit(db->sqlite))
        run(db, db->rollback);
    db->in_batch = false;
}

/* After a full disk SQLite may have undone the whole batch by itself; nothing more is run then. */
static void run_in_batch(struct db *db, sqlite3_stmt *statement)
{
    if (!db->full && !sqlite3_get_autocommit(db->sqlite))
        run(db, statement);
}

void db_act(struct db *db)
{
    run_in_batch(db, db->act);
}

void db_act_done(struct db *db)
{
    run_in_batch(db, db->act_done);
}

void db_act_undo(struct db *db)
{
    run_in_batch(db, db->act_undo);
    run_in_batch(db, db->act_done);
}

bool db_full(const struct db *db)
{
    return db->full;
}

int db_checkpoint(struct db *db)
{
    int in_log = 0, moved = 0;
    int result =
        sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED &&
        result != SQLITE_FULL)
        stop(db, "checkpoint");
    return in_log - moved;
}

bool db_copy(struct db *db, const char *to, const char **why)
{
    sqlite3 *copy = NULL;
    bool good = sqlite3_open(to, &copy) == SQLITE_OK;
    sqlite3_backup *backup = good ? sqlite3_backup_init(copy, "main", db->sqlite, "main") : NULL;
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

bool db_whole(struct db *db, const char **why)
{
    sqlite3_stmt *check = prepare(db, "pragma integrity_check(1)");
    bool row = check && sqlite3_step(check) == SQLITE_ROW;
    snprintf(reason, sizeof reason, "%s",
             row ? (const char *)sqlite3_column_text(check, 0) : sqlite3_errmsg(db->sqlite));
    sqlite3_finalize(check);
    *why = reason;
    return strcmp(reason, "ok") == 0;
}

void db_start(struct db *db, int statement)
{
    if (!db->statements[statement]) {
        say(SAY_ERROR, "database: a reader was asked to write (%s)", db_statements[statement].name);
        abort();
    }
    sqlite3_reset(db->statements[statement]);
}

static void bound(struct db *db, int result)
{
    if (result != SQLITE_OK)
        stop(db, "a parameter");
}

void db_put_id(struct db *db, int statement, int param, struct id id)
{
    bound(db,
          sqlite3_bind_blob(db->statements[statement], param, id.b, ID_BYTES, SQLITE_TRANSIENT));
}

void db_put_text(struct db *db, int statement, int param, struct str text)
{
    bound(db, sqlite3_bind_text(db->statements[statement], param, text.at ? text.at : "",
                                (int)text.len, SQLITE_STATIC));
}

void db_put_blob(struct db *db, int statement, int param, struct str bytes)
{
    bound(db, sqlite3_bind_blob(db->statements[statement], param, bytes.at ? bytes.at : "",
                                (int)bytes.len, SQLITE_STATIC));
}

void db_put_int(struct db *db, int statement, int param, int64_t number)
{
    bound(db, sqlite3_bind_int64(db->statements[statement], param, number));
}

void db_put_bool(struct db *db, int statement, int param, bool yes)
{
    db_put_int(db, statement, param, yes);
}

void db_put_day(struct db *db, int statement, int param, struct day day)
{
    db_put_int(db, statement, param, day.n);
}

void db_put_moment(struct db *db, int statement, int param, struct moment moment)
{
    db_put_int(db, statement, param, moment.ms);
}

void db_put_null(struct db *db, int statement, int param)
{
    bound(db, sqlite3_bind_null(db->statements[statement], param));
}

bool db_step(struct db *db, int statement)
{
    if (db->full)
        return false;
    int result = sqlite3_step(db->statements[statement]);
    if (result == SQLITE_FULL)
        db->full = true;
    else if (result != SQLITE_ROW && result != SQLITE_DONE)
        stop(db, db_statements[statement].name);
    return result == SQLITE_ROW;
}

struct id db_get_id(struct db *db, int statement, int column)
{
    struct id id = { { 0 } };
    if (sqlite3_column_bytes(db->statements[statement], column) == ID_BYTES)
        memcpy(id.b, sqlite3_column_blob(db->statements[statement], column), ID_BYTES);
    return id;
}

struct str db_get_text(struct db *db, struct arena *arena, int statement, int column)
{
    return db_get_blob(db, arena, statement, column);
}

struct str db_get_blob(struct db *db, struct arena *arena, int statement, int column)
{
    sqlite3_stmt *s = db->statements[statement];
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return (struct str){ NULL, 0 };
    const void *bytes = sqlite3_column_blob(s, column);
    int length = sqlite3_column_bytes(s, column);
    return str_keep(arena, (struct str){ bytes, (size_t)length });
}

int64_t db_get_int(struct db *db, int statement, int column)
{
    return sqlite3_column_int64(db->statements[statement], column);
}

bool db_get_bool(struct db *db, int statement, int column)
{
    return db_get_int(db, statement, column) != 0;
}

struct day db_get_day(struct db *db, int statement, int column)
{
    return (struct day){ (int32_t)db_get_int(db, statement, column) };
}

struct moment db_get_moment(struct db *db, int statement, int column)
{
    return (struct moment){ db_get_int(db, statement, column) };
}

bool db_get_null(struct db *db, int statement, int column)
{
    return sqlite3_column_type(db->statements[statement], column) == SQLITE_NULL;
}

int64_t db_end(struct db *db, int statement)
{
    sqlite3_reset(db->statements[statement]);
    return sqlite3_changes64(db->sqlite);
}
