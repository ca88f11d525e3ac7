/* looklog_bench.c - the log beside the disk it writes to and the hashing it cannot do without.
 *
 * Use: looklog_bench [FOLDER] [entries]. Every figure stands beside its measure from the same
 * run: the same bytes appended with pwrite and fdatasync alone, and SHA-256 of the same bytes. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/memory.h"
#include "looklog/looklog.h"
#include "looklog/store.h"

enum { BATCH = 4096, PEOPLE = 10000, LONE = 400, ROUNDS = 5 };

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double wall(void)
{
    return seconds(CLOCK_MONOTONIC);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double middle(double *list, size_t count)
{
    qsort(list, count, sizeof *list, by_size);
    return list[count / 2];
}

static struct looklog *open_log(struct arena *arena, const char *folder)
{
    const char *why;
    struct looklog_settings settings = { .folder = folder, .origin = STR("bench/log") };
    struct looklog *log = looklog_open(arena, &settings, &why);
    if (!log) {
        fprintf(stderr, "%s\n", why);
        exit(2);
    }
    return log;
}

static const struct str body = STR_INIT("reader: 0123456789abcdefghjkmnpqrs\nmandate: "
                                        "abcdefghjkmnpqrstvwxyz0123\nversion: 3\npurpose: "
                                        "home visit\nfields: name, address, wish\n");

static struct id person(uint64_t number)
{
    struct id id = { { 0 } };
    number = (number + 1) * 0x9e3779b97f4a7c15ull;
    memcpy(id.b, &number, 8);
    return id;
}

static void append(struct looklog *log, uint64_t number)
{
    static const struct seal_key key = { { 1 } };
    static const struct id place = { { 2 } };
    struct moment now = { 1764000000000 + (int64_t)number };
    if (!looklog_append(log, place, person(number * 2654435761u % PEOPLE), &key, now, body, NULL))
        exit(2);
}

/* The disk alone, appending `size` bytes and syncing, `count` times; the middle time of one. */
static double disk_alone(const char *folder, size_t size, size_t count, bool growing)
{
    char path[512];
    snprintf(path, sizeof path, "%s/disk_alone", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    char *bytes = memory_new(size, 1);
    double *times = memory_new(count, sizeof *times);
    memset(bytes, 7, size);
    if (!growing) {
        for (size_t i = 0; i < count; i++)
            (void)!pwrite(fd, bytes, size, (off_t)(i * size));
        fsync(fd);
    }
    for (size_t i = 0; i < count; i++) {
        double start = wall();
        (void)!pwrite(fd, bytes, size, (off_t)(i * size));
        fdatasync(fd);
        times[i] = wall() - start;
    }
    close(fd);
    unlink(path);
    double one = middle(times, count);
    memory_free(bytes);
    memory_free(times);
    return one;
}

static void batches(struct looklog *log, const char *folder, uint64_t entries)
{
    size_t count = (size_t)(entries / BATCH);
    double *times = memory_new(count, sizeof *times), *works = memory_new(count, sizeof *works);
    uint64_t number = 0, bytes = log->committed_end;
    double start = wall(), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t b = 0; b < count; b++) {
        double begin = wall();
        for (int i = 0; i < BATCH; i++)
            append(log, number++);
        works[b] = wall() - begin;
        looklog_commit(log);
        times[b] = wall() - begin;
    }
    double all = wall() - start;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    bytes = (log->committed_end - bytes) / number;
    double one = middle(times, count), work = middle(works, count);
    double disk = disk_alone(folder, bytes * BATCH, 40, true);
    static uint8_t block[1 << 16];
    double hash = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < 500; i++)
        (void)sha256(block, sizeof block);
    hash = (seconds(CLOCK_PROCESS_CPUTIME_ID) - hash) / 500 / sizeof block * (double)bytes;
    printf("batches of %d: %.0f/s over all, %.0f/s in the middle batch; %llu bytes an entry\n",
           BATCH, (double)number / all, BATCH / one, (unsigned long long)bytes);
    printf("  the disk alone (same bytes, growing file): %.0f/s  ratio %.2f\n", BATCH / disk,
           disk / one);
    printf("  work of an entry %.2f us (processor, all counted %.2f us); SHA-256 of its bytes %.2f "
           "us  "
           "ratio %.1f\n",
           work / BATCH * 1e6, cpu / (double)number * 1e6, hash * 1e6, work / BATCH / hash);
    memory_free(times);
    memory_free(works);
}

static void lone(struct looklog *log, const char *folder)
{
    double times[LONE];
    double before = disk_alone(folder, 432, LONE, true);
    for (uint64_t i = 0; i < LONE; i++) {
        double start = wall();
        append(log, i);
        looklog_commit(log);
        times[i] = wall() - start;
    }
    double one = middle(times, LONE), after = disk_alone(folder, 432, LONE, true);
    double disk = (before + after) / 2, written = disk_alone(folder, 432, LONE, false);
    printf("one entry, one commit: %.0f us; the disk alone, growing file: %.0f us  ratio %.2f;"
           " written-before file: %.0f us  ratio %.2f\n",
           one * 1e6, disk * 1e6, disk / one, written * 1e6, written / one);
}

static void proofs(struct looklog *log)
{
    enum { COUNT = 200000 };
    struct hash proof[MERKLE_PROOF];
    struct merkle_source source = looklog_source(log);
    double rounds[ROUNDS];
    uint64_t sum = 0;
    for (int r = 0; r < ROUNDS; r++) {
        double start = wall();
        for (uint64_t i = 0; i < COUNT; i++)
            sum += merkle_inclusion(&source, looklog_edge(log),
                                    (i * 0x9e3779b97f4a7c15ull >> 20) % looklog_size(log), proof);
        rounds[r] = (wall() - start) / COUNT;
    }
    printf("inclusion proof at %llu entries: %.2f us (%llu hashes on average)\n",
           (unsigned long long)looklog_size(log), middle(rounds, ROUNDS) * 1e6,
           (unsigned long long)(sum / COUNT / ROUNDS));
}

int main(int argc, char **argv)
{
    const char *parent = argc > 1 ? argv[1] : "/tmp";
    uint64_t entries = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000;
    struct arena *arena = arena_new(1 << 20);
    char folder[256], again[300];
    snprintf(folder, sizeof folder, "%s/nabij_bench_XXXXXX", parent);
    if (!mkdtemp(folder))
        return 2;
    struct looklog *log = open_log(arena, folder);
    printf("SHA-256 with the processor's instructions: %s\n",
           sha256_has_instructions() ? "yes" : "no");
    batches(log, folder, entries);
    lone(log, folder);
    proofs(log);
    looklog_close(log);
    double start = wall();
    log = open_log(arena, folder);
    printf("opening after a clean stop: %.1f ms\n", (wall() - start) * 1e3);
    looklog_close(log);
    struct out report;
    out_open(&report, 1 << 16);
    start = wall();
    bool good = looklog_verify_folder(folder, &report, false);
    printf("verifying every byte: %.2f s (%s)\n", wall() - start, good ? "good" : "WRONG");
    static const char *const names[] = { "entries",    "nodes",  "index", "heads",
                                         "checkpoint", "stored", "key" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(again, sizeof again, "%s/%s", folder, names[i]);
        unlink(again);
    }
    rmdir(folder);
    out_close(&report);
    arena_free(arena);
    return !good;
}
