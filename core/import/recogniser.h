// How recognise() works out what a table is. Internal to import: what is about places is in recognise_places.cpp.
#pragma once

#include "core/import/column_facts.h"
#include "core/import/column_names.h"
#include "core/import/import_plan.h"
#include "core/import/layer_name.h"
#include "core/import/preset.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon {

// Why a column is what it is.
constexpr std::string_view kByTag = "tagged so";
constexpr std::string_view kByName = "named like it";

class Recogniser {
public:
    Recogniser(const SourceTable& table, const Project& project) : m_table(table), m_project(project) {
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            m_names.push_back(foldedName(table.columns[c]));
            m_plan.columns.push_back({table.columns[c], ColumnRole::Attribute, {}, {}, {}});
        }
        m_plan.layerName = layerNameOf(table);
    }
    Recogniser(ImportPlan plan, const SourceTable& table, const Project& project) : Recogniser(table, project) {
        m_plan = std::move(plan);
    }

    ImportPlan plan() {
        std::vector<std::string> names = m_names;
        if (hasGeometry()) // which stands for these columns
            names.insert(names.end(), {"latitude", "longitude"});
        m_preset = findPreset(names);
        return planWith(m_preset ? m_preset->name : m_table.hxlTags.empty() ? "" : kHxl);
    }
    ImportPlan planAs(const std::string& preset) {
        m_preset = presetNamed(preset);
        return planWith(preset);
    }
    ImportPlan planFor(ImportTarget target);

private:
    ImportPlan planWith(const std::string& preset);
    void findFacts();
    std::size_t count() const { return m_names.size(); }
    ColumnUse& use(std::size_t c) { return m_plan.columns[c]; }
    bool isFree(std::size_t c) const {
        return m_plan.columns[c].role == ColumnRole::Attribute && m_plan.columns[c].why.empty();
    }
    bool hasGeometry() const { return m_table.features && m_table.features->geometryClass() != GeometryClass::None; }
    std::optional<std::size_t> columnOf(ColumnRole role) const {
        for (std::size_t c = 0; c < count(); ++c)
            if (m_plan.columns[c].role == role)
                return c;
        return std::nullopt;
    }
    bool hasPlace() const {
        return (columnOf(ColumnRole::Latitude) && columnOf(ColumnRole::Longitude)) ||
               (columnOf(ColumnRole::Easting) && columnOf(ColumnRole::Northing)) || columnOf(ColumnRole::Mgrs) ||
               columnOf(ColumnRole::LatLon) || columnOf(ColumnRole::LonLat) || columnOf(ColumnRole::Wkt) ||
               columnOf(ColumnRole::GeoTrace) || columnOf(ColumnRole::GeoShape);
    }
    void assign(std::size_t c, ColumnRole role, std::string_view why) {
        use(c).role = role;
        use(c).why = why;
    }

    void usePreset();
    void useTags();
    void findPlace();
    bool findPair(ColumnRole first, ColumnRole second);
    bool fitsAxis(std::size_t c, ColumnRole role) const;
    bool findOneCell();
    bool findXY();
    void findSides();
    bool findByContent();
    bool isLatitudeFirst(std::size_t a, std::size_t b) const;
    void findNames();
    void findTimes();
    void findBeside();
    void chooseTarget();
    ImportTarget targetOfGeometry() const;
    FeatureTable asLines() const;
    std::string wordOf(std::string_view field, std::string_view value) const;
    bool knowsValues(std::size_t c, std::string_view field) const;
    bool isFieldOfTarget(std::string_view field) const;
    std::optional<std::size_t> columnWithField(std::string_view field) const;
    void useFields(bool isAskedFor);
    void findDayOrder();

    const SourceTable& m_table;
    const Project& m_project;
    std::vector<std::string> m_names;
    std::vector<ColumnFacts> m_facts;
    const Preset* m_preset = nullptr;
    ImportPlan m_plan;
};

} // namespace cordon
