/* db.h - the database, whichever engine stands behind it.
 *
 * Every statement of the program is known when it is built (mksql makes db_statements from the
 * .sql files) and prepared when a connection opens: a wrong column stops the start, not a
 * resident. Parameters count from 1, columns from 0. Text and blobs that are read are copied
 * into the arena given.
 *
 * One connection writes and checkpoints: the vault's. All others are read-only. Errors that
 * nobody can mend (a disk that fails, a file that is not a database) stop the process; a full
 * disk does not: see db_full. */
#ifndef NABIJ_DB_H
#define NABIJ_DB_H

#include "base/day.h"
#include "base/id.h"
#include "base/str.h"

struct db;

struct statement {
    const char *name, *sqlite, *postgres;
    int params, columns;
    bool writes;
};

extern const struct statement db_statements[];
extern const size_t db_statement_count;

enum db_access { DB_READS, DB_WRITES };

/* NULL when the file cannot be opened or a statement does not fit the schema; a sentence for the
 * machine's keeper is in *why then (static storage). */
struct db *db_open(const char *path, enum db_access access, const char **why);
void db_close(struct db *db);

/* A reader's snapshot: everything read between the two is of one moment. */
void db_snapshot(struct db *db);
void db_snapshot_end(struct db *db);

/* The writer: a batch holds acts; an act that fails is undone alone. db_commit returns when the
 * batch is on the disk; false when the disk was full: then nothing of the batch was kept. */
void db_batch(struct db *db);
bool db_commit(struct db *db);
void db_abandon(struct db *db);
void db_act(struct db *db);
void db_act_done(struct db *db);
void db_act_undo(struct db *db);

/* True since the disk was found full in this batch. */
bool db_full(const struct db *db);

/* Moves what is in the write-ahead log into the file; the writer does this when it has a quiet
 * moment. Returns the pages still waiting. */
int db_checkpoint(struct db *db);

/* Copies the whole database, as of one moment, into a fresh file. */
bool db_copy(struct db *db, const char *to, const char **why);

/* Reads every page and checks that they fit together; false with what is wrong in *why. */
bool db_whole(struct db *db, const char **why);

/* What mksql's functions are made of. */
void db_start(struct db *db, int statement);
void db_put_id(struct db *db, int statement, int param, struct id id);
void db_put_text(struct db *db, int statement, int param, struct str text);
void db_put_blob(struct db *db, int statement, int param, struct str bytes);
void db_put_int(struct db *db, int statement, int param, int64_t number);
void db_put_bool(struct db *db, int statement, int param, bool yes);
void db_put_day(struct db *db, int statement, int param, struct day day);
void db_put_moment(struct db *db, int statement, int param, struct moment moment);
void db_put_null(struct db *db, int statement, int param);
bool db_step(struct db *db, int statement);
struct id db_get_id(struct db *db, int statement, int column);
struct str db_get_text(struct db *db, struct arena *arena, int statement, int column);
struct str db_get_blob(struct db *db, struct arena *arena, int statement, int column);
int64_t db_get_int(struct db *db, int statement, int column);
bool db_get_bool(struct db *db, int statement, int column);
struct day db_get_day(struct db *db, int statement, int column);
struct moment db_get_moment(struct db *db, int statement, int column);
bool db_get_null(struct db *db, int statement, int column);
int64_t db_end(struct db *db, int statement);

#endif
