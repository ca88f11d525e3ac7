#include "language/words.h"

/* One letter of a word: its plain form, and whether it carries a diaeresis, which says aloud that
 * a new syllable begins (creëren, geïnteresseerd). */
struct sound {
    char letter;
    bool apart;
    size_t bytes;
};

static struct sound sound_at(struct str lower, size_t at)
{
    static const char plain[] = "aaaaaaaceeeeiiii-nooooo-ouuuuy-y";
    if (at >= lower.len)
        return (struct sound){ 0, false, 0 };
    unsigned char c = (unsigned char)lower.at[at];
    unsigned char second = at + 1 < lower.len ? (unsigned char)lower.at[at + 1] : 0;
    if (c == 0xc4 && second == 0xb3)
        return (struct sound){ 'y', false, 2 };
    if (c != 0xc3 || second < 0xa0 || second > 0xbf)
        return (struct sound){ (char)c, false, 1 };
    bool diaeresis =
        second == 0xa4 || second == 0xab || second == 0xaf || second == 0xb6 || second == 0xbc;
    return (struct sound){ plain[second - 0xa0], diaeresis, 2 };
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

size_t letters_in(struct str lower)
{
    return str_characters(lower);
}

/* Two vowels that Dutch says as one. All others that meet belong to two syllables: ra-di-o. */
static bool dutch_pair(char a, char b)
{
    static const char pairs[][3] = { "aa", "ee", "oo", "uu", "ie", "oe", "eu",
                                     "ui", "ou", "au", "ij", "ei", "ay", "ey" };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == a && pairs[i][1] == b)
            return true;
    return false;
}

/* A pair may still glide into one more vowel: aai, ooi, oei, eeu, ieu. */
static bool dutch_glide(char before, char last, char next)
{
    bool to_i = next == 'i' && (last == 'a' || last == 'o' || (before == 'o' && last == 'e'));
    bool to_u = next == 'u' && last == 'e' && (before == 'e' || before == 'i');
    return to_i || to_u;
}

size_t syllables_in_dutch(struct str lower)
{
    size_t count = 0;
    for (size_t i = 0; i < lower.len;) {
        struct sound one = sound_at(lower, i);
        i += one.bytes;
        if (!is_vowel(one.letter))
            continue;
        count++;
        struct sound two = sound_at(lower, i);
        if (two.apart || !dutch_pair(one.letter, two.letter))
            continue;
        i += two.bytes;
        struct sound three = sound_at(lower, i);
        if (!three.apart && dutch_glide(one.letter, two.letter, three.letter))
            i += three.bytes;
    }
    return count;
}

/* Groups of vowels; a silent e at the end and -ed after most consonants do not count; i before a
 * or o does, except in -tion and -sion. */
size_t syllables_in_english(struct str lower)
{
    size_t count = 0;
    char before = 0, before_that = 0;
    for (size_t i = 0; i < lower.len;) {
        struct sound now = sound_at(lower, i);
        i += now.bytes;
        bool opens = is_vowel(now.letter) && (!is_vowel(before) || now.apart);
        bool hiatus = before == 'i' && (now.letter == 'a' || now.letter == 'o') &&
                      before_that != 't' && before_that != 's' && before_that != 'c';
        count += opens || hiatus;
        before_that = before;
        before = now.letter;
    }
    if (count < 2 || lower.len < 3)
        return count;
    char last = lower.at[lower.len - 1], second = lower.at[lower.len - 2],
         third = lower.at[lower.len - 3];
    bool silent_e = last == 'e' && !is_vowel(second) && !(second == 'l' && !is_vowel(third));
    bool silent_ed =
        last == 'd' && second == 'e' && third != 't' && third != 'd' && !is_vowel(third);
    return count - (silent_e || silent_ed);
}
