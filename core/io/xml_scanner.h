// XML in memory, tag by tag, without copies: GPX, KML and Cursor-on-Target. Entities a file defines itself are never
// expanded, nothing outside the file is ever opened, and a file that breaks off gives all that came before.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/read_job.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

std::string_view trimmedXml(std::string_view text);

class XmlScanner {
public:
    enum class Token { Start, End, Text, Done, Broken };

    // The text must be followed by at least one zero byte and stay there. `mayRepeat`: documents one after the other.
    explicit XmlScanner(std::string_view text, bool mayRepeat = false);

    // An empty element gives Start and End. Text of blanks only, comments and the like are passed over. Broken stays.
    Token next();

    std::string_view name() const { return m_name; }         // of Start and End, without its prefix
    std::string_view fullName() const { return m_fullName; } // with it
    std::string_view rawText() const { return m_text; }      // of Text: as in the file
    // Of Text: decoded and trimmed, valid UTF-8, in `scratch` if need be.
    std::string_view text(std::string& scratch) const { return trimmedXml(decoded(m_text, m_isVerbatim, scratch)); }

    // Of the Start just seen, as in the file (entities and all).
    std::optional<std::string_view> rawAttribute(std::string_view attributeName) const;
    std::string attribute(std::string_view attributeName) const; // decoded; "" if it is not there

    // After a Start: everything up to its End is passed over. False if the file ends before.
    bool skip();
    // After a Start: the trimmed text up to its End, decoded, valid UTF-8, in `scratch` if need be; texts of elements
    // inside are joined. nullopt if the file ends before.
    std::optional<std::string_view> readText(std::string& scratch);

    // After a Start: visit() is called after the Start of each element in it and reads up to that one's End, as skip()
    // and readText() do. False if visit() says so or the file ends before.
    template <class Visit> bool readChildren(Visit visit) {
        for (;;) {
            const Token token = next();
            if (token == Token::End)
                return true;
            if (token != Token::Text && (token != Token::Start || !visit()))
                return false;
        }
    }

    // After a Start: the same for the elements inside those as well, where visit() says to Enter one it has not read.
    enum class Visited { Read, Enter, Broken };
    template <class Visit> bool readInside(Visit visit) {
        return readChildren([&] {
            const Visited visited = visit();
            return visited == Visited::Enter ? readInside(visit) : visited == Visited::Read;
        });
    }
    static Visited readOrBroken(bool isRead) { return isRead ? Visited::Read : Visited::Broken; }

    std::size_t offset() const { return static_cast<std::size_t>(m_at - m_begin); }
    std::size_t line() const; // counted when asked for
    const char* problem() const { return m_problem; }
    bool sawBadText() const { return m_sawBadText; }     // not UTF-8; it was taken as cp1252
    bool sawEntities() const { return m_sawEntities; }   // of its own
    bool sawReference() const { return m_sawReference; } // to a document type elsewhere

private:
    Token readStart();
    Token readEnd();
    Token atEnd();
    Token fail(const char* problem);
    bool readDeclaration(); // comment, CDATA or DOCTYPE; true if it gave text
    bool skipPast(std::string_view mark);
    std::string_view decoded(std::string_view raw, bool isVerbatim, std::string& scratch) const;

    const char* m_begin;
    const char* m_at;
    const char* m_end;
    std::vector<std::string_view> m_open;
    std::string_view m_name, m_fullName, m_text, m_attributes;
    bool m_isVerbatim = false;     // the text is CDATA
    bool m_isEmptyElement = false; // its End comes next
    bool m_sawRoot = false;
    bool m_mayRepeat = false;
    const char* m_problem = nullptr;
    bool m_sawEntities = false, m_sawReference = false;
    mutable bool m_sawBadText = false;
};

// The characters of an XML file, in UTF-8 unless it says nothing else and is wrong (readText() sees to that).
struct XmlText {
    std::string_view view;
    FileBytes converted;
    std::string encoding;
};
XmlText decodeXml(const FileBytes& bytes, const std::string& label, ReadJob& job);

// What the scanner met on its way: a break (throws Error if nothing was read before it), entities that were not
// expanded, texts in another encoding.
void reportXmlProblems(const XmlScanner& xml, const std::string& path, bool isEmpty, ReadJob& job);

// Entities to characters; those a file defines itself stay as they are written.
void appendXmlDecoded(std::string& out, std::string_view raw);

} // namespace cordon
