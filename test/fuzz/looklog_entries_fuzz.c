/* Any bytes as the file `entries`: verified, and opened as after a crash. What opens must verify.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "looklog/looklog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[64] = "/dev/shm/nabij_fuzz_XXXXXX";

static void empty_folder(void)
{
    static const char *const names[] = { "entries",    "nodes",  "index", "heads",
                                         "checkpoint", "stored", "key" };
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
}

static void remove_folder(void)
{
    empty_folder();
    rmdir(folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    static bool ready;
    char path[128];
    struct out report;
    const char *why;
    if (!ready) {
        arena = arena_new(1 << 20);
        ready = mkdtemp(folder) != NULL && atexit(remove_folder) == 0;
        say_least(SAY_ERROR);
    }
    empty_folder();
    snprintf(path, sizeof path, "%s/entries", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    close(fd);
    out_open(&report, 1 << 20);
    looklog_verify_folder(folder, &report, false);
    struct looklog_settings settings = { .folder = folder, .origin = STR("fuzz.test/log") };
    struct looklog *log = looklog_open(arena, &settings, &why);
    if (log) {
        looklog_close(log);
        out_clear(&report);
        if (!looklog_verify_folder(folder, &report, false)) {
            fwrite(report.at, 1, report.len, stderr);
            abort();
        }
    }
    out_close(&report);
    arena_reset(arena);
    return 0;
}
