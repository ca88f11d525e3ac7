/* gates.h - the place where two worlds meet; it opens only from both sides.
 *
 * proposed → one yes → both yes: open → met → closed. Both sides read the same reason and the same
 * mandate. A no is silent: nobody else, the professional included, can tell it from waiting, and
 * no query that serves one side reads the other side's answer. Once it is open the professional
 * is out of it. Each door is opened by its owner, for this gate, and can be closed again. */
#ifndef NABIJ_GATES_H
#define NABIJ_GATES_H

#include "house/ctx.h"
#include "house/route.h"
#include "house/sealed.h"

rule may_see_gates;     /* a resident or a professional here */
rule may_stand_at_gate; /* it stands before them, or stood (:id) */
rule may_see_contact;   /* a professional with a mandate, and a resident in contact (:id) */

handler gates_show, gate_propose_show, gate_propose;
handler gate_show, gate_open, gate_no, gate_doors, gate_met, gate_close;
handler doors_show, doors_change;
handler groups_show, group_make;
handler residents_show, resident_show, resident_restore;

/* The rules of sealed kinds (src/kinds.c). */
enum seen gate_sees_door(struct ctx *ctx, struct id owner, int kind, struct mandate_used *under);
enum seen gate_sees_reason(struct ctx *ctx, struct id owner, int kind, struct mandate_used *under);

/* How many gates wait for this person's answer. */
int64_t gates_waiting_for(struct ctx *ctx, struct id person);

#endif
