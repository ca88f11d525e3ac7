/* verify_folder.c - every byte of a log's folder, without any secret key.
 *
 * One walk through the entries; at each size that something was signed for, what was signed is
 * compared with what stands there. While the vault has the log open, what it has not finished
 * writing is left out. */
#include "looklog/verify.h"

#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "looklog/scan.h"

enum { SMALL = 128 * 1024 };

/* A file of equal items, read in order beside the entries. */
struct column {
    int fd;
    uint64_t size, at;
    uint8_t bytes[32 * 1024];
    uint64_t from;
    size_t held;
};

struct folder_check {
    struct verifier v;
    int folder, entries;
    bool live; /* the vault is writing */
    struct note_key key;
    bool has_checkpoint, has_stored, has_heads, has_earlier;
    struct checkpoint checkpoint, earlier;
    struct stored stored;
    struct standing heads;
    struct column nodes, places;
    uint64_t most; /* entries to look at: all, or what a live log has finished */
};

void verifier_good(struct verifier *v, enum finding finding, uint64_t a, uint64_t b)
{
    finding_say(v->report, v->dutch, finding, "", a, b);
}

void verifier_wrong(struct verifier *v, enum finding finding, const char *what, uint64_t a,
                    uint64_t b)
{
    finding_say(v->report, v->dutch, finding, what, a, b);
    if (v->verdict == LOOKLOG_GOOD)
        v->verdict = LOOKLOG_WRONG;
}

void verifier_unreadable(struct verifier *v, enum finding finding, const char *what, uint64_t a)
{
    finding_say(v->report, v->dutch, finding, what, a, 0);
    v->verdict = LOOKLOG_UNREADABLE;
}

static const uint8_t *column_next(struct column *column, size_t item)
{
    if (column->at + item > column->size)
        return NULL;
    if (column->at < column->from || column->at + item > column->from + column->held) {
        ssize_t got = pread(column->fd, column->bytes, sizeof column->bytes, (off_t)column->at);
        if (got < (ssize_t)item)
            return NULL;
        column->from = column->at;
        column->held = (size_t)got;
    }
    const uint8_t *bytes = column->bytes + (column->at - column->from);
    column->at += item;
    return bytes;
}

static bool open_column(struct folder_check *check, struct column *column, const char *name)
{
    struct stat stat;
    *column = (struct column){ 0 };
    column->fd = openat(check->folder, name, O_RDONLY | O_CLOEXEC);
    if (column->fd < 0 || fstat(column->fd, &stat) != 0) {
        verifier_wrong(&check->v, FOUND_MISSING, name, 0, 0);
        return false;
    }
    column->size = (uint64_t)stat.st_size;
    return true;
}

/* A signed note of the folder; its text in *text, which points into `out`. */
static bool signed_file(struct folder_check *check, const char *name, struct out *out,
                        struct str *text)
{
    if (!folder_read(check->folder, name, out)) {
        verifier_wrong(&check->v, FOUND_MISSING, name, 0, 0);
        return false;
    }
    if (note_read(out_str(out), &check->key, text) != NOTE_GOOD) {
        verifier_wrong(&check->v, FOUND_NOTE, name, 0, 0);
        return false;
    }
    return true;
}

static bool read_key(struct folder_check *check, struct out *out)
{
    if (!folder_read(check->folder, "key", out)) {
        verifier_wrong(&check->v, FOUND_MISSING, "key", 0, 0);
        return false;
    }
    struct str text = out_str(out);
    if (!str_ends(text, STR("\n")) || !note_key_read(str_first(text, text.len - 1), &check->key)) {
        verifier_wrong(&check->v, FOUND_KEY, "", 0, 0);
        return false;
    }
    return true;
}

static void read_signed(struct folder_check *check, struct out *out)
{
    struct str text, name = str_of(check->key.name);
    if (signed_file(check, "checkpoint", out, &text)) {
        check->has_checkpoint = checkpoint_read(text, &check->checkpoint);
        if (!check->has_checkpoint)
            verifier_wrong(&check->v, FOUND_NOTE, "checkpoint", 0, 0);
        else if (!str_is(check->checkpoint.origin, name))
            verifier_wrong(&check->v, FOUND_OTHER_NAME, "checkpoint", 0, 0);
    }
    if (signed_file(check, "stored", out, &text)) {
        check->has_stored = stored_read(text, &check->stored);
        if (!check->has_stored)
            verifier_wrong(&check->v, FOUND_NOTE, "stored", 0, 0);
        else if (!str_is(check->stored.origin, name))
            verifier_wrong(&check->v, FOUND_OTHER_NAME, "stored", 0, 0);
    }
}

