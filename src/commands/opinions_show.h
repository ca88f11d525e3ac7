/* commands/opinions_show.h - the ways in which `nabij opinions` shows a map. */
#ifndef NABIJ_COMMANDS_OPINIONS_SHOW_H
#define NABIJ_COMMANDS_OPINIONS_SHOW_H

#include "base/out.h"
#include "commands/opinions_read.h"
#include "maths/opinions_meaning.h"

struct opinions_view {
    const struct opinions_table *table;
    const struct csr *votes; /* of the map: the table's, or grown by --follow */
    const struct opinions_map *map;
    const struct opinions_meaning *meaning;
    uint32_t next_for; /* row of the person asked for with --next, or NO_NAME */
    uint32_t least_votes;
};

void opinions_show_json(struct out *out, const struct opinions_view *view);
void opinions_show_table(struct out *out, const struct opinions_view *view);
void opinions_show_svg(struct out *out, const struct opinions_view *view);

/* A text in double quotes, as JSON wants it. */
void json_text(struct out *out, struct str text);

/* On one line, at most `most` characters, with an ellipsis when cut. Lives in the arena. */
struct str one_line(struct arena *arena, struct str text, size_t most);

/* What to show for statement j: its text, or "statement 12". */
struct str statement_label(const struct opinions_table *table, uint32_t j, size_t most);

static inline uint32_t answers_of(const struct opinions_count *c)
{
    return c->agree + c->disagree + c->pass;
}

#endif
