#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "language/hard_words.h"
#include "language/readable.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct readable look(const char *text, enum readable_language language)
{
    arena_reset(arena);
    return readable_look(arena, str_of(text), language);
}

static const struct hint *first_of(struct readable r, enum hint_kind kind)
{
    for (size_t i = 0; i < r.hint_count; i++)
        if (r.hints[i].kind == kind)
            return &r.hints[i];
    return NULL;
}

static void assert_points_at(const char *text, const struct hint *hint, const char *what)
{
    assert_non_null(hint);
    assert_int_equal(hint->length, strlen(what));
    assert_memory_equal(text + hint->start, what, hint->length);
}

static void sentences_and_words_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t sentences, words;
    } cases[] = {
        { "", 0, 0 },
        { " \n - \n", 0, 0 },
        { "Ik kom langs", 1, 3 },
        { "Ik kom langs. Jij ook?", 2, 5 },
        { "Kom je? Ja! Goed\xe2\x80\xa6 Tot dan.", 4, 6 },
        { "Wij helpen bijv. met formulieren, o.a. van de gemeente.", 1, 9 },
        { "Dhr. Jansen en mevr. J. de Wit komen.", 1, 8 },
        { "Kom nu.Of straks. In 2017. Het kost 3.50. Dag.", 4, 10 },
        { "De zaal kost 12.50 per uur.", 1, 6 },
        { "Wat ik kan\nWat ik niet kan", 2, 7 },
        { "Dit is een regel\ndie doorloopt.", 1, 6 },
        { "Ik help met:\n- praten\n- koken", 3, 5 },
        { "Eerst dit\n\nen dan dat", 2, 5 },
        { "Zo'n buurt-app, foto's en 's avonds", 1, 6 },
        { "Hij zei: \"Kom.\" Toen ging hij.", 2, 6 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct readable r = look(cases[i].text, READABLE_DUTCH);
        if (r.sentences != cases[i].sentences || r.words != cases[i].words)
            fail_msg("%s: %zu sentences, %zu words", cases[i].text, r.sentences, r.words);
    }
}

static void the_average_is_in_tenths(void **state)
{
    (void)state;
    assert_int_equal(look("Een twee drie. Een twee.", READABLE_DUTCH).words_a_sentence_tenths, 25);
    assert_int_equal(look("Een. Een twee. Een twee.", READABLE_DUTCH).words_a_sentence_tenths, 17);
    assert_int_equal(look("", READABLE_DUTCH).words_a_sentence_tenths, 0);
}

static void a_sentence_of_fifteen_words_is_fine_and_sixteen_is_long(void **state)
{
    (void)state;
    const char *fifteen = "Kom. een twee drie vier vijf zes zeven acht negen tien elf twaalf "
                          "dertien veertien vijftien.";
    assert_int_equal(look("A b c d e f g h i j k l m n o.", READABLE_ENGLISH).long_sentences, 0);
    struct readable r = look(fifteen, READABLE_DUTCH);
    assert_int_equal(r.long_sentences, 1); /* lower case after the point: the sentence goes on */
    const char *text = "Kort. Een b c d e f g h i j k l m n o p! Kort.";
    r = look(text, READABLE_DUTCH);
    assert_int_equal(r.long_sentences, 1);
    assert_int_equal(r.longest_sentence, 16);
    const struct hint *hint = first_of(r, HINT_LONG_SENTENCE);
    assert_points_at(text, hint, "Een b c d e f g h i j k l m n o p");
    assert_int_equal(hint->sentence, 1);
    assert_int_equal(hint->amount, 16);
}

