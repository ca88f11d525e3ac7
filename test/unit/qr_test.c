#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <qrencode.h>

#include "base/arena.h"
#include "web/qr.h"

enum { WIDEST = 177 + 8 };

static struct arena *arena;
static char grid[WIDEST][WIDEST];

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(8 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Paints the path back into modules, as a browser would; returns the side with its quiet zone. */
static int paint(struct html svg)
{
    int side = 0, other = 0;
    memset(grid, 0, sizeof grid);
    const char *box = strstr(svg.safe.at, "viewBox=\"0 0 "), *d = strstr(svg.safe.at, " d=\"");
    assert_non_null(box);
    assert_non_null(d);
    assert_int_equal(sscanf(box, "viewBox=\"0 0 %d %d\"", &side, &other), 2);
    assert_int_equal(side, other);
    for (d += 4; *d == 'M';) {
        int x, y, wide, back, used = 0;
        assert_int_equal(sscanf(d, "M%d %dh%dv1h-%dz%n", &x, &y, &wide, &back, &used), 4);
        assert_int_equal(wide, back);
        assert_true(x >= 4 && y >= 4 && x + wide <= side - 4 && y < side - 4);
        memset(&grid[y][x], 1, (size_t)wide);
        d += used;
    }
    assert_int_equal(*d, '"');
    return side;
}

static void every_module_is_where_the_library_put_it(void **state)
{
    (void)state;
    static const size_t lengths[] = { 1, 40, 200, 1000, QR_TEXT_LIMIT };
    char text[QR_TEXT_LIMIT];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('!' + i * 7 % 90);
    for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++) {
        struct html svg;
        enum qr_result result =
            qr_draw(arena, (struct str){ text, lengths[n] }, (struct html){ STR("x") }, &svg);
        assert_int_equal(result, QR_DRAWN);
        int side = paint(svg);
        QRcode *code =
            QRcode_encodeData((int)lengths[n], (const unsigned char *)text, 0, QR_ECLEVEL_M);
        assert_int_equal(code->width + 8, side);
        for (int y = 0; y < code->width; y++)
            for (int x = 0; x < code->width; x++)
                assert_int_equal(grid[y + 4][x + 4], code->data[y * code->width + x] & 1);
        QRcode_free(code);
    }
}

static void it_is_named_and_carries_no_style(void **state)
{
    (void)state;
    struct html svg;
    assert_int_equal(qr_draw(arena, STR("https://nabij.example/card"),
                             (struct html){ STR("Sleutelkaart &quot;thuis&quot;") }, &svg),
                     QR_DRAWN);
    assert_true(str_starts(svg.safe, STR("<svg class=\"qr\" ")));
    assert_true(str_ends(svg.safe, STR("</svg>")));
    assert_non_null(strstr(svg.safe.at, "role=\"img\""));
    assert_non_null(strstr(svg.safe.at, "aria-label=\"Sleutelkaart &quot;thuis&quot;\""));
    assert_null(strstr(svg.safe.at, "style"));
    assert_null(strstr(svg.safe.at, "nabij.example")); /* only the picture tells it */
    const char *path = strstr(svg.safe.at, "<path");
    assert_non_null(path);
    assert_null(strstr(path + 1, "<path"));
}

static void any_bytes_may_be_drawn(void **state)
{
    (void)state;
    char text[256];
    for (int i = 0; i < 256; i++)
        text[i] = (char)i;
    struct html svg;
    assert_int_equal(
        qr_draw(arena, (struct str){ text, sizeof text }, (struct html){ STR("x") }, &svg),
        QR_DRAWN);
}

static void nothing_and_too_much_are_refused(void **state)
{
    (void)state;
    struct html svg = { { NULL, 0 } };
    assert_int_equal(qr_draw(arena, STR(""), (struct html){ STR("x") }, &svg), QR_NOTHING);
    char *text = calloc(1, 5 << 20);
    assert_int_equal(
        qr_draw(arena, (struct str){ text, QR_TEXT_LIMIT + 1 }, (struct html){ STR("x") }, &svg),
        QR_TOO_LONG);
    assert_int_equal(qr_draw(arena, (struct str){ text, 5 << 20 }, (struct html){ STR("x") }, &svg),
                     QR_TOO_LONG);
    assert_null(svg.safe.at);
    free(text);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_module_is_where_the_library_put_it),
        cmocka_unit_test(it_is_named_and_carries_no_style),
        cmocka_unit_test(any_bytes_may_be_drawn),
        cmocka_unit_test(nothing_and_too_much_are_refused),
    };
    return cmocka_run_group_tests_name("qr", tests, open_arena, close_arena);
}
