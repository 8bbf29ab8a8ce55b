#include "core/render/deflate.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace cordon {

namespace {

constexpr std::size_t kBlockBytes = 1 << 16; // raw bytes a block, with codes of its own
constexpr std::size_t kWindow = 32768;
constexpr int kShortestMatch = 4; // shorter ones save nothing worth the search
constexpr int kLongestMatch = 258;
constexpr int kEndOfBlock = 256;
constexpr int kHashBits = 14;

// RFC 1951, 3.2.5.
constexpr std::array<std::uint16_t, 29> kLengthBase{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthExtra{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                    2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr int kLiteralCodes = 286, kDistanceCodes = 30;

constexpr std::array<std::uint8_t, 259> makeLengthCodes() {
    std::array<std::uint8_t, 259> codes{};
    for (std::size_t code = 0; code < kLengthBase.size(); ++code)
        for (std::size_t length = kLengthBase[code]; length < codes.size(); ++length)
            codes[length] = static_cast<std::uint8_t>(code);
    return codes;
}
constexpr auto kLengthCode = makeLengthCodes();

// Distances double every two codes.
int distanceCode(std::uint32_t distance) {
    const std::uint32_t d = distance - 1;
    if (d < 4)
        return static_cast<int>(d);
    const int bits = 31 - __builtin_clz(d);
    return 2 * bits + static_cast<int>((d >> (bits - 1)) & 1);
}
int distanceExtraBits(int code) {
    return code < 4 ? 0 : code / 2 - 1;
}
std::uint32_t distanceBase(int code) {
    return code < 4 ? static_cast<std::uint32_t>(code) + 1
                    : ((2U + (static_cast<std::uint32_t>(code) & 1U)) << (code / 2 - 1)) + 1;
}

class BitWriter {
public:
    void reserve(std::size_t bytes) { m_bytes.reserve(bytes); }
    // Up to 32 bits, lowest first.
    void put(std::uint32_t bits, int count) {
        m_buffer |= std::uint64_t{bits} << m_used;
        m_used += count;
        if (m_used >= 32) {
            const std::size_t at = m_bytes.size();
            m_bytes.resize(at + 4);
            const auto low = static_cast<std::uint32_t>(m_buffer);
            for (std::size_t i = 0; i < 4; ++i)
                m_bytes[at + i] = static_cast<std::uint8_t>(low >> (8 * i));
            m_buffer >>= 32;
            m_used -= 32;
        }
    }
    void alignToByte() {
        while (m_used > 0) {
            m_bytes.push_back(static_cast<std::uint8_t>(m_buffer));
            m_buffer >>= 8;
            m_used -= 8;
        }
        m_used = 0;
        m_buffer = 0;
    }
    std::vector<std::uint8_t> take() { return std::move(m_bytes); }

private:
    std::vector<std::uint8_t> m_bytes;
    std::uint64_t m_buffer = 0;
    int m_used = 0;
};

// A literal (distance 0, length = the byte) or a match.
struct Token {
    std::uint16_t length;
    std::uint16_t distance; // 32768 does not occur: matches stay one below the window
};

template <int N> struct Code {
    std::array<std::uint32_t, N> frequency{};
    std::array<std::uint8_t, N> length{};
    std::array<std::uint16_t, N> bits{}; // reversed, as written
};

// Lengths of a prefix code for the symbols' frequencies: Huffman's by the two-queue method, then cut to `longest` bits
// by lengthening shorter codes until Kraft's sum is 1 again.
template <int N> void assignLengths(Code<N>& code, int longest) {
    struct Node {
        std::uint32_t frequency;
        int parent;
    };
    std::array<int, N> symbols{};
    int count = 0;
    for (int s = 0; s < N; ++s)
        if (code.frequency[static_cast<std::size_t>(s)] > 0)
            symbols[static_cast<std::size_t>(count++)] = s;
    // A code of one symbol still needs a bit, and some decoders two symbols.
    for (int s = 0; count < 2; ++s)
        if (code.frequency[static_cast<std::size_t>(s)] == 0) {
            code.frequency[static_cast<std::size_t>(s)] = 1;
            symbols[static_cast<std::size_t>(count++)] = s;
        }
    std::sort(symbols.begin(), symbols.begin() + count, [&](int a, int b) {
        const auto fa = code.frequency[static_cast<std::size_t>(a)], fb = code.frequency[static_cast<std::size_t>(b)];
        return fa != fb ? fa < fb : a < b;
    });
    std::vector<Node> nodes;
    nodes.reserve(static_cast<std::size_t>(2 * count));
    for (int i = 0; i < count; ++i)
        nodes.push_back({code.frequency[static_cast<std::size_t>(symbols[static_cast<std::size_t>(i)])], -1});
    std::size_t leaf = 0, inner = static_cast<std::size_t>(count);
    const auto takeSmallest = [&] {
        const bool isLeaf = leaf < static_cast<std::size_t>(count) &&
                            (inner == nodes.size() || nodes[leaf].frequency <= nodes[inner].frequency);
        return isLeaf ? leaf++ : inner++;
    };
    for (int merges = 1; merges < count; ++merges) {
        const std::size_t a = takeSmallest(), b = takeSmallest();
        nodes[a].parent = nodes[b].parent = static_cast<int>(nodes.size());
        nodes.push_back({nodes[a].frequency + nodes[b].frequency, -1});
    }
    std::array<int, 64> withLength{};
    std::vector<int> depth(nodes.size(), 0);
    for (std::size_t i = nodes.size() - 1; i-- > 0;) {
        depth[i] = depth[static_cast<std::size_t>(nodes[i].parent)] + 1;
        if (i < static_cast<std::size_t>(count))
            ++withLength[static_cast<std::size_t>(std::min(depth[i], longest))];
    }
    std::uint32_t kraft = 0; // in units of 2^-longest
    for (int l = 1; l <= longest; ++l)
        kraft += static_cast<std::uint32_t>(withLength[static_cast<std::size_t>(l)]) << (longest - l);
    while (kraft > (1U << longest)) {
        --withLength[static_cast<std::size_t>(longest)];
        for (int l = longest - 1; l > 0; --l)
            if (withLength[static_cast<std::size_t>(l)] > 0) {
                --withLength[static_cast<std::size_t>(l)];
                withLength[static_cast<std::size_t>(l + 1)] += 2;
                break;
            }
        --kraft;
    }
    int next = 0; // rarest first: they take the longest codes
    for (int l = longest; l > 0; --l)
        for (int i = 0; i < withLength[static_cast<std::size_t>(l)]; ++i)
            code.length[static_cast<std::size_t>(symbols[static_cast<std::size_t>(next++)])] =
                static_cast<std::uint8_t>(l);
}

// Canonical codes (RFC 1951, 3.2.2), bits reversed.
template <int N> void assignBits(Code<N>& code) {
    std::array<std::uint32_t, 17> countOf{}, nextOf{};
    for (const std::uint8_t l : code.length)
        ++countOf[l];
    countOf[0] = 0;
    for (std::size_t l = 1; l < nextOf.size(); ++l)
        nextOf[l] = (nextOf[l - 1] + countOf[l - 1]) << 1;
    for (std::size_t s = 0; s < N; ++s) {
        const std::uint8_t l = code.length[s];
        std::uint32_t bits = l > 0 ? nextOf[l]++ : 0, reversed = 0;
        for (int i = 0; i < l; ++i, bits >>= 1)
            reversed = (reversed << 1) | (bits & 1);
        code.bits[s] = static_cast<std::uint16_t>(reversed);
    }
}

class Encoder {
public:
    explicit Encoder(std::span<const std::uint8_t> raw) : m_raw(raw), m_heads(std::size_t{1} << kHashBits, kNowhere) {
        m_out.reserve(raw.size() / 2 + 64);
        m_tokens.reserve(std::min(raw.size(), kBlockBytes));
    }

    std::vector<std::uint8_t> encode(bool isLast) {
        std::size_t begin = 0;
        do {
            const std::size_t end = std::min(m_raw.size(), begin + kBlockBytes);
            findMatches(begin, end);
            writeBlock(isLast && end == m_raw.size());
            begin = end;
        } while (begin < m_raw.size());
        if (!isLast) { // an empty stored block ends at a byte boundary
            m_out.put(0, 3);
            m_out.alignToByte();
            m_out.put(0xFFFF0000U, 32);
        }
        m_out.alignToByte();
        return m_out.take();
    }

private:
    static constexpr std::uint32_t kNowhere = UINT32_MAX;

    std::uint32_t fourAt(std::size_t i) const {
        std::uint32_t v = 0;
        std::memcpy(&v, m_raw.data() + i, 4);
        return v;
    }
    static std::size_t hashOf(std::uint32_t v) { return (v * 0x9E3779B1U) >> (32 - kHashBits); }

    std::size_t matchLength(std::size_t a, std::size_t b, std::size_t most) const {
        const std::uint8_t* p = m_raw.data();
        std::size_t n = 0;
        while (n + 8 <= most) {
            std::uint64_t x = 0, y = 0;
            std::memcpy(&x, p + a + n, 8);
            std::memcpy(&y, p + b + n, 8);
            if (x != y)
                break;
            n += 8;
        }
        while (n < most && p[a + n] == p[b + n])
            ++n;
        return n;
    }

    void addLiteral(std::uint8_t byte) {
        m_tokens.push_back({byte, 0});
        ++m_literals.frequency[byte];
    }

    void addMatch(std::size_t length, std::size_t distance) {
        m_tokens.push_back({static_cast<std::uint16_t>(length), static_cast<std::uint16_t>(distance)});
        ++m_literals.frequency[257U + kLengthCode[length]];
        ++m_distances.frequency[static_cast<std::size_t>(distanceCode(static_cast<std::uint32_t>(distance)))];
    }

    // Greedy, one candidate a position (the last with the same four bytes).
    void findMatches(std::size_t begin, std::size_t end) {
        m_tokens.clear();
        m_literals = {};
        m_distances = {};
        std::size_t i = begin;
        while (i + kShortestMatch <= end) {
            const std::uint32_t four = fourAt(i);
            std::uint32_t& head = m_heads[hashOf(four)];
            const std::size_t candidate = head;
            head = static_cast<std::uint32_t>(i);
            if (candidate == kNowhere || i - candidate >= kWindow || fourAt(candidate) != four) {
                addLiteral(m_raw[i++]);
                continue;
            }
            const std::size_t most = std::min<std::size_t>(kLongestMatch, end - i);
            const std::size_t length = 4 + matchLength(candidate + 4, i + 4, most - 4);
            addMatch(length, i - candidate);
            // A few positions inside the match serve later ones; all of them would cost more than they gain.
            if (i + length + 4 <= end) {
                m_heads[hashOf(fourAt(i + 1))] = static_cast<std::uint32_t>(i + 1);
                m_heads[hashOf(fourAt(i + length - 1))] = static_cast<std::uint32_t>(i + length - 1);
            }
            i += length;
        }
        while (i < end)
            addLiteral(m_raw[i++]);
        m_literals.frequency[kEndOfBlock] = 1;
    }

    void writeBlock(bool isFinal) {
        assignLengths(m_literals, 15);
        assignLengths(m_distances, 15);
        assignBits(m_literals);
        assignBits(m_distances);
        m_out.put(isFinal ? 1 : 0, 1);
        m_out.put(2, 2); // dynamic codes
        writeCodes();
        for (const Token t : m_tokens) {
            if (t.distance == 0) {
                m_out.put(m_literals.bits[t.length], m_literals.length[t.length]);
                continue;
            }
            const std::size_t lengthCode = kLengthCode[t.length];
            m_out.put(m_literals.bits[257 + lengthCode], m_literals.length[257 + lengthCode]);
            m_out.put(static_cast<std::uint32_t>(t.length - kLengthBase[lengthCode]), kLengthExtra[lengthCode]);
            const int code = distanceCode(t.distance);
            const auto c = static_cast<std::size_t>(code);
            m_out.put(m_distances.bits[c], m_distances.length[c]);
            m_out.put(t.distance - distanceBase(code), distanceExtraBits(code));
        }
        m_out.put(m_literals.bits[kEndOfBlock], m_literals.length[kEndOfBlock]);
    }

    // The code lengths, themselves coded (RFC 1951, 3.2.7), runs of zeros shortened.
    void writeCodes() {
        std::vector<std::uint8_t> lengths(m_literals.length.begin(), m_literals.length.end());
        lengths.insert(lengths.end(), m_distances.length.begin(), m_distances.length.end());
        struct Symbol {
            std::uint8_t value, extra, extraBits;
        };
        std::vector<Symbol> symbols;
        Code<19> code;
        const auto add = [&](std::uint8_t value, std::size_t extra, int extraBits) {
            symbols.push_back({value, static_cast<std::uint8_t>(extra), static_cast<std::uint8_t>(extraBits)});
            ++code.frequency[value];
        };
        for (std::size_t i = 0; i < lengths.size();) {
            std::size_t run = 1;
            while (lengths[i] == 0 && run < 138 && i + run < lengths.size() && lengths[i + run] == 0)
                ++run;
            if (run >= 11) {
                add(18, run - 11, 7);
            } else if (run >= 3) {
                add(17, run - 3, 3);
            } else {
                add(lengths[i], 0, 0);
                run = 1;
            }
            i += run;
        }
        assignLengths(code, 7);
        assignBits(code);
        static constexpr std::array<std::uint8_t, 19> kOrder{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                             11, 4,  12, 3, 13, 2, 14, 1, 15};
        m_out.put(kLiteralCodes - 257, 5);
        m_out.put(kDistanceCodes - 1, 5);
        m_out.put(19 - 4, 4);
        for (const std::uint8_t s : kOrder)
            m_out.put(code.length[s], 3);
        for (const Symbol& s : symbols) {
            m_out.put(code.bits[s.value], code.length[s.value]);
            m_out.put(s.extra, s.extraBits);
        }
    }

    std::span<const std::uint8_t> m_raw;
    std::vector<std::uint32_t> m_heads; // hash of four bytes -> where they were last seen
    std::vector<Token> m_tokens;
    Code<kLiteralCodes> m_literals;
    Code<kDistanceCodes> m_distances;
    BitWriter m_out;
};

} // namespace

std::vector<std::uint8_t> deflated(std::span<const std::uint8_t> raw, bool isLast) {
    return Encoder(raw).encode(isLast);
}

} // namespace cordon
