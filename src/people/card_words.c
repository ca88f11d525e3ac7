#include "people/card_words.h"

#include <string.h>

#include "base/arena.h"
#include "people/card_code.h"

enum { LONGEST_TYPED_WORD = 24, NOT_ON_LIST = -1 };

/* One word as it was typed, brought back to a-z. */
struct typed_word {
    char letters[LONGEST_TYPED_WORD];
    size_t length; /* may be larger than what fits: then it is nobody's word */
    int number;    /* on the list, or NOT_ON_LIST */
};

static size_t pick_words(struct str typed, struct typed_word *words);
static int number_of(const struct typed_word *word);
static struct str word_of(int number);
static int nearest_to(const struct typed_word *word);
static int only_fitting(const struct typed_word *words, int place);

void card_words_write(const uint8_t secret[CARD_WORDS_SECRET], struct str words[CARD_WORDS])
{
    uint16_t code[CARD_WORDS];
    card_code_make(secret, code);
    for (int i = 0; i < CARD_WORDS; i++)
        words[i] = word_of(code[i]);
}

enum card_words_result card_words_read(struct arena *arena, struct str typed,
                                       uint8_t secret[CARD_WORDS_SECRET], int *wrong_word,
                                       struct str *suggestion)
{
    struct typed_word *words = ARENA_MANY(arena, CARD_WORDS + 1, struct typed_word);
    uint16_t code[CARD_WORDS];
    *wrong_word = 0;
    *suggestion = (struct str){ "", 0 };
    size_t count = typed.len > CARD_WORDS_TYPED_LIMIT ? CARD_WORDS + 1 : pick_words(typed, words);
    if (count != CARD_WORDS)
        return count < CARD_WORDS ? CARD_WORDS_TOO_FEW : CARD_WORDS_TOO_MANY;
    for (int i = 0; i < CARD_WORDS; i++) {
        int number = words[i].number = number_of(&words[i]);
        if (number == NOT_ON_LIST && *wrong_word == 0)
            *wrong_word = i + 1;
        code[i] = (uint16_t)(number == NOT_ON_LIST ? 0 : number);
    }
    if (*wrong_word) {
        *suggestion = word_of(only_fitting(words, *wrong_word - 1));
        return CARD_WORDS_UNKNOWN_WORD;
    }
    int right = 0, place = card_code_check(code, &right);
    if (place == CARD_CODE_LOST)
        return CARD_WORDS_BEYOND_REPAIR;
    if (place != CARD_CODE_FITS) {
        *wrong_word = place + 1;
        *suggestion = word_of(right);
        return CARD_WORDS_WRONG_WORD;
    }
    card_code_secret(code, secret);
    return CARD_WORDS_GOOD;
}

/* When all other words are known, the check words tell what belongs at `place`, however it was
 * typed; if they contradict each other, or more is unknown, the nearest in spelling. */
static int only_fitting(const struct typed_word *words, int place)
{
    uint16_t code[CARD_WORDS];
    for (int i = 0; i < CARD_WORDS; i++) {
        if (words[i].number == NOT_ON_LIST && i != place)
            return nearest_to(&words[place]);
        code[i] = (uint16_t)(i == place ? 0 : words[i].number);
    }
    int right = 0, wrong = card_code_check(code, &right);
    if (wrong == CARD_CODE_FITS)
        return 0;
    return wrong == place ? right : nearest_to(&words[place]);
}

static struct str word_of(int number)
{
    return number == NOT_ON_LIST ? (struct str){ "", 0 } : str_of(card_words_list[number]);
}

