/* nabij article import - a text as it was copied from a page becomes an article. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "articles/articles.h"
#include "base/arena.h"
#include "commands/commands.h"
#include "commands/offline.h"

static const char help[] =
    "nabij article import: put a text on the neighbourhood's page\n\n"
    "Use: nabij article import FILE [--data DIR] [--slug PLACE]\n\n"
    "FILE is plain text as somebody copied it from a web page: the platform's line, title, lead,\n"
    "kind, author ('afbeelding van NAME'), date, photo with credit and licence, sections, pull\n"
    "quotes, bullets, 'read more about'. What cannot be placed is named, line by line; it stays "
    "in\n"
    "the text. An article that is there already (same title and author) is left alone.\n\n"
    "Example:\n  nabij article import story.txt --data data --slug overvecht\n";

static bool read_file(struct arena *arena, const char *path, struct str *text, const char **why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        *why = strerror(errno);
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool good = S_ISREG(st.st_mode) && st.st_size <= IMPORT_LIMIT;
    *why = S_ISREG(st.st_mode) ? "this is larger than 1 MB; an article is not" : "not a plain file";
    if (good) {
        char *bytes = arena_take(arena, (size_t)st.st_size + 1);
        ssize_t got = read(fd, bytes, (size_t)st.st_size);
        good = got == st.st_size;
        *why = "it could not be read to its end";
        *text = (struct str){ bytes, good ? (size_t)got : 0 };
    }
    close(fd);
    return good;
}

static const char *complaint_words(enum import_complaint_kind kind)
{
    switch (kind) {
    case IMPORT_NOT_PLACED:
        return "could not be placed; kept as a paragraph";
    case IMPORT_PORTRAIT_MISSING:
        return "a portrait is named, but the picture is not in the text";
    case IMPORT_PHOTO_MISSING:
        return "a photo is credited, but the photo is not in the text";
    case IMPORT_LINK_MISSING:
        return "these words were a link; where it led is not in the text";
    case IMPORT_THEMES_MISSING:
        return "'read more about' is not followed by themes";
    case IMPORT_TOO_MANY_THEMES:
        return "too many themes; the last ones are left out";
    case IMPORT_NO_SUCH_DAY:
        return "there is no such day";
    case IMPORT_NO_AUTHOR:
        return "no author was found";
    case IMPORT_NO_DATE:
        return "no date was found";
    case IMPORT_NO_BODY:
        return "there is no text below the title";
    case IMPORT_BODY_TOO_LONG:
        return "the text is too long for one article";
    }
    return "";
}

static int refuse(const char *path, enum import_result result, const struct imported *article)
{
    static const char *const sentences[] = {
        [IMPORT_EMPTY] = "there is no text in it",
        [IMPORT_TOO_LARGE] = "it is too large for an article",
        [IMPORT_BINARY] = "it is not a text file; save the page as plain text first",
        [IMPORT_NO_TITLE] = "nothing in it looks like a title",
    };
    if (result == IMPORT_NOT_UTF8)
        fprintf(stderr,
                "%s:%zu:%zu: expected UTF-8 text; this byte is not. Save it as UTF-8. Nothing was "
                "written.\n",
                path, article->bad.line, article->bad.column);
    else
        fprintf(stderr, "%s: %s. Nothing was written.\n", path, sentences[result]);
    return EXIT_INPUT;
}

static void tell_complaints(const char *path, const struct imported *article)
{
    for (size_t i = 0; i < article->complaint_count; i++) {
        const struct import_complaint *c = &article->complaints[i];
        if (c->line)
            fprintf(stderr, "%s:%zu: %s", path, c->line, complaint_words(c->kind));
        else
            fprintf(stderr, "%s: %s", path, complaint_words(c->kind));
        if (c->text.len)
            fprintf(stderr, ": %.*s", (int)(c->text.len > 60 ? 60 : c->text.len), c->text.at);
        fputc('\n', stderr);
    }
}

struct keeping {
    struct options *options;
    const struct imported *article;
    struct id id;
    bool there;
};

static enum outcome keep(struct ctx *ctx, void *with)
{
    struct keeping *keeping = with;
    if (!offline_place(keeping->options, ctx))
        return NOT_FOUND;
    enum outcome outcome = article_keep(ctx, keeping->article, &keeping->id);
    keeping->there = outcome == REFUSED;
    return outcome;
}

static int import(struct options *options, const char *path)
{
    const char *why = "";
    struct str text = STR("");
    struct arena *arena = arena_new(IMPORT_ARENA + 2 * IMPORT_LIMIT);
    struct imported *article = ARENA_NEW(arena, struct imported);
    int status = EXIT_INPUT;
    if (!read_file(arena, path, &text, &why)) {
        fprintf(stderr, "%s: %s. Nothing was written.\n", path, why);
        arena_free(arena);
        return EXIT_INPUT;
    }
    enum import_result result = article_import(arena, text, article);
    if (result != IMPORT_GOOD) {
        status = refuse(path, result, article);
        arena_free(arena);
        return status;
    }
    struct vault *vault = offline_open(options, false);
    struct keeping keeping = { .options = options, .article = article };
    if (vault && offline_work(vault, options, keep, &keeping)) {
        tell_complaints(path, article);
        printf("Imported '%.*s' by %.*s.\n", STR_FMT(article->title), STR_FMT(article->author));
        status = EXIT_DONE;
    } else if (keeping.there) {
        printf("'%.*s' is here already; nothing was changed.\n", STR_FMT(article->title));
        status = EXIT_DONE;
    }
    vault_close(vault);
    arena_free(arena);
    return status;
}

int command_article(int argc, char **argv)
{
    struct options options;
    switch (options_read(&options, argc, argv, help)) {
    case OPTIONS_HELPED:
        return EXIT_DONE;
    case OPTIONS_WRONG:
        return EXIT_INPUT;
    case OPTIONS_GO:
        break;
    }
    if (options.rest_count != 2 || strcmp(options.rest[0], "import") != 0) {
        fputs("nabij article: expected `nabij article import FILE`. --help explains.\n", stderr);
        return EXIT_INPUT;
    }
    return import(&options, options.rest[1]);
}
