#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "tables", command_tables, "who sits where, so that nobody meets anybody twice" },
    { NULL, NULL, NULL },
};
