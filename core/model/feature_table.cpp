#include "core/model/feature_table.h"

#include "core/model/time.h"

#include <charconv>
#include <cmath>

namespace cordon {
namespace {

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lowered(a[i]) != lowered(b[i]))
            return false;
    return true;
}

std::string numberText(double value) {
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
    return error == std::errc{} ? std::string(buffer, end) : std::string();
}

std::string dateTimeText(const Column& column, std::size_t row) {
    const TimePoint t{std::chrono::milliseconds{column.integerAt(row)}};
    const std::int16_t offset = column.zoneOffsetMinutes.empty() ? std::int16_t{0} : column.zoneOffsetMinutes[row];
    if (offset == 0)
        return formatIso(t);
    std::string text = formatIso(t + std::chrono::minutes{offset == Column::kNoZone ? 0 : offset});
    text.pop_back(); // Z
    if (offset == Column::kNoZone)
        return text;
    char zone[8];
    const int minutes = std::abs(int{offset});
    std::snprintf(zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
    return text + zone;
}

} // namespace

GeometryClass FeatureTable::geometryClass() const {
    bool points = false, lines = false, polygons = false;
    for (const PartRole role : geometry.partRole) {
        points |= role == PartRole::Points;
        lines |= role == PartRole::Line;
        polygons |= role == PartRole::OuterRing;
        if (points + lines + polygons > 1)
            return GeometryClass::Mixed;
    }
    return points     ? GeometryClass::Points
           : lines    ? GeometryClass::Lines
           : polygons ? GeometryClass::Polygons
                      : GeometryClass::None;
}

const Column* FeatureTable::findColumn(std::string_view wanted) const {
    for (const Column& column : columns)
        if (column.name == wanted)
            return &column;
    for (const Column& column : columns)
        if (equalIgnoringCase(column.name, wanted))
            return &column;
    return nullptr;
}

std::string FeatureTable::valueAsText(const Column& column, std::size_t row) const {
    if (column.isNull(row))
        return {};
    switch (column.type) {
    case FieldType::Integer:
        return std::to_string(column.integerAt(row));
    case FieldType::Real:
        return numberText(column.realAt(row));
    case FieldType::Text:
        return std::string(column.textAt(row));
    case FieldType::Date:
        return formatIsoDate(TimePoint{std::chrono::days{column.integerAt(row)}});
    case FieldType::DateTime:
        return dateTimeText(column, row);
    case FieldType::Boolean:
        return column.integerAt(row) ? "true" : "false";
    }
    return {};
}

std::optional<double> FeatureTable::valueAsNumber(const Column& column, std::size_t row) {
    if (column.isNull(row))
        return std::nullopt;
    switch (column.type) {
    case FieldType::Integer:
    case FieldType::Boolean:
        return static_cast<double>(column.integerAt(row));
    case FieldType::Real:
        return column.realAt(row);
    case FieldType::Text: {
        const std::string_view text = column.textAt(row);
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size() && !text.empty())
            return value;
        return std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

namespace {

GeoBox boxOfVertices(const GeometryColumn& g, std::uint32_t feature) {
    GeoBox box;
    for (std::uint32_t i = g.partStart[g.featureStart[feature]]; i < g.partStart[g.featureStart[feature + 1]]; ++i)
        box.include(g.coordinates[i]);
    return box;
}

} // namespace

GeoBox FeatureTable::boxOf(std::uint32_t feature) const {
    return boxes.empty() ? boxOfVertices(geometry, feature) : boxes[feature];
}

void finishTable(FeatureTable& table) {
    const GeometryColumn& g = table.geometry;
    table.featureCount = g.featureCount();
    table.boxes.clear();
    table.extent = {};
    const bool areKept = g.coordinates.size() > table.featureCount; // a box is larger than a point
    table.boxes.reserve(areKept ? table.featureCount : 0);
    for (std::uint32_t f = 0; f < table.featureCount; ++f) {
        const GeoBox box = boxOfVertices(g, f);
        if (areKept)
            table.boxes.push_back(box);
        if (!box.isEmpty())
            table.extent.include(static_cast<const BasicBox<double>&>(box));
    }
}

} // namespace cordon
