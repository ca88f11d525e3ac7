#include "house/cache.h"

#include <string.h>

#include "base/memory.h"

enum { PAGES = 128, PAGE_BYTES = 64 * 1024, KEY_BYTES = 128 };

struct page {
    char key[KEY_BYTES];
    size_t key_length;
    uint64_t commits;
    struct day today;
    int status;
    char *bytes; /* type, headers and body, one after the other */
    size_t type, headers, body, room;
};

struct cache {
    struct page pages[PAGES];
};

struct cache *cache_new(void)
{
    return memory_new(1, sizeof(struct cache));
}

void cache_free(struct cache *cache)
{
    for (size_t i = 0; cache && i < PAGES; i++)
        memory_free(cache->pages[i].bytes);
    memory_free(cache);
}

static size_t key_bytes(const struct cache_key *key, char bytes[KEY_BYTES])
{
    if (key->path.len + key->language.len > KEY_BYTES)
        return 0;
    memcpy(bytes, key->language.at, key->language.len);
    memcpy(bytes + key->language.len, key->path.at, key->path.len);
    return key->path.len + key->language.len;
}

static struct page *slot(struct cache *cache, const char *bytes, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return &cache->pages[hash % PAGES];
}

bool cache_answer(struct cache *cache, const struct cache_key *key, uint64_t commits,
                  struct exchange *exchange)
{
    char bytes[KEY_BYTES];
    size_t length = key_bytes(key, bytes);
    const struct page *page = slot(cache, bytes, length);
    if (length == 0 || page->commits != commits || page->today.n != key->today.n ||
        page->key_length != length || memcmp(page->key, bytes, length) != 0)
        return false;
    struct answer answer = {
        .status = page->status,
        .content_type = { page->bytes, page->type },
        .headers = { page->bytes + page->type, page->headers },
        .body = { page->bytes + page->type + page->headers, page->body },
    };
    exchange_answer(exchange, &answer);
    return true;
}

void cache_keep(struct cache *cache, const struct cache_key *key, uint64_t commits,
                const struct answer *answer)
{
    char bytes[KEY_BYTES];
    size_t length = key_bytes(key, bytes);
    size_t all = answer->content_type.len + answer->headers.len + answer->body.len;
    if (length == 0 || all > PAGE_BYTES)
        return;
    struct page *page = slot(cache, bytes, length);
    if (all > page->room) {
        page->bytes = memory_grow(page->bytes, all, 1);
        page->room = all;
    }
    memcpy(page->key, bytes, length);
    memcpy(page->bytes, answer->content_type.at, answer->content_type.len);
    memcpy(page->bytes + answer->content_type.len, answer->headers.at, answer->headers.len);
    memcpy(page->bytes + answer->content_type.len + answer->headers.len, answer->body.at,
           answer->body.len);
    page->key_length = length;
    page->commits = commits;
    page->today = key->today;
    page->status = answer->status;
    page->type = answer->content_type.len;
    page->headers = answer->headers.len;
    page->body = answer->body.len;
}
