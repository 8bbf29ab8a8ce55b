#include "core/import/import_batch.h"
#include "core/import/layer_rows.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>

namespace cordon {
namespace {

std::string stepName(const std::vector<ImportBatch>& batches) {
    std::set<std::string> files;
    for (const ImportBatch& batch : batches)
        files.insert(batch.report.file);
    if (files.size() != 1)
        return "Import " + std::to_string(files.size()) + " files";
    return "Import " + std::filesystem::path(*files.begin()).filename().string();
}

bool saysTheSame(const FeatureTable& a, const FeatureTable& b) {
    if (a.featureCount != b.featureCount || a.columns.size() != b.columns.size())
        return false;
    for (std::uint32_t feature = 0; feature < a.featureCount; ++feature)
        if (featureHash(a, feature) != featureHash(b, feature))
            return false;
    return true;
}

// The layer in the place of the one that came from the same source before, as that is drawn; else a new one.
bool addLayer(Project& project, const std::shared_ptr<const Layer>& layer) {
    const auto before = layerOfSource(project, *layer);
    if (!before) {
        project = withLayer(std::move(project), layer);
        return true;
    }
    if (saysTheSame(*before->table, *layer->table))
        return false;
    auto replaced = std::make_shared<Layer>(*before);
    replaced->table = layer->table;
    *std::find(project.layers.begin(), project.layers.end(), before) = std::move(replaced);
    return true;
}

} // namespace

ImportStep importStep(const Project& project, const std::vector<ImportBatch>& batches, TimePoint now) {
    ImportStep step;
    step.name = stepName(batches);
    step.project = project;
    step.isEmpty = true;
    SituationEdit edit;
    edit.name = step.name;
    edit.at = editTime(*project.situation, now);
    std::set<std::pair<std::string, TimePoint>> given; // the same file may be named twice
    for (const ImportBatch& batch : batches) {
        for (const auto& layer : batch.layers)
            step.isEmpty &= !addLayer(step.project, layer);
        for (const Record& record : batch.records) {
            if (!given.emplace(headOf(record).id, headOf(record).recorded.begin).second)
                continue;
            edit.added.push_back(record);
            TimeInterval& recorded = headOf(edit.added.back()).recorded;
            if (recorded.begin == TimePoint::min())
                recorded.begin = edit.at;
        }
    }
    if (!edit.added.empty()) {
        step.isEmpty = false;
        step.edit = std::move(edit);
    }
    return step;
}

Project withBatch(const Project& project, const ImportBatch& batch, TimePoint now) {
    ImportStep step = importStep(project, {batch}, now);
    if (step.edit)
        step.project.situation = std::make_shared<const Situation>(applied(*project.situation, *step.edit));
    return std::move(step.project);
}

} // namespace cordon
