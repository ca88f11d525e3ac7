/* store.h - the open log, for the files of this folder only. README.md says why it is so. */
#ifndef NABIJ_LOOKLOG_STORE_H
#define NABIJ_LOOKLOG_STORE_H

#include "looklog/heads.h"
#include "looklog/looklog.h"
#include "looklog/record.h"
#include "looklog/shelf.h"

enum {
    FRESH_BYTES = 4096,
    COMMIT_MOST = 64 << 20, /* bytes appended and not yet committed */
};

/* Random bytes for r and nonces: the kernel's, stretched with ChaCha20, each given out once. */
struct fresh {
    uint8_t bytes[FRESH_BYTES];
    size_t left;
};

struct looklog {
    int folder, entries;
    struct note_signer signer;
    struct fresh fresh;

    struct standing now; /* with what is appended and not yet committed */
    uint64_t committed_end, committed_leaves;
    struct hash committed_check;
    uint64_t allocated; /* bytes of the file; zeros from committed_end on */
    uint8_t *waiting;   /* records not yet in the file */
    size_t waiting_size, waiting_room;

    struct shelf nodes, places;
    struct merkle_edge edge; /* of committed_leaves when edge.size says so */
    uint64_t signed_leaves;  /* in the file `checkpoint` */
    bool has_checkpoint;
    uint64_t heads_saved_end; /* standing.end in the file `heads`; 0: none */
    uint64_t heads_saved_size;
};

/* The node reader over the shelf, and the right edge at the committed size. */
struct merkle_source looklog_source(const struct looklog *log);
const struct merkle_edge *looklog_edge(struct looklog *log);

/* A record by its offset, committed or not, into `bytes` (RECORD_MOST). False: cannot be read. */
bool looklog_record_at(const struct looklog *log, uint64_t offset, uint8_t *bytes,
                       struct record *record);

/* Opens a record; *r borrows from the arena, *entry is the whole text, *body the caller's part.
 * False when the key does not fit, or it is not what was committed to. */
bool looklog_unseal(struct arena *arena, const struct record *record,
                    const struct seal_key *subject_key, struct str *r, struct str *entry,
                    struct str *body);

void looklog_save_heads(struct looklog *log);
/* Signs what is committed, unless that is signed already. False when the disk is full. */
bool looklog_sign(struct looklog *log);

/* What a note in the file `stored` says: how far the chain of records is signed. */
struct stored {
    struct str origin;
    uint64_t leaves, end;
    struct hash check;
};
void stored_write(const struct stored *stored, struct out *text);
bool stored_read(struct str text, struct stored *stored);

/* A whole file of the folder into `out` (cleared first). False when it is not there or too big. */
bool folder_read(int folder, const char *name, struct out *out);
/* A file put in the place of another at once, synced. False when the disk is full. */
bool folder_replace(int folder, const char *name, struct str bytes, bool sync);

#endif
