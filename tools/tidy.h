/* tidy.h - the house rules, checked over all files at once. */
#ifndef NABIJ_TOOLS_TIDY_H
#define NABIJ_TOOLS_TIDY_H

#include "tools/text.h"

enum rank { /* who may include whom: only what stands lower */
            RANK_BASE,
            RANK_TRADES,  /* crypto db maths language: one craft each */
            RANK_OUTSIDE, /* looklog web */
            RANK_HOUSE,
            RANK_PLACES,
            RANK_PEOPLE,
            RANK_DOMAIN, /* one folder a subject */
            RANK_TOP,    /* routes, commands, main */
            RANK_UNKNOWN
};

struct file {
    struct source source;
    struct str name;   /* without folders */
    struct str folder; /* the first below src; empty for src itself and outside src */
    struct str masked; /* C: comments and what is inside quotes are spaces */
    bool in_src;
    enum rank rank;
};

struct files {
    struct file *at;
    size_t count, room;
};

/* FILE:LINE: sentence, on standard output. A warning does not make the answer no. */
void found(const struct file *file, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void warn(const struct file *file, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool file_is(const struct file *file, const char *ending); /* ".c" */
bool in_domain(const struct file *file);                   /* places and above, not the top */

/* The same text with comments blanked, and what stands inside quotes too. */
struct str mask_c(struct str text);

/* The next name at or after *at in masked C: false at the end. */
bool next_name(struct str masked, size_t *at, struct str *name);

enum rank rank_of(struct str folder);

void check_layers(const struct files *files); /* tidy_layers.c */
void check_bans(const struct file *file);     /* tidy_bans.c */
void check_literals(const struct file *file); /* tidy_bans.c */
void check_name(const struct file *file);     /* tidy_size.c */
void check_size(const struct file *file);     /* tidy_size.c */
void check_header(const struct file *file);   /* tidy_size.c */
void check_uses(const struct files *files);   /* tidy_uses.c */

#endif
