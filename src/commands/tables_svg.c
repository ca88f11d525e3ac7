/* The seating cards: a band a round, a card a table, on paper that can be cut. */
#include "commands/tables_write.h"

enum { LEFT = 28, TOP = 74, GAP = 12, LINE = 17, HEAD = 30, BAND = 34, PAGE = 900 };

static const char *const colours[] = { "#b4532a", "#2f6b4f", "#2c5f8a", "#8a6210", "#7a4069" };

/* Names are cut to what fits on a card: whole characters, three dots. */
static void card_name(struct out *out, struct str name, size_t room)
{
    if (str_characters(name) <= room) {
        out_text(out, name);
        return;
    }
    size_t bytes = 0, seen = 0;
    while (bytes < name.len) {
        if (((unsigned char)name.at[bytes] & 0xc0) != 0x80 && seen++ == room - 1)
            break;
        bytes++;
    }
    out_text(out, str_first(name, bytes));
    out_raw(out, STR("…"));
}

struct grid {
    uint32_t columns, rows, width, height, lines;
    bool numbers;
};

static struct grid grid_of(const struct tables_plan *plan)
{
    struct grid g = { .numbers = true };
    uint32_t n = plan->people->count, most = 1, tables = 1;
    size_t longest = 0;
    for (uint32_t p = 0; p < n; p++) {
        int64_t number;
        size_t long_name = str_characters(plan->people->name[p]);
        g.numbers = g.numbers && str_number(plan->people->name[p], &number);
        longest = long_name > longest ? long_name : longest;
    }
    for (uint32_t r = 0; r < plan->rounds; r++) {
        uint32_t count[TABLES_MOST_PEOPLE] = { 0 };
        for (uint32_t p = 0; p < n; p++) {
            uint16_t t = plan->table[(size_t)r * n + p];
            if (t == TABLES_NOWHERE)
                continue;
            most = ++count[t] > most ? count[t] : most;
            tables = t + 1u > tables ? t + 1u : tables;
        }
    }
    uint32_t want = g.numbers ? 92 : 112;
    if (!g.numbers && longest > 12)
        want = longest > 22 ? 196 : 150;
    g.columns = (PAGE - 2 * LEFT + GAP) / (want + GAP);
    g.columns = g.columns > tables ? tables : g.columns;
    g.width = (PAGE - 2 * LEFT + GAP) / g.columns - GAP;
    g.width = g.width > 200 ? 200 : g.width;
    g.rows = (tables + g.columns - 1) / g.columns;
    g.lines = g.numbers ? (most + 2) / 3 : most;
    g.height = HEAD + g.lines * LINE + 8;
    return g;
}

static void card(struct out *out, const struct tables_plan *plan, const struct grid *g, uint32_t r,
                 uint32_t t, uint32_t x, uint32_t y)
{
    const char *colour = colours[t % (sizeof colours / sizeof *colours)];
    uint32_t n = plan->people->count, k = 0;
    out_print(
        out,
        "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"7\" fill=\"#fffdf9\" "
        "stroke=\"#d9cfc0\"/>\n<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"3\" "
        "rx=\"1.5\" fill=\"%s\"/>\n<text x=\"%u\" y=\"%u\" class=\"t\" style=\"fill:%s\">tafel "
        "%u</text>\n",
        x, y, g->width, g->height, x + 10, y + 6, g->width - 20, colour, x + 10, y + 24, colour,
        t + 1);
    for (uint32_t p = 0; p < n; p++) {
        if (plan->table[(size_t)r * n + p] != t)
            continue;
        uint32_t column = g->numbers ? k % 3 : 0, line = g->numbers ? k / 3 : k;
        k++;
        out_print(out, "<text x=\"%u\" y=\"%u\">", x + 10 + column * (g->width - 16) / 3,
                  y + HEAD + 13 + line * LINE);
        card_name(out, plan->people->name[p], (g->width - 18) / 7);
        out_raw(out, STR("</text>\n"));
    }
}

void tables_write_svg(struct out *out, const struct tables_plan *plan)
{
    struct grid g = grid_of(plan);
    uint32_t band = BAND + g.rows * (g.height + GAP), n = plan->people->count;
    uint32_t height = TOP + plan->rounds * band + 16;
    out_print(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\" viewBox=\"0 0 "
              "%d %u\" role=\"img\" aria-label=\"Wie zit waar\">\n<style>text{font:13px "
              "'Source Sans 3','Noto Sans','DejaVu Sans',sans-serif;fill:#2b2622}.h{font-size:22px;"
              "font-weight:600}.r{font-size:15px;font-weight:600}.t{font-size:12px;font-weight:"
              "600}.s{fill:#6b6258}</style>\n<rect width=\"%d\" height=\"%u\" "
              "fill=\"#fbf7f0\"/>\n<text x=\"%d\" y=\"38\" class=\"h\">Wie zit waar</text>\n",
              PAGE, height, PAGE, height, PAGE, height, LEFT);
    out_print(out, "<text x=\"%d\" y=\"59\" class=\"s\">%u mensen, %u rondes. ", LEFT, n,
              plan->rounds);
    if (plan->answer->repeats == 0)
        out_raw(out, STR("Niemand komt iemand twee keer tegen.</text>\n"));
    else
        out_print(out, "%llu keer zien twee mensen elkaar opnieuw.</text>\n",
                  (unsigned long long)plan->answer->repeats);
    for (uint32_t r = 0; r < plan->rounds; r++) {
        uint32_t top = TOP + r * band, tables = 0;
        out_print(out, "<text x=\"%d\" y=\"%u\" class=\"r\">Ronde %u</text>\n", LEFT, top + 20,
                  r + 1);
        for (uint32_t p = 0; p < n; p++) {
            uint16_t t = plan->table[(size_t)r * n + p];
            tables = t != TABLES_NOWHERE && t >= tables ? t + 1u : tables;
        }
        for (uint32_t t = 0; t < tables; t++)
            card(out, plan, &g, r, t, LEFT + t % g.columns * (g.width + GAP),
                 top + BAND + t / g.columns * (g.height + GAP));
    }
    out_raw(out, STR("</svg>\n"));
}
