// Places by name or P-code, from the gazetteers and region layers of a project. Internal to import.
#pragma once

#include "core/model/project.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cordon {

class PlaceLookup {
public:
    // Of the layers with role Place and Point that have a column of names, and of those with role Region.
    explicit PlaceLookup(const Project& project);

    struct Place {
        LonLat point; // of a region: in the middle of what it spans, inside it where that is possible
        bool isRegion = false;
    };
    // By P-code or name, ignoring case, accents of Latin letters and marks. Throws Error whose text follows the value:
    // "is in no gazetteer or region layer of the project", "is the name of 3 places; ...".
    Place find(std::string_view codeOrName) const;
    bool isEmpty() const { return m_places.empty(); }

private:
    struct Entry {
        const FeatureTable* table = nullptr;
        std::uint32_t feature = 0;
        bool isRegion = false;
    };
    void add(const Layer& layer, const Column& column);
    LonLat pointOf(const Entry& entry) const;

    std::vector<std::shared_ptr<const FeatureTable>> m_tables; // keeps them alive
    std::unordered_multimap<std::string, Entry> m_places;
};

// Lower case, without accents and marks: "Sénou-Gare" and "SENOU GARE" are the same.
std::string comparableName(std::string_view name);

} // namespace cordon
