#include "core/import/layer_rows.h"

#include "core/import/layer_name.h"
#include "core/io/csv_columns.h"
#include "core/io/geometry_builder.h"
#include "core/io/read_job.h"
#include "core/io/table_draft.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace cordon {
namespace {

Column textsAsColumn(const ImportJob& job, std::size_t column, std::string name) {
    const TextValues& cells = job.table.cells[column];
    CsvColumnType found;
    for (std::size_t row = 0; row < job.rowCount(); ++row)
        found.look(cells.at(row), job.table.decimalCommas);
    CsvColumn values(std::move(name), found, job.rowCount());
    for (std::size_t row = 0; row < job.rowCount(); ++row) {
        job.checkpoint(row, 0.7, 0.8);
        values.append(trimmedCell(cells.at(row)), job.table.decimalCommas);
    }
    return values.finish();
}

// Where the place of a row stands in the table: not kept as an attribute too.
bool isPlaceRole(ColumnRole role) {
    return role >= ColumnRole::Latitude && role <= ColumnRole::Wkt;
}

std::vector<Column> columnsOf(const ImportJob& job, const ImportRows& rows) {
    std::vector<Column> columns;
    for (std::size_t i = 0; i < std::min(job.plan.columns.size(), job.table.columns.size()); ++i) {
        const ColumnRole role = job.plan.columns[i].role;
        const bool isOwnColumn = role == ColumnRole::Time || role == ColumnRole::TimeOfDay ||
                                 role == ColumnRole::EndTime || role == ColumnRole::Altitude ||
                                 role == ColumnRole::Accuracy;
        if (role == ColumnRole::Ignore || isPlaceRole(role) || isOwnColumn)
            continue;
        const std::string name = role == ColumnRole::Device ? "device" : job.columnName(i);
        columns.push_back(attributeColumn(job, i, freeColumnName(columns, name)));
    }
    const auto add = [&](Column column) {
        column.name = freeColumnName(columns, column.name);
        columns.push_back(std::move(column));
    };
    if (!rows.times.beginMs.empty())
        add(timeColumnOf("time", rows.times.beginMs, rows.times.hasTimeOfDay));
    if (!rows.times.endMs.empty())
        add(timeColumnOf("end_time", rows.times.endMs, true));
    if (!rows.altitudeMeters.empty())
        add(realColumn("altitude", rows.altitudeMeters));
    if (!rows.accuracyMeters.empty())
        add(realColumn("accuracy", rows.accuracyMeters));
    return columns;
}

// What a row is, for a reason: "is a line".
const char* shapeName(const GeometryColumn& g, std::size_t row) {
    switch (g.partRole[g.featureStart[row]]) {
    case PartRole::Points:
        return "a point";
    case PartRole::Line:
        return "a line";
    default:
        return "an area";
    }
}

bool fitsTarget(const GeometryColumn& g, std::size_t row, ImportTarget target) {
    const PartRole role = g.partRole[g.featureStart[row]];
    switch (target) {
    case ImportTarget::Points:
        return role == PartRole::Points;
    case ImportTarget::Roads:
        return role == PartRole::Line;
    default:
        return role == PartRole::OuterRing;
    }
}

void leaveMisfits(const ImportJob& job, ImportRows& rows, ImportReport& report) {
    const char* wanted = job.plan.target == ImportTarget::Points  ? "points"
                         : job.plan.target == ImportTarget::Roads ? "roads"
                                                                  : "regions";
    for (std::size_t row = 0; row < job.rowCount(); ++row) {
        if (rows.isLeft[row] != 0 || fitsTarget(rows.places.geometry, row, job.plan.target))
            continue;
        rows.isLeft[row] = 1;
        report.left.push_back(
            {job.table.rowNumbers[row], "", "",
             std::string("is ") + shapeName(rows.places.geometry, row) + "; " + wanted + " were asked for"});
    }
}

LayerRole roleFor(ImportTarget target, const FeatureTable& table) {
    const LayerRole guessed = guessRole(table);
    if (target == ImportTarget::Roads)
        return LayerRole::Road;
    if (target == ImportTarget::Regions)
        return guessed == LayerRole::Other ? LayerRole::Region : guessed;
    return guessed == LayerRole::Place || guessed == LayerRole::Incident ? guessed : LayerRole::Point;
}

const char* typeNameFor(ImportTarget target, const GeometryColumn& g) {
    const bool isSingle = g.partCount() == g.featureCount();
    if (target == ImportTarget::Points)
        return isSingle ? "Point" : "MultiPoint";
    if (target == ImportTarget::Roads)
        return isSingle ? "LineString" : "MultiLineString";
    return isSingle ? "Polygon" : "MultiPolygon";
}

} // namespace

