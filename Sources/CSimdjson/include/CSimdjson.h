// CSimdjson · JSON text to a flat list of nodes, checked once and completely.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node is. A key of an object is a string node directly before its value.
enum {
    STELE_JSON_OBJECT = 0,
    STELE_JSON_ARRAY = 1,
    STELE_JSON_STRING = 2,
    STELE_JSON_NUMBER = 3,
    STELE_JSON_TRUE = 4,
    STELE_JSON_FALSE = 5,
    STELE_JSON_NULL = 6,
    /// A string whose unescaped text lies in `strings`, because the source spells it with escapes.
    STELE_JSON_ESCAPED_STRING = 7,
};

/// Why a text was refused.
enum {
    STELE_JSON_ACCEPTED = 0,
    STELE_JSON_EMPTY = 1,
    STELE_JSON_SYNTAX = 2,
    STELE_JSON_BAD_UTF8 = 3,
    STELE_JSON_CONTROL_CHARACTER = 4,
    STELE_JSON_UNCLOSED_STRING = 5,
    STELE_JSON_BAD_ESCAPE = 6,
    STELE_JSON_BAD_NUMBER = 7,
    STELE_JSON_TRAILING_CONTENT = 8,
    STELE_JSON_DUPLICATE_KEY = 9,
    STELE_JSON_TOO_DEEP = 10,
    STELE_JSON_TOO_MANY_BYTES = 11,
    STELE_JSON_TOO_MANY_NODES = 12,
    STELE_JSON_OUT_OF_MEMORY = 13,
};

/// One value or key, in source order. 24 bytes.
typedef struct {
    /// Offset of its first byte in the source.
    uint32_t start;
    /// Offset past its last byte in the source.
    uint32_t end;
    /// Index of the first node that is not inside it.
    uint32_t next;
    /// Members of an object, elements of an array, bytes of a string's text.
    uint32_t count;
    /// Offset of a string's text: in `strings` if escaped, else in the source.
    uint32_t text;
    /// One of the kinds above.
    uint32_t kind;
} stele_json_node;

/// The outcome of one parse. Pointers live until `stele_json_free`.
typedef struct {
    const stele_json_node *nodes;
    size_t node_count;
    const uint8_t *strings;
    size_t strings_byte_count;
    /// `STELE_JSON_ACCEPTED`, or why not.
    uint32_t failure;
    /// Where in the source it was refused.
    size_t failure_offset;
    void *storage;
} stele_json_tape;

/// Parses `byte_count` bytes as one RFC 8259 text. `bytes` needs no padding: a padded copy is made and freed here.
/// `depth_max` counts containers around a scalar; `node_count_max` counts values and keys.
void stele_json_parse(
    const uint8_t *bytes, size_t byte_count, size_t byte_count_max, uint32_t depth_max, size_t node_count_max,
    stele_json_tape *tape);

/// Frees what `stele_json_parse` put into `tape`, after success and after failure alike.
void stele_json_free(stele_json_tape *tape);

#ifdef __cplusplus
}
#endif
