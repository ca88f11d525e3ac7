#include "web/request_rules.h"

#include "web/byte_kinds.h"

enum { LENGTH_DIGITS = 18 }; /* fits 63 bits with room to spare; no real body needs more */

static bool content_length(struct head_facts *facts, struct request *request, struct str value,
                           const char **why)
{
    *why = "Content-Length twice";
    if (facts->has_length)
        return false;
    *why = "Content-Length is not a plain number";
    if (value.len == 0 || value.len > LENGTH_DIGITS)
        return false;
    uint64_t length = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        length = length * 10 + (uint64_t)(value.at[i] - '0');
    }
    facts->has_length = true;
    request->content_length = length;
    return true;
}

static bool transfer_encoding(struct request *request, struct str value, const char **why)
{
    *why = "Transfer-Encoding twice";
    if (request->chunked)
        return false;
    *why = "a transfer coding that is not chunked alone";
    request->chunked = text_same(value, STR("chunked"));
    return request->chunked;
}

/* name[:port], [address]:port; never a user name, never empty. RFC 3986, section 3.2.2. */
static bool host_is_good(struct str value)
{
    size_t i = 0;
    if (value.len && value.at[0] == '[') {
        for (i = 1; i < value.len &&
                    (byte_is(value.at[i], BYTE_HEX) || value.at[i] == ':' || value.at[i] == '.');)
            i++;
        if (i < 3 || i == value.len || value.at[i] != ']')
            return false;
        i++;
    } else {
        while (i < value.len && byte_is(value.at[i], BYTE_HOST))
            i++;
        if (i == 0)
            return false;
    }
    if (i == value.len)
        return true;
    size_t digits = value.len - i - 1;
    if (value.at[i] != ':' || digits > 5)
        return false;
    for (i++; i < value.len; i++)
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
    return true;
}

static bool host(struct head_facts *facts, struct str value, const char **why)
{
    *why = "Host twice";
    if (facts->host.at)
        return false;
    *why = "Host is not a host";
    facts->host = value;
    return host_is_good(value);
}

/* A list of options; only one of them means something here. */
static bool connection(struct request *request, struct str value, const char **why)
{
    struct str part;
    *why = "Connection is not a list of options";
    while (str_split(&value, ',', &part)) {
        part = str_trim(part);
        for (size_t i = 0; i < part.len; i++)
            if (!byte_is(part.at[i], BYTE_TOKEN))
                return false;
        if (text_same(part, STR("close")))
            request->keep_alive = false;
    }
    return true;
}

static bool expect(struct request *request, struct str value, const char **why)
{
    *why = "an expectation that is not 100-continue";
    request->expect_continue = text_same(value, STR("100-continue"));
    return request->expect_continue;
}

bool head_field(struct head_facts *facts, struct request *request, const struct header *field,
                const char **why)
{
    struct str name = field->name;
    switch (name.len) { /* most fields are none of these and cost one jump */
    case 4:
        return !text_same(name, STR("Host")) || host(facts, field->value, why);
    case 6:
        return !text_same(name, STR("Expect")) || expect(request, field->value, why);
    case 10:
        return !text_same(name, STR("Connection")) || connection(request, field->value, why);
    case 14:
        return !text_same(name, STR("Content-Length")) ||
               content_length(facts, request, field->value, why);
    case 17:
        return !text_same(name, STR("Transfer-Encoding")) ||
               transfer_encoding(request, field->value, why);
    default:
        return true;
    }
}

bool head_whole(const struct head_facts *facts, const struct request *request, const char **why)
{
    *why = "no Host";
    if (!facts->host.at)
        return false;
    *why = "the target names another host";
    if (facts->authority.at && !text_same(facts->authority, facts->host))
        return false;
    *why = "Content-Length with Transfer-Encoding";
    if (facts->has_length && request->chunked)
        return false;
    *why = "Transfer-Encoding in HTTP/1.0";
    return !(facts->http_1_0 && request->chunked);
}
