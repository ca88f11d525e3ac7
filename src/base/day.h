/* day.h - moments and days.
 *
 * A moment is milliseconds since 1970 in UTC, as stored. A day is a calendar day in the
 * place's zone (config: zone), counted from 1970-01-01. Code never asks the machine what time
 * it is: it is told (ctx->now), and clock_now is called once a piece of work, at its edge. */
#ifndef NABIJ_BASE_DAY_H
#define NABIJ_BASE_DAY_H

#include "base/str.h"

struct moment {
    int64_t ms;
};

struct day {
    int32_t n;
};

struct clock_face {
    int year, month, day, hour, minute, second; /* month 1-12 */
};

enum { MOMENT_SECOND = 1000, MOMENT_MINUTE = 60 * 1000, MOMENT_HOUR = 3600 * 1000 };
#define MOMENT_DAY ((int64_t)86400 * 1000)

/* The one place where time comes from. A clock that was set back is not followed: within one
 * process clock_now never returns less than it did before. */
struct moment clock_now(void);
void clock_source(struct moment (*source)(void)); /* for tests; NULL puts the machine back */

/* Once, at the start, before the process is confined. False when there is no such zone. */
bool zone_set(const char *name);

struct clock_face moment_face(struct moment moment);              /* in the zone */
struct day moment_day(struct moment moment);                      /* in the zone */
struct str moment_utc(struct arena *arena, struct moment moment); /* 2026-11-24T10:11:12.123Z */

struct day day_make(int year, int month, int day);
void day_parts(struct day day, int *year, int *month, int *day_of_month);
bool day_read(struct str text, struct day *day);          /* 2026-11-24, years 1000-9999 */
struct str day_text(struct arena *arena, struct day day); /* 2026-11-24 */
int day_weekday(struct day day);                          /* 0 = Monday */

#endif
