/* views.h - what the pages about mandates show. */
#ifndef NABIJ_MANDATES_VIEWS_H
#define NABIJ_MANDATES_VIEWS_H

#include "house/views.h"
#include "language/readable.h"
#include "mandates/mandates.h"
#include "queries.h"

struct question_line {
    struct id id;
    struct str asked, answer;
    struct moment asked_at, due, answered;
    bool answered_yet, late;
};

struct mandate_view {
    struct mandate_card card;
    struct html qr;
    struct str address;
    bool mine, may_ask;
    bool must_read;      /* this resident has not read this version */
    int64_t read_before; /* the version they read earlier; 0: none */
    bool has_changes;
    struct {
        struct question_line *at;
        size_t count;
    } questions;
};

struct mandate_form {
    struct id id;
    bool changes; /* of a mandate that is there already */
    struct input commissioner, organisation, purpose, can_do, cannot_do, what_i_do, reads_along,
        starts, ends;
};

/* What may make a text hard for a resident; a hint, never a gate. */
struct readable_hint {
    enum message kind;
    struct str words, alternative;
    int64_t amount;
};

struct draft_view {
    struct mandate_card card;
    struct str average; /* words a sentence, one decimal */
    bool average_high, changes;
    struct {
        struct readable_hint *at;
        size_t count;
    } hints;
};

/* One part of the card, old beside new. */
struct change_row {
    enum message label;
    struct str before, after;
    bool changed;
};

struct change_view {
    struct mandate_card card;
    int64_t from, to;
    struct moment in_force;
    struct change_row rows[9];
    struct {
        struct change_row *at;
        size_t count;
    } list;
    bool must_read;
};

struct mandate_line {
    struct id id;
    struct str commissioner, purpose;
    struct day ends;
    enum message state;
    bool draft;
};

struct mandates_view {
    struct {
        struct mandate_line *at;
        size_t count;
    } mandates;
    struct {
        struct question_line *at;
        size_t count;
    } questions;
};

struct question_view {
    struct id id;
    struct mandate_card card;
    struct question_line question;
    struct input input;
    int64_t days;
};

/* Where the form goes: a new mandate, or a change of this one. */
struct url mandate_form_action(const struct ctx *ctx, const struct mandate_form *form);

#endif
