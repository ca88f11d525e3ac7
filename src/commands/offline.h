/* offline.h - a vault of one's own, for commands that work while nothing is served. */
#ifndef NABIJ_COMMANDS_OFFLINE_H
#define NABIJ_COMMANDS_OFFLINE_H

#include "commands/options.h"
#include "house/vault.h"

/* Opens the vault, or says why not on standard error and returns NULL. */
struct vault *offline_open(struct options *options, bool may_make);

/* A place by its slug, or the only place there is; false with a sentence on standard error. */
bool offline_place(struct options *options, struct ctx *ctx);

/* Runs `work` as one durable piece of work with a ctx that may write. False: nothing was kept. */
bool offline_work(struct vault *vault, struct options *options,
                  enum outcome (*work)(struct ctx *ctx, void *with), void *with);

#endif
