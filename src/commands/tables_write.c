#include "commands/tables_write.h"

static uint32_t tables_of(const struct tables_plan *plan, uint32_t round)
{
    uint32_t most = 0;
    for (uint32_t p = 0; p < plan->people->count; p++) {
        uint16_t t = plan->table[(size_t)round * plan->people->count + p];
        most = t != TABLES_NOWHERE && t >= most ? t + 1u : most;
    }
    return most;
}

static bool sits_at(const struct tables_plan *plan, uint32_t round, uint32_t table, uint32_t p)
{
    return plan->table[(size_t)round * plan->people->count + p] == table;
}

static void csv_text(struct out *out, struct str text)
{
    bool plain = true;
    for (size_t i = 0; i < text.len; i++)
        plain = plain && text.at[i] != ',' && text.at[i] != '"';
    if (plain) {
        out_raw(out, text);
        return;
    }
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            out_byte(out, '"');
        out_byte(out, text.at[i]);
    }
    out_byte(out, '"');
}

void tables_write_csv(struct out *out, const struct tables_plan *plan)
{
    out_raw(out, STR("round,table,person\n"));
    for (uint32_t r = 0; r < plan->rounds; r++)
        for (uint32_t t = 0; t < tables_of(plan, r); t++)
            for (uint32_t p = 0; p < plan->people->count; p++)
                if (sits_at(plan, r, t, p)) {
                    out_print(out, "%u,%u,", r + 1, t + 1);
                    csv_text(out, plan->people->name[p]);
                    out_byte(out, '\n');
                }
}

static void json_text(struct out *out, struct str text)
{
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            out_print(out, "\\%c", c);
        else if (c < 0x20)
            out_print(out, "\\u%04x", c);
        else
            out_byte(out, (char)c);
    }
    out_byte(out, '"');
}

void tables_write_json(struct out *out, const struct tables_plan *plan)
{
    const struct tables_answer *a = plan->answer;
    out_print(out,
              "{\"people\": %u, \"meetings\": %llu, \"repeats\": %llu, \"bound\": %llu, "
              "\"most\": %u, \"apart_broken\": %u, \"together_broken\": %u, "
              "\"without_language\": %u, \"rounds\": [",
              plan->people->count, (unsigned long long)a->meetings, (unsigned long long)a->repeats,
              (unsigned long long)a->bound, a->most, a->apart_broken, a->together_broken,
              a->without_language);
    for (uint32_t r = 0; r < plan->rounds; r++) {
        out_raw(out, r ? STR(", [") : STR("["));
        for (uint32_t t = 0; t < tables_of(plan, r); t++) {
            out_raw(out, t ? STR(", [") : STR("["));
            bool first = true;
            for (uint32_t p = 0; p < plan->people->count; p++)
                if (sits_at(plan, r, t, p)) {
                    if (!first)
                        out_raw(out, STR(", "));
                    first = false;
                    json_text(out, plan->people->name[p]);
                }
            out_byte(out, ']');
        }
        out_byte(out, ']');
    }
    out_raw(out, STR("]}\n"));
}

void tables_write_cards(struct out *out, const struct tables_plan *plan)
{
    for (uint32_t r = 0; r < plan->rounds; r++) {
        out_print(out, "%sRonde %u\n", r ? "\n" : "", r + 1);
        for (uint32_t t = 0; t < tables_of(plan, r); t++) {
            out_print(out, "  tafel %-3u", t + 1);
            for (uint32_t p = 0; p < plan->people->count; p++)
                if (sits_at(plan, r, t, p)) {
                    out_raw(out, STR("  "));
                    out_raw(out, plan->people->name[p]);
                }
            out_byte(out, '\n');
        }
    }
}

void tables_write_slips(struct out *out, const struct tables_plan *plan)
{
    for (uint32_t p = 0; p < plan->people->count; p++) {
        out_raw(out, plan->people->name[p]);
        out_byte(out, '\n');
        for (uint32_t r = 0; r < plan->rounds; r++) {
            uint16_t t = plan->table[(size_t)r * plan->people->count + p];
            if (t != TABLES_NOWHERE)
                out_print(out, "  Ronde %u: tafel %u\n", r + 1, t + 1u);
        }
        out_raw(out, STR("  - - - - - - - - - - - -\n"));
    }
}
