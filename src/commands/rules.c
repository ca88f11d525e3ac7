#include "commands/rules.h"

#include "gates/gates.h"
#include "mandates/mandates.h"
#include "people/people.h"

static const struct {
    rule *may;
    const char *name;
} names[] = {
#define RULE(name)                                                                                 \
    {                                                                                              \
        name, #name                                                                                \
    }
    RULE(anyone),           RULE(may_be_signed_in),
    RULE(may_take_part),    RULE(may_take_part_read),
    RULE(may_keep_place),   RULE(may_enrol),
    RULE(may_see_card),     RULE(may_make_cards),
    RULE(may_print_cards),  RULE(may_be_professional),
    RULE(may_see_mandate),  RULE(may_hold_mandate),
    RULE(may_act),          RULE(may_be_resident),
    RULE(may_read_mandate), RULE(may_answer_question),
    RULE(may_see_gates),    RULE(may_stand_at_gate),
    RULE(may_see_contact),
};

const char *rule_name(rule *may)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].may == may)
            return names[i].name;
    return "?";
}
