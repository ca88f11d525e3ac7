#include "base/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

void out_open(struct out *out, size_t limit)
{
    *out = (struct out){ .limit = limit };
}

void out_close(struct out *out)
{
    memory_free(out->at);
    *out = (struct out){ 0 };
}

void out_clear(struct out *out)
{
    out->len = 0;
    out->overflow = false;
}

struct str out_str(const struct out *out)
{
    return (struct str){ out->at, out->len };
}

char *out_room(struct out *out, size_t more)
{
    if (more > out->limit - out->len) {
        out->overflow = true;
        return NULL;
    }
    if (out->len + more > out->room) {
        size_t room = out->room ? out->room : 4096;
        while (room < out->len + more)
            room *= 2;
        out->at = memory_grow(out->at, room, 1);
        out->room = room;
    }
    return out->at + out->len;
}

void out_raw(struct out *out, struct str bytes)
{
    char *room = bytes.len ? out_room(out, bytes.len) : NULL;
    if (!room)
        return;
    memcpy(room, bytes.at, bytes.len);
    out->len += bytes.len;
}

void out_byte(struct out *out, char byte)
{
    out_raw(out, (struct str){ &byte, 1 });
}

void out_print(struct out *out, const char *format, ...)
{
    char small[256];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length > 0 && (size_t)length < sizeof small) {
        out_raw(out, (struct str){ small, (size_t)length });
    } else if (length > 0) {
        char *room = out_room(out, (size_t)length + 1);
        if (room) {
            vsnprintf(room, (size_t)length + 1, format, again);
            out->len += (size_t)length;
        }
    }
    va_end(again);
}

static struct str escape_of(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    case '\'':
        return STR("&#39;");
    default:
        return (struct str){ NULL, 0 };
    }
}

void out_text(struct out *out, struct str text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        struct str escaped = escape_of(text.at[i]);
        if (!escaped.at)
            continue;
        out_raw(out, (struct str){ text.at + start, i - start });
        out_raw(out, escaped);
        start = i + 1;
    }
    out_raw(out, str_from(text, start));
}

void out_html(struct out *out, struct html html)
{
    out_raw(out, html.safe);
}

void out_number(struct out *out, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
    out_raw(out, (struct str){ digits, (size_t)length });
}

void out_url_part(struct out *out, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out_byte(out, (char)c);
        } else {
            char three[3] = { '%', hex[c >> 4], hex[c & 15] };
            out_raw(out, (struct str){ three, 3 });
        }
    }
}
