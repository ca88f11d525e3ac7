#!/bin/sh
# The queries of a .sql file become functions; what could go wrong is told with its place.
. "$(dirname "$0")/tap.sh"

refused() { # NAME FILE:LINE:COLUMN: sentence; the .sql comes on standard input
    cat > a.sql
    rm -f q.h q.c
    "$TOOLS/mksql" -h q.h -c q.c a.sql > seen 2>&1 && echo "it was accepted" > seen
    grep -qxF -- "$2" seen && [ ! -e q.c ]
    result $? "$1"
}

mkdir mandates db
cat > mandates/mandates.sql <<'SQL'
-- What is known of mandates. This comment belongs to no query.

-- mandates_in_force: many 50
-- Who works here on whose assignment, newest first. */ and this does not end the comment
-- in  place id, today day,
-- in  who id?, until day?, word text?, size int?
-- out id id, title text, holder id, starts day, ends day?, changed moment, open bool, size int, body blob?
-- out by id?
select id, title, holder_id, starts, ends, changed_at, is_open, size, body, by
  from mandate -- the :table of all
 where place_id = :place and starts <= :today and name <> ':no' and x::text = '??='
   /* :neither
      here */
   and (:who is null or :until > :today or "a:b" like :word or size = :size)
 order by starts desc
 limit 50;

-- place_by_id: one
-- in place id
-- out name text
select name from place where id = :place

-- place_count: one
-- out n int
select count(*) from place;

-- moment_note: do
-- in at moment, yes bool, bytes blob, maybe moment?
with x as (select 1) insert into note (at, yes, bytes, maybe) values (:at, :yes, :bytes, :maybe);

-- everything_forget: do
delete from note;
SQL
works "four kinds of query" "$TOOLS/mksql" -h queries.h -c queries.c mandates/mandates.sql
same "the header is as it was" queries.h queries.h
same "the code is as it was" queries.c queries.c
cat > db/db.h <<'C'
#include "base/day.h"
#include "base/id.h"
struct arena;
struct db;
struct statement { const char *name, *sqlite, *postgres; int params, columns; bool writes; };
extern const struct statement db_statements[];
extern const size_t db_statement_count;
void db_start(struct db *, int);
void db_put_id(struct db *, int, int, struct id);
void db_put_text(struct db *, int, int, struct str);
void db_put_blob(struct db *, int, int, struct str);
void db_put_int(struct db *, int, int, int64_t);
void db_put_bool(struct db *, int, int, bool);
void db_put_day(struct db *, int, int, struct day);
void db_put_moment(struct db *, int, int, struct moment);
void db_put_null(struct db *, int, int);
bool db_step(struct db *, int);
struct id db_get_id(struct db *, int, int);
struct str db_get_text(struct db *, struct arena *, int, int);
struct str db_get_blob(struct db *, struct arena *, int, int);
int64_t db_get_int(struct db *, int, int);
bool db_get_bool(struct db *, int, int);
struct day db_get_day(struct db *, int, int);
struct moment db_get_moment(struct db *, int, int);
bool db_get_null(struct db *, int, int);
int64_t db_end(struct db *, int);
C
works "what it makes compiles without a warning" compile queries.c
cat > misuse.c <<'C'
#include "queries.h"
struct str f(struct db *db, struct arena *arena);
struct str f(struct db *db, struct arena *arena)
{
    struct place_by_id_row row;
    place_by_id(db, arena, &(struct place_by_id_in){ .place = STR("a text") }, &row);
    return row.name;
}
C
fails "a text is no id to the compiler" compile misuse.c
sed 's/STR("a text")/{ { 0 } }/' misuse.c > use.c
works "the call as it is meant compiles" compile use.c
sed 's/.place =/.plaec =/' use.c > misspelt.c
fails "a misspelt parameter does not" compile misspelt.c
cp queries.h before.h
touch -d '2020-01-01' queries.h
"$TOOLS/mksql" -h queries.h -c queries.c mandates/mandates.sql
works "what does not change is not written again" test ! queries.h -nt before.h
works "no files at all is well" "$TOOLS/mksql" -h queries.h -c queries.c
works "and compiles" compile queries.c

fails "a file that is not there" "$TOOLS/mksql" -h q.h -c q.c nowhere.sql
says "is named" "nowhere.sql: cannot be read"
fails "a wrong command line" "$TOOLS/mksql" a.sql
says "is answered with the right one" "use: mksql -h OUT.h -c OUT.c FILE..."
printf -- '-- a: one\n-- out n int\nselect \377' > bad.sql
fails "a file that is not UTF-8" "$TOOLS/mksql" -h q.h -c q.c bad.sql
says "is told where" "bad.sql:3:8: this is not UTF-8"

