/* append.c - one more look: sealed, chained, put in the tree; and made durable. */
#include "looklog/store.h"

#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/secret.h"

enum {
    ZEROS_LEAST = 64 * 1024, /* room written ahead: a sync that need not grow the file is cheap */
    ZEROS_MOST = 8 << 20,
    ZEROS_FOR_LESS_THAN = 256 * 1024, /* a large commit gains nothing and would write twice */
    HEADS_EVERY = 8 << 20,            /* bytes of entries between two snapshots, at the least */
};

static const uint8_t *fresh_bytes(struct fresh *fresh, size_t size)
{
    static const uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];
    if (fresh->left < size) {
        uint8_t key[crypto_stream_chacha20_KEYBYTES];
        secret_random(key, sizeof key);
        crypto_stream_chacha20(fresh->bytes, sizeof fresh->bytes, nonce, key);
        sodium_memzero(key, sizeof key);
        fresh->left = sizeof fresh->bytes;
    }
    fresh->left -= size;
    return fresh->bytes + fresh->left;
}

static char *digits(char *to, uint64_t number, int width)
{
    for (int i = width - 1; i >= 0; i--, number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + width;
}

static char *plain_number(char *to, uint64_t number)
{
    int width = 1;
    for (uint64_t n = number; n >= 10; n /= 10)
        width++;
    return digits(to, number, width);
}

static char *text(char *to, struct str what)
{
    memcpy(to, what.at, what.len);
    return to + what.len;
}

/* 2026-11-24T10:11:12.123Z, as moment_utc writes it, but some hundred times an act. */
static char *utc(char *to, struct moment moment)
{
    int64_t ms = moment.ms % MOMENT_DAY, day = moment.ms / MOMENT_DAY;
    if (ms < 0) {
        ms += MOMENT_DAY;
        day--;
    }
    int year, month, of_month;
    uint64_t in_day = (uint64_t)ms;
    day_parts((struct day){ (int32_t)day }, &year, &month, &of_month);
    to = text(digits(to, (uint64_t)year, 4), STR("-"));
    to = text(digits(to, (uint64_t)month, 2), STR("-"));
    to = text(digits(to, (uint64_t)of_month, 2), STR("T"));
    to = text(digits(to, in_day / 3600000, 2), STR(":"));
    to = text(digits(to, in_day / 60000 % 60, 2), STR(":"));
    to = text(digits(to, in_day / 1000 % 60, 2), STR("."));
    return text(digits(to, in_day % 1000, 3), STR("Z"));
}

/* r || "seq: …\nwhen: …\nsubject: …\n" || body */
static struct str compose(char plain[RECORD_PLAIN_MOST], const uint8_t *r,
                          const struct record *record, struct str body)
{
    char *to = plain;
    memcpy(to, r, HASH_BYTES);
    to = plain_number(text(to + HASH_BYTES, STR("seq: ")), record->seq);
    to = text(utc(text(to, STR("\nwhen: ")), record->when), STR("\nsubject: "));
    id_write(record->subject, to);
    to = text(to + ID_LETTERS, STR("\n"));
    if (body.len)
        to = text(to, body);
    return (struct str){ plain, (size_t)(to - plain) };
}

static uint8_t *waiting_room(struct looklog *log, size_t more)
{
    if (log->waiting_size + more > log->waiting_room) {
        size_t room = log->waiting_room ? log->waiting_room : 64 * 1024;
        while (room < log->waiting_size + more)
            room *= 2;
        log->waiting = memory_grow(log->waiting, room, 1);
        log->waiting_room = room;
    }
    return log->waiting + log->waiting_size;
}

static bool acceptable(struct str body, struct moment when)
{
    const int64_t year_10000 = 253402300800000;
    if (body.len > RECORD_BODY_MOST || when.ms < -62135596800000 || when.ms >= year_10000)
        return false;
    return body.len == 0 || (body.at[body.len - 1] == '\n' && str_utf8(body, NULL));
}

bool looklog_append(struct looklog *log, struct id place, struct id subject,
                    const struct seal_key *subject_key, struct moment when, struct str body,
                    uint64_t *leaf)
{
    char plain_bytes[RECORD_PLAIN_MOST];
    if (!acceptable(body, when) || log->waiting_size + RECORD_MOST > COMMIT_MOST)
        return false;
    const struct head *head = heads_find(&log->now.heads, subject);
    struct record record = { .leaf = log->now.tree.size,
                             .seq = head ? head->seq + 1 : 1,
                             .previous = head ? head->offset : 0,
                             .durable = log->committed_end,
                             .when = when,
                             .place = place,
                             .subject = subject };
    const uint8_t *random = fresh_bytes(&log->fresh, HASH_BYTES + 24);
    struct str plain = compose(plain_bytes, random, &record, body);
    record.commitment = hmac_sha256(random, plain.at + HASH_BYTES, plain.len - HASH_BYTES);
    record.sealed.len = plain.len + SEAL_EXTRA;

    uint8_t *to = waiting_room(log, record_size(record.sealed.len));
    struct seal_about about = record_about(&record);
    seal_close_with(record_sealed_at(to), random + HASH_BYTES, subject_key, &about, plain);
    sodium_memzero(plain_bytes, plain.len);
    record_write(to, &record, &log->now.check);

    struct hash made[MERKLE_LEVELS + 1], own = merkle_leaf(record.commitment.b, HASH_BYTES);
    shelf_add(&log->nodes, made, merkle_grow(&log->now.tree, &own, made));
    shelf_add(&log->places, &log->now.end, 1);
    heads_set(&log->now.heads, subject, log->now.end, record.seq);
    log->now.end += record.size;
    log->now.check = record.check;
    log->waiting_size += record.size;
    if (leaf)
        *leaf = record.leaf;
    return true;
}

static void tree_back_to(struct looklog *log, uint64_t leaves)
{
    struct merkle_source source = looklog_source(log);
    log->now.tree.size = leaves;
    for (unsigned level = 0; level < MERKLE_LEVELS; level++)
        if ((leaves >> level) & 1)
            source.node(source.with, level, (leaves >> level) - 1, &log->now.tree.peak[level]);
}

/* Everything since the last commit never was. */
static void forget_waiting(struct looklog *log)
{
    struct record record;
    for (uint64_t leaf = log->now.tree.size; leaf-- > log->committed_leaves;) {
        uint64_t offset = *(const uint64_t *)shelf_get(&log->places, leaf);
        size_t at = (size_t)(offset - log->committed_end);
        if (record_read(log->waiting + at, log->waiting_size - at, &record) == RECORD_GOOD)
            heads_undo(&log->now.heads, record.subject, record.previous, record.seq - 1);
    }
    heads_undone(&log->now.heads);
    shelf_forget(&log->nodes, merkle_count(log->committed_leaves));
    shelf_forget(&log->places, log->committed_leaves);
    tree_back_to(log, log->committed_leaves);
    log->now.end = log->committed_end;
    log->now.check = log->committed_check;
    log->waiting_size = 0;
}

/* Zeros after the records, an eighth of the log at a time. Not getting them does not matter. */
static void write_ahead(struct looklog *log)
{
    uint64_t size = log->now.end / 8;
    if (size < ZEROS_LEAST)
        size = ZEROS_LEAST;
    if (size > ZEROS_MOST)
        size = ZEROS_MOST;
    void *zeros = memory_new(1, (size_t)size);
    if (disk_write(log->entries, zeros, (size_t)size, log->now.end))
        log->allocated += size;
    memory_free(zeros);
}

bool looklog_commit(struct looklog *log)
{
    if (log->waiting_size == 0)
        return true;
    if (!disk_write(log->entries, log->waiting, log->waiting_size, log->committed_end)) {
        log->allocated = log->committed_end; /* disk_write has cut the file */
        forget_waiting(log);
        return false;
    }
    if (log->now.end > log->allocated) {
        log->allocated = log->now.end;
        if (log->waiting_size < ZEROS_FOR_LESS_THAN)
            write_ahead(log);
    }
    disk_sync(log->entries);
    log->committed_end = log->now.end;
    log->committed_leaves = log->now.tree.size;
    log->committed_check = log->now.check;
    log->waiting_size = 0;
    if (!shelf_flush(&log->nodes) || !shelf_flush(&log->places))
        say(SAY_WARNING, "the look log's index waits in memory: the disk is full");
    uint64_t since = log->committed_end - log->heads_saved_end;
    if (since > HEADS_EVERY && since > 8 * log->heads_saved_size)
        looklog_save_heads(log);
    return true;
}

uint64_t looklog_size(const struct looklog *log)
{
    return log->committed_leaves;
}

uint64_t looklog_last_seq(const struct looklog *log, struct id subject)
{
    const struct head *head = heads_find(&log->now.heads, subject);
    return head ? head->seq : 0;
}
