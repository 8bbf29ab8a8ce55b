// A table of text, imported into the sample with nothing said: first byte: what as (0: as recognised). Every row is
// taken, left, or there already; a second import of the same adds nothing.
#include "core/import/import_batch.h"
#include "core/io/data_folder.h"
#include "core/io/recipe.h"
#include "fuzz_file.h"

#include <cstdlib>

namespace {

const cordon::Project& sample() {
    static const std::shared_ptr<const cordon::Project> project =
        cordon::readRecipe(cordon::sampleRecipePath()).project;
    return *project;
}

cordon::ImportContext context() {
    cordon::ImportContext context;
    context.now = cordon::TimePoint(std::chrono::sys_days{std::chrono::year{2025} / 11 / 20});
    context.toUtc = [](const std::string&, cordon::TimePoint wallClock) { return wallClock; };
    context.wantsRowPlaces = true;
    return context;
}

void importTable(const cordon::SourceTable& table, unsigned target) {
    cordon::ImportPlan plan = cordon::recognise(table, sample());
    if (target > 0)
        plan = cordon::planAs(std::move(plan), table, static_cast<cordon::ImportTarget>((target - 1) % 10));
    const cordon::ImportBatch batch = cordon::prepareImport(table, plan, sample(), context());
    if (batch.report.rows != table.rowCount() || batch.report.taken > batch.report.rows ||
        batch.rowPlaces.size() != table.rowCount())
        std::abort();
    cordon::importStep(sample(), {batch}, context().now);
    cordon::reportAsText(batch.report);
    cordon::reportAsJson({batch.report});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    static const cordon::FuzzFile file(".csv");
    file.write({reinterpret_cast<const char*>(data) + 1, size - 1});
    try {
        for (const cordon::SourceTable& table : cordon::readSourceTables(file.path()).tables)
            importTable(table, data[0]);
    } catch (const cordon::Error&) {
        // refused with a sentence
    }
    return 0;
}
