/* rules.h - rules by name, for the audit page and the access matrix. */
#ifndef NABIJ_COMMANDS_RULES_H
#define NABIJ_COMMANDS_RULES_H

#include "house/route.h"

const char *rule_name(rule *may); /* "?" for a rule that is not in the list: a test fails then */

#endif