/* The snapshot may be missing (it can be made again at any time), but not wrong. */
static void read_heads(struct folder_check *check)
{
    struct out file;
    out_open(&file, (size_t)1 << 32);
    if (folder_read(check->folder, "heads", &file)) {
        check->has_heads = heads_read(out_str(&file), &check->key, &check->heads);
        if (!check->has_heads)
            verifier_wrong(&check->v, FOUND_HEADS, "", 0, 0);
    }
    out_close(&file);
}

static bool same_heads(const struct heads *a, const struct heads *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->slots; i++) {
        const struct head *one = &a->slot[i];
        if (one->seq == 0)
            continue;
        const struct head *other = heads_find(b, one->subject);
        if (!other || other->seq != one->seq || other->offset != one->offset)
            return false;
    }
    return true;
}

/* Called at every size; compares what was signed for exactly this size. */
static void compare_signed(struct folder_check *check, const struct standing *at)
{
    uint64_t size = at->tree.size;
    if (check->has_checkpoint && check->checkpoint.size == size) {
        struct hash root = merkle_root(&at->tree);
        if (!hash_is(&root, &check->checkpoint.root))
            verifier_wrong(&check->v, FOUND_ROOT, "", size, 0);
    }
    if (check->has_earlier && check->earlier.size == size) {
        struct hash root = merkle_root(&at->tree);
        if (!hash_is(&root, &check->earlier.root))
            verifier_wrong(&check->v, FOUND_FORK, "", size, 0);
        else
            verifier_good(&check->v, FOUND_EARLIER_GOOD, size, 0);
    }
    if (check->has_stored && check->stored.leaves == size &&
        (check->stored.end != at->end || !hash_is(&check->stored.check, &at->check)))
        verifier_wrong(&check->v, FOUND_CHAIN, "", size, 0);
    if (check->has_heads && check->heads.tree.size == size) {
        struct hash one = merkle_root(&at->tree), other = merkle_root(&check->heads.tree);
        if (check->heads.end != at->end || !hash_is(&check->heads.check, &at->check) ||
            !hash_is(&one, &other) || !same_heads(&check->heads.heads, &at->heads))
            verifier_wrong(&check->v, FOUND_HEADS_STALE, "", size, 0);
    }
}

/* One finding a column is enough: all that comes after the first is said by it. */
static void compare_columns(struct folder_check *check, const struct scan *scan, uint64_t offset)
{
    uint64_t entry = scan->record.leaf + 1;
    for (unsigned i = 0; i < scan->made_count && check->nodes.fd >= 0; i++) {
        uint64_t number = check->nodes.at / HASH_BYTES;
        const uint8_t *there = column_next(&check->nodes, HASH_BYTES);
        if (there && memcmp(there, scan->made[i].b, HASH_BYTES) != 0) {
            verifier_wrong(&check->v, FOUND_NODE, "", number, entry);
            close(check->nodes.fd);
            check->nodes.fd = -1;
        }
    }
    if (check->places.fd < 0)
        return;
    const uint8_t *there = column_next(&check->places, sizeof offset);
    if (there && memcmp(there, &offset, sizeof offset) != 0) {
        verifier_wrong(&check->v, FOUND_PLACE, "", entry - 1, entry);
        close(check->places.fd);
        check->places.fd = -1;
    }
}

static void compare_sizes(struct folder_check *check, uint64_t leaves)
{
    uint64_t nodes = merkle_count(leaves) * HASH_BYTES, places = leaves * sizeof(uint64_t);
    if (check->nodes.fd >= 0 &&
        (check->live ? check->nodes.size < nodes : check->nodes.size != nodes))
        verifier_wrong(&check->v, FOUND_NODES_SIZE, "", check->nodes.size, nodes);
    if (check->places.fd >= 0 &&
        (check->live ? check->places.size < places : check->places.size != places))
        verifier_wrong(&check->v, FOUND_PLACES_SIZE, "", check->places.size, places);
}

static void say_where_it_stopped(struct folder_check *check, struct scan *scan,
                                 enum scan_result stopped)
{
    static const enum finding findings[] = {
        [SCAN_CUT] = FOUND_CUT,         [SCAN_FORM] = FOUND_FORM, [SCAN_CHECK] = FOUND_CHECK,
        [SCAN_LEAF] = FOUND_LEAF,       [SCAN_SEQ] = FOUND_SEQ,   [SCAN_PREVIOUS] = FOUND_PREVIOUS,
        [SCAN_DURABLE] = FOUND_DURABLE,
    };
    uint64_t end = scan->at.end, next = scan->at.tree.size + 1;
    if (stopped == SCAN_UNREAD) {
        verifier_unreadable(&check->v, FOUND_UNREADABLE, "entries", 0);
    } else if (stopped == SCAN_END) {
        uint64_t rest = scan_first_after(scan, end);
        if (rest != scan->file_size)
            verifier_wrong(&check->v, FOUND_REST, "", rest, next - 1);
    } else if (stopped != SCAN_RECORD) {
        verifier_wrong(&check->v, findings[stopped], "", end, next);
    }
}

