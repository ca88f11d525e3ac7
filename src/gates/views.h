/* views.h - what the pages about gates, doors and groups show. */
#ifndef NABIJ_GATES_VIEWS_H
#define NABIJ_GATES_VIEWS_H

#include "gates/gates.h"
#include "house/views.h"
#include "mandates/mandates.h"
#include "queries.h"

enum { DOORS = 4 };

/* What somebody keeps behind their doors; both halves of a door in two fields. */
struct doors_view {
    struct input first_name, shared, offer, wish, story, reach;
};

struct gate_line {
    struct id id;
    struct str holder;
    enum message state;
    struct moment proposed;
    bool waits_for_me, open;
};

struct gates_view {
    struct {
        struct gate_line *at;
        size_t count;
    } mine, proposed;
    bool professional;
};

struct gate_party {
    struct str value, label;
};

struct propose_view {
    struct {
        struct gate_party *at;
        size_t count;
    } parties;
    struct choice hats[3];
    struct {
        struct choice *at;
        size_t count;
    } hat_list;
    struct input reason;
    struct mandate_used mandate;
    bool too_few;
};

/* One door at an open gate, on one of its sides. */
struct door_view {
    int bit;
    struct str field;
    enum message label;
    struct str first, second; /* name and shared ground; offer and wish */
    bool open, empty;
};

struct gate_view {
    struct id id;
    struct str reason, group; /* group: I stand here for this group */
    enum message hat;
    struct mandate_card mandate;
    struct moment proposed;
    bool answered, open, met;
    struct door_view mine[DOORS], theirs[DOORS];
    struct {
        struct door_view *at;
        size_t count;
    } my_doors, their_doors;
    struct str their_group;
};

struct resident_line {
    struct id id;
    struct str name;
    struct moment since;
};

struct residents_view {
    struct {
        struct resident_line *at;
        size_t count;
    } residents;
};

struct resident_view {
    struct id id;
    struct str name, shared, offer, wish;
};

struct groups_view {
    struct groups_all_rows groups;
    struct input name, about;
    bool may_make;
};

/* A door's two halves are kept as one text: the first line, and the rest. */
struct str door_first(struct str door);
struct str door_second(struct str door);

#endif
