#include "crypto/sha256.h"

#include <string.h>

typedef void compress_blocks(uint32_t state[8], const uint8_t *bytes, size_t blocks);

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* The instructions want the state as (a b e f) and (c d g h); four rounds a step. The message
 * schedule is computed four words at a time: w[t] from w[t-16], w[t-15], w[t-7], w[t-2]. */
__attribute__((target("sha,sse4.1"))) static void
compress_with_instructions(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i dcba = _mm_loadu_si128((const __m128i *)(const void *)state);
    __m128i hgfe = _mm_loadu_si128((const __m128i *)(const void *)(state + 4));
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1);
    __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
    for (; blocks; blocks--, bytes += 64) {
        __m128i abef_before = abef, cdgh_before = cdgh, w[4];
        for (int i = 0; i < 4; i++)
            w[i] = _mm_shuffle_epi8(
                _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i)), swap);
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            __m128i words = w[i & 3];
            __m128i k = _mm_loadu_si128((const __m128i *)(const void *)(round_constants + 4 * i));
            __m128i sum = _mm_add_epi32(words, k);
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
            if (i < 12) {
                __m128i next = _mm_sha256msg1_epu32(words, w[(i + 1) & 3]);
                __m128i seven = _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4);
                w[i & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(next, seven), w[(i + 3) & 3]);
            }
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

static bool processor_can(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}
#else
static bool processor_can(void)
{
    return false;
}
static void compress_with_instructions(uint32_t state[8], const uint8_t *bytes, size_t blocks)
{
    (void)state;
    (void)bytes;
    (void)blocks;
}
#endif

static bool plain_only;

bool sha256_has_instructions(void)
{
    static int known; /* 0 not asked yet, 1 no, 2 yes; the same answer from every thread */
    if (known == 0)
        known = processor_can() ? 2 : 1;
    return known == 2 && !plain_only;
}

void sha256_plain(bool plain)
{
    plain_only = plain;
}

void sha256_start(struct sha256 *sha)
{
    crypto_hash_sha256_init(&sha->state);
}

/* state.count is in bits, as libsodium keeps it, so that both paths share one struct. */
void sha256_add(struct sha256 *sha, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    if (!sha256_has_instructions()) {
        crypto_hash_sha256_update(&sha->state, from, size);
        return;
    }
    if (size == 0)
        return;
    size_t held = (sha->state.count >> 3) & 63;
    sha->state.count += (uint64_t)size << 3;
    if (held) {
        size_t part = 64 - held < size ? 64 - held : size;
        memcpy(sha->state.buf + held, from, part);
        if (held + part < 64)
            return;
        compress_with_instructions(sha->state.state, sha->state.buf, 1);
        from += part;
        size -= part;
    }
    if (size >= 64)
        compress_with_instructions(sha->state.state, from, size / 64);
    if (size % 64)
        memcpy(sha->state.buf, from + (size - size % 64), size % 64);
}

struct hash sha256_end(struct sha256 *sha)
{
    struct hash hash;
    if (!sha256_has_instructions()) {
        crypto_hash_sha256_final(&sha->state, hash.b);
        return hash;
    }
    uint64_t bits = sha->state.count;
    size_t held = (bits >> 3) & 63;
    sha->state.buf[held++] = 0x80;
    if (held > 56) {
        memset(sha->state.buf + held, 0, 64 - held);
        compress_with_instructions(sha->state.state, sha->state.buf, 1);
        held = 0;
    }
    memset(sha->state.buf + held, 0, 56 - held);
    bits = __builtin_bswap64(bits);
    memcpy(sha->state.buf + 56, &bits, 8);
    compress_with_instructions(sha->state.state, sha->state.buf, 1);
    for (int i = 0; i < 8; i++) {
        uint32_t word = __builtin_bswap32(sha->state.state[i]);
        memcpy(hash.b + 4 * i, &word, 4);
    }
    return hash;
}

struct hash sha256(const void *bytes, size_t size)
{
    struct sha256 sha;
    sha256_start(&sha);
    sha256_add(&sha, bytes, size);
    return sha256_end(&sha);
}

struct hash hmac_sha256(const uint8_t key[32], const void *bytes, size_t size)
{
    struct sha256 sha;
    uint8_t pad[64];
    for (int i = 0; i < 64; i++)
        pad[i] = (i < 32 ? key[i] : 0) ^ 0x36;
    sha256_start(&sha);
    sha256_add(&sha, pad, sizeof pad);
    sha256_add(&sha, bytes, size);
    struct hash inner = sha256_end(&sha);
    for (int i = 0; i < 64; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    sha256_start(&sha);
    sha256_add(&sha, pad, sizeof pad);
    sha256_add(&sha, inner.b, sizeof inner.b);
    sodium_memzero(pad, sizeof pad);
    return sha256_end(&sha);
}

bool hash_is(const struct hash *a, const struct hash *b)
{
    return memcmp(a->b, b->b, HASH_BYTES) == 0;
}
