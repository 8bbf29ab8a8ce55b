// Text in the encodings of old files, to UTF-8. No mojibake: what is declared is believed only if the bytes agree.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cordon {

bool isUtf8(std::string_view bytes);
bool isAscii(std::string_view bytes);

// Drops a character that was cut in two at the end, as fixed-width fields do. The rest is not looked at.
std::string_view withoutCutCharacter(std::string_view utf8);

// "cp1252", "ISO-8859-1", "1252", "LDID/87", "ANSI 1252", "Big5" ... to the name iconv knows; nullopt if it is none.
std::optional<std::string> encodingFromName(std::string_view name);

// The language driver byte of a .dbf header; nullopt for 0 and for those nobody knows.
std::optional<std::string> encodingFromDbfLanguage(unsigned char languageDriver);

// Bytes that mean nothing in the encoding become U+FFFD; `isExact` is then set to false.
std::string toUtf8(std::string_view bytes, const std::string& encoding, bool& isExact);

// For whole text files: UTF-8 with or without byte order mark, UTF-16 and UTF-32 with one, else cp1252.
struct DecodedText {
    std::optional<std::string> converted; // nullopt: the bytes are UTF-8 already, from skippedBytes on
    std::size_t skippedBytes = 0;         // the byte order mark
    std::string encoding;
    bool isGuess = false; // nothing said so, the bytes are just not UTF-8
};
DecodedText decodeText(std::string_view bytes, const std::string& wantedEncoding);

} // namespace cordon
