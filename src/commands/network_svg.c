#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "commands/network_parts.h"
#include "maths/graph.h"
#include "maths/network_layout.h"

/* Two panels side by side (one when nobody leaves): people up to MOST_PEOPLE, else groups. */

enum { MOST_PEOPLE = 2500, MOST_GROUPS = 120, PANEL = 520, MARGIN = 40, TOP = 84, FOOT = 70 };

static const char *const colours[] = { "#2f6b4f", "#2c5f8a", "#c08a1e", "#7a4069",
                                       "#6b7d3a", "#3f7f86", "#9a6b4f", "#5a5f8f" };
enum { COLOURS = sizeof colours / sizeof *colours };

struct picture {
    const struct found *found;
    struct out *out;
    double *x, *y;
    uint8_t *gone, *cut;
    uint32_t *group_rank; /* group → 0 for the largest … */
};

static void text_at(struct picture *p, double x, double y, int size, const char *colour,
                    const char *anchor, struct str text)
{
    out_print(p->out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" fill=\"%s\"", x, y, size,
              colour);
    out_print(p->out, " text-anchor=\"%s\">", anchor);
    out_text(p->out, text);
    out_print(p->out, "</text>\n");
}

/* Largest first; of equal ones the first. Counted by size: there may be many groups. */
static void rank_groups(struct picture *p)
{
    const struct network_groups *g = &p->found->groups;
    uint32_t *size = memory_new(g->groups, sizeof *size);
    uint32_t *before = memory_new((size_t)g->people + 2, sizeof *before);
    for (uint32_t v = 0; v < g->people; v++)
        size[g->group[v]]++;
    for (uint32_t a = 0; a < g->groups; a++)
        before[size[a]]++;
    for (uint32_t s = g->people, larger = 0; s > 0; s--) {
        uint32_t count = before[s];
        before[s] = larger;
        larger += count;
    }
    for (uint32_t a = 0; a < g->groups; a++)
        p->group_rank[a] = before[size[a]]++;
    memory_free(size);
    memory_free(before);
}

static const char *colour_of(const struct picture *p, uint32_t person)
{
    uint32_t rank = p->group_rank[p->found->groups.group[person]];
    return rank < COLOURS ? colours[rank] : "#8a8178";
}

static void draw_lines(struct picture *p, double left, bool after, double dot)
{
    const struct csr *g = &p->found->graph;
    const uint32_t *group = p->found->groups.group;
    for (int bridging = 0; bridging < 2; bridging++) {
        out_print(p->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%.2f\" d=\"",
                  bridging ? "#2b2622" : "#a89d8f", fmax(0.3, dot * (bridging ? 0.22 : 0.18)));
        for (uint32_t v = 0; v < g->rows; v++)
            for (uint64_t e = g->start[v]; e < g->start[v + 1]; e++) {
                uint32_t w = g->target[e];
                if (w < v || (group[v] != group[w]) != bridging ||
                    (after && (p->gone[v] || p->gone[w])))
                    continue;
                out_print(p->out, "M%.1f %.1fL%.1f %.1f", left + p->x[v] * PANEL,
                          TOP + p->y[v] * PANEL, left + p->x[w] * PANEL, TOP + p->y[w] * PANEL);
            }
        out_print(p->out, "\" opacity=\"%s\"/>\n", bridging ? "0.55" : "0.7");
    }
}

static void draw_person(struct picture *p, double left, bool after, uint32_t v, double dot)
{
    double x = left + p->x[v] * PANEL, y = TOP + p->y[v] * PANEL;
    if (p->gone[v]) {
        out_print(p->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" ", x, y, dot * 1.5);
        out_print(p->out, after ? "fill=\"none\" stroke=\"#b4532a\" stroke-dasharray=\"3 3\"/>\n"
                                : "fill=\"#b4532a\" stroke=\"#fbf7f0\" stroke-width=\"1.5\"/>\n");
    } else if (after && p->cut[v]) {
        out_print(p->out,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#fbf7f0\" stroke=\"%s\" "
                  "stroke-width=\"%.1f\"/>\n",
                  x, y, dot, colour_of(p, v), fmax(1, dot * 0.4));
    } else {
        out_print(p->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>\n", x, y, dot,
                  colour_of(p, v));
    }
}

