/* verify_bundle.c - one person's bundle: signed, whole, and still the same as before.
 *
 * Strict on purpose: a value that is written otherwise than we would, a field too many or too
 * few, is a finding. docs/proof-bundle.md tells the same steps in words. */
#include <jansson.h>
#include <string.h>

#include "base/memory.h"
#include "looklog/bundle.h"
#include "looklog/verify.h"

enum { BUNDLE_FLAGS = JSON_REJECT_DUPLICATES, FIELDS = 6, ENTRY_FIELDS = 4, BRIDGE_FIELDS = 3 };

struct bundle_check {
    struct verifier v;
    json_t *json;
    struct note_key key;
    struct checkpoint checkpoint;
    struct last_note last;
};

static struct str text_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return (struct str){ json_string_value(value), json_string_length(value) };
}

static bool number_of(const json_t *object, const char *name, uint64_t *number)
{
    const json_t *value = json_object_get(object, name);
    json_int_t integer = json_integer_value(value);
    *number = (uint64_t)integer;
    return json_is_integer(value) && integer >= 0;
}

/* An array of hashes in base64; false when it is not that, or longer than any proof. */
static bool hashes_of(const json_t *array, struct hash proof[MERKLE_PROOF], size_t *count)
{
    *count = json_array_size(array);
    if (!json_is_array(array) || *count > MERKLE_PROOF)
        return false;
    for (size_t i = 0; i < *count; i++) {
        const json_t *one = json_array_get(array, i);
        struct str text = { json_string_value(one), json_string_length(one) };
        if (!text.at || !base64_read(text, proof[i].b, HASH_BYTES))
            return false;
    }
    return true;
}

static bool read_notes(struct bundle_check *check)
{
    struct str text, key = text_of(check->json, "key");
    if (!key.at || !note_key_read(key, &check->key)) {
        verifier_wrong(&check->v, FOUND_BUNDLE_KEY, "", 0, 0);
        return false;
    }
    struct str name = str_of(check->key.name), note = text_of(check->json, "checkpoint");
    if (!note.at || note_read(note, &check->key, &text) != NOTE_GOOD ||
        !checkpoint_read(text, &check->checkpoint) || !str_is(check->checkpoint.origin, name)) {
        verifier_wrong(&check->v, FOUND_BUNDLE_NOTE, "", 0, 0);
        return false;
    }
    note = text_of(check->json, "last");
    if (!note.at || note_read(note, &check->key, &text) != NOTE_GOOD ||
        !last_note_read(text, &check->last) || !str_is(check->last.origin, name) ||
        check->last.leaves != check->checkpoint.size) {
        verifier_wrong(&check->v, FOUND_LAST_NOTE, "", 0, 0);
        return false;
    }
    return true;
}

/* The line of an entry, "key: value", its n-th; empty when it is another. */
static struct str front_line(struct str *entry, struct str key)
{
    struct str line;
    if (!str_split(entry, '\n', &line) || !entry->at || !str_starts(line, key))
        return (struct str){ 0 };
    return str_from(line, key.len);
}

static void check_front(struct bundle_check *check, struct str entry, uint64_t number)
{
    uint64_t seq;
    struct id subject;
    struct str seq_text = front_line(&entry, STR("seq: "));
    struct str when = front_line(&entry, STR("when: "));
    struct str who = front_line(&entry, STR("subject: "));
    if (!whole_number(seq_text, &seq) || when.len == 0 || !id_read(who, &subject))
        verifier_wrong(&check->v, FOUND_ENTRY_FORM, "", number, 0);
    else if (seq != number)
        verifier_wrong(&check->v, FOUND_ENTRY_SEQ, "", number, seq);
    else if (!id_is(subject, check->last.subject))
        verifier_wrong(&check->v, FOUND_ENTRY_WHO, "", number, 0);
}

