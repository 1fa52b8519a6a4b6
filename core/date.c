/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/slice.h"

#include <nuncio/article.h>
#include <stdio.h>

/** The next `digits` digits as a number; fails the slice when there are fewer. */
static uint32_t number(nn_slice *text, uint32_t digits)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < digits; i++) {
        uint8_t byte = nn_slice_u8(text);
        if (byte < '0' || byte > '9') {
            text->failed = true;
            return 0;
        }
        value = value * 10 + (uint32_t)(byte - '0');
    }
    return value;
}

/** Skips the next byte when it is `byte`. */
static bool take(nn_slice *text, uint8_t byte)
{
    if (text->failed || text->size == 0 || text->data[0] != byte) {
        return false;
    }
    (void)nn_slice_u8(text);
    return true;
}

static uint32_t days_in_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/** "Z", "+hh", "+hhmm", "+hh:mm" or nothing. */
static bool read_zone(nn_slice *text)
{
    if (take(text, 'Z') || take(text, 'z')) {
        return true;
    }
    if (!take(text, '+') && !take(text, '-')) {
        return true;
    }
    bool good = number(text, 2) <= 23;
    if (text->size > 0) {
        (void)take(text, ':');
        good = number(text, 2) <= 59 && good;
    }
    return good;
}

/** "hh", "hh:mm", "hh:mm:ss" or "hh:mm:ss.fff", then a zone. */
static bool read_time(nn_slice *text)
{
    bool good = number(text, 2) <= 23;
    if (take(text, ':')) {
        good = number(text, 2) <= 59 && good;
        if (take(text, ':')) {
            good = number(text, 2) <= 60 && good; /* 60: a leap second */
            if (take(text, '.') || take(text, ',')) {
                do {
                    (void)number(text, 1);
                } while (text->size > 0 && text->data[0] >= '0' && text->data[0] <= '9');
            }
        }
    }
    return read_zone(text) && good;
}

static bool read_date(nn_slice *text, nuncio_date *out)
{
    uint32_t year = number(text, 4);
    if (text->failed || year == 0) {
        return false;
    }
    *out = (nuncio_date){(int16_t)year, 0, 0, NUNCIO_DATE_YEAR};
    if (!take(text, '-')) {
        return text->size == 0;
    }
    uint32_t month = number(text, 2);
    if (text->failed || month == 0 || month > 12) {
        return false;
    }
    out->month = (uint8_t)month;
    out->precision = NUNCIO_DATE_MONTH;
    if (!take(text, '-')) {
        return text->size == 0;
    }
    uint32_t day = number(text, 2);
    if (text->failed || day == 0 || day > days_in_month(year, month)) {
        return false;
    }
    out->day = (uint8_t)day;
    out->precision = NUNCIO_DATE_DAY;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) {
        return text->size == 0;
    }
    return read_time(text) && !text->failed && text->size == 0;
}

nuncio_status nuncio_date_parse(nuncio_str text, nuncio_date *out, nuncio_error *error)
{
    nn_slice rest = nn_slice_of(text.data, text.size);
    *out = (nuncio_date){0};
    if (read_date(&rest, out)) {
        return NUNCIO_OK;
    }
    *out = (nuncio_date){0};
    int shown = text.size < 40 ? (int)text.size : 40;
    return nn_error_set(error, NUNCIO_ERR_INPUT,
                        "\"%.*s\" is not a date such as 2023, 2023-03 or 2023-03-02", shown,
                        text.data == NULL ? "" : text.data);
}

size_t nuncio_date_format(nuncio_date date, char to[11])
{
    char room[24]; /* any numbers fit, those out of range too */
    int length = 0;
    room[0] = '\0';
    if (date.precision == NUNCIO_DATE_DAY) {
        length = snprintf(room, sizeof room, "%04d-%02u-%02u", date.year, date.month, date.day);
    } else if (date.precision == NUNCIO_DATE_MONTH) {
        length = snprintf(room, sizeof room, "%04d-%02u", date.year, date.month);
    } else if (date.precision == NUNCIO_DATE_YEAR) {
        length = snprintf(room, sizeof room, "%04d", date.year);
    }
    if (length < 0 || length > 10) {
        length = 0;
    }
    for (int i = 0; i < length; i++) {
        to[i] = room[i];
    }
    to[length] = '\0';
    return (size_t)length;
}
