#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "articles/import.h"
#include "articles/import_lines.h"
#include "articles/markdown.h"
#include "base/arena.h"

static struct arena *arena;
static struct imported article;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(IMPORT_ARENA + 8 * IMPORT_LIMIT);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static enum import_result import_text(const char *text)
{
    arena_reset(arena);
    return article_import(arena, str_of(text), &article);
}

static struct str read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return (struct str){ NULL, 0 };
    char *bytes = arena_take(arena, IMPORT_LIMIT);
    size_t size = fread(bytes, 1, IMPORT_LIMIT, file);
    fclose(file);
    return (struct str){ bytes, size };
}

static void assert_text(struct str got, const char *expected)
{
    if (!str_is(got, str_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", STR_FMT(got), expected);
}

static void assert_date(int year, int month, int day)
{
    assert_true(article.has_date);
    assert_int_equal(article.date.n, day_make(year, month, day).n);
}

static void assert_complaint(size_t index, enum import_complaint_kind kind, size_t line)
{
    assert_true(index < article.complaint_count);
    assert_int_equal(article.complaints[index].kind, kind);
    assert_int_equal(article.complaints[index].line, line);
}

static const char *body_has(const char *piece)
{
    const char *found = strstr(article.body.at, piece);
    if (!found)
        fail_msg("not in the body: %s\n%s", piece, article.body.at);
    return found;
}

static void the_essay_is_understood_as_it_stands(void **state)
{
    (void)state;
    const char *shared = getenv("NABIJ_SHARED");
    char path[500];
    snprintf(path, sizeof path, "%s/seed/professionele-nabijheid.txt",
             shared ? shared : "../shared");
    arena_reset(arena);
    struct str text = read_file(path);
    if (!text.at) {
        print_message("# skipped: no essay in %s\n", path);
        skip();
    }
    assert_int_equal(article_import(arena, text, &article), IMPORT_GOOD);
    assert_text(article.platform, "Platform voor buurtontwikkeling");
    assert_text(article.title, "Professionele nabijheid");
    assert_true(str_starts(article.subtitle, STR("Balanceren tussen ")));
    assert_true(str_starts(article.intro, STR("Aan de hand van Alice ")));
    assert_text(article.kind, "Blog");
    assert_text(article.author, "Leo Noteborn");
    assert_date(2017, 12, 14);
    assert_text(article.photo_credit, "Colourized");
    assert_text(article.photo_licence, "Flickr Creative Commons");
    assert_text(article.photo_caption, "Professionele nabijheid");
    assert_true(str_starts(article.body, STR("Thuisgevoel is ")));
    body_has("\n\n## Nabijheid leidt tot sneeuwbaleffect\n\n");
    body_has("\n\n## Magische drankjes\n\n");
    body_has("\n\n## Gelijkwaardiger speelveld cre\xc3\xabren\n\n");
    body_has("\n\n> Onze professionele nabijheid is de kracht van ons werk\n\n");
    body_has("\n\n- Transparantie gaat ");
    size_t sections = 0, bullets = 0, quotes = 0;
    for (const char *c = article.body.at; *c; c++) {
        sections += strncmp(c, "\n## ", 4) == 0;
        bullets += strncmp(c, "\n- ", 3) == 0;
        quotes += strncmp(c, "\n> ", 3) == 0;
    }
    assert_int_equal(sections, 5);
    assert_int_equal(bullets, 4);
    assert_int_equal(quotes, 1);
    assert_int_equal(article.theme_count, 0);
    assert_int_equal(article.complaint_count, 5);
    assert_complaint(0, IMPORT_PORTRAIT_MISSING, 7);
    assert_complaint(1, IMPORT_PHOTO_MISSING, 11);
    assert_complaint(2, IMPORT_LINK_MISSING, 71);
    assert_text(article.complaints[2].text, "dit plaatje");
    assert_complaint(3, IMPORT_LINK_MISSING, 71);
    assert_text(article.complaints[3].text, "deze publicatie");
    assert_complaint(4, IMPORT_THEMES_MISSING, 73);
    struct html html;
    assert_int_equal(markdown_html(arena, article.body, &html), MARKDOWN_GOOD);
    assert_non_null(strstr(html.safe.at, "<h2 id=\"p-magische-drankjes\">"));
}

static void a_text_in_the_same_layout_is_understood(void **state)
{
    (void)state;
    arena_reset(arena);
    struct str text = read_file("test/data/article_layout.txt");
    assert_non_null(text.at);
    assert_int_equal(article_import(arena, text, &article), IMPORT_GOOD);
    assert_text(article.platform, "Platform voor groene straten");
    assert_text(article.title, "De tuin achter de flat");
    assert_text(article.subtitle, "Wat er groeit als niemand de baas is");
    assert_text(article.kind, "Verhaal");
    assert_text(article.author, "Saar Verzonnen");
    assert_date(2021, 3, 3);
    assert_text(article.photo_credit, "Joep Bedacht");
    assert_text(article.photo_licence, "Wikimedia Commons, CC BY 4.0");
    assert_text(article.photo_caption, "De tuin achter de flat");
    assert_true(str_starts(article.intro, STR("Saar vertelt ")));
    assert_true(str_starts(article.body, STR("Eerst was er gras.")));
    body_has("\n\n## Wie heeft de sleutel?\n\n");
    body_has("\n\n> Niemand vroeg iets en iemand bracht koffie\n\n");
    body_has("\n\n## Drie dingen die hielpen\n\n");
    body_has("spijker \\[echt waar\\], \\*zomaar\\* buiten");
    body_has("\n\n- Begin klein. Een bak met sla is genoeg.\n- Deel ");
    body_has("\n\n\\# Geen kop maar tekst.");
    assert_int_equal(article.theme_count, 3);
    assert_text(article.themes[0], "groen");
    assert_text(article.themes[1], "samen doen");
    assert_text(article.themes[2], "Eten uit de buurt");
    assert_int_equal(article.complaint_count, 4);
    assert_complaint(2, IMPORT_LINK_MISSING, 51);
    assert_text(article.complaints[2].text, "deze handleiding");
    assert_text(article.complaints[3].text, "kijk hier");
}

static void english_and_another_order_work_too(void **state)
{
    (void)state;
    assert_int_equal(import_text("December 14, 2017\r\nby Ann Made-Up\r\nNews\r\n\r\n"
                                 "A bench in the street\r\n\r\nWe put a bench outside.\r\n\r\n"
                                 "Read more about: benches, streets\r\n"),
                     IMPORT_GOOD);
    assert_text(article.title, "A bench in the street");
    assert_text(article.author, "Ann Made-Up");
    assert_text(article.kind, "News");
    assert_date(2017, 12, 14);
    assert_text(article.body, "We put a bench outside.");
    assert_int_equal(article.theme_count, 2);
    assert_int_equal(article.complaint_count, 0);
}

static void what_is_missing_is_said_and_nothing_is_lost(void **state)
{
    (void)state;
    assert_int_equal(import_text("Een titel\n\nEen zin. Nog een zin.\n\nEen losse kop\n"),
                     IMPORT_GOOD);
    assert_text(article.title, "Een titel");
    assert_text(article.platform, "");
    assert_text(article.body, "Een zin. Nog een zin.\n\nEen losse kop");
    assert_int_equal(article.complaint_count, 3);
    assert_complaint(0, IMPORT_NOT_PLACED, 5);
    assert_complaint(1, IMPORT_NO_AUTHOR, 0);
    assert_complaint(2, IMPORT_NO_DATE, 0);
    assert_int_equal(import_text("Alleen een titel"), IMPORT_GOOD);
    assert_int_equal(article.complaints[article.complaint_count - 1].kind, IMPORT_NO_BODY);
    assert_int_equal(import_text("Alleen een zin."), IMPORT_NO_TITLE);
}

static void a_platform_without_a_subtitle_is_no_title(void **state)
{
    (void)state;
    import_text("Platform voor buren\n\nDe bank\nBlog\n\nWe zetten een bank neer.\n");
    assert_text(article.platform, "Platform voor buren");
    assert_text(article.title, "De bank");
    assert_text(article.subtitle, "");
    import_text("De bank\nWat er op straat gebeurt\nBlog\n\nWe zetten een bank neer.\n");
    assert_text(article.title, "De bank");
    assert_text(article.subtitle, "Wat er op straat gebeurt");
}

static void days_are_read_in_two_languages(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum line_date result;
        int year, month, day;
    } cases[] = {
        { "14 december 2017", LINE_DATE, 2017, 12, 14 },
        { "1 mei 2020", LINE_DATE, 2020, 5, 1 },
        { "2 mrt 2020", LINE_DATE, 2020, 3, 2 },
        { "3 okt. 2019", LINE_DATE, 2019, 10, 3 },
        { "Donderdag 14 December 2017", LINE_DATE, 2017, 12, 14 },
        { "October 3rd, 2019", LINE_DATE, 2019, 10, 3 },
        { "2017-12-14", LINE_DATE, 2017, 12, 14 },
        { "14-12-2017", LINE_DATE, 2017, 12, 14 },
        { "29 februari 2020", LINE_DATE, 2020, 2, 29 },
        { "29 februari 2021", LINE_BAD_DATE, 0, 0, 0 },
        { "0 mei 2021", LINE_BAD_DATE, 0, 0, 0 },
        { "14-13-2017", LINE_BAD_DATE, 0, 0, 0 },
        { "14 december", LINE_NO_DATE, 0, 0, 0 },
        { "de 14 mensen", LINE_NO_DATE, 0, 0, 0 },
        { "14 december 2017 was koud", LINE_NO_DATE, 0, 0, 0 },
        { "99999999999 mei 2020", LINE_NO_DATE, 0, 0, 0 },
        { "", LINE_NO_DATE, 0, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct day day = { 0 };
        if (line_date(str_of(cases[i].text), &day) != cases[i].result)
            fail_msg("%s", cases[i].text);
        if (cases[i].result == LINE_DATE)
            assert_int_equal(day.n, day_make(cases[i].year, cases[i].month, cases[i].day).n);
    }
    import_text("Een titel\n31 februari 2017\n\nEen zin.\n");
    assert_false(article.has_date);
    assert_complaint(0, IMPORT_NO_SUCH_DAY, 2);
}

static void photos_keep_their_maker_and_licence(void **state)
{
    (void)state;
    static const struct {
        const char *line, *credit, *licence;
    } cases[] = {
        { "Foto: Kleur (Flickr Creative Commons)", "Kleur", "Flickr Creative Commons" },
        { "photo: A. Maker", "A. Maker", "" },
        { "Foto: A (linksboven)", "A (linksboven)", "" },
        { "Foto: (CC BY)", "", "CC BY" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str credit, licence;
        assert_true(line_photo(str_of(cases[i].line), &credit, &licence));
        assert_text(credit, cases[i].credit);
        assert_text(licence, cases[i].licence);
    }
}

static void a_pull_quote_repeats_the_text_and_a_heading_does_not(void **state)
{
    (void)state;
    struct str paragraph =
        STR("Soms is het zo: onze nabijheid bij mensen is de kracht. Dat helpt.");
    assert_true(line_repeats(STR("Onze nabijheid is de kracht"), paragraph, 4));
    assert_false(line_repeats(STR("Onze nabijheid is de kracht"), paragraph, 6));
    assert_false(line_repeats(STR("Nabijheid is onze kracht"), paragraph, 4));
    assert_false(line_repeats(STR("de kracht dat helpt"), paragraph, 4)); /* two sentences */
}

static void wrapped_lines_are_one_paragraph(void **state)
{
    (void)state;
    import_text("Titel\nBlog\n\n"
                "Dit is een lange regel die na zestig tekens en nog veel meer\n"
                "gewoon doorgaat op de volgende. Klaar.\n\nNog een alinea.\n");
    assert_text(article.body, "Dit is een lange regel die na zestig tekens en nog veel meer "
                              "gewoon doorgaat op de volgende. Klaar.\n\nNog een alinea.");
    import_text("Titel\nBlog\n\nKort.\nOok kort.\n");
    assert_text(article.body, "Kort.\n\nOok kort.");
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    assert_int_equal(import_text(""), IMPORT_EMPTY);
    assert_int_equal(import_text(" \n\xc2\xa0\n\xef\xbb\xbf\n"), IMPORT_EMPTY);
    assert_int_equal(import_text("%PDF-1.7 abc"), IMPORT_BINARY);
    assert_int_equal(import_text("Titel\n\x01\x02"), IMPORT_BINARY);
    assert_int_equal(article_import(arena, STR("Titel\0n"), &article), IMPORT_BINARY);
    assert_int_equal(import_text("Titel\nEen caf\xc3\xa9 en caf\xe9 x\n"), IMPORT_NOT_UTF8);
    assert_int_equal(article.bad.line, 2);
    assert_int_equal(article.bad.column, 16);
    char *text = malloc(IMPORT_LIMIT + 1);
    memset(text, 'a', IMPORT_LIMIT + 1);
    assert_int_equal(article_import(arena, (struct str){ text, IMPORT_LIMIT + 1 }, &article),
                     IMPORT_TOO_LARGE);
    for (size_t i = 1; i < IMPORT_LIMIT; i += 2)
        text[i] = '\n';
    arena_reset(arena);
    assert_int_equal(article_import(arena, (struct str){ text, IMPORT_LIMIT }, &article),
                     IMPORT_TOO_LARGE);
    free(text);
}

static void a_full_megabyte_ends_soon_and_fits_its_arena(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b c\n",
        "*********************************************************************************.\n",
        "\xe2\x80\xa2 hier dit plaatje bekijk hier kijk hier lees dit boek\n\n",
        "Foto: een twee (((((((((((((((((((((((((((((((((((((((((((((((\n\n",
    };
    char *text = malloc(IMPORT_LIMIT);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t step = strlen(lines[i]), at = 6, count = 0;
        memcpy(text, "Titel\n", 6);
        for (; at + step <= IMPORT_LIMIT && count < IMPORT_LINES - 1; at += step, count++)
            memcpy(text + at, lines[i], step);
        struct arena *own = arena_new(IMPORT_ARENA);
        assert_int_equal(article_import(own, (struct str){ text, at }, &article), IMPORT_GOOD);
        arena_free(own);
    }
    free(text);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_essay_is_understood_as_it_stands),
        cmocka_unit_test(a_text_in_the_same_layout_is_understood),
        cmocka_unit_test(english_and_another_order_work_too),
        cmocka_unit_test(what_is_missing_is_said_and_nothing_is_lost),
        cmocka_unit_test(a_platform_without_a_subtitle_is_no_title),
        cmocka_unit_test(days_are_read_in_two_languages),
        cmocka_unit_test(photos_keep_their_maker_and_licence),
        cmocka_unit_test(a_pull_quote_repeats_the_text_and_a_heading_does_not),
        cmocka_unit_test(wrapped_lines_are_one_paragraph),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(a_full_megabyte_ends_soon_and_fits_its_arena),
    };
    return cmocka_run_group_tests_name("article_import", tests, open_arena, close_arena);
}
