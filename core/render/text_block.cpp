#include "core/render/text_block.h"

#include "core/render/text.h"

#include <algorithm>
#include <string_view>

namespace cordon {

namespace {

constexpr const char* kEllipsis = "…";

float widthOf(const std::string& utf8, const TextStyle& style) {
    return measureText(utf8, style.sizePx, style.bold, style.italic).advancePx;
}

// Byte length of the code point at `at`; a stray byte counts as one.
std::size_t codePointLength(std::string_view text, std::size_t at) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U)
        ++length;
    return length;
}

// The longest beginning of `text` (whole code points, at least one) that is no wider than `widthPx`.
std::size_t fittingLength(const std::string& text, const TextStyle& style, float widthPx) {
    std::vector<std::size_t> ends;
    for (std::size_t at = 0; at < text.size(); at += codePointLength(text, at))
        ends.push_back(at + codePointLength(text, at));
    const auto fits = [&](std::size_t end) { return widthOf(text.substr(0, end), style) <= widthPx; };
    const auto firstTooLong = std::partition_point(ends.begin(), ends.end(), fits);
    return firstTooLong == ends.begin() ? ends.front() : *(firstTooLong - 1);
}

std::vector<std::string> splitAt(const std::string& text, char separator) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        pieces.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos)
            return pieces;
        begin = end + 1;
    }
}

// Appends lines until the paragraph or `maxLines` is at its end.
void wrapParagraph(const std::string& paragraph, const TextStyle& style, float widthPx, std::size_t maxLines,
                   std::vector<std::string>& out) {
    if (!paragraph.empty() && paragraph.find("  ") == std::string::npos && widthOf(paragraph, style) <= widthPx) {
        out.push_back(paragraph); // the usual case, measured once
        return;
    }
    std::string line;
    for (std::string word : splitAt(paragraph, ' ')) {
        if (word.empty())
            continue;
        if (out.size() >= maxLines)
            return;
        const std::string longer = line.empty() ? word : line + " " + word;
        if (widthOf(longer, style) <= widthPx) {
            line = longer;
            continue;
        }
        if (!line.empty())
            out.push_back(line);
        while (widthOf(word, style) > widthPx) {
            const std::size_t length = fittingLength(word, style, widthPx);
            if (length >= word.size())
                break;
            out.push_back(word.substr(0, length));
            word.erase(0, length);
        }
        line = word;
    }
    if (!line.empty())
        out.push_back(line);
}

// Carriage returns and tabs of a text somebody typed are blanks; blanks at the ends are none.
std::string tidied(std::string text) {
    std::replace(text.begin(), text.end(), '\r', ' ');
    std::replace(text.begin(), text.end(), '\t', ' ');
    const auto first = text.find_first_not_of(" \n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

} // namespace

std::string cutText(const std::string& utf8, const TextStyle& style, float widthPx) {
    if (widthOf(utf8, style) <= widthPx)
        return utf8;
    std::string kept = utf8.substr(0, fittingLength(utf8, style, widthPx - widthOf(kEllipsis, style)));
    while (!kept.empty() && (kept.back() == ' ' || kept.back() == ',' || kept.back() == ';'))
        kept.pop_back();
    return kept + kEllipsis;
}

TextBlock wrapText(const std::string& utf8, const TextStyle& style, float widthPx, int maxLines) {
    TextBlock block{{}, style, 0, 0, false};
    const std::string text = tidied(utf8);
    if (text.empty() || maxLines <= 0 || widthPx <= 0)
        return block;
    // One line more than wanted tells that there is more.
    const auto enoughLines = static_cast<std::size_t>(maxLines) + 1;
    for (const std::string& paragraph : splitAt(text, '\n'))
        wrapParagraph(paragraph, style, widthPx, enoughLines, block.lines);
    if (block.lines.size() >= enoughLines) {
        const auto last = static_cast<std::size_t>(maxLines) - 1;
        // The next line is joined on so that the cut falls where the line is full.
        block.lines[last] = cutText(block.lines[last] + " " + block.lines[last + 1] + " " + kEllipsis, style, widthPx);
        block.lines.resize(last + 1);
        block.isCut = true;
    }
    for (const std::string& line : block.lines)
        block.widthPx = std::max(block.widthPx, widthOf(line, style));
    block.heightPx = static_cast<float>(block.lines.size()) * style.sizePx * style.leading;
    return block;
}

TextBlock fitText(const std::string& utf8, TextStyle style, float widthPx, int maxLines, float minSizePx) {
    while (true) {
        TextBlock block = wrapText(utf8, style, widthPx, maxLines);
        if (!block.isCut || style.sizePx <= minSizePx)
            return block;
        style.sizePx = std::max(minSizePx, style.sizePx * 0.95F);
    }
}

void appendTextBlock(DisplayList& list, const TextBlock& block, float x, float top, TextAlign align) {
    const TextStyle& style = block.style;
    const TextExtent font = measureText("x", style.sizePx, style.bold, style.italic);
    const float lineHeight = style.sizePx * style.leading;
    float baseline = top + (lineHeight - font.ascentPx - font.descentPx) / 2 + font.ascentPx;
    for (const std::string& line : block.lines) {
        const float width = widthOf(line, style);
        const float left = align == TextAlign::Left ? x : align == TextAlign::Center ? x - width / 2 : x - width;
        Text text;
        text.utf8 = line;
        text.at = {left, baseline};
        text.sizePx = style.sizePx;
        text.widthPx = width;
        text.bold = style.bold;
        text.italic = style.italic;
        text.color = style.color;
        list.texts.push_back(text);
        baseline += lineHeight;
    }
}

void appendLabel(DisplayList& list, const std::string& utf8, const TextStyle& style, float x, float middleY,
                 TextAlign align) {
    if (utf8.empty())
        return;
    const TextExtent font = measureText(utf8, style.sizePx, style.bold, style.italic);
    const float left = align == TextAlign::Left     ? x
                       : align == TextAlign::Center ? x - font.advancePx / 2
                                                    : x - font.advancePx;
    Text text;
    text.utf8 = utf8;
    text.at = {left, middleY + font.capHeightPx / 2};
    text.sizePx = style.sizePx;
    text.widthPx = font.advancePx;
    text.bold = style.bold;
    text.italic = style.italic;
    text.color = style.color;
    list.texts.push_back(text);
}

} // namespace cordon
