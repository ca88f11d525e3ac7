/* nabij migrate - from any earlier schema to this program's. */
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/day.h"
#include "commands/commands.h"
#include "commands/options.h"
#include "db/migrate.h"

static const char help[] =
    "nabij migrate: bring a data folder up to this version\n\n"
    "Use: nabij migrate [--data DIR]\n\n"
    "Forward only. A copy of the database is put beside it first (before-upgrade-DAY.db).\n"
    "`nabij serve` does the same by itself; this command is for doing it at a quiet moment.\n"
    "Stop the server first.\n";

static void tell(const char *step)
{
    printf("done: %s\n", step);
}

int command_migrate(int argc, char **argv)
{
    struct options options;
    const char *why = "";
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
        fprintf(stderr, "nabij migrate: there is no nabij in %.*s.\n",
                STR_FMT(options.config.data));
        return EXIT_INPUT;
    }
    int waiting = migrate_waiting(path, &why);
    struct str stamp = moment_utc(options.arena, clock_now());
    char *backup = config_path(&options.config, options.arena,
                               str_print(options.arena, "before-upgrade-%.10s.db", stamp.at).at);
    if (waiting < 0 || !migrate_run(path, backup, tell, &why)) {
        fprintf(stderr, "nabij migrate: %s.\n", why);
        return EXIT_INPUT;
    }
    printf(waiting ? "This data folder is now up to date.\n" : "Nothing to do.\n");
    return EXIT_DONE;
}
