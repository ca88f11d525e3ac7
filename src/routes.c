/* routes.c - the table of contents: what can be done here, and by whom. The audit page.
 *
 * method, path, rule, what runs; for a form also the page that comes back filled in when it is
 * refused; for pages that open what is sealed, the purpose that stands in the look log. */
#include "articles/articles.h"
#include "doorstep/doorstep.h"
#include "gates/gates.h"
#include "house/route.h"
#include "insight/insight.h"
#include "mandates/mandates.h"
#include "people/people.h"

/* What a line does not say is not there: no form that comes back, no purpose. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* clang-format off */
const struct route routes[] = {
    { GET,  "/",                                   anyone,              places_home },
    { GET,  "/about",                              anyone,              about_show },
    { GET,  "/health",                             anyone,              health_show },
    { GET,  "/in/:place",                          anyone,              place_show },
    { GET,  "/in/:place/today",                    may_take_part_read,  today_show },
    { GET,  "/in/:place/host",                     may_keep_place,      host_show },

    /* coming in, going out */
    { GET,  "/sign-in",                            anyone,              sign_in_show },
    { POST, "/sign-in",                            anyone,              sign_in,              sign_in_show },
    { POST, "/sign-out",                           may_be_signed_in,    sign_out },
    { POST, "/sign-out-everywhere",                may_be_signed_in,    sign_out_everywhere },
    { GET,  "/away",                               anyone,              away_show },
    { POST, "/exit",                               anyone,              quick_exit },
    { GET,  "/language",                           anyone,              language_show },
    { POST, "/language",                           anyone,              language_choose_act,  language_show },
    { GET,  "/settings",                           may_be_signed_in,    settings_show },
    { POST, "/settings",                           may_be_signed_in,    passphrase_change,    settings_show },

    /* key cards */
    { GET,  "/card",                               anyone,              card_find_show },
    { POST, "/card",                               anyone,              card_find,            card_find_show },
    { GET,  "/card/:word",                         may_enrol,           enrol_show },
    { POST, "/card/:word",                         may_enrol,           enrol,                enrol_show },
    { GET,  "/in/:place/cards",                    may_make_cards,      cards_show },
    { POST, "/in/:place/cards",                    may_print_cards,     card_print,           cards_show },
    { GET,  "/in/:place/cards/:id",                may_see_card,        card_show },

    /* mandates */
    { GET,  "/in/:place/mandates",                 may_be_professional, mandates_show },
    { POST, "/in/:place/mandates",                 may_be_professional, mandate_write,        mandate_new },
    { GET,  "/in/:place/mandates/new",             may_be_professional, mandate_new },
    { GET,  "/in/:place/mandates/:id",             may_see_mandate,     mandate_show },
    { GET,  "/in/:place/mandates/:id/changes",     may_see_mandate,     mandate_changes_show },
    { GET,  "/in/:place/mandates/:id/draft",       may_hold_mandate,    mandate_draft_show },
    { GET,  "/in/:place/mandates/:id/change",      may_hold_mandate,    mandate_change_show },
    { POST, "/in/:place/mandates/:id/change",      may_hold_mandate,    mandate_change,       mandate_change_show },
    { POST, "/in/:place/mandates/:id/in-force",    may_hold_mandate,    mandate_put_in_force, mandate_draft_show },
    { POST, "/in/:place/mandates/:id/end",         may_hold_mandate,    mandate_end,          mandate_show },
    { POST, "/in/:place/mandates/:id/read",        may_read_mandate,    mandate_read_act,     mandate_show },
    { GET,  "/in/:place/mandates/:id/ask",         may_read_mandate,    question_ask_show },
    { POST, "/in/:place/mandates/:id/ask",         may_read_mandate,    question_ask,         question_ask_show },
    { GET,  "/in/:place/questions/:id",            may_answer_question, question_answer_show },
    { POST, "/in/:place/questions/:id",            may_answer_question, question_answer,      question_answer_show },

    /* people with a line, doors, gates, groups */
    { GET,  "/in/:place/residents",                may_act,             residents_show,       .purpose = PURPOSE_CONTACT },
    { GET,  "/in/:place/residents/:id",            may_see_contact,     resident_show,        .purpose = PURPOSE_CONNECT },
    { POST, "/in/:place/residents/:id/card",       may_see_contact,     resident_restore },
    { GET,  "/in/:place/doors",                    may_be_resident,     doors_show },
    { POST, "/in/:place/doors",                    may_be_resident,     doors_change,         doors_show },
    { GET,  "/in/:place/gates",                    may_see_gates,       gates_show },
    { GET,  "/in/:place/gates/new",                may_act,             gate_propose_show,    .purpose = PURPOSE_CONNECT },
    { POST, "/in/:place/gates",                    may_act,             gate_propose,         gate_propose_show },
    { GET,  "/in/:place/gates/:id",                may_stand_at_gate,   gate_show },
    { POST, "/in/:place/gates/:id/open",           may_stand_at_gate,   gate_open,            gate_show },
    { POST, "/in/:place/gates/:id/no",             may_stand_at_gate,   gate_no,              gate_show },
    { POST, "/in/:place/gates/:id/doors",          may_stand_at_gate,   gate_doors,           gate_show },
    { POST, "/in/:place/gates/:id/met",            may_stand_at_gate,   gate_met,             gate_show },
    { POST, "/in/:place/gates/:id/close",          may_stand_at_gate,   gate_close,           gate_show },
    { GET,  "/in/:place/groups",                   anyone,              groups_show },
    { POST, "/in/:place/groups",                   may_be_resident,     group_make,           groups_show },

    /* who looked */
    { GET,  "/in/:place/insight",                  may_be_resident,     insight_show },
    { GET,  "/in/:place/insight/before/:word",     may_be_resident,     insight_show },
    { GET,  "/in/:place/insight/bundle",           may_be_resident,     insight_bundle_show },

    /* what is written */
    { GET,  "/in/:place/articles/:id",             anyone,              article_show },
};
/* clang-format on */

const size_t route_count = sizeof routes / sizeof *routes;
