#include "commands/opinions_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { PIECE = 1 << 18 };

static bool cannot(const char *what, const char *path)
{
    fprintf(stderr, "nabij: cannot %s %s: %s\n", what, path, strerror(errno));
    return false;
}

static bool read_all(int file, const char *path, struct out *into)
{
    for (;;) {
        char *room = out_room(into, PIECE);
        if (!room) {
            fprintf(stderr, "nabij: %s is larger than %zu bytes\n", path, into->limit);
            return false;
        }
        ssize_t got = read(file, room, PIECE);
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return cannot("read", path);
        if (got > 0)
            into->len += (size_t)got;
    }
}

bool file_read(const char *path, struct out *into)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", into);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return cannot("open", path);
    bool good = read_all(file, path, into);
    close(file);
    return good;
}

static bool write_all(int file, struct str bytes)
{
    while (bytes.len) {
        ssize_t put = write(file, bytes.at, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes = str_from(bytes, (size_t)put);
    }
    return true;
}

bool file_write(const char *path, struct str bytes)
{
    static const char ending[] = ".XXXXXX";
    size_t length = strlen(path);
    char *fresh = memory_new(length + sizeof ending, 1);
    memcpy(fresh, path, length);
    memcpy(fresh + length, ending, sizeof ending);
    int file = mkstemp(fresh);
    bool good = file >= 0 && fchmod(file, 0644) == 0 && write_all(file, bytes);
    good = file >= 0 && close(file) == 0 && good;
    good = good && rename(fresh, path) == 0;
    if (!good) {
        cannot("write", path);
        if (file >= 0)
            unlink(fresh);
    }
    memory_free(fresh);
    return good;
}
