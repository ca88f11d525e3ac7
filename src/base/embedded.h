/* embedded.h - files that travel inside the program: the schema and the assets.
 *
 * tools/embed makes the table at build time, sorted by path; it ends with a NULL path. Bytes are
 * followed by a zero that `length` does not count. */
#ifndef NABIJ_BASE_EMBEDDED_H
#define NABIJ_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path; /* "assets/nabij.css" */
    const unsigned char *bytes;
    size_t length;
    const char *mark; /* changes when the bytes change; for caches */
};

extern const struct embedded embedded_files[];

#endif
