// What the columns of a delimited text hold: types from their values, places from their names.
#pragma once

#include "core/io/csv_tokenizer.h"
#include "core/model/feature_table.h"

#include <optional>
#include <string>
#include <vector>

namespace cordon {

// Looks at every value of a column in a first pass; a second pass then fills a column of the type found.
class CsvColumnType {
public:
    void look(std::string_view value, bool decimalCommas);
    void merge(const CsvColumnType& other); // as if its values had been looked at, too
    FieldType type() const;
    bool isNumber() const { return m_hasValue && (m_canInteger || m_canReal); }
    bool hasValue() const { return m_hasValue; }
    // "NA" is no value, but for a column of two-letter codes, where it is Namibia.
    bool naIsText() const { return m_hasValue && m_allTwoLetters; }

private:
    bool m_hasValue = false, m_canInteger = true, m_canReal = true, m_canBoolean = true, m_canTime = true;
    bool m_hasTimeOfDay = false, m_allTwoLetters = true;
};

// The rows of another column of the same type behind those of this one, which has `rows`.
void appendRows(Column& to, Column&& from, std::size_t rows, std::size_t added);

bool isNullText(std::string_view value);
std::string_view trimmedCell(std::string_view value);
std::optional<std::int64_t> integerFrom(std::string_view value);
// With a decimal comma if allowed. Codes with leading zeros ("04") are no numbers.
std::optional<double> realFrom(std::string_view value, bool decimalCommas);

struct PlaceColumns {
    enum class Kind { None, LatLon, XY, Wkt, Combined } kind = Kind::None;
    std::size_t first = 0, second = 0;                // latitude, longitude; y, x; or the one column
    std::optional<std::size_t> firstSide, secondSide; // columns with N/S and E/W
};

// By the usual English, French and Spanish names, with prefixes ("gps-point-Latitude", "_gps_latitude").
PlaceColumns findPlaceColumns(const std::vector<std::string>& names);

} // namespace cordon
