/* heads.h - for each person: where their newest record stands and how many there are.
 *
 * A table in memory, saved now and then in the file `heads` so that opening need not read the
 * whole log. The file is signed with the log's key, and can always be made again from the
 * entries:
 *
 *     "nabij heads 1\n\0\0"  16     count u64   leaves u64   end u64 (offset in `entries`)
 *     check 32 (of the last record)  peaks 32 each, one for each bit set in leaves, lowest first
 *     count × { subject 16, offset u64, seq u64 }
 *     Ed25519 signature 64 over "nabij heads\n" || SHA-256(all of the above) */
#ifndef NABIJ_LOOKLOG_HEADS_H
#define NABIJ_LOOKLOG_HEADS_H

#include "base/id.h"
#include "base/out.h"
#include "crypto/merkle.h"
#include "crypto/note.h"

struct head {
    struct id subject;
    uint64_t offset, seq; /* seq 0: an empty slot */
};

struct heads {
    struct head *slot;
    size_t slots, count; /* slots is 0 or a power of two, at most 3/4 full */
};

/* The subject's newest record is the one at `offset`, their seq-th (seq ≥ 1). */
void heads_set(struct heads *heads, struct id subject, uint64_t offset, uint64_t seq);
/* Puts back what heads_set overwrote; seq 0 takes the subject out. For each heads_set since the
 * state wanted, newest first; then heads_undone once, before anything else. */
void heads_undo(struct heads *heads, struct id subject, uint64_t offset, uint64_t seq);
void heads_undone(struct heads *heads);
/* NULL when there is none. */
const struct head *heads_find(const struct heads *heads, struct id subject);
void heads_free(struct heads *heads);

/* Where a scan of the entries stands: what is needed to go on from here. */
struct standing {
    uint64_t end; /* offset of the next record */
    struct hash check;
    struct merkle_growing tree;
    struct heads heads;
};

void heads_write(const struct standing *standing, const struct note_signer *signer,
                 struct out *file);

/* Fills everything of *standing (freed or empty before). False, and *standing empty, when the
 * file is not exactly right. */
bool heads_read(struct str file, const struct note_key *key, struct standing *standing);

#endif
