/* SPDX-License-Identifier: MIT */
/* JSON's strings and numbers: looking for what must be escaped, writing them, and taking numbers
 * apart. Nothing here depends on the locale. */
#include "core/json.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes, the first one lowest. */
static uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The top bit of each byte that is zero. Bytes above the first hit may be wrong. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - ALL(1)) & ~word & ALL(0x80);
}

size_t nc_json_plain(const char *at, size_t length)
{
    size_t done = 0;

    while (length - done >= sizeof(uint64_t)) {
        uint64_t word = load(at + done);
        uint64_t special = zero_bytes(word ^ ALL('"')) | zero_bytes(word ^ ALL('\\')) |
                           ((word - ALL(0x20)) & ~word & ALL(0x80));

        if (special)
            return done + (size_t)__builtin_ctzll(special) / 8;
        done += sizeof(word);
    }
    while (done < length && at[done] != '"' && at[done] != '\\' && (unsigned char)at[done] >= 0x20)
        done++;
    return done;
}

/* ---------------------------------------------------------------- strings */

static void put_escape(nc_buf *buf, char c)
{
    static const char hex[] = "0123456789abcdef";

    nc_put_char(buf, '\\');
    switch (c) {
    case '"':
    case '\\': nc_put_char(buf, c); break;
    case '\n': nc_put_char(buf, 'n'); break;
    case '\r': nc_put_char(buf, 'r'); break;
    case '\t': nc_put_char(buf, 't'); break;
    default:
        NC_PUT(buf, "u00");
        nc_put_char(buf, hex[(unsigned char)c >> 4]);
        nc_put_char(buf, hex[c & 15]);
    }
}

void nc_json_put_string(nc_buf *buf, nc_bytes text)
{
    nc_put_char(buf, '"');
    while (text.len) {
        size_t plain = nc_json_plain(text.ptr, text.len);

        nc_put(buf, (nc_bytes){ text.ptr, plain });
        if (plain < text.len)
            put_escape(buf, text.ptr[plain++]);
        text = (nc_bytes){ text.ptr + plain, text.len - plain };
    }
    nc_put_char(buf, '"');
}

/* ---------------------------------------------------------------- writing numbers */

/* strtod in the C locale, whatever the program's is. */
static double to_double(const char *text)
{
    locale_t locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double number = locale ? strtod_l(text, NULL, locale) : 0;

    if (locale)
        freelocale(locale);
    return number;
}

/* The fewest digits that read back as `number`, which is above 0, without the point; `exponent`
 * such that the number is 0.DIGITS times ten to it. The C library's point may be any character,
 * so only its digits are taken. */
static size_t shortest_digits(double number, char digits[20], int *exponent)
{
    char text[64], again[64];
    size_t count = 0;

    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, number);
        count = 0;
        for (const char *c = text; *c != 'e'; c++)
            if (*c >= '0' && *c <= '9' && count < 17)
                digits[count++] = *c;
        *exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10) + 1;
        snprintf(again, sizeof(again), "%.*se%d", (int)count, digits, *exponent - (int)count);
        if (to_double(again) == number)
            break;
    }
    return count;
}

static void put_fixed(nc_buf *buf, nc_bytes digits, int exponent)
{
    size_t whole = exponent > 0 ? (size_t)exponent : 0;

    if (!whole)
        nc_put_char(buf, '0');
    for (size_t i = 0; i < whole; i++)
        nc_put_char(buf, i < digits.len ? digits.ptr[i] : '0');
    nc_put_char(buf, '.');
    if (digits.len > whole)
        nc_put(buf, (nc_bytes){ digits.ptr + whole, digits.len - whole });
    else
        nc_put_char(buf, '0');
}

/* A number other than 0 as Haskell shows it: 0.1 to 10,000,000 without exponent. */
static void put_shown(nc_buf *buf, nc_bytes digits, int64_t exponent)
{
    if (exponent >= 0 && exponent <= 7) {
        put_fixed(buf, digits, (int)exponent);
        return;
    }
    put_fixed(buf, digits, 1);
    nc_put_char(buf, 'e');
    nc_put_int(buf, exponent - 1);
}

