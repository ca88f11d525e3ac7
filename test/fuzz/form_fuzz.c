/* form_fuzz.c - a form is real text or it is refused; what comes out can be sent again and comes
 * out the same. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct str text)
{
    if (!str_utf8(text, NULL) || memchr(text.at, 0, text.len) || memchr(text.at, '\r', text.len) ||
        text.at[text.len] != 0)
        abort();
}

static void once_more(struct arena *arena, const struct field *fields, size_t count)
{
    static struct field again[FORM_FIELDS];
    struct out out;
    size_t found;
    out_open(&out, 4 * 1024 * 1024);
    for (size_t i = 0; i < count; i++) {
        out_url_part(&out, fields[i].name);
        out_byte(&out, '=');
        out_url_part(&out, fields[i].value);
        out_byte(&out, '&');
    }
    if (form_parse(arena, out_str(&out), again, &found) != FORM_GOOD || found != count)
        abort();
    for (size_t i = 0; i < count; i++)
        if (!str_is(fields[i].name, again[i].name) || !str_is(fields[i].value, again[i].value))
            abort();
    out_close(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct field fields[FORM_FIELDS];
    struct str body = { (const char *)data, size }, decoded;
    size_t count;
    if (size > 64 * 1024)
        return 0;
    struct arena *arena = arena_new(16 * 1024 * 1024);
    enum form_result result = form_parse(arena, body, fields, &count);
    if (count > FORM_FIELDS)
        abort();
    for (size_t i = 0; i < count; i++) {
        check_text(fields[i].name);
        check_text(fields[i].value);
    }
    if (result == FORM_GOOD)
        once_more(arena, fields, count);
    if (path_decode(arena, body, &decoded) &&
        (!str_utf8(decoded, NULL) || decoded.len > size || decoded.at[decoded.len] != 0))
        abort();
    arena_free(arena);
    return 0;
}
