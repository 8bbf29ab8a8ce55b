#include "core/io/encoding.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <future>
#include <iconv.h>
#include <memory>
#include <simdjson.h>
#include <thread>
#include <utility>
#include <vector>

namespace cordon {

namespace {

// Windows-1252, bytes 0x80..0x9F; the five unassigned ones are 0 (source: Unicode's CP1252.TXT).
constexpr std::array<char16_t, 32> kCp1252High = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                  0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void appendUtf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

std::string fromWindows1252(std::string_view bytes, bool& isExact) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        char32_t code = c;
        if (c >= 0x80 && c < 0xA0) {
            code = kCp1252High[c - 0x80u];
            if (code == 0) {
                code = 0xFFFD;
                isExact = false;
            }
        }
        appendUtf8(out, code);
    }
    return out;
}

struct IconvCloser {
    using pointer = iconv_t;
    void operator()(iconv_t handle) const { iconv_close(handle); }
};
struct NullIconv { // unique_ptr's empty value is a null pointer, iconv's error value is -1
    static bool isBad(iconv_t handle) { return handle == iconv_t(-1); } // NOLINT
};

using Iconv = std::unique_ptr<void, IconvCloser>;

Iconv openIconv(const std::string& encoding) {
    const iconv_t handle = iconv_open("UTF-8", encoding.c_str());
    return Iconv(NullIconv::isBad(handle) ? nullptr : handle);
}

std::string throughIconv(std::string_view bytes, const std::string& encoding, bool& isExact) {
    const Iconv converter = openIconv(encoding);
    if (!converter)
        throw Error("The encoding " + encoding + " is not known; give one such as UTF-8, cp1252 or ISO-8859-1.");
    std::string out;
    out.reserve(bytes.size() * 2);
    std::array<char, 4096> buffer{};
    char* in = const_cast<char*>(bytes.data()); // iconv's signature; it does not write there
    std::size_t left = bytes.size();
    while (left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const std::size_t result = iconv(converter.get(), &in, &left, &to, &room);
        out.append(buffer.data(), buffer.size() - room);
        if (result == static_cast<std::size_t>(-1) && errno != E2BIG) {
            out += kReplacement;
            isExact = false;
            ++in;
            --left;
        }
    }
    return out;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> candidates) {
    for (const std::string_view candidate : candidates)
        if (text == candidate)
            return true;
    return false;
}

std::string iconvNameOfNumber(int number) {
    switch (number) {
    case 65001:
        return "UTF-8";
    case 28591:
        return "ISO-8859-1";
    case 10000:
        return "MACINTOSH";
    case 936:
        return "GB18030";
    case 0:
        return {};
    default:
        if (number > 28590 && number < 28607)
            return "ISO-8859-" + std::to_string(number - 28590);
        if (number > 88590 && number < 88600) // "ISO 88591"
            return "ISO-8859-" + std::to_string(number - 88590);
        return "CP" + std::to_string(number);
    }
}

// The same on all cores: of a large file this is the first pass, which waits for its pages.
bool isLargeUtf8(std::string_view bytes) {
    constexpr std::size_t kWorthAThread = std::size_t{4} << 20;
    const std::size_t parts = std::min<std::size_t>(std::thread::hardware_concurrency(), bytes.size() / kWorthAThread);
    const std::size_t step = bytes.size() / std::max<std::size_t>(parts, 1);
    std::vector<std::future<bool>> others;
    for (std::size_t left = parts; left > 1; --left) {
        std::size_t end = std::min(step, bytes.size()); // of a part: before the first byte of a character
        while (end < bytes.size() && (static_cast<unsigned char>(bytes[end]) & 0xC0) == 0x80)
            ++end;
        others.push_back(std::async(std::launch::async, isUtf8, bytes.substr(0, end)));
        bytes.remove_prefix(end);
    }
    bool isValid = isUtf8(bytes);
    for (auto& other : others)
        isValid &= other.get();
    return isValid;
}

} // namespace

bool isUtf8(std::string_view bytes) {
    return simdjson::validate_utf8(bytes.data(), bytes.size());
}

bool isAscii(std::string_view bytes) {
    unsigned char all = 0;
    for (const char c : bytes)
        all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
    return all < 0x80;
}

std::string_view withoutCutCharacter(std::string_view utf8) {
    for (std::size_t back = 1; back <= 3 && back <= utf8.size(); ++back) {
        const auto c = static_cast<unsigned char>(utf8[utf8.size() - back]);
        if (c < 0x80)
            return utf8;
        if (c >= 0xC0) {
            const std::size_t needed = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return needed > back ? utf8.substr(0, utf8.size() - back) : utf8;
        }
    }
    return utf8;
}

