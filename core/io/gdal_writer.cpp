#include "core/io/gdal_writer.h"

#include "core/io/feature_shape.h"
#include "core/io/gdal_error.h"
#include "core/io/text_writers.h"
#include "core/model/time.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>
#include <set>

namespace cordon {
namespace {

const char* driverName(GdalFormat format) {
    constexpr std::array kNames{"ESRI Shapefile", "GPKG", "FlatGeobuf"};
    return kNames[static_cast<std::size_t>(format)];
}

void registerDrivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        RegisterOGRShape();
        RegisterOGRGeoPackage();
        RegisterOGRFlatGeobuf();
    });
}

std::string lowered(std::string text) {
    for (char& c : text)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return text;
}

// At most so many bytes, not in the middle of a character.
std::string cut(std::string text, std::size_t bytes) {
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    text.resize(bytes);
    return text;
}

class Writer {
public:
    Writer(const FeatureTable& table, GdalFormat format, std::string subject, Warnings& warnings)
        : m_table(table), m_format(format), m_subject(std::move(subject)), m_warnings(warnings) {
        for (std::uint32_t f = 0; f < table.featureCount; ++f) {
            const FeatureShape shape = shapeOf(table.geometry, f);
            m_hasPoints |= !shape.points.empty();
            m_hasLines |= !shape.lines.empty();
            m_hasPolygons |= !shape.polygons.empty();
            m_hasMany |= shape.points.size() > 1 || shape.lines.size() > 1 || shape.polygons.size() > 1;
            m_hasZ |= shape.hasZ;
            m_placeless += shape.isEmpty();
        }
        if (format == GdalFormat::Shapefile && m_hasPoints + m_hasLines + m_hasPolygons > 1)
            throw Error("Cannot write '" + m_subject +
                        "': a shapefile holds one kind of geometry, and the layer has several; write a GeoPackage "
                        "(.gpkg) or GeoJSON instead.");
        if (format == GdalFormat::FlatGeobuf)
            checkFlatGeobuf();
    }

    void write(const std::string& file, const WriteOptions& options) {
        registerDrivers();
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(driverName(m_format));
        GDALDatasetUniquePtr dataset(driver ? driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr) : nullptr);
        OGRLayer* layer = dataset ? createLayer(*dataset) : nullptr;
        if (!layer)
            fail();
        addFields(*layer);
        const bool isInTransaction =
            dataset->StartTransaction() == OGRERR_NONE; // one for all: hundreds of times faster
        for (std::uint32_t row = 0; row < m_table.featureCount; ++row) {
            stepWriting(options, row, m_table.featureCount);
            addFeature(*layer, row);
        }
        if (isInTransaction && dataset->CommitTransaction() != OGRERR_NONE)
            fail();
        dataset.reset(); // FlatGeobuf writes here
        if (!m_messages.errors().empty())
            fail();
        if (m_cutTexts > 0)
            m_warnings.push_back({m_subject + ": " + std::to_string(m_cutTexts) +
                                      (m_cutTexts == 1 ? " text was" : " texts were") +
                                      " cut to the 254 bytes that a shapefile holds; a GeoPackage keeps them.",
                                  true});
    }

