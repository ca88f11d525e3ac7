/* folder.c - whole small files of the log's folder: read, and replaced in one go. */
#include "looklog/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"

bool folder_read(int folder, const char *name, struct out *out)
{
    out_clear(out);
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    struct stat stat;
    bool good = fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode);
    while (good) {
        char *room = out_room(out, 64 * 1024);
        ssize_t got = room ? read(fd, room, 64 * 1024) : -1;
        if (got < 0 && room && errno == EINTR)
            continue;
        good = got >= 0;
        if (got <= 0)
            break;
        out->len += (size_t)got;
    }
    close(fd);
    return good;
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "nabij: the look log's folder cannot be written (%s), stopping\n", what);
    _Exit(70);
}

bool folder_replace(int folder, const char *name, struct str bytes, bool sync)
{
    char fresh[64];
    snprintf(fresh, sizeof fresh, "%s.new", name);
    int fd = openat(folder, fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0 && (errno == ENOSPC || errno == EDQUOT))
        return false;
    if (fd < 0)
        give_up(fresh);
    bool written = disk_write(fd, bytes.at, bytes.len, 0);
    if (written && sync)
        disk_sync(fd);
    close(fd);
    if (!written) {
        unlinkat(folder, fresh, 0);
        return false;
    }
    disk_about_to('w', folder, 0, 0); /* the name changes hands */
    if (renameat(folder, fresh, folder, name) != 0)
        give_up(name);
    if (sync)
        disk_sync(folder);
    return true;
}
