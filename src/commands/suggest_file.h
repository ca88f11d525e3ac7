/* suggest_file.h - a whole file, or standard input ("-"), in memory. */
#ifndef NABIJ_COMMANDS_SUGGEST_FILE_H
#define NABIJ_COMMANDS_SUGGEST_FILE_H

#include "base/str.h"

/* False with a sentence on standard error. Give text->at back to memory_free. */
bool suggest_file_read(const char *path, struct str *text);

#endif
