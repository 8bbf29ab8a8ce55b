#include "core/io/xml_scanner.h"

#include "core/io/encoding.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace cordon {

namespace {

// No map is nested deeper; what is wants to exhaust the stack of its readers.
constexpr std::size_t kMostDepth = 256;

bool isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\0';
}

bool endsName(char c) {
    return isBlank(c) || c == '>' || c == '/' || c == '=' || c == '<' || c == '"' || c == '\'';
}

std::string_view withoutPrefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void appendCodePoint(std::string& out, std::uint32_t c) {
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
    } else {
        if (c < 0x10000) {
            out += static_cast<char>(0xE0 | (c >> 12));
        } else {
            out += static_cast<char>(0xF0 | (c >> 18));
            out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        }
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    }
    out += static_cast<char>(0x80 | (c & 0x3F));
}

// "&#233;" without its marks; false if it is none that everybody knows.
bool appendEntity(std::string& out, std::string_view name) {
    if (name.starts_with('#')) {
        const bool isHex = name.starts_with("#x") || name.starts_with("#X");
        const std::string_view digits = name.substr(isHex ? 2 : 1);
        std::uint32_t code = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, isHex ? 16 : 10);
        if (error != std::errc{} || end != digits.data() + digits.size())
            return false;
        appendCodePoint(out, code);
        return true;
    }
    constexpr std::pair<std::string_view, char> kKnown[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [known, character] : kKnown)
        if (name == known) {
            out += character;
            return true;
        }
    return false;
}

// memchr() for what is usually near: a call costs more than the dozen characters of a value.
const char* findNear(const char* at, const char* end, char wanted) {
    for (const char* const nearEnd = std::min(at + 24, end); at < nearEnd; ++at)
        if (*at == wanted)
            return at;
    return at < end ? static_cast<const char*>(std::memchr(at, wanted, static_cast<std::size_t>(end - at))) : nullptr;
}

// The encoding that "<?xml version=... encoding=...?>" names; "" if none.
std::string declaredEncoding(std::string_view begin) {
    begin = begin.substr(0, std::min<std::size_t>(begin.find("?>"), 300));
    const std::size_t at = begin.find("encoding");
    if (!begin.starts_with("<?xml") || at == std::string_view::npos)
        return {};
    const std::size_t open = begin.find_first_of("\"'", at);
    const std::size_t close = open == std::string_view::npos ? open : begin.find(begin[open], open + 1);
    return close == std::string_view::npos ? std::string() : std::string(begin.substr(open + 1, close - open - 1));
}

} // namespace

std::string_view trimmedXml(std::string_view text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

void appendXmlDecoded(std::string& out, std::string_view raw) {
    constexpr std::size_t kLongestEntity = 10;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t mark = std::min(raw.find('&', at), raw.size());
        out.append(raw.substr(at, mark - at));
        at = mark;
        if (at == raw.size())
            break;
        const std::size_t end = raw.substr(at, kLongestEntity + 2).find(';');
        if (end != std::string_view::npos && appendEntity(out, raw.substr(at + 1, end - 1)))
            at += end + 1;
        else
            out += raw[at++];
    }
}

XmlScanner::XmlScanner(std::string_view text, bool mayRepeat)
    : m_begin(text.data()), m_at(text.data()), m_end(text.data() + text.size()), m_mayRepeat(mayRepeat) {
    if (text.starts_with("\xEF\xBB\xBF"))
        m_at += 3;
}

XmlScanner::Token XmlScanner::fail(const char* problem) {
    if (!m_problem)
        m_problem = problem;
    return Token::Broken;
}

XmlScanner::Token XmlScanner::atEnd() {
    if (!m_open.empty())
        return fail("it ends in the middle");
    return m_sawRoot ? Token::Done : fail("it holds no XML");
}

bool XmlScanner::skipPast(std::string_view mark) {
    const std::string_view rest(m_at, static_cast<std::size_t>(m_end - m_at));
    const std::size_t found = rest.find(mark);
    m_at = found == std::string_view::npos ? m_end : m_at + found + mark.size();
    return found != std::string_view::npos;
}

