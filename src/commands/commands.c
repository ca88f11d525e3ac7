#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "network", command_network, "what hangs on one person, and who loses whom when some leave" },
    { "cascade", command_cascade, "what grew from what: reach, generations, what is still alive" },
    { NULL, NULL, NULL },
};
