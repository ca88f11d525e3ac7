/* passphrase.h - what only the person knows: Argon2id (libsodium), 19 MiB, two passes.
 *
 * Rules: at least 15 characters or four words (different ones, of two letters or more); not on
 * the list of well-known ones (passphrase_known.c), where capitals, spaces, marks and a few
 * digits at the end make no difference, nor a short piece said over and over or a row of keys;
 * nothing else is demanded. White space at both ends does not count: phones add it. */
#ifndef NABIJ_CRYPTO_PASSPHRASE_H
#define NABIJ_CRYPTO_PASSPHRASE_H

#include "base/str.h"

enum passphrase_judgement { PASSPHRASE_GOOD, PASSPHRASE_SHORT, PASSPHRASE_KNOWN, PASSPHRASE_LONG };

enum passphrase_judgement passphrase_judge(struct str passphrase);

/* The text to store (contains its own salt and costs). */
struct str passphrase_hash(struct arena *arena, struct str passphrase);

/* With `stored` empty (no such account) it takes as long as with a real one, and says no. */
bool passphrase_fits(struct str stored, struct str passphrase);

/* For tests: the least cost that libsodium allows. */
void passphrase_cheap(bool cheap);

#endif