static void dutch_syllables(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        size_t syllables;
    } cases[] = {
        { "huis", 1 },  { "buurt", 1 },  { "bewoner", 3 },
        { "idee", 2 },  { "radio", 3 },  { "cre\xc3\xabren", 3 },
        { "mooie", 2 }, { "leeuw", 1 },  { "nieuws", 1 },
        { "fraai", 1 }, { "koeien", 2 }, { "ge\xc3\xafnteresseerd", 5 },
        { "bij", 1 },   { "knie", 1 },   { "vrijwilliger", 4 },
        { "baby", 2 },  { "koffie", 2 }, { "samenwerking", 4 },
        { "xyz", 1 },   { "brrr", 0 },   { "verantwoordelijkheid", 6 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (syllables_in_dutch(str_of(cases[i].word)) != cases[i].syllables)
            fail_msg("%s: %zu", cases[i].word, syllables_in_dutch(str_of(cases[i].word)));
}

static void english_syllables(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        size_t syllables;
    } cases[] = {
        { "home", 1 },   { "table", 2 },          { "neighbour", 2 }, { "helped", 1 },
        { "wanted", 2 }, { "station", 2 },        { "radio", 3 },     { "community", 4 },
        { "the", 1 },    { "responsibility", 6 }, { "social", 2 },    { "please", 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (syllables_in_english(str_of(cases[i].word)) != cases[i].syllables)
            fail_msg("%s: %zu", cases[i].word, syllables_in_english(str_of(cases[i].word)));
}

static void long_words_are_shown_and_their_halves_counted_apart(void **state)
{
    (void)state;
    const char *text = "Wij doen aan verantwoordelijkheid en een buurt-koffie-avond.";
    struct readable r = look(text, READABLE_DUTCH);
    assert_int_equal(r.long_words, 1);
    assert_points_at(text, first_of(r, HINT_LONG_WORD), "verantwoordelijkheid");
    assert_int_equal(first_of(r, HINT_LONG_WORD)->amount, 20);
    assert_int_equal(look("It takes responsibility.", READABLE_ENGLISH).long_words, 1);
}

static void hard_words_come_with_a_plainer_one(void **state)
{
    (void)state;
    const char *text = "Participatie vraagt zelfredzaamheid. Wij Faciliteren.";
    struct readable r = look(text, READABLE_DUTCH);
    assert_int_equal(r.hard_words, 3);
    assert_points_at(text, &r.hints[0], "Participatie");
    assert_string_equal(r.hints[0].alternative.at, "meedoen");
    assert_points_at(text, &r.hints[1], "zelfredzaamheid");
    assert_string_equal(r.hints[1].alternative.at, "zelf kunnen");
    assert_int_equal(r.hints[2].sentence, 1);
    assert_true(str_starts(r.hints[2].alternative, STR("helpen")));
    r = look("We facilitate this in order to help.", READABLE_ENGLISH);
    assert_int_equal(r.hard_words, 2);
    assert_string_equal(r.hints[0].alternative.at, "help");
    assert_string_equal(r.hints[1].alternative.at, "to");
}

static void a_saying_is_found_as_a_whole_and_not_across_sentences(void **state)
{
    (void)state;
    const char *text = "Ik bel u met betrekking tot de zaal.";
    struct readable r = look(text, READABLE_DUTCH);
    assert_int_equal(r.hard_words, 1);
    assert_points_at(text, &r.hints[0], "met betrekking tot");
    assert_int_equal(look("Kom met betrekking. Tot dan.", READABLE_DUTCH).hard_words, 0);
    assert_int_equal(look("Er is tal. Van alles.", READABLE_DUTCH).hard_words, 0);
}

static void who_does_it_is_missed_in_a_passive_sentence(void **state)
{
    (void)state;
    static const char *const passive[] = {
        "Het plan wordt morgen besproken.", "Uw vraag werd door ons doorgestuurd en gelezen.",
        "Ik zorg dat alles gedeeld wordt.", "De zaal moet nog worden schoongemaakt of geveegd.",
        "De buren werden uitgenodigd.",     "Wat je zegt wordt niet opgeschreven.",
    };
    static const char *const active[] = {
        "Ik bespreek het plan morgen.",    "Alice wordt groot.",        "Hij werd buurtwerker.",
        "Dat wordt een gezond gebied.",    "Het heeft geregend.",       "Ik heb gebeld.",
        "Zij wordt moe, en heeft gebeld.", "Wordt het geld of geduld?",
    };
    for (size_t i = 0; i < sizeof passive / sizeof *passive; i++)
        if (look(passive[i], READABLE_DUTCH).passives != 1)
            fail_msg("not seen: %s", passive[i]);
    for (size_t i = 0; i < sizeof active / sizeof *active; i++)
        if (look(active[i], READABLE_DUTCH).passives != 0)
            fail_msg("seen: %s", active[i]);
    const char *text = "Ja: het plan wordt morgen besproken.";
    assert_points_at(text, first_of(look(text, READABLE_DUTCH), HINT_PASSIVE),
                     "wordt morgen besproken");
}

static void the_tables_are_large_enough_and_plain(void **state)
{
    (void)state;
    assert_true(hard_words_dutch_count >= 120);
    assert_true(hard_words_english_count >= 60);
    for (size_t i = 0; i < hard_words_dutch_count; i++) {
        struct readable r = look(hard_words_dutch[i].plain.at, READABLE_DUTCH);
        if (r.hard_words || hard_words_dutch[i].plain.len == 0)
            fail_msg("%s is no plainer", hard_words_dutch[i].plain.at);
    }
    for (size_t i = 0; i < hard_words_english_count; i++) {
        struct readable r = look(hard_words_english[i].plain.at, READABLE_ENGLISH);
        if (r.hard_words || hard_words_english[i].plain.len == 0)
            fail_msg("%s is no plainer", hard_words_english[i].plain.at);
    }
}

static void much_text_is_cut_and_hints_have_an_end(void **state)
{
    (void)state;
    size_t size = 3 * READABLE_LIMIT;
    char *text = malloc(size + 1);
    for (size_t i = 0; i < size; i += 13)
        memcpy(text + i, "participatie ", i + 13 <= size ? 13 : size - i);
    text[size] = 0;
    struct readable r = look(text, READABLE_DUTCH);
    assert_true(r.cut);
    assert_int_equal(r.hint_count, READABLE_HINTS);
    assert_true(r.hard_words > 5000);
    assert_int_equal(r.long_sentences, 1);
    memset(text, 0xc3, size);
    r = look(text, READABLE_DUTCH);
    assert_int_equal(r.words, 1);
    free(text);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_and_words_are_counted),
        cmocka_unit_test(the_average_is_in_tenths),
        cmocka_unit_test(a_sentence_of_fifteen_words_is_fine_and_sixteen_is_long),
        cmocka_unit_test(dutch_syllables),
        cmocka_unit_test(english_syllables),
        cmocka_unit_test(long_words_are_shown_and_their_halves_counted_apart),
        cmocka_unit_test(hard_words_come_with_a_plainer_one),
        cmocka_unit_test(a_saying_is_found_as_a_whole_and_not_across_sentences),
        cmocka_unit_test(who_does_it_is_missed_in_a_passive_sentence),
        cmocka_unit_test(the_tables_are_large_enough_and_plain),
        cmocka_unit_test(much_text_is_cut_and_hints_have_an_end),
    };
    return cmocka_run_group_tests_name("readable", tests, open_arena, close_arena);
}
