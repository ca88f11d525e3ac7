/* scan.h - walking through the records of the file `entries`, one after another, each checked
 * against the one before it. Opening and verifying both stand on it. */
#ifndef NABIJ_LOOKLOG_SCAN_H
#define NABIJ_LOOKLOG_SCAN_H

#include "looklog/heads.h"
#include "looklog/record.h"

enum scan_result {
    SCAN_RECORD,
    SCAN_END,      /* the end of the file, or zeros from here on: nothing was ever written */
    SCAN_CUT,      /* a record that goes on past the end of the file */
    SCAN_FORM,     /* not a record */
    SCAN_CHECK,    /* its check does not follow from its bytes and the check before */
    SCAN_LEAF,     /* not the number that should come now */
    SCAN_SEQ,      /* the subject's numbering has a gap or a repetition */
    SCAN_PREVIOUS, /* does not point at the subject's previous record */
    SCAN_DURABLE,  /* says it was made after itself */
    SCAN_UNREAD,   /* the file could not be read */
};

struct scan {
    int fd;
    uint64_t file_size; /* when the scan began */
    uint8_t *bytes;
    uint64_t from; /* offset of bytes[0] */
    size_t held;
    struct standing at; /* after the last good record; at.end is where the next one begins */
    struct record record;
    const uint8_t *record_bytes; /* until the next call */
    struct hash leaf_hash;
    struct hash made[MERKLE_LEVELS + 1]; /* the tree nodes that the last record completed */
    unsigned made_count;
};

/* Begins after `at`, which the scan takes over; at->end 0 stands for the file's beginning. */
void scan_start(struct scan *scan, int fd, uint64_t file_size, struct standing *at);
enum scan_result scan_next(struct scan *scan);
/* Frees the buffer, and scan->at unless it was moved away (zeroed). */
void scan_stop(struct scan *scan);

/* After SCAN_END: where the first byte that is not zero stands, or file_size. */
uint64_t scan_first_after(struct scan *scan, uint64_t offset);

/* After anything else: is there, past the bad place, a record that was made when the bad place
 * was on disk already? Then this is damage, and not the torn end of what was being written. */
bool scan_was_durable(struct scan *scan, uint64_t bad);

#endif
