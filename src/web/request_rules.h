/* request_rules.h - inside the parser: what the fields of a head must be together.
 *
 * request_parse.c reads the bytes; request_rules.c decides what Host, Content-Length,
 * Transfer-Encoding, Connection and Expect mean, and refuses what could be read in two ways. */
#ifndef NABIJ_WEB_REQUEST_RULES_H
#define NABIJ_WEB_REQUEST_RULES_H

#include "web/request.h"

struct head_facts {
    struct str host, authority; /* authority: of an absolute target, else nothing */
    bool has_length, http_1_0;
};

/* One field, in the order it came. False with a reason when it must be refused. */
bool head_field(struct head_facts *facts, struct request *request, const struct header *field,
                const char **why);

/* All fields are in. */
bool head_whole(const struct head_facts *facts, const struct request *request, const char **why);

#endif
