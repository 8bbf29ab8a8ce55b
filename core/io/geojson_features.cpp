#include "core/io/geojson_features.h"

#include <cmath>

namespace cordon {

namespace {

constexpr std::size_t kNotWanted = static_cast<std::size_t>(-1);
constexpr int kMaxCollectionDepth = 32;
// Every column has a value in every row: features with names of their own each would fill any memory.
constexpr std::size_t kMaxColumns = 2000;

} // namespace

GeoJsonFeatures::Type GeoJsonFeatures::typeNamed(std::string_view name) {
    constexpr std::pair<std::string_view, Type> kTypes[] = {{"Polygon", Type::Polygon},
                                                            {"LineString", Type::LineString},
                                                            {"Point", Type::Point},
                                                            {"MultiPolygon", Type::MultiPolygon},
                                                            {"MultiPoint", Type::MultiPoint},
                                                            {"MultiLineString", Type::MultiLineString},
                                                            {"GeometryCollection", Type::Collection}};
    for (const auto& [known, type] : kTypes)
        if (known == name)
            return type;
    return Type::Unknown;
}

// Items until ']'; the '[' is still to come. False where the shape of the data is not what was expected.
template <class Read> bool GeoJsonFeatures::readArray(Read readItem) {
    if (!m_scanner.take('['))
        return false;
    if (m_scanner.take(']'))
        return true;
    do {
        if (!readItem())
            return false;
    } while (m_scanner.takeCommaOr(']'));
    return true;
}

// [lon, lat] or [lon, lat, z]; further numbers are counted and passed over. An empty array is no position.
bool GeoJsonFeatures::readPosition() {
    JsonScanner& s = m_scanner;
    if (!s.take('['))
        return false;
    double ordinates[3];
    int count = 0;
    if (s.take(']'))
        return false;
    do {
        s.skipSpace();
        double value;
        if (const char* const end = scanDouble(s.at, value)) {
            s.at = end;
        } else {
            if (*s.at != 'N' && *s.at != 'I' && *s.at != '-')
                return false;
            value = s.number().real;
        }
        if (count < 3)
            ordinates[count] = value;
        else
            ++droppedOrdinates;
        ++count;
    } while (s.takeCommaOr(']'));
    if (count < 2)
        return false;
    geometry.add(ordinates[0], ordinates[1]);
    if (count > 2)
        geometry.addZ(ordinates[2]);
    return true;
}

bool GeoJsonFeatures::readPositions() {
    return readArray([this] { return readPosition(); });
}

bool GeoJsonFeatures::readPolygonRings() {
    bool isFirst = true;
    return readArray([&] {
        if (!readPositions())
            return false;
        if (geometry.openCoordinates() == 0)
            return true;
        closedRings += geometry.closeRing();
        geometry.endPart(isFirst ? PartRole::OuterRing : PartRole::InnerRing);
        isFirst = false;
        return true;
    });
}

bool GeoJsonFeatures::readCoordinates(Type type, GeometryKind& kind) {
    const auto endNonEmpty = [this](PartRole role) {
        if (geometry.openCoordinates() > 0)
            geometry.endPart(role);
        return true;
    };
    switch (type) {
    case Type::Point: {
        kind = kPoint;
        const char* const begin = m_scanner.at;
        if (m_scanner.take('[') && m_scanner.take(']'))
            return true; // an empty point
        m_scanner.at = begin;
        return readPosition() && endNonEmpty(PartRole::Points);
    }
    case Type::MultiPoint:
        kind = kMultiPoint;
        return readPositions() && endNonEmpty(PartRole::Points);
    case Type::LineString:
        kind = kLineString;
        return readPositions() && endNonEmpty(PartRole::Line);
    case Type::MultiLineString:
        kind = kMultiLineString;
        return readArray([&] { return readPositions() && endNonEmpty(PartRole::Line); });
    case Type::Polygon:
        kind = kPolygon;
        return readPolygonRings();
    case Type::MultiPolygon:
        kind = kMultiPolygon;
        return readArray([&] { return readPolygonRings(); });
    case Type::Collection:
    case Type::Unknown:
        break;
    }
    return false;
}

bool GeoJsonFeatures::readGeometries(GeometryKind& kind, int depth) {
    kind = kCollection;
    return readArray([&] {
        if (m_scanner.peek() != '{') {
            m_scanner.skipValue();
            return true;
        }
        GeometryKind inner = kNoGeometry;
        return readGeometry(inner, depth + 1);
    });
}

// At '{'. The coordinates are read at once if the type came before them, else in a second look.
bool GeoJsonFeatures::readGeometry(GeometryKind& kind, int depth) {
    JsonScanner& s = m_scanner;
    if (depth > kMaxCollectionDepth)
        s.fail("geometry collections nested too deeply");
    s.expect('{', "at a geometry");
    Type type = Type::Unknown;
    bool isRead = false, isGood = true;
    const char* waiting = nullptr;
    const auto readNow = [&] {
        const char* const begin = s.at;
        isRead = true;
        isGood = type == Type::Collection ? readGeometries(kind, depth) : readCoordinates(type, kind);
        if (!isGood) {
            s.at = begin;
            s.skipValue();
        }
    };
    if (s.take('}'))
        return false;
    do {
        const std::string_view key = s.string();
        const bool isShape = key == "coordinates" || key == "geometries";
        const bool isType = key == "type";
        s.expect(':', "after a name");
        if (isType && s.peek() == '"') {
            type = typeNamed(s.string());
        } else if (isShape && type != Type::Unknown && !isRead) {
            readNow();
        } else {
            if (isShape)
                waiting = s.at;
            s.skipValue();
        }
    } while (s.takeCommaOr('}'));
    if (!isRead && waiting && type != Type::Unknown) {
        const char* const end = s.at;
        s.at = waiting;
        readNow();
        s.at = end;
    }
    return isRead && isGood;
}

void GeoJsonFeatures::readGeometryMember() {
    geometry.dropFeature(); // of a repeated member the last counts
    if (m_scanner.peek() != '{') {
        const bool isNull = *m_scanner.at == 'n';
        m_scanner.skipValue();
        if (!isNull)
            unreadableGeometries.push_back(m_row);
        return;
    }
    GeometryKind kind = kNoGeometry;
    if (readGeometry(kind, 0)) {
        geometry.kinds |= geometry.featureIsEmpty() ? kNoGeometry : kind;
        return;
    }
    geometry.dropFeature();
    unreadableGeometries.push_back(m_row);
}

ColumnBuilder* GeoJsonFeatures::columnNamed(std::string_view name) {
    if (m_nextColumn < m_columns.size() && m_columns[m_nextColumn].name() == name)
        return &m_columns[m_nextColumn++];
    const auto found = m_columnIndex.find(name);
    std::size_t index;
    if (found != m_columnIndex.end()) {
        index = found->second;
    } else if (m_columns.size() >= kMaxColumns) {
        hasTooManyProperties = true;
        return nullptr;
    } else if (m_job.wantsColumn(name)) {
        index = m_columns.size();
        m_columns.emplace_back(std::string(name));
        m_columnIndex.emplace(name, index);
    } else {
        index = kNotWanted;
        m_columnIndex.emplace(name, index);
    }
    if (index == kNotWanted)
        return nullptr;
    m_nextColumn = index + 1;
    return &m_columns[index];
}

void GeoJsonFeatures::readProperty(ColumnBuilder& column) {
    JsonScanner& s = m_scanner;
    column.truncate(m_row); // of a repeated name the last counts
    column.padTo(m_row);
    switch (s.peek()) {
    case '"':
        column.appendText(s.string());
        break;
    case 't':
    case 'f':
        column.appendBoolean(*s.at == 't');
        s.skipValue();
        break;
    case 'n':
        column.appendNull();
        s.skipValue();
        break;
    case '{':
    case '[': {
        const char* const begin = s.at;
        s.skipValue();
        column.keepText();
        column.appendText({begin, static_cast<std::size_t>(s.at - begin)});
        break;
    }
    default: {
        const JsonNumber number = s.number();
        if (number.isInteger)
            column.appendInteger(number.integer);
        else if (std::isnan(number.real))
            column.appendNull();
        else
            column.appendReal(number.real);
    }
    }
}

void GeoJsonFeatures::readProperties() {
    JsonScanner& s = m_scanner;
    if (s.peek() != '{') {
        s.skipValue();
        return;
    }
    ++s.at;
    m_nextColumn = 0;
    if (s.take('}'))
        return;
    do {
        ColumnBuilder* const column = columnNamed(s.string());
        s.expect(':', "after a name");
        if (column)
            readProperty(*column);
        else
            s.skipValue();
    } while (s.takeCommaOr('}'));
}

void GeoJsonFeatures::readId() {
    if (!m_ids)
        m_ids.emplace("id");
    readProperty(*m_ids);
}

void GeoJsonFeatures::readFeature() {
    JsonScanner& s = m_scanner;
    s.expect('{', "at a feature");
    if (!s.take('}')) {
        do {
            const std::string_view key = s.string();
            const bool isGeometry = key == "geometry", isProperties = key == "properties", isId = key == "id";
            s.expect(':', "after a name");
            if (isGeometry)
                readGeometryMember();
            else if (isProperties)
                readProperties();
            else if (isId)
                readId();
            else
                s.skipValue();
        } while (s.takeCommaOr('}'));
    }
    geometry.endFeature(kNoGeometry);
    ++m_row;
}

void GeoJsonFeatures::readBareGeometry() {
    readGeometryMember();
    geometry.endFeature(kNoGeometry);
    ++m_row;
}

void GeoJsonFeatures::skipNonFeature() {
    m_scanner.skipValue();
    ++skippedValues;
}

void GeoJsonFeatures::append(GeoJsonFeatures&& next) {
    geometry.append(std::move(next.geometry));
    for (const std::uint32_t row : next.unreadableGeometries)
        unreadableGeometries.push_back(m_row + row);
    const auto join = [&](ColumnBuilder& mine, ColumnBuilder&& theirs) {
        mine.padTo(m_row);
        mine.append(std::move(theirs));
    };
    for (ColumnBuilder& column : next.m_columns) {
        m_nextColumn = m_columns.size();
        if (ColumnBuilder* const mine = columnNamed(column.name()))
            join(*mine, std::move(column));
    }
    if (next.m_ids) {
        if (!m_ids)
            m_ids.emplace("id");
        join(*m_ids, std::move(*next.m_ids));
    }
    m_row += next.m_row;
    skippedValues += next.skippedValues;
    closedRings += next.closedRings;
    droppedOrdinates += next.droppedOrdinates;
    hasTooManyProperties |= next.hasTooManyProperties;
}

std::vector<Column> GeoJsonFeatures::finishColumns() {
    std::vector<Column> columns;
    bool hasIdProperty = false;
    for (const ColumnBuilder& column : m_columns)
        hasIdProperty |= equalIgnoringCase(column.name(), "id");
    if (m_ids && !hasIdProperty && m_job.wantsColumn("id"))
        columns.push_back(m_ids->finish(m_row));
    for (ColumnBuilder& column : m_columns)
        columns.push_back(column.finish(m_row));
    return columns;
}

} // namespace cordon
