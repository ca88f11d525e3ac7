#include "looklog/scan.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

enum { WINDOW = 1 << 20 };
_Static_assert(WINDOW > 2 * RECORD_MOST, "two records fit side by side");

void scan_start(struct scan *scan, int fd, uint64_t file_size, struct standing *at)
{
    *scan = (struct scan){ .fd = fd, .file_size = file_size, .at = *at };
    *at = (struct standing){ 0 };
    scan->bytes = memory_new(WINDOW, 1);
    if (scan->at.end == 0) {
        scan->at.end = ENTRIES_HEADER;
        scan->at.check = record_first_check();
    }
}

void scan_stop(struct scan *scan)
{
    memory_free(scan->bytes);
    heads_free(&scan->at.heads);
    *scan = (struct scan){ 0 };
}

/* The bytes of the file from `offset`: at least `want` of them, or all to the file's end. */
static const uint8_t *window(struct scan *scan, uint64_t offset, size_t want, size_t *have)
{
    *have = 0;
    if (offset >= scan->file_size)
        return scan->bytes;
    uint64_t left = scan->file_size - offset;
    if (want > left)
        want = (size_t)left;
    if (offset < scan->from || offset + want > scan->from + scan->held) {
        scan->from = offset;
        scan->held = 0;
        while (scan->held < WINDOW && scan->held < left) {
            size_t more = WINDOW - scan->held < left - scan->held ? WINDOW - scan->held
                                                                  : (size_t)(left - scan->held);
            ssize_t got =
                pread(scan->fd, scan->bytes + scan->held, more, (off_t)(offset + scan->held));
            if (got < 0 && errno == EINTR)
                continue;
            if (got <= 0)
                break;
            scan->held += (size_t)got;
        }
        if (scan->held < want)
            return NULL;
    }
    *have = (size_t)(scan->from + scan->held - offset);
    return scan->bytes + (offset - scan->from);
}

static enum scan_result judge(const struct scan *scan, const struct record *record)
{
    const struct head *head = heads_find(&scan->at.heads, record->subject);
    struct hash check = record_check(scan->record_bytes, record->size, &scan->at.check);
    if (!hash_is(&check, &record->check))
        return SCAN_CHECK;
    if (record->leaf != scan->at.tree.size)
        return SCAN_LEAF;
    if (record->seq != (head ? head->seq + 1 : 1))
        return SCAN_SEQ;
    if (record->previous != (head ? head->offset : 0))
        return SCAN_PREVIOUS;
    if (record->durable > scan->at.end)
        return SCAN_DURABLE;
    return SCAN_RECORD;
}

enum scan_result scan_next(struct scan *scan)
{
    size_t have;
    scan->record_bytes = window(scan, scan->at.end, RECORD_MOST, &have);
    if (!scan->record_bytes)
        return SCAN_UNREAD;
    if (have == 0)
        return SCAN_END;
    enum record_result form = record_read(scan->record_bytes, have, &scan->record);
    if (form != RECORD_GOOD)
        return form == RECORD_END ? SCAN_END : form == RECORD_SHORT ? SCAN_CUT : SCAN_FORM;
    enum scan_result result = judge(scan, &scan->record);
    if (result != SCAN_RECORD)
        return result;
    scan->leaf_hash = merkle_leaf(scan->record.commitment.b, HASH_BYTES);
    scan->made_count = merkle_grow(&scan->at.tree, &scan->leaf_hash, scan->made);
    heads_set(&scan->at.heads, scan->record.subject, scan->at.end, scan->record.seq);
    scan->at.end += scan->record.size;
    scan->at.check = scan->record.check;
    return SCAN_RECORD;
}

uint64_t scan_first_after(struct scan *scan, uint64_t offset)
{
    while (offset < scan->file_size) {
        size_t have;
        const uint8_t *bytes = window(scan, offset, 1, &have);
        if (!bytes)
            return offset;
        for (size_t i = 0; i < have; i++)
            if (bytes[i])
                return offset + i;
        offset += have;
    }
    return scan->file_size;
}

/* Records begin at multiples of 8. Two in a row whose checks follow from each other are real. */
bool scan_was_durable(struct scan *scan, uint64_t bad)
{
    for (uint64_t at = (bad & ~(uint64_t)7) + 8; at < scan->file_size; at += 8) {
        size_t have;
        struct record one, two;
        const uint8_t *bytes = window(scan, at, 2 * RECORD_MOST, &have);
        if (!bytes)
            return false;
        if (record_read(bytes, have, &one) != RECORD_GOOD ||
            record_read(bytes + one.size, have - one.size, &two) != RECORD_GOOD ||
            two.durable <= bad)
            continue;
        struct hash check = record_check(bytes + one.size, two.size, &one.check);
        if (hash_is(&check, &two.check))
            return true;
    }
    return false;
}
