/* asks.c - the questions that a page may put to the vault, each with what answers it there. */
#include "house/ask.h"
#include "house/sealed.h"
#include "insight/insight.h"
#include "people/people.h"

answerer *const asks[ASK_COUNT] = {
    [ASK_SEALED] = sealed_answer,
    [ASK_LOOKS] = insight_answer_looks,
    [ASK_BUNDLE] = insight_answer_bundle,
    [ASK_CARD] = card_answer,
};
