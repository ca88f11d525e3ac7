#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "log", command_log, "check the log of who looked at what (verify)" },
    { NULL, NULL, NULL },
};
