#include "core/model/answer_table.h"

#include <utility>

namespace cordon {

AnswerTable::AnswerTable(std::string name, std::string format, std::initializer_list<const char*> columns) {
    m_table->name = std::move(name);
    m_table->source.format = std::move(format);
    for (const char* columnName : columns) {
        Column column;
        column.name = columnName;
        column.values = TextValues{};
        m_table->columns.push_back(std::move(column));
    }
}

void AnswerTable::part(PartRole role, std::span<const LonLat> points) {
    GeometryColumn& g = m_table->geometry;
    g.coordinates.insert(g.coordinates.end(), points.begin(), points.end());
    g.partStart.push_back(static_cast<std::uint32_t>(g.coordinates.size()));
    g.partRole.push_back(role);
}

void AnswerTable::endFeature(std::initializer_list<std::string> values) {
    GeometryColumn& g = m_table->geometry;
    g.featureStart.push_back(g.partCount());
    std::size_t i = 0;
    for (const std::string& value : values)
        std::get<TextValues>(m_table->columns[i++].values).append(value);
}

std::shared_ptr<const FeatureTable> AnswerTable::finish(std::string geometryType) {
    m_table->geometryType = std::move(geometryType);
    finishTable(*m_table);
    return m_table;
}

} // namespace cordon
