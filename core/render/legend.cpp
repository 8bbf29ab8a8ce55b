#include "core/render/legend.h"

#include "core/model/sheet_answer.h"
#include "core/render/ink_probe.h"
#include "core/render/layer_drawing.h"
#include "core/render/legend_situation.h"
#include "core/render/legend_tables.h"
#include "core/render/sheet_words.h"

#include <array>

namespace cordon {

namespace {

enum class Group : std::uint8_t { Changes, Control, Roads, Restrictions, Measures, Incidents, Base };
constexpr std::size_t kGroups = 7;

Group groupOf(LayerRole role) {
    switch (role) {
    case LayerRole::Change:
        return Group::Changes;
    case LayerRole::ControlAreas:
        return Group::Control;
    case LayerRole::Road:
    case LayerRole::RoadStatuses:
        return Group::Roads;
    case LayerRole::Restrictions:
        return Group::Restrictions;
    case LayerRole::Measures:
        return Group::Measures;
    case LayerRole::Incident:
    case LayerRole::Incidents:
        return Group::Incidents;
    default:
        return Group::Base;
    }
}

} // namespace

std::vector<LegendGroup> legendOf(const Scene& scene, PreparedLayers& prepared, std::stop_token stop) {
    const std::string& language = scene.project->map.language;
    std::array<LegendGroup, kGroups> groups;
    const auto& answer = scene.project->answer;
    groups[0].title =
        answer && !answer->legendTitle.empty() ? answer->legendTitle : sheetWord(SheetWord::Changes, language);
    groups[1].title = sheetWord(SheetWord::Control, language);
    groups[2].title = sheetWord(SheetWord::Roads, language);
    groups[3].title = sheetWord(SheetWord::Restrictions, language);
    groups[4].title = sheetWord(SheetWord::Measures, language);
    groups[5].title = sheetWord(SheetWord::Incidents, language);
    groups[6].title = sheetWord(SheetWord::Base, language);

    // Situation first, then tables from the top down: the order of importance.
    for (const auto& layer : scene.project->layers)
        if (layer->visible && layer->inLegend && layer->opacity > 0 && isSituationRole(layer->role)) {
            LegendGroup& group = groups[static_cast<std::size_t>(groupOf(layer->role))];
            addSituationEntries(group, scene, prepared, *layer, stop);
            if (layer->role == LayerRole::Incidents && !group.entries.empty())
                group.title = incidentsHeading(scene.time, language);
        }
    for (auto layer = scene.project->layers.rbegin(); layer != scene.project->layers.rend(); ++layer)
        if ((*layer)->visible && (*layer)->inLegend && (*layer)->opacity > 0 && (*layer)->table)
            addTableEntries(groups[static_cast<std::size_t>(groupOf((*layer)->role))], scene, prepared, **layer, stop);

    std::vector<LegendGroup> result;
    for (LegendGroup& group : groups)
        if (!group.entries.empty())
            result.push_back(std::move(group));
    return result;
}

} // namespace cordon
