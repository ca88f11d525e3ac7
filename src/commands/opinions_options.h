/* commands/opinions_options.h - what was typed after `nabij opinions`. */
#ifndef NABIJ_COMMANDS_OPINIONS_OPTIONS_H
#define NABIJ_COMMANDS_OPINIONS_OPTIONS_H

#include "maths/opinions.h"

struct opinions_options {
    const char *file, *comments, *svg, *next; /* file is "-" for standard input */
    bool json, follow, progress;
    uint32_t threads;
    struct opinions_settings settings;
};

enum { OPTIONS_GO_ON = -1 };

/* OPTIONS_GO_ON, or the exit status: after --help, or with a sentence on standard error. */
int opinions_options_read(struct opinions_options *options, int argc, char **argv);

#endif
