/* vault_inside.h - what the vault's own files share: vault.c (opening, sealing, batches),
 * vault_act.c (one act, one question). */
#ifndef NABIJ_HOUSE_VAULT_INSIDE_H
#define NABIJ_HOUSE_VAULT_INSIDE_H

#include "house/limits.h"
#include "house/vault.h"

struct vault {
    const struct config *config;
    struct db *db;
    struct secrets *secrets;
    struct keyring *keyring;
    struct looklog *looklog;
    struct limits *limits;
    struct seal_key limits_key;
    struct out answer;
    _Atomic uint64_t *commits;
    int lock;
    bool looked; /* in this batch */
    int64_t rested_ms;
};

/* One form that was sent, one question of a page; the route is found and the session looked up. */
enum outcome vault_run_act(struct ctx *ctx, struct reply *reply);
enum outcome vault_run_ask(struct ctx *ctx, const struct call *call, struct reply *reply);

#endif
