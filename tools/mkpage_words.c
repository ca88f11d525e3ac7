/* mkpage_words.c - which attributes are followed, obeyed or read; what is a letter. */
#include <string.h>

#include "tools/mkpage.h"

bool word_is(const struct word *word, const char *text)
{
    return str_is((struct str){ word->at, word->len }, str_of(text));
}

bool word_in(const struct word *word, const char *const *list)
{
    for (; *list; list++)
        if (word_is(word, *list))
            return true;
    return false;
}

enum attribute attribute_kind(const struct word *name)
{
    static const char *const addresses[] = { "href",       "src",        "action",   "formaction",
                                             "poster",     "cite",       "srcset",   "data",
                                             "xlink:href", "background", "manifest", "ping",
                                             NULL };
    static const char *const read[] = { "title",
                                        "alt",
                                        "placeholder",
                                        "aria-label",
                                        "aria-description",
                                        "aria-roledescription",
                                        "aria-valuetext",
                                        "aria-placeholder",
                                        "label",
                                        "abbr",
                                        NULL };
    if ((name->len >= 2 && memcmp(name->at, "on", 2) == 0) || word_is(name, "style") ||
        word_is(name, "srcdoc"))
        return ATTRIBUTE_NEVER;
    return word_in(name, addresses) ? ATTRIBUTE_ADDRESS
           : word_in(name, read)    ? ATTRIBUTE_READ
                                    : ATTRIBUTE_PLAIN;
}

/* Letters by their place in Unicode; signs, arrows, dashes and pictures are not read aloud. */
static bool is_letter_point(uint32_t p)
{
    bool latin = (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
    bool more = p >= 0xc0 && p <= 0x1fff && p != 0xd7 && p != 0xf7;
    bool east = p >= 0x2c00 && p <= 0xd7ff && !(p >= 0x2e00 && p <= 0x2e7f) &&
                !(p >= 0x3000 && p <= 0x303f);
    return latin || more || east || (p >= 0xf900 && p <= 0xfdff) || (p >= 0xfe70 && p <= 0xfefe);
}

bool is_html_letter(struct str text, size_t *length)
{
    const unsigned char *b = (const unsigned char *)text.at;
    size_t size = b[0] < 0x80 ? 1 : b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
    uint32_t point = size == 1 ? b[0] : b[0] & (0x3fu >> (size - 1));
    for (size_t i = 1; i < size && i < text.len; i++)
        point = point << 6 | (b[i] & 0x3fu);
    *length = size;
    return is_letter_point(point);
}

/* &name; and &#1; may hold letters: they are signs. */
size_t entity_length(struct str rest)
{
    size_t length = 1;
    while (length < rest.len && length < 12 &&
           (is_letter(rest.at[length]) || is_digit(rest.at[length]) || rest.at[length] == '#'))
        length++;
    return rest.at[0] == '&' && length > 1 && length < rest.len && rest.at[length] == ';'
               ? length + 1
               : 0;
}
