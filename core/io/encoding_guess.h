// Which old encoding a text without any mark is in, judged by what its bytes would spell.
#pragma once

#include <string>
#include <string_view>

namespace cordon {

// For text that is not UTF-8: "UTF-16LE", "UTF-16BE", "CP1252", "CP1256" (Arabic), "MACINTOSH" or "CP850", as
// decodeText() takes them. "CP1252" where the bytes do not speak for another.
std::string guessEncoding(std::string_view bytes);

} // namespace cordon
