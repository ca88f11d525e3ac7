/* views.h - what the pages about people show. */
#ifndef NABIJ_PEOPLE_VIEWS_H
#define NABIJ_PEOPLE_VIEWS_H

#include "house/views.h"
#include "people/people.h"

struct sign_in_view {
    struct input name, passphrase;
};

struct enrol_view {
    struct str place, giver; /* who gave the card; empty when a host did */
    bool restores, professional;
    struct input first_name, public_name, sign_in_name, passphrase;
};

struct card_line {
    struct id id;
    enum message kind, state;
    struct moment made, ends;
    bool open; /* can still be printed and used */
};

struct cards_view {
    struct {
        struct card_line *at;
        size_t count;
    } cards;
    bool for_professionals; /* a host may also print those */
    bool needs_mandate;
};

struct card_view {
    enum message kind;
    struct html qr;
    struct str address, words[8];
    struct {
        struct str *at;
        size_t count;
    } list;
    struct moment ends;
    bool used;
};

struct settings_view {
    int64_t sessions;
    struct input old, fresh;
    struct {
        struct {
            struct str slug, name;
        } * at;
        size_t count;
    } places;
};

#endif
