/* nabij config - what is set, and what can be set. */
#include <stdio.h>

#include "commands/commands.h"
#include "commands/options.h"

static const char help[] =
    "nabij config: show the settings in force, or all that can be set\n\n"
    "Use: nabij config [--data DIR] [--example]\n\n"
    "  --example   print nabij.conf.example: every setting with its range and what it means\n\n"
    "Settings come from DIR/nabij.conf; `nabij serve --set NAME=VALUE` overrides one for a run.\n\n"
    "Example:\n  nabij config --example > data/nabij.conf\n";

int command_config(int argc, char **argv)
{
    struct options options;
    struct out text;
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    out_open(&text, 64 * 1024);
    config_print(&options.config, &text, options.example);
    fwrite(text.at, 1, text.len, stdout);
    out_close(&text);
    return EXIT_DONE;
}
