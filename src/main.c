/* main.c - the first word after `nabij` chooses the command. */
#include <stdio.h>
#include <string.h>

#include "commands/commands.h"

static void help(FILE *to)
{
    fputs("nabij: a platform for neighbourhood development\n\nUse: nabij COMMAND [options]\n\n",
          to);
    for (const struct command *c = commands; c->name; c++)
        fprintf(to, "  %-10s %s\n", c->name, c->about);
    fputs("\n`nabij COMMAND --help` explains a command, with an example.\n", to);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return EXIT_INPUT;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return EXIT_DONE;
    }
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(argv[1], c->name) == 0)
            return c->run(argc - 1, argv + 1);
    fprintf(stderr, "nabij: there is no command '%s'. `nabij --help` lists them.\n", argv[1]);
    return EXIT_INPUT;
}
