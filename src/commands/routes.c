/* nabij routes - the audit page, on the command line. */
#include <stdio.h>

#include "commands/commands.h"
#include "commands/options.h"
#include "commands/rules.h"
#include "house/route.h"

static const char help[] =
    "nabij routes: every page and act, with the rule that says who may\n\n"
    "Use: nabij routes\n\n"
    "The same table that the program works by (src/routes.c): method, path, rule.\n";

int command_routes(int argc, char **argv)
{
    struct options options;
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    for (size_t i = 0; i < route_count; i++)
        printf("%-4s  %-36s  %s\n", routes[i].method == GET ? "GET" : "POST", routes[i].path,
               rule_name(routes[i].may));
    return EXIT_DONE;
}
