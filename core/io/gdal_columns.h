// OGR's fields into columns. Private to the GDAL readers.
#pragma once

#include "core/io/gdal_reader.h"

class OGRFeature;
class OGRFeatureDefn;

namespace cordon {

class GdalColumns {
public:
    GdalColumns(OGRFeatureDefn& definition, const ReadJob& job);

    void append(OGRFeature& feature);
    // What could not be kept is warned of.
    std::vector<Column> finish(const std::string& label, ReadJob& job);

private:
    struct Field {
        int index;
        Column column;
    };
    void appendValue(Field& field, OGRFeature& feature);
    void appendNull(Field& field);
    bool appendTime(Field& field, OGRFeature& feature);

    std::vector<Field> m_fields;
    std::vector<std::string> m_unreadable; // names of fields of binary data
    std::size_t m_rows = 0;
    bool m_hasBadText = false;
};

// GDAL's words without line breaks, temporary paths and closing stop, to stand inside a sentence.
std::string quotedGdalMessage(std::string message, const GdalSource& source);

} // namespace cordon
