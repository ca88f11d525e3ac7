/* sign.c - what is signed: the tree's root, how far the chain of records goes, the snapshot. */
#include "looklog/store.h"

#include <unistd.h>

#include "base/disk.h"

enum { NOTE_FILE = 4096 };

static void read_node(const void *with, unsigned level, uint64_t index, struct hash *hash)
{
    const struct looklog *log = with;
    *hash = *(const struct hash *)shelf_get(&log->nodes, merkle_place(level, index));
}

struct merkle_source looklog_source(const struct looklog *log)
{
    return (struct merkle_source){ read_node, log };
}

const struct merkle_edge *looklog_edge(struct looklog *log)
{
    if (log->edge.size != log->committed_leaves || log->committed_leaves == 0) {
        struct merkle_source source = looklog_source(log);
        merkle_edge_make(&source, log->committed_leaves, &log->edge);
    }
    return &log->edge;
}

void stored_write(const struct stored *stored, struct out *text)
{
    out_print(text, "nabij stored records\n");
    out_raw(text, stored->origin);
    out_print(text, "\n%llu\n%llu\n", (unsigned long long)stored->leaves,
              (unsigned long long)stored->end);
    base64_write(stored->check.b, HASH_BYTES, text);
    out_byte(text, '\n');
}

bool stored_read(struct str text, struct stored *stored)
{
    struct str kind, leaves, end, check;
    return str_split(&text, '\n', &kind) && str_is(kind, STR("nabij stored records")) &&
           str_split(&text, '\n', &stored->origin) && str_split(&text, '\n', &leaves) &&
           whole_number(leaves, &stored->leaves) && str_split(&text, '\n', &end) &&
           whole_number(end, &stored->end) && str_split(&text, '\n', &check) &&
           base64_read(check, stored->check.b, HASH_BYTES) && text.at && text.len == 0;
}

static void checkpoint_note(struct looklog *log, struct out *note)
{
    struct out text;
    struct checkpoint checkpoint = { .origin = str_of(log->signer.key.name),
                                     .size = log->committed_leaves,
                                     .root = looklog_edge(log)->root };
    out_open(&text, NOTE_FILE);
    checkpoint_write(&checkpoint, &text);
    note_sign(&log->signer, out_str(&text), note);
    out_close(&text);
}

static void stored_note(struct looklog *log, struct out *note)
{
    struct out text;
    struct stored stored = { .origin = str_of(log->signer.key.name),
                             .leaves = log->committed_leaves,
                             .end = log->committed_end,
                             .check = log->committed_check };
    out_open(&text, NOTE_FILE);
    stored_write(&stored, &text);
    note_sign(&log->signer, out_str(&text), note);
    out_close(&text);
}

bool looklog_sign(struct looklog *log)
{
    if (log->has_checkpoint && log->signed_leaves == log->committed_leaves &&
        faccessat(log->folder, "stored", F_OK, 0) == 0)
        return true;
    struct out note;
    out_open(&note, NOTE_FILE);
    stored_note(log, &note);
    bool done = folder_replace(log->folder, "stored", out_str(&note), true);
    out_clear(&note);
    checkpoint_note(log, &note);
    done = done && folder_replace(log->folder, "checkpoint", out_str(&note), true);
    out_close(&note);
    if (done) {
        log->has_checkpoint = true;
        log->signed_leaves = log->committed_leaves;
    }
    return done;
}

void looklog_checkpoint(struct looklog *log, struct out *note)
{
    (void)looklog_sign(log); /* a full disk: it is given out all the same */
    checkpoint_note(log, note);
}

void looklog_verifier_key(struct looklog *log, struct out *vkey)
{
    note_key_write(&log->signer.key, vkey);
}

/* What the snapshot stands on goes to disk before it, so that opening may rely on it. */
void looklog_save_heads(struct looklog *log)
{
    struct out file;
    if (log->now.end != log->committed_end || log->nodes.waiting_count || log->places.waiting_count)
        return;
    disk_sync(log->nodes.fd);
    disk_sync(log->places.fd);
    out_open(&file, (size_t)1 << 32);
    heads_write(&log->now, &log->signer, &file);
    if (!file.overflow && folder_replace(log->folder, "heads", out_str(&file), true)) {
        log->heads_saved_end = log->committed_end;
        log->heads_saved_size = file.len;
    }
    out_close(&file);
}
