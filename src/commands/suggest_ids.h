/* suggest_ids.h - from text to number: a hash that keeps the first eight bytes beside the
 * number, so that a short id is found without looking at its text. */
#ifndef NABIJ_COMMANDS_SUGGEST_IDS_H
#define NABIJ_COMMANDS_SUGGEST_IDS_H

#include <string.h>

#include "base/str.h"

struct id_slot {
    uint64_t head;
    uint32_t length, number; /* number + 1; 0 = free */
};

struct suggest_ids {
    struct id_slot *slot;
    uint64_t mask;
    struct str *text; /* by number; the caller's, or the table's own */
    uint32_t count, room;
    bool owns_text;
};

struct id_probe {
    struct str text;
    uint64_t head, hash;
};

static inline uint64_t id_mix(uint64_t x)
{
    x = (x ^ (x >> 32)) * 0xd6e8feb86659fd93u;
    return x ^ (x >> 29);
}

/* `end`: one past the last byte that may be read. */
static inline struct id_probe id_probe(struct str text, const char *end)
{
    struct id_probe probe = { .text = text };
    if ((size_t)(end - text.at) >= 8 && text.len < 8) {
        memcpy(&probe.head, text.at, 8);
        probe.head &= ((uint64_t)1 << (8 * text.len)) - 1;
    } else {
        memcpy(&probe.head, text.at, text.len < 8 ? text.len : 8);
    }
    probe.hash = id_mix(probe.head ^ (text.len * 0x9e3779b97f4a7c15u));
    for (size_t at = 8; at < text.len; at += 8) {
        uint64_t part = 0;
        memcpy(&part, text.at + at, text.len - at < 8 ? text.len - at : 8);
        probe.hash = id_mix(probe.hash ^ part);
    }
    return probe;
}

/* UINT32_MAX when it is not there. */
static inline uint32_t ids_find(const struct suggest_ids *ids, const struct id_probe *probe)
{
    for (uint64_t at = probe->hash & ids->mask;; at = (at + 1) & ids->mask) {
        const struct id_slot *slot = &ids->slot[at];
        if (slot->number == 0)
            return UINT32_MAX;
        if (slot->head == probe->head && slot->length == (uint32_t)probe->text.len &&
            (probe->text.len <= 8 || memcmp(ids->text[slot->number - 1].at + 8, probe->text.at + 8,
                                            probe->text.len - 8) == 0))
            return slot->number - 1;
    }
}

/* A table over the caller's texts: false when two are alike, their numbers in *twin. */
bool ids_over(struct suggest_ids *ids, struct str *text, uint32_t count, uint32_t twin[2]);

/* A table that grows: the number of `text`, a new one when it was not there. */
uint32_t ids_number(struct suggest_ids *ids, struct str text, const char *end, bool *fresh);

void ids_free(struct suggest_ids *ids);

#endif