std::optional<std::string> encodingFromName(std::string_view name) {
    std::string compact;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)))
            compact += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (compact.empty() || compact.size() > 30)
        return std::nullopt;
    if (isOneOf(compact, {"UTF8", "CPUTF8", "65001", "UTF8BOM"}))
        return "UTF-8";
    std::string_view rest = compact;
    if (rest.starts_with("LDID")) {
        const int number = std::atoi(std::string(rest.substr(4)).c_str());
        return number > 0 && number < 256 ? encodingFromDbfLanguage(static_cast<unsigned char>(number)) : std::nullopt;
    }
    for (const std::string_view prefix : {"WINDOWS", "ANSI", "OEM", "CP", "ISO", "MSWIN"})
        if (rest.starts_with(prefix) && rest.size() > prefix.size() &&
            std::isdigit(static_cast<unsigned char>(rest[prefix.size()]))) {
            rest.remove_prefix(prefix.size());
            break;
        }
    const bool isNumber =
        rest.size() >= 3 && rest.size() <= 6 && rest.find_first_not_of("0123456789") == std::string_view::npos;
    std::string known = isNumber ? iconvNameOfNumber(std::atoi(std::string(rest).c_str())) : std::string(name);
    if (known.starts_with("CP8859")) // "8859-1" and "ISO 8859-15"
        known = "ISO-8859-" + known.substr(6);
    if (known.find_first_of("/,\n\r ") != std::string::npos || known.empty())
        return std::nullopt;
    if (known != "CP1252" && !openIconv(known))
        return std::nullopt;
    return known;
}

std::optional<std::string> encodingFromDbfLanguage(unsigned char languageDriver) {
    // Source: the table of language drivers in GDAL's documentation of the shapefile driver and ESRI's.
    static constexpr std::pair<unsigned char, int> kCodePages[] = {
        {1, 437},    {2, 850},    {3, 1252},   {4, 10000}, {8, 865},   {10, 850},  {11, 437},  {13, 437},  {14, 850},
        {15, 437},   {16, 850},   {17, 437},   {18, 850},  {19, 932},  {20, 850},  {21, 437},  {22, 850},  {23, 865},
        {24, 437},   {25, 437},   {26, 850},   {27, 437},  {28, 863},  {29, 850},  {31, 852},  {34, 852},  {35, 852},
        {36, 860},   {37, 850},   {38, 866},   {55, 850},  {64, 852},  {77, 936},  {78, 949},  {79, 950},  {80, 874},
        {88, 1252},  {89, 1252},  {100, 852},  {101, 866}, {102, 865}, {103, 861}, {106, 737}, {107, 857}, {108, 863},
        {120, 950},  {121, 949},  {122, 936},  {123, 932}, {124, 874}, {134, 737}, {135, 852}, {136, 857}, {200, 1250},
        {201, 1251}, {202, 1254}, {203, 1253}, {204, 1257}};
    for (const auto& [driver, codePage] : kCodePages)
        if (driver == languageDriver)
            return iconvNameOfNumber(codePage);
    return std::nullopt; // 87 is "whatever Windows had": says nothing
}

std::string toUtf8(std::string_view bytes, const std::string& encoding, bool& isExact) {
    if (encoding == "UTF-8") {
        if (isUtf8(bytes))
            return std::string(bytes);
        return throughIconv(bytes, encoding, isExact);
    }
    if (encoding == "CP1252" || encoding == "ISO-8859-1") // Latin-1 files hold cp1252's quotes and dashes in practice
        return fromWindows1252(bytes, isExact);
    return throughIconv(bytes, encoding, isExact);
}

DecodedText decodeText(std::string_view bytes, const std::string& wantedEncoding) {
    DecodedText result;
    bool isExact = true;
    const auto convert = [&](std::size_t skipped, const std::string& encoding) {
        result.encoding = encoding;
        result.converted = toUtf8(bytes.substr(skipped), encoding, isExact);
    };
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
        result.skippedBytes = 3;
    } else if (bytes.starts_with("\xFF\xFE\0\0"sv)) {
        convert(4, "UTF-32LE");
        return result;
    } else if (bytes.starts_with("\xFF\xFE"sv)) {
        convert(2, "UTF-16LE");
        return result;
    } else if (bytes.starts_with("\xFE\xFF"sv)) {
        convert(2, "UTF-16BE");
        return result;
    } else if (!wantedEncoding.empty()) {
        const auto encoding = encodingFromName(wantedEncoding);
        if (!encoding)
            throw Error("The encoding " + wantedEncoding +
                        " is not known; give one such as UTF-8, cp1252 or ISO-8859-1.");
        if (*encoding != "UTF-8") {
            convert(0, *encoding);
            return result;
        }
    }
    result.encoding = "UTF-8";
    if (!isLargeUtf8(bytes.substr(result.skippedBytes))) {
        convert(result.skippedBytes, "CP1252");
        result.isGuess = true;
    }
    return result;
}

} // namespace cordon
