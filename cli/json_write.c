/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/json_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Puts the comma that a value needs. */
static void begin_value(nn_json_writer *json)
{
    if (json->comma) {
        nn_output_text(json->output, ",");
    }
    json->comma = true;
}

void nn_json_open(nn_json_writer *json, char bracket)
{
    begin_value(json);
    nn_output_bytes(json->output, &bracket, 1);
    json->comma = false;
}

void nn_json_close(nn_json_writer *json, char bracket)
{
    nn_output_bytes(json->output, &bracket, 1);
    json->comma = true;
}

void nn_json_key(nn_json_writer *json, const char *key)
{
    begin_value(json);
    nn_output_text(json->output, "\"");
    nn_output_text(json->output, key);
    nn_output_text(json->output, "\":");
    json->comma = false;
}

/** Bytes of the character at `text` that must be escaped, or 0. C1 controls are C2 80 … C2 9F;
 * E2 80 A8 and A9 are separators at which some readers of lines would split one. */
static size_t escaped_bytes(const char *text, size_t left)
{
    uint8_t byte = (uint8_t)text[0];
    if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') {
        return 1;
    }
    if (byte == 0xC2 && left > 1 && (uint8_t)text[1] < 0xA0) {
        return 2;
    }
    bool separator =
        byte == 0xE2 && left > 2 && (uint8_t)text[1] == 0x80 && ((uint8_t)text[2] & 0xFE) == 0xA8;
    return separator ? 3 : 0;
}

static void put_escape(nn_output *output, const char *text, size_t bytes)
{
    static const char plain[] = "\"\\\n\t\r\b\f", letters[] = "\"\\ntrbf";
    const char *found = bytes == 1 && text[0] != '\0' ? strchr(plain, text[0]) : NULL;
    if (found != NULL) {
        char pair[2] = {'\\', letters[found - plain]};
        nn_output_bytes(output, pair, sizeof pair);
    } else {
        unsigned code = (uint8_t)text[bytes - 1] + (bytes == 3 ? 0x2028U - 0xA8U : 0);
        nn_output_format(output, "\\u%04x", code);
    }
}

/** The text between the quote marks of a string. */
static void put_escaped(nn_output *output, nuncio_str text)
{
    size_t written = 0;
    for (size_t i = 0; i < text.size;) {
        size_t bytes = escaped_bytes(text.data + i, text.size - i);
        if (bytes == 0) {
            i++;
            continue;
        }
        nn_output_bytes(output, text.data + written, i - written);
        put_escape(output, text.data + i, bytes);
        i += bytes;
        written = i;
    }
    nn_output_bytes(output, text.data + written, text.size - written);
}

void nn_json_str(nn_json_writer *json, nuncio_str text)
{
    if (text.data == NULL) {
        nn_json_null(json);
    } else {
        nn_json_joined(json, "", "", text);
    }
}

void nn_json_joined(nn_json_writer *json, const char *one, const char *two, nuncio_str three)
{
    begin_value(json);
    nn_output_text(json->output, "\"");
    nn_output_text(json->output, one);
    nn_output_text(json->output, two);
    put_escaped(json->output, three);
    nn_output_text(json->output, "\"");
}

void nn_json_text(nn_json_writer *json, const char *text)
{
    nuncio_str view = {text, text == NULL ? 0 : strlen(text)};
    nn_json_str(json, view);
}

void nn_json_number(nn_json_writer *json, uint64_t number)
{
    begin_value(json);
    nn_output_format(json->output, "%llu", (unsigned long long)number);
}

void nn_json_real(nn_json_writer *json, double number)
{
    char text[40];
    if (!isfinite(number)) {
        nn_json_null(json);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    begin_value(json);
    nn_output_text(json->output, text);
}

void nn_json_share(nn_json_writer *json, float share)
{
    char text[16];
    int size = snprintf(text, sizeof text, "%.4f", share >= 0 && share <= 1 ? (double)share : 0.0);
    while (text[size - 1] == '0') {
        size--;
    }
    size -= text[size - 1] == '.';
    begin_value(json);
    nn_output_bytes(json->output, text, (size_t)size);
}

void nn_json_bool(nn_json_writer *json, bool value)
{
    begin_value(json);
    nn_output_text(json->output, value ? "true" : "false");
}

void nn_json_null(nn_json_writer *json)
{
    begin_value(json);
    nn_output_text(json->output, "null");
}
