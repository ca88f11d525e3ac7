/* Any bytes as votes (and, after the first "\n--\n", as comments): the reader either refuses
 * them with a place, or gives a matrix that keeps its promises and a map that can be shown. */
#include <math.h>
#include <stdlib.h>

#include "commands/opinions_read.h"
#include "commands/opinions_show.h"

static void must(bool so)
{
    if (!so)
        abort();
}

static void check_matrix(const struct opinions_table *t)
{
    for (uint32_t i = 0; i < t->votes.rows; i++) {
        must(t->votes.start[i] <= t->votes.start[i + 1]);
        for (uint64_t e = t->votes.start[i]; e < t->votes.start[i + 1]; e++) {
            must(t->votes.target[e] < t->votes.columns);
            must(e == t->votes.start[i] || t->votes.target[e - 1] < t->votes.target[e]);
            must(fabsf(t->votes.value[e]) == 1 || t->votes.value[e] == 0);
        }
    }
}

static void show(const struct opinions_table *t)
{
    struct opinions_settings settings = opinions_usual();
    struct opinions_map map;
    struct opinions_meaning meaning;
    struct out out;
    settings.starts = 3;
    settings.replicates = 2;
    opinions_map_make(&map, &t->votes, &settings, NULL);
    opinions_meaning_make(&meaning, &map, &t->votes);
    struct opinions_view view = { t, &t->votes, &map, &meaning, t->votes.rows ? 0 : NO_NAME, 1 };
    out_open(&out, 1 << 26);
    opinions_show_json(&out, &view);
    opinions_show_table(&out, &view);
    opinions_show_svg(&out, &view);
    must(str_utf8(out_str(&out), NULL));
    out_close(&out);
    opinions_meaning_free(&meaning);
    opinions_map_free(&map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct opinions_table table;
    struct opinions_wrong wrong;
    struct str all = { (const char *)data, size };
    size_t cut = str_find(all, STR("\n--\n"));
    struct str comments = str_from(all, cut + 4);
    if (!opinions_table_read(&table, str_first(all, cut + (cut < size)), comments, &wrong)) {
        must(wrong.error.line >= 1 && wrong.error.column >= 1 && wrong.error.expected[0]);
        return 0;
    }
    check_matrix(&table);
    if (table.votes.columns > 0 && table.votes.columns < 300 && table.votes.rows < 300)
        show(&table);
    opinions_table_free(&table);
    return 0;
}
