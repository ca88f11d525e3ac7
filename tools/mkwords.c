/* mkwords - message catalogues (PO) become C tables.
 *
 *     mkwords -h OUT.h -c OUT.c locale/nl.po locale/en.po...
 *
 * The first file is the reference: the others have the same keys with the same arguments. So a
 * page can ask for any message in any language, and there is always something to read. */
#include "tools/mkwords.h"

struct catalogues {
    struct catalogue *at;
    size_t count, room;
};

static void compare_arguments(const struct catalogue *catalogue, const struct entry *entry,
                              const struct entry *other)
{
    for (size_t i = 0; i < entry->arguments.count; i++) {
        struct str name = entry->arguments.at[i];
        if (names_find(&other->arguments, name) == other->arguments.count)
            mistake(&catalogue->source, other->where, "'%.*s' lacks the argument {%.*s}",
                    STR_FMT(other->key), STR_FMT(name));
    }
    for (size_t i = 0; i < other->arguments.count; i++) {
        struct str name = other->arguments.at[i];
        if (names_find(&entry->arguments, name) == entry->arguments.count)
            mistake(&catalogue->source, other->where,
                    "'%.*s' has an argument {%.*s} that the first language does not have",
                    STR_FMT(other->key), STR_FMT(name));
    }
}

static void compare(const struct catalogue *first, const struct catalogue *other)
{
    for (size_t i = 0; i < first->count; i++) {
        const struct entry *entry = &first->at[i], *same = catalogue_find(other, entry->key);
        if (!same) {
            mistake(&first->source, entry->where, "'%.*s' is not in %s", STR_FMT(entry->key),
                    other->source.path.at);
            continue;
        }
        compare_arguments(other, entry, same);
        if (same->plural != entry->plural)
            mistake(&other->source, same->where, "'%.*s' has plural forms in one language only",
                    STR_FMT(entry->key));
    }
    for (size_t i = 0; i < other->count; i++)
        if (!catalogue_find(first, other->at[i].key))
            mistake(&other->source, other->at[i].where, "'%.*s' is not in %s",
                    STR_FMT(other->at[i].key), first->source.path.at);
}

static void write_arguments(struct out *out, const struct entry *entry)
{
    out_raw(out, STR("enum { "));
    for (size_t i = 0; i < entry->arguments.count; i++)
        out_print(out, "ARGUMENT_%.*s__%.*s, ", STR_FMT(entry->id),
                  STR_FMT(entry->arguments.at[i]));
    out_print(out, "ARGUMENTS_%.*s };\n", STR_FMT(entry->id));
}

static void write_header(struct out *out, const struct catalogues *catalogues)
{
    out_raw(out,
            STR("/* Made by mkwords from locale; a change here is lost. */\n"
                "#ifndef NABIJ_MESSAGES_H\n#define NABIJ_MESSAGES_H\n\n"
                "#include \"web/words.h\"\n\n"
                "/* Packed, and two bytes wide by its last member: so the compiler can tell a\n"
                " * message from an int, and SHOW shows its words and not its number. */\n"
                "enum __attribute__((packed)) message {\n    MESSAGE_NONE,\n"));
    for (size_t i = 0; catalogues->count && i < catalogues->at[0].count; i++)
        out_print(out, "    MESSAGE_%.*s,\n", STR_FMT(catalogues->at[0].at[i].id));
    out_raw(
        out,
        STR("    MESSAGE_COUNT,\n    MESSAGE_WIDE = 0xffff\n};\n"
            "\n/* The arguments of each message, for pages that forget one or misspell it. */\n"));
    for (size_t i = 0; catalogues->count && i < catalogues->at[0].count; i++)
        write_arguments(out, &catalogues->at[0].at[i]);
    out_raw(out, STR("\n#endif\n"));
}

static bool is_plain(const struct entry *entry)
{
    static const char marks[] = "&<>\"'{";
    for (int i = 0; i < entry->forms; i++)
        for (size_t m = 0; marks[m]; m++)
            if (str_find(entry->form[i], (struct str){ &marks[m], 1 }) < entry->form[i].len)
                return false;
    return true;
}

static void write_entry(struct out *out, const struct entry *first, const struct entry *entry)
{
    out_print(out, "    [MESSAGE_%.*s] = { { ", STR_FMT(first->id));
    for (int i = 0; i < entry->forms; i++) {
        out_raw(out, STR("{ "));
        out_c_string(out, entry->form[i]);
        out_print(out, ", %zu }, ", entry->form[i].len);
    }
    out_print(out, "}, %d, %s },\n", entry->forms, is_plain(entry) ? "true" : "false");
}

static void write_language(struct out *out, const struct catalogue *first,
                           const struct catalogue *catalogue)
{
    out_print(out, "\nstatic const struct words words_%.*s[MESSAGE_COUNT] = {\n",
              STR_FMT(catalogue->code));
    out_raw(out, STR("    [MESSAGE_NONE] = { .forms = 1, .plain = true },\n"));
    for (size_t i = 0; i < first->count; i++)
        write_entry(out, &first->at[i], catalogue_find(catalogue, first->at[i].key));
    out_raw(out, STR("};\n"));
}

static void write_code(struct out *out, const struct catalogues *catalogues)
{
    out_raw(out, STR("/* Made by mkwords from locale; a change here is lost. */\n"
                     "#include \"messages.h\"\n"));
    for (size_t i = 0; i < catalogues->count; i++)
        write_language(out, &catalogues->at[0], &catalogues->at[i]);
    out_raw(out, STR("\nconst struct language languages[] = {\n"));
    for (size_t i = 0; i < catalogues->count; i++) {
        const struct catalogue *c = &catalogues->at[i];
        out_print(out, "    { STR_INIT(\"%.*s\"), STR_INIT(", STR_FMT(c->code));
        out_c_string(out, c->name);
        out_print(out, "), %s, words_%.*s },\n", c->right_to_left ? "true" : "false",
                  STR_FMT(c->code));
    }
    if (catalogues->count == 0)
        out_raw(out, STR("    { .right_to_left = false },\n"));
    out_print(out, "};\nconst size_t language_count = %zu;\n", catalogues->count);
}

static void write_both(const struct request_line *line, const struct catalogues *catalogues)
{
    struct out header, code;
    out_open(&header, (size_t)64 * 1024 * 1024);
    out_open(&code, (size_t)64 * 1024 * 1024);
    write_header(&header, catalogues);
    write_code(&code, catalogues);
    write_changed(line->header, &header);
    write_changed(line->code, &code);
    out_close(&header);
    out_close(&code);
}

int main(int argc, char **argv)
{
    tool_start("mkwords");
    struct request_line line = request_line(argc, argv);
    struct catalogues catalogues = { 0 };
    for (int i = 0; i < line.count; i++) {
        struct catalogue *fresh = ONE_MORE(&catalogues);
        catalogue_read(line.files[i], fresh);
        for (int other = 0; other < i; other++)
            if (str_is(catalogues.at[other].code, fresh->code))
                mistake(&fresh->source, 0, "'%.*s' is already the language of %s",
                        STR_FMT(fresh->code), catalogues.at[other].source.path.at);
        if (i > 0)
            compare(&catalogues.at[0], fresh);
    }
    if (mistakes == 0)
        write_both(&line, &catalogues);
    return tool_end();
}
