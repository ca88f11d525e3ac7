#include "commands/commands.h"

#include <stddef.h>

const struct command commands[] = {
    { "serve", command_serve, "serve the neighbourhoods in a data folder" },
    { "demo", command_demo, "make a demonstration neighbourhood of invented people" },
    { "place", command_place, "begin a neighbourhood, with a key card for its host" },
    { "article", command_article, "put a text on the neighbourhood's page (import)" },
    { "config", command_config, "show the settings in force, or all that can be set" },
    { "routes", command_routes, "every page and act, with the rule that says who may" },
    { "migrate", command_migrate, "bring a data folder up to this version" },
    { "backup", command_backup, "copy a data folder while it is served" },
    { "restore", command_restore, "put a copy back in an empty data folder" },
    { "health", command_health, "look a data folder over" },
    { "log", command_log, "check the log of who looked at what (verify)" },
    { "opinions", command_opinions, "where do we agree? people and statements on a map" },
    { "suggest", command_suggest, "who might like to meet whom, and why" },
    { "network", command_network, "what hangs on one person, and who loses whom when some leave" },
    { "cascade", command_cascade, "what grew from what: reach, generations, what is still alive" },
    { NULL, NULL, NULL },
};
