/* The map as a picture: people as dots, groups as soft shapes, and below it in words what all
 * agree on and what each group stands for. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "commands/opinions_hull.h"
#include "commands/opinions_show.h"

enum {
    WIDE = 900,
    LEFT = 40,
    TOP = 92,
    MAP_WIDE = 820,
    MAP_HIGH = 420,
    LINE = 24,
    TEXT = 80,
    GAP = 6,
    MOST_DOTS = 3000,
    CELL = 9
};

/* The same as numbers with a fraction. */
static const double left = LEFT, top = TOP, map_wide = MAP_WIDE, map_high = MAP_HIGH, line = LINE;
static const double gap = GAP, cell_side = CELL;

static const char *const colour[MOST_GROUPS] = { "#b4532a", "#2c5f8a", "#2f6b4f", "#c08a1e",
                                                 "#7a4069" };
static const char ink[] = "#2b2622", paper[] = "#fbf7f0", quiet[] = "#6b6259";

struct picture {
    struct out *out;
    const struct opinions_view *view;
    double scale; /* pixels a unit of the map */
    double middle_x, middle_y;
};

static int compare_floats(const void *a, const void *b)
{
    float one = *(const float *)a, other = *(const float *)b;
    return (one > other) - (one < other);
}

struct stretch {
    double low, high;
};

/* Nearly everybody (98 of 100) fits; the others stand at the edge. */
static struct stretch reach(const struct opinions_view *v, const float *along)
{
    float *sorted = memory_new(v->map->people, sizeof *sorted);
    uint32_t count = 0;
    for (uint32_t i = 0; i < v->map->people; i++)
        if (v->votes->start[i + 1] > v->votes->start[i])
            sorted[count++] = along[i];
    qsort(sorted, count, sizeof *sorted, compare_floats);
    struct stretch s = { -1, 1 };
    if (count)
        s = (struct stretch){ (double)sorted[count / 100],
                              (double)sorted[count - 1 - count / 100] };
    memory_free(sorted);
    if (s.high - s.low < 1e-6)
        s = (struct stretch){ s.low - 1, s.high + 1 };
    return s;
}

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static struct spot spot_at(const struct picture *p, float x, float y)
{
    double px = left + map_wide / 2.0 + ((double)x - p->middle_x) * p->scale;
    double py = top + map_high / 2.0 - ((double)y - p->middle_y) * p->scale;
    return (struct spot){ clamp(px, LEFT + 12, LEFT + MAP_WIDE - 12),
                          clamp(py, TOP + 12, TOP + MAP_HIGH - 12) };
}

static bool has_answers(const struct picture *p, uint32_t i)
{
    return p->view->votes->start[i + 1] > p->view->votes->start[i];
}

static void shape_of_group(struct picture *p, uint32_t g)
{
    const struct opinions_map *map = p->view->map;
    struct spot *spot = memory_new(map->size[g], sizeof *spot);
    uint32_t count = 0;
    for (uint32_t i = 0; i < map->people; i++)
        if (map->group[i] == g)
            spot[count++] = spot_at(p, map->x[i], map->y[i]);
    count = hull(spot, count);
    out_print(p->out,
              "<polygon opacity=\".15\" fill=\"%s\" stroke=\"%s\" stroke-width=\"16\" "
              "stroke-linejoin=\"round\" points=\"",
              colour[g], colour[g]);
    for (uint32_t i = 0; i < count; i++)
        out_print(p->out, "%.1f,%.1f ", spot[i].x, spot[i].y);
    out_print(p->out, "\"/>\n");
    memory_free(spot);
}

static void dot(struct picture *p, double x, double y, double radius, uint32_t group)
{
    out_print(p->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius,
              group == OPINIONS_NO_GROUP ? quiet : colour[group]);
}

static void dots_of_people(struct picture *p)
{
    const struct opinions_map *map = p->view->map;
    double radius = map->voters > 600 ? 2.6 : map->voters > 100 ? 3.6 : 5;
    for (uint32_t i = 0; i < map->people; i++)
        if (has_answers(p, i)) {
            struct spot at = spot_at(p, map->x[i], map->y[i]);
            dot(p, at.x, at.y, radius, map->group[i]);
        }
}

/* Too many for a dot each: a dot a little square of the map, larger where more people are. */
static void dots_of_cells(struct picture *p)
{
    enum { ACROSS = MAP_WIDE / CELL + 1, ALONG = MAP_HIGH / CELL + 1 };
    const struct opinions_map *map = p->view->map;
    uint32_t groups = map->k + 1, most = 1;
    uint32_t *people = memory_new((size_t)ACROSS * ALONG * groups, sizeof *people);
    for (uint32_t i = 0; i < map->people; i++) {
        if (!has_answers(p, i))
            continue;
        struct spot at = spot_at(p, map->x[i], map->y[i]);
        uint32_t cell =
            (uint32_t)((at.y - top) / cell_side) * ACROSS + (uint32_t)((at.x - left) / cell_side);
        uint32_t group = map->group[i] == OPINIONS_NO_GROUP ? map->k : map->group[i];
        uint32_t n = ++people[cell * groups + group];
        most = n > most ? n : most;
    }
    for (uint32_t c = 0; c < ACROSS * ALONG * groups; c++)
        if (people[c]) {
            uint32_t cell = c / groups, group = c % groups;
            double radius = 1 + (cell_side / 2.0 - 1) * sqrt((double)people[c] / most);
            dot(p, left + (cell % ACROSS + 0.5) * cell_side,
                top + (cell / ACROSS + 0.5) * cell_side, radius,
                group == map->k ? (uint32_t)OPINIONS_NO_GROUP : group);
        }
    memory_free(people);
}

