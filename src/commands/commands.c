#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "opinions", command_opinions, "where do we agree? people and statements on a map" },
    { NULL, NULL, NULL },
};
