/* cookie_fuzz.c - cookies and wishes for a language, from anybody: a value lies within what was
 * sent and ends at a semicolon; a choice is one of those offered, and asking twice is the same. */
#include <stdlib.h>
#include <string.h>

#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str offered[] = { STR_INIT("nl"), STR_INIT("en"), STR_INIT("tr"),
                                      STR_INIT("ar"), STR_INIT("pl"), STR_INIT("zh-hant") };
enum { OFFERED = sizeof offered / sizeof *offered };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct str sent = { (const char *)data, size };
    request.header_count = 2;
    request.headers[0] = (struct header){ STR("cookie"), str_first(sent, size / 3) };
    request.headers[1] = (struct header){ STR("Cookie"), str_from(sent, size / 3) };
    struct str value = request_cookie(&request, STR("__Host-nabij"));
    if (value.at && (value.at < sent.at || value.at + value.len > sent.at + sent.len ||
                     (value.len && memchr(value.at, ';', value.len))))
        abort();
    size_t chosen = language_choose(sent, offered, OFFERED);
    if (chosen >= OFFERED || chosen != language_choose(sent, offered, OFFERED))
        abort();
    if (language_choose(sent, offered, 1) != 0)
        abort();
    return 0;
}