refused "a parameter that is not declared" \
    "a.sql:3:31: ':palce' is not on the '-- in' line" << 'SQL'
-- a: one
-- out n int
select n from t where place = :palce
SQL
refused "a parameter that is not used" "a.sql:2:17: 'day' is never used" << 'SQL'
-- a: one
-- in place id, day day
-- out n int
select n from t where place = :place
SQL
refused "a name twice" "a.sql:4:4: 'a' is already the name of a.sql:1" << 'SQL'
-- a: one
-- out n int
select n from t
-- a: one
-- out n int
select n from t
SQL
refused "an unknown type" "a.sql:2:8: 'n' has the type 'number'; there are id text blob int bool day moment, with ? when it may be null" << 'SQL'
-- a: one
-- out n number
select n from t
SQL
refused "a list without an end" \
    "a.sql:1:1: 'a' is a 'many' without a limit: every list has an end" << 'SQL'
-- a: many 9
-- out n int
select n from t where x = 'limit 9' -- limit 9
SQL
refused "a list without a number" "a.sql:1:7: 'many' needs the largest number of rows, 1 to 1000000" << 'SQL'
-- a: many
-- out n int
select n from t limit 9
SQL
refused "a number where none belongs" "a.sql:1:7: nothing may follow 'one'" << 'SQL'
-- a: one 3
-- out n int
select n from t
SQL
refused "a statement of another kind" \
    "a.sql:2:1: a statement begins with select, insert, update, delete or with, not 'drop'" << 'SQL'
-- a: do
drop table person
SQL
refused "a select that is said to change something" \
    "a.sql:2:1: a 'do' changes something; a select is 'one' or 'many'" << 'SQL'
-- a: do
select 1
SQL
refused "a parameter in an order by" \
    "a.sql:5:6: ':how' stands in an 'order by', where it would be a constant and order nothing" << 'SQL'
-- a: many 9
-- in how text
-- out n int
select n from t ORDER
 BY  :how limit 9
SQL
cat > a.sql <<'SQL'
-- a: many 9
-- in how text, most int
-- out n int
select n from t order by (:how), n limit :most
SQL
fails "a parameter in brackets in an order by" "$TOOLS/mksql" -h q.h -c q.c a.sql
says "is found too" "a.sql:4:27: ':how' stands in an 'order by'"
cat > a.sql <<'SQL'
-- a: many 9
-- in which int, most int
-- out n int
select n from (select n from u order by n limit 3) where n = :which order by n limit :most
SQL
works "after the order by has ended, a parameter is fine" "$TOOLS/mksql" -h q.h -c q.c a.sql
refused "rows from a do" "a.sql:2:1: a 'do' has no '-- out' line: it gives no rows" << 'SQL'
-- a: do
-- out n int
delete from t
SQL
refused "no columns from a one" "a.sql:1:1: 'a' needs an '-- out' line" << 'SQL'
-- a: one
select 1
SQL
refused "two statements" "a.sql:3:9: one statement a query" << 'SQL'
-- a: one
-- out n int
select 1; delete from t
SQL
refused "no statement" "a.sql:1:1: 'a' has no statement" << 'SQL'
-- a: one
-- out n int
SQL
refused "a quote that is never closed" "a.sql:3:8: this quote is never closed" << 'SQL'
-- a: one
-- out n int
select 'x
SQL
refused "a comment that is never closed" "a.sql:3:8: this comment is never closed" << 'SQL'
-- a: one
-- out n int
select /* x
SQL
refused "a bracket that is never closed" "a.sql:1:1: a '(' is never closed" << 'SQL'
-- a: one
-- out n int
select (1
SQL
refused "a bracket that closes nothing" "a.sql:3:9: this ')' closes nothing" << 'SQL'
-- a: one
-- out n int
select 1)
SQL
refused "SQL without a name" \
    "a.sql:1:1: a query begins with a line '-- NAME: one', '-- NAME: many N' or '-- NAME: do'" << 'SQL'
select 1
SQL
refused "a name that C has taken" "a.sql:1:4: 'for' cannot be the name of a C function" << 'SQL'
-- for: one
-- out n int
select 1
SQL
refused "a column twice" "a.sql:2:17: 'n' is there twice" << 'SQL'
-- a: one
-- out n int,   n day
select 1, 2
SQL
refused "a column that C has taken" \
    "a.sql:2:8: 'int int': 'NAME TYPE' is needed here, and a name that C allows" << 'SQL'
-- a: one
-- out int int
select 1
SQL
done_testing
