/* looklog_test.c - what must hold of the log whatever is done to its files, or when it dies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/disk.h"
#include "base/log.h"
#include "looklog/looklog.h"
#include "looklog/record.h"

static char folder[] = "/tmp/nabij_looklog_XXXXXX/log";
static struct arena *arena;
static const struct seal_key key_a = { { 1, 2, 3 } }, key_b = { { 9, 8, 7 } };
static const struct id place = { { 5 } }, anna = { { 0xaa, 1 } }, bram = { { 0xbb, 2 } };
static struct out report;

static void remove_files(void)
{
    static const char *const names[] = { "entries",        "nodes",      "index",  "heads",
                                         "checkpoint",     "stored",     "key",    "heads.new",
                                         "checkpoint.new", "stored.new", "key.new" };
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static struct looklog *open_log_why(const char **why)
{
    struct looklog_settings settings = { .folder = folder, .origin = STR("nabij.test/log") };
    memset(settings.signing_seed, 7, sizeof settings.signing_seed);
    return looklog_open(arena, &settings, why);
}

static struct looklog *open_log(void)
{
    const char *why;
    struct looklog *log = open_log_why(&why);
    if (!log)
        print_message("# %s\n", why);
    assert_non_null(log);
    return log;
}

static bool look(struct looklog *log, struct id who, uint64_t number)
{
    char body[128];
    snprintf(body, sizeof body, "reader: r%llu\npurpose: visit\n", (unsigned long long)number);
    return looklog_append(log, place, who, id_is(who, anna) ? &key_a : &key_b,
                          (struct moment){ 1764000000000 + (int64_t)number }, str_of(body), NULL);
}

/* Eleven entries in four commits, closed. */
static void small_log(void)
{
    remove_files();
    struct looklog *log = open_log();
    for (uint64_t i = 0; i < 11; i++) {
        assert_true(look(log, i % 3 ? anna : bram, i));
        if (i % 3 == 2)
            assert_true(looklog_commit(log));
    }
    looklog_close(log);
}

static bool verify(void)
{
    out_clear(&report);
    return looklog_verify_folder(folder, &report, false);
}

static void said(const char *what)
{
    struct str text = out_str(&report);
    if (str_find(text, str_of(what)) == text.len)
        fail_msg("no '%s' in: %.*s", what, STR_FMT(text));
}

static void shows_what_was_looked_at(void **state)
{
    (void)state;
    small_log();
    struct looklog *log = open_log();
    struct looklog_entry entries[20];
    assert_int_equal(looklog_size(log), 11);
    assert_int_equal(looklog_last_seq(log, anna), 7);
    assert_int_equal(looklog_last_seq(log, place), 0);
    assert_int_equal(looklog_list(log, arena, anna, &key_a, 0, 20, entries), 7);
    assert_int_equal(entries[0].seq, 7);
    assert_int_equal(entries[0].leaf, 10);
    assert_int_equal(entries[0].when.ms, 1764000000010);
    assert_true(str_is(entries[0].body, STR("reader: r10\npurpose: visit\n")));
    assert_true(str_is(looklog_field(entries[6].body, STR("reader")), STR("r1")));
    assert_int_equal(looklog_list(log, arena, anna, &key_a, 5, 2, entries), 2);
    assert_int_equal(entries[0].seq, 4);
    assert_int_equal(entries[1].seq, 3);
    /* with the key destroyed the entry is still counted, and shut */
    assert_int_equal(looklog_list(log, arena, anna, &key_b, 0, 1, entries), 1);
    assert_true(entries[0].unreadable && entries[0].body.len == 0);
    assert_int_equal(looklog_list(log, arena, anna, NULL, 0, 1, entries), 1);
    assert_true(entries[0].unreadable);
    looklog_close(log);
    assert_true(verify());
    said("11 entries about 2 people");
}

static void refuses_what_is_not_an_entry(void **state)
{
    (void)state;
    small_log();
    struct looklog *log = open_log();
    static char large[4098];
    memset(large, 'x', sizeof large);
    large[4095] = large[4096] = '\n';
    struct moment now = { 1764000000000 };
    assert_false(looklog_append(log, place, anna, &key_a, now, (struct str){ large, 4097 }, NULL));
    assert_true(looklog_append(log, place, anna, &key_a, now, (struct str){ large, 4096 }, NULL));
    assert_false(looklog_append(log, place, anna, &key_a, now, STR("no line end"), NULL));
    assert_false(looklog_append(log, place, anna, &key_a, now, STR("a: \xff\n"), NULL));
    assert_false(looklog_append(log, place, anna, &key_a, (struct moment){ INT64_MAX },
                                STR("a: b\n"), NULL));
    assert_true(looklog_commit(log));
    looklog_close(log);
    assert_true(verify());
}

