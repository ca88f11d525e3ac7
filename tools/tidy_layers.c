/* tidy_layers.c - `#include "x/…"` goes downwards only; subjects see each other by one header. */
#include "tools/tidy.h"

static const struct {
    const char *folder;
    enum rank rank;
} folders[] = {
    { "base", RANK_BASE },
    { "crypto", RANK_TRADES },
    { "db", RANK_TRADES },
    { "maths", RANK_TRADES },
    { "language", RANK_TRADES },
    { "looklog", RANK_OUTSIDE },
    { "web", RANK_OUTSIDE },
    { "house", RANK_HOUSE },
    { "places", RANK_PLACES },
    { "people", RANK_PEOPLE },
    { "doorstep", RANK_DOMAIN },
    { "mandates", RANK_DOMAIN },
    { "articles", RANK_DOMAIN },
    { "listening", RANK_DOMAIN },
    { "rounds", RANK_DOMAIN },
    { "strengths", RANK_DOMAIN },
    { "gates", RANK_DOMAIN },
    { "lines", RANK_DOMAIN },
    { "snowball", RANK_DOMAIN },
    { "home", RANK_DOMAIN },
    { "balance", RANK_DOMAIN },
    { "account", RANK_DOMAIN },
    { "insight", RANK_DOMAIN },
    { "commands", RANK_TOP },
    { "", RANK_TOP },
};

/* Folders that include nothing but base (and themselves), so that they can be taken elsewhere. */
static const char *const alone[] = { "maths", "web", "language", "crypto", NULL };

/* What the build makes, and from which rank on it may be seen. */
static const struct {
    const char *header;
    enum rank from;
} made[] = { { "messages.h", RANK_OUTSIDE },
             { "pages.h", RANK_HOUSE },
             { "queries.h", RANK_HOUSE } };

enum { FOLDERS = sizeof folders / sizeof folders[0] };

static size_t folder_number(struct str folder)
{
    size_t i = 0;
    while (i < FOLDERS && !str_is(folder, str_of(folders[i].folder)))
        i++;
    return i;
}

enum rank rank_of(struct str folder)
{
    size_t i = folder_number(folder);
    return i < FOLDERS ? folders[i].rank : RANK_UNKNOWN;
}

struct edges {
    const struct file *from[FOLDERS][FOLDERS]; /* a file of the first that includes the second */
    size_t where[FOLDERS][FOLDERS];
};

static void check_made(const struct file *file, size_t where, struct str header)
{
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++)
        if (str_is(header, str_of(made[i].header)) && file->rank < made[i].from)
            found(file, where, "%s/ does not include \"%s\"", str_zero(memory, file->folder),
                  made[i].header);
}

static bool stands_alone(struct str folder)
{
    for (size_t i = 0; alone[i]; i++)
        if (str_is(folder, str_of(alone[i])))
            return true;
    return false;
}

static void check_include(const struct file *file, size_t where, struct str header,
                          struct edges *edges)
{
    size_t slash = str_find(header, STR("/"));
    if (slash == header.len) {
        check_made(file, where, header);
        return;
    }
    struct str other = str_first(header, slash), name = str_from(header, slash + 1);
    enum rank rank = rank_of(other);
    if (str_is(other, file->folder) || file->rank == RANK_TOP)
        return;
    if (rank == RANK_UNKNOWN)
        found(file, where, "\"%.*s\": no folder of src", STR_FMT(header));
    else if (stands_alone(file->folder) && rank != RANK_BASE)
        found(file, where, "%.*s/ includes only itself and base/", STR_FMT(file->folder));
    else if (rank > file->rank || (rank == file->rank && rank != RANK_DOMAIN))
        found(file, where, "%.*s/ stands below or beside %.*s/ and does not include it",
              STR_FMT(file->folder), STR_FMT(other));
    else if (rank == RANK_DOMAIN && !str_is(name, str_print(memory, "%.*s.h", STR_FMT(other))))
        found(file, where, "another subject is seen only through \"%.*s/%.*s.h\"", STR_FMT(other),
              STR_FMT(other));
    if (rank == RANK_DOMAIN && file->rank == RANK_DOMAIN) {
        size_t a = folder_number(file->folder), b = folder_number(other);
        edges->from[a][b] = file;
        edges->where[a][b] = where;
    }
}

static void check_includes(const struct file *file, struct edges *edges)
{
    struct str rest = file->source.text, line, quoted = STR("#include \"");
    while (str_split(&rest, '\n', &line)) {
        if (!str_starts(line, quoted))
            continue;
        struct str header = str_from(line, quoted.len);
        header = str_first(header, str_find(header, STR("\"")));
        check_include(file, (size_t)(line.at - file->source.text.at), header, edges);
    }
}

static bool reaches(const struct edges *edges, size_t from, size_t to, bool *seen)
{
    if (edges->from[from][to])
        return true;
    seen[from] = true;
    for (size_t next = 0; next < FOLDERS; next++)
        if (edges->from[from][next] && !seen[next] && reaches(edges, next, to, seen))
            return true;
    return false;
}

static void check_cycles(const struct edges *edges)
{
    for (size_t a = 0; a < FOLDERS; a++)
        for (size_t b = 0; b < FOLDERS; b++) {
            bool seen[FOLDERS] = { false };
            if (edges->from[a][b] && reaches(edges, b, a, seen))
                found(edges->from[a][b], edges->where[a][b],
                      "%s/ and %s/ include each other, in a circle", folders[a].folder,
                      folders[b].folder);
        }
}

void check_layers(const struct files *files)
{
    static struct edges edges;
    for (size_t i = 0; i < files->count; i++) {
        const struct file *file = &files->at[i];
        if (!file->in_src || !file->masked.at)
            continue;
        if (file->rank == RANK_UNKNOWN)
            found(file, 0, "src/%.*s/ has no place yet in the table of tools/tidy_layers.c",
                  STR_FMT(file->folder));
        else
            check_includes(file, &edges);
    }
    check_cycles(&edges);
}
