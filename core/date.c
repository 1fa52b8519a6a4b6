/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/article.h>

#include "core/error.h"

#include <stdio.h>
#include <string.h>

/* Reads exactly `digits` digits at text[*at]; -1 when they are not there. */
static int read_digits(nuncio_str text, size_t *at, size_t digits)
{
    int value = 0;
    if (text.size - *at < digits) {
        return -1;
    }
    for (size_t i = 0; i < digits; i++) {
        char c = text.data[*at + i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    *at += digits;
    return value;
}

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool read_dash(nuncio_str text, size_t *at)
{
    if (*at < text.size && text.data[*at] == '-') {
        (*at)++;
        return true;
    }
    return false;
}

/* What may follow a day: T or a space, hh:mm, then :ss, a fraction, Z or an offset. Only its shape
 * is checked: the day as written counts. */
static bool is_time(nuncio_str text, size_t at)
{
    if (text.data[at] != 'T' && text.data[at] != 't' && text.data[at] != ' ') {
        return false;
    }
    at++;
    int hour = read_digits(text, &at, 2);
    if (hour < 0 || hour > 24 || at >= text.size || text.data[at] != ':') {
        return false;
    }
    at++;
    int minute = read_digits(text, &at, 2);
    if (minute < 0 || minute > 59) {
        return false;
    }
    for (; at < text.size; at++) {
        if (strchr("0123456789:.,+-Zz ", text.data[at]) == NULL || text.data[at] == '\0') {
            return false;
        }
    }
    return true;
}

static bool parse(nuncio_str text, nuncio_date *out)
{
    size_t at = 0;
    int year = read_digits(text, &at, 4);
    if (year < 1) {
        return false;
    }
    *out = (nuncio_date){(int16_t)year, 0, 0, NUNCIO_DATE_YEAR};
    if (at == text.size) {
        return true;
    }
    int month = read_dash(text, &at) ? read_digits(text, &at, 2) : -1;
    if (month < 1 || month > 12) {
        return false;
    }
    out->month = (uint8_t)month;
    out->precision = NUNCIO_DATE_MONTH;
    if (at == text.size) {
        return true;
    }
    int day = read_dash(text, &at) ? read_digits(text, &at, 2) : -1;
    if (day < 1 || day > days_in_month(year, month)) {
        return false;
    }
    out->day = (uint8_t)day;
    out->precision = NUNCIO_DATE_DAY;
    return at == text.size || is_time(text, at);
}

nuncio_status nuncio_date_parse(nuncio_str text, nuncio_date *out, nuncio_error *error)
{
    if (parse(text, out)) {
        return NUNCIO_OK;
    }
    *out = (nuncio_date){0, 0, 0, NUNCIO_DATE_NONE};
    int shown = text.size < 40 ? (int)text.size : 40;
    return nn_error_set(error, NUNCIO_ERR_INPUT,
                        "'%.*s' is not a date: write 2023, 2023-03 or 2023-03-02", shown,
                        text.data == NULL ? "" : text.data);
}

size_t nuncio_date_format(nuncio_date date, char to[11])
{
    int size = 0;
    to[0] = '\0';
    unsigned year = (unsigned)date.year % 10000u, month = date.month % 100u, day = date.day % 100u;
    if (date.precision == NUNCIO_DATE_YEAR) {
        size = snprintf(to, 11, "%04u", year);
    } else if (date.precision == NUNCIO_DATE_MONTH) {
        size = snprintf(to, 11, "%04u-%02u", year, month);
    } else if (date.precision == NUNCIO_DATE_DAY) {
        size = snprintf(to, 11, "%04u-%02u-%02u", year, month, day);
    }
    return size < 0 ? 0 : (size_t)size;
}