static void name_of_group(struct picture *p, uint32_t g)
{
    const struct opinions_map *map = p->view->map;
    struct spot at = spot_at(p, map->centres.x[g], map->centres.y[g]);
    out_print(p->out,
              "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"26\" "
              "font-weight=\"700\" fill=\"%s\" stroke=\"%s\" stroke-width=\"6\" "
              "stroke-linejoin=\"round\" paint-order=\"stroke\">%c</text>\n",
              at.x, at.y + 9, colour[g], paper, (int)('A' + g));
}

static void words(struct picture *p, double x, double y, const char *style, struct str text)
{
    out_print(p->out, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, style);
    out_text(p->out, text);
    out_print(p->out, "</text>\n");
}

static void heading(struct picture *p)
{
    const struct opinions_view *v = p->view;
    struct arena *arena = v->table->arena;
    unsigned long long answers = (unsigned long long)v->votes->start[v->map->people];
    struct str numbers = str_print(arena,
                                   "%u people · %u statements · %llu answers. People who "
                                   "answered alike stand close together.",
                                   v->map->voters, v->map->statements, answers);
    words(p, LEFT, 44, "font-size=\"23\" font-weight=\"700\"", STR("Where do we agree?"));
    words(p, LEFT, 70, "font-size=\"14\" fill=\"#6b6259\"", numbers);
    if (v->map->stability.replicates && !v->map->stability.stable)
        words(p, LEFT + MAP_WIDE, 44,
              "font-size=\"14\" text-anchor=\"end\" font-weight=\"700\" fill=\"#b4532a\"",
              STR("Not stable: another draw of people gives other groups"));
}

static void said(struct picture *p, double *y, const char *fill, struct str who, const char *verb,
                 uint32_t j)
{
    struct arena *arena = p->view->table->arena;
    struct str text = statement_label(p->view->table, j, TEXT);
    struct str style = str_print(arena, "font-size=\"14\" font-weight=\"700\" fill=\"%s\"", fill);
    words(p, LEFT, *y, style.at, who);
    struct str sentence = str_print(arena, "%s: %.*s", verb, STR_FMT(text));
    words(p, LEFT + 150, *y, "font-size=\"13.5\"", sentence);
    *y += line;
}

/* What everybody agrees on comes first: that is what the picture is for. */
static void agreed(struct picture *p, double *y)
{
    uint32_t found[MEANING_MOST], most = p->view->map->k ? 2 : MEANING_MOST;
    uint32_t count = opinions_best(p->view->meaning, p->view->map, BY_CONSENSUS, most, found);
    for (uint32_t i = 0; i < count; i++)
        said(p, y, ink,
             i                 ? STR("")
             : p->view->map->k ? STR("All groups")
                               : STR("Both sides"),
             "agree", found[i]);
    uint32_t no = opinions_best(p->view->meaning, p->view->map, BY_REJECTION, 1, found);
    if (no)
        said(p, y, ink, count ? STR("") : STR("All groups"), "disagree", found[0]);
    if (!count && !no)
        words(p, LEFT, *y, "font-size=\"14\"", STR("No statement that everybody agrees on yet."));
    *y += count || no ? 0 : LINE;
}

static void legend(struct picture *p)
{
    const struct opinions_view *v = p->view;
    double y = TOP + MAP_HIGH + 36;
    agreed(p, &y);
    for (uint32_t g = 0; g < v->map->k; g++) {
        struct str who =
            str_print(v->table->arena, "%c · %u people", (int)('A' + g), v->map->size[g]);
        y += gap;
        for (uint32_t i = 0; i < v->meaning->count[g] && i < 2; i++) {
            const struct stands_for *s = &v->meaning->group[g][i];
            said(p, &y, colour[g], i ? STR("") : who, s->agree ? "agrees" : "disagrees",
                 (uint32_t)s->statement);
        }
    }
}

static int height(const struct opinions_view *v)
{
    uint32_t found[MEANING_MOST], lines = 1;
    lines += opinions_best(v->meaning, v->map, BY_CONSENSUS, v->map->k ? 2 : MEANING_MOST, found);
    lines += opinions_best(v->meaning, v->map, BY_REJECTION, 1, found);
    for (uint32_t g = 0; g < v->map->k; g++)
        lines += v->meaning->count[g] < 2 ? v->meaning->count[g] : 2;
    return TOP + MAP_HIGH + 20 + (int)lines * LINE + (int)v->map->k * GAP;
}

void opinions_show_svg(struct out *out, const struct opinions_view *v)
{
    struct stretch x = reach(v, v->map->x), y = reach(v, v->map->y);
    struct picture p = { out, v, 1, (x.low + x.high) / 2, (y.low + y.high) / 2 };
    double across = (MAP_WIDE - 60) / (x.high - x.low), along = (MAP_HIGH - 60) / (y.high - y.low);
    p.scale = across < along ? across : along;
    out_print(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
              "font-family=\"system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif\" fill=\"%s\">\n"
              "<title>Where do we agree?</title>\n<rect width=\"100%%\" height=\"100%%\" "
              "fill=\"%s\"/>\n<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\" "
              "fill=\"#fffdf9\" stroke=\"#e6ddcf\"/>\n",
              WIDE, height(v), ink, paper, LEFT, TOP, MAP_WIDE, MAP_HIGH);
    heading(&p);
    for (uint32_t g = 0; g < v->map->k; g++)
        shape_of_group(&p, g);
    out_print(out, "<g fill-opacity=\".62\">\n");
    if (v->map->voters > MOST_DOTS)
        dots_of_cells(&p);
    else
        dots_of_people(&p);
    out_print(out, "\n</g>\n");
    for (uint32_t g = 0; g < v->map->k; g++)
        name_of_group(&p, g);
    legend(&p);
    out_print(out, "</svg>\n");
}
