#include "commands/suggest_ids.h"

#include "base/memory.h"

static void put(struct suggest_ids *ids, const struct id_probe *probe, uint32_t number)
{
    uint64_t at = probe->hash & ids->mask;
    while (ids->slot[at].number)
        at = (at + 1) & ids->mask;
    ids->slot[at] = (struct id_slot){ probe->head, (uint32_t)probe->text.len, number + 1 };
}

bool ids_over(struct suggest_ids *ids, struct str *text, uint32_t count, uint32_t twin[2])
{
    uint64_t slots = 16;
    while (slots < 2 * (uint64_t)count)
        slots *= 2;
    *ids = (struct suggest_ids){ .mask = slots - 1, .text = text, .count = count };
    ids->slot = memory_new(slots, sizeof *ids->slot);
    for (uint32_t i = 0; i < count; i++) {
        if (i + 8 < count) {
            const struct str *ahead = &text[i + 8];
            struct id_probe later = id_probe(*ahead, ahead->at + ahead->len);
            __builtin_prefetch(&ids->slot[later.hash & ids->mask]);
        }
        struct id_probe probe = id_probe(text[i], text[i].at + text[i].len);
        uint32_t other = ids_find(ids, &probe);
        if (other != UINT32_MAX) {
            twin[0] = other;
            twin[1] = i;
            return false;
        }
        put(ids, &probe, i);
    }
    return true;
}

static void grow(struct suggest_ids *ids)
{
    ids->room = ids->room ? 2 * ids->room : 64;
    ids->owns_text = true;
    ids->text = memory_grow(ids->text, ids->room, sizeof *ids->text);
    memory_free(ids->slot);
    ids->mask = 4 * (uint64_t)ids->room - 1;
    ids->slot = memory_new(ids->mask + 1, sizeof *ids->slot);
    for (uint32_t i = 0; i < ids->count; i++) {
        struct id_probe probe = id_probe(ids->text[i], ids->text[i].at + ids->text[i].len);
        put(ids, &probe, i);
    }
}

uint32_t ids_number(struct suggest_ids *ids, struct str text, const char *end, bool *fresh)
{
    if (ids->count == ids->room)
        grow(ids);
    struct id_probe probe = id_probe(text, end);
    uint32_t number = ids_find(ids, &probe);
    *fresh = number == UINT32_MAX;
    if (!*fresh)
        return number;
    ids->text[ids->count] = text;
    put(ids, &probe, ids->count);
    return ids->count++;
}

void ids_free(struct suggest_ids *ids)
{
    memory_free(ids->slot);
    if (ids->owns_text)
        memory_free(ids->text);
    *ids = (struct suggest_ids){ 0 };
}
