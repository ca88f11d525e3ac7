/* qr.h - a QR picture in the page itself, for a card on paper or a screen in between.
 *
 * One <svg class="qr"> with one path of black modules and the standard's quiet zone of four
 * modules around it; no style, script or outside picture, so that it stands under a strict
 * content policy. It has no background of its own: the page's style must lay a light one under
 * it, also in a dark theme. Error correction is level M (ISO/IEC 18004: 15 % may be damaged). */
#ifndef NABIJ_WEB_QR_H
#define NABIJ_WEB_QR_H

#include "base/str.h"

enum { QR_TEXT_LIMIT = 2331 }; /* bytes that fit the largest picture at level M */

enum qr_result { QR_DRAWN, QR_NOTHING, QR_TOO_LONG };

/* Draws `text` (any bytes; usually an address). `label` says in words what the picture is, for
 * those who cannot see it; it is already escaped for a quoted attribute. *svg lives in the arena
 * and is written only when DRAWN. NOTHING: the text is empty. */
enum qr_result qr_draw(struct arena *arena, struct str text, struct html label, struct html *svg);

#endif
