/* kinds.c - every kind of sealed item: its name in the look log, and who may have it opened. */
#include "gates/gates.h"
#include "house/sealed.h"

const struct sealed_kind_rule sealed_kinds[SEALED_KINDS] = {
    [SEALED_NAME] = { "name", gate_sees_door },       [SEALED_OFFER] = { "offer", gate_sees_door },
    [SEALED_STORY] = { "story", gate_sees_door },     [SEALED_REACH] = { "reach", gate_sees_door },
    [SEALED_REASON] = { "reason", gate_sees_reason },
};
