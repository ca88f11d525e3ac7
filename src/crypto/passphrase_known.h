/* passphrase_known.h - passphrases that everybody would try first; data only.
 *
 * Long enough to be accepted otherwise. Written as a person would say them; the comparison is
 * made after folding (passphrase.c). Ours, made from proverbs, songs, rhymes, slogans and the
 * usual keyboard habits in Dutch and English; add to it freely. */
#ifndef NABIJ_CRYPTO_PASSPHRASE_KNOWN_H
#define NABIJ_CRYPTO_PASSPHRASE_KNOWN_H

#include <stddef.h>

extern const char *const passphrases_known[];
extern const size_t passphrases_known_count;

#endif
