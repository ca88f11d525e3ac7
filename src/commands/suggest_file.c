#include "commands/suggest_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define LARGEST ((size_t)16 << 30)

static bool complain(const char *path, const char *why)
{
    fprintf(stderr, "nabij suggest: %s: %s\n", path, why);
    return false;
}

bool suggest_file_read(const char *path, struct str *text)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        return complain(path, strerror(errno));
    size_t room = S_ISREG(about.st_mode) ? (size_t)about.st_size + 1 : 1 << 16, length = 0;
    char *bytes = memory_grow(NULL, room, 1);
    ssize_t got;
    while ((got = read(file, bytes + length, room - length)) > 0 || (got < 0 && errno == EINTR)) {
        length += got > 0 ? (size_t)got : 0;
        if (length == room && room < LARGEST)
            bytes = memory_grow(bytes, room *= 2, 1);
    }
    int why = errno;
    if (!standard)
        close(file);
    if (got < 0 || length == room) {
        memory_free(bytes);
        return complain(path, got < 0 ? strerror(why) : "is too large");
    }
    *text = (struct str){ bytes, length };
    return true;
}
