/* url.h - an address that a page may send somebody to.
 *
 * The only way to a `struct url` is url_check: http, https, mailto, or a path on this site. What
 * is not certainly one of these is refused, for a browser reads more into an address than a
 * person does: it drops tabs and newlines, and takes '\' for '/'. */
#ifndef NABIJ_WEB_URL_H
#define NABIJ_WEB_URL_H

#include "base/str.h"

struct url {
    struct str safe; /* still to be escaped for HTML; borrowed from what was checked */
};

enum { URL_LIMIT = 2000 };

/* False, and *url untouched, for anything but:
 *   /path            one '/' first, never "//"
 *   http://host…     also https; a host name or [IPv6], no user name before an '@'
 *   mailto:one@host  one address, no header fields
 * without white space, control bytes or any of \ " < > ^ ` { | }, at most URL_LIMIT bytes, UTF-8.
 */
bool url_check(struct str text, struct url *url);

#endif
