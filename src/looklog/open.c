/* open.c - opening the log after anything: what is whole is kept, what is torn is cut off, what
 * cannot be explained is refused. */
#include "looklog/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/disk.h"
#include "base/log.h"
#include "base/memory.h"
#include "looklog/scan.h"

enum { SMALL_FILE = 64 * 1024 };
#define HEADS_FILE_MOST ((size_t)1 << 32)

static const char *open_entries(struct looklog *log, const char *path)
{
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        return "the look log's folder cannot be made";
    log->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (log->folder < 0)
        return "the look log's folder cannot be opened";
    log->entries = openat(log->folder, "entries", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (log->entries < 0)
        return "the look log's file 'entries' cannot be opened";
    if (flock(log->entries, LOCK_EX | LOCK_NB) != 0)
        return "another process has the look log open";
    return NULL;
}

static uint64_t size_of(int fd)
{
    struct stat stat;
    return fstat(fd, &stat) == 0 ? (uint64_t)stat.st_size : 0;
}

/* A header that was never finished is finished; another one is refused. */
static const char *see_to_header(struct looklog *log)
{
    char header[ENTRIES_HEADER] = { 0 };
    ssize_t got = pread(log->entries, header, sizeof header, 0);
    if (got == ENTRIES_HEADER && memcmp(header, record_file_header, ENTRIES_HEADER) == 0)
        return NULL;
    bool begun = got >= 0 && got < ENTRIES_HEADER; /* too short to have held anything */
    if (!begun || faccessat(log->folder, "checkpoint", F_OK, 0) == 0)
        return "the look log's file 'entries' does not begin as it should";
    if (!disk_write(log->entries, record_file_header, ENTRIES_HEADER, 0))
        return "the disk is full";
    disk_sync(log->entries);
    disk_sync(log->folder);
    return NULL;
}

/* The verifier key stands in the folder so that anybody can check it without asking. */
static const char *see_to_key(struct looklog *log)
{
    const char *why = NULL;
    struct out key, there;
    out_open(&key, SMALL_FILE);
    out_open(&there, SMALL_FILE);
    note_key_write(&log->signer.key, &key);
    out_byte(&key, '\n');
    if (folder_read(log->folder, "key", &there)) {
        if (!str_is(out_str(&key), out_str(&there)))
            why = "the look log was signed with another key or under another name";
    } else if (!folder_replace(log->folder, "key", out_str(&key), true)) {
        why = "the disk is full";
    }
    out_close(&key);
    out_close(&there);
    return why;
}

static const char *read_checkpoint(struct looklog *log, struct checkpoint *checkpoint)
{
    const char *why = NULL;
    struct out note;
    struct str text;
    out_open(&note, SMALL_FILE * 2);
    if (folder_read(log->folder, "checkpoint", &note)) {
        log->has_checkpoint = true;
        if (note_read(out_str(&note), &log->signer.key, &text) != NOTE_GOOD ||
            !checkpoint_read(text, checkpoint) ||
            !str_is(checkpoint->origin, str_of(log->signer.key.name)))
            why = "the look log's file 'checkpoint' is damaged or was signed by somebody else";
    }
    checkpoint->origin = (struct str){ 0 };
    log->signed_leaves = checkpoint->size;
    out_close(&note);
    return why;
}

/* From the snapshot when it and the files it stands on are there; else from the beginning. */
static struct standing where_to_begin(struct looklog *log, int nodes, int places)
{
    struct standing at = { 0 };
    struct out file;
    out_open(&file, HEADS_FILE_MOST);
    if (folder_read(log->folder, "heads", &file) &&
        heads_read(out_str(&file), &log->signer.key, &at)) {
        bool usable = at.end <= size_of(log->entries) &&
                      merkle_count(at.tree.size) <= size_of(nodes) / HASH_BYTES &&
                      at.tree.size <= size_of(places) / sizeof(uint64_t);
        if (usable) {
            log->heads_saved_end = at.end;
            log->heads_saved_size = file.len;
        } else {
            heads_free(&at.heads);
            at = (struct standing){ 0 };
        }
    }
    out_close(&file);
    return at;
}

static const char *judge_tail(struct looklog *log, struct scan *scan, enum scan_result stopped)
{
    uint64_t end = scan->at.end;
    bool clean = stopped == SCAN_END && scan_first_after(scan, end) == scan->file_size;
    if (stopped == SCAN_UNREAD)
        return "the look log's file 'entries' cannot be read";
    log->allocated = scan->file_size > end ? scan->file_size : end;
    if (clean)
        return NULL;
    if (scan_was_durable(scan, end))
        return "the look log's file 'entries' is damaged before its end: run nabij log verify";
    say(SAY_WARNING, "the look log's last record was never finished: %llu bytes cut off",
        (unsigned long long)(scan->file_size - end));
    disk_about_to('w', log->entries, end, 0);
    if (ftruncate(log->entries, (off_t)end) != 0)
        return "the look log's file 'entries' cannot be cut";
    log->allocated = end;
    return NULL;
}

static const char *go_through(struct looklog *log, int nodes, int places, struct standing *begin)
{
    struct scan scan;
    enum scan_result result;
    uint64_t known = begin->tree.size;
    shelf_open(&log->nodes, nodes, HASH_BYTES, merkle_count(known));
    shelf_open(&log->places, places, sizeof(uint64_t), known);
    scan_start(&scan, log->entries, size_of(log->entries), begin);
    for (;;) {
        uint64_t offset = scan.at.end;
        if ((result = scan_next(&scan)) != SCAN_RECORD)
            break;
        shelf_add(&log->nodes, scan.made, scan.made_count);
        shelf_add(&log->places, &offset, 1);
        if (log->places.waiting_count >= 4096) {
            (void)shelf_flush(&log->nodes); /* a full disk: it stays in memory */
            (void)shelf_flush(&log->places);
        }
    }
    const char *why = judge_tail(log, &scan, result);
    log->now = scan.at;
    scan.at = (struct standing){ 0 };
    scan_stop(&scan);
    log->committed_end = log->now.end;
    log->committed_leaves = log->now.tree.size;
    log->committed_check = log->now.check;
    return why;
}

/* What was signed must still be the beginning of what is there. */
static const char *agrees(struct looklog *log, const struct checkpoint *checkpoint)
{
    struct merkle_edge edge;
    struct merkle_source source = looklog_source(log);
    if (!log->has_checkpoint)
        return NULL;
    if (checkpoint->size > log->committed_leaves)
        return "the look log is shorter than its signed checkpoint says: entries are missing";
    merkle_edge_make(&source, checkpoint->size, &edge);
    if (!hash_is(&edge.root, &checkpoint->root))
        return "the look log's tree does not agree with its signed checkpoint";
    return NULL;
}

static void start_over(struct looklog *log)
{
    shelf_close(&log->nodes);
    shelf_close(&log->places);
    heads_free(&log->now.heads);
    log->now = (struct standing){ 0 };
    log->heads_saved_end = log->heads_saved_size = 0;
}

static int open_shelf(struct looklog *log, const char *name)
{
    return openat(log->folder, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
}

/* First the quick way; when that does not agree with what was signed, from the beginning. */
static const char *recover(struct looklog *log)
{
    struct checkpoint checkpoint = { 0 };
    const char *why = read_checkpoint(log, &checkpoint);
    for (int quick = 1; quick >= 0 && !why; quick--) {
        int nodes = open_shelf(log, "nodes"), places = open_shelf(log, "index");
        if (nodes < 0 || places < 0)
            return "the look log's files 'nodes' and 'index' cannot be opened";
        struct standing begin = { 0 };
        if (quick)
            begin = where_to_begin(log, nodes, places);
        bool from_start = begin.end == 0;
        why = go_through(log, nodes, places, &begin);
        if (!why)
            why = agrees(log, &checkpoint);
        if (!why || from_start)
            break;
        start_over(log);
        why = NULL;
    }
    if (why)
        return why;
    disk_sync(log->entries); /* records of a process that died between writing and syncing */
    if (shelf_flush(&log->nodes))
        (void)!ftruncate(log->nodes.fd, (off_t)(log->nodes.written * HASH_BYTES));
    if (shelf_flush(&log->places))
        (void)!ftruncate(log->places.fd, (off_t)(log->places.written * sizeof(uint64_t)));
    return NULL;
}

static void let_go(struct looklog *log)
{
    shelf_close(&log->nodes);
    shelf_close(&log->places);
    heads_free(&log->now.heads);
    memory_free(log->waiting);
    note_signer_forget(&log->signer);
    sodium_memzero(&log->fresh, sizeof log->fresh);
    if (log->entries >= 0)
        close(log->entries);
    if (log->folder >= 0)
        close(log->folder);
    memory_free(log);
}

struct looklog *looklog_open(struct arena *arena, const struct looklog_settings *settings,
                             const char **why)
{
    struct looklog *log = memory_new(1, sizeof *log);
    (void)arena; /* every sentence is a constant */
    log->folder = log->entries = -1;
    seal_start();
    *why = NULL;
    if (!note_signer_make(&log->signer, settings->origin, settings->signing_seed))
        *why = "the look log's name must be a word without spaces or plus signs";
    if (!*why)
        *why = open_entries(log, settings->folder);
    if (!*why)
        *why = see_to_header(log);
    if (!*why)
        *why = see_to_key(log);
    if (!*why)
        *why = recover(log);
    if (!*why && !looklog_sign(log))
        *why = "the disk is full";
    if (*why) {
        let_go(log);
        return NULL;
    }
    return log;
}

void looklog_close(struct looklog *log)
{
    if (!log)
        return;
    (void)looklog_commit(log);
    (void)looklog_sign(log);
    if (log->heads_saved_end != log->committed_end)
        looklog_save_heads(log);
    disk_about_to('w', log->entries, log->committed_end, 0);
    (void)!ftruncate(log->entries, (off_t)log->committed_end); /* the zeros written ahead */
    let_go(log);
}
