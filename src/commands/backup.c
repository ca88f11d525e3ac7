/* nabij backup, nabij restore - keeping a copy and putting it back; the key stays apart. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "commands/commands.h"
#include "commands/options.h"
#include "db/db.h"
#include "db/secrets.h"

static const char help_backup[] =
    "nabij backup: copy a data folder, as of one moment, while it is served\n\n"
    "Use: nabij backup TO [--data DIR] [--keys]\n\n"
    "Puts nabij.db and the look log in the new folder TO. The instance key is never in it; "
    "without\n"
    "--keys the people's wrapped keys and passphrases are not either. Keep a copy of those\n"
    "(--keys) apart, and throw it away within 30 days: who is erased must stay erased.\n"
    "Without the instance key (instance.key) what is sealed cannot be read again.\n\n"
    "Example:\n  nabij backup /mnt/disk/nabij-2026-11-24 --data /var/lib/nabij\n";

static const char help_restore[] =
    "nabij restore: put a copy back in an empty data folder\n\n"
    "Use: nabij restore FROM [--data DIR]\n\n"
    "DIR must not hold a nabij yet. Copies what `nabij backup` made (also of --keys). Put\n"
    "instance.key in DIR yourself afterwards, mode 0600.\n\n"
    "Example:\n  nabij restore /mnt/disk/nabij-2026-11-24 --data /var/lib/nabij\n";

static bool copy_file(const char *from, const char *to)
{
    char bytes[65536];
    ssize_t got = 0;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = out >= 0;
    while (good && (got = read(in, bytes, sizeof bytes)) > 0)
        good = write(out, bytes, (size_t)got) == got;
    good = good && got == 0 && fsync(out) == 0;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return good;
}

/* Append-only files: a copy taken while they grow is a good log that is a little shorter. */
static bool copy_folder(struct arena *arena, const char *from, const char *to)
{
    struct dirent *entry;
    DIR *dir = opendir(from);
    bool good = dir && (mkdir(to, 0700) == 0 || errno == EEXIST);
    while (good && (entry = readdir(dir))) {
        struct stat st;
        char *source = str_zero(arena, str_print(arena, "%s/%s", from, entry->d_name));
        char *target = str_zero(arena, str_print(arena, "%s/%s", to, entry->d_name));
        if (stat(source, &st) == 0 && S_ISREG(st.st_mode))
            good = copy_file(source, target);
    }
    if (dir)
        closedir(dir);
    return good;
}

static bool copy_database(struct options *o, const char *to, const char **why)
{
    struct db *db = db_open(config_path(&o->config, o->arena, "nabij.db"), DB_READS, why);
    char *target = str_zero(o->arena, str_print(o->arena, "%s/nabij.db", to));
    bool good = db && db_copy(db, target, why);
    db_close(db);
    if (good)
        chmod(target, 0600);
    return good;
}

static bool copy_secrets(struct options *o, const char *to, const char **why)
{
    struct secrets *secrets = secrets_open(config_path(&o->config, o->arena, "vault.db"), why);
    char *target = str_zero(o->arena, str_print(o->arena, "%s/vault.db", to));
    bool good = secrets && secrets_copy(secrets, target, why);
    secrets_close(secrets);
    if (good)
        chmod(target, 0600);
    return good;
}

int command_backup(int argc, char **argv)
{
    struct options o;
    const char *why = "";
    switch (options_read(&o, argc, argv, help_backup)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    if (o.rest_count != 1) {
        fputs("nabij backup: expected the new folder to copy to. --help explains.\n", stderr);
        return EXIT_INPUT;
    }
    const char *to = o.rest[0];
    if (mkdir(to, 0700) != 0) {
        fprintf(stderr, "nabij backup: %s: %s. It must be a new folder.\n", to, strerror(errno));
        return EXIT_INPUT;
    }
    /* The log first: a database that speaks of fewer looks than the log holds is harmless. */
    char *log_to = str_zero(o.arena, str_print(o.arena, "%s/log", to));
    bool good = copy_database(&o, to, &why);
    if (good && o.keys)
        good = copy_secrets(&o, to, &why);
    if (good && !copy_folder(o.arena, config_path(&o.config, o.arena, "log"), log_to)) {
        good = false;
        why = "the look log could not be copied";
    }
    if (!good) {
        fprintf(stderr, "nabij backup: %s.\n", why);
        return EXIT_BROKEN;
    }
    printf("Copied to %s%s. The instance key is not in it: keep that apart.\n", to,
           o.keys ? ", with the wrapped keys" : "");
    return EXIT_DONE;
}

int command_restore(int argc, char **argv)
{
    struct options o;
    struct stat st;
    switch (options_read(&o, argc, argv, help_restore)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    char *to = str_zero(o.arena, o.config.data);
    if (o.rest_count != 1) {
        fputs("nabij restore: expected the folder to restore from. --help explains.\n", stderr);
        return EXIT_INPUT;
    }
    if (stat(config_path(&o.config, o.arena, "nabij.db"), &st) == 0) {
        fprintf(stderr, "nabij restore: %s holds a nabij already; nothing was changed.\n", to);
        return EXIT_INPUT;
    }
    char *from_log = str_zero(o.arena, str_print(o.arena, "%s/log", o.rest[0]));
    if ((mkdir(to, 0700) != 0 && errno != EEXIST) || !copy_folder(o.arena, o.rest[0], to) ||
        !copy_folder(o.arena, from_log, config_path(&o.config, o.arena, "log"))) {
        fprintf(stderr, "nabij restore: %s could not be copied to %s: %s.\n", o.rest[0], to,
                strerror(errno));
        return EXIT_INPUT;
    }
    printf("Restored to %s.\n", to);
    if (stat(config_path(&o.config, o.arena, "instance.key"), &st) != 0)
        printf("Now put instance.key there (mode 0600).\n");
    return EXIT_DONE;
}
