/* lines_date.c - dates in files of lines: day, month and year from a count of days, and back. */
#include "commands/lines_read.h"

/* Days since 1 March of year 0 in the Gregorian calendar. */
static int32_t day_number(int year, int month, int date)
{
    int y = month < 3 ? year - 1 : year, m = month < 3 ? month + 9 : month - 3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + date - 1;
}

void lines_date(int32_t day, int *year, int *month, int *date)
{
    int y = (int)(((int64_t)day * 10000 + 14780) / 3652425);
    int rest = day - (y * 365 + y / 4 - y / 100 + y / 400);
    if (rest < 0) {
        y--;
        rest = day - (y * 365 + y / 4 - y / 100 + y / 400);
    }
    int m = (rest * 5 + 2) / 153;
    *date = rest - (m * 153 + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = m < 10 ? y : y + 1;
}

bool lines_date_of(struct str text, int32_t *day)
{
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 7 && (text.at[i] < '0' || text.at[i] > '9'))
            return false;
    const char *t = text.at;
    int year = (t[0] - '0') * 1000 + (t[1] - '0') * 100 + (t[2] - '0') * 10 + t[3] - '0';
    int month = (t[5] - '0') * 10 + t[6] - '0', date = (t[8] - '0') * 10 + t[9] - '0';
    if (year < 1 || month < 1 || month > 12 || date < 1 || date > 31)
        return false;
    int y, m, d;
    *day = day_number(year, month, date);
    lines_date(*day, &y, &m, &d);
    return y == year && m == month && d == date;
}
