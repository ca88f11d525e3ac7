/* What the importer finds inside a line: a day, words that were a link, words said before. */
#include <string.h>

#include "articles/import_lines.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is_word_byte(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9');
}

/* Takes the next run of letters and digits off *rest. */
static bool next_word(struct str *rest, struct str *word)
{
    while (rest->len && !is_word_byte(rest->at[0]))
        *rest = str_from(*rest, 1);
    size_t length = 0;
    while (length < rest->len && is_word_byte(rest->at[length]))
        length++;
    *word = str_first(*rest, length);
    *rest = str_from(*rest, length);
    return length > 0;
}

/* 1-12, or 0. A month may be shortened to three letters or more ("dec", "sept"). */
static int month_of(struct str word)
{
    static const struct str dutch[] = {
        STR_INIT("januari"),   STR_INIT("februari"), STR_INIT("maart"),    STR_INIT("april"),
        STR_INIT("mei"),       STR_INIT("juni"),     STR_INIT("juli"),     STR_INIT("augustus"),
        STR_INIT("september"), STR_INIT("oktober"),  STR_INIT("november"), STR_INIT("december"),
    };
    static const struct str english[] = {
        STR_INIT("january"),   STR_INIT("february"), STR_INIT("march"),    STR_INIT("april"),
        STR_INIT("may"),       STR_INIT("june"),     STR_INIT("july"),     STR_INIT("august"),
        STR_INIT("september"), STR_INIT("october"),  STR_INIT("november"), STR_INIT("december"),
    };
    if (word.len < 3)
        return 0;
    for (int i = 0; i < 12; i++)
        if (text_starts(dutch[i], word) || text_starts(english[i], word))
            return i + 1;
    return text_said_before(word, STR("mrt")) ? 3 : 0;
}

static bool is_weekday(struct str word)
{
    static const struct str days[] = {
        STR_INIT("maandag"),  STR_INIT("dinsdag"),   STR_INIT("woensdag"), STR_INIT("donderdag"),
        STR_INIT("vrijdag"),  STR_INIT("zaterdag"),  STR_INIT("zondag"),   STR_INIT("monday"),
        STR_INIT("tuesday"),  STR_INIT("wednesday"), STR_INIT("thursday"), STR_INIT("friday"),
        STR_INIT("saturday"), STR_INIT("sunday"),
    };
    for (size_t i = 0; i < COUNT(days); i++)
        if (text_said_before(word, days[i]))
            return true;
    return false;
}

/* A number with what English puts behind it: 1st, 2nd, 3rd, 14th. -1 when it is none. */
static int number_of(struct str word)
{
    static const struct str tails[] = { STR_INIT("st"), STR_INIT("nd"), STR_INIT("rd"),
                                        STR_INIT("th"), STR_INIT("e") };
    for (size_t i = 0; i < COUNT(tails); i++) {
        if (word.len > tails[i].len && str_ends(word, tails[i])) {
            word.len -= tails[i].len;
            break;
        }
    }
    int64_t number;
    return word.len <= 4 && word.at[0] != '-' && str_number(word, &number) ? (int)number : -1;
}

enum line_date line_date(struct str text, struct day *day)
{
    struct str parts[3], word, rest = text;
    size_t count = 0;
    while (next_word(&rest, &word)) {
        if (count == 0 && is_weekday(word))
            continue;
        if (count == COUNT(parts))
            return LINE_NO_DATE;
        parts[count++] = word;
    }
    if (count != COUNT(parts))
        return LINE_NO_DATE;
    int first = number_of(parts[0]), second = number_of(parts[1]), third = number_of(parts[2]);
    int year = third, month = month_of(parts[1]), of_month = first;
    if (month == 0 && first >= 1000) { /* 2017-12-14 */
        year = first;
        month = second;
        of_month = third;
    } else if (month == 0 && month_of(parts[0])) { /* December 14, 2017 */
        month = month_of(parts[0]);
        of_month = second;
    } else if (month == 0) { /* 14-12-2017 */
        month = second;
    }
    if (year < 1000 || month < 0 || of_month < 0)
        return LINE_NO_DATE;
    int y, m, d;
    if (month < 1 || month > 12 || of_month < 1 || of_month > 31)
        return LINE_BAD_DATE;
    struct day made = day_make(year, month, of_month);
    day_parts(made, &y, &m, &d);
    if (m != month || d != of_month)
        return LINE_BAD_DATE;
    *day = made;
    return LINE_DATE;
}

