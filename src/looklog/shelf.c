#include "looklog/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/memory.h"

void shelf_open(struct shelf *shelf, int fd, size_t item, uint64_t keep)
{
    *shelf = (struct shelf){ .fd = fd, .item = item, .written = keep };
}

void shelf_close(struct shelf *shelf)
{
    if (shelf->map)
        munmap(shelf->map, shelf->mapped);
    memory_free(shelf->waiting);
    if (shelf->item)
        close(shelf->fd);
    *shelf = (struct shelf){ 0 };
}

uint64_t shelf_count(const struct shelf *shelf)
{
    return shelf->written + shelf->waiting_count;
}

void shelf_add(struct shelf *shelf, const void *items, size_t count)
{
    size_t need = shelf->waiting_count + count;
    if (need > shelf->waiting_room) {
        shelf->waiting_room = need * 2 < 256 ? 256 : need * 2;
        shelf->waiting = memory_grow(shelf->waiting, shelf->waiting_room, shelf->item);
    }
    memcpy(shelf->waiting + shelf->waiting_count * shelf->item, items, count * shelf->item);
    shelf->waiting_count = need;
}

void shelf_forget(struct shelf *shelf, uint64_t count)
{
    if (count >= shelf->written && count < shelf_count(shelf))
        shelf->waiting_count = (size_t)(count - shelf->written);
}

bool shelf_flush(struct shelf *shelf)
{
    if (shelf->waiting_count == 0)
        return true;
    if (!disk_write(shelf->fd, shelf->waiting, shelf->waiting_count * shelf->item,
                    shelf->written * shelf->item))
        return false;
    shelf->written += shelf->waiting_count;
    shelf->waiting_count = 0;
    return true;
}

/* The map is larger than the file so that it is seldom made anew; only what is in the file is
 * ever touched. */
static void map_file(struct shelf *shelf, size_t need)
{
    size_t size = 1 << 20;
    while (size < need)
        size *= 2;
    void *map = shelf->map ? mremap(shelf->map, shelf->mapped, size, MREMAP_MAYMOVE)
                           : mmap(NULL, size, PROT_READ, MAP_SHARED, shelf->fd, 0);
    if (map == MAP_FAILED) {
        fputs("nabij: no room to read the look log, stopping\n", stderr);
        _Exit(70);
    }
    shelf->map = map;
    shelf->mapped = size;
}

const void *shelf_get(const struct shelf *shelf, uint64_t at)
{
    if (at >= shelf->written)
        return shelf->waiting + (size_t)(at - shelf->written) * shelf->item;
    size_t start = (size_t)at * shelf->item;
    if (start + shelf->item > shelf->mapped)
        map_file((struct shelf *)shelf, start + shelf->item); /* a cache; the shelf is the same */
    return shelf->map + start;
}
