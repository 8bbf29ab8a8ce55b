// The scanner of XML against expat: what expat takes as well-formed UTF-8, the scanner takes too, with the same
// elements.
#include "core/io/encoding.h"
#include "core/io/xml_scanner.h"

#include <cstdint>
#include <cstdlib>
#include <expat.h>
#include <memory>

namespace {

struct Seen {
    std::string names;
    int depth = 0, deepest = 0;
    bool hasDocumentType = false;
};

void XMLCALL onStart(void* user, const XML_Char* name, const XML_Char**) {
    auto& seen = *static_cast<Seen*>(user);
    seen.names += std::string("<") + name;
    seen.deepest = std::max(seen.deepest, ++seen.depth);
}

void XMLCALL onEnd(void* user, const XML_Char*) {
    auto& seen = *static_cast<Seen*>(user);
    seen.names += '>';
    --seen.depth;
}

void XMLCALL onDocumentType(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Seen*>(user)->hasDocumentType = true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const cordon::FileBytes bytes = cordon::FileBytes::own(std::string(reinterpret_cast<const char*>(data), size));
    cordon::XmlScanner scanner(bytes.view());
    std::string names;
    using Token = cordon::XmlScanner::Token;
    Token token;
    while ((token = scanner.next()) != Token::Done && token != Token::Broken) {
        if (token == Token::Start)
            names += "<" + std::string(scanner.fullName());
        else if (token == Token::End)
            names += '>';
    }
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate("UTF-8"),
                                                                              &XML_ParserFree);
    Seen seen;
    XML_SetUserData(parser.get(), &seen);
    XML_SetElementHandler(parser.get(), onStart, onEnd);
    XML_SetStartDoctypeDeclHandler(parser.get(), onDocumentType);
    const bool isWellFormed =
        XML_Parse(parser.get(), reinterpret_cast<const char*>(data), static_cast<int>(size), 1) == XML_STATUS_OK;
    if (isWellFormed && !seen.hasDocumentType && seen.deepest < 200 && (token != Token::Done || names != seen.names))
        std::abort();
    return 0;
}
