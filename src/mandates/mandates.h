/* mandates.h - on whose assignment a professional is here, in words a resident can check.
 *
 * A mandate has one holder, one commissioner and a last day. Versions that came in force are never
 * rewritten: a change makes a new version, and everybody in contact is shown the difference. Days
 * are days in the place's zone. A mandate is in force when it was put in force, has begun, has not
 * ended and was not withdrawn. */
#ifndef NABIJ_MANDATES_H
#define NABIJ_MANDATES_H

#include "house/ctx.h"
#include "house/route.h"
#include "house/sealed.h"
#include "queries.h"

rule may_be_professional; /* holds or may hold mandates here */
rule may_see_mandate;     /* anybody, once it came in force; its holder always */
rule may_hold_mandate;    /* it is theirs (:id) */
rule may_act;             /* a professional with a mandate in force; refused with what to do */
rule may_be_resident;     /* has read the mandates of who is in contact; led there otherwise */
rule may_take_part_read;  /* anybody who takes part here; residents as above */
rule may_print_cards;     /* a host, or a professional with a mandate in force */
rule may_read_mandate;    /* a resident here, and this mandate can be seen (:id) */
rule may_answer_question; /* it was asked about their mandate (:id) */

handler mandates_show, mandate_new, mandate_write;
handler mandate_show, mandate_draft_show, mandate_put_in_force, mandate_end;
handler mandate_change_show, mandate_change, mandate_changes_show;
handler card_print; /* a professional's card says on whose assignment it was given */
handler mandate_read_act, question_ask_show, question_ask, question_answer_show, question_answer;

/* The newest mandate of this person that is in force today; false when there is none. */
bool mandate_in_force(struct ctx *ctx, struct id holder, struct mandate_used *mandate);

/* A certain mandate of the acting professional, when it is in force today. */
bool mandate_mine_in_force(struct ctx *ctx, struct id mandate, struct mandate_used *used);

/* Is there contact between this professional and this resident? */
bool mandate_contact(struct ctx *ctx, struct id resident, struct id professional);

/* One version, as it lies on the table. */
struct mandate_card {
    struct id id;
    struct str holder;
    int64_t version;
    struct mandate_version_get_row words;
    bool in_force, ended, over, not_begun;
};

/* Fills a card with one version; false when there is no such version. */
bool mandate_card_read(struct ctx *ctx, struct id id, int64_t version, struct mandate_card *card);

#endif
