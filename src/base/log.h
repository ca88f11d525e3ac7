/* log.h - what the machine's keeper reads on standard error.
 *
 * One line a happening: level, request number, ids. Never a name, a text, a token, a passphrase
 * or an address: whoever writes `say_*` asks first whether a stranger may read the line. */
#ifndef NABIJ_BASE_LOG_H
#define NABIJ_BASE_LOG_H

enum say_level { SAY_DEBUG, SAY_INFO, SAY_WARNING, SAY_ERROR };

void say_from(const char *process); /* "front 1", "vault"; borrowed */
void say_least(enum say_level level);
void say(enum say_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A short random reference for "something broke"; the same text goes to the reader's page. */
struct reference {
    char text[9];
};
struct reference say_broken(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
