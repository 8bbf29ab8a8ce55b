// Tables that are answers (a change between two dates, an access analysis), to be drawn like any layer.
#pragma once

#include "core/model/feature_table.h"

#include <initializer_list>
#include <memory>
#include <span>
#include <string>

namespace cordon {

// Grows feature by feature; columns are all text.
class AnswerTable {
public:
    AnswerTable(std::string name, std::string format, std::initializer_list<const char*> columns);

    void part(PartRole role, std::span<const LonLat> points);
    void endFeature(std::initializer_list<std::string> values); // one a column
    std::shared_ptr<const FeatureTable> finish(std::string geometryType);

private:
    std::shared_ptr<FeatureTable> m_table = std::make_shared<FeatureTable>();
};

} // namespace cordon
