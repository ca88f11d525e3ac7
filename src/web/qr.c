#include "web/qr.h"

#include <assert.h>
#include <qrencode.h>

#include "base/out.h"

enum { QUIET = 4, SVG_LIMIT = 1 << 20, BLACK = 1 };

static void write_svg(struct out *out, const QRcode *code, struct html label);

enum qr_result qr_draw(struct arena *arena, struct str text, struct html label, struct html *svg)
{
    if (text.len == 0)
        return QR_NOTHING;
    if (text.len > QR_TEXT_LIMIT)
        return QR_TOO_LONG;
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (!code) /* the limit above is the standard's; the library counts its own overhead too */
        return QR_TOO_LONG;
    struct out out;
    out_open(&out, SVG_LIMIT);
    write_svg(&out, code, label);
    QRcode_free(code);
    assert(!out.overflow);
    svg->safe = str_keep(arena, out_str(&out));
    out_close(&out);
    return QR_DRAWN;
}

/* Neighbouring black modules in a row become one flat box: a third of the bytes, and no hairlines
 * between modules when printed. */
static void write_row(struct out *out, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (size_t)y * (size_t)code->width;
    for (int x = 0, run; x < code->width; x += run) {
        for (run = 0; x + run < code->width && (row[x + run] & BLACK); run++)
            continue;
        if (run)
            out_print(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
        else
            run = 1;
    }
}

static void write_svg(struct out *out, const QRcode *code, struct html label)
{
    int side = code->width + 2 * QUIET;
    out_raw(out, STR("<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "));
    out_print(out, "viewBox=\"0 0 %d %d\" aria-label=\"", side, side);
    out_html(out, label);
    out_raw(out, STR("\" shape-rendering=\"crispEdges\"><path d=\""));
    for (int y = 0; y < code->width; y++)
        write_row(out, code, y);
    out_raw(out, STR("\"/></svg>"));
}
