#include "web/chunked.h"

#include "web/byte_kinds.h"

enum { SIZE_DIGITS = 8 };

enum step { SIZE, SIZE_LF, DATA, DATA_CR, DATA_LF, LAST_CR, LAST_LF };

static enum chunked_result size_byte(struct chunked *c, char byte, const char **why)
{
    if (byte_is(byte, BYTE_HEX)) {
        *why = "a chunk size that is far too long";
        if (c->digits == SIZE_DIGITS)
            return CHUNKED_BAD;
        c->digits++;
        c->left = c->left << 4 | byte_hex(byte);
        return CHUNKED_MORE;
    }
    *why = byte == ';'    ? "a chunk extension"
           : byte == '\n' ? "a chunk size ends in a bare LF"
                          : "a chunk size that is not a number";
    if (byte != '\r' || c->digits == 0)
        return CHUNKED_BAD;
    c->step = SIZE_LF;
    return CHUNKED_MORE;
}

static enum chunked_result expect(struct chunked *c, char byte, char wanted, enum step next,
                                  const char **why)
{
    if (byte != wanted) {
        *why = c->step == LAST_CR ? "a trailer after the last chunk" : "a chunk not ended by CRLF";
        return CHUNKED_BAD;
    }
    c->step = (uint8_t)next;
    return CHUNKED_MORE;
}

static enum chunked_result one_byte(struct chunked *c, char byte, const char **why)
{
    switch ((enum step)c->step) {
    case SIZE:
        return size_byte(c, byte, why);
    case SIZE_LF:
        return expect(c, byte, '\n', c->left ? DATA : LAST_CR, why);
    case DATA_CR:
        return expect(c, byte, '\r', DATA_LF, why);
    case DATA_LF:
        c->digits = 0;
        return expect(c, byte, '\n', SIZE, why);
    case LAST_CR:
        return expect(c, byte, '\r', LAST_LF, why);
    case LAST_LF:
        return byte == '\n' ? CHUNKED_END : expect(c, byte, '\n', LAST_LF, why);
    case DATA:
        break;
    }
    *why = "a chunk in no known state";
    return CHUNKED_BAD;
}

enum chunked_result chunked_read(struct chunked *c, struct str bytes, size_t *used,
                                 struct str *piece, const char **why)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (c->step == DATA) {
            size_t here = bytes.len - i;
            *piece = (struct str){ bytes.at + i, c->left < here ? (size_t)c->left : here };
            c->left -= piece->len;
            if (c->left == 0)
                c->step = DATA_CR;
            *used = i + piece->len;
            return CHUNKED_PIECE;
        }
        enum chunked_result result = one_byte(c, bytes.at[i], why);
        *used = i + 1;
        if (result != CHUNKED_MORE)
            return result;
    }
    *used = bytes.len;
    return CHUNKED_MORE;
}
