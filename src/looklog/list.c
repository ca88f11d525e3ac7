/* list.c - one person's entries, walked back from the newest. */
#include "looklog/store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

static bool read_at(int fd, uint8_t *bytes, size_t size, uint64_t offset, size_t *got)
{
    *got = 0;
    while (*got < size) {
        ssize_t more = pread(fd, bytes + *got, size - *got, (off_t)(offset + *got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return false;
        if (more == 0)
            break;
        *got += (size_t)more;
    }
    return true;
}

bool looklog_record_at(const struct looklog *log, uint64_t offset, uint8_t *bytes,
                       struct record *record)
{
    if (offset >= log->committed_end) {
        size_t at = (size_t)(offset - log->committed_end);
        return at < log->waiting_size &&
               record_read(log->waiting + at, log->waiting_size - at, record) == RECORD_GOOD;
    }
    size_t got, want = RECORD_MOST;
    if (want > log->committed_end - offset)
        want = (size_t)(log->committed_end - offset);
    return read_at(log->entries, bytes, want, offset, &got) &&
           record_read(bytes, got, record) == RECORD_GOOD;
}

/* Past "seq: …\nwhen: …\nsubject: …\n". */
static struct str after_front(struct str entry)
{
    struct str line, rest = entry;
    for (int i = 0; i < 3; i++)
        if (!str_split(&rest, '\n', &line) || !rest.at)
            return (struct str){ 0 };
    return rest;
}

bool looklog_unseal(struct arena *arena, const struct record *record,
                    const struct seal_key *subject_key, struct str *r, struct str *entry,
                    struct str *body)
{
    struct str plain;
    struct seal_about about = record_about(record);
    if (!subject_key || !seal_open(arena, subject_key, &about, record->sealed, &plain) ||
        plain.len < HASH_BYTES)
        return false;
    *r = str_first(plain, HASH_BYTES);
    *entry = str_from(plain, HASH_BYTES);
    struct hash commitment = hmac_sha256((const uint8_t *)r->at, entry->at, entry->len);
    *body = after_front(*entry);
    return hash_is(&commitment, &record->commitment) && body->at;
}

size_t looklog_list(struct looklog *log, struct arena *arena, struct id subject,
                    const struct seal_key *subject_key, uint64_t before_seq, size_t limit,
                    struct looklog_entry *entries)
{
    uint8_t *bytes = arena_take(arena, RECORD_MOST);
    const struct head *head = heads_find(&log->now.heads, subject);
    uint64_t offset = head ? head->offset : 0;
    size_t count = 0;
    struct record record;
    while (offset && count < limit && looklog_record_at(log, offset, bytes, &record)) {
        offset = record.previous;
        if (before_seq && record.seq >= before_seq)
            continue;
        struct str r, entry, body = { 0 };
        bool readable = looklog_unseal(arena, &record, subject_key, &r, &entry, &body);
        entries[count++] = (struct looklog_entry){ .seq = record.seq,
                                                   .leaf = record.leaf,
                                                   .when = record.when,
                                                   .body = readable ? body : (struct str){ 0 },
                                                   .unreadable = !readable };
    }
    return count;
}
