#include "commands/cascade_parts.h"
#include "commands/network_parts.h"

enum { MOST_ROWS = 1000 };

static struct str name_of(const struct grown *g, uint32_t place)
{
    return g->lines.names.name[g->cascade.order[place]];
}

static void json_date(struct out *out, int32_t day)
{
    int year, month, date;
    if (day == LINES_NO_DATE) {
        out_print(out, "null");
        return;
    }
    lines_date(day, &year, &month, &date);
    out_print(out, "\"%04d-%02d-%02d\"", year, month, date);
}

static void json_walked(const struct grown *g, struct out *out, uint32_t i)
{
    const struct cascade_root *r = &g->found[i];
    out_print(out, ", \"reach\": %u, \"depth\": %u, \"generations\": [", r->reach, r->depth);
    for (uint32_t k = 0; k < r->depth; k++)
        out_print(out, k ? ", %u" : "%u", r->generation[k]);
    out_print(out, "], \"alive\": %llu, \"first_time_starters\": %llu",
              (unsigned long long)r->sum_a, (unsigned long long)r->sum_b);
}

void cascade_json(const struct grown *g, struct out *out)
{
    out_print(out,
              "{\n  \"things\": %u,\n  \"arrows\": %llu,\n  \"alive_since\": ", g->cascade.things,
              (unsigned long long)g->cascade.grew.start[g->cascade.things]);
    json_date(out, g->alive_since);
    if (!g->walked)
        out_print(out, ",\n  \"reach_error\": %.3f", CASCADE_ERROR);
    out_print(out, ",\n  \"roots\": [");
    for (uint32_t i = 0; i < g->root_count; i++) {
        uint32_t p = g->roots[i];
        out_print(out, i ? ",\n    {\"id\": " : "\n    {\"id\": ");
        network_json_text(out, name_of(g, p));
        if (g->walked)
            json_walked(g, out, i);
        else
            out_print(out, ", \"reach\": %.0f, \"exact\": %s, \"chain\": %u", g->reach[p],
                      g->exact[p] ? "true" : "false", g->chain[p]);
        out_print(out, ", \"credit\": %.6g, \"last_sign\": ", g->credit[p]);
        json_date(out, g->latest[p]);
        out_print(out, "}");
    }
    out_print(out, "\n  ]\n}\n");
}

static void table_row(const struct grown *g, struct out *out, uint32_t i)
{
    uint32_t p = g->roots[i];
    out_print(out, "  %-24.*s", STR_FMT(name_of(g, p)));
    if (!g->walked) {
        out_print(out, " %s%9.0f %6u %9.1f\n", g->exact[p] ? "  " : "± ", g->reach[p], g->chain[p],
                  g->credit[p]);
        return;
    }
    const struct cascade_root *r = &g->found[i];
    out_print(out, " %7u %6u %8.1f %7llu %9llu  ", r->reach, r->depth, g->credit[p],
              (unsigned long long)r->sum_a, (unsigned long long)r->sum_b);
    for (uint32_t k = 0; k < r->depth && k < 8; k++)
        out_print(out, k ? " %u" : "%u", r->generation[k]);
    out_print(out, r->depth > 8 ? " …\n" : "\n");
}

void cascade_table(const struct grown *g, struct out *out)
{
    out_print(out, "%u things, %llu times something grew from something, %u began by themselves",
              g->cascade.things, (unsigned long long)g->cascade.grew.start[g->cascade.things],
              g->all_roots);
    if (g->alive_since != LINES_NO_DATE) {
        int year, month, date;
        lines_date(g->alive_since, &year, &month, &date);
        out_print(out, "\n%u are alive (a sign since %04d-%02d-%02d, their own or of what grew)",
                  g->all_alive, year, month, date);
    }
    if (g->walked)
        out_print(out, "\n\n  %-24s %7s %6s %8s %7s %9s  %s\n", "began with", "reach", "depth",
                  "credit", "alive", "starters", "by generation");
    else
        out_print(out, "\n\n  %-24s %11s %6s %9s   (± one standard error of %.1f %%)\n",
                  "began with", "reach", "chain", "credit", 100 * CASCADE_ERROR);
    for (uint32_t i = 0; i < g->root_count && i < MOST_ROWS; i++)
        table_row(g, out, i);
    if (g->root_count > MOST_ROWS)
        out_print(out, "  … and %u more: --json tells all\n", g->root_count - MOST_ROWS);
    out_print(out, "\nreach: things that grew from it, near or far. credit: the same, but what "
                   "grew from\nseveral is shared equally among them.");
    if (g->walked)
        out_print(out, " starters: people for whom one of these\nwas the first.");
    out_print(out, "\n");
}
