/* keyring.h - the keys of the house: one for the machine, one for each person or gate.
 *
 * The instance key is a file (or a systemd credential) that no backup of the data contains. It
 * wraps the owners' keys in vault.db. Dropping an owner's key makes everything sealed with it,
 * also in old copies of the database, unreadable at once. Only the vault has a keyring. */
#ifndef NABIJ_HOUSE_KEYRING_H
#define NABIJ_HOUSE_KEYRING_H

#include "crypto/mark.h"
#include "crypto/seal.h"
#include "db/secrets.h"

struct keyring;

/* Reads PATH; makes it (mode 0600) when it is not there and `may_make`. NULL with *why when it is
 * open to others, damaged or missing. */
struct keyring *keyring_open(struct arena *arena, const char *path, bool may_make,
                             struct secrets *secrets, const char **why);
void keyring_close(struct keyring *keyring);

/* A new key for this owner, kept in the current act. */
struct seal_key keyring_make(struct keyring *keyring, struct arena *arena, struct id owner);

/* False when the owner has no key (any more). */
bool keyring_find(struct keyring *keyring, struct arena *arena, struct id owner,
                  struct seal_key *key);
void keyring_drop(struct keyring *keyring, struct id owner);

/* A key of the machine's own for one purpose ("look log", "key cards" …). */
struct seal_key keyring_own(const struct keyring *keyring, struct str purpose);

#endif
