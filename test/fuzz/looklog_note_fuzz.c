/* Any bytes as a signed note, a key and a checkpoint. What is read back must be what was there. */
#include <stdlib.h>
#include <string.h>

#include "crypto/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct note_signer signer;
    static const uint8_t seed[32] = { 7 };
    struct str text = { (const char *)data, size }, inner;
    struct checkpoint checkpoint;
    struct note_key key;
    struct out again;
    if (!signer.key.name[0] && !note_signer_make(&signer, STR("fuzz.test/log"), seed))
        abort();
    out_open(&again, 1 << 20);
    (void)note_read(text, &signer.key, &inner);
    if (checkpoint_read(text, &checkpoint)) {
        checkpoint_write(&checkpoint, &again);
        if (!str_starts(text, out_str(&again)))
            abort();
    }
    out_clear(&again);
    if (note_key_read(text, &key)) {
        note_key_write(&key, &again);
        if (!str_is(text, out_str(&again)))
            abort();
    }
    out_close(&again);
    return 0;
}
