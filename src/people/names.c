#include "people/names.h"

#include "crypto/mark.h"
#include "house/keyring.h"
#include "house/vault.h"

struct str name_folded(struct arena *arena, struct str name)
{
    struct str trimmed = str_trim(name);
    char *folded = str_zero(arena, trimmed);
    size_t length = 0;
    for (size_t i = 0; i < trimmed.len; i++) {
        char c = trimmed.at[i];
        if (c == ' ' || c == '\t' || c == '\n')
            continue;
        folded[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){ folded, length };
}

struct str name_mark(struct ctx *ctx, struct str name)
{
    struct seal_key key = keyring_own(vault_keyring(ctx->vault), STR("sign-in-names"));
    struct id mark = mark_keyed(&key, STR("name"), name_folded(ctx->arena, name));
    seal_key_forget(&key);
    return str_keep(ctx->arena, (struct str){ (const char *)mark.b, ID_BYTES });
}
