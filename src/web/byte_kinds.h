/* byte_kinds.h - what each byte may be in an HTTP request, as one table.
 *
 * Sources: RFC 9110 section 5.6.2 (token) and 5.5 (field values), RFC 3986 section 3.3 (paths) and
 * 3.2.2 (hosts). A percent sign is in none of the target kinds: it is checked with what follows. */
#ifndef NABIJ_WEB_BYTE_KINDS_H
#define NABIJ_WEB_BYTE_KINDS_H

#include "base/str.h"

enum {
    BYTE_TOKEN = 1, /* methods and field names */
    BYTE_PATH = 2,  /* paths; a query may have '?' besides */
    BYTE_VALUE = 4, /* field values: visible, space, tab, and bytes above 127 */
    BYTE_HOST = 8,  /* registered names and IPv4 addresses */
    BYTE_HEX = 16
};

extern const uint8_t byte_kinds[256];

static inline bool byte_is(char byte, unsigned kind)
{
    return (byte_kinds[(unsigned char)byte] & kind) != 0;
}

/* The value of a hexadecimal digit; only for bytes that are BYTE_HEX. */
static inline unsigned byte_hex(char byte)
{
    unsigned c = (unsigned char)byte;
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static inline char byte_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Equal but for the case of ASCII letters, whatever the locale. */
bool text_same(struct str a, struct str b);

#endif
