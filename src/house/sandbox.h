/* sandbox.h - what a process gives up for good once it has started.
 *
 * Landlock (files) and seccomp (system calls), each as far as the kernel knows them; what is
 * missing is said once in the log. False: something is there but refused to work; do not start.
 *
 * The front keeps: reading nabij.db and the look log's public files, sharing SQLite's lock page,
 * talking over sockets it already has or accepts. The vault keeps: the data folder. Neither can
 * start programs, open other files, connect anywhere or trace anything. */
#ifndef NABIJ_HOUSE_SANDBOX_H
#define NABIJ_HOUSE_SANDBOX_H

#include "house/config.h"

bool sandbox_front(const struct config *config, struct arena *arena);
bool sandbox_vault(const struct config *config, struct arena *arena);

#endif
