/* bundle.c - one person's entries with everything needed to check them without us. */
#include "looklog/bundle.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "looklog/store.h"

void last_note_write(const struct last_note *last, struct out *text)
{
    char subject[ID_LETTERS];
    id_write(last->subject, subject);
    out_print(text, "nabij last entry\n");
    out_raw(text, last->origin);
    out_byte(text, '\n');
    out_raw(text, (struct str){ subject, ID_LETTERS });
    out_print(text, "\n%llu\n%llu\n", (unsigned long long)last->seq,
              (unsigned long long)last->leaves);
}

bool last_note_read(struct str text, struct last_note *last)
{
    struct str kind, subject, seq, leaves;
    return str_split(&text, '\n', &kind) && str_is(kind, STR("nabij last entry")) &&
           str_split(&text, '\n', &last->origin) && str_split(&text, '\n', &subject) &&
           id_read(subject, &last->subject) && str_split(&text, '\n', &seq) &&
           whole_number(seq, &last->seq) && str_split(&text, '\n', &leaves) &&
           whole_number(leaves, &last->leaves) && text.at && text.len == 0;
}

/* Written by hand: every value but the entry and the notes is plain, those go through jansson. */
static void put_string(struct out *json, struct str text)
{
    json_t *string = json_stringn(text.at, text.len);
    char *written = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
    out_raw(json, str_of(written));
    memory_free(written);
    json_decref(string);
}

static void put_hashes(struct out *json, const struct hash *hashes, unsigned count)
{
    out_byte(json, '[');
    for (unsigned i = 0; i < count; i++) {
        out_raw(json, i ? STR(",\n      \"") : STR("\n      \""));
        base64_write(hashes[i].b, HASH_BYTES, json);
        out_byte(json, '"');
    }
    out_byte(json, ']');
}

static void put_entry(struct looklog *log, const struct record *record, struct str r,
                      struct str entry, struct out *json)
{
    struct hash proof[MERKLE_PROOF];
    struct merkle_source source = looklog_source(log);
    unsigned count = merkle_inclusion(&source, looklog_edge(log), record->leaf, proof);
    out_print(json, "    { \"leaf\": %llu,\n      \"r\": \"", (unsigned long long)record->leaf);
    base64_write(r.at, r.len, json);
    out_raw(json, STR("\",\n      \"entry\": "));
    put_string(json, entry);
    out_raw(json, STR(",\n      \"proof\": "));
    put_hashes(json, proof, count);
    out_raw(json, STR(" }"));
}

/* The chain runs from the newest back; the bundle from the first on. */
static bool put_entries(struct looklog *log, struct arena *arena, const struct head *head,
                        const struct seal_key *subject_key, struct out *json)
{
    uint64_t count = head ? head->seq : 0, offset = head ? head->offset : 0;
    uint64_t *offsets = arena_take_many(arena, (size_t)count, sizeof *offsets);
    uint8_t *bytes = arena_take(arena, RECORD_MOST);
    struct record record;
    for (uint64_t seq = count; seq > 0; seq--) {
        if (!looklog_record_at(log, offset, bytes, &record) || record.seq != seq)
            return false;
        offsets[seq - 1] = offset;
        offset = record.previous;
    }
    struct arena *own = arena_new(64 * 1024);
    bool good = true;
    for (uint64_t i = 0; i < count && good; i++) {
        struct str r, entry, body;
        good = looklog_record_at(log, offsets[i], bytes, &record) &&
               looklog_unseal(own, &record, subject_key, &r, &entry, &body);
        if (good) {
            out_raw(json, i ? STR(",\n") : STR("\n"));
            put_entry(log, &record, r, entry, json);
        }
        arena_reset(own);
    }
    arena_free(own);
    return good;
}

static void put_bridge(struct looklog *log, uint64_t from, struct out *json)
{
    struct hash proof[MERKLE_PROOF];
    struct merkle_edge edge;
    struct merkle_source source = looklog_source(log);
    merkle_edge_make(&source, from, &edge);
    unsigned count = merkle_consistency(&source, looklog_edge(log), from, proof);
    out_print(json, "    { \"from\": %llu,\n      \"root\": \"", (unsigned long long)from);
    base64_write(edge.root.b, HASH_BYTES, json);
    out_raw(json, STR("\",\n      \"proof\": "));
    put_hashes(json, proof, count);
    out_raw(json, STR(" }"));
}

static void put_bridges(struct looklog *log, const uint64_t *earlier, size_t count,
                        struct out *json)
{
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || earlier[j] == earlier[i];
        if (again || earlier[i] == 0 || earlier[i] > log->committed_leaves)
            continue;
        out_raw(json, first ? STR("\n") : STR(",\n"));
        put_bridge(log, earlier[i], json);
        first = false;
    }
}

static void put_last(struct looklog *log, struct id subject, uint64_t seq, struct out *json)
{
    struct out text, note;
    struct last_note last = { .origin = str_of(log->signer.key.name),
                              .subject = subject,
                              .seq = seq,
                              .leaves = log->committed_leaves };
    out_open(&text, 4096);
    out_open(&note, 4096);
    last_note_write(&last, &text);
    note_sign(&log->signer, out_str(&text), &note);
    put_string(json, out_str(&note));
    out_close(&text);
    out_close(&note);
}

bool looklog_bundle(struct looklog *log, struct arena *arena, struct id subject,
                    const struct seal_key *subject_key, const uint64_t *earlier,
                    size_t earlier_count, struct out *json)
{
    struct out note, key;
    if (!looklog_commit(log)) /* proofs speak of what is committed */
        return false;
    out_open(&note, 4096);
    out_open(&key, 4096);
    looklog_checkpoint(log, &note);
    looklog_verifier_key(log, &key);
    const struct head *head = heads_find(&log->now.heads, subject);
    out_raw(json, STR("{ \"format\": \"" BUNDLE_FORMAT "\",\n  \"key\": "));
    put_string(json, out_str(&key));
    out_raw(json, STR(",\n  \"checkpoint\": "));
    put_string(json, out_str(&note));
    out_raw(json, STR(",\n  \"last\": "));
    put_last(log, subject, head ? head->seq : 0, json);
    out_raw(json, STR(",\n  \"entries\": ["));
    bool good = put_entries(log, arena, head, subject_key, json);
    out_raw(json, STR("],\n  \"consistency\": ["));
    put_bridges(log, earlier, earlier_count, json);
    out_raw(json, STR("]\n}\n"));
    out_close(&note);
    out_close(&key);
    return good && !json->overflow;
}
