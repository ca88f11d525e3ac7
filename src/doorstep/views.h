/* views.h - what the pages of a place show. */
#ifndef NABIJ_DOORSTEP_VIEWS_H
#define NABIJ_DOORSTEP_VIEWS_H

#include "articles/articles.h"
#include "house/views.h"
#include "doorstep/doorstep.h"
#include "queries.h"

struct home_view {
    struct places_all_rows places;
};

struct place_view {
    struct mandates_in_force_rows mandates;
    struct articles_of_place_rows articles;
    struct groups_all_rows groups;
};

struct today_mandate {
    struct id id;
    struct str holder, commissioner;
    struct day ends;
    bool changed;
};

struct today_question {
    struct id id;
    struct str asked;
    struct moment due;
    bool late;
};

struct today_view {
    struct str name;
    int64_t gates_waiting, looks; /* looks: not seen yet is not kept; the number of all */
    bool needs_mandate;           /* a professional without one in force */
    struct {
        struct today_mandate *at;
        size_t count;
    } mandates;
    struct {
        struct today_question *at;
        size_t count;
    } questions;
};

/* '<10' below ten, otherwise rounded to five: a place's numbers must not point at anybody. */
struct str safe_count(struct ctx *ctx, int64_t count);

struct host_view {
    struct str residents, gates_open;
    int64_t professionals, hosts, in_force, articles;
};

#endif
