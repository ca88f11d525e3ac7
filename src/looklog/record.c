#include "looklog/record.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the files are little-endian");

const char record_file_header[ENTRIES_HEADER + 1] =
    "nabij look log, entries, version 1                             \n";

uint32_t record_size(size_t sealed_size)
{
    return (uint32_t)((RECORD_FIXED + sealed_size + 7) & ~(size_t)7) + HASH_BYTES;
}

static void put32(uint8_t *to, uint32_t number)
{
    memcpy(to, &number, 4);
}

static void put64(uint8_t *to, uint64_t number)
{
    memcpy(to, &number, 8);
}

static uint32_t get32(const uint8_t *from)
{
    uint32_t number;
    memcpy(&number, from, 4);
    return number;
}

static uint64_t get64(const uint8_t *from)
{
    uint64_t number;
    memcpy(&number, from, 8);
    return number;
}

void record_write(uint8_t *to, struct record *record, const struct hash *check_before)
{
    record->size = record_size(record->sealed.len);
    put32(to, record->size);
    put32(to + 4, (uint32_t)record->sealed.len);
    put64(to + 8, record->leaf);
    put64(to + 16, record->seq);
    put64(to + 24, (uint64_t)record->when.ms);
    put64(to + 32, record->previous);
    put64(to + 40, record->durable);
    memcpy(to + 48, record->place.b, ID_BYTES);
    memcpy(to + 64, record->subject.b, ID_BYTES);
    memcpy(to + 80, record->commitment.b, HASH_BYTES);
    size_t used = RECORD_FIXED + record->sealed.len;
    memset(to + used, 0, record->size - HASH_BYTES - used);
    record->check = record_check(to, record->size, check_before);
    memcpy(to + record->size - HASH_BYTES, record->check.b, HASH_BYTES);
}

enum record_result record_read(const uint8_t *from, size_t room, struct record *record)
{
    if (room < 4)
        return RECORD_SHORT;
    record->size = get32(from);
    if (record->size == 0)
        return RECORD_END;
    if (record->size < RECORD_LEAST || record->size > RECORD_MOST || record->size % 8)
        return RECORD_BAD;
    if (room < record->size)
        return RECORD_SHORT;
    size_t sealed_size = get32(from + 4);
    if (sealed_size < SEAL_EXTRA + HASH_BYTES || sealed_size > SEAL_EXTRA + RECORD_PLAIN_MOST ||
        record_size(sealed_size) != record->size)
        return RECORD_BAD;
    record->leaf = get64(from + 8);
    record->seq = get64(from + 16);
    record->when.ms = (int64_t)get64(from + 24);
    record->previous = get64(from + 32);
    record->durable = get64(from + 40);
    memcpy(record->place.b, from + 48, ID_BYTES);
    memcpy(record->subject.b, from + 64, ID_BYTES);
    memcpy(record->commitment.b, from + 80, HASH_BYTES);
    memcpy(record->check.b, from + record->size - HASH_BYTES, HASH_BYTES);
    record->sealed = (struct str){ (const char *)from + RECORD_FIXED, sealed_size };
    return RECORD_GOOD;
}

struct hash record_check(const uint8_t *from, uint32_t size, const struct hash *check_before)
{
    struct sha256 sha;
    sha256_start(&sha);
    sha256_add(&sha, check_before->b, HASH_BYTES);
    sha256_add(&sha, from, size - HASH_BYTES);
    return sha256_end(&sha);
}

struct hash record_first_check(void)
{
    return sha256(record_file_header, ENTRIES_HEADER);
}

struct seal_about record_about(const struct record *record)
{
    struct seal_about about = { .place = record->place,
                                .subject = record->subject,
                                .purpose = STR("look") };
    put64(about.item.b, record->seq);
    return about;
}
