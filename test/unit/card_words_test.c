#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "people/card_words.h"

static const uint8_t a_secret[8] = { 0x12, 0x9a, 0xf0, 0x0d, 0xc3, 0x55, 0x7e, 0xb0 };

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

struct reading {
    enum card_words_result result;
    uint8_t secret[8];
    int wrong;
    struct str suggestion;
};

static struct reading read_text(const char *typed)
{
    struct reading r = { 0 };
    arena_reset(arena);
    r.result = card_words_read(arena, str_of(typed), r.secret, &r.wrong, &r.suggestion);
    return r;
}

static struct reading read_words(const char *const words[8])
{
    char line[256] = "";
    for (int i = 0; i < 8; i++) {
        strcat(line, words[i]);
        strcat(line, " ");
    }
    return read_text(line);
}

static void write_card(const uint8_t secret[8], const char *words[8])
{
    struct str written[CARD_WORDS];
    card_words_write(secret, written);
    for (int i = 0; i < 8; i++)
        words[i] = written[i].at;
}

static bool one_slip_or_less(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b), front = 0, back = 0;
    while (a[front] && a[front] == b[front])
        front++;
    while (back < la - front && back < lb - front && a[la - 1 - back] == b[lb - 1 - back])
        back++;
    size_t left_a = la - front - back, left_b = lb - front - back;
    bool swapped =
        left_a == 2 && left_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
    return swapped || (left_a <= 1 && left_b <= 1);
}

static void the_list_is_sorted_plain_and_hard_to_confuse(void **state)
{
    (void)state;
    for (int i = 0; i < CARD_WORDS_LIST; i++) {
        const char *word = card_words_list[i];
        size_t length = strlen(word);
        assert_in_range(length, 3, CARD_WORDS_LETTERS);
        assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz"), length);
        if (i)
            assert_true(strcmp(card_words_list[i - 1], word) < 0);
        for (int j = 0; j < i; j++)
            if (one_slip_or_less(word, card_words_list[j]))
                fail_msg("%s is too near to %s", word, card_words_list[j]);
    }
}

/* A card printed years ago must still open: no word may change or move (FNV-1a of the list). */
static void the_list_never_changes(void **state)
{
    (void)state;
    uint64_t mark = 0xcbf29ce484222325u;
    for (int i = 0; i < CARD_WORDS_LIST; i++) {
        for (const char *c = card_words_list[i]; *c; c++)
            mark = (mark ^ (uint8_t)*c) * 0x100000001b3u;
        mark = (mark ^ '\n') * 0x100000001b3u;
    }
    assert_int_equal(mark, 0xcaf475287a7397a8u);
    static const char *const then[] = { "biljart", "kaakje",  "aardig",  "karton",
                                        "haardos", "zandbak", "erfgoed", "pauze" };
    const char *words[8];
    write_card(a_secret, words);
    for (int i = 0; i < 8; i++)
        assert_string_equal(words[i], then[i]);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 3000; round++) {
        uint8_t secret[8];
        const char *words[8];
        for (int i = 0; i < 8; i++)
            secret[i] = (uint8_t)(round * 2654435761u >> (i * 3));
        write_card(secret, words);
        struct reading r = read_words(words);
        secret[7] &= 0xf0;
        assert_int_equal(r.result, CARD_WORDS_GOOD);
        assert_memory_equal(r.secret, secret, 8);
        assert_int_equal(r.wrong, 0);
    }
}

