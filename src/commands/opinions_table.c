/* The map in words, for people. */
#include <string.h>

#include "commands/opinions_show.h"

enum { TEXT = 76 };

struct str one_line(struct arena *arena, struct str text, size_t most)
{
    char *line = str_zero(arena, text);
    size_t length = 0, characters = 0;
    bool space = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool blank = c <= ' ' || c == 0x7f;
        if (blank && space)
            continue;
        if ((c & 0xc0) != 0x80 && characters++ == most) {
            while (length && line[length - 1] == ' ')
                length--;
            return str_print(arena, "%.*s…", (int)length, line);
        }
        line[length++] = blank ? ' ' : (char)c;
        space = blank;
    }
    while (length && line[length - 1] == ' ')
        length--;
    return (struct str){ line, length };
}

struct str statement_label(const struct opinions_table *table, uint32_t j, size_t most)
{
    if (table->text[j].len)
        return one_line(table->arena, table->text[j], most);
    struct str id = one_line(table->arena, table->statement[j], most);
    return str_print(table->arena, "statement %.*s", STR_FMT(id));
}

static double share(uint32_t part, uint32_t all)
{
    return all ? 100.0 * part / all : 0;
}

/* The widest id among the statements, so that columns stand under each other. */
static int id_width(const struct opinions_table *table)
{
    size_t width = 3;
    for (uint32_t j = 0; j < table->votes.columns; j++) {
        size_t characters = str_characters(table->statement[j]);
        width = characters > width ? characters : width;
    }
    return width < 20 ? (int)width : 20;
}

static void line(struct out *out, const struct opinions_view *v, uint32_t j)
{
    struct str id = one_line(v->table->arena, v->table->statement[j], 20);
    struct str text = statement_label(v->table, j, TEXT);
    int pad = id_width(v->table) - (int)str_characters(id);
    out_print(out, "%*s%.*s  %.*s\n", pad > 0 ? pad : 0, "", STR_FMT(id), STR_FMT(text));
}

static void best(struct out *out, const struct opinions_view *v, const char *title,
                 enum opinions_order order)
{
    uint32_t found[MEANING_MOST];
    uint32_t count = opinions_best(v->meaning, v->map, order, MEANING_MOST, found);
    out_print(out, "\n%s\n", title);
    if (count == 0)
        out_print(out, "  (no statement, surely enough)\n");
    for (uint32_t i = 0; i < count; i++) {
        const struct opinions_count *all = opinions_count_of(v->map, 0, found[i]);
        bool agree = order != BY_REJECTION;
        if (order != BY_DIVISION || !v->map->k)
            out_print(out, "  %3.0f %%",
                      share(agree ? all->agree : all->disagree, answers_of(all)));
        for (uint32_t g = 0; order == BY_DIVISION && g < v->map->k; g++) {
            const struct opinions_count *c = opinions_count_of(v->map, g + 1, found[i]);
            out_print(out, "  %c %3.0f %%", (int)('A' + g), share(c->agree, answers_of(c)));
        }
        out_print(out, "  ");
        line(out, v, found[i]);
    }
}

static void group(struct out *out, const struct opinions_view *v, uint32_t g)
{
    const struct opinions_map *map = v->map;
    out_print(out, "\nGroup %c: %u people", (int)('A' + g), map->size[g]);
    if (map->stability.replicates)
        out_print(out, " (%.0f %% the same in other draws)", 100 * map->stability.jaccard[g]);
    out_print(out, ", stands for\n");
    for (uint32_t i = 0; i < v->meaning->count[g]; i++) {
        const struct stands_for *s = &v->meaning->group[g][i];
        uint32_t j = (uint32_t)s->statement;
        const struct opinions_count *c = opinions_count_of(map, g + 1, j);
        const struct opinions_count *all = opinions_count_of(map, 0, j);
        uint32_t here = s->agree ? c->agree : c->disagree;
        uint32_t everywhere = s->agree ? all->agree : all->disagree;
        out_print(out, "  %-9s%3.0f %%, everybody %3.0f %%  ", s->agree ? "agrees" : "disagrees",
                  share(here, answers_of(c)), share(everywhere, answers_of(all)));
        line(out, v, j);
    }
}

static void about(struct out *out, const struct opinions_view *v)
{
    const struct opinions_map *map = v->map;
    double all = map->variance_all > 0 ? map->variance_all : 1;
    out_print(out, "%u people gave %llu answers to %u statements", map->voters,
              (unsigned long long)v->votes->start[map->people], map->statements);
    if (v->table->left_out)
        out_print(out, " (%u statements left out: moderated away)", v->table->left_out);
    out_print(out, ".\nThe map shows %.0f %% of what they differ in.\n",
              100 * (map->variance[0] + map->variance[1]) / all);
}

static void about_groups(struct out *out, const struct opinions_view *v)
{
    const struct opinions_map *map = v->map;
    const struct opinions_stability *s = &map->stability;
    if (!map->k) {
        out_print(out, "No groups: there are fewer than %d people%s. Below stands what bridges.\n",
                  OPINIONS_LEAST_PEOPLE,
                  map->voters < OPINIONS_LEAST_PEOPLE ? "" : " who count for them");
        return;
    }
    out_print(out, "%u groups fit best (silhouette %.2f).\n", map->k, map->silhouette[map->k]);
    if (s->replicates && s->stable)
        out_print(out, "This is stable: %.0f %% of %u other draws give as many groups.\n",
                  100 * s->same_k, s->replicates);
    else if (s->replicates)
        out_print(out,
                  "NOT STABLE: %.0f %% of %u other draws give as many groups, and some groups "
                  "come out\notherwise. Do not present these groups as fact; what everybody "
                  "agrees on still stands.\n",
                  100 * s->same_k, s->replicates);
}

static void next(struct out *out, const struct opinions_view *v)
{
    if (v->next_for == NO_NAME)
        return;
    struct str person = one_line(v->table->arena, v->table->person[v->next_for], 40);
    int32_t j = opinions_next(v->meaning, v->votes, v->next_for);
    out_print(out, "\nBest shown next to participant %.*s\n  ", STR_FMT(person));
    if (j == NO_STATEMENT)
        out_print(out, "nothing: every statement was answered\n");
    else
        line(out, v, (uint32_t)j);
}

void opinions_show_table(struct out *out, const struct opinions_view *v)
{
    bool groups = v->map->k > 0;
    about(out, v);
    about_groups(out, v);
    best(out, v, groups ? "What all groups agree on" : "What people on both sides agree on",
         BY_CONSENSUS);
    best(out, v,
         groups ? "What all groups disagree with" : "What people on both sides disagree with",
         BY_REJECTION);
    best(out, v, "What divides most", BY_DIVISION);
    for (uint32_t g = 0; g < v->map->k; g++)
        group(out, v, g);
    next(out, v);
}