private:
    void checkFlatGeobuf() {
        if (m_placeless > 0 && m_placeless == m_table.featureCount)
            throw Error("Cannot write '" + m_subject +
                        "': FlatGeobuf holds places, and the layer has none; write CSV or a GeoPackage instead.");
        if (m_placeless > 0)
            m_warnings.push_back({m_subject + ": " + std::to_string(m_placeless) +
                                      (m_placeless == 1 ? " row" : " rows") +
                                      " without a place left out, which FlatGeobuf cannot hold.",
                                  true});
        for (const Column& column : m_table.columns)
            if (column.type == FieldType::Date)
                m_warnings.push_back(
                    {m_subject + ": FlatGeobuf has no dates; those of " + column.name + " are written as times.",
                     false});
    }

    [[noreturn]] void fail() {
        std::string why = m_messages.firstError().empty() ? "the disk may be full" : m_messages.firstError();
        while (!why.empty() && (why.back() == '.' || why.back() == '\n'))
            why.pop_back();
        throw Error("Cannot write '" + m_subject + "': " + why + "; check the place or choose another format.");
    }

    OGRwkbGeometryType geometryType() const {
        OGRwkbGeometryType type = wkbUnknown;
        const int kinds = m_hasPoints + m_hasLines + m_hasPolygons;
        if (kinds == 0)
            return wkbNone;
        if (kinds > 1)
            return wkbUnknown;
        type = m_hasPoints ? wkbPoint : m_hasLines ? wkbLineString : wkbPolygon;
        // A shapefile of lines or polygons may have several in a row as it is.
        if (m_hasMany && (m_hasPoints || m_format != GdalFormat::Shapefile))
            type = OGR_GT_GetCollection(type);
        return m_hasZ ? OGR_GT_SetZ(type) : type;
    }

    std::string unusedName(std::string name) const {
        while (m_table.findColumn(name))
            name += '_';
        return name;
    }

    OGRLayer* createLayer(GDALDataset& dataset) {
        OGRSpatialReference srs;
        srs.SetWellKnownGeogCS("WGS84");
        srs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        CPLStringList options;
        if (m_format == GdalFormat::Shapefile)
            options.SetNameValue("ENCODING", "UTF-8");
        if (m_format == GdalFormat::GeoPackage) {
            options.SetNameValue("FID", unusedName("fid").c_str());
            options.SetNameValue("GEOMETRY_NAME", unusedName("geom").c_str());
        }
        const std::string name = m_table.name.empty() ? "layer" : m_table.name;
        return dataset.CreateLayer(name.c_str(), geometryType() == wkbNone ? nullptr : &srs, geometryType(),
                                   options.List());
    }

    OGRFieldType fieldType(FieldType type) const {
        switch (type) {
        case FieldType::Integer:
            return OFTInteger64;
        case FieldType::Real:
            return OFTReal;
        case FieldType::Boolean:
            return OFTInteger;
        case FieldType::Date:
            return OFTDate;
        case FieldType::DateTime:
            return m_format == GdalFormat::Shapefile ? OFTString : OFTDateTime;
        case FieldType::Text:
            break;
        }
        return OFTString;
    }

    void addFields(OGRLayer& layer) {
        std::set<std::string> used;
        std::string renamed, retyped;
        for (const Column& column : m_table.columns) {
            const std::string name = fieldName(column.name, used);
            if (name != column.name)
                renamed += (renamed.empty() ? "" : ", ") + column.name + " -> " + name;
            OGRFieldDefn field(name.c_str(), fieldType(column.type));
            if (m_format != GdalFormat::Shapefile) {
                if (column.type == FieldType::Boolean)
                    field.SetSubType(OFSTBoolean);
            } else if (column.type == FieldType::Text || column.type == FieldType::DateTime) {
                field.SetWidth(column.type == FieldType::Text ? textWidth(column) : 32);
            } else if (column.type == FieldType::Integer) {
                field.SetWidth(18);
            } else if (column.type == FieldType::Boolean) {
                field.SetWidth(1);
            }
            if (m_format == GdalFormat::Shapefile &&
                (column.type == FieldType::DateTime || column.type == FieldType::Boolean))
                retyped += (retyped.empty() ? "" : ", ") + column.name;
            if (layer.CreateField(&field) != OGRERR_NONE)
                fail();
        }
        if (!renamed.empty())
            m_warnings.push_back({m_subject + ": names were cut to the 10 bytes that a shapefile holds: " + renamed +
                                      "; a GeoPackage keeps them.",
                                  false});
        if (!retyped.empty())
            m_warnings.push_back({m_subject + ": a shapefile has no type for " + retyped +
                                      "; times are written as text, truth values as 0 and 1.",
                                  false});
    }

    std::string fieldName(const std::string& name, std::set<std::string>& used) const {
        const bool isShort = m_format == GdalFormat::Shapefile;
        const std::string base = name.empty() ? "column" : isShort ? cut(name, 10) : name;
        std::string unique = base;
        for (int i = 1; !used.insert(lowered(unique)).second; ++i) {
            const std::string number = "_" + std::to_string(i);
            unique = (isShort ? cut(base, 10 - number.size()) : base) + number;
        }
        return unique;
    }

    static int textWidth(const Column& column) {
        const auto& texts = std::get<TextValues>(column.values);
        std::uint64_t longest = 1;
        for (std::size_t i = 1; i < texts.start.size(); ++i)
            longest = std::max(longest, texts.start[i] - texts.start[i - 1]);
        return static_cast<int>(std::min<std::uint64_t>(longest, 254));
    }

    void setValue(OGRFeature& feature, int field, const Column& column, std::uint32_t row) {
        if (column.isNull(row)) {
            feature.SetFieldNull(field);
            return;
        }
        switch (column.type) {
        case FieldType::Integer:
            feature.SetField(field, static_cast<GIntBig>(column.integerAt(row)));
            return;
        case FieldType::Boolean:
            feature.SetField(field, column.integerAt(row) ? 1 : 0);
            return;
        case FieldType::Real:
            feature.SetField(field, column.realAt(row));
            return;
        case FieldType::Date: {
            const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{column.integerAt(row)}}};
            feature.SetField(field, int{day.year()}, static_cast<int>(unsigned{day.month()}),
                             static_cast<int>(unsigned{day.day()}));
            return;
        }
        case FieldType::DateTime:
            if (m_format == GdalFormat::Shapefile)
                feature.SetField(field, m_table.valueAsText(column, row).c_str());
            else
                setTime(feature, field, column, row);
            return;
        case FieldType::Text: {
            const std::string text(column.textAt(row));
            const std::string kept = m_format == GdalFormat::Shapefile ? cut(text, 254) : text;
            m_cutTexts += kept.size() < text.size();
            feature.SetField(field, kept.c_str());
        }
        }
    }

    static void setTime(OGRFeature& feature, int field, const Column& column, std::uint32_t row) {
        const std::int16_t offset = column.zoneOffsetMinutes.empty() ? std::int16_t{0} : column.zoneOffsetMinutes[row];
        const bool hasZone = offset != Column::kNoZone;
        const auto local =
            TimePoint{std::chrono::milliseconds{column.integerAt(row)}} + std::chrono::minutes{hasZone ? offset : 0};
        const auto midnight = std::chrono::floor<std::chrono::days>(local);
        const std::chrono::year_month_day day{midnight};
        const std::chrono::hh_mm_ss timeOfDay{local - midnight};
        const double seconds = static_cast<double>(timeOfDay.seconds().count()) +
                               static_cast<double>(timeOfDay.subseconds().count()) / 1000;
        // OGR counts zones in quarters of an hour, 100 is UTC, 0 unknown.
        feature.SetField(field, int{day.year()}, static_cast<int>(unsigned{day.month()}),
                         static_cast<int>(unsigned{day.day()}), static_cast<int>(timeOfDay.hours().count()),
                         static_cast<int>(timeOfDay.minutes().count()), static_cast<float>(seconds),
                         hasZone ? 100 + offset / 15 : 0);
    }

    void addFeature(OGRLayer& layer, std::uint32_t row) {
        OGRFeature feature(layer.GetLayerDefn());
        for (std::size_t c = 0; c < m_table.columns.size(); ++c)
            setValue(feature, static_cast<int>(c), m_table.columns[c], row);
        const std::string wkt = wktOf(shapeOf(m_table.geometry, row));
        if (wkt.empty() && m_format == GdalFormat::FlatGeobuf)
            return;
        if (!wkt.empty()) {
            OGRGeometry* made = nullptr;
            if (OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &made) != OGRERR_NONE)
                fail();
            OGRGeometryUniquePtr geometry(made);
            const OGRwkbGeometryType wanted = layer.GetGeomType();
            if (wanted != wkbUnknown && OGR_GT_IsSubClassOf(OGR_GT_Flatten(wanted), wkbGeometryCollection))
                geometry.reset(OGRGeometryFactory::forceTo(geometry.release(), wanted));
            if (feature.SetGeometry(geometry.get()) != OGRERR_NONE)
                fail();
        }
        if (layer.CreateFeature(&feature) != OGRERR_NONE)
            fail();
    }

    const FeatureTable& m_table;
    GdalFormat m_format;
    std::string m_subject;
    Warnings& m_warnings;
    GdalMessages m_messages;
    bool m_hasPoints = false, m_hasLines = false, m_hasPolygons = false, m_hasMany = false;
    bool m_hasZ = false;
    std::size_t m_placeless = 0, m_cutTexts = 0;
};

} // namespace

void writeWithGdal(const FeatureTable& table, GdalFormat format, const std::string& file, const std::string& subject,
                   const WriteOptions& options, Warnings& warnings) {
    Writer(table, format, subject, warnings).write(file, options);
}

} // namespace cordon
