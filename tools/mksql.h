/* mksql.h - the queries of all .sql files, as read (mksql_read.c) and as C (mksql_write.c). */
#ifndef NABIJ_TOOLS_MKSQL_H
#define NABIJ_TOOLS_MKSQL_H

#include "tools/text.h"

enum kind { KIND_ONE, KIND_MANY, KIND_DO };
enum type { TYPE_ID, TYPE_TEXT, TYPE_BLOB, TYPE_INT, TYPE_BOOL, TYPE_DAY, TYPE_MOMENT, TYPE_COUNT };

struct type_words {
    struct str name;  /* in the .sql file, and at the end of db_put_… and db_get_… */
    struct str c;     /* as a C type, with the space before the member's name */
    bool null_member; /* a null needs a bool has_NAME beside it */
    bool in_arena;    /* db_get_… takes the arena */
};
extern const struct type_words type_words[TYPE_COUNT];

struct column {
    struct str name;
    size_t where;
    enum type type;
    bool may_be_null, used;
};

struct columns {
    struct column *at;
    size_t count, room;
    size_t where; /* of the first -- in or -- out line */
};

struct query {
    const struct source *source;
    struct str name, about, head; /* head: how the SQL begins; about: the free comment lines */
    size_t where;
    enum kind kind;
    int64_t most; /* of a `many` */
    struct columns in, out;
    struct str sqlite, postgres;
    bool writes;
};

struct queries {
    struct query *at;
    size_t count, room;
};

void queries_read(const char *path, struct queries *queries);

/* Turns the statement between `start` and `end` into its two texts, and checks it. */
void statement_read(struct query *query, size_t start, size_t end);

void queries_header(struct out *out, const char *path, const struct queries *queries);
void queries_code(struct out *out, const struct queries *queries);

#endif