static void check_entry(struct bundle_check *check, const json_t *json, uint64_t number)
{
    uint8_t r[HASH_BYTES];
    uint64_t leaf;
    size_t count;
    struct hash proof[MERKLE_PROOF];
    struct str r_text = text_of(json, "r"), entry = text_of(json, "entry");
    if (json_object_size(json) != ENTRY_FIELDS || !number_of(json, "leaf", &leaf) || !r_text.at ||
        !base64_read(r_text, r, sizeof r) || !entry.at ||
        !hashes_of(json_object_get(json, "proof"), proof, &count)) {
        verifier_wrong(&check->v, FOUND_ENTRY_FORM, "", number, 0);
        return;
    }
    struct hash commitment = hmac_sha256(r, entry.at, entry.len);
    struct hash hash = merkle_leaf(commitment.b, HASH_BYTES);
    if (merkle_check_inclusion(&hash, leaf, check->checkpoint.size, proof, count,
                               &check->checkpoint.root))
        check_front(check, entry, number);
    else
        verifier_wrong(&check->v, FOUND_ENTRY_PROOF, "", number, leaf);
}

static void check_entries(struct bundle_check *check)
{
    const json_t *entries = json_object_get(check->json, "entries");
    if (!json_is_array(entries)) {
        verifier_wrong(&check->v, FOUND_FIELD, "entries", 0, 0);
        return;
    }
    for (size_t i = 0; i < json_array_size(entries); i++)
        check_entry(check, json_array_get(entries, i), i + 1);
    if (json_array_size(entries) != check->last.seq)
        verifier_wrong(&check->v, FOUND_COUNT, "", json_array_size(entries), check->last.seq);
}

/* Whatever the bundle brings must hold; *found is set when one begins at `want` with its root. */
static void check_bridges(struct bundle_check *check, const struct checkpoint *want, bool *found,
                          bool *fork)
{
    const json_t *bridges = json_object_get(check->json, "consistency");
    if (!json_is_array(bridges))
        verifier_wrong(&check->v, FOUND_FIELD, "consistency", 0, 0);
    for (size_t i = 0; i < json_array_size(bridges); i++) {
        const json_t *json = json_array_get(bridges, i);
        struct str root_text = text_of(json, "root");
        struct hash root, proof[MERKLE_PROOF];
        uint64_t from = 0;
        size_t count;
        if (json_object_size(json) != BRIDGE_FIELDS || !number_of(json, "from", &from) ||
            !root_text.at || !base64_read(root_text, root.b, HASH_BYTES) ||
            !hashes_of(json_object_get(json, "proof"), proof, &count) ||
            !merkle_check_consistency(from, check->checkpoint.size, &root, &check->checkpoint.root,
                                      proof, count)) {
            verifier_wrong(&check->v, FOUND_BRIDGE, "", from, 0);
        } else if (want && from == want->size) {
            *found = hash_is(&root, &want->root);
            *fork = *fork || !*found;
        }
    }
}

static json_t *load(struct str text, int *line)
{
    json_error_t error = { 0 };
    enum { LARGEST = 1 << 30 };
    json_t *json =
        text.len && text.len < LARGEST ? json_loadb(text.at, text.len, BUNDLE_FLAGS, &error) : NULL;
    struct str format = text_of(json, "format");
    if (json && (!format.at || !str_is(format, STR(BUNDLE_FORMAT)))) {
        json_decref(json);
        json = NULL;
        error.line = 1;
    }
    if (line)
        *line = error.line > 0 ? error.line : 1;
    return json;
}

bool verifier_earlier(struct verifier *v, struct str text, const struct note_key *key,
                      struct checkpoint *checkpoint, struct json_t **bundle)
{
    struct str signed_text, note = text, key_text;
    struct note_key other = *key;
    *bundle = load(text, NULL);
    if (*bundle) {
        note = text_of(*bundle, "checkpoint");
        key_text = text_of(*bundle, "key");
        if (!note.at || !key_text.at || !note_key_read(key_text, &other)) {
            verifier_wrong(v, FOUND_EARLIER_NOTE, "", 0, 0);
            return false;
        }
    }
    if (memcmp(other.public_key, key->public_key, sizeof key->public_key) != 0 ||
        strcmp(other.name, key->name) != 0) {
        verifier_wrong(v, FOUND_EARLIER_KEY, "", 0, 0);
        return false;
    }
    switch (note_read(note, key, &signed_text)) {
    case NOTE_GOOD:
        break;
    case NOTE_BROKEN:
        verifier_unreadable(v, FOUND_EARLIER_UNREADABLE, "", 0);
        return false;
    case NOTE_NO_SIGNATURE:
        verifier_wrong(v, FOUND_EARLIER_KEY, "", 0, 0);
        return false;
    case NOTE_WRONG_SIGNATURE:
        verifier_wrong(v, FOUND_EARLIER_NOTE, "", 0, 0);
        return false;
    }
    if (!checkpoint_read(signed_text, checkpoint) ||
        !str_is(checkpoint->origin, str_of(key->name))) {
        verifier_wrong(v, FOUND_EARLIER_NOTE, "", 0, 0);
        return false;
    }
    return true;
}

