/* passive.h - where Dutch hides who does it: a form of 'worden' with a past participle.
 *
 * By form only: a word that begins with ge- (also after a preposition: aangemeld, uitgevoerd) or
 * be-, er-, her-, ont-, ver- and ends in -d, -t or -en, within one clause of 'wordt'. Some
 * ordinary words look like that and are listed; some participles do not and are missed. */
#ifndef NABIJ_LANGUAGE_PASSIVE_H
#define NABIJ_LANGUAGE_PASSIVE_H

#include "language/words.h"

/* True when sentence[at] is a form of 'worden' with a participle near it, at *participle. */
bool passive_at(const struct word *sentence, size_t count, size_t at, size_t *participle);

#endif
