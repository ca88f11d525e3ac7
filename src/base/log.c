#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/arena.h"
#include "base/id.h"

static const char *speaker = "nabij";
static enum say_level least = SAY_INFO;

static const char *const names[] = { "debug", "info", "warning", "error" };

void say_from(const char *process)
{
    speaker = process;
}

void say_least(enum say_level level)
{
    least = level;
}

__attribute__((format(printf, 2, 0))) static void write_line(enum say_level level,
                                                             const char *format, va_list args)
{
    char line[1024];
    struct clock_face now = moment_face(clock_now());
    int used =
        snprintf(line, sizeof line, "%04d-%02d-%02d %02d:%02d:%02d %-7s %-8s ", now.year, now.month,
                 now.day, now.hour, now.minute, now.second, names[level], speaker);
    if (used < 0)
        return;
    int more = vsnprintf(line + used, sizeof line - (size_t)used, format, args);
    if (more < 0)
        return;
    size_t length = (size_t)used + (size_t)more;
    if (length > sizeof line - 2)
        length = sizeof line - 2;
    line[length++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, line, length); /* one write: lines never mix */
    (void)ignored;
}

void say(enum say_level level, const char *format, ...)
{
    if (level < least)
        return;
    va_list args;
    va_start(args, format);
    write_line(level, format, args);
    va_end(args);
}

struct reference say_broken(const char *format, ...)
{
    struct reference reference;
    char letters[ID_LETTERS], longer[512];
    id_write(id_new(), letters);
    memcpy(reference.text, letters, sizeof reference.text - 1);
    reference.text[sizeof reference.text - 1] = 0;
    va_list args;
    va_start(args, format);
    vsnprintf(longer, sizeof longer, format, args);
    va_end(args);
    say(SAY_ERROR, "broken %s: %s", reference.text, longer);
    return reference;
}
