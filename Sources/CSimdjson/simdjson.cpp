// CSimdjson · one walk over the structural indexes that simdjson's first stage finds.
//
// Stage 1 (vectorised, chosen for the processor at run time) validates UTF-8, refuses control characters and open
// strings, and lists where every token starts. Both public simdjson APIs go on to accept duplicate keys; the DOM API
// rounds numbers and the On-Demand API skips what is not asked for. So the second stage is this file: it visits every
// token, checks it against RFC 8259, and notes where it stands in the source.
#include "CSimdjson.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include <simdjson.h>

namespace {

/// The thread's first stage is kept for texts up to this size; the memory of a larger one goes at the next small text.
constexpr size_t kept_capacity = 1 << 20;
/// Objects with at most this many members are checked for equal keys pair by pair.
constexpr uint32_t pairwise_member_count_max = 24;

struct Tape {
    std::vector<stele_json_node> nodes;
    std::vector<uint8_t> strings;
};

/// Thrown inside this file only.
struct Refusal {
    uint32_t reason;
    size_t offset;
};

bool is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }
bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// The length of the UTF-8 sequence at `bytes`, or 0 if there is none. Source: Unicode 15, table 3-7.
size_t sequence_length(const uint8_t *bytes, size_t available) {
    uint8_t first = bytes[0];
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4) return 0;
    size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length > available) return 0;
    for (size_t index = 1; index < length; index++) {
        if ((bytes[index] & 0xc0) != 0x80) return 0;
    }
    if (first == 0xe0 && bytes[1] < 0xa0) return 0;
    if (first == 0xed && bytes[1] > 0x9f) return 0;
    if (first == 0xf0 && bytes[1] < 0x90) return 0;
    if (first == 0xf4 && bytes[1] > 0x8f) return 0;
    return length;
}

/// Finds what the first stage objected to: it says what, not where. Runs only for texts that are refused.
Refusal first_objection(const uint8_t *bytes, size_t count) {
    bool is_in_string = false;
    size_t opening = 0;
    size_t offset = 0;
    while (offset < count) {
        uint8_t byte = bytes[offset];
        size_t length = sequence_length(bytes + offset, count - offset);
        if (length == 0) return {STELE_JSON_BAD_UTF8, offset};
        if (is_in_string && byte < 0x20) return {STELE_JSON_CONTROL_CHARACTER, offset};
        if (byte == '\\') {
            if (!is_in_string) return {STELE_JSON_SYNTAX, offset};
            offset += 1;
            if (offset == count) break;
            if (bytes[offset] < 0x20) return {STELE_JSON_CONTROL_CHARACTER, offset};
            if (bytes[offset] < 0x80) offset += 1;
            continue;
        }
        if (byte == '"') {
            is_in_string = !is_in_string;
            opening = offset;
        }
        offset += length;
    }
    return is_in_string ? Refusal{STELE_JSON_UNCLOSED_STRING, opening} : Refusal{STELE_JSON_SYNTAX, 0};
}

class Walk {
  public:
    Walk(const uint8_t *bytes, size_t count, const uint32_t *starts, size_t start_count, uint32_t depth_max,
         size_t node_count_max, Tape &tape)
        : bytes(bytes), count(count), starts(starts), start_count(start_count), depth_max(depth_max),
          node_count_max(node_count_max), nodes(tape.nodes), strings(tape.strings) {}

    void run() {
        nodes.reserve(std::min(start_count / 2 + 2, node_count_max));
        value();
        while (!open.empty()) {
            stele_json_node &container = nodes[open.back()];
            bool is_object = container.kind == STELE_JSON_OBJECT;
            uint8_t closing = is_object ? '}' : ']';
            if (container.count == 0) {
                if (peek() == closing) { close(); continue; }
            } else {
                uint8_t separator = peek();
                if (separator == closing) { close(); continue; }
                if (separator != ',') refuse();
                token++;
            }
            container.count++;
            if (is_object) {
                if (peek() != '"') refuse();
                value();
                if (peek() != ':') refuse();
                token++;
            }
            value();
        }
        if (token != start_count) throw Refusal{STELE_JSON_TRAILING_CONTENT, starts[token]};
    }

