/* Made by mksql from the .sql files; a change here is lost. */
#ifndef NABIJ_QUERIES_H
#define NABIJ_QUERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/id.h"
#include "base/str.h"

struct arena;
struct db;

/* mandates_in_force (mandates/mandates.sql)
Who works here on whose assignment, newest first. * / and this does not end the comment */
#line 5 "mandates/mandates.sql"
struct mandates_in_force_in { struct id place; struct day today; struct id who; bool has_until; struct day until; struct str word; bool has_size; int64_t size; };
#line 7 "mandates/mandates.sql"
struct mandates_in_force_row { struct id id; struct str title; struct id holder; struct day starts; bool has_ends; struct day ends; struct moment changed; bool open; int64_t size; struct str body; struct id by; };
#line 23 "queries.h"
struct mandates_in_force_rows { struct mandates_in_force_row *at; size_t count; };
struct mandates_in_force_rows mandates_in_force(struct db *db, struct arena *arena, const struct mandates_in_force_in *in);

/* place_by_id (mandates/mandates.sql) */
#line 19 "mandates/mandates.sql"
struct place_by_id_in { struct id place; };
#line 20 "mandates/mandates.sql"
struct place_by_id_row { struct str name; };
#line 32 "queries.h"
bool place_by_id(struct db *db, struct arena *arena, const struct place_by_id_in *in, struct place_by_id_row *row);

/* place_count (mandates/mandates.sql) */
#line 24 "mandates/mandates.sql"
struct place_count_row { int64_t n; };
#line 38 "queries.h"
bool place_count(struct db *db, struct arena *arena, struct place_count_row *row);

/* moment_note (mandates/mandates.sql) */
#line 28 "mandates/mandates.sql"
struct moment_note_in { struct moment at; bool yes; struct str bytes; bool has_maybe; struct moment maybe; };
#line 44 "queries.h"
int64_t moment_note(struct db *db, const struct moment_note_in *in);

/* everything_forget (mandates/mandates.sql) */
#line 48 "queries.h"
int64_t everything_forget(struct db *db);

#endif
