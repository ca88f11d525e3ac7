/* request_form.c - what was filled in: percent-decoded once, and real text or nothing. */
#include "web/request.h"

#include <string.h>

#include "base/arena.h"
#include "web/byte_kinds.h"

/* The decoding can only make text shorter, so `room` needs text.len bytes. False on a % without
 * two digits. */
static bool decode(struct str text, bool plus_is_space, char *room, size_t *length)
{
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '%') {
            if (text.len - i < 3 || !byte_is(text.at[i + 1], BYTE_HEX) ||
                !byte_is(text.at[i + 2], BYTE_HEX))
                return false;
            c = (char)(byte_hex(text.at[i + 1]) << 4 | byte_hex(text.at[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        room[used++] = c;
    }
    *length = used;
    return true;
}

/* Browsers send every line end of a text area as CRLF; inside, a line ends in LF, and so does one
 * that ended in a CR alone. */
static size_t unix_lines(char *text, size_t length)
{
    const char *first = length ? memchr(text, '\r', length) : NULL;
    if (!first)
        return length;
    size_t used = (size_t)(first - text);
    for (size_t i = used; i < length; i++) {
        bool cr = text[i] == '\r';
        if (cr && i + 1 < length && text[i + 1] == '\n')
            continue;
        text[used++] = cr ? '\n' : text[i];
    }
    return used;
}

static bool decode_text(struct arena *arena, struct str raw, bool form, struct str *decoded)
{
    char *room = arena_take(arena, raw.len + 1);
    size_t length;
    if (!decode(raw, form, room, &length) || !str_utf8((struct str){ room, length }, NULL))
        return false;
    if (form)
        length = unix_lines(room, length);
    room[length] = 0;
    *decoded = (struct str){ room, length };
    return true;
}

enum form_result form_parse(struct arena *arena, struct str body, struct field *fields,
                            size_t *count)
{
    struct str rest = body.len ? body : (struct str){ NULL, 0 }, pair, name;
    *count = 0;
    while (str_split(&rest, '&', &pair)) {
        if (pair.len == 0)
            continue;
        if (*count == FORM_FIELDS)
            return FORM_TOO_MANY;
        struct str value = pair;
        str_split(&value, '=', &name);
        struct field *field = &fields[*count];
        if (!decode_text(arena, name, true, &field->name) ||
            !decode_text(arena, value, true, &field->value))
            return FORM_ENCODING;
        if (field->name.len > FORM_NAME_BYTES)
            return FORM_TOO_MANY;
        ++*count;
    }
    return FORM_GOOD;
}

bool path_decode(struct arena *arena, struct str segment, struct str *decoded)
{
    return decode_text(arena, segment, false, decoded);
}
