#include "commands/opinions_show.h"

void json_text(struct out *out, struct str text)
{
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"' || c == '\\')
            out_print(out, "\\%c", c);
        else if ((unsigned char)c < 0x20 || c == 0x7f)
            out_print(out, "\\u%04x", (unsigned)(unsigned char)c);
        else
            out_byte(out, c);
    }
    out_byte(out, '"');
}

static void participants(struct out *out, const struct opinions_view *v)
{
    out_print(out, "\"participants\":[");
    for (uint32_t i = 0; i < v->map->people; i++) {
        out_print(out, "%s\n{\"id\":", i ? "," : "");
        json_text(out, v->table->person[i]);
        out_print(out, ",\"x\":%.9g,\"y\":%.9g,\"group\":", (double)v->map->x[i],
                  (double)v->map->y[i]);
        if (v->map->group[i] == OPINIONS_NO_GROUP)
            out_print(out, "null}");
        else
            out_print(out, "%u}", v->map->group[i]);
    }
    out_print(out, "]");
}

static void counts(struct out *out, const struct opinions_count *c)
{
    out_print(out, "\"agree\":%u,\"disagree\":%u,\"pass\":%u", c->agree, c->disagree, c->pass);
}

static void statement(struct out *out, const struct opinions_view *v, uint32_t j)
{
    const struct statement_meaning *m = &v->meaning->statement[j];
    out_print(out, "{\"id\":");
    json_text(out, v->table->statement[j]);
    out_print(out, ",\"x\":%.9g,\"y\":%.9g,", (double)v->map->loading_x[j],
              (double)v->map->loading_y[j]);
    counts(out, opinions_count_of(v->map, 0, j));
    out_print(out, ",\"consensus\":%.9g,\"rejection\":%.9g,\"divides\":%.9g,\"priority\":%.9g",
              m->consensus, m->rejection, m->divides, m->priority);
    out_print(out, ",\"groups\":[");
    for (uint32_t g = 0; g < v->map->k; g++) {
        struct stance stance = opinions_stance(v->map, g, j, true);
        out_print(out, "%s{\"id\":%u,", g ? "," : "", g);
        counts(out, opinions_count_of(v->map, g + 1, j));
        out_print(out, ",\"chance\":%.9g}", stance.chance);
    }
    out_print(out, "]");
    if (v->table->text[j].len) {
        out_print(out, ",\"text\":");
        json_text(out, v->table->text[j]);
    }
    out_print(out, "}");
}

static void group(struct out *out, const struct opinions_view *v, uint32_t g)
{
    out_print(out, "{\"id\":%u,\"size\":%u,\"x\":%.9g,\"y\":%.9g", g, v->map->size[g],
              (double)v->map->centres.x[g], (double)v->map->centres.y[g]);
    if (v->map->stability.replicates)
        out_print(out, ",\"overlap\":%.9g", v->map->stability.jaccard[g]);
    out_print(out, ",\"stands_for\":[");
    for (uint32_t i = 0; i < v->meaning->count[g]; i++) {
        const struct stands_for *s = &v->meaning->group[g][i];
        out_print(out, "%s{\"statement\":", i ? "," : "");
        json_text(out, v->table->statement[s->statement]);
        out_print(out, ",\"answer\":\"%s\",\"chance\":%.9g,\"chance_z\":%.9g",
                  s->agree ? "agree" : "disagree", s->stance.chance, s->stance.chance_z);
        out_print(out, ",\"ratio\":%.9g,\"ratio_z\":%.9g,\"strength\":%.9g}", s->stance.ratio,
                  s->stance.ratio_z, s->strength);
    }
    out_print(out, "]}");
}

static void best(struct out *out, const struct opinions_view *v, const char *name,
                 enum opinions_order order)
{
    uint32_t found[MEANING_MOST];
    uint32_t count = opinions_best(v->meaning, v->map, order, MEANING_MOST, found);
    out_print(out, ",\n\"%s\":[", name);
    for (uint32_t i = 0; i < count; i++) {
        out_print(out, "%s", i ? "," : "");
        json_text(out, v->table->statement[found[i]]);
    }
    out_print(out, "]");
}

static void about_map(struct out *out, const struct opinions_view *v)
{
    const struct opinions_map *map = v->map;
    const struct opinions_stability *s = &map->stability;
    double all = map->variance_all > 0 ? map->variance_all : 1;
    out_print(out, "{\"k\":%u,\"stable\":%s,\"inertia\":%.9g,\n", map->k,
              !s->replicates ? "null"
              : s->stable    ? "true"
                             : "false",
              map->inertia);
    out_print(out, "\"variance\":[%.9g,%.9g],\"silhouette\":{", map->variance[0] / all,
              map->variance[1] / all);
    const char *comma = "";
    for (uint32_t k = LEAST_GROUPS; map->k && k <= MOST_GROUPS; k++)
        if (map->silhouette[k] != 0) {
            out_print(out, "%s\"%u\":%.9g", comma, k, map->silhouette[k]);
            comma = ",";
        }
    out_print(out, "}");
    if (s->replicates)
        out_print(out, ",\"stability\":{\"replicates\":%u,\"same_k\":%.9g,\"rand\":%.9g}",
                  s->replicates, s->same_k, s->rand);
}

static void next(struct out *out, const struct opinions_view *v)
{
    if (v->next_for == NO_NAME)
        return;
    int32_t j = opinions_next(v->meaning, v->votes, v->next_for);
    out_print(out, ",\n\"next\":{\"participant\":");
    json_text(out, v->table->person[v->next_for]);
    out_print(out, ",\"statement\":");
    if (j == NO_STATEMENT)
        out_print(out, "null");
    else
        json_text(out, v->table->statement[j]);
    out_print(out, "}");
}

void opinions_show_json(struct out *out, const struct opinions_view *v)
{
    about_map(out, v);
    out_print(out, ",\n");
    participants(out, v);
    out_print(out, ",\n\"statements\":[");
    for (uint32_t j = 0; j < v->map->statements; j++) {
        out_print(out, "%s\n", j ? "," : "");
        statement(out, v, j);
    }
    out_print(out, "],\n\"groups\":[");
    for (uint32_t g = 0; g < v->map->k; g++) {
        out_print(out, "%s\n", g ? "," : "");
        group(out, v, g);
    }
    out_print(out, "]");
    best(out, v, "agreed", BY_CONSENSUS);
    best(out, v, "rejected", BY_REJECTION);
    best(out, v, "dividing", BY_DIVISION);
    next(out, v);
    out_print(out, "}\n");
}
