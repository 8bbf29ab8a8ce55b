// The made tables with places go through the whole import as they were recognised.
#include "core/import/import_batch.h"
#include "made_tables.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <unistd.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;

ImportBatch importOf(const std::string& name) {
    for (const MadeTable& made : madeTables()) {
        if (name != made.name)
            continue;
        const fs::path path = fs::temp_directory_path() / ("cordon_presets_" + std::to_string(::getpid()) + ".csv");
        std::ofstream(path, std::ios::binary) << made.bytes;
        const SourceTables tables = readSourceTables(path.string());
        fs::remove(path);
        ImportContext context;
        context.now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
        return prepareImport(tables.tables.at(0), recognise(tables.tables.at(0), {}), {}, context);
    }
    ADD_FAILURE() << "no table " << name;
    return {};
}

// Name of the table -> rows taken; no row is left.
TEST(Presets, AreTakenWhole) {
    const std::map<std::string, std::size_t> taken = {{"old ACLED", 1},
                                                      {"new ACLED", 1},
                                                      {"WFP obstacles", 1},
                                                      {"our own records", 1},
                                                      {"incidents in French", 2},
                                                      {"Spanish", 2},
                                                      {"UCDP without header", 2},
                                                      {"GeoNames dump", 2},
                                                      {"Kobo export", 1},
                                                      {"Kobo groups", 1},
                                                      {"MGRS", 2},
                                                      {"WKT", 2},
                                                      {"UTM with a zone column", 2},
                                                      {"both in one cell", 2},
                                                      {"one geopoint column", 2},
                                                      {"side columns", 2},
                                                      {"degrees, minutes, seconds", 2},
                                                      {"HXL tags", 2},
                                                      {"no header", 3},
                                                      {"date and time apart", 1}};
    for (const auto& [name, rows] : taken) {
        const ImportBatch batch = importOf(name);
        EXPECT_EQ(batch.report.taken, rows) << name;
        for (const RowNote& note : batch.report.left)
            ADD_FAILURE() << name << ", row " << note.row << ": " << note.column << " '" << note.value << "' "
                          << note.reason;
    }
}

// The file does not say since when: the user has to, nothing is made up.
TEST(Presets, RecordsWithoutADateAreLeftWithTheReason) {
    for (const char* name : {"WFP bridges", "two header rows under headings"}) {
        const ImportBatch batch = importOf(name);
        EXPECT_EQ(batch.report.taken, 0U) << name;
        ASSERT_EQ(batch.report.left.size(), batch.report.rows) << name;
        for (const RowNote& note : batch.report.left)
            EXPECT_EQ(note.column, "valid_from") << name;
    }
}

TEST(Presets, AcledTellsTheTypeByItsSubEvent) {
    const ImportBatch batch = importOf("new ACLED");
    ASSERT_EQ(batch.records.size(), 1U);
    const auto& incident = std::get<Incident>(batch.records[0]);
    EXPECT_EQ(incident.type, IncidentType::ArmedAttack);
    EXPECT_EQ(incident.acledSubEvent, AcledSubEvent::ArmedClash);
    EXPECT_EQ(incident.datePrecision, DatePrecision::Day);
    EXPECT_EQ(incident.head.precision, LocationPrecision::Town);
    EXPECT_EQ(incident.fatalitiesBest, 3);
    EXPECT_EQ(incident.head.source, "AFP");
    EXPECT_EQ(incident.location, (LonLat{-11.4445, 14.4469}));
}

} // namespace
} // namespace cordon
