/* The reader behind `nabij network` and `nabij cascade`, on bytes of a stranger. */
#include <stddef.h>
#include <stdint.h>

#include "commands/lines_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct lines_wish wishes[] = {
        { .a = "a", .b = "b" },
        { .a = "id", .b = "role", .may_be_same = true },
        { .a = "child", .b = "parent", .date = "date", .other = "told_by", .b_may_be_empty = true },
    };
    struct team *team = team_new(1);
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        struct lines lines;
        struct out complaint;
        out_open(&complaint, 4096);
        struct str text = { (const char *)data, size };
        if (lines_read(&lines, text, "f", &wishes[i], team, &complaint)) {
            for (uint64_t j = 0; j < lines.count; j++)
                if (lines.a[j] >= lines.names.count)
                    __builtin_trap();
            lines_close(&lines);
        } else if (complaint.len == 0) {
            __builtin_trap();
        }
        out_close(&complaint);
    }
    team_free(team);
    return 0;
}
