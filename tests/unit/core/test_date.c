/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"

#include <nuncio/article.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void good(const char *text, int year, unsigned month, unsigned day, const char *printed)
{
    nuncio_date date;
    nuncio_error error = {0};
    nuncio_status status = nuncio_date_parse(nn_str_of(text), &date, &error);
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s", text, error.message);
    }
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
    assert_int_equal(date.precision, 1 + (month != 0) + (day != 0));
    char room[11];
    assert_int_equal(nuncio_date_format(date, room), strlen(printed));
    assert_string_equal(room, printed);
}

static void bad(const char *text)
{
    nuncio_date date = {1, 1, 1, 1};
    nuncio_error error = {0};
    nuncio_status status = nuncio_date_parse(nn_str_of(text), &date, &error);
    if (status != NUNCIO_ERR_INPUT) {
        fail_msg("%s was read as a date", text == NULL ? "(absent)" : text);
    }
    assert_int_equal(error.status, NUNCIO_ERR_INPUT);
    assert_int_equal(date.precision, NUNCIO_DATE_NONE);
    assert_int_equal(date.year, 0);
}

static void precisions(void **state)
{
    (void)state;
    good("2023", 2023, 0, 0, "2023");
    good("2023-03", 2023, 3, 0, "2023-03");
    good("2023-03-02", 2023, 3, 2, "2023-03-02");
    good("0001", 1, 0, 0, "0001");
    good("0001-01-01", 1, 1, 1, "0001-01-01");
    good("9999", 9999, 0, 0, "9999");
    good("9999-12-31", 9999, 12, 31, "9999-12-31");
}

static void days_that_exist(void **state)
{
    (void)state;
    good("2024-02-29", 2024, 2, 29, "2024-02-29");
    good("2000-02-29", 2000, 2, 29, "2000-02-29");
    good("2023-02-28", 2023, 2, 28, "2023-02-28");
    bad("2023-02-29");
    bad("1900-02-29");
    bad("2100-02-29");
    bad("2024-02-30");
    static const unsigned days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (unsigned month = 1; month <= 12; month++) {
        char text[16];
        snprintf(text, sizeof text, "2023-%02u-%02u", month, days[month - 1]);
        good(text, 2023, month, days[month - 1], text);
        snprintf(text, sizeof text, "2023-%02u-%02u", month, days[month - 1] + 1);
        bad(text);
    }
}

static void times_count_for_their_day_as_written(void **state)
{
    (void)state;
    static const char *const texts[] = {"2023-03-02T10",
                                        "2023-03-02T10:11",
                                        "2023-03-02T10:11:12",
                                        "2023-03-02T10:11:12Z",
                                        "2023-03-02T23:59:60Z",
                                        "2023-03-02T10:11:12.5Z",
                                        "2023-03-02T10:11:12,123",
                                        "2023-03-02T23:30:00-11:00",
                                        "2023-03-02T00:30:00+14:00",
                                        "2023-03-02T10:11+0530",
                                        "2023-03-02T10:11+05",
                                        "2023-03-02 10:11:12",
                                        "2023-03-02t10:11:12z",
                                        "2023-03-02T10:11:12.123456789+01:00"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        good(texts[i], 2023, 3, 2, "2023-03-02");
    }
}

static void what_is_not_a_date(void **state)
{
    (void)state;
    static const char *const texts[] = {NULL,
                                        "",
                                        "0000",
                                        "0000-01-01",
                                        "23",
                                        "202",
                                        "20233",
                                        "2023-",
                                        "2023-3",
                                        "2023-00",
                                        "2023-13",
                                        "2023-03-",
                                        "2023-03-2",
                                        "2023-03-00",
                                        "2023-03-32",
                                        "2023-03-021",
                                        "2023/03/02",
                                        "20230302",
                                        " 2023",
                                        "2023 ",
                                        "-2023",
                                        "+2023",
                                        "2023-03-02T",
                                        "2023-03-02T1",
                                        "2023-03-02T24:00",
                                        "2023-03-02T10:60",
                                        "2023-03-02T10:11:61",
                                        "2023-03-02T10:11:12.",
                                        "2023-03-02T10:11:12ZZ",
                                        "2023-03-02T10:11+24:00",
                                        "2023-03-02T10:11+01:60",
                                        "2023-03-02T10:11+1",
                                        "2023-03-02T10:11+01:",
                                        "2023-03-02X10:11",
                                        "2023-03T10:11",
                                        "2o23",
                                        "2 Mar 2023",
                                        "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA3"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bad(texts[i]);
    }
    nuncio_date date;
    assert_int_equal(nuncio_date_parse(nn_str("2023\0", 5), &date, NULL), NUNCIO_ERR_INPUT);
    assert_int_equal(nuncio_date_parse(nn_str("2023-03-02", 7), &date, NULL), NUNCIO_OK);
    assert_int_equal(date.precision, NUNCIO_DATE_MONTH); /* a view ends where it ends */
}

static void every_cut_of_a_date_is_safe(void **state)
{
    (void)state;
    static const char whole[] = "2023-03-02T10:11:12.5+01:00";
    for (size_t size = 0; size < sizeof whole; size++) {
        char *exact = test_malloc(size == 0 ? 1 : size); /* so that a read too far is seen */
        memcpy(exact, whole, size);
        nuncio_date date;
        nuncio_status status = nuncio_date_parse(nn_str(exact, size), &date, NULL);
        assert_int_equal(status == NUNCIO_OK, date.precision != NUNCIO_DATE_NONE);
        test_free(exact);
    }
}

static void odd_dates_are_printed_safely(void **state)
{
    (void)state;
    char room[11];
    nuncio_date none = {0};
    assert_int_equal(nuncio_date_format(none, room), 0);
    assert_string_equal(room, "");
    nuncio_date odd = {-32768, 255, 255, NUNCIO_DATE_DAY};
    assert_int_equal(nuncio_date_format(odd, room), strlen(room));
    nuncio_date unknown = {2023, 1, 1, 77};
    assert_int_equal(nuncio_date_format(unknown, room), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precisions),
        cmocka_unit_test(days_that_exist),
        cmocka_unit_test(times_count_for_their_day_as_written),
        cmocka_unit_test(what_is_not_a_date),
        cmocka_unit_test(every_cut_of_a_date_is_safe),
        cmocka_unit_test(odd_dates_are_printed_safely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
