/* looklog.h - who looked at what: appended before it is shown, never rewritten, checkable.
 *
 * A folder with append-only files. Each entry is a small UTF-8 text of lines "key: value", with
 * the subject's own sequence number and the moment in front, sealed with the subject's key. In
 * the tree stands only leaf = SHA-256(0x00 || HMAC-SHA256(r, entry)) with 32 fresh random bytes
 * r an entry, so that the leaves give nothing away (RFC 6962 for the tree; C2SP tlog-tiles for
 * how it is served; C2SP checkpoint and signed note, Ed25519, for what is signed).
 *
 * Durability: looklog_commit returns after ONE data sync covering everything appended since the
 * last one; the tree's own nodes can be rebuilt from the entries and need no sync of their own.
 * Opening after a crash cuts off a half-written tail and rebuilds what is missing.
 *
 * One process writes (the vault). Readers of tiles and checkpoints open the folder read-only. */
#ifndef NABIJ_LOOKLOG_H
#define NABIJ_LOOKLOG_H

#include "base/day.h"
#include "base/id.h"
#include "base/out.h"
#include "crypto/seal.h"

struct looklog;

struct looklog_settings {
    const char *folder;
    struct str origin;        /* the checkpoint's first line, e.g. "nabij.example/log" */
    uint8_t signing_seed[32]; /* Ed25519 */
};

/* NULL with a sentence in *why (static or in the arena) when the folder cannot be trusted. */
struct looklog *looklog_open(struct arena *arena, const struct looklog_settings *settings,
                             const char **why);
void looklog_close(struct looklog *log); /* signs and writes a last checkpoint */

/* Buffers one entry; gives its place in the tree. `body` is "key: value\n" lines without seq, when
 * and subject (all three are put in front: "seq: 17\nwhen: 2026-11-24T10:11:12.123Z\nsubject:
 * <id>\n", so that nobody can be given somebody else's list). False when the body is over 4 KiB,
 * not UTF-8 or its last line has no end, or when more than 64 MiB waits to be committed; then
 * nothing was added. */
bool looklog_append(struct looklog *log, struct id place, struct id subject,
                    const struct seal_key *subject_key, struct moment when, struct str body,
                    uint64_t *leaf);
/* True: everything appended is on disk. False: the disk is full, and everything appended since
 * the last commit was forgotten (places in the tree and all). Other trouble with the disk stops
 * the process. */
bool looklog_commit(struct looklog *log);

uint64_t looklog_size(const struct looklog *log); /* committed entries */
/* 0: never looked at. Counts what is appended and not yet committed. */
uint64_t looklog_last_seq(const struct looklog *log, struct id subject);

struct looklog_entry {
    uint64_t seq, leaf;
    struct moment when;
    struct str body; /* as it was appended; empty with `unreadable` set when the key is gone */
    bool unreadable;
};

/* Newest first, from the entry before `before_seq` (0 = the newest), at most `limit`. */
size_t looklog_list(struct looklog *log, struct arena *arena, struct id subject,
                    const struct seal_key *subject_key, uint64_t before_seq, size_t limit,
                    struct looklog_entry *entries);

/* Value of `key` in a body's lines as it stands there (escaped); empty when it is not there. */
struct str looklog_field(struct str body, struct str key);
/* A value without its escapes, as it was given to looklog_put. */
struct str looklog_plain(struct arena *arena, struct str value);
/* Adds "key: value\n"; line ends and backslashes in the value are escaped. */
void looklog_put(struct out *body, struct str key, struct str value);

/* The newest signed checkpoint, as a C2SP signed note. When the tree has grown it signs one and
 * writes it to the folder first (some five syncs): for once a minute and for bundles, not for
 * every commit. */
void looklog_checkpoint(struct looklog *log, struct out *note);
void looklog_verifier_key(struct looklog *log, struct out *vkey); /* "origin+hash+key" */

/* A JSON proof bundle of one person's entries 1 … last: for each r, the entry, its leaf's place
 * and an inclusion proof to the checkpoint; consistency proofs from each of the `earlier` sizes;
 * the checkpoint and the verifier key. Described in docs/proof-bundle.md. */
bool looklog_bundle(struct looklog *log, struct arena *arena, struct id subject,
                    const struct seal_key *subject_key, const uint64_t *earlier,
                    size_t earlier_count, struct out *json);

/* For readers: path after "/log/": "checkpoint", "key", "tile/0/x001/234", "tile/1/000.p/5",
 * "tile/entries/000" (C2SP tlog-tiles). False when there is no such tile. Opens nothing outside
 * the folder descriptor. */
bool looklog_serve(int folder_fd, struct str path, struct out *bytes);

/* Offline checks. Findings go to `report`, a line each, in the language of `dutch`; the result is
 * true when nothing was wrong. A directory check needs no keys. `earlier` is an earlier bundle's
 * or checkpoint's text, or empty. */
enum looklog_verdict { LOOKLOG_GOOD, LOOKLOG_WRONG, LOOKLOG_UNREADABLE };
enum looklog_verdict looklog_check_folder(const char *folder, struct str earlier,
                                          struct out *report, bool dutch);
enum looklog_verdict looklog_check_bundle(struct str bundle, struct str earlier, struct out *report,
                                          bool dutch);
/* The same as yes or no. */
bool looklog_verify_folder(const char *folder, struct out *report, bool dutch);
bool looklog_verify_bundle(struct str bundle, struct str earlier, struct out *report, bool dutch);

#endif
