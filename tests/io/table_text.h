// Tables as text, to compare whole results at one glance.
#pragma once

#include "core/io/vector_reader.h"

#include <cmath>
#include <sstream>

namespace cordon {

// "P(1 2, 3 4)" points, "L(...)" line, "O(...)" outer ring, "I(...)" inner ring; z and m after a colon; "-" for
// nothing.
inline std::string geometryText(const FeatureTable& table, std::uint32_t row) {
    const GeometryColumn& g = table.geometry;
    std::ostringstream text;
    text.precision(12);
    for (std::uint32_t p = g.featureStart[row]; p < g.featureStart[row + 1]; ++p) {
        text << (p > g.featureStart[row] ? " " : "") << "PLOI"[static_cast<int>(g.partRole[p])] << '(';
        for (std::uint32_t i = g.partStart[p]; i < g.partStart[p + 1]; ++i) {
            text << (i > g.partStart[p] ? ", " : "") << g.coordinates[i].lonDegrees << ' '
                 << g.coordinates[i].latDegrees;
            if (!g.z.empty() && !std::isnan(g.z[i]))
                text << " z" << g.z[i];
            if (!g.m.empty() && !std::isnan(g.m[i]))
                text << " m" << g.m[i];
            if (!g.timeMs.empty() && g.timeMs[i] != GeometryColumn::kNoTime)
                text << " t" << g.timeMs[i];
        }
        text << ')';
    }
    return text.str().empty() ? "-" : text.str();
}

// First line: the type of geometry and the columns with the first letter of their type (I R T D d B; d: date-time);
// then a line a row. Null is "~".
inline std::string tableText(const FeatureTable& table) {
    std::ostringstream text;
    text << table.geometryType;
    for (const Column& column : table.columns)
        text << ' ' << column.name << ':' << "IRTDdB"[static_cast<int>(column.type)];
    text << '\n';
    for (std::uint32_t row = 0; row < table.featureCount; ++row) {
        text << geometryText(table, row);
        for (const Column& column : table.columns)
            text << " | " << (column.isNull(row) ? "~" : table.valueAsText(column, row));
        text << '\n';
    }
    return text.str();
}

// The warnings without the folder of the file; "!" before those that something was left out.
inline std::string warningText(const ImportResult& result, const std::string& folder = {}) {
    std::string text;
    for (const Warning& warning : result.warnings) {
        std::string line = warning.text;
        for (std::size_t at; !folder.empty() && (at = line.find(folder)) != std::string::npos;)
            line.erase(at, folder.size());
        text += (warning.leftOut ? "! " : "  ") + line + "\n";
    }
    return text;
}

// The sentence of the Error that reading throws, without the folder; "" if it throws none.
inline std::string refusal(const std::string& path, const ReadOptions& options = {}) {
    try {
        readVector(path, options);
    } catch (const Error& error) {
        std::string text = error.what();
        const std::string folder = path.substr(0, path.rfind('/') + 1);
        for (std::size_t at; (at = text.find(folder)) != std::string::npos;)
            text.erase(at, folder.size());
        return text;
    }
    return {};
}

inline std::string readAsText(const std::string& path, const ReadOptions& options = {}) {
    std::string text;
    for (const auto& table : readVector(path, options).tables)
        text += tableText(*table);
    return text;
}

} // namespace cordon
