/* commands/opinions_files.h - whole files in and out: what is written is written whole or not. */
#ifndef NABIJ_COMMANDS_OPINIONS_FILES_H
#define NABIJ_COMMANDS_OPINIONS_FILES_H

#include "base/out.h"

/* The whole of a file, or of standard input for "-", into an open `out`. False with a sentence
 * on standard error when it cannot be read or is larger than the out's limit. */
bool file_read(const char *path, struct out *into);

/* To a new file next to `path`, then renamed over it. False with a sentence on standard error. */
bool file_write(const char *path, struct str bytes);

#endif
