/* crypto_test.c - sealing, passphrases, signed notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "crypto/note.h"
#include "crypto/passphrase.h"
#include "crypto/seal.h"

static struct arena *arena;

static void sealed_things_open_only_where_they_belong(void **state)
{
    (void)state;
    struct seal_key key = seal_key_new(), other = seal_key_new();
    struct seal_about about = { id_new(), id_new(), id_new(), STR("door") }, wrong;
    struct str sealed = seal_close(arena, &key, &about, STR("tea at four")), plain;
    assert_int_equal(sealed.len, 11 + SEAL_EXTRA);
    assert_true(seal_open(arena, &key, &about, sealed, &plain));
    assert_true(str_is(plain, STR("tea at four")));
    assert_false(seal_open(arena, &other, &about, sealed, &plain));
    wrong = about, wrong.place = id_new();
    assert_false(seal_open(arena, &key, &wrong, sealed, &plain));
    wrong = about, wrong.subject = about.item;
    assert_false(seal_open(arena, &key, &wrong, sealed, &plain));
    wrong = about, wrong.item = about.subject;
    assert_false(seal_open(arena, &key, &wrong, sealed, &plain));
    wrong = about, wrong.purpose = STR("look");
    assert_false(seal_open(arena, &key, &wrong, sealed, &plain));
    for (size_t i = 0; i < sealed.len; i++) {
        char *bytes = (char *)(uintptr_t)sealed.at;
        bytes[i] ^= 1;
        assert_false(seal_open(arena, &key, &about, sealed, &plain));
        bytes[i] ^= 1;
        assert_false(seal_open(arena, &key, &about, str_first(sealed, i), &plain));
    }
    struct str again = seal_close(arena, &key, &about, STR("tea at four"));
    assert_false(str_is(sealed, again)); /* a fresh nonce */
    struct str empty = seal_close(arena, &key, &about, (struct str){ 0 });
    assert_true(seal_open(arena, &key, &about, empty, &plain) && plain.len == 0);
}

static void item_keys_differ(void **state)
{
    (void)state;
    struct seal_key person = seal_key_new();
    struct id item = id_new();
    struct seal_key a = seal_item_key(&person, item, STR("sheet")),
                    same = seal_item_key(&person, item, STR("sheet")),
                    b = seal_item_key(&person, item, STR("door")),
                    c = seal_item_key(&person, id_new(), STR("sheet"));
    assert_memory_equal(&a, &same, sizeof a);
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&a, &c, sizeof a);
    seal_key_forget(&a);
    assert_memory_equal(&a, &(struct seal_key){ { 0 } }, sizeof a);
}

static void judge(const char *passphrase, enum passphrase_judgement expected)
{
    if (passphrase_judge(str_of(passphrase)) != expected)
        fail_msg("'%s' is judged %d, not %d", passphrase, passphrase_judge(str_of(passphrase)),
                 expected);
}

static void passphrases_are_judged(void **state)
{
    (void)state;
    judge("", PASSPHRASE_SHORT);
    judge("korte zin", PASSPHRASE_SHORT);
    judge("veertien tekens", PASSPHRASE_GOOD); /* fifteen */
    judge("veertien teken", PASSPHRASE_SHORT);
    judge("          korte zin           ", PASSPHRASE_SHORT);
    judge("ei op zo na", PASSPHRASE_GOOD); /* four words */
    judge("ei op zo zo", PASSPHRASE_SHORT);
    judge("a b c d e f", PASSPHRASE_SHORT);
    judge("\u00e9\u00e9n \u00eble g\u00eate", PASSPHRASE_SHORT); /* letters, not bytes */
    judge("kachel fietst paars langs", PASSPHRASE_GOOD);
    judge("correct horse battery staple", PASSPHRASE_KNOWN);
    judge("CorrectHorseBatteryStaple", PASSPHRASE_KNOWN);
    judge("Welkom in de buurt!", PASSPHRASE_KNOWN);
    judge("Dit is mijn wachtwoord 2026", PASSPHRASE_KNOWN);
    judge("  beter  laat dan-nooit ", PASSPHRASE_KNOWN);
    judge("aaaaaaaaaaaaaaaa", PASSPHRASE_KNOWN);
    judge("abc abc abc abc abc", PASSPHRASE_KNOWN);
    judge("1234567890123456", PASSPHRASE_KNOWN);
    judge("qwertyuiopasdfgh", PASSPHRASE_KNOWN);
    static char large[1100];
    memset(large, 'x', 1025);
    judge(large, PASSPHRASE_LONG);
}

