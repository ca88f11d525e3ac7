/* nabij health - is a data folder sound? */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "commands/commands.h"
#include "commands/options.h"
#include "db/db.h"
#include "db/migrate.h"
#include "looklog/looklog.h"

static const char help[] =
    "nabij health: look a data folder over\n\n"
    "Use: nabij health [--data DIR]\n\n"
    "Checks that the database opens with this program's schema, is whole, and that the look log\n"
    "verifies. Says whether it is being served. Exit status 0: sound; 1: not.\n";

static bool served(struct options *options)
{
    int fd = open(config_path(&options->config, options->arena, "lock"), O_RDWR | O_CLOEXEC);
    bool taken = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
    if (fd >= 0)
        close(fd);
    return taken;
}

int command_health(int argc, char **argv)
{
    struct options options;
    const char *why = "";
    struct out report;
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    char *path = config_path(&options.config, options.arena, "nabij.db");
    if (access(path, F_OK) != 0) {
        printf("there is no nabij in %.*s\n", STR_FMT(options.config.data));
        return EXIT_NO;
    }
    printf("served: %s\n", served(&options) ? "yes" : "no");
    struct db *db = db_open(path, DB_READS, &why);
    bool whole = db && db_whole(db, &why);
    printf("database: %s\n", whole ? "whole" : why);
    db_close(db);
    out_open(&report, 1024 * 1024);
    bool good =
        looklog_verify_folder(config_path(&options.config, options.arena, "log"), &report, false);
    printf("look log: %s\n%.*s", good ? "verifies" : "does not verify", STR_FMT(out_str(&report)));
    out_close(&report);
    return whole && good ? EXIT_DONE : EXIT_NO;
}