static void values_survive_escaping(void **state)
{
    (void)state;
    struct out body;
    out_open(&body, 1000);
    looklog_put(&body, STR("why"), STR("two\nlines \\ and\r\nmore"));
    looklog_put(&body, STR("wh"), STR("x"));
    struct str value = looklog_field(out_str(&body), STR("why"));
    assert_true(str_is(looklog_plain(arena, value), STR("two\nlines \\ and\r\nmore")));
    assert_true(str_is(looklog_field(out_str(&body), STR("wh")), STR("x")));
    assert_int_equal(looklog_field(out_str(&body), STR("w")).len, 0);
    out_close(&body);
}

static int open_file(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    return fd;
}

static const char *const stored_files[] = { "entries",    "nodes",  "index", "heads",
                                            "checkpoint", "stored", "key" };
enum { STORED_FILES = 7 };

/* The promise of the whole thing: no byte changes unseen, and the report names the file. */
static void every_flipped_byte_is_found(void **state)
{
    (void)state;
    small_log();
    assert_true(verify());
    for (int f = 0; f < STORED_FILES; f++) {
        int fd = open_file(stored_files[f]);
        off_t size = lseek(fd, 0, SEEK_END);
        assert_true(size > 0);
        for (off_t at = 0; at < size; at++) {
            uint8_t byte, flipped;
            assert_int_equal(pread(fd, &byte, 1, at), 1);
            flipped = byte ^ (uint8_t)(1 << (at % 8));
            assert_int_equal(pwrite(fd, &flipped, 1, at), 1);
            if (verify())
                fail_msg("byte %ld of %s", (long)at, stored_files[f]);
            said(strcmp(stored_files[f], "key") ? stored_files[f] : "'");
            assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        }
        close(fd);
    }
    assert_true(verify());
}

static void every_cut_is_found(void **state)
{
    (void)state;
    for (int f = 0; f < STORED_FILES; f++) {
        small_log();
        int fd = open_file(stored_files[f]);
        off_t size = lseek(fd, 0, SEEK_END);
        for (off_t cut = size - 1; cut >= 0; cut--) {
            assert_int_equal(ftruncate(fd, cut), 0);
            if (verify())
                fail_msg("%s cut to %ld", stored_files[f], (long)cut);
        }
        close(fd);
    }
}

static void swapped_records_are_found(void **state)
{
    (void)state;
    small_log();
    int fd = open_file("entries");
    uint32_t first, second;
    uint8_t bytes[2 * RECORD_MOST];
    assert_int_equal(pread(fd, &first, 4, ENTRIES_HEADER), 4);
    assert_int_equal(pread(fd, &second, 4, ENTRIES_HEADER + first), 4);
    assert_int_equal(pread(fd, bytes, first + second, ENTRIES_HEADER), first + second);
    assert_int_equal(pwrite(fd, bytes + first, second, ENTRIES_HEADER), second);
    assert_int_equal(pwrite(fd, bytes, first, ENTRIES_HEADER + second), first);
    assert_false(verify());
    said("entry 1 was changed, moved");
    close(fd);
}

static void damage_is_not_mistaken_for_a_torn_tail(void **state)
{
    (void)state;
    const char *why;
    small_log();
    int fd = open_file("entries");
    assert_int_equal(pwrite(fd, "X", 1, ENTRIES_HEADER + 130), 1);
    close(fd);
    char path[128];
    static const char *const extras[] = { "heads", "checkpoint", "stored" };
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, extras[i]);
        unlink(path);
    }
    assert_null(open_log_why(&why)); /* later commits stand on it */
    assert_non_null(strstr(why, "damaged"));
}

/* ---- bundles ---- */

static char *bundle_of(struct looklog *log, struct id who, const uint64_t *earlier, size_t count)
{
    struct out json;
    out_open(&json, 1 << 20);
    assert_true(
        looklog_bundle(log, arena, who, id_is(who, anna) ? &key_a : &key_b, earlier, count, &json));
    char *text = strndup(json.at, json.len);
    out_close(&json);
    return text;
}