/* An earlier bundle's entries must all be here, unchanged. */
static void compare_entries(struct bundle_check *check, const json_t *earlier)
{
    struct str text, note = text_of(earlier, "last");
    struct last_note last;
    if (!note.at || note_read(note, &check->key, &text) != NOTE_GOOD ||
        !last_note_read(text, &last)) {
        verifier_wrong(&check->v, FOUND_EARLIER_NOTE, "", 0, 0);
        return;
    }
    if (!id_is(last.subject, check->last.subject)) {
        verifier_wrong(&check->v, FOUND_EARLIER_WHO, "", 0, 0);
        return;
    }
    const json_t *then = json_object_get(earlier, "entries");
    const json_t *now = json_object_get(check->json, "entries");
    for (size_t i = 0; i < json_array_size(then); i++) {
        uint64_t old_leaf, leaf;
        const json_t *old = json_array_get(then, i), *new = json_array_get(now, i);
        if (!number_of(old, "leaf", &old_leaf) || !number_of(new, "leaf", &leaf) ||
            old_leaf != leaf || !str_is(text_of(old, "entry"), text_of(new, "entry")) ||
            !str_is(text_of(old, "r"), text_of(new, "r")))
            verifier_wrong(&check->v, FOUND_ENTRY_CHANGED, "", i + 1, 0);
    }
}

static void check_all(struct bundle_check *check, struct str earlier_text)
{
    json_t *earlier_bundle = NULL;
    struct checkpoint earlier;
    bool found = false, fork = false, compare = false;
    if (json_object_size(check->json) != FIELDS)
        verifier_wrong(&check->v, FOUND_FIELD, "format", 0, 0);
    if (!read_notes(check))
        return;
    check_entries(check);
    if (earlier_text.len)
        compare = verifier_earlier(&check->v, earlier_text, &check->key, &earlier, &earlier_bundle);
    check_bridges(check, compare ? &earlier : NULL, &found, &fork);
    if (compare) {
        if (earlier.size == check->checkpoint.size) {
            found = hash_is(&earlier.root, &check->checkpoint.root);
            fork = fork || !found;
        }
        found = found || earlier.size == 0; /* everything grows from nothing */
        if (fork)
            verifier_wrong(&check->v, FOUND_FORK, "", earlier.size, 0);
        else if (earlier.size > check->checkpoint.size)
            verifier_wrong(&check->v, FOUND_EARLIER_LATER, "", earlier.size,
                           check->checkpoint.size);
        else if (!found)
            verifier_wrong(&check->v, FOUND_NO_BRIDGE, "", earlier.size, 0);
        else
            verifier_good(&check->v, FOUND_EARLIER_GOOD, earlier.size, 0);
        if (earlier_bundle)
            compare_entries(check, earlier_bundle);
    }
    json_decref(earlier_bundle);
    if (check->v.verdict == LOOKLOG_GOOD)
        verifier_good(&check->v, FOUND_BUNDLE_GOOD, check->last.seq, check->checkpoint.size);
}

enum looklog_verdict looklog_check_bundle(struct str bundle, struct str earlier, struct out *report,
                                          bool dutch)
{
    int line;
    struct bundle_check *check = memory_new(1, sizeof *check);
    check->v = (struct verifier){ report, dutch, LOOKLOG_GOOD };
    seal_start();
    check->json = load(bundle, &line);
    if (check->json)
        check_all(check, earlier);
    else
        verifier_unreadable(&check->v, FOUND_NOT_A_BUNDLE, "", (uint64_t)line);
    enum looklog_verdict verdict = check->v.verdict;
    json_decref(check->json);
    memory_free(check);
    return verdict;
}

bool looklog_verify_bundle(struct str bundle, struct str earlier, struct out *report, bool dutch)
{
    return looklog_check_bundle(bundle, earlier, report, dutch) == LOOKLOG_GOOD;
}
