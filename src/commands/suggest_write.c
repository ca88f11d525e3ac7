#include "commands/suggest_write.h"

#include <string.h>

#include "base/memory.h"

enum { REASONS = 1024, NAMES = 64 };

static const char *const kinds[] = {
    "interest", "wish", "strength", "friends", "porch", "language"
};

static struct str what_of(const struct suggest_found *f, const struct suggest_reason *r)
{
    switch (r->kind) {
    case SUGGEST_INTEREST:
        return f->crowd->interest[r->what];
    case SUGGEST_WISH:
    case SUGGEST_STRENGTH:
        return f->crowd->skill[r->what];
    case SUGGEST_LANGUAGE:
        return f->crowd->language[r->what];
    default:
        return (struct str){ "", 0 };
    }
}

/* Friends in common who may be named: both lines carry their people's agreement, and the
 * friend has not asked to be left alone. */
static uint32_t named_friends(const struct suggest_found *f, const struct suggest_row *row,
                              uint32_t out[NAMES])
{
    uint32_t all[REASONS], named = 0;
    if (f->ties->named_count == 0)
        return 0;
    uint32_t count = suggest_friends(f->place, row->person, row->partner, all, REASONS);
    for (uint32_t i = 0; i < count && i < REASONS && named < NAMES; i++)
        if (f->crowd->people.open[all[i]] > 0 && suggest_may_name(f->ties, row->person, all[i]) &&
            suggest_may_name(f->ties, all[i], row->partner))
            out[named++] = all[i];
    return named;
}

static uint32_t reasons_of(const struct suggest_found *f, const struct suggest_row *row,
                           struct suggest_reason *out)
{
    uint32_t count = suggest_reasons(f->place, row->person, row->partner, out, REASONS);
    return count < REASONS ? count : REASONS;
}

/* 12345 units as 1.2345 */
static void points(struct out *out, uint64_t units)
{
    out_print(out, "%llu.%04u", (unsigned long long)(units / SUGGEST_UNIT),
              (unsigned)(units % SUGGEST_UNIT));
}

static bool needs_quotes(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr(",\"\r\n", text.at[i]))
            return true;
    return text.len > 0 && (text.at[0] == ' ' || text.at[text.len - 1] == ' ');
}

static void csv_inside(struct out *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            out_byte(out, '"');
        out_byte(out, text.at[i]);
    }
}

static void csv_cell(struct out *out, struct str text)
{
    bool quotes = needs_quotes(text);
    if (!quotes) {
        out_raw(out, text);
        return;
    }
    out_byte(out, '"');
    csv_inside(out, text);
    out_byte(out, '"');
}

/* kind:count:weight:what, with ; between */
static void csv_reasons(const struct suggest_found *f, const struct suggest_row *row,
                        struct out *text)
{
    struct suggest_reason reason[REASONS];
    uint32_t count = reasons_of(f, row, reason), named[NAMES];
    for (uint32_t i = 0; i < count; i++) {
        out_print(text, "%s%s:%u:", i ? ";" : "", kinds[reason[i].kind], reason[i].count);
        points(text, reason[i].weight);
        out_byte(text, ':');
        out_raw(text, what_of(f, &reason[i]));
        uint32_t names = reason[i].kind == SUGGEST_FRIENDS ? named_friends(f, row, named) : 0;
        for (uint32_t n = 0; n < names; n++) {
            out_raw(text, STR(";named:1:0.0000:"));
            out_raw(text, f->crowd->id[named[n]]);
        }
    }
}

void suggest_write_csv(const struct suggest_found *f, struct out *out)
{
    struct out text;
    out_open(&text, 1 << 20);
    out_raw(out, STR("id,partner,weight,reasons\n"));
    for (uint64_t i = 0; i < f->rows; i++) {
        const struct suggest_row *row = &f->row[i];
        csv_cell(out, f->crowd->id[row->person]);
        out_byte(out, ',');
        csv_cell(out, f->crowd->id[row->partner]);
        out_byte(out, ',');
        points(out, row->weight);
        out_byte(out, ',');
        out_clear(&text);
        csv_reasons(f, row, &text);
        csv_cell(out, out_str(&text));
        out_byte(out, '\n');
    }
    out_close(&text);
}

static void json_text(struct out *out, struct str text)
{
    out_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '"' || byte == '\\')
            out_byte(out, '\\');
        if (byte < 32)
            out_print(out, "\\u%04x", byte);
        else
            out_byte(out, (char)byte);
    }
    out_byte(out, '"');
}

