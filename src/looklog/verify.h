/* verify.h - what the two kinds of check share. */
#ifndef NABIJ_LOOKLOG_VERIFY_H
#define NABIJ_LOOKLOG_VERIFY_H

#include "looklog/looklog.h"
#include "looklog/store.h"
#include "looklog/verify_words.h"

/* Findings go to the report; `verdict` is the worst so far. */
struct verifier {
    struct out *report;
    bool dutch;
    enum looklog_verdict verdict;
};

void verifier_good(struct verifier *v, enum finding finding, uint64_t a, uint64_t b);
void verifier_wrong(struct verifier *v, enum finding finding, const char *what, uint64_t a,
                    uint64_t b);
void verifier_unreadable(struct verifier *v, enum finding finding, const char *what, uint64_t a);

/* The checkpoint inside an earlier file: a signed note as it is, or the one in a bundle. `text`
 * must outlive the result. False with a finding when it is neither or not signed by `key`. */
struct json_t;
bool verifier_earlier(struct verifier *v, struct str text, const struct note_key *key,
                      struct checkpoint *checkpoint, struct json_t **bundle);

#endif
