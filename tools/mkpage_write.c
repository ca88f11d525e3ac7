/* mkpage_write.c - the C file and the header of all pages. */
#include "tools/mkpage.h"

static void write_signature(struct out *out, const struct page *page, const char *part)
{
    out_print(out, "void %.*s%s(struct out *o, const struct ctx *ctx%s%.*s)", STR_FMT(page->name),
              part, page->parameter.len ? ", " : "", STR_FMT(page->parameter));
}

/* `struct card;`, so that the view may be declared after us. */
static void write_forward(struct out *out, const struct page *page)
{
    struct str rest = str_from(page->parameter, str_find(page->parameter, STR("struct ")) + 7);
    struct str name = name_at_start(str_trim(rest));
    if (name.len)
        out_print(out, "struct %.*s;\n", STR_FMT(name));
}

void pages_header(struct out *out, const struct names *uses, const struct pages *pages)
{
    out_raw(out, STR("/* Made by mkpage from the .html files; a change here is lost. */\n"
                     "#ifndef NABIJ_PAGES_H\n#define NABIJ_PAGES_H\n\n"));
    for (size_t i = 0; i < uses->count; i++)
        out_print(out, "#include \"%.*s\"\n", STR_FMT(uses->at[i]));
    out_raw(out, STR("\nstruct ctx;\nstruct out;\n"));
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = pages->at[i];
        out_print(out, "\n/* %s */\n", page->source->path.at);
        write_forward(out, page);
        write_signature(out, page, page->is_layout ? "_top" : "");
        out_raw(out, STR(";\n"));
        if (page->is_layout) {
            write_signature(out, page, "_bottom");
            out_raw(out, STR(";\n"));
        }
    }
    out_raw(out, STR("\n#endif\n"));
}

static void write_function(struct out *out, const char *path, const struct page *page,
                           const char *part, const struct out *body)
{
    out_byte(out, '\n');
    out_line_own(out, path);
    write_signature(out, page, part);
    out_raw(out, STR("\n{\n    (void)ctx;\n"));
    if (page->variable.len)
        out_print(out, "    (void)%.*s;\n", STR_FMT(page->variable));
    if (page->layout.len) {
        out_line_from(out, page->source, page->layout_at);
        out_print(out, "    const struct layout layout_here = {%.*s };\n",
                  STR_FMT(page->layout_members.len ? page->layout_members : STR(" 0")));
        out_print(out, "    %.*s_top(o, ctx, &layout_here);\n", STR_FMT(page->layout));
    }
    out_raw(out, out_str(body));
    if (page->layout.len)
        out_print(out, "    %.*s_bottom(o, ctx, &layout_here);\n", STR_FMT(page->layout));
    out_raw(out, STR("}\n"));
}

void pages_code(struct out *out, const char *path, const struct pages *pages)
{
    out_raw(out, STR("/* Made by mkpage from the .html files; a change here is lost. */\n"
                     "#include \"pages.h\"\n\n#include \"web/show.h\"\n"));
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = pages->at[i];
        write_function(out, path, page, page->is_layout ? "_top" : "", &page->code);
        if (page->is_layout)
            write_function(out, path, page, "_bottom", &page->bottom);
    }
}
