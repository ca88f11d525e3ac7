#include "web/url.h"

#include <string.h>
#include <strings.h>

static bool plain_bytes(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c <= ' ' || c == 0x7f || strchr("\\\"<>^`{|}", c))
            return false;
    }
    return text.len > 0 && text.len <= URL_LIMIT && str_utf8(text, NULL);
}

/* Without the scheme in front, or false. Schemes are ASCII, in either case (RFC 3986, 3.1). */
static bool after_scheme(struct str text, struct str scheme, struct str *rest)
{
    if (text.len < scheme.len || strncasecmp(text.at, scheme.at, scheme.len) != 0)
        return false;
    *rest = str_from(text, scheme.len);
    return true;
}

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool good_host(struct str rest)
{
    size_t length = 0;
    while (length < rest.len && !strchr("/?#", rest.at[length]))
        length++;
    struct str host = str_first(rest, length);
    bool begins = host.len && (letter_or_digit(host.at[0]) || host.at[0] == '[' ||
                               (unsigned char)host.at[0] >= 0x80);
    for (size_t i = 0; i < host.len; i++)
        if (host.at[i] == '@' || host.at[i] == '%')
            return false;
    return begins;
}

static bool good_mailbox(struct str rest)
{
    size_t at = str_find(rest, STR("@"));
    for (size_t i = 0; i < rest.len; i++)
        if (i != at && !letter_or_digit(rest.at[i]) && !strchr(".-_+", rest.at[i]))
            return false;
    return at > 0 && at + 1 < rest.len;
}

bool url_check(struct str text, struct url *url)
{
    struct str rest;
    bool good = false;
    if (!plain_bytes(text))
        return false;
    if (text.at[0] == '/')
        good = text.len == 1 || text.at[1] != '/';
    else if (after_scheme(text, STR("https://"), &rest) ||
             after_scheme(text, STR("http://"), &rest))
        good = good_host(rest);
    else if (after_scheme(text, STR("mailto:"), &rest))
        good = good_mailbox(rest);
    if (good)
        url->safe = text;
    return good;
}
