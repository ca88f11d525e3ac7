/* shelf.h - a file of equal items that only grows: the tree's hashes, the entries' offsets.
 *
 * Nothing on it is precious: it can be made again from the entries, so it is never synced on the
 * way of a commit. What does not fit on a full disk stays in memory until it does. */
#ifndef NABIJ_LOOKLOG_SHELF_H
#define NABIJ_LOOKLOG_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shelf {
    int fd;
    size_t item;      /* bytes */
    uint64_t written; /* items in the file */
    uint8_t *waiting; /* items after those */
    size_t waiting_count, waiting_room;
    uint8_t *map;
    size_t mapped;
};

/* Takes over `fd`, open for reading and writing. `keep`: how many items of the file count. */
void shelf_open(struct shelf *shelf, int fd, size_t item, uint64_t keep);
void shelf_close(struct shelf *shelf);
uint64_t shelf_count(const struct shelf *shelf);
void shelf_add(struct shelf *shelf, const void *items, size_t count);
/* Forgets waiting items past `count`. */
void shelf_forget(struct shelf *shelf, uint64_t count);
/* False when the disk is full; everything can still be read. */
bool shelf_flush(struct shelf *shelf);
/* `at` < count; valid until the next change. */
const void *shelf_get(const struct shelf *shelf, uint64_t at);

#endif
