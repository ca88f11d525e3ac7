/* Made by mkwords from locale; a change here is lost. */
#include "messages.h"

static const struct words words_nl[MESSAGE_COUNT] = {
    [MESSAGE_NONE] = { .forms = 1, .plain = true },
    [MESSAGE_mandate_title] = { { { "Mandaat", 7 }, }, 1, true },
    [MESSAGE_mandate_until] = { { { "tot en met {day}, voor {name}\n", 30 }, }, 1, false },
    [MESSAGE_gates_waiting] = { { { "één wacht", 11 }, { "{n} \"wachten\" <samen>", 21 }, }, 2, false },
    [MESSAGE_a_b_c_d] = { { { "twee\011delen \\ één ?\?= teken", 28 }, }, 1, true },
};

static const struct words words_ar[MESSAGE_COUNT] = {
    [MESSAGE_NONE] = { .forms = 1, .plain = true },
    [MESSAGE_mandate_title] = { { { "أ", 2 }, }, 1, true },
    [MESSAGE_mandate_until] = { { { "{name} {day}", 12 }, }, 1, false },
    [MESSAGE_gates_waiting] = { { { "0", 1 }, { "1", 1 }, { "2", 1 }, { "{n}", 3 }, { "{n}", 3 }, { "{n}", 3 }, }, 6, false },
    [MESSAGE_a_b_c_d] = { { { "أ", 2 }, }, 1, true },
};

const struct language languages[] = {
    { STR_INIT("nl"), STR_INIT("Nederlands"), false, words_nl },
    { STR_INIT("ar"), STR_INIT("العربية"), true, words_ar },
};
const size_t language_count = 2;
