/* vault.h - where acts happen: the only writer, the only holder of keys, the keeper of the log.
 *
 * Calls are worked off one after another, so that each sees the whole of the one before. A batch
 * shares one durable commit; no reply of a batch leaves before its commit is on the disk, and
 * looks are in the log, on the disk, before what was looked at is in a reply.
 *
 * One vault a data folder: it holds a lock on DIR/lock. */
#ifndef NABIJ_HOUSE_VAULT_H
#define NABIJ_HOUSE_VAULT_H

#include "crypto/seal.h"
#include "house/call.h"
#include "looklog/looklog.h"

struct vault;

/* What the machine's keeper must know first is in *why when it is NULL. `may_make`: a fresh
 * folder gets its key and database. */
struct vault *vault_open(struct arena *arena, const struct config *config, bool may_make,
                         const char **why);
void vault_close(struct vault *vault);

/* Counts commits; fronts look at it to know whether what they remember is still true. Shared
 * memory of the supervisor's; NULL outside `serve`. */
void vault_count_commits(struct vault *vault, _Atomic uint64_t *commits);

enum { VAULT_BATCH = 256 };

/* Works off at most VAULT_BATCH calls as one batch. Replies live in the arena. */
void vault_work(struct vault *vault, struct arena *arena, const struct call *calls, size_t count,
                struct reply *replies);

/* A quiet moment: moves the write-ahead log into the database, forgets old acts. */
void vault_rest(struct vault *vault);

/* For acts (through ctx->vault). */

/* Seals `plain` as the owner's item of this kind, replacing what was there. */
void vault_seal(struct ctx *ctx, struct id owner, int kind, struct str plain);

/* Opens one item; false when there is none or its key is gone. Does not ask who may: the caller
 * (house/sealed.c) did. */
bool vault_unseal(struct ctx *ctx, struct id owner, int kind, struct str *plain);

struct keyring *vault_keyring(struct vault *vault);
struct secrets *vault_secrets(struct vault *vault);
struct looklog *vault_looklog(struct vault *vault);

/* Appends to the look log; committed before any reply of this batch. */
bool vault_look(struct ctx *ctx, struct id subject, struct str body);

/* Makes ctx's reply set a fresh session cookie. */
void vault_sign_in(struct ctx *ctx, struct id person);

/* True when this address tried too often; counts one more try. */
bool vault_tried_too_often(struct ctx *ctx);

/* One piece of work that is not a route's act, for the command line: between the two the ctx may
 * write. vault_finish keeps it (on the disk when it returns true) or undoes it. */
void vault_begin(struct vault *vault, struct arena *arena, struct ctx *ctx);
bool vault_finish(struct vault *vault, bool keep);

/* Runs one act outside `serve`, as the person whose session it is (empty: a stranger). Used by
 * the command line and tests: the same path, the same rules. */
struct reply vault_act(struct vault *vault, struct arena *arena, struct str path,
                       struct str session, const struct field *fields, size_t count);

#endif
