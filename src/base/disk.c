#include "base/disk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*watcher)(char kind, int fd, uint64_t offset, size_t size);

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "nabij: the disk failed (%s: %s), stopping so that nothing is made up\n", what,
            strerror(errno));
    _Exit(70);
}

int disk_write(int fd, const void *bytes, size_t size, uint64_t offset)
{
    disk_about_to('w', fd, offset, size);
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
    disk_about_to('s', fd, 0, 0);
    if (fdatasync(fd) != 0)
        give_up("fdatasync");
}

void disk_watch(void (*before)(char kind, int fd, uint64_t offset, size_t size))
{
    watcher = before;
}

void disk_about_to(char kind, int fd, uint64_t offset, size_t size)
{
    if (watcher)
        watcher(kind, fd, offset, size);
}
