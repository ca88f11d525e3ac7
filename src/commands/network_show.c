#include <string.h>

#include "base/memory.h"
#include "commands/network_parts.h"

typedef unsigned long long ull;

uint32_t network_cut_off(const struct found *f, uint8_t *cut)
{
    uint32_t people = f->graph.rows, count = 0;
    uint32_t *size = memory_new(people, sizeof *size);
    uint32_t *largest = memory_new(people, sizeof *largest); /* component → label of its largest */
    memset(largest, 0xff, people * sizeof *largest);
    for (uint32_t v = 0; v < people; v++)
        if (f->label[v] != NETWORK_NOBODY)
            size[f->label[v]]++;
    for (uint32_t v = 0; v < people; v++) {
        uint32_t was = f->cuts.component[f->cuts.when[v]], now = f->label[v];
        if (now != NETWORK_NOBODY &&
            (largest[was] == NETWORK_NOBODY || size[now] > size[largest[was]]))
            largest[was] = now;
    }
    for (uint32_t v = 0; v < people; v++) {
        cut[v] = f->label[v] != NETWORK_NOBODY &&
                 f->label[v] != largest[f->cuts.component[f->cuts.when[v]]];
        count += cut[v];
    }
    memory_free(size);
    memory_free(largest);
    return count;
}

void network_json_text(struct out *out, struct str text)
{
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            out_byte(out, '\\');
        if (c < 32)
            out_print(out, "\\u%04x", c);
        else
            out_byte(out, (char)c);
    }
    out_byte(out, '"');
}

static void json_name(const struct found *f, struct out *out, uint32_t person)
{
    network_json_text(out, f->names->name[person]);
}

static void json_points(const struct found *f, struct out *out)
{
    const char *comma = "";
    out_print(out, "  \"articulation_points\": [");
    for (uint32_t v = 0; v < f->graph.rows; v++)
        if (network_is_point(&f->cuts, v)) {
            out_print(out, "%s", comma);
            json_name(f, out, v);
            comma = ", ";
        }
    out_print(out, "],\n  \"bridges\": [");
    comma = "";
    for (uint32_t v = 0; v < f->graph.rows; v++)
        for (uint64_t e = f->graph.start[v]; e < f->graph.start[v + 1]; e++) {
            uint32_t w = f->graph.target[e];
            uint32_t a = f->cuts.when[v], b = f->cuts.when[w], low = a > b ? a : b;
            if (w < v || f->cuts.parent[low] != (a > b ? b : a) ||
                !(f->cuts.mark[low] & NETWORK_BRIDGE))
                continue;
            out_print(out, "%s[", comma);
            json_name(f, out, v);
            out_print(out, ", ");
            json_name(f, out, w);
            out_print(out, "]");
            comma = ", ";
        }
    out_print(out, "],\n");
}

static void json_groups(const struct found *f, struct out *out)
{
    out_print(out, "  \"modularity\": %.6f,\n  \"bonding\": %llu,\n  \"bridging\": %llu,\n",
              f->groups.modularity, (ull)f->groups.inside, (ull)f->groups.between);
    out_print(out, "  \"communities\": {");
    for (uint32_t v = 0; v < f->graph.rows; v++) {
        out_print(out, v ? ", " : "");
        json_name(f, out, v);
        out_print(out, ": %u", f->groups.group[v] + 1);
    }
    out_print(out, "},\n");
}

static void json_after(struct out *out, const struct network_after *a)
{
    out_print(out,
              "{\"people\": %u, \"lines\": %llu, \"components\": %u, \"largest\": %u, "
              "\"alone\": %u, \"pairs\": %llu, \"apart\": %llu}",
              a->people, (ull)a->lines, a->components, a->largest, a->alone, (ull)a->pairs,
              (ull)a->apart);
}

static void json_cut_off(const struct found *f, struct out *out)
{
    uint8_t *cut = memory_new(f->graph.rows, 1);
    const char *comma = "";
    network_cut_off(f, cut);
    out_print(out, "\"cut_off\": {");
    for (uint32_t v = 0; v < f->graph.rows; v++) {
        if (!cut[v])
            continue;
        out_print(out, "%s", comma);
        json_name(f, out, v);
        out_print(out, ": ");
        json_name(f, out, f->label[v]);
        comma = ", ";
    }
    out_print(out, "}");
    memory_free(cut);
}

static void json_without(const struct found *f, struct out *out)
{
    out_print(out, "  \"without\": {\"ids\": [");
    for (uint32_t i = 0; i < f->gone_count; i++) {
        out_print(out, i ? ", " : "");
        json_name(f, out, f->gone[i]);
    }
    out_print(out, "]");
    if (f->gone_count) {
        out_print(out, ",\n    \"before\": ");
        json_after(out, &f->after[0]);
        out_print(out, ",\n    \"after\": ");
        json_after(out, &f->after[f->gone_count]);
        out_print(out, ",\n    \"steps\": [");
        for (uint32_t i = 1; i <= f->gone_count; i++) {
            out_print(out, i > 1 ? ",\n      " : "\n      ");
            json_after(out, &f->after[i]);
        }
        out_print(out, "],\n    ");
        json_cut_off(f, out);
    }
    out_print(out, "}");
}

