/* options.h - what every command of the platform reads: --data DIR, --listen, --set, --help. */
#ifndef NABIJ_COMMANDS_OPTIONS_H
#define NABIJ_COMMANDS_OPTIONS_H

#include "house/config.h"

struct options {
    struct config config;
    struct arena *arena;
    char *rest[8]; /* words that are not options */
    int rest_count;
    bool json, example, keys;
    const char *language;
    struct str name, slug, about;
};

enum options_result { OPTIONS_GO, OPTIONS_HELPED, OPTIONS_WRONG };

/* Reads the command line over nabij.conf over the defaults. On --help prints `help`
 * (OPTIONS_HELPED); on a mistake says what is expected on standard error (OPTIONS_WRONG: exit with
 * EXIT_INPUT). */
enum options_result options_read(struct options *options, int argc, char **argv, const char *help);

#endif
