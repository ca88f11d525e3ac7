#include "house/call.h"

#include "base/pack.h"

void call_pack(struct out *out, const struct call *call)
{
    pack_number(out, call->kind);
    pack_text(out, call->path);
    pack_text(out, call->session);
    pack_text(out, call->before);
    pack_text(out, call->address);
    pack_text(out, call->language);
    pack_number(out, call->field_count);
    for (size_t i = 0; i < call->field_count; i++) {
        pack_text(out, call->fields[i].name);
        pack_text(out, call->fields[i].value);
    }
    pack_number(out, (uint64_t)call->ask);
    pack_text(out, call->question);
}

bool call_unpack(struct arena *arena, struct str bytes, struct call *call)
{
    struct unpack from = { bytes, false };
    *call = (struct call){ 0 };
    call->kind = (enum call_kind)unpack_number(&from);
    call->path = unpack_text(&from);
    call->session = unpack_text(&from);
    call->before = unpack_text(&from);
    call->address = unpack_text(&from);
    call->language = unpack_text(&from);
    call->field_count = unpack_number(&from);
    if (call->field_count > FORM_FIELDS)
        return false;
    struct field *fields = ARENA_MANY(arena, call->field_count, struct field);
    for (size_t i = 0; i < call->field_count; i++) {
        fields[i].name = unpack_text(&from);
        fields[i].value = unpack_text(&from);
        if (!str_utf8(fields[i].name, NULL) || !str_utf8(fields[i].value, NULL))
            return false;
    }
    call->fields = fields;
    call->ask = (int)unpack_number(&from);
    call->question = unpack_text(&from);
    return unpack_done(&from) && call->kind >= CALL_ACT && call->kind <= CALL_SEEN;
}

void reply_pack(struct out *out, const struct reply *reply)
{
    pack_number(out, reply->outcome);
    pack_text(out, reply->then);
    pack_text(out, reply->session_made);
    pack_text(out, reply->language);
    pack_number(out, (reply->session_ended ? 1u : 0u) | (reply->too_many ? 2u : 0u) |
                         (reply->full ? 4u : 0u));
    pack_number(out, reply->refusal_count);
    for (size_t i = 0; i < reply->refusal_count; i++) {
        pack_text(out, reply->refusals[i].field);
        pack_number(out, reply->refusals[i].message);
        pack_text(out, reply->refusals[i].what);
    }
    pack_text(out, reply->reference);
    pack_text(out, reply->answer);
}

bool reply_unpack(struct arena *arena, struct str bytes, struct reply *reply)
{
    struct unpack from = { bytes, false };
    *reply = (struct reply){ 0 };
    reply->outcome = (enum outcome)unpack_number(&from);
    reply->then = str_keep(arena, unpack_text(&from));
    reply->session_made = str_keep(arena, unpack_text(&from));
    reply->language = str_keep(arena, unpack_text(&from));
    uint64_t flags = unpack_number(&from);
    reply->session_ended = flags & 1;
    reply->too_many = flags & 2;
    reply->full = flags & 4;
    reply->refusal_count = unpack_number(&from);
    if (reply->refusal_count > REFUSALS)
        return false;
    for (size_t i = 0; i < reply->refusal_count; i++) {
        reply->refusals[i].field = str_keep(arena, unpack_text(&from));
        uint64_t message = unpack_number(&from);
        if (message >= MESSAGE_COUNT)
            return false;
        reply->refusals[i].message = (enum message)message;
        reply->refusals[i].what = str_keep(arena, unpack_text(&from));
    }
    reply->reference = str_keep(arena, unpack_text(&from));
    reply->answer = str_keep(arena, unpack_text(&from));
    return unpack_done(&from) && reply->outcome <= ASKED;
}

void frame_pack(struct out *out, uint64_t number, struct str bytes)
{
    pack_number(out, bytes.len);
    pack_number(out, number);
    out_raw(out, bytes);
}

bool frame_take(struct str *stream, uint64_t most, uint64_t *number, struct str *bytes, bool *bad)
{
    *bad = false;
    if (stream->len < 16)
        return false;
    struct unpack from = { *stream, false };
    uint64_t length = unpack_number(&from);
    *number = unpack_number(&from);
    if (length > most) {
        *bad = true;
        return false;
    }
    if (from.left.len < length)
        return false;
    *bytes = str_first(from.left, (size_t)length);
    *stream = str_from(from.left, (size_t)length);
    return true;
}
