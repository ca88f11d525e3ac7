#include "looklog/heads.h"

#include <string.h>

#include "base/memory.h"

enum { MAGIC = 16, FRONT = MAGIC + 3 * 8 + HASH_BYTES, ONE = ID_BYTES + 8 + 8, SIGNATURE = 64 };

static const char magic[MAGIC + 1] = "nabij heads 1\n\0\0";

/* Ids are random already; which bits is all there is to choose. */
static size_t first_slot(const struct heads *heads, struct id subject)
{
    uint64_t bits;
    memcpy(&bits, subject.b, 8);
    return (size_t)((bits * 0x9e3779b97f4a7c15ull) >> 20) & (heads->slots - 1);
}

static struct head *slot_of(const struct heads *heads, struct id subject)
{
    size_t at = first_slot(heads, subject);
    while (heads->slot[at].seq && !id_is(heads->slot[at].subject, subject))
        at = (at + 1) & (heads->slots - 1);
    return &heads->slot[at];
}

static const uint64_t gone = UINT64_MAX; /* as a seq, while undoing: a hole would cut a row off */

static void make_again(struct heads *heads, size_t slots)
{
    struct heads fresh = { .slots = slots };
    fresh.slot = memory_new(fresh.slots, sizeof *fresh.slot);
    for (size_t i = 0; i < heads->slots; i++) {
        if (heads->slot[i].seq == 0 || heads->slot[i].seq == gone)
            continue;
        *slot_of(&fresh, heads->slot[i].subject) = heads->slot[i];
        fresh.count++;
    }
    memory_free(heads->slot);
    *heads = fresh;
}

void heads_set(struct heads *heads, struct id subject, uint64_t offset, uint64_t seq)
{
    if (heads->count * 4 >= heads->slots * 3)
        make_again(heads, heads->slots ? heads->slots * 2 : 64);
    struct head *head = slot_of(heads, subject);
    heads->count += head->seq == 0;
    *head = (struct head){ subject, offset, seq };
}

void heads_undo(struct heads *heads, struct id subject, uint64_t offset, uint64_t seq)
{
    struct head *head = slot_of(heads, subject);
    head->offset = offset;
    head->seq = seq ? seq : gone;
}

void heads_undone(struct heads *heads)
{
    if (heads->slots)
        make_again(heads, heads->slots);
}

const struct head *heads_find(const struct heads *heads, struct id subject)
{
    if (heads->count == 0)
        return NULL;
    const struct head *head = slot_of(heads, subject);
    return head->seq ? head : NULL;
}

void heads_free(struct heads *heads)
{
    memory_free(heads->slot);
    *heads = (struct heads){ 0 };
}

static void put(struct out *out, const void *bytes, size_t size)
{
    out_raw(out, (struct str){ bytes, size });
}

static void to_be_signed(struct str bytes, uint8_t message[12 + HASH_BYTES])
{
    struct hash hash = sha256(bytes.at, bytes.len);
    memcpy(message, "nabij heads\n", 12);
    memcpy(message + 12, hash.b, HASH_BYTES);
}

void heads_write(const struct standing *standing, const struct note_signer *signer,
                 struct out *file)
{
    uint64_t numbers[3] = { standing->heads.count, standing->tree.size, standing->end };
    put(file, magic, MAGIC);
    put(file, numbers, sizeof numbers);
    put(file, standing->check.b, HASH_BYTES);
    for (unsigned level = 0; level < MERKLE_LEVELS; level++)
        if ((standing->tree.size >> level) & 1)
            put(file, standing->tree.peak[level].b, HASH_BYTES);
    for (size_t i = 0; i < standing->heads.slots; i++)
        if (standing->heads.slot[i].seq)
            put(file, &standing->heads.slot[i], ONE);
    uint8_t message[12 + HASH_BYTES], signature[SIGNATURE];
    to_be_signed(out_str(file), message);
    crypto_sign_detached(signature, NULL, message, sizeof message, signer->secret_key);
    put(file, signature, sizeof signature);
}

_Static_assert(sizeof(struct head) == ONE, "a head is written as it stands in memory");

bool heads_read(struct str file, const struct note_key *key, struct standing *standing)
{
    uint64_t numbers[3];
    uint8_t message[12 + HASH_BYTES];
    *standing = (struct standing){ 0 };
    if (file.len < FRONT + SIGNATURE || memcmp(file.at, magic, MAGIC) != 0)
        return false;
    memcpy(numbers, file.at + MAGIC, sizeof numbers);
    uint64_t count = numbers[0], leaves = numbers[1];
    uint64_t peaks = (uint64_t)__builtin_popcountll(leaves);
    size_t list = FRONT + peaks * HASH_BYTES;
    if (count > leaves || count > file.len / ONE || leaves > UINT64_MAX / 4 ||
        file.len != list + count * ONE + SIGNATURE)
        return false;
    to_be_signed(str_first(file, file.len - SIGNATURE), message);
    if (crypto_sign_verify_detached((const uint8_t *)file.at + file.len - SIGNATURE, message,
                                    sizeof message, key->public_key) != 0)
        return false;
    standing->end = numbers[2];
    memcpy(standing->check.b, file.at + MAGIC + sizeof numbers, HASH_BYTES);
    standing->tree.size = leaves;
    const char *peak = file.at + FRONT;
    for (unsigned level = 0; level < MERKLE_LEVELS; level++)
        if ((leaves >> level) & 1) {
            memcpy(standing->tree.peak[level].b, peak, HASH_BYTES);
            peak += HASH_BYTES;
        }
    for (uint64_t i = 0; i < count; i++) {
        struct head head;
        memcpy(&head, file.at + list + i * ONE, ONE);
        if (head.seq == 0 || head.seq > leaves || heads_find(&standing->heads, head.subject)) {
            heads_free(&standing->heads); /* nobody twice */
            *standing = (struct standing){ 0 };
            return false;
        }
        heads_set(&standing->heads, head.subject, head.offset, head.seq);
    }
    return true;
}
