#include "core/io/encoding_guess.h"

#include "core/io/encoding.h"

#include <array>
#include <cstdint>

namespace cordon {

namespace {

constexpr std::size_t kSampleBytes = 1 << 18;

enum class Spelt : std::uint8_t { Lower, Upper, Arabic, Apostrophe, Degree, Quote, RareLetter, Symbol, Nothing };

bool isIn(std::string_view text, std::string_view characters) {
    return characters.find(text) != std::string_view::npos;
}

Spelt classOf(std::string_view utf8) {
    if (utf8.size() == 2 && (utf8[0] == '\xD8' || utf8[0] == '\xD9' || utf8[0] == '\xDA' || utf8[0] == '\xDB'))
        return Spelt::Arabic;
    if (isIn(utf8, "éèêëàâäáçîïíôöóûüùúñœßõãåæø"))
        return Spelt::Lower;
    if (isIn(utf8, "ÉÈÊËÀÂÄÁÇÎÏÍÔÖÓÛÜÙÚÑŒÕÃÅÆØ"))
        return Spelt::Upper;
    if (isIn(utf8, "’‘"))
        return Spelt::Apostrophe;
    if (isIn(utf8, "°º"))
        return Spelt::Degree;
    if (isIn(utf8, "«»“”–—…€·•²³½\u00A0"))
        return Spelt::Quote;
    if (isIn(utf8, "ìòýÿðþÌÒÝŸÐÞšžŠŽıƒªµ"))
        return Spelt::RareLetter;
    return isIn(utf8, "\uFFFD") ? Spelt::Nothing : Spelt::Symbol;
}

using Table = std::array<Spelt, 256>;

Table tableOf(const std::string& encoding) {
    Table table{};
    for (int c = 0; c < 256; ++c) {
        const char byte = static_cast<char>(c);
        if (c >= 128) {
            bool isExact = true;
            table[static_cast<std::size_t>(c)] = classOf(toUtf8({&byte, 1}, encoding, isExact));
        } else if (c >= 'a' && c <= 'z') {
            table[static_cast<std::size_t>(c)] = Spelt::Lower;
        } else if (c >= 'A' && c <= 'Z') {
            table[static_cast<std::size_t>(c)] = Spelt::Upper;
        } else {
            table[static_cast<std::size_t>(c)] = Spelt::Nothing;
        }
    }
    return table;
}

bool isLetter(Spelt s) {
    return s == Spelt::Lower || s == Spelt::Upper || s == Spelt::RareLetter;
}

// How well one byte above 127 fits between its neighbours.
int scoreOf(Spelt before, Spelt here, Spelt after, bool followsDigit) {
    switch (here) {
    case Spelt::Lower: // nobody writes an accented small letter among capitals
        return before == Spelt::Upper && after == Spelt::Upper ? -2 : isLetter(before) || isLetter(after) ? 3 : 1;
    case Spelt::Upper:
        return before == Spelt::Lower ? -3 : 2;
    case Spelt::Arabic: // words of it, not single letters among Latin ones
        return isLetter(before) || isLetter(after) ? -4 : before == here || after == here ? 3 : 0;
    case Spelt::Apostrophe:
        return isLetter(before) ? 2 : 0;
    case Spelt::Degree:
        return followsDigit ? 3 : isLetter(before) && isLetter(after) ? -3 : 1;
    case Spelt::Quote:
        return isLetter(before) && isLetter(after) ? -2 : 1;
    case Spelt::RareLetter:
        return -1;
    case Spelt::Symbol:
        return isLetter(before) || isLetter(after) ? -4 : -2;
    case Spelt::Nothing:
        break;
    }
    return -6;
}

long scoreOf(std::string_view bytes, const Table& table) {
    long score = 0;
    const auto at = [&](std::size_t i) { return table[static_cast<unsigned char>(bytes[i])]; };
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (static_cast<unsigned char>(bytes[i]) < 0x80)
            continue;
        const Spelt before = i > 0 ? at(i - 1) : Spelt::Nothing;
        const Spelt after = i + 1 < bytes.size() ? at(i + 1) : Spelt::Nothing;
        score += scoreOf(before, at(i), after, i > 0 && bytes[i - 1] >= '0' && bytes[i - 1] <= '9');
    }
    return score;
}

// Latin text in UTF-16 without a mark: every other byte is zero.
const char* utf16Of(std::string_view bytes) {
    std::array<std::size_t, 2> zeros{};
    const std::size_t count = std::min<std::size_t>(bytes.size(), 4096) & ~std::size_t{1};
    for (std::size_t i = 0; i < count; ++i)
        zeros[i & 1] += bytes[i] == '\0';
    if (count < 8 || 10 * (zeros[0] + zeros[1]) < 3 * count)
        return nullptr;
    return zeros[1] > 20 * zeros[0] ? "UTF-16LE" : zeros[0] > 20 * zeros[1] ? "UTF-16BE" : nullptr;
}

} // namespace

std::string guessEncoding(std::string_view bytes) {
    if (const char* wide = utf16Of(bytes))
        return wide;
    bytes = bytes.substr(0, kSampleBytes);
    std::string best = "CP1252";
    long bestScore = scoreOf(bytes, tableOf(best));
    for (const char* candidate : {"CP1256", "MACINTOSH", "CP850"})
        if (const long score = scoreOf(bytes, tableOf(candidate)); score > bestScore) {
            bestScore = score;
            best = candidate;
        }
    return best;
}

} // namespace cordon
