/* SPDX-License-Identifier: Apache-2.0 */
/* simdjson behind a C interface. Its DOM is used rather than the lazy reader: it looks at every
 * byte, so that a line is either JSON throughout or refused, whichever fields it holds. */
#include "ingest/json.h"

#include <cstdio>
#include <cstring>
#include <new>
#include <simdjson.h>

namespace dom = simdjson::dom;

static_assert(simdjson::SIMDJSON_PADDING <= 64, "records are padded by 64 bytes");

struct nn_json {
    dom::parser parser;
    dom::document document;
};

namespace
{

/* simdjson keeps 8 bytes for its tape for each byte of input. Room for more than this is given back
 * after use. */
constexpr size_t KEPT_MAX = 4 << 20;
constexpr size_t ROOM_MIN = 64 << 10;

constexpr const char *names[NN_FIELDS] = {"id", "title", "date", "source", "url", "lang", "text"};

void give_back(nn_json *json)
{
    json->parser = dom::parser();
    json->document = dom::document();
}

/* Room for `size` bytes, in powers of two: lines that grow slowly do not each ask for more. */
bool make_room(nn_json *json, size_t size)
{
    if (json->parser.capacity() > KEPT_MAX && size <= KEPT_MAX) {
        give_back(json);
    }
    if (json->parser.capacity() >= size && json->parser.capacity() > 0) {
        return true;
    }
    size_t room = ROOM_MIN;
    while (room < size) {
        room *= 2;
    }
    bool made = json->document.allocate(room) == simdjson::SUCCESS &&
                json->parser.allocate(room) == simdjson::SUCCESS;
    if (!made) {
        give_back(json); /* a parser that got a part of what it needs says that it has room */
    }
    return made;
}

const char *reason_of(simdjson::error_code code)
{
    switch (static_cast<int>(code)) {
    case simdjson::TAPE_ERROR:
        return "a comma, colon, bracket or quote mark is missing or too many";
    case simdjson::DEPTH_ERROR:
        return "it is nested more than 1,024 deep";
    case simdjson::STRING_ERROR:
        return "a string holds an escape that JSON does not know";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
        return "a bare word that is not true, false or null";
    case simdjson::NUMBER_ERROR:
        return "a number is malformed or too large";
    case simdjson::UNESCAPED_CHARS:
        return "a string holds a control character that is not escaped";
    case simdjson::UNCLOSED_STRING:
        return "a string is not closed";
    case simdjson::EMPTY:
        return "there is nothing";
    default:
        return simdjson::error_message(code);
    }
}

nn_json_result failure(simdjson::error_code code, const char **reason)
{
    *reason = reason_of(code);
    if (code == simdjson::UTF8_ERROR) {
        return NN_JSON_BAD_UTF8;
    }
    if (code == simdjson::STRING_ERROR) {
        return NN_JSON_BAD_ESCAPE;
    }
    return code == simdjson::MEMALLOC ? NN_JSON_NO_MEMORY : NN_JSON_BAD_SYNTAX;
}

const char *type_name(dom::element_type type)
{
    switch (type) {
    case dom::element_type::ARRAY:
        return "an array";
    case dom::element_type::STRING:
        return "a string";
    case dom::element_type::BOOL:
        return "true or false";
    case dom::element_type::NULL_VALUE:
        return "null";
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE:
    case dom::element_type::OBJECT:
        break;
    }
    return "a number";
}

void take(dom::element element, nn_json_value *out)
{
    *out = nn_json_value{};
    std::string_view text;
    if (element.get(text) == simdjson::SUCCESS) {
        out->type = NN_JSON_STRING;
        out->text = nuncio_str{text.data(), text.size()};
        return;
    }
    int64_t number;
    uint64_t large;
    if (element.is_null()) {
        return;
    }
    out->type = NN_JSON_INTEGER;
    if (element.is<int64_t>() && element.get(number) == simdjson::SUCCESS) {
        std::snprintf(out->digits, sizeof out->digits, "%lld", static_cast<long long>(number));
    } else if (element.is<uint64_t>() && element.get(large) == simdjson::SUCCESS) {
        std::snprintf(out->digits, sizeof out->digits, "%llu",
                      static_cast<unsigned long long>(large));
    } else {
        out->type = NN_JSON_OTHER;
    }
}

} // namespace

extern "C" const char *nn_json_field_name(nn_json_field field)
{
    return names[field];
}

extern "C" nn_json *nn_json_create(void)
{
    return new (std::nothrow) nn_json();
}

extern "C" void nn_json_destroy(nn_json *json)
{
    delete json;
}

extern "C" nn_json_result nn_json_read(nn_json *json, const char *data, size_t size,
                                       nn_json_object *out, const char **reason)
{
    if (!make_room(json, size)) {
        return failure(simdjson::MEMALLOC, reason);
    }
    dom::element top;
    simdjson::error_code code =
        json->parser.parse_into_document(json->document, data, size, false).get(top);
    if (code != simdjson::SUCCESS) {
        return failure(code, reason);
    }
    dom::object object;
    if (top.get(object) != simdjson::SUCCESS) {
        *reason = type_name(top.type());
        return NN_JSON_NOT_OBJECT;
    }
    for (nn_json_value &value : out->fields) {
        value.type = NN_JSON_ABSENT;
        value.text = nuncio_str{nullptr, 0};
    }
    for (dom::key_value_pair pair : object) {
        for (size_t i = 0; i < NN_FIELDS; i++) {
            if (pair.key == names[i]) {
                take(pair.value, &out->fields[i]);
            }
        }
    }
    return NN_JSON_READ;
}

extern "C" bool nn_utf8_is_valid(const char *data, size_t size)
{
    return simdjson::validate_utf8(data, size);
}
