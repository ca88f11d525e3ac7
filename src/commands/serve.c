/* nabij serve - the platform itself, until it is told to stop. */
#include <stdio.h>

#include "base/log.h"
#include "commands/commands.h"
#include "commands/options.h"
#include "house/supervisor.h"

static const char help[] =
    "nabij serve: serve the neighbourhoods in a data folder\n\n"
    "Use: nabij serve [--data DIR] [--listen ADDRESS:PORT] [--set NAME=VALUE]\n\n"
    "  --data DIR     the data folder (default: data); made when it is not there\n"
    "  --listen A:P   where to serve (default: 127.0.0.1:8080). TLS stands in a proxy before it\n"
    "  --set N=V      any setting of `nabij config`, for this run only\n\n"
    "It runs one vault (the only writer; holds the keys) and a few fronts (parse and render; hold\n"
    "none), and starts either again when it falls. Ctrl-C or SIGTERM stops it; nothing is lost.\n\n"
    "Example:\n  nabij serve --data /var/lib/nabij --listen 127.0.0.1:8080\n";

static void ready(const struct config *config)
{
    say(SAY_INFO, "ready on http://%.*s/", STR_FMT(config->listen));
}

int command_serve(int argc, char **argv)
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
    say_from("serve");
    return supervisor_run(&options.config, ready);
}