static bool invites_to_look(struct str text)
{
    static const struct str words[] = {
        STR_INIT("bekijk"), STR_INIT("kijk"),     STR_INIT("lees"),    STR_INIT("zie"),
        STR_INIT("klik"),   STR_INIT("download"), STR_INIT("luister"), STR_INIT("see"),
        STR_INIT("read"),   STR_INIT("watch"),    STR_INIT("look"),    STR_INIT("view"),
        STR_INIT("click"),  STR_INIT("listen"),   STR_INIT("bezoek"),  STR_INIT("visit"),
    };
    struct str word;
    while (next_word(&text, &word))
        for (size_t i = 0; i < COUNT(words); i++)
            if (text_said_before(word, words[i]))
                return true;
    return false;
}

static bool points(struct str word)
{
    return text_said_before(word, STR("dit")) || text_said_before(word, STR("deze")) ||
           text_said_before(word, STR("this")) || text_said_before(word, STR("these"));
}

static bool is_linked_thing(struct str word)
{
    static const struct str things[] = {
        STR_INIT("plaatje"),     STR_INIT("afbeelding"),  STR_INIT("publicatie"),
        STR_INIT("filmpje"),     STR_INIT("film"),        STR_INIT("video"),
        STR_INIT("artikel"),     STR_INIT("link"),        STR_INIT("website"),
        STR_INIT("pagina"),      STR_INIT("rapport"),     STR_INIT("brochure"),
        STR_INIT("podcast"),     STR_INIT("tijdlijn"),    STR_INIT("boek"),
        STR_INIT("picture"),     STR_INIT("publication"), STR_INIT("article"),
        STR_INIT("page"),        STR_INIT("report"),      STR_INIT("timeline"),
        STR_INIT("image"),       STR_INIT("book"),        STR_INIT("foto"),
        STR_INIT("infographic"), STR_INIT("document"),    STR_INIT("blog"),
        STR_INIT("handleiding"),
    };
    for (size_t i = 0; i < COUNT(things); i++)
        if (text_said_before(word, things[i]))
            return true;
    return false;
}

bool line_lost_link(struct str text, size_t *at, struct str *words)
{
    if (line_has_link(text) || (*at == 0 && !invites_to_look(text)))
        return false;
    struct str rest = str_from(text, *at), before = { "", 0 }, word;
    while (next_word(&rest, &word)) {
        bool here = (text_said_before(word, STR("hier")) || text_said_before(word, STR("here"))) &&
                    (invites_to_look(before));
        if (here || (points(before) && is_linked_thing(word))) {
            *words = (struct str){ before.at, (size_t)(word.at + word.len - before.at) };
            *at = (size_t)(rest.at - text.at);
            return true;
        }
        before = word;
    }
    return false;
}

enum { SKIPPED_WORDS = 6 };

/* From the first word of `rest` on: does the line follow, with few other words between? */
static bool follows(struct str line, struct str rest)
{
    struct str wanted, word;
    int skipped = 0;
    bool more = next_word(&line, &wanted);
    while (more && skipped <= SKIPPED_WORDS && next_word(&rest, &word)) {
        if (text_said_before(wanted, word))
            more = next_word(&line, &wanted);
        else
            skipped++;
        if (rest.len && strchr(".!?", rest.at[0]))
            break;
    }
    return !more;
}

bool line_repeats(struct str line, struct str paragraph, size_t least_words)
{
    struct str word, rest = line, first = { "", 0 };
    size_t count = 0;
    while (next_word(&rest, &word))
        if (count++ == 0)
            first = word;
    if (count < least_words)
        return false;
    while (next_word(&paragraph, &word)) {
        struct str from_here = { word.at, word.len + paragraph.len };
        if (text_said_before(word, first) && follows(line, from_here))
            return true;
    }
    return false;
}
