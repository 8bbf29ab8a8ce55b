// Tables made ready to draw in one CRS: projected once, generalised per zoom level, indexed, rules evaluated; and the
// situation at a date, with what follows from its reports. Built lazily, cached, shared by all frames and threads.
#pragma once

#include "core/geo/crs.h"
#include "core/model/shown_situation.h"

#include <memory>
#include <stop_token>

namespace cordon {

class PreparedLayer; // prepared_layer.h: internal to render

// Thread-safe. One per document (window) or run (command line); drops layers that are no longer used.
class PreparedLayers {
public:
    // Exact: never generalises, merges or rounds; the slow reference that tests compare the fast way with.
    enum class Precision { Fast, Exact };
    explicit PreparedLayers(Precision precision = Precision::Fast);
    ~PreparedLayers();
    bool isExact() const;
    std::shared_ptr<const PreparedLayer> find(const std::shared_ptr<const FeatureTable>& table, const Crs& crs,
                                              std::stop_token stop = {});
    // Whether find() would answer at once.
    bool isReady(const std::shared_ptr<const FeatureTable>& table, const Crs& crs) const;
    // What the situation shows at the filter's dates; the last few answers are kept, and what the next date can use.
    std::shared_ptr<const ShownSituation> shownAt(const Project& project, const TimeFilter& filter,
                                                  const std::stop_token& stop = {});
    // Forgets all but the given tables (called when the project changed).
    void keepOnly(const std::vector<std::shared_ptr<const FeatureTable>>& tables);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace cordon
