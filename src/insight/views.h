/* views.h - what the page 'who looked' shows. */
#ifndef NABIJ_INSIGHT_VIEWS_H
#define NABIJ_INSIGHT_VIEWS_H

#include "house/views.h"
#include "insight/insight.h"

struct look_line {
    uint64_t seq;
    struct moment when;
    struct str who, organisation, version, fields;
    struct id mandate; /* none: a host */
    enum message purpose;
};

struct insight_view {
    struct {
        struct look_line *at;
        size_t count;
    } looks;
    uint64_t older_from; /* 0: no older page */
};

#endif
