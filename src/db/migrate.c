#include "db/migrate.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "db/vfs.h"

static char reason[512];

static bool open_raw(const char *path, sqlite3 **sqlite, const char **why)
{
    vfs_register();
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(path, sqlite, flags, VFS_NAME) == SQLITE_OK &&
        sqlite3_exec(*sqlite, "pragma journal_mode=wal; pragma synchronous=full;", NULL, NULL,
                     NULL) == SQLITE_OK)
        return true;
    snprintf(reason, sizeof reason, "%s: %s", path, sqlite3_errmsg(*sqlite));
    *why = reason;
    sqlite3_close(*sqlite);
    return false;
}

static int version_of(sqlite3 *sqlite)
{
    sqlite3_stmt *s = NULL;
    int version = 0;
    if (sqlite3_prepare_v2(sqlite, "select max(version) from schema_version", -1, &s, NULL) ==
            SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        version = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return version;
}

static int newest(void)
{
    int count = 0;
    for (const struct embedded *file = embedded_files; file->path; file++)
        count += strncmp(file->path, "schema/", 7) == 0;
    return count;
}

/* schema/0003_articles.sql is step 3; embed keeps them in order of name. */
static const struct embedded *step_number(int number)
{
    int at = 0;
    for (const struct embedded *file = embedded_files; file->path; file++)
        if (strncmp(file->path, "schema/", 7) == 0 && ++at == number)
            return file;
    return NULL;
}

static int waiting(sqlite3 *sqlite, const char *path, const char **why)
{
    int now = version_of(sqlite);
    if (now <= newest())
        return newest() - now;
    snprintf(reason, sizeof reason,
             "%s was made by a newer nabij (schema %d; this program knows %d)", path, now,
             newest());
    *why = reason;
    return -1;
}

int migrate_waiting(const char *path, const char **why)
{
    sqlite3 *sqlite = NULL;
    if (!open_raw(path, &sqlite, why))
        return -1;
    int steps = waiting(sqlite, path, why);
    sqlite3_close(sqlite);
    return steps;
}

static bool copy_first(sqlite3 *sqlite, const char *to)
{
    sqlite3 *copy = NULL;
    sqlite3_backup *backup = NULL;
    if (sqlite3_open(to, &copy) == SQLITE_OK)
        backup = sqlite3_backup_init(copy, "main", sqlite, "main");
    if (backup) {
        sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    bool good = backup && sqlite3_errcode(copy) == SQLITE_OK;
    sqlite3_close(copy);
    return good;
}

static bool take_step(sqlite3 *sqlite, int number, const struct embedded *file)
{
    char done[160];
    snprintf(done, sizeof done, "insert into schema_version (version) values (%d); commit;",
             number);
    bool good =
        sqlite3_exec(sqlite,
                     "begin immediate;"
                     "create table if not exists schema_version (version bigint primary key);",
                     NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite, (const char *)file->bytes, NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(sqlite, done, NULL, NULL, NULL) == SQLITE_OK;
    if (!good) {
        snprintf(reason, sizeof reason, "%s: %s", file->path, sqlite3_errmsg(sqlite));
        sqlite3_exec(sqlite, "rollback", NULL, NULL, NULL);
    }
    return good;
}

bool migrate_run(const char *path, const char *backup, void (*told)(const char *step),
                 const char **why)
{
    sqlite3 *sqlite = NULL;
    if (!open_raw(path, &sqlite, why))
        return false;
    int steps = waiting(sqlite, path, why), now = version_of(sqlite);
    bool good = steps >= 0;
    if (good && steps > 0 && now > 0 && !copy_first(sqlite, backup)) {
        snprintf(reason, sizeof reason, "%s: the copy before the upgrade failed", backup);
        *why = reason;
        good = false;
    }
    for (int i = now + 1; good && i <= now + steps; i++) {
        const struct embedded *file = step_number(i);
        good = take_step(sqlite, i, file);
        if (good)
            told(file->path);
        else
            *why = reason;
    }
    sqlite3_close(sqlite);
    return good;
}
