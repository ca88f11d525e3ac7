#include "commands/opinions_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void opinions_names_open(struct opinions_names *names, struct arena *arena)
{
    *names = (struct opinions_names){ .arena = arena, .slots = 1024 };
    names->slot = memory_new(names->slots, sizeof *names->slot);
}

void opinions_names_close(struct opinions_names *names)
{
    memory_free(names->name);
    memory_free(names->slot);
    *names = (struct opinions_names){ 0 };
}

/* FNV-1a (Fowler, Noll, Vo), then stirred: the ends of ids differ most. */
static uint32_t hash_of(struct str name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 0x100000001b3u;
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t slot_of(const struct opinions_names *names, struct str name)
{
    uint32_t slot = hash_of(name) & (names->slots - 1);
    while (names->slot[slot] && !str_is(names->name[names->slot[slot] - 1], name))
        slot = (slot + 1) & (names->slots - 1);
    return slot;
}

static void widen(struct opinions_names *names)
{
    memory_free(names->slot);
    names->slots *= 2;
    names->slot = memory_new(names->slots, sizeof *names->slot);
    for (uint32_t i = 0; i < names->count; i++)
        names->slot[slot_of(names, names->name[i])] = i + 1;
}

uint32_t opinions_names_find(const struct opinions_names *names, struct str name)
{
    uint32_t found = names->slot[slot_of(names, name)];
    return found ? found - 1 : NO_NAME;
}

uint32_t opinions_names_add(struct opinions_names *names, struct str name)
{
    uint32_t slot = slot_of(names, name);
    if (names->slot[slot])
        return names->slot[slot] - 1;
    if (names->count == names->room) {
        names->room = names->room ? names->room * 2 : 256;
        names->name = memory_grow(names->name, names->room, sizeof *names->name);
    }
    names->name[names->count++] = str_keep(names->arena, name);
    names->slot[slot] = names->count;
    if (names->count * 2 > names->slots)
        widen(names);
    return names->count - 1;
}

struct sorted {
    struct str name;
    uint32_t number;
    bool whole;
};

static bool is_whole(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] < '0' || name.at[i] > '9')
            return false;
    return name.len > 0 && (name.len == 1 || name.at[0] != '0');
}

static int compare(const void *one, const void *other)
{
    const struct sorted *a = one, *b = other;
    if (a->whole != b->whole)
        return a->whole ? -1 : 1;
    if (a->whole && a->name.len != b->name.len)
        return a->name.len < b->name.len ? -1 : 1;
    return str_compare(a->name, b->name);
}

void opinions_names_sort(const struct opinions_names *names, uint32_t *order)
{
    struct sorted *sorted = memory_new(names->count, sizeof *sorted);
    for (uint32_t i = 0; i < names->count; i++)
        sorted[i] = (struct sorted){ names->name[i], i, is_whole(names->name[i]) };
    if (names->count)
        qsort(sorted, names->count, sizeof *sorted, compare);
    for (uint32_t i = 0; i < names->count; i++)
        order[i] = sorted[i].number;
    memory_free(sorted);
}