  private:
    const uint8_t *bytes;
    const size_t count;
    const uint32_t *starts;
    const size_t start_count;
    const uint32_t depth_max;
    const size_t node_count_max;
    std::vector<stele_json_node> &nodes;
    std::vector<uint8_t> &strings;
    size_t token = 0;
    std::vector<uint32_t> open;
    std::vector<std::pair<uint64_t, uint32_t>> fingerprints;

    [[noreturn]] void refuse() { throw Refusal{STELE_JSON_SYNTAX, token < start_count ? starts[token] : count}; }

    /// The first byte of the next token.
    uint8_t peek() {
        if (token >= start_count) refuse();
        return bytes[starts[token]];
    }

    /// One past the last byte of the token at `start`, which is the token before index `token`.
    uint32_t token_end() const {
        uint32_t end = token < start_count ? starts[token] : uint32_t(count);
        while (is_space(bytes[end - 1])) end--;
        return end;
    }

    stele_json_node &append(uint32_t start, uint32_t end, uint32_t kind) {
        if (nodes.size() >= node_count_max) throw Refusal{STELE_JSON_TOO_MANY_NODES, start};
        uint32_t index = uint32_t(nodes.size());
        nodes.push_back({start, end, index + 1, 0, 0, kind});
        return nodes.back();
    }

    void value() {
        uint8_t first = peek();
        uint32_t start = starts[token];
        switch (first) {
        case '{':
        case '[':
            if (open.size() >= depth_max) throw Refusal{STELE_JSON_TOO_DEEP, start};
            token++;
            append(start, start, first == '{' ? STELE_JSON_OBJECT : STELE_JSON_ARRAY);
            open.push_back(uint32_t(nodes.size() - 1));
            break;
        case '"':
            token++;
            string(start, token_end());
            break;
        case 't': literal(start, "true", STELE_JSON_TRUE); break;
        case 'f': literal(start, "false", STELE_JSON_FALSE); break;
        case 'n': literal(start, "null", STELE_JSON_NULL); break;
        default:
            if (first != '-' && !is_digit(first)) refuse();
            token++;
            number(start, token_end());
        }
    }

    void close() {
        stele_json_node &container = nodes[open.back()];
        container.end = starts[token] + 1;
        container.next = uint32_t(nodes.size());
        if (container.kind == STELE_JSON_OBJECT && container.count > 1) check_keys(open.back());
        open.pop_back();
        token++;
    }

    void literal(uint32_t start, const char *text, uint32_t kind) {
        size_t length = strlen(text);
        token++;
        uint32_t end = token_end();
        if (end - start != length || memcmp(bytes + start, text, length) != 0) throw Refusal{STELE_JSON_SYNTAX, start};
        append(start, end, kind);
    }

