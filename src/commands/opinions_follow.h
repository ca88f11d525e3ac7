/* commands/opinions_follow.h - keeps a map current while votes come in. */
#ifndef NABIJ_COMMANDS_OPINIONS_FOLLOW_H
#define NABIJ_COMMANDS_OPINIONS_FOLLOW_H

#include "commands/opinions_options.h"
#include "commands/opinions_read.h"

/* Reads `comment-id,voter-id,vote` lines from standard input. A batch ends at an empty line, or
 * when there is nothing to read at the moment, or at the end; after each batch the map is
 * refreshed and its key numbers are printed. A wrong line stops with exit status 2. */
int opinions_follow(struct opinions_table *table, const struct opinions_options *options,
                    struct opinions_team *team);

#endif
