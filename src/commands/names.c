#include "commands/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A name of at most eight bytes is its own key; of a longer one the key is a hash. */
struct names_slot {
    uint64_t key;
    uint32_t length, number_plus_one; /* 0: an empty slot */
};

static uint64_t first_bytes(const char *at, size_t length)
{
    uint64_t word = 0;
    memcpy(&word, at, length < 8 ? length : 8);
    return word;
}

static uint64_t mix(uint64_t x)
{
    x *= 0x9e3779b97f4a7c15u;
    return x ^ x >> 29;
}

static uint64_t key_of(struct str name)
{
    uint64_t key = name.len ? first_bytes(name.at, name.len) : 0;
    for (size_t i = 8; i < name.len; i += 8)
        key = mix(key ^ name.len) + first_bytes(name.at + i, name.len - i);
    return key;
}

/* The slot where the name is, or the empty one where it belongs. */
static struct names_slot *slot_of(const struct names *n, struct str name, uint64_t key)
{
    for (uint32_t at = (uint32_t)(mix(key + name.len) >> 20) & n->mask;; at = (at + 1) & n->mask) {
        struct names_slot *s = &n->slot[at];
        if (!s->number_plus_one)
            return s;
        if (s->key == key && s->length == name.len &&
            (name.len <= 8 || str_is(n->name[s->number_plus_one - 1], name)))
            return s;
    }
}

static void fill_slots(struct names *n)
{
    for (uint32_t i = 0; i < n->count; i++) {
        uint64_t key = key_of(n->name[i]);
        *slot_of(n, n->name[i], key) = (struct names_slot){ key, (uint32_t)n->name[i].len, i + 1 };
    }
}

static void grow(struct names *n)
{
    memory_free(n->slot);
    n->mask = n->mask * 2 + 1;
    n->slot = memory_new((size_t)n->mask + 1, sizeof *n->slot);
    fill_slots(n);
}

void names_open(struct names *names)
{
    *names = (struct names){ .mask = 1023, .room = 512 };
    names->slot = memory_new((size_t)names->mask + 1, sizeof *names->slot);
    names->name = memory_grow(NULL, names->room, sizeof *names->name);
}

void names_close(struct names *names)
{
    memory_free(names->slot);
    memory_free(names->name);
    *names = (struct names){ 0 };
}

uint32_t names_number(struct names *names, struct str name)
{
    uint64_t key = key_of(name);
    struct names_slot *slot = slot_of(names, name, key);
    if (slot->number_plus_one)
        return slot->number_plus_one - 1;
    if (names->count == names->room) {
        names->room *= 2;
        names->name = memory_grow(names->name, names->room, sizeof *names->name);
    }
    *slot = (struct names_slot){ key, (uint32_t)name.len, names->count + 1 };
    names->name[names->count++] = name;
    if (names->count > names->mask / 2)
        grow(names);
    return names->count - 1;
}

uint32_t names_find(const struct names *names, struct str name)
{
    const struct names_slot *slot = slot_of(names, name, key_of(name));
    return slot->number_plus_one ? slot->number_plus_one - 1 : NAMES_NONE;
}

struct entry {
    uint64_t first; /* eight bytes, the first one weighing most */
    struct str name;
    uint32_t old;
};

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->name.len != y->name.len)
        return x->name.len < y->name.len ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return str_compare(x->name, y->name);
}

void names_sort(struct names *names, uint32_t *fresh)
{
    struct entry *list = memory_grow(NULL, names->count, sizeof *list);
    for (uint32_t i = 0; i < names->count; i++) {
        struct str name = names->name[i];
        uint64_t first = name.len ? first_bytes(name.at, name.len) : 0;
        list[i] = (struct entry){ __builtin_bswap64(first), name, i };
    }
    qsort(list, names->count, sizeof *list, compare);
    for (uint32_t i = 0; i < names->count; i++) {
        names->name[i] = list[i].name;
        fresh[list[i].old] = i;
    }
    memory_free(list);
    memset(names->slot, 0, ((size_t)names->mask + 1) * sizeof *names->slot);
    fill_slots(names);
}
