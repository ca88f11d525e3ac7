/* vault_process.h - the vault as a process: links to the fronts, batches, quiet moments. */
#ifndef NABIJ_HOUSE_VAULT_PROCESS_H
#define NABIJ_HOUSE_VAULT_PROCESS_H

#include <stdint.h>

#include "house/config.h"

/* Says 'r' over control_fd when it is ready; gets links there; closing it means stop. */
int vault_run(const struct config *config, int control_fd, _Atomic uint64_t *commits);

#endif
