/* secrets.h - what only the vault may read: wrapped keys and passphrase hashes, in a file of
 * their own (vault.db) that the front cannot open and that a backup of the data leaves out.
 *
 * A secret belongs to an owner id in the main database. The two files cannot be committed as
 * one, so the order makes every crash harmless: what is kept is written before the main
 * commit (an owner that never came to be leaves an orphan), what is dropped is dropped after it
 * (a crash leaves an orphan too), and secrets_sweep removes orphans at the start. Overwriting
 * does not happen: a new passphrase is a new secret with a new owner id. */
#ifndef NABIJ_DB_SECRETS_H
#define NABIJ_DB_SECRETS_H

#include "base/id.h"
#include "base/str.h"

struct secrets;

enum secret_kind { SECRET_KEY = 1, SECRET_PASSPHRASE = 2 };

struct secrets *secrets_open(const char *path, const char **why);
void secrets_close(struct secrets *secrets);

/* Queued until the batch commits; seen by secrets_get at once. */
void secrets_keep(struct secrets *secrets, enum secret_kind kind, struct id owner,
                  struct str bytes);
void secrets_drop(struct secrets *secrets, enum secret_kind kind, struct id owner);
bool secrets_get(struct secrets *secrets, struct arena *arena, enum secret_kind kind,
                 struct id owner, struct str *bytes);

/* The queue follows the acts of the main database. */
void secrets_act(struct secrets *secrets);           /* an act begins */
void secrets_act_undo(struct secrets *secrets);      /* and was undone */
bool secrets_before_commit(struct secrets *secrets); /* false: the disk is full */
void secrets_after_commit(struct secrets *secrets);
void secrets_abandon(struct secrets *secrets);

/* Drops each secret whose owner is not `wanted`; returns how many. */
int64_t secrets_sweep(struct secrets *secrets,
                      bool (*wanted)(void *with, enum secret_kind kind, struct id owner),
                      void *with);
/* A consistent copy, for `nabij backup --keys`. */
bool secrets_copy(struct secrets *secrets, const char *to, const char **why);

#endif
