#include "base/day.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

static struct moment (*other_source)(void);

static struct moment machine_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (struct moment){ (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 };
}

struct moment clock_now(void)
{
    static int64_t latest;
    if (other_source)
        return other_source();
    struct moment now = machine_clock();
    if (now.ms < latest)
        now.ms = latest;
    latest = now.ms;
    return now;
}

void clock_source(struct moment (*source)(void))
{
    other_source = source;
}

bool zone_set(const char *name)
{
    char path[128] = "/usr/share/zoneinfo/";
    size_t used = 20, i = 0;
    for (; name[i] && used + i < sizeof path - 1; i++)
        path[used + i] = name[i];
    path[used + i] = 0;
    if (name[i] || name[0] == '/' || name[0] == '.' || access(path, R_OK) != 0)
        return false;
    setenv("TZ", name, 1);
    tzset();
    return true;
}

struct clock_face moment_face(struct moment moment)
{
    time_t seconds = (time_t)(moment.ms / 1000 - (moment.ms % 1000 < 0));
    struct tm tm;
    localtime_r(&seconds, &tm);
    return (struct clock_face){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                                tm.tm_hour,        tm.tm_min,     tm.tm_sec };
}

struct day moment_day(struct moment moment)
{
    struct clock_face face = moment_face(moment);
    return day_make(face.year, face.month, face.day);
}

struct str moment_utc(struct arena *arena, struct moment moment)
{
    int64_t ms = ((moment.ms % 1000) + 1000) % 1000;
    time_t seconds = (time_t)((moment.ms - ms) / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    return str_print(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                     tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)ms);
}

/* Days from civil and back: H. Hinnant, "chrono-compatible low-level date algorithms". */
struct day day_make(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (struct day){ era * 146097 + day_of_era - 719468 };
}

void day_parts(struct day day, int *year, int *month, int *day_of_month)
{
    int z = day.n + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool day_read(struct str text, struct day *day)
{
    int64_t year, month, of_month;
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-' || text.at[0] == '-' ||
        text.at[5] == '-' || text.at[8] == '-' || !str_number(str_first(text, 4), &year) ||
        !str_number((struct str){ text.at + 5, 2 }, &month) ||
        !str_number((struct str){ text.at + 8, 2 }, &of_month))
        return false;
    if (year < 1000 || month < 1 || month > 12 || of_month < 1 || of_month > 31)
        return false;
    struct day made = day_make((int)year, (int)month, (int)of_month);
    int y, m, d;
    day_parts(made, &y, &m, &d);
    if (m != month || d != of_month) /* 30 February */
        return false;
    *day = made;
    return true;
}

struct str day_text(struct arena *arena, struct day day)
{
    int year, month, of_month;
    day_parts(day, &year, &month, &of_month);
    return str_print(arena, "%04d-%02d-%02d", year, month, of_month);
}

int day_weekday(struct day day)
{
    return ((day.n + 3) % 7 + 7) % 7;
}