void nc_json_put_double(nc_buf *buf, double number)
{
    char room[20];
    nc_bytes digits = { room, 0 };
    int exponent;

    if (!isfinite(number) || number == 0) {
        NC_PUT(buf, "0.0");
        return;
    }
    if (number < 0) {
        nc_put_char(buf, '-');
        number = -number;
    }
    digits.len = shortest_digits(number, room, &exponent);
    put_shown(buf, digits, exponent);
}

/* ---------------------------------------------------------------- reading numbers */

/* A number taken apart: its digits without point and leading zeros, and the power of ten behind
 * them. */
typedef struct decimal {
    bool negative;
    char digits[40]; /* more cannot matter but for one that says that they were not all zero */
    size_t count;
    int64_t exponent;
} decimal;

enum { LARGEST_EXPONENT = 100000 };

static void add_digit(decimal *d, char digit, bool behind_point)
{
    if (d->count == 0 && digit == '0') {
        d->exponent -= behind_point;
    } else if (d->count < sizeof(d->digits) - 1) {
        d->digits[d->count++] = digit;
        d->exponent -= behind_point;
    } else {
        if (digit != '0')
            d->digits[d->count - 1] = (char)(d->digits[d->count - 1] | 1);
        d->exponent += !behind_point;
    }
}

static decimal take_apart(nc_bytes text)
{
    decimal d = { .negative = text.len && text.ptr[0] == '-' };
    size_t at = d.negative;
    int64_t exponent = 0;
    bool behind_point = false, negative;

    for (; at < text.len && text.ptr[at] != 'e' && text.ptr[at] != 'E'; at++) {
        if (text.ptr[at] == '.')
            behind_point = true;
        else
            add_digit(&d, text.ptr[at], behind_point);
    }
    at++;
    negative = at < text.len && text.ptr[at] == '-';
    for (; at < text.len; at++)
        if (text.ptr[at] >= '0' && text.ptr[at] <= '9' && exponent < LARGEST_EXPONENT)
            exponent = exponent * 10 + (text.ptr[at] - '0');
    d.exponent += negative ? -exponent : exponent;
    return d;
}

static bool to_int(decimal d, int64_t *number)
{
    uint64_t value = 0, limit = (uint64_t)INT64_MAX + d.negative;

    while (d.count && d.digits[d.count - 1] == '0') {
        d.count--;
        d.exponent++;
    }
    if (d.count && (d.exponent < 0 || d.exponent > 18))
        return false;
    for (size_t i = 0; d.count && i < d.count + (size_t)d.exponent; i++) {
        uint64_t digit = i < d.count ? (uint64_t)(d.digits[i] - '0') : 0;

        if (value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *number = d.negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

bool nc_json_int(const nc_json *json, int64_t *number)
{
    return to_int(take_apart(json->text), number);
}

bool nc_json_double(const nc_json *json, double *number)
{
    decimal d = take_apart(json->text);
    char text[80];

    if (d.count == 0)
        d.digits[d.count++] = '0';
    if (d.exponent > LARGEST_EXPONENT || d.exponent < -LARGEST_EXPONENT)
        d.exponent = d.exponent < 0 ? -LARGEST_EXPONENT : LARGEST_EXPONENT;
    snprintf(text, sizeof(text), "%.*se%d", (int)d.count, d.digits, (int)d.exponent);
    *number = to_double(text);
    if (d.negative)
        *number = -*number;
    return isfinite(*number);
}

void nc_json_put_number(nc_buf *buf, nc_bytes number)
{
    decimal d = take_apart(number);
    int64_t integer;

    if (to_int(d, &integer)) {
        nc_put_int(buf, integer);
        return;
    }
    if (d.negative)
        nc_put_char(buf, '-');
    while (d.count > 1 && d.digits[d.count - 1] == '0') {
        d.count--;
        d.exponent++;
    }
    put_shown(buf, (nc_bytes){ d.digits, d.count }, d.exponent + (int64_t)d.count);
}