bool XmlScanner::readDeclaration() {
    const std::string_view rest(m_at, static_cast<std::size_t>(m_end - m_at));
    if (rest.starts_with("<!--")) {
        m_at += 4;
        if (!skipPast("-->"))
            fail("a comment in it never ends");
        return false;
    }
    if (rest.starts_with("<![CDATA[")) {
        m_at += 9;
        const char* const begin = m_at;
        if (!skipPast("]]>")) {
            fail("it ends in the middle");
            return false;
        }
        m_text = {begin, static_cast<std::size_t>(m_at - 3 - begin)};
        m_isVerbatim = true;
        return !m_open.empty();
    }
    // A document type: its own entities in brackets are passed over, so that none can be used.
    m_sawReference |= rest.substr(0, rest.find_first_of("[>")).find_first_of("\"'") != std::string_view::npos;
    int depth = 0;
    for (; m_at < m_end; ++m_at) {
        if (*m_at == '"' || *m_at == '\'') {
            const void* const close = std::memchr(m_at + 1, *m_at, static_cast<std::size_t>(m_end - m_at - 1));
            if (!close)
                break;
            m_at = static_cast<const char*>(close);
        } else if (*m_at == '<') {
            ++depth;
            constexpr std::string_view kEntity = "<!ENTITY";
            m_sawEntities |= std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with(kEntity);
        } else if (*m_at == '>' && --depth == 0) {
            ++m_at;
            return false;
        }
    }
    m_at = m_end;
    fail("its document type never ends");
    return false;
}

XmlScanner::Token XmlScanner::readEnd() {
    const char* const begin = m_at + 2;
    const char* const close = findNear(begin, m_end, '>');
    if (!close)
        return fail("it ends in the middle");
    m_fullName = trimmedXml({begin, static_cast<std::size_t>(close - begin)});
    if (m_open.empty() || m_open.back() != m_fullName)
        return fail("its tags do not match");
    m_name = withoutPrefix(m_fullName);
    m_open.pop_back();
    m_at = close + 1;
    return Token::End;
}

XmlScanner::Token XmlScanner::readStart() {
    if (m_open.empty() && m_sawRoot && !m_mayRepeat)
        return fail("something follows its end");
    const char* const begin = m_at + 1;
    const char* at = begin;
    while (!endsName(*at)) // a zero byte follows the text
        ++at;
    if (at == begin)
        return fail("a \"<\" in it begins no tag");
    const char* const nameEnd = at;
    while (at < m_end && *at != '>') {
        if (*at == '<')
            return fail("a tag in it never ends");
        if (*at == '"' || *at == '\'') {
            const char* const close = findNear(at + 1, m_end, *at);
            if (!close)
                return fail("it ends in the middle");
            at = close;
        }
        ++at;
    }
    if (at >= m_end)
        return fail("it ends in the middle");
    if (m_open.size() >= kMostDepth)
        return fail("its tags are nested too deeply");
    m_fullName = {begin, static_cast<std::size_t>(nameEnd - begin)};
    m_name = withoutPrefix(m_fullName);
    m_isEmptyElement = at[-1] == '/';
    m_attributes = {nameEnd, static_cast<std::size_t>(at - nameEnd)};
    m_at = at + 1;
    m_sawRoot = true;
    m_open.push_back(m_fullName);
    return Token::Start;
}

XmlScanner::Token XmlScanner::next() {
    if (m_isEmptyElement) {
        m_isEmptyElement = false;
        m_open.pop_back();
        return Token::End;
    }
    while (!m_problem) {
        if (m_at >= m_end)
            return atEnd();
        if (*m_at != '<') {
            const char* const tag = findNear(m_at, m_end, '<');
            const char* const end = tag ? tag : m_end;
            m_text = {m_at, static_cast<std::size_t>(end - m_at)};
            m_isVerbatim = false;
            const bool isText = !std::all_of(m_text.begin(), m_text.end(), isBlank);
            if (isText && m_open.empty())
                return fail(m_sawRoot ? "something follows its end" : "it does not begin as XML");
            m_at = end;
            if (isText)
                return Token::Text;
            continue;
        }
        if (m_at[1] == '/')
            return readEnd();
        if (m_at[1] == '!') {
            if (readDeclaration())
                return Token::Text;
        } else if (m_at[1] == '?') {
            if (!skipPast("?>"))
                fail("it ends in the middle");
        } else {
            return readStart();
        }
    }
    return Token::Broken;
}

std::optional<std::string_view> XmlScanner::rawAttribute(std::string_view attributeName) const {
    const char* at = m_attributes.data();
    const char* const end = at + m_attributes.size();
    while (at < end) {
        while (at < end && endsName(*at))
            ++at;
        const char* const begin = at;
        while (at < end && !endsName(*at))
            ++at;
        const std::string_view found(begin, static_cast<std::size_t>(at - begin));
        while (at < end && *at != '"' && *at != '\'')
            ++at;
        if (at >= end)
            break;
        const char* const close = findNear(at + 1, end, *at);
        if (!close)
            break;
        if (found == attributeName)
            return std::string_view(at + 1, static_cast<std::size_t>(close - at - 1));
        at = close + 1;
    }
    return std::nullopt;
}

