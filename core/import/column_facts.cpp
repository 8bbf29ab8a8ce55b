#include "core/import/column_facts.h"

#include "core/import/time_text.h"
#include "core/io/coordinate_text.h"
#include "core/io/csv_columns.h"
#include "core/io/delimited_text.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kSampleRows = 400;
constexpr std::size_t kMostDistinct = 40;

bool isMgrs(std::string_view text) {
    std::string compact;
    for (const char c : text)
        if (c != ' ')
            compact += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::size_t i = 0;
    while (i < compact.size() && i < 2 && std::isdigit(static_cast<unsigned char>(compact[i])))
        ++i;
    if (i == 0 || compact.size() < i + 3 || compact.size() > i + 13)
        return false;
    const auto isLetter = [&](std::size_t k) { return compact[k] >= 'A' && compact[k] <= 'Z'; };
    return isLetter(i) && isLetter(i + 1) && isLetter(i + 2) && (compact.size() - i - 3) % 2 == 0 &&
           std::all_of(compact.begin() + static_cast<std::ptrdiff_t>(i) + 3, compact.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

// The word before the first bracket, in capitals, without "SRID=4326;" and "MULTI": "POLYGON", "LINESTRING Z".
std::string wktKind(std::string_view text) {
    text = text.substr(0, text.find('('));
    if (const std::size_t srid = text.find(';'); srid != std::string_view::npos)
        text.remove_prefix(srid + 1);
    std::string kind;
    for (const char c : text.substr(0, 40))
        kind += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return kind.starts_with("MULTI") ? kind.substr(5) : kind;
}

bool isWkt(std::string_view text, ColumnFacts& facts) {
    const std::string kind = wktKind(text);
    const bool isLine = kind.starts_with("LINESTRING"), isArea = kind.starts_with("POLYGON");
    facts.wktLines += isLine;
    facts.wktAreas += isArea;
    return isLine || isArea || kind.starts_with("POINT") || kind.starts_with("GEOMETRYCOLLECTION");
}

// ODK: places of two to four numbers, parted by semicolons.
bool isTrace(std::string_view text, bool& isClosed) {
    const std::vector<std::string> places = splitText(text, ';');
    if (places.size() < 2)
        return false;
    isClosed = places.size() > 3 && places.front() == places.back();
    return std::all_of(places.begin(), places.end(), [](const std::string& place) {
        return place.find(' ') != std::string::npos && parseLatLon(place).has_value();
    });
}

// "ML0101", "HT0811-07": letters of a country and digits.
bool isCode(std::string_view text) {
    std::size_t letters = 0, digits = 0;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z' && digits == 0)
            ++letters;
        else if (c >= '0' && c <= '9')
            ++digits;
        else if (c != '-')
            return false;
    }
    return letters >= 2 && letters <= 3 && digits >= 2;
}

void lookAtText(std::string_view text, ColumnFacts& facts) {
    bool isClosed = false;
    if (isWkt(text, facts)) {
        ++facts.wkts;
    } else if (isMgrs(text)) {
        ++facts.mgrs;
    } else if (text.find(';') != std::string_view::npos && isTrace(text, isClosed)) {
        ++facts.traces;
        facts.closedTraces += isClosed;
    } else if (isCode(text)) {
        ++facts.codes;
    } else if (readTime(text)) {
        ++facts.times;
    } else if (parseDegrees(text, Axis::Latitude)) {
        ++facts.latitudes;
    } else if (parseDegrees(text, Axis::Longitude)) {
        ++facts.longitudes;
    } else if (parseLatLon(text)) {
        ++facts.pairs;
    }
}

} // namespace

ColumnFacts factsOf(const SourceTable& table, std::size_t column) {
    ColumnFacts facts;
    const std::size_t rows = table.rowCount(), step = std::max<std::size_t>(1, rows / kSampleRows);
    bool isDistinct = true;
    for (std::size_t row = 0; row < rows; row += step) {
        const std::string text = table.cell(column, row);
        ++facts.looked;
        if (isNullText(text))
            continue;
        if (isDistinct && ++facts.values[text] == 1 && facts.values.size() > kMostDistinct) {
            facts.values.clear();
            isDistinct = false;
        }
        const auto number = realFrom(text, true);
        if (number && std::isfinite(*number)) {
            facts.least = facts.numbers == 0 ? *number : std::min(facts.least, *number);
            facts.most = facts.numbers == 0 ? *number : std::max(facts.most, *number);
            facts.fractions += text.find_first_of(".,") != std::string::npos;
            ++facts.numbers;
        } else {
            lookAtText(text, facts);
        }
        ++facts.filled;
    }
    return facts;
}

} // namespace cordon
