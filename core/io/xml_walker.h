// XML of office files, element by element. Internal to io.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace cordon {

using XmlAttributes = std::map<std::string, std::string, std::less<>>; // names without their prefix

struct XmlHandler {
    std::function<void(std::string_view name, const XmlAttributes& attributes)> start; // without its prefix
    std::function<void(std::string_view name)> end;
    std::function<void(std::string_view text)> text;
};

// `label` names the file. Throws Error where the XML is broken or declares entities, and what a handler throws.
void walkXml(std::string_view xml, const std::string& label, const XmlHandler& handler);

std::string attributeOf(const XmlAttributes& attributes, std::string_view name); // "" if absent

} // namespace cordon