    // RFC 8259 §6: minus? int frac? exp?
    void number(uint32_t start, uint32_t end) {
        const Refusal refusal{STELE_JSON_BAD_NUMBER, start};
        uint32_t at = start;
        auto digits = [&] {
            uint32_t first = at;
            while (at < end && is_digit(bytes[at])) at++;
            if (at == first) throw refusal;
        };
        if (bytes[at] == '-') at++;
        if (at < end && bytes[at] == '0') at++; else digits();
        if (at < end && bytes[at] == '.') { at++; digits(); }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) at++;
            digits();
        }
        if (at != end) throw refusal;
        append(start, end, STELE_JSON_NUMBER);
    }

    void string(uint32_t start, uint32_t end) {
        // The first stage saw the string close, and whatever follows a closing quote starts a token of its own.
        if (end - start < 2 || bytes[end - 1] != '"') throw Refusal{STELE_JSON_SYNTAX, start};
        uint32_t first = start + 1, last = end - 1;
        const void *escape = memchr(bytes + first, '\\', last - first);
        if (escape == nullptr) {
            stele_json_node &node = append(start, end, STELE_JSON_STRING);
            node.text = first;
            node.count = last - first;
        } else {
            stele_json_node &node = append(start, end, STELE_JSON_ESCAPED_STRING);
            node.text = uint32_t(strings.size());
            unescape(first, last, uint32_t((const uint8_t *)escape - bytes));
            node.count = uint32_t(strings.size()) - node.text;
        }
    }

    void unescape(uint32_t first, uint32_t last, uint32_t escape) {
        uint32_t at = first;
        while (true) {
            strings.insert(strings.end(), bytes + at, bytes + escape);
            at = escape;
            const Refusal refusal{STELE_JSON_BAD_ESCAPE, escape};
            if (last - at < 2) throw refusal;
            uint8_t letter = bytes[at + 1];
            at += 2;
            switch (letter) {
            case '"': case '\\': case '/': strings.push_back(letter); break;
            case 'b': strings.push_back('\b'); break;
            case 'f': strings.push_back('\f'); break;
            case 'n': strings.push_back('\n'); break;
            case 'r': strings.push_back('\r'); break;
            case 't': strings.push_back('\t'); break;
            case 'u': {
                uint32_t scalar = unit(at, last, refusal);
                at += 4;
                if (scalar >= 0xdc00 && scalar < 0xe000) throw refusal;
                if (scalar >= 0xd800 && scalar < 0xdc00) {
                    if (last - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') throw refusal;
                    uint32_t low = unit(at + 2, last, refusal);
                    if (low < 0xdc00 || low >= 0xe000) throw refusal;
                    scalar = 0x10000 + ((scalar - 0xd800) << 10) + (low - 0xdc00);
                    at += 6;
                }
                append_scalar(scalar);
                break;
            }
            default: throw refusal;
            }
            const void *next = memchr(bytes + at, '\\', last - at);
            if (next == nullptr) break;
            escape = uint32_t((const uint8_t *)next - bytes);
        }
        strings.insert(strings.end(), bytes + at, bytes + last);
    }

    uint32_t unit(uint32_t at, uint32_t last, Refusal refusal) const {
        if (last - at < 4) throw refusal;
        uint32_t value = 0;
        for (uint32_t index = at; index < at + 4; index++) {
            uint8_t byte = bytes[index], lower = byte | 0x20;
            if (is_digit(byte)) value = value << 4 | (byte - '0');
            else if (lower >= 'a' && lower <= 'f') value = value << 4 | (lower - 'a' + 10);
            else throw refusal;
        }
        return value;
    }

    void append_scalar(uint32_t scalar) {
        if (scalar < 0x80) {
            strings.push_back(uint8_t(scalar));
        } else if (scalar < 0x800) {
            strings.push_back(uint8_t(0xc0 | scalar >> 6));
            strings.push_back(uint8_t(0x80 | (scalar & 63)));
        } else if (scalar < 0x10000) {
            strings.push_back(uint8_t(0xe0 | scalar >> 12));
            strings.push_back(uint8_t(0x80 | (scalar >> 6 & 63)));
            strings.push_back(uint8_t(0x80 | (scalar & 63)));
        } else {
            strings.push_back(uint8_t(0xf0 | scalar >> 18));
            strings.push_back(uint8_t(0x80 | (scalar >> 12 & 63)));
            strings.push_back(uint8_t(0x80 | (scalar >> 6 & 63)));
            strings.push_back(uint8_t(0x80 | (scalar & 63)));
        }
    }

    const uint8_t *text(const stele_json_node &key) const {
        return (key.kind == STELE_JSON_ESCAPED_STRING ? strings.data() : bytes) + key.text;
    }

    bool is_equal(uint32_t left, uint32_t right) const {
        const stele_json_node &a = nodes[left], &b = nodes[right];
        return a.count == b.count && memcmp(text(a), text(b), a.count) == 0;
    }

    /// Refuses an object with two equal keys, compared after unescaping.
    // The fingerprint only saves comparisons: keys chosen to share it cost O(bytes · log members), not members squared.
    void check_keys(uint32_t object) {
        fingerprints.clear();
        for (uint32_t key = object + 1; key < nodes.size(); key = nodes[key + 1].next) {
            uint64_t head = 0, tail = 0;
            size_t length = nodes[key].count;
            memcpy(&head, text(nodes[key]), std::min<size_t>(length, 8));
            if (length > 8) memcpy(&tail, text(nodes[key]) + length - 8, 8);
            fingerprints.push_back({(head ^ (tail * 0x9e3779b97f4a7c15) ^ length), key});
        }
        size_t member_count = fingerprints.size();
        if (member_count <= pairwise_member_count_max) {
            for (size_t right = 1; right < member_count; right++) {
                for (size_t left = 0; left < right; left++) {
                    if (fingerprints[left].first != fingerprints[right].first) continue;
                    uint32_t key = fingerprints[right].second;
                    if (is_equal(fingerprints[left].second, key)) refuse_key(key);
                }
            }
            return;
        }
        std::sort(fingerprints.begin(), fingerprints.end(), [this](const auto &left, const auto &right) {
            if (left.first != right.first) return left.first < right.first;
            const stele_json_node &a = nodes[left.second], &b = nodes[right.second];
            int order = memcmp(text(a), text(b), std::min(a.count, b.count));
            if (order != 0) return order < 0;
            return a.count != b.count ? a.count < b.count : left.second < right.second;
        });
        uint32_t repeated = UINT32_MAX;
        for (size_t index = 1; index < member_count; index++) {
            uint32_t key = fingerprints[index].second;
            if (is_equal(fingerprints[index - 1].second, key)) repeated = std::min(repeated, key);
        }
        if (repeated != UINT32_MAX) refuse_key(repeated);
    }

    [[noreturn]] void refuse_key(uint32_t key) { throw Refusal{STELE_JSON_DUPLICATE_KEY, nodes[key].start}; }
};