std::string XmlScanner::attribute(std::string_view attributeName) const {
    std::string scratch;
    const auto raw = rawAttribute(attributeName);
    return raw ? std::string(trimmedXml(decoded(*raw, false, scratch))) : std::string();
}

bool XmlScanner::skip() {
    const std::size_t depth = m_open.size();
    for (;;) {
        const Token token = next();
        if (token == Token::End && m_open.size() < depth)
            return true;
        if (token == Token::Broken || token == Token::Done)
            return false;
    }
}

std::string_view XmlScanner::decoded(std::string_view raw, bool isVerbatim, std::string& scratch) const {
    const bool isPlain = isVerbatim || raw.find('&') == std::string_view::npos;
    const bool isUtf8Text = isAscii(raw) || isUtf8(raw);
    const bool hasZero = raw.find('\0') != std::string_view::npos;
    if (isPlain && isUtf8Text && !hasZero)
        return raw;
    std::string text(raw);
    if (!isUtf8Text) {
        bool isExact = true;
        text = toUtf8(raw, "CP1252", isExact);
        m_sawBadText = true;
    }
    if (hasZero)
        std::erase(text, '\0');
    scratch.clear();
    if (isVerbatim)
        scratch = std::move(text);
    else
        appendXmlDecoded(scratch, text);
    return scratch;
}

std::optional<std::string_view> XmlScanner::readText(std::string& scratch) {
    const std::size_t depth = m_open.size();
    std::string_view single;
    std::string joined, part;
    std::size_t texts = 0;
    for (;;) {
        const Token token = next();
        if (token == Token::Broken || token == Token::Done)
            return std::nullopt;
        if (token == Token::End && m_open.size() < depth)
            break;
        if (token != Token::Text)
            continue;
        if (texts++ == 0) {
            single = decoded(m_text, m_isVerbatim, scratch);
            continue;
        }
        if (texts == 2)
            joined = single;
        joined += decoded(m_text, m_isVerbatim, part);
    }
    if (texts > 1) {
        scratch = std::move(joined);
        single = scratch;
    }
    return trimmedXml(single);
}

std::size_t XmlScanner::line() const {
    return 1 + static_cast<std::size_t>(std::count(m_begin, std::min(m_at, m_end), '\n'));
}

void reportXmlProblems(const XmlScanner& xml, const std::string& path, bool isEmpty, ReadJob& job) {
    if (xml.problem()) {
        const std::string where =
            "it is broken at line " + std::to_string(xml.line()) + " (" + std::string(xml.problem()) + ")";
        if (isEmpty)
            throw Error("Cannot read " + path + ": " + where + "; ask for a whole copy.");
        job.warn(path + ": " + where + "; what comes before was taken, the rest is missing.", true);
    }
    if (xml.sawEntities())
        job.warn(path + ": entities that it defines itself are not expanded; where they are used, their names (&name;) "
                        "stand in the text.",
                 true);
    if (xml.sawReference())
        job.warn(path + ": the document type it names is not looked up: nothing is opened because a file names it.");
    if (xml.sawBadText())
        job.warn(path + ": some of its texts are not in UTF-8, although it says so; they were read as cp1252 (Western "
                        "European).");
}

XmlText decodeXml(const FileBytes& bytes, const std::string& label, ReadJob& job) {
    using namespace std::string_view_literals;
    const std::string_view view = bytes.view();
    std::string wanted = job.options().encoding;
    if (wanted.empty() && view.starts_with("<\0?\0"sv))
        wanted = "UTF-16LE";
    else if (wanted.empty() && view.starts_with("\0<\0?"sv))
        wanted = "UTF-16BE";
    else if (wanted.empty() && !view.starts_with("\xFF\xFE"sv) && !view.starts_with("\xFE\xFF"sv)) {
        const std::string declared = declaredEncoding(view.starts_with("\xEF\xBB\xBF") ? view.substr(3) : view);
        const auto known = encodingFromName(declared);
        if (!declared.empty() && !known)
            job.warn(label + ": its encoding " + declared + " is not known; texts were read as UTF-8 or cp1252.");
        // Who says UTF-16 in single bytes was converted by a program that left the line as it was.
        const bool isUtf8Said = !known || *known == "UTF-8" || known->starts_with("UTF") || known->starts_with("UCS");
        if (isUtf8Said || isAscii(view))
            return {view, {}, "UTF-8"};
        wanted = *known;
    }
    DecodedText text = decodeText(view, wanted);
    if (!text.converted)
        return {view.substr(text.skippedBytes), {}, "UTF-8"};
    XmlText result;
    result.converted = FileBytes::own(std::move(*text.converted));
    result.view = result.converted.view();
    result.encoding = text.encoding;
    return result;
}

} // namespace cordon
