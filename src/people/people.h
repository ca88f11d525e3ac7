/* people.h - who somebody is here: resident, professional, host; and how they came in.
 *
 * The rules here say only what somebody is. What a professional may do also asks for a mandate
 * in force: see mandates/mandates.h. */
#ifndef NABIJ_PEOPLE_H
#define NABIJ_PEOPLE_H

#include "house/ctx.h"
#include "house/route.h"

rule anyone;           /* public pages say so */
rule may_be_signed_in; /* somebody with an account, anywhere */
rule may_take_part;    /* resident, professional or host here */
rule may_keep_place;   /* host here */
rule may_enrol;        /* holds a key card that can still be used (:word) */
rule may_see_card;     /* made it (:id) */
rule may_make_cards;   /* professional or host here */

handler sign_in_show, sign_in, sign_out, sign_out_everywhere;
handler away_show, quick_exit;
handler language_show, language_choose_act;
handler settings_show, passphrase_change;
handler card_find_show, card_find, enrol_show, enrol;
handler cards_show, card_show;

enum card_kind { CARD_RESIDENT = 1, CARD_PROFESSIONAL, CARD_HOST, CARD_RESTORE };

/* Makes a card and says which; used by the command line for a place's first host. `mandate`: on
 * whose assignment a professional gives it, none for a host. */
struct card_order {
    enum card_kind kind;
    struct id for_person; /* CARD_RESTORE */
    struct id mandate;
    int64_t mandate_version;
};
struct id card_make(struct ctx *ctx, const struct card_order *order);

/* A card's words, as text with spaces, and its link's last part. In the vault only. */
struct str card_words_of(struct ctx *ctx, struct id card);
struct str card_link_of(struct ctx *ctx, struct id card);

/* Answers ASK_CARD: the words and the link of a card that this person made. */
enum outcome card_answer(struct ctx *ctx, struct str question, struct out *answer);

/* Makes somebody with a passphrase; the caller says where they take part. */
struct id person_make(struct ctx *ctx, struct str sign_in_name, struct str passphrase,
                      struct str language);

/* A passphrase that was typed for keeping: refuses at its field, with the reason. */
enum outcome passphrase_check(struct ctx *ctx);

/* Replaces it (field "passphrase") and ends every session of this person. */
void person_new_passphrase(struct ctx *ctx, struct id person);

/* Ends every session; forms that signed this person in are worth nothing from here on. */
void person_out_everywhere(struct ctx *ctx, struct id person);

#endif