static void json_person(const struct found *f, struct out *out, uint32_t v)
{
    const struct network_leave *leave = network_leave(&f->cuts, v);
    out_print(out, "\n    ");
    json_name(f, out, v);
    out_print(out, ": {\"lines\": %llu, \"core\": %u, \"community\": %u, \"between\": %.6g, ",
              (ull)(f->graph.start[v + 1] - f->graph.start[v]), f->core[v], f->groups.group[v] + 1,
              f->between[v]);
    out_print(out, "\"between_error\": %.3g, \"leaves\": ", f->error[v]);
    out_print(out, "{\"pieces\": %u, \"largest\": %u, \"apart\": %llu}}", leave->pieces,
              leave->largest, (ull)leave->apart);
}

void network_json(const struct found *f, struct out *out)
{
    out_print(out, "{\n  \"people\": %u,\n  \"lines\": %llu,\n  \"components\": %u,\n",
              f->graph.rows, (ull)f->graph.start[f->graph.rows] / 2, f->cuts.components);
    json_points(f, out);
    out_print(out, "  \"core\": %u,\n", f->deepest);
    json_groups(f, out);
    json_without(f, out);
    if (f->about_count + f->gone_count) {
        out_print(out, ",\n  \"about\": {");
        for (uint32_t i = 0; i < f->about_count; i++) {
            out_print(out, i ? "," : "");
            json_person(f, out, f->about[i]);
        }
        for (uint32_t i = 0; i < f->gone_count; i++) {
            out_print(out, i || f->about_count ? "," : "");
            json_person(f, out, f->gone[i]);
        }
        out_print(out, "}");
    }
    out_print(out, "\n}\n");
}

static void table_without(const struct found *f, struct out *out)
{
    const struct network_after *a = &f->after[0], *b = &f->after[f->gone_count];
    uint8_t *cut = memory_new(f->graph.rows, 1);
    uint32_t lost = network_cut_off(f, cut);
    out_print(out, "\nWhen %u leave%s:\n\n", f->gone_count, f->gone_count == 1 ? "s" : "");
    out_print(out, "                               before        after\n");
    out_print(out, "  people                 %12u %12u\n", a->people, b->people);
    out_print(out, "  lines                  %12llu %12llu\n", (ull)a->lines, (ull)b->lines);
    out_print(out, "  separate parts         %12u %12u\n", a->components, b->components);
    out_print(out, "  people in the largest  %12u %12u\n", a->largest, b->largest);
    out_print(out, "  left without any line  %12u %12u\n", a->alone, b->alone);
    out_print(out, "\n%u %s lose contact with the others of their part; ", lost,
              lost == 1 ? "person would" : "people would");
    out_print(out, "%llu pairs could reach each other and then cannot.\n", (ull)b->apart);
    memory_free(cut);
}

static void table_person(const struct found *f, struct out *out, uint32_t v)
{
    const struct network_leave *leave = network_leave(&f->cuts, v);
    out_print(out, "  %-20.*s %7llu %6u %10u %12.1f", STR_FMT(f->names->name[v]),
              (ull)(f->graph.start[v + 1] - f->graph.start[v]), f->core[v], f->groups.group[v] + 1,
              f->between[v]);
    if (f->samples)
        out_print(out, " ± %-9.1f", f->error[v]);
    out_print(out, " %7u %12llu\n", leave->pieces, (ull)leave->apart);
}

void network_table(const struct found *f, struct out *out)
{
    out_print(out, "%u people, %llu lines, %u separate part%s\n", f->graph.rows,
              (ull)f->graph.start[f->graph.rows] / 2, f->cuts.components,
              f->cuts.components == 1 ? "" : "s");
    out_print(out, "%u people hold parts together that would fall apart without them; ",
              f->cuts.points);
    out_print(out, "%u lines do\n", f->cuts.bridges);
    out_print(out, "%u groups; %llu lines within a group (bonding), %llu between (bridging)\n",
              f->groups.groups, (ull)f->groups.inside, (ull)f->groups.between);
    out_print(out, "modularity %.3f; deepest core %u\n", f->groups.modularity, f->deepest);
    if (f->gone_count)
        table_without(f, out);
    if (f->about_count + f->gone_count == 0)
        return;
    out_print(out, "\n  %-20s %7s %6s %10s %12s%s %7s %12s\n", "who", "lines", "core", "group",
              "between", f->samples ? "            " : "", "pieces", "pairs apart");
    for (uint32_t i = 0; i < f->about_count; i++)
        table_person(f, out, f->about[i]);
    for (uint32_t i = 0; i < f->gone_count; i++)
        table_person(f, out, f->gone[i]);
    out_print(out, "\n'between': on the shortest ways of how many pairs of others");
    if (f->samples)
        out_print(out, " (estimated from %u people, ± one standard error)", f->samples);
    out_print(out, ".\n'pieces', 'pairs apart': when only this person leaves.\n");
}