static void draw_people(struct picture *p, double left, bool after)
{
    const struct found *f = p->found;
    double dot = fmin(7, fmax(1.6, 90 / sqrt((double)f->graph.rows + 1)));
    draw_lines(p, left, after, dot);
    for (uint32_t v = 0; v < f->graph.rows; v++)
        draw_person(p, left, after, v, dot);
    for (uint32_t i = 0; i < f->gone_count && f->gone_count <= 12; i++) {
        uint32_t v = f->gone[i];
        bool right_half = p->x[v] > 0.75;
        double x = left + p->x[v] * PANEL + (right_half ? -1 : 1) * (dot * 1.5 + 4);
        out_print(p->out, "<g paint-order=\"stroke\" stroke=\"#fbf7f0\" stroke-width=\"4\" "
                          "stroke-linejoin=\"round\">");
        text_at(p, x, TOP + p->y[v] * PANEL + 4, 13, "#b4532a", right_half ? "end" : "start",
                f->names->name[v]);
        out_print(p->out, "</g>\n");
    }
}

static void legend(struct picture *p, double left, const char *title, const struct network_after *a,
                   uint32_t lost)
{
    struct out line;
    out_open(&line, 400);
    text_at(p, left, 46, 19, "#2b2622", "start", str_of(title));
    out_print(&line, "%u people, %llu lines, %u separate part%s", a->people,
              (unsigned long long)a->lines, a->components, a->components == 1 ? "" : "s");
    text_at(p, left, 68, 14, "#6b6259", "start", out_str(&line));
    out_clear(&line);
    if (lost) {
        out_print(&line, "%u %s cut off from the largest part they were in (open circles)", lost,
                  lost == 1 ? "person is" : "people are");
        text_at(p, left, TOP + PANEL + 34, 14, "#2b2622", "start", out_str(&line));
    }
    out_close(&line);
}

/* The groups of people as one small graph of their own, lines between them weighed. */
static void group_graph(const struct picture *p, struct csr *graph, uint32_t shown, double *weight)
{
    const struct found *f = p->found;
    for (uint32_t v = 0; v < f->graph.rows; v++)
        for (uint64_t e = f->graph.start[v]; e < f->graph.start[v + 1]; e++) {
            uint32_t a = p->group_rank[f->groups.group[v]];
            uint32_t b = p->group_rank[f->groups.group[f->graph.target[e]]];
            if (a < shown && b < shown && a != b)
                weight[a * shown + b]++;
        }
    *graph = (struct csr){ .rows = shown, .columns = shown };
    graph->start = memory_new((size_t)shown + 1, sizeof *graph->start);
    graph->target = memory_new((size_t)shown * shown, sizeof *graph->target);
    uint64_t at = 0;
    for (uint32_t a = 0; a < shown; a++) {
        graph->start[a] = at;
        for (uint32_t b = 0; b < shown; b++)
            if (weight[a * shown + b] > 0)
                graph->target[at++] = b;
    }
    graph->start[shown] = at;
}

static void draw_group_lines(struct picture *p, double left, const struct csr *g,
                             const double *weight, double heaviest)
{
    for (uint32_t a = 0; a < g->rows; a++)
        for (uint64_t e = g->start[a]; e < g->start[a + 1]; e++) {
            uint32_t b = g->target[e];
            double part = weight[a * g->rows + b] / heaviest;
            if (b < a || part < 0.02)
                continue;
            out_print(p->out,
                      "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#8a8178\" "
                      "stroke-width=\"%.2f\" opacity=\"0.5\"/>\n",
                      left + p->x[a] * PANEL, TOP + p->y[a] * PANEL, left + p->x[b] * PANEL,
                      TOP + p->y[b] * PANEL, 0.4 + 5 * sqrt(part));
        }
}