Column attributeColumn(const ImportJob& job, std::size_t column, std::string name) {
    if (!job.table.features)
        return textsAsColumn(job, column, std::move(name));
    Column copy = job.table.features->columns[column];
    copy.name = std::move(name);
    return copy;
}

Column realColumn(std::string name, const std::vector<double>& values) {
    Column column;
    column.name = std::move(name);
    column.type = FieldType::Real;
    std::vector<double> reals(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (std::isnan(values[row])) {
            column.isNullAt.resize(values.size(), 0);
            column.isNullAt[row] = 1;
        } else {
            reals[row] = values[row];
        }
    }
    column.values = std::move(reals);
    return column;
}

Column timeColumnOf(std::string name, const std::vector<std::int64_t>& timesMs, bool hasTimeOfDay) {
    using namespace std::chrono;
    Column column;
    column.name = std::move(name);
    column.type = hasTimeOfDay ? FieldType::DateTime : FieldType::Date;
    std::vector<std::int64_t> values(timesMs.size());
    for (std::size_t row = 0; row < timesMs.size(); ++row) {
        if (timesMs[row] == RowTimes::kNone) {
            column.isNullAt.resize(timesMs.size(), 0);
            column.isNullAt[row] = 1;
        } else {
            // Midnight of a zone lies within 12 hours of that day's midnight in UTC.
            values[row] = hasTimeOfDay ? timesMs[row] : floor<days>(milliseconds{timesMs[row]} + hours{12}).count();
        }
    }
    column.values = std::move(values);
    return column;
}

std::string freeColumnName(const std::vector<Column>& columns, const std::string& name) {
    const auto isTaken = [&](const std::string& wanted) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const Column& column) { return equalIgnoringCase(column.name, wanted); });
    };
    if (!isTaken(name))
        return name;
    for (int n = 2;; ++n)
        if (const std::string other = name + "_" + std::to_string(n); !isTaken(other))
            return other;
}

std::string absoluteSource(const std::string& path) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error);
    return error || path.empty() ? path : absolute.lexically_normal().string();
}

std::shared_ptr<FeatureTable> emptyTable(const ImportJob& job, const std::string& suffix) {
    auto table = std::make_shared<FeatureTable>();
    table->name = (job.plan.layerName.empty() ? layerNameOf(job.table) : job.plan.layerName) + suffix;
    table->source = job.table.source;
    table->source.path = absoluteSource(table->source.path);
    table->source.layer += suffix;
    return table;
}

std::vector<std::shared_ptr<const Layer>> layersOf(const ImportJob& job, ImportRows rows, ImportReport& report) {
    leaveMisfits(job, rows, report);
    auto table = emptyTable(job);
    table->columns = columnsOf(job, rows);
    table->geometry = std::move(rows.places.geometry);
    const auto keepMarked = [&](const std::vector<std::uint8_t>& keep) {
        if (std::find(keep.begin(), keep.end(), 0) != keep.end())
            keepRows(table->geometry, table->columns, keep);
        finishTable(*table);
    };
    for (std::uint8_t& mark : rows.isLeft)
        mark = !mark;
    keepMarked(rows.isLeft);
    std::vector<std::uint32_t> numbers; // of the features
    for (std::size_t row = 0; row < job.rowCount(); ++row)
        if (rows.isLeft[row])
            numbers.push_back(job.table.rowNumbers[row]);
    if (table->featureCount == 0)
        return {};
    const LayerRole role = roleFor(job.plan.target, *table);
    table->geometryType = typeNameFor(job.plan.target, table->geometry);
    const auto before = layerOfSource(job.project, *makeLayer(table, role));
    const std::vector<std::uint32_t> elsewhere = featuresElsewhere(job.project, before.get(), *table);
    if (!elsewhere.empty() && !job.hasFix(ImportFix::KeepDuplicates)) {
        Suspicion suspicion;
        suspicion.kind = SuspicionKind::Duplicate;
        std::vector<std::uint8_t> keep(table->featureCount, 1);
        for (const std::uint32_t feature : elsewhere) {
            keep[feature] = 0;
            suspicion.rows.push_back(numbers[feature]);
        }
        suspicion.text = "The project has " + rowsText(suspicion.rows) + " already, in another layer; " +
                         (elsewhere.size() == 1 ? "it is" : "they are") + " not added again.";
        suspicion.fix = ImportFix::KeepDuplicates;
        report.suspicions.push_back(std::move(suspicion));
        report.alreadyThere += elsewhere.size();
        keepMarked(keep);
    }
    if (table->featureCount == 0)
        return {};
    for (const std::uint8_t isThere : featuresBefore(before.get(), *table, report.warnings))
        ++(isThere ? report.alreadyThere : report.taken);
    return {makeLayer(std::move(table), role)};
}

} // namespace cordon