static bool verify_bundle(const char *bundle, const char *earlier)
{
    out_clear(&report);
    return looklog_verify_bundle(str_of(bundle), str_of(earlier), &report, false);
}

/* LOOKLOG_SAMPLES=FOLDER keeps bundles for test/referee/bundle_test.sh and the fuzzers. */
static void keep_sample(const char *name, const char *text)
{
    const char *samples = getenv("LOOKLOG_SAMPLES");
    char path[512];
    if (!samples)
        return;
    snprintf(path, sizeof path, "%s/%s", samples, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void a_bundle_proves_itself(void **state)
{
    (void)state;
    small_log();
    struct looklog *log = open_log();
    char *january = bundle_of(log, anna, NULL, 0), *nobody = bundle_of(log, place, NULL, 0);
    struct out note;
    out_open(&note, 4096);
    looklog_checkpoint(log, &note);
    out_byte(&note, 0);
    assert_true(verify_bundle(january, NULL));
    said("all 7 entries are in the signed log of 11 entries");
    assert_true(verify_bundle(nobody, NULL));
    for (uint64_t i = 20; i < 29; i++)
        assert_true(look(log, i % 2 ? anna : bram, i));
    uint64_t sizes[] = { 11, 1, 4, 11, 7, 0, 500 };
    char *june = bundle_of(log, anna, sizes, 7), *alone = bundle_of(log, anna, NULL, 0);
    char *brams = bundle_of(log, bram, sizes, 7);
    assert_true(verify_bundle(june, january));
    said("nothing was changed since the earlier log of 11");
    assert_true(verify_bundle(june, note.at));
    assert_true(verify_bundle(june, june));
    assert_false(verify_bundle(january, june));
    said("wrong way round");
    assert_false(verify_bundle(alone, january));
    said("no proof from the earlier 11");
    assert_false(verify_bundle(brams, january));
    said("about somebody else");
    looklog_close(log);
    out_clear(&report);
    assert_int_equal(looklog_check_folder(folder, str_of(january), &report, false), LOOKLOG_GOOD);

    /* another history under the same key */
    remove_files();
    log = open_log();
    for (uint64_t i = 0; i < 30; i++)
        assert_true(look(log, anna, 100 + i));
    char *forked = bundle_of(log, anna, sizes, 7);
    assert_true(verify_bundle(forked, NULL));
    assert_false(verify_bundle(forked, january));
    said("The log was rewritten");
    looklog_close(log);
    out_clear(&report);
    assert_int_equal(looklog_check_folder(folder, str_of(january), &report, true), LOOKLOG_WRONG);
    said("Het logboek is herschreven");
    keep_sample("january.json", january), keep_sample("june.json", june);
    keep_sample("forked.json", forked), keep_sample("alone.json", alone);
    keep_sample("nobody.json", nobody), keep_sample("checkpoint", note.at);
    free(january), free(june), free(alone), free(brams), free(forked), free(nobody);
    out_close(&note);
}

static void must_fail(json_t *root, const char *what)
{
    char *text = json_dumps(root, 0);
    if (verify_bundle(text, NULL))
        fail_msg("edited unseen: %s in %s", what, text);
    free(text);
}

/* Every value in turn becomes another of its kind; every list and object loses and gains one. */
static void edit_everything(json_t *root, json_t *value, const char *name)
{
    size_t index;
    const char *key;
    json_t *one;
    void *next;
    if (json_is_string(value)) {
        char *old = strdup(json_string_value(value)), *new = strdup(old);
        for (size_t i = 0; i < strlen(old); i++) {
            new[i] = old[i] == 'A' ? 'B' : 'A';
            if (json_string_set(value, new) == 0) /* else it is no longer UTF-8 */
                must_fail(root, name);
            new[i] = old[i];
        }
        char *longer = malloc(strlen(old) + 2);
        sprintf(longer, "%s ", old);
        json_string_set(value, longer);
        must_fail(root, name);
        json_string_set(value, old);
        free(old), free(new), free(longer);
    } else if (json_is_integer(value)) {
        json_int_t old = json_integer_value(value);
        for (json_int_t i = -1; i < 40; i++)
            if (i != old) {
                json_integer_set(value, i);
                must_fail(root, name);
            }
        json_integer_set(value, old);
    } else if (json_is_array(value)) {
        json_array_foreach(value, index, one) edit_everything(root, one, name);
        for (index = 0; index < json_array_size(value); index++) {
            one = json_incref(json_array_get(value, index));
            json_array_remove(value, index);
            if (strcmp(name, "consistency") != 0) /* bringing less is no lie */
                must_fail(root, name);
            json_array_insert(value, index, one);
            json_array_insert_new(value, index, json_deep_copy(one));
            if (strcmp(name, "consistency") != 0)
                must_fail(root, name);
            json_array_remove(value, index);
            json_decref(one);
        }
    } else {
        json_object_set_new(value, "more", json_integer(1));
        must_fail(root, name);
        json_object_del(value, "more");
        json_object_foreach_safe(value, next, key, one)
        {
            edit_everything(root, one, key);
        }
        json_t *copy = json_copy(value);
        json_object_foreach(copy, key, one)
        {
            json_object_del(value, key);
            must_fail(root, key);
            json_object_set(value, key, one);
        }
        json_decref(copy);
    }
}

static void every_edit_of_a_bundle_is_found(void **state)
{
    (void)state;
    remove_files();
    struct looklog *log = open_log();
    for (uint64_t i = 0; i < 7; i++)
        assert_true(look(log, i % 2 ? anna : bram, i));
    uint64_t sizes[] = { 3, 4, 7 };
    char *bundle = bundle_of(log, anna, sizes, 3);
    looklog_close(log);
    json_t *root = json_loads(bundle, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    edit_everything(root, root, "bundle");
    char *same = json_dumps(root, 0);
    assert_true(verify_bundle(same, NULL));
    free(same), free(bundle);
    json_decref(root);
    assert_int_equal(looklog_check_bundle(STR("{"), STR(""), &report, false), LOOKLOG_UNREADABLE);
}

/* ---- dying ---- */

static int *acknowledged; /* shared with the child */
static int countdown;

static void die_at_last(char kind, int fd, uint64_t offset, size_t size)
{
    if (--countdown == 0) {
        if (kind == 'w' && size > 1) { /* half of it reaches the file */
            static const char junk[64] = { 1 };
            (void)!pwrite(fd, junk, size / 2 < 64 ? size / 2 : 64, (off_t)offset);
        }
        _exit(9);
    }
}

static void child_run(void)
{
    struct looklog *log = open_log();
    uint64_t start = looklog_size(log);
    for (uint64_t i = 0; i < 8; i++) {
        if (!look(log, i % 2 ? anna : bram, start + i))
            _exit(3);
        if (i % 2 == 1) {
            if (!looklog_commit(log))
                _exit(3);
            *acknowledged = (int)looklog_size(log);
        }
        if (i == 5) {
            struct out note;
            out_open(&note, 4096);
            looklog_checkpoint(log, &note);
            out_close(&note);
        }
    }
    looklog_close(log);
    _exit(0);
}

static void no_death_loses_what_was_acknowledged(void **state)
{
    (void)state;
    acknowledged = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(acknowledged != MAP_FAILED);
    remove_files();
    bool finished = false;
    int deaths = 0;
    for (int at = 1; !finished && at < 500; at++) {
        if (at % 7 == 0)
            remove_files(), *acknowledged = 0;
        pid_t child = fork();
        if (child == 0) {
            countdown = at;
            disk_watch(die_at_last);
            child_run();
        }
        int status;
        waitpid(child, &status, 0);
        finished = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        assert_true(finished || (WIFEXITED(status) && WEXITSTATUS(status) == 9));
        deaths += !finished;
        struct looklog *log = open_log();
        struct looklog_entry *entries = ARENA_MANY(arena, 4000, struct looklog_entry);
        uint64_t size = looklog_size(log);
        assert_true(size >= (uint64_t)*acknowledged);
        size_t of_anna = looklog_list(log, arena, anna, &key_a, 0, 4000, entries);
        for (size_t i = 0; i < of_anna; i++)
            assert_true(!entries[i].unreadable && entries[i].seq == of_anna - i);
        size_t of_bram = looklog_list(log, arena, bram, &key_b, 0, 4000, entries);
        assert_int_equal(of_anna + of_bram, size);
        looklog_close(log);
        if (!verify())
            fail_msg("killed at %d: %.*s", at, STR_FMT(out_str(&report)));
        arena_reset(arena);
    }
    print_message("# %d deaths\n", deaths);
    assert_true(finished && deaths > 20);
}

/* A file system of half a megabyte, for this process and its end only. */
static bool small_file_system(void)
{
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return false;
    (void)mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
    mkdir(folder, 0700);
    return mount("tmpfs", folder, "tmpfs", 0, "size=512k") == 0;
}

static bool fill(const char *path)
{
    static const char bytes[4096] = { 1 };
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    while (fd >= 0 && write(fd, bytes, sizeof bytes) > 0)
        ;
    return fd >= 0 && close(fd) == 0;
}

enum { CHILD_GOOD = 0, CHILD_SKIPPED = 77 };
#define CHILD_NEEDS(true_)                                                                         \
    do {                                                                                           \
        if (!(true_))                                                                              \
            _exit(__LINE__ % 70 + 1);                                                              \
    } while (0)

static void with_a_full_disk(void)
{
    struct looklog_entry entries[40];
    char path[128];
    if (!small_file_system())
        _exit(CHILD_SKIPPED);
    snprintf(path, sizeof path, "%s/filler", folder);
    struct looklog *log = open_log();
    for (uint64_t i = 0; i < 10; i++)
        CHILD_NEEDS(look(log, i % 2 ? anna : bram, i) && looklog_commit(log));
    CHILD_NEEDS(fill(path));
    bool full = false;
    uint64_t size = 10;
    for (uint64_t i = 0; !full && i < 2000; i++) { /* until the zeros written ahead are used */
        for (int j = 0; j < 40; j++)
            CHILD_NEEDS(look(log, j % 3 ? place : anna, 100 + i));
        full = !looklog_commit(log);
        size += full ? 0 : 40;
    }
    CHILD_NEEDS(full && looklog_size(log) == size);
    uint64_t of_place = (size - 10) / 40 * 26, of_anna = 5 + (size - 10) / 40 * 14;
    CHILD_NEEDS(looklog_last_seq(log, place) == of_place);
    CHILD_NEEDS(looklog_last_seq(log, anna) == of_anna && looklog_last_seq(log, bram) == 5);
    CHILD_NEEDS(looklog_list(log, arena, anna, &key_a, 0, 1, entries) == 1 &&
                entries[0].seq == of_anna && !entries[0].unreadable);
    unlink(path);
    CHILD_NEEDS(look(log, anna, 7) && look(log, bram, 8) && looklog_commit(log));
    CHILD_NEEDS(looklog_last_seq(log, anna) == of_anna + 1 && looklog_size(log) == size + 2);
    char *bundle = bundle_of(log, anna, &(uint64_t){ 10 }, 1);
    CHILD_NEEDS(verify_bundle(bundle, NULL));
    free(bundle);
    looklog_close(log);
    CHILD_NEEDS(verify());
    log = open_log();
    CHILD_NEEDS(looklog_size(log) == size + 2);
    looklog_close(log);
    _exit(CHILD_GOOD);
}

static void a_full_disk_leaves_the_log_as_it_was(void **state)
{
    (void)state;
    remove_files();
    pid_t child = fork();
    if (child == 0)
        with_a_full_disk();
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CHILD_SKIPPED)
        skip();
    assert_int_equal(WEXITSTATUS(status), CHILD_GOOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_what_was_looked_at),
        cmocka_unit_test(refuses_what_is_not_an_entry),
        cmocka_unit_test(values_survive_escaping),
        cmocka_unit_test(every_flipped_byte_is_found),
        cmocka_unit_test(every_cut_is_found),
        cmocka_unit_test(swapped_records_are_found),
        cmocka_unit_test(damage_is_not_mistaken_for_a_torn_tail),
        cmocka_unit_test(a_bundle_proves_itself),
        cmocka_unit_test(every_edit_of_a_bundle_is_found),
        cmocka_unit_test(no_death_loses_what_was_acknowledged),
        cmocka_unit_test(a_full_disk_leaves_the_log_as_it_was),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    say_least(SAY_ERROR);
    arena = arena_new(64 << 20);
    out_open(&report, 1 << 20);
    char *end = strrchr(folder, '/');
    *end = 0;
    if (!mkdtemp(folder))
        return 1;
    *end = '/';
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove_files();
    *end = 0;
    rmdir(folder);
    out_close(&report);
    arena_free(arena);
    return failed;
}