static void draw_groups(struct picture *p, double left)
{
    const struct found *f = p->found;
    uint32_t shown = f->groups.groups < MOST_GROUPS ? f->groups.groups : MOST_GROUPS;
    double *weight = memory_new((size_t)shown * shown, sizeof *weight), heaviest = 1;
    double *size = memory_new(shown, sizeof *size), *lost = memory_new(shown, sizeof *lost);
    struct csr graph;
    group_graph(p, &graph, shown, weight);
    network_layout(&graph, NULL, f->seed, p->x, p->y);
    for (uint32_t i = 0; i < shown * shown; i++)
        heaviest = fmax(heaviest, weight[i]);
    for (uint32_t v = 0; v < f->graph.rows; v++) {
        uint32_t rank = p->group_rank[f->groups.group[v]];
        if (rank < shown) {
            size[rank]++;
            lost[rank] += p->cut[v] || p->gone[v];
        }
    }
    draw_group_lines(p, left, &graph, weight, heaviest);
    double scale = 0.33 * PANEL / sqrt((double)shown) / sqrt(size[0]);
    for (uint32_t a = 0; a < shown; a++) {
        double x = left + p->x[a] * PANEL, y = TOP + p->y[a] * PANEL, r = scale * sqrt(size[a]);
        out_print(p->out,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" opacity=\"0.9\" "
                  "stroke=\"#fbf7f0\"/>\n",
                  x, y, fmax(r, 1.5), a < COLOURS ? colours[a] : "#8a8178");
        if (lost[a] > 0)
            out_print(p->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#b4532a\"/>\n", x,
                      y, fmax(1, r * sqrt(lost[a] / size[a])));
    }
    graph_free(&graph);
    memory_free(weight);
    memory_free(size);
    memory_free(lost);
}

static void frame(struct picture *p, int width)
{
    out_print(p->out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
              "font-family=\"system-ui, sans-serif\" role=\"img\">\n<title>A network, before "
              "and after</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fbf7f0\"/>\n",
              width, TOP + PANEL + FOOT);
}

void network_svg(const struct found *f, struct out *out)
{
    uint32_t people = f->graph.rows, lost = 0;
    uint32_t room = people > MOST_GROUPS ? people : MOST_GROUPS;
    struct picture p = { .found = f, .out = out };
    p.x = memory_new(room, sizeof *p.x);
    p.y = memory_new(room, sizeof *p.y);
    p.gone = memory_new(people, 1);
    p.cut = memory_new(people, 1);
    p.group_rank = memory_new(f->groups.groups, sizeof *p.group_rank);
    for (uint32_t i = 0; i < f->gone_count; i++)
        p.gone[f->gone[i]] = 1;
    if (f->gone_count)
        lost = network_cut_off(f, p.cut);
    rank_groups(&p);
    bool small = people <= MOST_PEOPLE, two = small && f->gone_count;
    double second = MARGIN * 2.5 + PANEL;
    frame(&p, two ? (int)(second + PANEL + MARGIN) : PANEL + 2 * MARGIN);
    legend(&p, MARGIN, small ? "Now" : "Groups; red: who leaves or is cut off", &f->after[0],
           small ? 0 : lost);
    if (small) {
        network_layout(&f->graph, f->groups.group, f->seed, p.x, p.y);
        draw_people(&p, MARGIN, false);
    } else {
        draw_groups(&p, MARGIN);
    }
    if (two) {
        legend(&p, second, "Without them", &f->after[f->gone_count], lost);
        draw_people(&p, second, true);
    }
    out_print(out, "</svg>\n");
    memory_free(p.x);
    memory_free(p.y);
    memory_free(p.gone);
    memory_free(p.cut);
    memory_free(p.group_rank);
}
