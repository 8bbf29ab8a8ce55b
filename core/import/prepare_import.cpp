#include "core/import/layer_rows.h"
#include "core/import/record_rows.h"
#include "core/io/csv_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cordon {
namespace {

// The numbers of a column; what is none of them is told.
std::vector<double> metersOf(const ImportJob& job, ColumnRole role, std::vector<double> fromPlaces,
                             ImportReport& report) {
    const auto column = job.columnOf(role);
    if (!column)
        return fromPlaces;
    std::vector<double> values = std::move(fromPlaces);
    values.resize(job.rowCount(), std::numeric_limits<double>::quiet_NaN());
    SourceCells cells(job.table);
    Suspicion suspicion;
    suspicion.kind = SuspicionKind::UnknownValue;
    std::string example;
    for (std::size_t row = 0; row < job.rowCount(); ++row) {
        std::string_view cell = cells.at(*column, row);
        if (cell.ends_with(" m"))
            cell.remove_suffix(2);
        if (cell.empty())
            continue;
        if (const auto value = realFrom(cell, true); value && std::isfinite(*value)) {
            values[row] = *value;
        } else {
            example = cell;
            suspicion.rows.push_back(job.table.rowNumbers[row]);
        }
    }
    if (!suspicion.rows.empty()) {
        suspicion.text = "'" + example + "' in column '" + job.columnName(*column) + "' is no number of metres (" +
                         rowsText(suspicion.rows) + "); it is left empty.";
        report.suspicions.push_back(std::move(suspicion));
    }
    return values;
}

// Rows whose time cannot be read: no record without its date, but a place all the same.
void takeTimeProblems(const ImportJob& job, ImportRows& rows, ImportReport& report) {
    if (rows.times.problems.empty())
        return;
    if (isRecordTarget(job.plan.target)) {
        for (const auto& [row, note] : rows.times.problems) {
            rows.isLeft[row] = 1;
            report.left.push_back(note);
        }
        return;
    }
    Suspicion suspicion;
    suspicion.kind = SuspicionKind::UnknownValue;
    for (const auto& [row, note] : rows.times.problems)
        suspicion.rows.push_back(note.row);
    const RowNote& first = rows.times.problems.begin()->second;
    suspicion.text = "'" + first.value + "' in column '" + first.column + "' " + first.reason + " (" +
                     rowsText(suspicion.rows) + "); the time is left empty.";
    report.suspicions.push_back(std::move(suspicion));
}

void leaveUnplaced(const ImportJob& job, ImportRows& rows, ImportReport& report) {
    std::size_t problem = 0;
    for (std::size_t row = 0; row < job.rowCount(); ++row) {
        const std::uint32_t number = job.table.rowNumbers[row];
        while (problem < rows.places.problems.size() && rows.places.problems[problem].row < number)
            ++problem;
        if (rows.isLeft[row] != 0)
            continue;
        const PlaceState state = rows.places.states[row];
        if (state == PlaceState::Bad || state == PlaceState::Impossible) {
            rows.isLeft[row] = 1;
            const bool isNoted = problem < rows.places.problems.size() && rows.places.problems[problem].row == number;
            report.left.push_back(isNoted ? rows.places.problems[problem]
                                          : RowNote{number, "", "", "has no usable place"});
        } else if (state == PlaceState::None && !isRecordTarget(job.plan.target)) {
            rows.isLeft[row] = 1;
            report.left.push_back({number, "", "", "says no place"});
        }
    }
}

void requirePlaces(const ImportJob& job) {
    if (isRecordTarget(job.plan.target) || hasPlaces(job) || job.rowCount() == 0)
        return;
    throw Error("Nothing tells where the rows of '" + job.table.name +
                "' lie; say which columns are the coordinates, the place name or the P-code, such as --columns "
                "Lat=latitude.");
}

std::vector<LonLat> firstPoints(const GeometryColumn& geometry) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<LonLat> points(geometry.featureCount(), LonLat{kNone, kNone});
    for (std::uint32_t row = 0; row < geometry.featureCount(); ++row)
        if (geometry.featureStart[row] < geometry.featureStart[row + 1])
            if (const auto part = geometry.part(geometry.featureStart[row]); !part.empty())
                points[row] = part.front();
    return points;
}

} // namespace

ImportBatch prepareImport(const SourceTable& table, const ImportPlan& plan, const Project& project,
                          const ImportContext& context) {
    const ImportJob job{table, plan, project, context};
    requirePlaces(job);
    ImportBatch batch;
    ImportReport& report = batch.report;
    report.file = table.source.path;
    report.table = table.name;
    report.plan = plan;
    report.rows = job.rowCount();
    job.checkpoint(0, 0, 0);
    ImportRows rows;
    rows.isLeft.assign(job.rowCount(), 0);
    rows.places = readPlaces(job);
    rows.times = readTimes(job);
    report.suspicions = rows.times.suspicions;
    rows.altitudeMeters = metersOf(job, ColumnRole::Altitude, std::move(rows.places.altitudeMeters), report);
    rows.accuracyMeters = metersOf(job, ColumnRole::Accuracy, std::move(rows.places.accuracyMeters), report);
    checkPlaces(job, rows, report);
    if (context.wantsRowPlaces)
        batch.rowPlaces = firstPoints(rows.places.geometry);
    takeTimeProblems(job, rows, report);
    std::stable_sort(rows.places.problems.begin(), rows.places.problems.end(),
                     [](const RowNote& a, const RowNote& b) { return a.row < b.row; });
    leaveUnplaced(job, rows, report);
    if (isRecordTarget(plan.target))
        batch.records = recordsOf(job, rows, report);
    else if (plan.target == ImportTarget::Tracks)
        batch.layers = tracksOf(job, std::move(rows), report);
    else
        batch.layers = layersOf(job, std::move(rows), report);
    std::stable_sort(report.left.begin(), report.left.end(),
                     [](const RowNote& a, const RowNote& b) { return a.row < b.row; });
    if (context.progress)
        context.progress(1);
    return batch;
}

} // namespace cordon
