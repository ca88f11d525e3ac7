/* front.h - where pages are read: parses strangers' bytes, renders, holds no keys, writes nothing.
 *
 * One process, one loop, no threads; there are as many fronts as the machine has cores, sharing
 * the listening socket. A page that needs something sealed, and every form that was sent, waits
 * for the vault's answer while the loop goes on. When the vault is restarted, whatever waits is
 * asked again: acts carry their own number, so nothing happens twice. */
#ifndef NABIJ_HOUSE_FRONT_H
#define NABIJ_HOUSE_FRONT_H

#include <stdint.h>

#include "house/config.h"

struct front_start {
    const struct config *config;
    int listen_fd;
    int control_fd; /* to the supervisor: fresh links to the vault come in, closing it means stop */
    int number;
    const _Atomic uint64_t *commits;
};

/* Runs until told to stop; the result is the process's exit status. */
int front_run(const struct front_start *start);

#endif