static void json_reason(const struct suggest_found *f, const struct suggest_row *row,
                        const struct suggest_reason *reason, struct out *out)
{
    uint32_t named[NAMES], names = 0;
    out_print(out, "{\"kind\": \"%s\", \"count\": %u, \"weight\": ", kinds[reason->kind],
              reason->count);
    points(out, reason->weight);
    struct str what = what_of(f, reason);
    if (what.len) {
        out_raw(out, STR(", \"what\": "));
        json_text(out, what);
    }
    if (reason->kind == SUGGEST_FRIENDS)
        names = named_friends(f, row, named);
    for (uint32_t n = 0; n < names; n++) {
        out_raw(out, n ? STR(", ") : STR(", \"named\": ["));
        json_text(out, f->crowd->id[named[n]]);
    }
    out_raw(out, names ? STR("]}") : STR("}"));
}

void suggest_write_json(const struct suggest_found *f, struct out *out)
{
    struct suggest_reason reason[REASONS];
    out_print(out, "{\"people\": %u, \"lines\": %llu", f->crowd->people.count,
              (unsigned long long)f->ties->lines.count);
    if (f->round) {
        out_raw(out, STR(", \"round\": {\"weight\": "));
        points(out, f->total);
        out_print(out,
                  ", \"of_bound\": %.4f, \"cost_of_fairness\": %.4f, \"share\": %u, "
                  "\"below_share\": %u, \"left_out\": %u}",
                  f->bound > 0 ? (double)f->total / f->bound : 1.0,
                  f->unfair > f->total ? 1 - (double)f->total / (double)f->unfair : 0.0, f->share,
                  f->below, f->left_out);
    }
    out_raw(out, STR(", \"suggestions\": ["));
    for (uint64_t i = 0; i < f->rows; i++) {
        const struct suggest_row *row = &f->row[i];
        out_raw(out, i ? STR(",\n{\"id\": ") : STR("\n{\"id\": "));
        json_text(out, f->crowd->id[row->person]);
        out_raw(out, STR(", \"partner\": "));
        json_text(out, f->crowd->id[row->partner]);
        out_raw(out, STR(", \"weight\": "));
        points(out, row->weight);
        out_raw(out, STR(", \"reasons\": ["));
        uint32_t count = reasons_of(f, row, reason);
        for (uint32_t r = 0; r < count; r++) {
            if (r)
                out_raw(out, STR(", "));
            json_reason(f, row, &reason[r], out);
        }
        out_raw(out, STR("]}"));
    }
    out_raw(out, STR("\n]}\n"));
}

static void sentence(const struct suggest_found *f, const struct suggest_row *row,
                     const struct suggest_reason *r, struct out *out)
{
    struct str a = f->crowd->id[row->person], b = f->crowd->id[row->partner], what = what_of(f, r);
    uint32_t named[NAMES], names;
    switch (r->kind) {
    case SUGGEST_INTEREST:
        out_print(out, "both like %.*s (%u people here do)", STR_FMT(what), r->count);
        break;
    case SUGGEST_WISH:
        out_print(out, "%.*s wishes for %.*s, and %.*s has it to give", STR_FMT(a), STR_FMT(what),
                  STR_FMT(b));
        break;
    case SUGGEST_STRENGTH:
        out_print(out, "%.*s wishes for %.*s, and %.*s has it to give", STR_FMT(b), STR_FMT(what),
                  STR_FMT(a));
        break;
    case SUGGEST_FRIENDS:
        out_print(out, r->count == 1 ? "a friend in common" : "%u friends in common", r->count);
        names = named_friends(f, row, named);
        for (uint32_t n = 0; n < names; n++) {
            struct str name = f->crowd->id[named[n]];
            out_print(out, "%s%.*s", n ? ", " : ", among them ", STR_FMT(name));
        }
        break;
    case SUGGEST_PORCH:
        out_print(out, r->count ? "doors %u metres apart" : "the same front door", r->count);
        break;
    case SUGGEST_LANGUAGE:
        out_print(out, "both speak %.*s (%u people here do)", STR_FMT(what), r->count);
        break;
    }
}

void suggest_write_table(const struct suggest_found *f, struct out *out)
{
    struct suggest_reason reason[REASONS];
    for (uint64_t i = 0; i < f->rows; i++) {
        const struct suggest_row *row = &f->row[i];
        if (i == 0 || f->row[i - 1].person != row->person) {
            struct str id = f->crowd->id[row->person];
            out_print(out, "%s%.*s might like to meet\n", i ? "\n" : "", STR_FMT(id));
        }
        struct str id = f->crowd->id[row->partner];
        out_print(out, "  %-14.*s ", STR_FMT(id));
        uint32_t count = reasons_of(f, row, reason);
        for (uint32_t r = 0; r < count; r++) {
            if (r)
                out_raw(out, STR("; "));
            sentence(f, row, &reason[r], out);
        }
        out_byte(out, '\n');
    }
    if (f->rows == 0)
        out_raw(out, STR("Nobody to suggest just now.\n"));
}
