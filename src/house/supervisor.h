/* supervisor.h - starts the vault and the fronts, and starts them again when they fall.
 *
 * It opens the listening socket, parses nothing and holds no keys. When the supervisor goes, its
 * children notice and go too. */
#ifndef NABIJ_HOUSE_SUPERVISOR_H
#define NABIJ_HOUSE_SUPERVISOR_H

#include "house/config.h"

/* Serves until SIGTERM or SIGINT; the exit status. `ready` is called once everything runs. */
int supervisor_run(const struct config *config, void (*ready)(const struct config *config));

#endif
