/* record.h - one look as it stands in the file `entries`, and the chain of checks through them.
 *
 * All numbers little-endian. A record is a multiple of 8 bytes:
 *
 *     0  size        u32  of the whole record        4  sealed_size u32
 *     8  leaf        u64  from 0                    16  seq         u64  of the subject, from 1
 *    24  when        i64  ms since 1970 UTC         32  previous    u64  offset of the subject's
 *    40  durable     u64  bytes on disk when made        previous record, 0 = none
 *    48  place       16                             64  subject     16
 *    80  commitment  32   HMAC-SHA256(r, entry)    112  sealed      r || entry, sealed
 *     …  zeros to a multiple of 8, then the check  32   SHA-256(check before || all of the above)
 *
 * The chain makes that a changed, swapped or missing record shows by itself; `durable` tells a
 * torn tail (never acknowledged, cut off) from damage to what was once on disk (refused). */
#ifndef NABIJ_LOOKLOG_RECORD_H
#define NABIJ_LOOKLOG_RECORD_H

#include "base/day.h"
#include "base/id.h"
#include "crypto/seal.h"
#include "crypto/sha256.h"

enum {
    RECORD_FIXED = 112,
    RECORD_BODY_MOST = 4096,
    RECORD_FRONT_MOST = 160, /* seq, when and subject as text */
    RECORD_PLAIN_MOST = HASH_BYTES + RECORD_FRONT_MOST + RECORD_BODY_MOST,
    RECORD_LEAST = RECORD_FIXED + SEAL_EXTRA + HASH_BYTES + HASH_BYTES,
    RECORD_MOST = RECORD_FIXED + SEAL_EXTRA + RECORD_PLAIN_MOST + 8 + HASH_BYTES,
    ENTRIES_HEADER = 64,
};

extern const char record_file_header[ENTRIES_HEADER + 1];

struct record {
    uint32_t size;
    uint64_t leaf, seq, previous, durable;
    struct moment when;
    struct id place, subject;
    struct hash commitment, check;
    struct str sealed; /* borrows from the bytes read */
};

/* How many bytes a record with so many sealed bytes takes. */
uint32_t record_size(size_t sealed_size);

/* Where the sealed bytes go, so that they are sealed in place. */
static inline uint8_t *record_sealed_at(uint8_t *to)
{
    return to + RECORD_FIXED;
}

/* Writes everything but the sealed bytes, which stand there already (record.sealed.len of them),
 * and the check; sets record->size and record->check. */
void record_write(uint8_t *to, struct record *record, const struct hash *check_before);

enum record_result { RECORD_GOOD, RECORD_END, RECORD_SHORT, RECORD_BAD };

/* RECORD_END: a size of zero, nothing was ever written here. RECORD_SHORT: the record says it is
 * longer than `room`. RECORD_BAD: its own form is wrong. The check is not looked at. */
enum record_result record_read(const uint8_t *from, size_t room, struct record *record);

struct hash record_check(const uint8_t *from, uint32_t size, const struct hash *check_before);
struct hash record_first_check(void);

/* What the sealed bytes belong to. */
struct seal_about record_about(const struct record *record);

#endif
