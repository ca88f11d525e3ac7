#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "suggest", command_suggest, "who might like to meet whom, and why" },
    { NULL, NULL, NULL },
};
