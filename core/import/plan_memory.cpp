#include "core/import/plan_memory.h"

#include "core/atomic_file.h"
#include "core/io/content_hash.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace cordon {
namespace {
namespace fs = std::filesystem;

fs::path memoryFolder() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config && *config)
        return fs::path(config) / "cordon" / "imports";
    if (const char* home = std::getenv("HOME"); home && *home)
        return fs::path(home) / ".config" / "cordon" / "imports";
    return {};
}

fs::path fileFor(const std::string& shape) {
    const fs::path folder = memoryFolder();
    if (folder.empty())
        return {};
    ContentHash hash;
    hash.add(shape);
    char name[32];
    std::snprintf(name, sizeof name, "%016llx.json", static_cast<unsigned long long>(hash.value()));
    return folder / name;
}

} // namespace

std::optional<ImportPlan> rememberedPlan(const SourceTable& table) {
    const fs::path path = fileFor(shapeOf(table));
    std::ifstream file(path, std::ios::binary);
    if (path.empty() || !file)
        return std::nullopt;
    const std::string json((std::istreambuf_iterator<char>(file)), {});
    try {
        Warnings ignored;
        return planFor(table, planFromJson(json, "The remembered mapping '" + path.string() + "'"), ignored);
    } catch (const Error&) { // of another version of Cordon: asked for anew
        return std::nullopt;
    }
}

void rememberPlan(const std::string& shape, const ImportPlan& plan) {
    const fs::path path = fileFor(shape);
    if (path.empty())
        return;
    ImportPlan kept = plan;
    kept.fixes.clear();
    kept.roads.clear();
    kept.layerName.clear();
    try {
        fs::create_directories(path.parent_path());
        AtomicFile file(path.string());
        std::ofstream out(file.temporaryPath(), std::ios::binary | std::ios::trunc);
        out << planAsJson(kept);
        out.close();
        if (out)
            file.commit();
    } catch (const std::exception&) { // a folder that may not be written to: the import is done all the same
    }
}

ImportPlan planFor(const SourceTable& table, const ImportPlan& plan, Warnings& warnings) {
    ImportPlan result = plan;
    std::vector<bool> isUsed(plan.columns.size(), false);
    result.columns.clear();
    for (const std::string& name : table.columns) {
        std::size_t found = 0;
        while (found < plan.columns.size() && (isUsed[found] || plan.columns[found].column != name))
            ++found;
        ColumnUse use;
        if (found < plan.columns.size()) {
            use = plan.columns[found];
            isUsed[found] = true;
        }
        use.column = name;
        result.columns.push_back(std::move(use));
    }
    for (std::size_t i = 0; i < isUsed.size(); ++i)
        if (!isUsed[i] && plan.columns[i].role != ColumnRole::Attribute && plan.columns[i].role != ColumnRole::Ignore)
            warnings.push_back({"The mapping names the column '" + plan.columns[i].column + "', which '" + table.name +
                                    "' does not have.",
                                false});
    return result;
}

} // namespace cordon
