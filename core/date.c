/* SPDX-License-Identifier: MIT */
/* Dates are kept as text, with the zone as written; nothing is guessed. */
#include "core/date.h"

/* Take `count` digits that make a number of minimum to maximum. */
static bool take(nc_bytes *in, size_t count, int minimum, int maximum, int *number)
{
    *number = 0;
    if (in->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (in->ptr[i] < '0' || in->ptr[i] > '9')
            return false;
        *number = *number * 10 + (in->ptr[i] - '0');
    }
    in->ptr += count;
    in->len -= count;
    return *number >= minimum && *number <= maximum;
}

static bool take_char(nc_bytes *in, char c)
{
    if (!in->len || *in->ptr != c)
        return false;
    in->ptr++;
    in->len--;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && leap);
}

/* Z, +01:00 or +0100, to the end. Empty: none. */
static bool take_zone(nc_job *job, nc_bytes in, nc_bytes *zone)
{
    char sign = in.len ? *in.ptr : 0;
    int hour, minute;

    *zone = (nc_bytes){ "", 0 };
    if (!in.len)
        return true;
    if (in.len == 1 && (sign | 32) == 'z') {
        *zone = NC_LITERAL("Z");
        return true;
    }
    in.ptr++;
    in.len--;
    if ((sign != '+' && sign != '-') || !take(&in, 2, 0, 13, &hour))
        return false;
    take_char(&in, ':');
    if (!take(&in, 2, 0, 59, &minute) || in.len)
        return false;
    *zone = nc_print(job, "%c%02d:%02d", sign, hour, minute);
    return true;
}

/* What follows the T. */
static nc_bytes time_of(nc_job *job, nc_bytes day, nc_bytes in, bool *zoneless)
{
    int hour, minute, second = 0;
    nc_bytes fraction = { "", 0 }, zone;

    if (!take(&in, 2, 0, 23, &hour) || !take_char(&in, ':') || !take(&in, 2, 0, 59, &minute))
        return (nc_bytes){ NULL, 0 };
    if (take_char(&in, ':') && !take(&in, 2, 0, 59, &second))
        return (nc_bytes){ NULL, 0 };
    if (in.len > 1 && *in.ptr == '.' && in.ptr[1] >= '0' && in.ptr[1] <= '9') {
        fraction = (nc_bytes){ in.ptr, 1 };
        while (fraction.len < in.len && in.ptr[fraction.len] >= '0' && in.ptr[fraction.len] <= '9')
            fraction.len++;
        in.ptr += fraction.len;
        in.len -= fraction.len;
    }
    if (!take_zone(job, in, &zone))
        return (nc_bytes){ NULL, 0 };
    *zoneless = !zone.len;
    if (*zoneless)
        return day;
    if (fraction.len > 7)
        fraction.len = 7;
    return nc_print(job, "%.*sT%02d:%02d:%02d%.*s%.*s", (int)day.len, day.ptr, hour, minute, second,
                    (int)fraction.len, fraction.ptr, (int)zone.len, zone.ptr);
}

nc_bytes nc_date(nc_job *job, nc_bytes given, bool *zoneless)
{
    nc_bytes in = given, none = { NULL, 0 };
    int year, month, day;

    *zoneless = false;
    if (!take(&in, 4, 1, 9999, &year))
        return none;
    if (!in.len)
        return given;
    if (!take_char(&in, '-') || !take(&in, 2, 1, 12, &month))
        return none;
    if (!in.len)
        return given;
    if (!take_char(&in, '-') || !take(&in, 2, 1, days_in(year, month), &day))
        return none;
    if (!in.len)
        return given;
    if (!take_char(&in, 'T') && !take_char(&in, 't') && !take_char(&in, ' '))
        return none;
    return time_of(job, (nc_bytes){ given.ptr, 10 }, in, zoneless);
}

nc_bytes nc_date_time(nc_job *job, nc_bytes date)
{
    if (date.len < 10)
        return (nc_bytes){ NULL, 0 };
    return date.len == 10 ? nc_print(job, "%.*sT00:00:00Z", 10, date.ptr) : date;
}

nc_bytes nc_date_of_seconds(nc_job *job, int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    int year = 1970, month = 1;

    if (seconds < 0 || days > INT64_C(365) * 8000)
        return (nc_bytes){ NULL, 0 };
    for (int length; (length = days_in(year, 2) == 29 ? 366 : 365) <= days; year++)
        days -= length;
    for (; days_in(year, month) <= days; month++)
        days -= days_in(year, month);
    return nc_print(job, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, (int)days + 1,
                    (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}
