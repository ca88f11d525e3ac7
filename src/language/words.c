#include "language/words.h"

#include <string.h>

#include "base/arena.h"

static char *lowered(struct arena *arena, struct str text);
static size_t word_length(struct str rest);
static size_t wide_mark(struct str rest);
static bool ends_sentence(struct str text, size_t from, size_t to, struct str word);

struct word_list words_cut(struct arena *arena, struct str text)
{
    struct word_list list = { ARENA_MANY(arena, text.len / 2 + 1, struct word), 0, 0 };
    const char *lower = lowered(arena, text);
    size_t sentence = 0, gap = 0;
    for (size_t i = 0; i < text.len;) {
        size_t length = word_length(str_from(text, i));
        if (length == 0) {
            size_t mark = wide_mark(str_from(text, i));
            i += mark ? mark : 1;
            continue;
        }
        struct word *last = list.count ? &list.at[list.count - 1] : NULL;
        if (last && ends_sentence(text, gap, i, last->lower))
            sentence++;
        bool after_mark = false;
        for (size_t g = gap; g < i; g++)
            after_mark |= strchr(",;:()", text.at[g]) && text.at[g];
        list.at[list.count++] =
            (struct word){ i, length, { lower + i, length }, sentence, after_mark };
        i = gap = i + length;
    }
    list.sentences = list.count ? sentence + 1 : 0;
    return list;
}

/* Latin capitals with an accent are two bytes in UTF-8 and stay so: offsets do not move. */
static char *lowered(struct arena *arena, struct str text)
{
    char *lower = str_zero(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)lower[i];
        bool latin = i && (unsigned char)lower[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e;
        if ((c >= 'A' && c <= 'Z') || (latin && c != 0x97))
            lower[i] = (char)(c + 0x20);
    }
    return lower;
}

/* Bytes of a mark beyond ASCII at the front: U+00A0-U+00BF, the general punctuation
 * U+2000-U+206F, and arrows and shapes up to U+2BFF. */
static size_t wide_mark(struct str rest)
{
    unsigned char c = (unsigned char)rest.at[0];
    if (c == 0xc2 && rest.len > 1)
        return 2;
    unsigned char second = rest.len > 2 ? (unsigned char)rest.at[1] : 0;
    return c == 0xe2 && second >= 0x80 && second <= 0xaf ? 3 : 0;
}

static bool is_letter_or_digit(struct str rest)
{
    unsigned char c = rest.len ? (unsigned char)rest.at[0] : 0;
    if (c >= 0x80)
        return wide_mark(rest) == 0;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* An apostrophe or hyphen holds a word together when a letter follows it. */
static size_t joint(struct str rest)
{
    size_t length = 0;
    if (rest.len && (rest.at[0] == '\'' || rest.at[0] == '-'))
        length = 1;
    else if (str_starts(rest, STR("\xe2\x80\x99")) || str_starts(rest, STR("\xe2\x80\x91")))
        length = 3;
    return length && is_letter_or_digit(str_from(rest, length)) ? length : 0;
}

static size_t word_length(struct str rest)
{
    size_t length = 0, part = 0; /* bytes of letters since the last joint; digits count once */
    while (length < rest.len) {
        struct str tail = str_from(rest, length);
        if (is_letter_or_digit(tail)) {
            bool digit = tail.at[0] >= '0' && tail.at[0] <= '9';
            part += part == 0 || !digit;
            length++;
            continue;
        }
        /* Continuation bytes of a letter never look like a mark: a mark begins with its own. */
        size_t held = length ? joint(tail) : 0;
        if (tail.at[0] == '.' && part == 1 && is_letter_or_digit(str_from(tail, 1)))
            held = 1; /* o.a. and 1.5 are one word; a point forgotten a space after is not */
        part = 0;
        if (held == 0)
            break;
        length += held;
    }
    return length;
}

static bool shortens(struct str word)
{
    static const struct str known[] = {
        STR_INIT("aug"),  STR_INIT("bijv"), STR_INIT("bv"),  STR_INIT("ca"),   STR_INIT("dec"),
        STR_INIT("dhr"),  STR_INIT("dr"),   STR_INIT("drs"), STR_INIT("excl"), STR_INIT("feb"),
        STR_INIT("incl"), STR_INIT("ing"),  STR_INIT("ir"),  STR_INIT("jan"),  STR_INIT("max"),
        STR_INIT("mevr"), STR_INIT("min"),  STR_INIT("mr"),  STR_INIT("mrs"),  STR_INIT("mw"),
        STR_INIT("nov"),  STR_INIT("nr"),   STR_INIT("okt"), STR_INIT("oct"),  STR_INIT("prof"),
        STR_INIT("resp"), STR_INIT("sept"), STR_INIT("st"),  STR_INIT("tel"),  STR_INIT("vs"),
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(word, known[i]))
            return true;
    bool digit = word.len && word.at[0] >= '0' && word.at[0] <= '9';
    return !digit && (word.len == 1 || str_find(word, STR(".")) < word.len); /* J. or o.a. */
}

static bool is_lower(struct str rest)
{
    unsigned char c = rest.len ? (unsigned char)rest.at[0] : 0;
    unsigned char second = rest.len > 1 ? (unsigned char)rest.at[1] : 0;
    return (c >= 'a' && c <= 'z') || (c == 0xc3 && second >= 0x9f);
}

/* `from`..`to` is what stands between two words; `word` is the one before. */
static bool ends_sentence(struct str text, size_t from, size_t to, struct str word)
{
    bool stop = false, loud = false, space = false, item = false;
    int lines = 0;
    for (size_t i = from; i < to; i++) {
        char c = text.at[i];
        struct str rest = str_from(text, i);
        lines += c == '\n';
        space |= c == ' ' || c == '\n' || c == '\t';
        loud |= c == '!' || c == '?';
        stop |= c == '.' || str_starts(rest, STR("\xe2\x80\xa6"));
        item |= lines && (c == '-' || c == '*' || str_starts(rest, STR("\xe2\x80\xa2")));
    }
    bool goes_on = is_lower(str_from(text, to));
    if (lines > 1 || item)
        return true;
    if (lines == 1 && !goes_on)
        return true;
    if (!space || goes_on)
        return false;
    return loud || (stop && !shortens(word));
}
