#include "articles/import_lines.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool text_said_before(struct str a, struct str b)
{
    return a.len == b.len && text_starts(a, b);
}

bool text_starts(struct str text, struct str with)
{
    return text.len >= with.len && (with.len == 0 || strncasecmp(text.at, with.at, with.len) == 0);
}

/* Pages are full of no-break spaces and invisible signs, also in the middle of a line. They become
 * one plain space, or nothing, so that what looks the same is the same. */
static struct str plain_spaces(struct arena *arena, struct str text)
{
    static const struct {
        struct str sign;
        bool space;
    } signs[] = {
        { STR_INIT("\xc2\xa0"), true },      { STR_INIT("\xe2\x80\xaf"), true },
        { STR_INIT("\xe2\x80\x8b"), false }, { STR_INIT("\xef\xbb\xbf"), false },
        { STR_INIT("\xc2\xad"), false },
    };
    char *plain = arena_take(arena, text.len + 1);
    size_t length = 0;
    while (text.len) {
        size_t s = 0;
        while (s < COUNT(signs) && !str_starts(text, signs[s].sign))
            s++;
        bool space = s == COUNT(signs) ? text.at[0] == ' ' : signs[s].space;
        if (space && (length == 0 || plain[length - 1] != ' '))
            plain[length++] = ' ';
        else if (!space && s == COUNT(signs))
            plain[length++] = text.at[0];
        text = str_from(text, s == COUNT(signs) ? 1 : signs[s].sign.len);
    }
    return (struct str){ plain, length };
}

struct line *lines_cut(struct arena *arena, struct str text, size_t most, size_t *count)
{
    struct line *lines = ARENA_MANY(arena, most + 1, struct line);
    size_t number = 0, gap = 0;
    struct str part;
    *count = 0;
    text = plain_spaces(arena, text);
    while (*count <= most && str_split(&text, '\n', &part)) {
        struct str kept = str_trim(part);
        number++;
        if (kept.len == 0) {
            gap++;
            continue;
        }
        lines[(*count)++] = (struct line){ kept, number, gap, false };
        gap = 0;
    }
    return lines;
}

bool line_author(struct str text, struct str *name, bool *portrait)
{
    static const struct {
        struct str words;
        bool portrait;
    } marks[] = {
        { STR_INIT("afbeelding van "), true }, /* not shown */
        { STR_INIT("portret van "), true },    /* not shown */
        { STR_INIT("picture of "), true },     /* not shown */
        { STR_INIT("portrait of "), true },    /* not shown */
        { STR_INIT("image of "), true },       /* not shown */
        { STR_INIT("auteur:"), false },
        { STR_INIT("author:"), false },
        { STR_INIT("geschreven door "), false }, /* not shown */
        { STR_INIT("written by "), false },      /* not shown */
        { STR_INIT("door "), false },            /* not shown */
        { STR_INIT("by "), false },              /* not shown */
        { STR_INIT("tekst:"), false },
    };
    enum { LONGEST_NAME = 80 };
    for (size_t i = 0; i < COUNT(marks); i++) {
        struct str rest = str_trim(str_from(text, marks[i].words.len));
        if (!text_starts(text, marks[i].words) || rest.len == 0 || !line_is_short(rest) ||
            str_characters(rest) > LONGEST_NAME)
            continue;
        *name = rest;
        *portrait = marks[i].portrait;
        return true;
    }
    return false;
}

