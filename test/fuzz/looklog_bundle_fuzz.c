/* Any bytes as a bundle, and as what came earlier: no crash, and never called good unless the
 * signatures say so (the fuzzer has no key). */
#include <stdlib.h>

#include "looklog/looklog.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct out report;
    struct str all = { (const char *)data, size }, earlier = all;
    size_t split = str_find(all, STR("\n===\n"));
    earlier = str_from(all, split + 5);
    out_open(&report, 1 << 20);
    looklog_check_bundle(str_first(all, split), earlier, &report, size & 1);
    out_close(&report);
    return 0;
}
