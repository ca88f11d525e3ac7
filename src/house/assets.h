/* assets.h - what needs no database: the style sheet, the script, the look log's public files. */
#ifndef NABIJ_HOUSE_ASSETS_H
#define NABIJ_HOUSE_ASSETS_H

#include "web/server.h"
#include "web/url.h"

/* True when it was one of these and has been answered. log_fd: the look log's folder, or -1. */
bool assets_serve(struct exchange *exchange, const struct request *request, int log_fd);

/* Where an asset ("nabij.css") is to be fetched; changes when its bytes change. Its memory is the
 * program's own. */
struct url asset_url(const char *name);

/* Header lines that every answer carries. */
extern const struct str headers_always;

#endif
