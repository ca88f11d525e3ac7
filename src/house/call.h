/* call.h - what the front and the vault say to each other over their socket pair.
 *
 * A call is one of: an act (a form that somebody sent), a question (something sealed that a page
 * wants to show), or a sign of life (a session was used). The front has checked bytes (encoding,
 * sizes); the vault checks everything else again, as if the front were a stranger. Frames: 64-bit
 * length, 64-bit call number, then the packed call or reply. */
#ifndef NABIJ_HOUSE_CALL_H
#define NABIJ_HOUSE_CALL_H

#include "house/ctx.h"

enum call_kind { CALL_ACT = 1, CALL_ASK = 2, CALL_SEEN = 3 };

enum { CALL_BYTES = 512 * 1024, REPLY_BYTES = 8 * 1024 * 1024 };

struct call {
    enum call_kind kind;
    struct str path, session, before, address, language;
    const struct field *fields; /* acts */
    size_t field_count;
    int ask; /* questions */
    struct str question;
};

struct reply {
    enum outcome outcome;
    struct str then, session_made, language;
    bool session_ended, too_many, full;
    struct refusal refusals[REFUSALS];
    size_t refusal_count;
    struct str reference; /* BROKEN: what the reader may quote */
    struct str answer;    /* questions */
};

void call_pack(struct out *out, const struct call *call);
bool call_unpack(struct arena *arena, struct str bytes, struct call *call);
void reply_pack(struct out *out, const struct reply *reply);
bool reply_unpack(struct arena *arena, struct str bytes, struct reply *reply);

/* Frames in a stream of bytes: takes the first whole one off the front of *stream. False when
 * there is none yet; *bad when no honest peer could have sent this. */
void frame_pack(struct out *out, uint64_t number, struct str bytes);
bool frame_take(struct str *stream, uint64_t most, uint64_t *number, struct str *bytes, bool *bad);

#endif
