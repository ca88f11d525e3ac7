/* demo.h - who lives in the demonstration neighbourhood. All invented. */
#ifndef NABIJ_COMMANDS_DEMO_H
#define NABIJ_COMMANDS_DEMO_H

#include "base/str.h"

#define DEMO_SLUG "overvecht"
#define DEMO_ABOUT                                                                                 \
    "Flats, een park en het water van de Klop. Dit is een voorbeeld: de mensen zijn verzonnen."
#define DEMO_GROUP       "Moestuin aan de Klop"
#define DEMO_GROUP_ABOUT "Elke zaterdag werken we samen in de tuin. Iedereen mag aanschuiven."
#define DEMO_QUESTION    "Wat doe je met wat ik je over mijn buren vertel?"
#define DEMO_REASON                                                                                \
    "Jullie praten allebei graag over tuinen, en jullie wonen in dezelfde flat. Misschien is het " \
    "leuk om samen koffie te drinken."

enum { DEMO_RESIDENTS = 4 };

struct demo_person {
    struct str called, name, passphrase;
    struct str shared, offer, wish, story, reach;
};

struct demo_mandate {
    struct str commissioner, organisation, purpose, can_do, cannot_do, what_i_do, reads_along;
};

extern const struct demo_person demo_host, demo_professional, demo_second_professional;
extern const struct demo_person demo_residents[DEMO_RESIDENTS];
extern const struct demo_mandate demo_mandate, demo_second_mandate;

#endif