static void each_bit_of_sixty_counts_and_no_other(void **state)
{
    (void)state;
    const char *before[8], *after[8];
    write_card(a_secret, before);
    for (int bit = 0; bit < 64; bit++) {
        uint8_t secret[8];
        memcpy(secret, a_secret, 8);
        secret[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
        write_card(secret, after);
        int different = 0;
        for (int i = 0; i < 8; i++)
            different += before[i] != after[i];
        if (bit < 60)
            assert_true(different >= 3);
        else
            assert_int_equal(different, 0);
    }
}

static void every_wrong_word_at_every_place_is_named(void **state)
{
    (void)state;
    const char *words[8];
    write_card(a_secret, words);
    for (int place = 0; place < 8; place++) {
        const char *right = words[place];
        for (int i = 0; i < CARD_WORDS_LIST; i++) {
            if (strcmp(card_words_list[i], right) == 0)
                continue;
            words[place] = card_words_list[i];
            struct reading r = read_words(words);
            assert_int_equal(r.result, CARD_WORDS_WRONG_WORD);
            assert_int_equal(r.wrong, place + 1);
            assert_string_equal(r.suggestion.at, right);
        }
        words[place] = right;
    }
}

static void two_wrong_words_are_never_good(void **state)
{
    (void)state;
    int beyond = 0, all = 0;
    for (int a = 0; a < 8; a++) {
        for (int b = a + 1; b < 8; b++) {
            for (int i = 0; i < CARD_WORDS_LIST; i += 13) {
                const char *words[8];
                write_card(a_secret, words);
                const char *one = card_words_list[i], *two = card_words_list[1023 - i];
                if (words[a] == one || words[b] == two)
                    continue;
                words[a] = one;
                words[b] = two;
                struct reading r = read_words(words);
                assert_int_not_equal(r.result, CARD_WORDS_GOOD);
                beyond += r.result == CARD_WORDS_BEYOND_REPAIR;
                all++;
            }
        }
    }
    assert_true(beyond * 100 > all * 97); /* the others look like another single slip */
}

static void two_words_that_changed_places_are_noticed(void **state)
{
    (void)state;
    for (int place = 0; place < 7; place++) {
        const char *words[8];
        write_card(a_secret, words);
        const char *first = words[place];
        words[place] = words[place + 1];
        words[place + 1] = first;
        assert_int_not_equal(read_words(words).result, CARD_WORDS_GOOD);
    }
}

static void a_word_that_does_not_exist_gets_the_right_one(void **state)
{
    (void)state;
    static const char *const nonsense[] = { "xq", "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq",
                                            "huiss", "\xf0\x9f\x8c\xb7", "\xff\xfe" };
    for (size_t n = 0; n < sizeof nonsense / sizeof *nonsense; n++) {
        for (int place = 0; place < 8; place++) {
            const char *words[8];
            write_card(a_secret, words);
            const char *right = words[place];
            words[place] = nonsense[n];
            struct reading r = read_words(words);
            assert_int_equal(r.result, CARD_WORDS_UNKNOWN_WORD);
            assert_int_equal(r.wrong, place + 1);
            assert_string_equal(r.suggestion.at, right);
        }
    }
}

static void a_slip_is_guessed_from_its_spelling(void **state)
{
    (void)state;
    struct reading r = read_text("bloemm piano piano piano piano piano piano zzzzzz");
    assert_int_equal(r.result, CARD_WORDS_UNKNOWN_WORD);
    assert_int_equal(r.wrong, 1);
    assert_string_equal(r.suggestion.at, "bloem");
    r = read_text("piano ipano piano piano piano piano piano zzzzzz");
    assert_int_equal(r.wrong, 2);
    assert_string_equal(r.suggestion.at, "piano");
    r = read_text("piano zzzzzz zzzzzz piano piano piano piano piano");
    assert_int_equal(r.wrong, 2);
    assert_int_equal(r.suggestion.len, 0);
}

static void typing_may_be_untidy(void **state)
{
    (void)state;
    static const char *const between[] = {
        ", ", " - ", "\r\n", "\t", ";", " \xe2\x80\x93 ", "\xc2\xa0", ". ", " / ", "\xe2\x80\xa2",
    };
    const char *words[8];
    write_card(a_secret, words);
    for (size_t n = 0; n < sizeof between / sizeof *between; n++) {
        char line[400] = "\xef\xbb\xbf  ";
        for (int i = 0; i < 8; i++) {
            char numbered[40];
            snprintf(numbered, sizeof numbered, "%d.%s%s", i + 1, i % 2 ? " " : "", words[i]);
            for (char *c = numbered; i % 3 == 0 && *c; c++)
                *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
            strcat(line, numbered);
            strcat(line, between[n]);
        }
        struct reading r = read_text(line);
        assert_int_equal(r.result, CARD_WORDS_GOOD);
        assert_memory_equal(r.secret, a_secret, 8);
    }
}

static void accents_and_the_joined_ij_are_forgiven(void **state)
{
    (void)state;
    struct reading plain = read_text("idee azijn koffie piano piano piano piano piano");
    struct reading fancy = read_text("id\xc3\xa9"
                                     "e az\xc4\xb3n koff\xc3\x8f"
                                     "e piano piano piano "
                                     "piano PI\xc3\x81NO");
    assert_int_equal(plain.result, fancy.result);
    assert_int_equal(plain.wrong, fancy.wrong);
    assert_int_not_equal(fancy.result, CARD_WORDS_UNKNOWN_WORD);
}

static void too_few_and_too_many_are_said(void **state)
{
    (void)state;
    assert_int_equal(read_text("").result, CARD_WORDS_TOO_FEW);
    assert_int_equal(read_text(" 1. 2. -- ").result, CARD_WORDS_TOO_FEW);
    assert_int_equal(read_text("a b c d e f g").result, CARD_WORDS_TOO_FEW);
    assert_int_equal(read_text("a b c d e f g h i").result, CARD_WORDS_TOO_MANY);
    char long_text[CARD_WORDS_TYPED_LIMIT + 2];
    memset(long_text, ' ', sizeof long_text);
    long_text[sizeof long_text - 1] = 0;
    assert_int_equal(read_text(long_text).result, CARD_WORDS_TOO_MANY);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_sorted_plain_and_hard_to_confuse),
        cmocka_unit_test(the_list_never_changes),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(each_bit_of_sixty_counts_and_no_other),
        cmocka_unit_test(every_wrong_word_at_every_place_is_named),
        cmocka_unit_test(two_wrong_words_are_never_good),
        cmocka_unit_test(two_words_that_changed_places_are_noticed),
        cmocka_unit_test(a_word_that_does_not_exist_gets_the_right_one),
        cmocka_unit_test(a_slip_is_guessed_from_its_spelling),
        cmocka_unit_test(typing_may_be_untidy),
        cmocka_unit_test(accents_and_the_joined_ij_are_forgiven),
        cmocka_unit_test(too_few_and_too_many_are_said),
    };
    return cmocka_run_group_tests_name("card_words", tests, open_arena, close_arena);
}
