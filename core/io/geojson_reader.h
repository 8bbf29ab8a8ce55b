// GeoJSON (RFC 7946 and the 2008 form), also as a text sequence or one feature a line.
#pragma once

#include "core/io/file_bytes.h"
#include "core/io/table_draft.h"

namespace cordon {

struct GeoJsonResult {
    std::shared_ptr<const FeatureTable> table; // null: it is JSON, but of another kind
    std::string whyNot;                        // then: what was found instead, for a sentence
};

// `layerName` is the name of the layer if the file gives none. Throws Error for broken JSON, saying where.
GeoJsonResult readGeoJson(const FileBytes& bytes, const std::string& path, const std::string& layerName, ReadJob& job);

} // namespace cordon
