/* sha256_test.c - the processor's instructions against libsodium, on random input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "crypto/sha256.h"

static void both_ways_agree(void **state)
{
    (void)state;
    static uint8_t bytes[700];
    randombytes_buf(bytes, sizeof bytes);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        struct hash ours = sha256(bytes, size);
        uint8_t theirs[32], mac[32];
        crypto_hash_sha256(theirs, bytes, size);
        assert_memory_equal(ours.b, theirs, 32);
        for (size_t cut = 0; cut <= size; cut += 1 + randombytes_uniform(90)) {
            struct sha256 sha;
            sha256_start(&sha);
            sha256_add(&sha, bytes, cut);
            sha256_add(&sha, bytes + cut, size - cut);
            ours = sha256_end(&sha);
            assert_memory_equal(ours.b, theirs, 32);
        }
        ours = hmac_sha256(bytes, bytes, size);
        crypto_auth_hmacsha256_state hmac;
        crypto_auth_hmacsha256_init(&hmac, bytes, 32);
        crypto_auth_hmacsha256_update(&hmac, bytes, size);
        crypto_auth_hmacsha256_final(&hmac, mac);
        assert_memory_equal(ours.b, mac, 32);
    }
}

static void without_instructions_too(void **state)
{
    sha256_plain(true);
    assert_false(sha256_has_instructions());
    both_ways_agree(state);
    sha256_plain(false);
}

/* FIPS 180-4's own example. */
static void a_known_answer(void **state)
{
    (void)state;
    char text[65];
    struct hash hash = sha256("abc", 3);
    sodium_bin2hex(text, sizeof text, hash.b, 32);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ways_agree),
        cmocka_unit_test(without_instructions_too),
        cmocka_unit_test(a_known_answer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
