/* Made by mkwords from locale; a change here is lost. */
#ifndef NABIJ_MESSAGES_H
#define NABIJ_MESSAGES_H

#include "web/words.h"

/* Packed, and two bytes wide by its last member: so the compiler can tell a
 * message from an int, and SHOW shows its words and not its number. */
enum __attribute__((packed)) message {
    MESSAGE_NONE,
    MESSAGE_mandate_title,
    MESSAGE_mandate_until,
    MESSAGE_gates_waiting,
    MESSAGE_a_b_c_d,
    MESSAGE_COUNT,
    MESSAGE_WIDE = 0xffff
};

/* The arguments of each message, for pages that forget one or misspell it. */
enum { ARGUMENTS_mandate_title };
enum { ARGUMENT_mandate_until__day, ARGUMENT_mandate_until__name, ARGUMENTS_mandate_until };
enum { ARGUMENT_gates_waiting__n, ARGUMENTS_gates_waiting };
enum { ARGUMENTS_a_b_c_d };

#endif