static void passphrases_fit(void **state)
{
    (void)state;
    passphrase_cheap(true);
    struct str stored = passphrase_hash(arena, STR("kachel fietst paars langs"));
    assert_true(passphrase_fits(stored, STR("kachel fietst paars langs")));
    assert_true(passphrase_fits(stored, STR("kachel fietst paars langs ")));
    assert_false(passphrase_fits(stored, STR("kachel fietst paars lang")));
    assert_false(passphrase_fits(stored, (struct str){ 0 }));
    assert_false(passphrase_fits((struct str){ 0 }, STR("kachel fietst paars langs")));
    assert_false(passphrase_fits((struct str){ 0 }, (struct str){ 0 }));
    assert_false(passphrase_fits(STR("nonsense"), STR("kachel fietst paars langs")));
    struct str again = passphrase_hash(arena, STR("kachel fietst paars langs"));
    assert_false(str_is(stored, again)); /* its own salt */
    passphrase_cheap(false);
    stored = passphrase_hash(arena, STR("x"));
    assert_true(str_starts(stored, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
}

static void notes_hold_byte_for_byte(void **state)
{
    (void)state;
    uint8_t seed[32] = { 4 };
    struct note_signer signer;
    struct note_key key;
    struct out note, vkey;
    struct str text;
    out_open(&note, 4096), out_open(&vkey, 4096);
    assert_false(note_signer_make(&signer, STR("a b"), seed));
    assert_false(note_signer_make(&signer, STR("a+b"), seed));
    assert_false(note_signer_make(&signer, STR(""), seed));
    assert_true(note_signer_make(&signer, STR("buurt.example/log"), seed));
    note_key_write(&signer.key, &vkey);
    assert_true(note_key_read(out_str(&vkey), &key));
    assert_memory_equal(key.public_key, signer.key.public_key, 32);
    note_sign(&signer, STR("hello\n\nthere\n"), &note);
    assert_int_equal(note_read(out_str(&note), &key, &text), NOTE_GOOD);
    assert_true(str_is(text, STR("hello\n\nthere\n")));
    for (size_t i = 0; i < note.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            note.at[i] ^= (char)(1 << bit);
            assert_int_not_equal(note_read(out_str(&note), &key, &text), NOTE_GOOD);
            note.at[i] ^= (char)(1 << bit);
        }
    for (size_t i = 0; i < vkey.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            vkey.at[i] ^= (char)(1 << bit);
            if (note_key_read(out_str(&vkey), &key))
                fail_msg("byte %zu, bit %d: %.*s", i, bit, STR_FMT(out_str(&vkey)));
            vkey.at[i] ^= (char)(1 << bit);
        }
    assert_true(note_key_read(out_str(&vkey), &key));
    /* a witness signs too: passed over */
    out_raw(&note, STR("\u2014 witness.example AAAAAAAA\n"));
    assert_int_equal(note_read(out_str(&note), &key, &text), NOTE_GOOD);
    out_close(&note), out_close(&vkey);
}

static void checkpoints_are_read_strictly(void **state)
{
    (void)state;
    struct checkpoint c;
    const char *root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert_true(checkpoint_read(str_print(arena, "o\n17\n%s\n", root), &c));
    assert_int_equal(c.size, 17);
    assert_true(checkpoint_read(str_print(arena, "o\n0\n%s\nmore\n", root), &c));
    assert_false(checkpoint_read(str_print(arena, "o\n017\n%s\n", root), &c));
    assert_false(checkpoint_read(str_print(arena, "o\n-1\n%s\n", root), &c));
    assert_false(checkpoint_read(str_print(arena, "\n1\n%s\n", root), &c));
    assert_false(checkpoint_read(str_print(arena, "o\n1\n%s", root), &c));
    assert_false(checkpoint_read(str_print(arena, "o\n99999999999999999999\n%s\n", root), &c));
    assert_false(checkpoint_read(STR("o\n1\nAAAA\n"), &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sealed_things_open_only_where_they_belong),
        cmocka_unit_test(item_keys_differ),
        cmocka_unit_test(passphrases_are_judged),
        cmocka_unit_test(passphrases_fit),
        cmocka_unit_test(notes_hold_byte_for_byte),
        cmocka_unit_test(checkpoints_are_read_strictly),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    seal_start();
    arena = arena_new(1 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
