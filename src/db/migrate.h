/* migrate.h - from any earlier schema forward to this one; never back.
 *
 * The files of schema/ are inside the program (tools/embed). Each runs in a transaction of its
 * own, after a copy of the database was put beside it. A database that is newer than the program
 * is refused. */
#ifndef NABIJ_DB_MIGRATE_H
#define NABIJ_DB_MIGRATE_H

#include <stdbool.h>

/* Steps not yet taken: 0 = up to date, -1 = the database is newer than this program (*why). */
int migrate_waiting(const char *path, const char **why);

/* Takes them. `backup`: where the copy goes first (not made for a database without a schema).
 * False with a sentence in *why; the step that failed left nothing behind. */
bool migrate_run(const char *path, const char *backup, void (*told)(const char *step),
                 const char **why);

#endif
