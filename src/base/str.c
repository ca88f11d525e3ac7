#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

struct str str_of(const char *zero_ended)
{
    return (struct str){ zero_ended, zero_ended ? strlen(zero_ended) : 0 };
}

bool str_is(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(struct str a, struct str b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.at, b.at, least) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str text, struct str with)
{
    return text.len >= with.len && str_is(str_first(text, with.len), with);
}

bool str_ends(struct str text, struct str with)
{
    return text.len >= with.len && str_is(str_from(text, text.len - with.len), with);
}

struct str str_from(struct str text, size_t start)
{
    if (start >= text.len)
        return (struct str){ text.at, 0 };
    return (struct str){ text.at + start, text.len - start };
}

struct str str_first(struct str text, size_t length)
{
    return (struct str){ text.at, length < text.len ? length : text.len };
}

size_t str_find(struct str text, struct str what)
{
    if (what.len == 0)
        return 0;
    if (what.len > text.len)
        return text.len;
    const char *found = memmem(text.at, text.len, what.at, what.len);
    return found ? (size_t)(found - text.at) : text.len;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

struct str str_trim(struct str text)
{
    while (text.len && is_space(text.at[0])) {
        text.at++;
        text.len--;
    }
    while (text.len && is_space(text.at[text.len - 1]))
        text.len--;
    return text;
}

bool str_split(struct str *text, char mark, struct str *part)
{
    if (!text->at)
        return false;
    const char *found = text->len ? memchr(text->at, mark, text->len) : NULL;
    if (!found) {
        *part = *text;
        *text = (struct str){ NULL, 0 };
        return true;
    }
    *part = str_first(*text, (size_t)(found - text->at));
    *text = (struct str){ found + 1, text->len - part->len - 1 };
    return true;
}

bool str_number(struct str text, int64_t *number)
{
    bool minus = text.len > 1 && text.at[0] == '-';
    if (text.len == 0)
        return false;
    int64_t sum = 0;
    for (size_t i = minus; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        int digit = text.at[i] - '0';
        if (__builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, minus ? -digit : digit, &sum))
            return false;
    }
    *number = sum;
    return true;
}

char *str_zero(struct arena *arena, struct str text)
{
    char *copy = arena_take(arena, text.len + 1);
    if (text.len)
        memcpy(copy, text.at, text.len);
    return copy;
}

struct str str_keep(struct arena *arena, struct str text)
{
    return (struct str){ str_zero(arena, text), text.len };
}

struct str str_print(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        length = 0;
    char *text = arena_take(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return (struct str){ text, (size_t)length };
}

/* How many bytes the character at p takes, or 0 when it is not a good one. */
static size_t utf8_one(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c == 0)
        return 0;
    if (c < 0x80)
        return 1;
    size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
    if (c < 0xc2 || c > 0xf4 || more >= left)
        return 0;
    for (size_t i = 1; i <= more; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (c == 0xe0 && p[1] < 0xa0) || (c == 0xf0 && p[1] < 0x90);
    bool surrogate = c == 0xed && p[1] > 0x9f;
    bool too_high = c == 0xf4 && p[1] > 0x8f;
    return overlong || surrogate || too_high ? 0 : more + 1;
}

bool str_utf8(struct str text, size_t *where)
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.len;) {
        size_t step = utf8_one(bytes + i, text.len - i);
        if (step == 0) {
            if (where)
                *where = i;
            return false;
        }
        i += step;
    }
    return true;
}

size_t str_characters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return count;
}
