/* suggest_svg.c - the place as a map: a dot a person, a thin line where a line is, an arc where
 * two might like to meet. Who has no position stands in a row along the foot. */
#include <math.h>

#include "base/memory.h"
#include "commands/suggest_write.h"

#define INK        "#2b2622"
#define PAPER      "#fbf7f0"
#define TERRACOTTA "#b4532a"
#define GREEN      "#2f6b4f"

enum {
    WIDE = 900,
    HIGH = 700,
    LEFT = 40,
    TOP = 92,
    FOOT = 70,
    LINES_MOST = 6000,
    ARCS_MOST = 3000,
    DOTS_MOST = 20000,
    NAMES_MOST = 40
};

struct map {
    const struct suggest_found *f;
    float *x, *y;
    double size; /* of a dot */
};

static bool on_map(const struct suggest_people *people, uint32_t i)
{
    return isfinite(people->x[i]) && isfinite(people->y[i]);
}

static void lay_out(struct map *m)
{
    const struct suggest_people *people = &m->f->crowd->people;
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    uint32_t off = 0, at = 0;
    for (uint32_t i = 0; i < people->count; i++) {
        if (!on_map(people, i)) {
            off++;
            continue;
        }
        left = fmin(left, people->x[i]), right = fmax(right, people->x[i]);
        low = fmin(low, people->y[i]), high = fmax(high, people->y[i]);
    }
    double wide = WIDE - 2 * LEFT, tall = HIGH - TOP - FOOT - (off ? 40 : 0);
    double scale = fmin(wide / fmax(right - left, 1), tall / fmax(high - low, 1));
    double spare_x = (wide - scale * (right - left)) / 2;
    double spare_y = (tall - scale * (high - low)) / 2;
    for (uint32_t i = 0; i < people->count; i++) {
        if (on_map(people, i)) {
            m->x[i] = (float)(LEFT + spare_x + scale * (people->x[i] - left));
            m->y[i] = (float)(TOP + spare_y + scale * (high - people->y[i]));
        } else {
            m->x[i] = (float)(LEFT + wide * (at++ + 0.5) / off);
            m->y[i] = HIGH - FOOT - 8;
        }
    }
    m->size = fmax(1.2, fmin(5, 90 / sqrt(people->count + 1.0)));
}

static void draw_lines(const struct map *m, struct out *out)
{
    const struct suggest_lines *lines = &m->f->ties->lines;
    uint64_t step = lines->count / LINES_MOST + 1;
    out_raw(out, STR("<path fill=\"none\" stroke=\"#d8cdbd\" stroke-width=\"0.8\" d=\""));
    for (uint64_t l = 0; l < lines->count; l += step)
        out_print(out, "M%.1f %.1fL%.1f %.1f", (double)m->x[lines->a[l]], (double)m->y[lines->a[l]],
                  (double)m->x[lines->b[l]], (double)m->y[lines->b[l]]);
    out_raw(out, STR("\"/>\n"));
}

/* Bent to one side, more so when longer. */
static void arc(const struct map *m, const struct suggest_row *row, struct out *out)
{
    uint32_t one = row->person < row->partner ? row->person : row->partner;
    uint32_t two = row->person < row->partner ? row->partner : row->person;
    double x = (double)m->x[one], y = (double)m->y[one], u = (double)m->x[two],
           v = (double)m->y[two];
    double bend = hypot(u - x, v - y) < 1 ? 0 : 0.16;
    out_print(out, "<path d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\"/>\n", x, y,
              (x + u) / 2 + bend * (v - y), (y + v) / 2 - bend * (u - x), u, v);
}

static void draw_arcs(const struct map *m, struct out *out)
{
    const struct suggest_found *f = m->f;
    uint64_t step = f->rows / ARCS_MOST + 1;
    out_raw(out, STR("<g fill=\"none\" stroke=\"" TERRACOTTA "\" stroke-width=\"1.6\" "
                     "stroke-opacity=\"0.75\" stroke-linecap=\"round\">\n"));
    for (uint64_t i = 0; i < f->rows; i += step)
        if (!f->round || f->row[i].person < f->row[i].partner || step > 1)
            arc(m, &f->row[i], out);
    out_raw(out, STR("</g>\n"));
}

static void draw_dots(const struct map *m, struct out *out)
{
    const struct suggest_people *people = &m->f->crowd->people;
    uint32_t step = people->count / DOTS_MOST + 1;
    for (uint32_t i = 0; i < people->count; i += step) {
        bool open = people->open[i] > 0;
        out_print(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>\n",
                  (double)m->x[i], (double)m->y[i], m->size, open ? GREEN : PAPER,
                  open ? PAPER : "#8d8478");
    }
    if (people->count > NAMES_MOST)
        return;
    out_raw(out, STR("<g font-size=\"13\" paint-order=\"stroke\" stroke=\"" PAPER
                     "\" stroke-width=\"3\" fill=\"" INK "\" text-anchor=\"middle\">\n"));
    for (uint32_t i = 0; i < people->count; i++) {
        out_print(out, "<text x=\"%.1f\" y=\"%.1f\">", (double)m->x[i],
                  (double)m->y[i] - m->size - 5);
        out_text(out, m->f->crowd->id[i]);
        out_raw(out, STR("</text>\n"));
    }
    out_raw(out, STR("</g>\n"));
}

static void legend(struct out *out)
{
    out_print(out, "<g font-size=\"13\" fill=\"" INK "\" transform=\"translate(%d %d)\">\n", LEFT,
              HIGH - 28);
    out_raw(out, STR("<circle cx=\"6\" cy=\"-4\" r=\"5\" fill=\"" GREEN "\"/>"
                     "<text x=\"18\">open to meeting</text>\n"
                     "<circle cx=\"166\" cy=\"-4\" r=\"4.5\" fill=\"" PAPER
                     "\" stroke=\"#8d8478\"/><text x=\"178\">leave me</text>\n"
                     "<path d=\"M280 -4H310\" stroke=\"#d8cdbd\" stroke-width=\"2\"/>"
                     "<text x=\"318\">a line that is there</text>\n"
                     "<path d=\"M472 -2Q487 -10 502 -2\" fill=\"none\" stroke=\"" TERRACOTTA
                     "\" stroke-width=\"2\"/><text x=\"510\">might like to meet</text>\n</g>\n"));
}

void suggest_write_svg(const struct suggest_found *f, struct out *out)
{
    uint32_t people = f->crowd->people.count;
    struct map m = { .f = f };
    m.x = memory_new(people, sizeof *m.x);
    m.y = memory_new(people, sizeof *m.y);
    lay_out(&m);
    out_print(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
              "height=\"%d\" font-family=\"Georgia, 'DejaVu Serif', serif\" role=\"img\">\n"
              "<title>Who might like to meet</title>\n<rect width=\"%d\" height=\"%d\" "
              "fill=\"" PAPER "\"/>\n",
              WIDE, HIGH, WIDE, HIGH, WIDE, HIGH);
    out_print(out,
              "<text x=\"%d\" y=\"44\" font-size=\"24\" fill=\"" INK
              "\">Who might like to meet</text>\n<text x=\"%d\" y=\"68\" font-size=\"14\" "
              "fill=\"#6b6258\">%llu %s among %u people</text>\n",
              LEFT, LEFT, (unsigned long long)(f->round ? f->rows / 2 : f->rows),
              f->round ? "introductions" : "suggestions", people);
    draw_lines(&m, out);
    draw_arcs(&m, out);
    draw_dots(&m, out);
    legend(out);
    out_raw(out, STR("</svg>\n"));
    memory_free(m.x);
    memory_free(m.y);
}
