/* note.h - signed notes and checkpoints, as C2SP writes them down.
 *
 * A signed note is a text, an empty line, and signature lines (c2sp.org/signed-note). A
 * checkpoint is a note whose text says whose tree, how many leaves, which root
 * (c2sp.org/tlog-checkpoint). Ed25519 (algorithm byte 0x01) through libsodium. Reading is
 * strict: one way to write each thing, so that no byte can change unseen. */
#ifndef NABIJ_CRYPTO_NOTE_H
#define NABIJ_CRYPTO_NOTE_H

#include "base/out.h"
#include "crypto/sha256.h"

enum { NOTE_NAME = 128, NOTE_BASE64_HASH = 44 };

struct note_key {
    char name[NOTE_NAME + 1];
    uint8_t public_key[32];
    uint8_t id[4]; /* first bytes of SHA-256(name || "\n" || 0x01 || public key) */
};

struct note_signer {
    struct note_key key;
    uint8_t secret_key[64];
};

/* False when the name is empty, too long, not UTF-8, or has a space, a plus or a control byte. */
bool note_signer_make(struct note_signer *signer, struct str name, const uint8_t seed[32]);
void note_signer_forget(struct note_signer *signer);

/* "name+0123abcd+base64(0x01 || public key)", without a line end. */
void note_key_write(const struct note_key *key, struct out *out);
bool note_key_read(struct str text, struct note_key *key);

/* `text` is whole lines, not empty. */
void note_sign(const struct note_signer *signer, struct str text, struct out *note);

enum note_result { NOTE_GOOD, NOTE_BROKEN, NOTE_NO_SIGNATURE, NOTE_WRONG_SIGNATURE };

/* *text is the part of `note` that was signed by `key`. Signatures of others are passed over. */
enum note_result note_read(struct str note, const struct note_key *key, struct str *text);

struct checkpoint {
    struct str origin;
    uint64_t size;
    struct hash root;
};

void checkpoint_write(const struct checkpoint *checkpoint, struct out *text);
/* Further lines after the root are allowed and passed over. `origin` borrows from `text`. */
bool checkpoint_read(struct str text, struct checkpoint *checkpoint);

/* Standard base64 with padding. Reading gives false unless it is exactly what writing that many
 * bytes (95 at most) would give. */
void base64_write(const void *bytes, size_t size, struct out *out);
bool base64_read(struct str text, void *bytes, size_t size);

/* A decimal number without sign or leading zeros. */
bool whole_number(struct str text, uint64_t *number);

#endif