static void compare_with_signed_sizes(struct folder_check *check, uint64_t leaves)
{
    if (check->has_checkpoint && check->checkpoint.size > leaves)
        verifier_wrong(&check->v, FOUND_TOO_SHORT, "", leaves, check->checkpoint.size);
    if (check->has_stored && check->stored.leaves > leaves)
        verifier_wrong(&check->v, FOUND_TOO_SHORT, "", leaves, check->stored.leaves);
    if (check->has_heads && check->heads.tree.size > leaves)
        verifier_wrong(&check->v, FOUND_HEADS_STALE, "", check->heads.tree.size, 0);
    if (check->has_earlier && check->earlier.size > leaves)
        verifier_wrong(&check->v, FOUND_EARLIER_LATER, "", check->earlier.size, leaves);
}

static void walk(struct folder_check *check)
{
    char header[ENTRIES_HEADER];
    struct stat stat;
    struct scan scan;
    struct standing begin = { 0 };
    enum scan_result result = SCAN_RECORD;
    if (pread(check->entries, header, sizeof header, 0) != sizeof header ||
        memcmp(header, record_file_header, sizeof header) != 0) {
        verifier_wrong(&check->v, FOUND_HEADER, "", 0, 0);
        return;
    }
    scan_start(&scan, check->entries,
               fstat(check->entries, &stat) == 0 ? (uint64_t)stat.st_size : 0, &begin);
    compare_signed(check, &scan.at);
    while (scan.at.tree.size < check->most) {
        uint64_t offset = scan.at.end;
        if ((result = scan_next(&scan)) != SCAN_RECORD)
            break;
        compare_columns(check, &scan, offset);
        compare_signed(check, &scan.at);
    }
    say_where_it_stopped(check, &scan, result);
    uint64_t leaves = scan.at.tree.size;
    compare_with_signed_sizes(check, leaves);
    if (result == SCAN_END || result == SCAN_RECORD)
        compare_sizes(check, leaves);
    if (check->v.verdict == LOOKLOG_GOOD) {
        verifier_good(&check->v, FOUND_FOLDER_GOOD, leaves, scan.at.heads.count);
        verifier_good(&check->v, FOUND_SIGNED_UP_TO, check->checkpoint.size,
                      leaves - check->checkpoint.size);
    }
    scan_stop(&scan);
}

static void check_open_folder(struct folder_check *check, struct str earlier)
{
    struct out out;
    json_t *bundle = NULL;
    out_open(&out, SMALL);
    check->live = flock(check->entries, LOCK_SH | LOCK_NB) != 0;
    flock(check->entries, LOCK_UN); /* never in the way of a vault that starts */
    if (read_key(check, &out)) {
        if (earlier.len)
            check->has_earlier =
                verifier_earlier(&check->v, earlier, &check->key, &check->earlier, &bundle);
        read_signed(check, &out);
        read_heads(check);
    }
    bool nodes = open_column(check, &check->nodes, "nodes");
    bool places = open_column(check, &check->places, "index");
    check->most = check->live ? check->places.size / sizeof(uint64_t) : UINT64_MAX;
    walk(check);
    if (nodes && check->nodes.fd >= 0)
        close(check->nodes.fd);
    if (places && check->places.fd >= 0)
        close(check->places.fd);
    heads_free(&check->heads.heads);
    json_decref(bundle);
    out_close(&out);
}

enum looklog_verdict looklog_check_folder(const char *folder, struct str earlier,
                                          struct out *report, bool dutch)
{
    struct folder_check *check = memory_new(1, sizeof *check);
    check->v = (struct verifier){ report, dutch, LOOKLOG_GOOD };
    seal_start();
    check->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check->entries =
        check->folder < 0 ? -1 : openat(check->folder, "entries", O_RDONLY | O_CLOEXEC);
    if (check->entries < 0)
        verifier_unreadable(&check->v, FOUND_UNREADABLE, "entries", 0);
    else
        check_open_folder(check, earlier);
    if (check->entries >= 0)
        close(check->entries);
    if (check->folder >= 0)
        close(check->folder);
    enum looklog_verdict verdict = check->v.verdict;
    memory_free(check);
    return verdict;
}

bool looklog_verify_folder(const char *folder, struct out *report, bool dutch)
{
    return looklog_check_folder(folder, (struct str){ 0 }, report, dutch) == LOOKLOG_GOOD;
}
