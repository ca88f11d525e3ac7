#include "base/pack.h"

#include <string.h>

void pack_number(struct out *out, uint64_t number)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(number >> (8 * i));
    out_raw(out, (struct str){ bytes, sizeof bytes });
}

void pack_text(struct out *out, struct str text)
{
    pack_number(out, text.len);
    out_raw(out, text);
}

void pack_id(struct out *out, struct id id)
{
    out_raw(out, (struct str){ (const char *)id.b, ID_BYTES });
}

static struct str take(struct unpack *from, size_t length)
{
    if (from->bad || length > from->left.len) {
        from->bad = true;
        return (struct str){ "", 0 };
    }
    struct str taken = str_first(from->left, length);
    from->left = str_from(from->left, length);
    return taken;
}

uint64_t unpack_number(struct unpack *from)
{
    struct str bytes = take(from, 8);
    uint64_t number = 0;
    for (size_t i = 0; i < bytes.len; i++)
        number |= (uint64_t)(unsigned char)bytes.at[i] << (8 * i);
    return number;
}

struct str unpack_text(struct unpack *from)
{
    uint64_t length = unpack_number(from);
    return take(from, length > from->left.len ? from->left.len + 1 : (size_t)length);
}

struct id unpack_id(struct unpack *from)
{
    struct id id = { { 0 } };
    struct str bytes = take(from, ID_BYTES);
    if (bytes.len == ID_BYTES)
        memcpy(id.b, bytes.at, ID_BYTES);
    return id;
}

bool unpack_done(const struct unpack *from)
{
    return !from->bad && from->left.len == 0;
}
