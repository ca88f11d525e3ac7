/* Made by mksql from the .sql files; a change here is lost. */
#include "queries.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"

enum {
    STATEMENT_mandates_in_force,
    STATEMENT_place_by_id,
    STATEMENT_place_count,
    STATEMENT_moment_note,
    STATEMENT_everything_forget,
    STATEMENT_COUNT
};

const struct statement db_statements[] = {
    {
    "mandates_in_force",
    "select id, title, holder_id, starts, ends, changed_at, is_open, size, body, by\n"
    "from mandate\n"
    "where place_id = ?1 and starts <= ?2 and name <> ':no' and x::text = '?\?='\n"
    "and (?3 is null or ?4 > ?2 or \"a:b\" like ?5 or size = ?6)\n"
    "order by starts desc\n"
    "limit 50",
    "select id, title, holder_id, starts, ends, changed_at, is_open, size, body, by\n"
    "from mandate\n"
    "where place_id = $1 and starts <= $2 and name <> ':no' and x::text = '?\?='\n"
    "and ($3 is null or $4 > $2 or \"a:b\" like $5 or size = $6)\n"
    "order by starts desc\n"
    "limit 50",
    6, 10, false },
    {
    "place_by_id",
    "select name from place where id = ?1",
    "select name from place where id = $1",
    1, 1, false },
    {
    "place_count",
    "select count(*) from place",
    "select count(*) from place",
    0, 1, false },
    {
    "moment_note",
    "with x as (select 1) insert into note (at, yes, bytes, maybe) values (?1, ?2, ?3, ?4)",
    "with x as (select 1) insert into note (at, yes, bytes, maybe) values ($1, $2, $3, $4)",
    4, 0, true },
    {
    "everything_forget",
    "delete from note",
    "delete from note",
    0, 0, true },
};
const size_t db_statement_count = 5;

static void *more_room(struct arena *arena, const void *old, size_t *room, size_t size,
                       size_t most)
{
    size_t larger = *room ? *room * 2 : 8;
    if (larger > most)
        larger = most;
    void *fresh = arena_take_many(arena, larger, size);
    if (old)
        memcpy(fresh, old, *room * size);
    *room = larger;
    return fresh;
}

static void read_mandates_in_force(struct db *db, struct arena *arena, struct mandates_in_force_row *row)
{
    enum { statement = STATEMENT_mandates_in_force };
    row->id = db_get_id(db, statement, 0);
    row->title = db_get_text(db, arena, statement, 1);
    row->holder = db_get_id(db, statement, 2);
    row->starts = db_get_day(db, statement, 3);
    if (!db_get_null(db, statement, 4)) {
        row->ends = db_get_day(db, statement, 4);
        row->has_ends = true;
    }
    row->changed = db_get_moment(db, statement, 5);
    row->open = db_get_bool(db, statement, 6);
    row->size = db_get_int(db, statement, 7);
    if (!db_get_null(db, statement, 8))
        row->body = db_get_blob(db, arena, statement, 8);
    if (!db_get_null(db, statement, 9))
        row->by = db_get_id(db, statement, 9);
}

struct mandates_in_force_rows mandates_in_force(struct db *db, struct arena *arena, const struct mandates_in_force_in *in)
{
    enum { statement = STATEMENT_mandates_in_force };
    db_start(db, statement);
    db_put_id(db, statement, 1, in->place);
    db_put_day(db, statement, 2, in->today);
    if (id_is_none(in->who))
        db_put_null(db, statement, 3);
    else
        db_put_id(db, statement, 3, in->who);
    if (!in->has_until)
        db_put_null(db, statement, 4);
    else
        db_put_day(db, statement, 4, in->until);
    if (!in->word.at)
        db_put_null(db, statement, 5);
    else
        db_put_text(db, statement, 5, in->word);
    if (!in->has_size)
        db_put_null(db, statement, 6);
    else
        db_put_int(db, statement, 6, in->size);
    struct mandates_in_force_rows rows = { 0 };
    size_t room = 0;
    while (rows.count < 50 && db_step(db, statement)) {
        if (rows.count == room)
            rows.at = more_room(arena, rows.at, &room, sizeof *rows.at, 50);
        read_mandates_in_force(db, arena, &rows.at[rows.count++]);
    }
    db_end(db, statement);
    return rows;
}

static void read_place_by_id(struct db *db, struct arena *arena, struct place_by_id_row *row)
{
    enum { statement = STATEMENT_place_by_id };
    row->name = db_get_text(db, arena, statement, 0);
}

bool place_by_id(struct db *db, struct arena *arena, const struct place_by_id_in *in, struct place_by_id_row *row)
{
    enum { statement = STATEMENT_place_by_id };
    db_start(db, statement);
    db_put_id(db, statement, 1, in->place);
    *row = (struct place_by_id_row){ 0 };
    bool found = db_step(db, statement);
    if (found)
        read_place_by_id(db, arena, row);
    db_end(db, statement);
    return found;
}

static void read_place_count(struct db *db, struct arena *arena, struct place_count_row *row)
{
    enum { statement = STATEMENT_place_count };
    (void)arena;
    row->n = db_get_int(db, statement, 0);
}

bool place_count(struct db *db, struct arena *arena, struct place_count_row *row)
{
    enum { statement = STATEMENT_place_count };
    db_start(db, statement);
    *row = (struct place_count_row){ 0 };
    bool found = db_step(db, statement);
    if (found)
        read_place_count(db, arena, row);
    db_end(db, statement);
    return found;
}

int64_t moment_note(struct db *db, const struct moment_note_in *in)
{
    enum { statement = STATEMENT_moment_note };
    db_start(db, statement);
    db_put_moment(db, statement, 1, in->at);
    db_put_bool(db, statement, 2, in->yes);
    db_put_blob(db, statement, 3, in->bytes);
    if (!in->has_maybe)
        db_put_null(db, statement, 4);
    else
        db_put_moment(db, statement, 4, in->maybe);
    db_step(db, statement);
    return db_end(db, statement);
}

int64_t everything_forget(struct db *db)
{
    enum { statement = STATEMENT_everything_forget };
    db_start(db, statement);
    db_step(db, statement);
    return db_end(db, statement);
}

