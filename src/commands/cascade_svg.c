#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "commands/cascade_parts.h"

/* What grew, from left to right: a column for each step of the longest way.
 * Rows come from a walk through the first parents, so that a branch stays together. */

enum { MOST_THINGS = 400, MARGIN = 36, TOP = 92, ROW = 30, COLUMN = 170 };

static const char *const colours[] = { "#2f6b4f", "#2c5f8a", "#7a4069",
                                       "#c08a1e", "#3f7f86", "#6b7d3a" };
enum { COLOURS = sizeof colours / sizeof *colours };

struct tree {
    const struct grown *grown;
    struct out *out;
    uint32_t *column, *parent, *family; /* by place */
    double *row;
    uint32_t columns;
    double next_row;
};

static void find_shape(struct tree *t)
{
    const struct cascade *c = &t->grown->cascade;
    uint32_t families = 0;
    for (uint32_t p = 0; p < c->things; p++) {
        if (t->parent[p] == UINT32_MAX)
            t->family[p] = families++;
        else
            t->family[p] = t->family[t->parent[p]];
        t->columns = t->column[p] + 1 > t->columns ? t->column[p] + 1 : t->columns;
        for (uint64_t e = c->grew.start[p]; e < c->grew.start[p + 1]; e++) {
            uint32_t child = c->grew.target[e];
            if (t->column[p] + 1 > t->column[child]) {
                t->column[child] = t->column[p] + 1;
                t->parent[child] = p;
            }
        }
    }
}

/* Leaves take the next row; the others stand in the middle of what is drawn from them. */
static void give_rows(struct tree *t)
{
    const struct cascade *c = &t->grown->cascade;
    double *sum = memory_new(c->things, sizeof *sum), *count = memory_new(c->things, sizeof *count);
    uint32_t *stack = memory_grow(NULL, (size_t)c->things * 2 + 1, sizeof *stack);
    for (uint32_t root = 0; root < c->things; root++) {
        if (t->parent[root] != UINT32_MAX)
            continue;
        uint32_t top = 0;
        stack[top++] = root;
        while (top) {
            uint32_t p = stack[--top];
            bool leaf = true;
            for (uint64_t e = c->grew.start[p + 1]; e-- > c->grew.start[p];)
                if (t->parent[c->grew.target[e]] == p) {
                    stack[top++] = c->grew.target[e];
                    leaf = false;
                }
            if (leaf)
                t->row[p] = t->next_row++;
        }
        t->next_row += 0.4;
    }
    for (uint32_t p = c->things; p-- > 0;) {
        if (count[p] > 0)
            t->row[p] = sum[p] / count[p];
        if (t->parent[p] != UINT32_MAX) {
            sum[t->parent[p]] += t->row[p];
            count[t->parent[p]]++;
        }
    }
    memory_free(sum);
    memory_free(count);
    memory_free(stack);
}

static double x_of(const struct tree *t, uint32_t p)
{
    return MARGIN + 8 + (double)t->column[p] * COLUMN;
}

static double y_of(const struct tree *t, uint32_t p)
{
    return TOP + t->row[p] * ROW;
}

static void draw_arrows(struct tree *t)
{
    const struct cascade *c = &t->grown->cascade;
    for (uint32_t p = 0; p < c->things; p++)
        for (uint64_t e = c->grew.start[p]; e < c->grew.start[p + 1]; e++) {
            uint32_t child = c->grew.target[e];
            double x = x_of(t, p), y = y_of(t, p), to_x = x_of(t, child), to_y = y_of(t, child);
            double middle = to_x - COLUMN * 0.45;
            out_print(t->out,
                      "<path fill=\"none\" stroke=\"%s\" stroke-width=\"%s\" opacity=\"0.55\" "
                      "d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"%s/>\n",
                      colours[t->family[p] % COLOURS], c->parents[child] > 1 ? "1.4" : "2", x, y,
                      middle, y, middle, to_y, to_x, to_y,
                      t->parent[child] == p ? "" : " stroke-dasharray=\"5 4\"");
        }
}

static struct str short_name(struct str name)
{
    size_t length = 0, characters = 0;
    for (; length < name.len && characters < 20; length++)
        characters += length + 1 == name.len || (name.at[length + 1] & 0xc0) != 0x80;
    return str_first(name, length);
}

static void draw_things(struct tree *t)
{
    const struct grown *g = t->grown;
    for (uint32_t p = 0; p < g->cascade.things; p++) {
        struct str name = g->lines.names.name[g->cascade.order[p]], brief = short_name(name);
        bool alive = g->alive[p] || g->alive_since == LINES_NO_DATE;
        double size = fmin(13, 5 + 1.6 * sqrt(g->credit[p]));
        const char *colour = colours[t->family[p] % COLOURS];
        out_print(t->out,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\" "
                  "stroke-width=\"2\"/>\n",
                  x_of(t, p), y_of(t, p), size, alive ? colour : "#fbf7f0", colour);
        out_print(t->out,
                  "<text x=\"%.1f\" y=\"%.1f\" font-size=\"13\" fill=\"#2b2622\" "
                  "paint-order=\"stroke\" stroke=\"#fbf7f0\" stroke-width=\"4\">",
                  x_of(t, p) + size + 5, y_of(t, p) + 4.5);
        out_text(t->out, brief);
        out_print(t->out, brief.len < name.len ? "…</text>\n" : "</text>\n");
    }
}

static void draw_title(struct tree *t, double width, double height)
{
    const struct grown *g = t->grown;
    out_print(t->out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" "
              "font-family=\"system-ui, sans-serif\" role=\"img\">\n<title>What grew from what"
              "</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fbf7f0\"/>\n",
              width, height);
    out_print(t->out,
              "<text x=\"%d\" y=\"44\" font-size=\"19\" fill=\"#2b2622\">What grew from what"
              "</text>\n<text x=\"%d\" y=\"66\" font-size=\"14\" fill=\"#6b6259\">%u things, %u "
              "began by themselves%s</text>\n",
              MARGIN, MARGIN, g->cascade.things, g->all_roots,
              g->alive_since == LINES_NO_DATE ? "" : "; open circles: no sign of life any more");
}

static void open_tree(struct tree *t, uint32_t things)
{
    t->column = memory_new(things, sizeof *t->column);
    t->parent = memory_grow(NULL, things, sizeof *t->parent);
    t->family = memory_new(things, sizeof *t->family);
    t->row = memory_new(things, sizeof *t->row);
    memset(t->parent, 0xff, things * sizeof *t->parent);
}

void cascade_svg(const struct grown *grown, struct out *out)
{
    struct tree t = { .grown = grown, .out = out };
    uint32_t things = grown->cascade.things;
    if (things > MOST_THINGS) {
        draw_title(&t, 700, 140);
        out_print(out,
                  "<text x=\"%d\" y=\"106\" font-size=\"14\" fill=\"#2b2622\">Too many to draw "
                  "one by one (at most %d): choose a part of the file.</text>\n</svg>\n",
                  MARGIN, MOST_THINGS);
        return;
    }
    open_tree(&t, things);
    find_shape(&t);
    give_rows(&t);
    draw_title(&t, fmax(560, 2.0 * MARGIN + t.columns * (double)COLUMN),
               TOP + fmax(1, t.next_row) * ROW + MARGIN);
    draw_arrows(&t);
    draw_things(&t);
    out_print(out, "</svg>\n");
    memory_free(t.column);
    memory_free(t.parent);
    memory_free(t.family);
    memory_free(t.row);
}
