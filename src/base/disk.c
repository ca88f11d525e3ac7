#include "base/disk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*watcher)(char kind, int fd, uint64_t offset, size_t size);
static const char *watched_path;
static int watched_fd;

static void announce(char kind, int fd, const char *path, uint64_t offset, size_t size)
{
    if (!watcher)
        return;
    watched_fd = fd;
    watched_path = path;
    watcher(kind, fd, offset, size);
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "nabij: the disk failed (%s: %s), stopping so that nothing is made up\n", what,
            strerror(errno));
    _Exit(70);
}

int disk_write(int fd, const void *bytes, size_t size, uint64_t offset)
{
    announce('w', fd, NULL, offset, size);
    const char *from = bytes;
    uint64_t at = offset;
    while (size) {
        ssize_t wrote = pwrite(fd, from, size, (off_t)at);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0 && (errno == ENOSPC || errno == EDQUOT)) {
            if (ftruncate(fd, (off_t)offset) != 0)
                give_up("ftruncate");
            return 0;
        }
        if (wrote < 0)
            give_up("write");
        from += wrote;
        at += (uint64_t)wrote;
        size -= (size_t)wrote;
    }
    return 1;
}

void disk_sync(int fd)
{
    announce('s', fd, NULL, 0, 0);
    if (fdatasync(fd) != 0)
        give_up("fdatasync");
}

void disk_watch(void (*before)(char kind, int fd, uint64_t offset, size_t size))
{
    watcher = before;
}

const char *disk_watched_file(void)
{
    static char path[4096];
    char link[64];
    if (watched_path)
        return watched_path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", watched_fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return path;
}

void disk_about_to(char kind, int fd, uint64_t offset, size_t size)
{
    announce(kind, fd, NULL, offset, size);
}

void disk_about_to_at(char kind, const char *path, uint64_t offset, size_t size)
{
    announce(kind, -1, path, offset, size);
}
