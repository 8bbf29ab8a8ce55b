#include "core/io/gdal_columns.h"

#include "core/io/encoding.h"

#include <chrono>
#include <cmath>
#include <cpl_conv.h>
#include <ogr_feature.h>

namespace cordon {

namespace {

FieldType typeOf(const OGRFieldDefn& definition) {
    switch (definition.GetType()) {
    case OFTInteger:
        return definition.GetSubType() == OFSTBoolean ? FieldType::Boolean : FieldType::Integer;
    case OFTInteger64:
        return FieldType::Integer;
    case OFTReal:
        return FieldType::Real;
    case OFTDate:
        return FieldType::Date;
    case OFTDateTime:
        return FieldType::DateTime;
    default:
        return FieldType::Text;
    }
}

} // namespace

GdalColumns::GdalColumns(OGRFeatureDefn& definition, const ReadJob& job) {
    for (int i = 0; i < definition.GetFieldCount(); ++i) {
        const OGRFieldDefn& field = *definition.GetFieldDefn(i);
        if (!job.wantsColumn(field.GetNameRef()))
            continue;
        if (field.GetType() == OFTBinary) {
            m_unreadable.emplace_back(field.GetNameRef());
            continue;
        }
        Column column;
        column.name = field.GetNameRef();
        column.type = typeOf(field);
        if (column.type == FieldType::Real)
            column.values.emplace<std::vector<double>>();
        else if (column.type == FieldType::Text)
            column.values.emplace<TextValues>();
        m_fields.push_back({i, std::move(column)});
    }
}

void GdalColumns::appendNull(Field& field) {
    Column& c = field.column;
    c.isNullAt.resize(m_rows, 0);
    c.isNullAt.push_back(1);
    if (auto* integers = std::get_if<std::vector<std::int64_t>>(&c.values))
        integers->push_back(0);
    else if (auto* reals = std::get_if<std::vector<double>>(&c.values))
        reals->push_back(0);
    else
        std::get<TextValues>(c.values).append({});
    if (c.type == FieldType::DateTime)
        c.zoneOffsetMinutes.push_back(Column::kNoZone);
}

bool GdalColumns::appendTime(Field& field, OGRFeature& feature) {
    using namespace std::chrono;
    int y = 0, m = 0, d = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if (!feature.GetFieldAsDateTime(field.index, &y, &m, &d, &hour, &minute, &second, &zone))
        return false;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return false;
    auto& values = std::get<std::vector<std::int64_t>>(field.column.values);
    const auto day = sys_days{date};
    if (field.column.type == FieldType::Date) {
        values.push_back(day.time_since_epoch().count());
        return true;
    }
    // OGR: 0 unknown, 1 local, 100 UTC, then quarters of an hour east of it.
    const int offsetMinutes = zone > 1 ? (zone - 100) * 15 : 0;
    const auto time = time_point_cast<milliseconds>(day) + hours{hour} + minutes{minute} - minutes{offsetMinutes} +
                      milliseconds{std::llround(static_cast<double>(second) * 1000)};
    values.push_back(time.time_since_epoch().count());
    field.column.zoneOffsetMinutes.push_back(zone > 1 ? static_cast<std::int16_t>(offsetMinutes) : Column::kNoZone);
    return true;
}

void GdalColumns::appendValue(Field& field, OGRFeature& feature) {
    Column& c = field.column;
    switch (c.type) {
    case FieldType::Integer:
        std::get<std::vector<std::int64_t>>(c.values).push_back(feature.GetFieldAsInteger64(field.index));
        break;
    case FieldType::Boolean:
        std::get<std::vector<std::int64_t>>(c.values).push_back(feature.GetFieldAsInteger(field.index) != 0);
        break;
    case FieldType::Real:
        std::get<std::vector<double>>(c.values).push_back(feature.GetFieldAsDouble(field.index));
        break;
    case FieldType::Date:
    case FieldType::DateTime:
        if (!appendTime(field, feature)) {
            appendNull(field);
            return;
        }
        break;
    case FieldType::Text: {
        const OGRFieldType type = feature.GetFieldDefnRef(field.index)->GetType();
        const bool isList =
            type == OFTIntegerList || type == OFTInteger64List || type == OFTRealList || type == OFTStringList;
        std::string text;
        if (isList) {
            const std::unique_ptr<char, decltype(&CPLFree)> json(feature.GetFieldAsSerializedJSon(field.index),
                                                                 &CPLFree);
            text = json ? json.get() : "";
        } else {
            text = feature.GetFieldAsString(field.index);
        }
        if (!isUtf8(text)) {
            bool isExact = true;
            text = toUtf8(text, "CP1252", isExact);
            m_hasBadText = true;
        }
        std::get<TextValues>(c.values).append(text);
    }
    }
    if (!c.isNullAt.empty())
        c.isNullAt.push_back(0);
}

void GdalColumns::append(OGRFeature& feature) {
    for (Field& field : m_fields) {
        if (feature.IsFieldSetAndNotNull(field.index))
            appendValue(field, feature);
        else
            appendNull(field);
    }
    ++m_rows;
}

std::vector<Column> GdalColumns::finish(const std::string& label, ReadJob& job) {
    if (m_hasBadText)
        job.warn(label + ": some texts are not in UTF-8; they were read as cp1252 (Western European).");
    for (const std::string& name : m_unreadable)
        job.warn(label + ": the field " + name + " holds binary data and was left out.", true);
    std::vector<Column> columns;
    for (Field& field : m_fields) {
        auto& zones = field.column.zoneOffsetMinutes;
        if (std::all_of(zones.begin(), zones.end(), [](std::int16_t z) { return z == 0; }))
            zones.clear();
        columns.push_back(std::move(field.column));
    }
    return columns;
}

} // namespace cordon