bool line_kind(struct str text)
{
    static const struct str kinds[] = {
        STR_INIT("blog"),        STR_INIT("artikel"),     STR_INIT("article"),
        STR_INIT("interview"),   STR_INIT("column"),      STR_INIT("nieuws"),
        STR_INIT("news"),        STR_INIT("verhaal"),     STR_INIT("story"),
        STR_INIT("opinie"),      STR_INIT("opinion"),     STR_INIT("essay"),
        STR_INIT("achtergrond"), STR_INIT("recensie"),    STR_INIT("review"),
        STR_INIT("reportage"),   STR_INIT("podcast"),     STR_INIT("video"),
        STR_INIT("publicatie"),  STR_INIT("publication"), STR_INIT("portret"),
        STR_INIT("agenda"),      STR_INIT("ervaring"),    STR_INIT("background"),
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (text_said_before(text, kinds[i]))
            return true;
    return false;
}

static bool says_licence(struct str text)
{
    static const struct str words[] = {
        STR_INIT("creative commons"), /* not shown */
        STR_INIT("cc "),              /* not shown */
        STR_INIT("cc-"),
        STR_INIT("cc0"),
        STR_INIT("licen"),
        STR_INIT("publi"),
        STR_INIT("rechtenvrij"),
        STR_INIT("unsplash"),
        STR_INIT("copyright"),
    };
    for (size_t i = 0; i < text.len; i++)
        for (size_t w = 0; w < COUNT(words); w++)
            if (text_starts(str_from(text, i), words[w]))
                return true;
    return text_said_before(text, STR("cc"));
}

bool line_photo(struct str text, struct str *credit, struct str *licence)
{
    static const struct str marks[] = {
        STR_INIT("foto:"),      /* not shown */
        STR_INIT("photo:"),     /* not shown */
        STR_INIT("beeld:"),     /* not shown */
        STR_INIT("image:"),     /* not shown */
        STR_INIT("fotograaf:"), /* not shown */
        STR_INIT("foto door "), /* not shown */
        STR_INIT("photo by "),  /* not shown */
    };
    *licence = (struct str){ "", 0 };
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (!text_starts(text, marks[i]))
            continue;
        *credit = str_trim(str_from(text, marks[i].len));
        const char *open = credit->len ? memrchr(credit->at, '(', credit->len) : NULL;
        if (open && str_ends(*credit, STR(")"))) {
            size_t before = (size_t)(open - credit->at);
            struct str inside = { open + 1, credit->len - before - 2 };
            if (says_licence(inside)) {
                *licence = str_trim(inside);
                *credit = str_trim(str_first(*credit, before));
            }
        }
        return true;
    }
    return false;
}

bool line_read_more(struct str text, struct str *themes)
{
    static const struct str marks[] = {
        STR_INIT("lees meer over"),  /* not shown */
        STR_INIT("read more about"), /* not shown */
        STR_INIT("meer lezen over"), /* not shown */
        STR_INIT("more about"),      /* not shown */
    };
    for (size_t i = 0; i < COUNT(marks); i++) {
        struct str rest = str_trim(str_from(text, marks[i].len));
        if (!text_starts(text, marks[i]) || (rest.len && rest.at[0] != ':'))
            continue;
        *themes = str_trim(str_from(rest, 1));
        return true;
    }
    return false;
}

bool line_bullet(struct str text, struct str *item)
{
    static const struct str marks[] = { STR_INIT("\xe2\x80\xa2"), STR_INIT("\xe2\x97\xa6"),
                                        STR_INIT("\xe2\x96\xaa"), STR_INIT("\xc2\xb7"),
                                        STR_INIT("- "),           STR_INIT("* "),
                                        STR_INIT("\xe2\x80\x93 ") }; /* not shown */
    for (size_t i = 0; i < COUNT(marks); i++) {
        *item = str_trim(str_from(text, marks[i].len));
        if (str_starts(text, marks[i]) && item->len)
            return true;
    }
    return false;
}

bool line_is_short(struct str text)
{
    static const struct str closing[] = { STR_INIT("."), STR_INIT("!"), STR_INIT(":"),
                                          STR_INIT(";"), STR_INIT(","), STR_INIT("\xe2\x80\xa6") };
    struct str item;
    for (size_t i = 0; i < COUNT(closing); i++)
        if (str_ends(text, closing[i]))
            return false;
    return str_characters(text) <= LINE_SHORT && !line_bullet(text, &item);
}

bool line_has_link(struct str text)
{
    return str_find(text, STR("http://")) < text.len ||
           str_find(text, STR("https://")) < text.len || str_find(text, STR("www.")) < text.len;
}
