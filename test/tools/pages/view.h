/* view.h - what the test's pages show. */
#ifndef NABIJ_TEST_VIEW_H
#define NABIJ_TEST_VIEW_H

#include "web/show.h"

struct question {
    struct str text;
    struct id id;
};

struct view {
    struct str title, holder, slug;
    struct day until;
    struct moment at;
    size_t count;
    int n;
    bool changed;
    struct url link;
    struct {
        struct question *at;
        size_t count;
    } questions;
    struct html body;
    enum message state;
    struct sentence why;
};

struct layout {
    enum message title_message;
    struct str title;
    bool wide;
};

#endif
