/* serve.c - the public side of the log, for readers: C2SP tlog-tiles.
 *
 * A tile holds 256 hashes; tile/L/N those of tree level 8·L from index 256·N on. The last one of
 * a level may be partial (".p/W"). Entry bundles hold what the leaves hash: the commitments,
 * which give nothing away. Reads only, by name, from the folder it was handed. */
#include "looklog/looklog.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "looklog/record.h"
#include "looklog/store.h"

enum { TILE = 256, TILE_LEVELS = 8 };

static bool read_exactly(int fd, void *bytes, size_t size, uint64_t offset)
{
    uint8_t *to = bytes;
    while (size) {
        ssize_t got = pread(fd, to, size, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

/* "x001/x234/067" is 1234067: groups of three digits, all but the last marked x, none in vain. */
static bool tile_number(struct str *path, uint64_t *number)
{
    *number = 0;
    for (int group = 0; group < 6; group++) {
        bool more = path->len && path->at[0] == 'x';
        struct str digits = str_first(str_from(*path, more), 3);
        int64_t value;
        if (digits.len != 3 || digits.at[0] == '-' || !str_number(digits, &value))
            return false;
        if (group == 0 && more && value == 0)
            return false;
        *number = *number * 1000 + (uint64_t)value;
        *path = str_from(*path, 3u + more);
        if (!more)
            return true;
        if (!str_starts(*path, STR("/")))
            return false;
        *path = str_from(*path, 1);
    }
    return false;
}

/* What is left of the path: nothing (a full tile) or ".p/W" with W from 1 to 255. */
static bool tile_width(struct str rest, unsigned *width)
{
    uint64_t number;
    *width = TILE;
    if (rest.len == 0)
        return true;
    if (!str_starts(rest, STR(".p/")) || !whole_number(str_from(rest, 3), &number) || number == 0 ||
        number >= TILE)
        return false;
    *width = (unsigned)number;
    return true;
}

static uint64_t leaves_in(int places)
{
    struct stat stat;
    return fstat(places, &stat) == 0 ? (uint64_t)stat.st_size / sizeof(uint64_t) : 0;
}

static bool serve_hashes(int nodes, unsigned level, uint64_t first, unsigned width,
                         struct out *bytes)
{
    for (unsigned i = 0; i < width; i++) {
        struct hash hash;
        uint64_t place = merkle_place(level, first + i);
        if (!read_exactly(nodes, hash.b, HASH_BYTES, place * HASH_BYTES))
            return false;
        out_raw(bytes, (struct str){ (const char *)hash.b, HASH_BYTES });
    }
    return true;
}

static bool serve_entries(int entries, int places, uint64_t first, unsigned width,
                          struct out *bytes)
{
    for (unsigned i = 0; i < width; i++) {
        uint64_t offset;
        struct hash commitment;
        if (!read_exactly(places, &offset, sizeof offset, (first + i) * sizeof offset) ||
            offset > INT64_MAX / 2 || !read_exactly(entries, commitment.b, HASH_BYTES, offset + 80))
            return false;
        out_raw(bytes, (struct str){ "\0\40", 2 }); /* 32, big-endian */
        out_raw(bytes, (struct str){ (const char *)commitment.b, HASH_BYTES });
    }
    return true;
}

static int open_for_reading(int folder, const char *name)
{
    return openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static bool serve_tile(int folder, bool of_entries, unsigned level, uint64_t number, unsigned width,
                       struct out *bytes)
{
    int places = open_for_reading(folder, "index");
    int from = open_for_reading(folder, of_entries ? "entries" : "nodes");
    uint64_t first = number * TILE, there = leaves_in(places) >> level;
    bool good = places >= 0 && from >= 0 && first + width <= there;
    if (good)
        good = of_entries ? serve_entries(from, places, first, width, bytes)
                          : serve_hashes(from, level, first, width, bytes);
    if (places >= 0)
        close(places);
    if (from >= 0)
        close(from);
    return good && !bytes->overflow;
}

bool looklog_serve(int folder_fd, struct str path, struct out *bytes)
{
    struct str first, level_text;
    uint64_t number, level = 0;
    unsigned width;
    if (str_is(path, STR("checkpoint")))
        return folder_read(folder_fd, "checkpoint", bytes);
    if (str_is(path, STR("key")))
        return folder_read(folder_fd, "key", bytes);
    out_clear(bytes);
    if (!str_split(&path, '/', &first) || !str_is(first, STR("tile")) ||
        !str_split(&path, '/', &level_text) || !path.at)
        return false;
    bool of_entries = str_is(level_text, STR("entries"));
    if (!of_entries && (!whole_number(level_text, &level) || level > 5))
        return false;
    if (!tile_number(&path, &number) || number > UINT64_MAX / TILE / TILE ||
        !tile_width(path, &width))
        return false;
    return serve_tile(folder_fd, of_entries, (unsigned)level * TILE_LEVELS, number, width, bytes);
}
