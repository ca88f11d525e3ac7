/* chunked.h - a body that comes in chunks, taken apart as strictly as it can be written.
 *
 * RFC 9112 section 7.1, less what no browser sends: chunk extensions and trailers are refused,
 * and so is a size of more than eight digits. Bytes may come cut anywhere. */
#ifndef NABIJ_WEB_CHUNKED_H
#define NABIJ_WEB_CHUNKED_H

#include "base/str.h"

struct chunked {
    uint64_t left; /* of the chunk being read */
    uint8_t step, digits;
};

enum chunked_result {
    CHUNKED_MORE,  /* all bytes were used, none of them data of the body */
    CHUNKED_PIECE, /* *piece is a part of the body; call again with what follows *used */
    CHUNKED_END,   /* the body is whole; the next request begins after *used */
    CHUNKED_BAD
};

/* Begin with a zeroed struct. *piece points into `bytes`. */
enum chunked_result chunked_read(struct chunked *chunked, struct str bytes, size_t *used,
                                 struct str *piece, const char **why);

#endif