static int number_of(const struct typed_word *word)
{
    char key[CARD_WORDS_LETTERS + 1] = { 0 };
    if (word->length > CARD_WORDS_LETTERS)
        return NOT_ON_LIST;
    memcpy(key, word->letters, word->length);
    int low = 0, high = CARD_WORDS_LIST - 1;
    while (low <= high) {
        int middle = (low + high) / 2, order = strcmp(key, card_words_list[middle]);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return NOT_ON_LIST;
}

/* Slips between two words: a letter too many, too few, another one, or two changed places
 * (Damerau's four, each pair of letters swapped at most once). */
static int slips(const struct typed_word *typed, const char *word)
{
    int now[LONGEST_TYPED_WORD + 1][CARD_WORDS_LETTERS + 1];
    int rows = (int)typed->length, columns = (int)strlen(word);
    for (int i = 0; i <= rows; i++) {
        for (int j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                now[i][j] = i + j;
                continue;
            }
            char a = typed->letters[i - 1], b = word[j - 1];
            int least = now[i - 1][j - 1] + (a != b);
            if (now[i - 1][j] + 1 < least)
                least = now[i - 1][j] + 1;
            if (now[i][j - 1] + 1 < least)
                least = now[i][j - 1] + 1;
            if (i > 1 && j > 1 && a == word[j - 2] && typed->letters[i - 2] == b &&
                now[i - 2][j - 2] + 1 < least)
                least = now[i - 2][j - 2] + 1;
            now[i][j] = least;
        }
    }
    return now[rows][columns];
}

/* Further away than half the word is no help, only a guess. */
static int nearest_to(const struct typed_word *word)
{
    if (word->length > LONGEST_TYPED_WORD)
        return NOT_ON_LIST;
    int best = NOT_ON_LIST, least = (int)word->length / 2 + 1;
    for (int i = 0; i < CARD_WORDS_LIST; i++) {
        int distance = slips(word, card_words_list[i]);
        if (distance < least) {
            least = distance;
            best = i;
        }
    }
    return best;
}

/* The two bytes of U+00C0-U+017F that people type with an accent; 0 when it is another sign. */
static struct str plain_letters(unsigned char first, unsigned char second)
{
    static const char from_c3[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"
                                  "aaaaaaaceeeeiiiidnooooo\0ouuuuyty";
    if (first == 0xc3 && second >= 0x80 && second <= 0xbf && from_c3[second - 0x80])
        return (struct str){ &from_c3[second - 0x80], 1 };
    if (first == 0xc4 && (second == 0xb2 || second == 0xb3))
        return STR("ij");
    return (struct str){ NULL, 0 };
}

static void add_letter(struct typed_word *word, char letter)
{
    if (word->length < LONGEST_TYPED_WORD)
        word->letters[word->length] = letter;
    word->length++;
}

/* Bytes that stand between words: white space, marks, and the usual marks of word processors
 * (no-break space; dashes, quotes, bullets and dots of U+2000-U+206F; a byte order mark). */
static size_t between_words(struct str rest)
{
    unsigned char c = (unsigned char)rest.at[0];
    if (c < 0x80)
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    if (str_starts(rest, STR("\xc2\xa0")) || str_starts(rest, STR("\xc2\xb7")) ||
        str_starts(rest, STR("\xc2\xad")))
        return 2;
    bool three =
        rest.len >= 3 && (((c == 0xe2) && (rest.at[1] == '\x80' || rest.at[1] == '\x81')) ||
                          str_starts(rest, STR("\xef\xbb\xbf")));
    return three ? 3 : 0;
}

/* Takes one word off the front of *rest. Digits at its front are its number on the card. */
static bool next_word(struct str *rest, struct typed_word *word)
{
    *word = (struct typed_word){ .number = NOT_ON_LIST };
    while (rest->len) {
        size_t gap = between_words(*rest);
        if (gap) {
            *rest = str_from(*rest, gap);
            if (word->length)
                return true;
            continue;
        }
        unsigned char c = (unsigned char)rest->at[0];
        unsigned char second = rest->len > 1 ? (unsigned char)rest->at[1] : 0;
        struct str plain = plain_letters(c, second);
        bool is_number = c >= '0' && c <= '9' && word->length == 0;
        for (size_t i = 0; i < plain.len; i++)
            add_letter(word, plain.at[i]);
        if (!plain.at && !is_number)
            add_letter(word, (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
        *rest = str_from(*rest, plain.at ? 2 : 1);
    }
    return word->length > 0;
}

/* Stops at one word too many: the caller only needs to know that there are. */
static size_t pick_words(struct str typed, struct typed_word *words)
{
    size_t count = 0;
    while (count <= CARD_WORDS && next_word(&typed, &words[count]))
        count++;
    return count;
}
