/* mksql - SQL files become C functions.
 *
 *     mksql -h OUT.h -c OUT.c FILE.sql...
 *
 * A query is a line `-- NAME: one|many N|do`, free comment lines, `-- in` and `-- out` lines with
 * names and types, and the statement. Values never become part of the statement's text, so that
 * nothing a person types can change what it means. */
#include "tools/mksql.h"

const struct type_words type_words[TYPE_COUNT] = {
    [TYPE_ID] = { STR_INIT("id"), STR_INIT("struct id "), false, false },
    [TYPE_TEXT] = { STR_INIT("text"), STR_INIT("struct str "), false, true },
    [TYPE_BLOB] = { STR_INIT("blob"), STR_INIT("struct str "), false, true },
    [TYPE_INT] = { STR_INIT("int"), STR_INIT("int64_t "), true, false },
    [TYPE_BOOL] = { STR_INIT("bool"), STR_INIT("bool "), true, false },
    [TYPE_DAY] = { STR_INIT("day"), STR_INIT("struct day "), true, false },
    [TYPE_MOMENT] = { STR_INIT("moment"), STR_INIT("struct moment "), true, false },
};

int main(int argc, char **argv)
{
    tool_start("mksql");
    struct request_line line = request_line(argc, argv);
    struct queries queries = { 0 };
    for (int i = 0; i < line.count; i++)
        queries_read(line.files[i], &queries);
    if (mistakes == 0) {
        struct out header, code;
        out_open(&header, (size_t)64 * 1024 * 1024);
        out_open(&code, (size_t)64 * 1024 * 1024);
        queries_header(&header, line.header, &queries);
        queries_code(&code, &queries);
        write_changed(line.header, &header);
        write_changed(line.code, &code);
        out_close(&header);
        out_close(&code);
    }
    return tool_end();
}
