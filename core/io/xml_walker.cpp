#include "core/io/xml_walker.h"

#include "core/error.h"

#include <algorithm>
#include <exception>
#include <expat.h>
#include <memory>
#include <type_traits>

namespace cordon {

namespace {

struct Walk {
    const XmlHandler& handler;
    XML_Parser parser = nullptr;
    std::exception_ptr thrown; // expat is C: nothing may fly through it
    bool hasDoctype = false;

    template <class Call> void guarded(Call call) {
        if (thrown)
            return;
        try {
            call();
        } catch (...) {
            thrown = std::current_exception();
            XML_StopParser(parser, XML_FALSE);
        }
    }
};

std::string_view withoutPrefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void onStart(void* data, const XML_Char* name, const XML_Char** attributes) {
    auto& walk = *static_cast<Walk*>(data);
    walk.guarded([&] {
        XmlAttributes all;
        for (; *attributes; attributes += 2)
            all.emplace(withoutPrefix(attributes[0]), attributes[1]);
        walk.handler.start(withoutPrefix(name), all);
    });
}

void onEnd(void* data, const XML_Char* name) {
    auto& walk = *static_cast<Walk*>(data);
    walk.guarded([&] { walk.handler.end(withoutPrefix(name)); });
}

void onText(void* data, const XML_Char* text, int length) {
    auto& walk = *static_cast<Walk*>(data);
    walk.guarded([&] { walk.handler.text({text, static_cast<std::size_t>(length)}); });
}

// Office files have none; entities come with it.
void onDoctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    auto& walk = *static_cast<Walk*>(data);
    walk.hasDoctype = true;
    XML_StopParser(walk.parser, XML_FALSE);
}

} // namespace

std::string attributeOf(const XmlAttributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

void walkXml(std::string_view xml, const std::string& label, const XmlHandler& handler) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate(nullptr), &XML_ParserFree);
    Walk walk{handler, parser.get(), {}, false};
    XML_SetUserData(parser.get(), &walk);
    XML_SetElementHandler(parser.get(), onStart, onEnd);
    XML_SetCharacterDataHandler(parser.get(), onText);
    XML_SetStartDoctypeDeclHandler(parser.get(), onDoctype);
    constexpr std::size_t kStep = std::size_t{1} << 20;
    bool isGood = true;
    for (std::size_t at = 0; isGood && (at < xml.size() || at == 0); at += kStep) {
        const std::string_view piece = xml.substr(at, kStep);
        isGood = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), at + kStep >= xml.size()) !=
                 XML_STATUS_ERROR;
    }
    if (walk.thrown)
        std::rethrow_exception(walk.thrown);
    if (walk.hasDoctype)
        throw Error("Cannot read " + label + ": it declares entities, which no spreadsheet does; do not trust it.");
    if (!isGood)
        throw Error("Cannot read " + label + ": it is damaged (line " +
                    std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " +
                    XML_ErrorString(XML_GetErrorCode(parser.get())) + "); ask for a whole copy.");
}

} // namespace cordon
