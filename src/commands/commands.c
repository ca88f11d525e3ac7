#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "network", command_network, "what hangs on one person, and who loses whom when some leave" },
    { NULL, NULL, NULL },
};