/// The thread's first stage, holding offsets only, never text.
simdjson::internal::dom_parser_implementation &first_stage(size_t capacity) {
    thread_local std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    simdjson::error_code error = simdjson::SUCCESS;
    size_t rounded = 4096;
    while (rounded < capacity && rounded < kept_capacity) rounded *= 2;
    rounded = std::max(rounded, capacity);
    if (!stage) {
        error = simdjson::get_active_implementation()->create_dom_parser_implementation(rounded, 1, stage);
    } else if (stage->capacity() < capacity || (stage->capacity() > kept_capacity && capacity <= kept_capacity)) {
        error = stage->set_capacity(rounded);
    }
    if (error) {
        stage.reset();
        throw std::bad_alloc();
    }
    return *stage;
}

void parse(const uint8_t *bytes, size_t count, uint32_t depth_max, size_t node_count_max, Tape &tape) {
    std::unique_ptr<uint8_t[]> padded(new uint8_t[count + simdjson::SIMDJSON_PADDING]);
    memcpy(padded.get(), bytes, count);
    memset(padded.get() + count, ' ', simdjson::SIMDJSON_PADDING);
    auto &stage = first_stage(count);
    simdjson::error_code error = stage.stage1(padded.get(), count, simdjson::stage1_mode::regular);
    if (error == simdjson::EMPTY) throw Refusal{STELE_JSON_EMPTY, count};
    if (error != simdjson::SUCCESS) throw first_objection(padded.get(), count);
    const uint32_t *starts = stage.structural_indexes.get();
    Walk(padded.get(), count, starts, stage.n_structural_indexes, depth_max, node_count_max, tape).run();
}

}  // namespace

extern "C" void stele_json_parse(
    const uint8_t *bytes, size_t byte_count, size_t byte_count_max, uint32_t depth_max, size_t node_count_max,
    stele_json_tape *tape) {
    *tape = {};
    auto fail = [tape](uint32_t reason, size_t offset) { tape->failure = reason; tape->failure_offset = offset; };
    size_t limit = std::min<size_t>(byte_count_max, simdjson::SIMDJSON_MAXSIZE_BYTES - simdjson::SIMDJSON_PADDING);
    if (byte_count > limit) return fail(STELE_JSON_TOO_MANY_BYTES, limit);
    if (byte_count == 0) return fail(STELE_JSON_EMPTY, 0);
    try {
        auto storage = std::make_unique<Tape>();
        parse(bytes, byte_count, depth_max, std::min<size_t>(node_count_max, UINT32_MAX - 1), *storage);
        tape->nodes = storage->nodes.data();
        tape->node_count = storage->nodes.size();
        tape->strings = storage->strings.data();
        tape->strings_byte_count = storage->strings.size();
        tape->storage = storage.release();
    } catch (const Refusal &refusal) {
        fail(refusal.reason, refusal.offset);
    } catch (const std::bad_alloc &) {
        fail(STELE_JSON_OUT_OF_MEMORY, 0);
    }
}

extern "C" void stele_json_free(stele_json_tape *tape) {
    delete static_cast<Tape *>(tape->storage);
    *tape = {};
}
