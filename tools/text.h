/* text.h - what the build tools share: reading a file, saying where it is wrong, writing C.
 *
 * A tool runs once and ends: everything lives in `memory` until then. Mistakes are gathered, so
 * that one run shows them all; nothing is written while there is one (tool_end). */
#ifndef NABIJ_TOOLS_TEXT_H
#define NABIJ_TOOLS_TEXT_H

#include "base/arena.h"
#include "base/out.h"
#include "base/str.h"

enum { MISTAKES_SHOWN = 40, NAME_LIMIT = 80 };

struct source {
    struct str path; /* zero-ended */
    struct str text;
};

struct place {
    size_t line, column; /* both from 1; the column counts bytes */
};

extern struct arena *memory;
extern size_t mistakes;

/* `name` stands before messages that have no file. */
void tool_start(const char *name);

/* The exit status: 1 when there were mistakes. */
int tool_end(void);

/* Stops the tool when the file cannot be read or is not UTF-8. */
struct source source_read(const char *path);
struct place source_place(const struct source *source, size_t offset);

/* FILE:LINE:COLUMN: sentence. `fault` also ends the tool: what follows would make no sense. */
void mistake(const struct source *source, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void fault(const struct source *source, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
_Noreturn void stop(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes only when the file would change, so that make rebuilds only what must. */
void write_changed(const char *path, const struct out *out);

bool is_letter(char c); /* ASCII, and '_' */
bool is_digit(char c);
bool is_white(char c);

/* The C name at the start of `text`; empty when there is none. */
struct str name_at_start(struct str text);
bool is_c_name(struct str text); /* a whole name, and not a word of the language C */

/* A C string literal, a source line a text line; without its length. */
void out_c_string(struct out *out, struct str text);

/* Text inside a C comment. */
void out_comment(struct out *out, struct str text);

/* #line: what follows in the generated file came from there / is the file's own again. */
void out_line_from(struct out *out, const struct source *source, size_t offset);
void out_line_own(struct out *out, const char *path);

/* Set of names seen before, small enough to search one by one. */
struct names {
    struct str *at;
    size_t count, room;
};

/* Where it stands, or names->count when it is not there. */
size_t names_find(const struct names *names, struct str name);
void names_add(struct names *names, struct str name);

/* `tool -h OUT.h -c OUT.c FILE…` */
struct request_line {
    const char *header, *code;
    char **files;
    int count;
};
struct request_line request_line(int argc, char **argv);

/* Room for one more in a growing array in `memory`; returns the new element, zeroed. */
void *one_more(void *array_at, size_t *count, size_t *room, size_t size);

#define ONE_MORE(list)                                                                             \
    ((__typeof__((list)->at))one_more(&(list)->at, &(list)->count, &(list)->room,                  \
                                      sizeof *(list)->at))

#endif
