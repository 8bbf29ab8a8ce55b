// Every group of the shared conformance files, against what GDAL 3.6.2 found in it (the tables of its README.md): each
// is read in a process of its own with 1 GB of memory and two minutes, gives GDAL's feature counts or one sentence.
#include "core/io/vector_reader.h"
#include "test_folders.h"

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <poll.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(CORDON_TEST_SOURCE) / ".." / "shared" / "data" / "conformance";

struct Expected {
    std::string path; // below the folder
    bool opens = false;
    std::vector<std::size_t> counts; // a layer each, without the points of GPX routes and tracks
    bool isCutShort = false;         // the table does not list all layers
};

// "| a.gpx | 1 | GPX; waypoints: 2 (2 Point); routes: 0 -- W ... |"
std::optional<Expected> parseRow(const std::string& section, const std::string& line) {
    const std::size_t pathEnd = line.find(" | "), filesEnd = line.find(" | ", pathEnd + 3);
    const bool isRow = line.starts_with("| ") && line.ends_with(" |") && filesEnd != std::string::npos;
    if (!isRow || !std::isdigit(static_cast<unsigned char>(line[pathEnd + 3])))
        return std::nullopt;
    Expected expected{section + "/" + line.substr(2, pathEnd - 2), false, {}, false};
    std::string outcome = line.substr(filesEnd + 3, line.size() - filesEnd - 5);
    if (outcome.starts_with("does not open") || outcome.starts_with("ends with signal"))
        return expected;
    outcome = outcome.substr(0, outcome.find(" -- "));
    expected.opens = true;
    expected.isCutShort = outcome.ends_with("...");
    const bool isGpx = outcome.starts_with("GPX") || outcome.starts_with("GPSBabel");
    std::istringstream items(outcome);
    std::string item;
    std::getline(items, item, ';'); // the driver
    while (std::getline(items, item, ';')) {
        // "name: 12 (7 Point), 5 without geometry"; the name may hold colons, what follows the count does not.
        const std::size_t colon = item.rfind(": ");
        if (colon == std::string::npos || colon + 2 >= item.size() ||
            !std::isdigit(static_cast<unsigned char>(item[colon + 2])))
            continue;
        const std::string name = item.substr(0, colon);
        if (!isGpx || (name != " route_points" && name != " track_points"))
            expected.counts.push_back(std::stoul(item.substr(colon + 2)));
    }
    return expected;
}

std::vector<Expected> expectedOf(const std::string& section) {
    std::ifstream readme(kFolder / "README.md");
    std::vector<Expected> all;
    std::string line, current;
    while (std::getline(readme, line)) {
        if (line.starts_with("## "))
            current = line.substr(3);
        else if (current == section)
            if (const auto row = parseRow(current, line))
                all.push_back(*row);
    }
    if (section == "json_test_suite") // none is a map
        for (const auto& entry : fs::directory_iterator(kFolder / section))
            all.push_back({section + "/" + entry.path().filename().string(), false, {}, false});
    return all;
}

// What became of one file, from the process that read it.
struct Outcome {
    std::string end;  // "opened", "refused", "crashed", "timed out"
    std::string text; // the sentence
    std::vector<std::size_t> counts;
    bool isComplete = true; // no warning says that something was left out
    double seconds = 0;
    long peakKilobytes = 0; // of the process that read it, without its helper
};

[[noreturn]] void readInThisProcess(const std::string& path, int fd) {
    const rlimit memory{std::size_t{1} << 30, std::size_t{1} << 30};
#if !defined(__SANITIZE_ADDRESS__)
    setrlimit(RLIMIT_AS, &memory);
#else
    static_cast<void>(memory);
#endif
    std::ostringstream answer;
    try {
        const ImportResult result = readVector(path);
        answer << "opened\n";
        for (const Warning& warning : result.warnings)
            if (warning.leftOut)
                answer << "left out\n";
        for (const auto& table : result.tables)
            answer << table->featureCount << '\n';
    } catch (const Error& error) {
        answer << "refused\n" << error.what() << '\n';
    }
    const std::string bytes = answer.str();
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    _exit(written == static_cast<ssize_t>(bytes.size()) ? 0 : 1);
}

Outcome readApart(const std::string& path) {
    std::array<int, 2> fds{};
    EXPECT_EQ(pipe(fds.data()), 0);
    const pid_t pid = fork();
    if (pid == 0)
        readInThisProcess(path, fds[1]);
    close(fds[1]);
    const auto start = std::chrono::steady_clock::now();
    const auto deadline = start + std::chrono::seconds(120);
    std::string bytes;
    bool isLate = false;
    for (;;) {
        pollfd waiting{fds[0], POLLIN, 0};
        poll(&waiting, 1, 100);
        std::array<char, 4096> buffer{};
        const ssize_t count = waiting.revents ? read(fds[0], buffer.data(), buffer.size()) : -1;
        if (count == 0)
            break;
        if (count > 0)
            bytes.append(buffer.data(), static_cast<std::size_t>(count));
        if (std::chrono::steady_clock::now() > deadline) {
            isLate = true;
            kill(pid, SIGKILL);
            break;
        }
    }
    close(fds[0]);
    int status = 0;
    rusage usage{};
    wait4(pid, &status, 0, &usage);
    if (isLate)
        return {"timed out"};
    Outcome outcome;
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    outcome.peakKilobytes = usage.ru_maxrss;
    std::istringstream lines(bytes);
    std::getline(lines, outcome.end);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || (outcome.end != "opened" && outcome.end != "refused"))
        return {"crashed"};
    std::string line;
    while (std::getline(lines, line)) {
        if (outcome.end == "refused")
            outcome.text += (outcome.text.empty() ? "" : "\n") + line;
        else if (line == "left out")
            outcome.isComplete = false;
        else
            outcome.counts.push_back(std::stoul(line));
    }
    return outcome;
}

// Where we differ from GDAL on purpose, and why.
const std::map<std::string, std::string>& deliberateDifferences() {
    static const std::string noIndex =
        "GDAL refuses a shapefile without index (.shx); we walk through its shapes, and warn";
    static const std::string ownKml = "GDAL's LIBKML driver crashes or refuses; our own reader takes the placemarks";
    static const std::string noContainer = "GDAL's LIBKML driver wants a folder around placemarks; we do not";
    static const std::string goesOn = "GDAL stops at the first placemark it does not like; we take the others too";
    static const std::map<std::string, std::string> differences = {
        {"gdal/csv/double_quotes_in_middle_of_field_bis.csv",
         "a quotation mark inside an unquoted cell is text; GDAL joins the lines until the next one"},
        {"gdal/kml/gx_track_without_when.kml", ownKml},
        {"gpsbabel/track/adddate.nmea", "GDAL reads no NMEA without gpsbabel; a track without times"},
        {"libkml/examples/kml/photooverlay.kml", noContainer},
        {"libkml/testdata/kml/all-arrays.kml", ownKml},
        {"libkml/testdata/kml/all-unknown-input.kml", "the same placemarks; tables in the order of the file"},
        {"libkml/testdata/kmz/bad-too-large.kmz", "the archive lies about the size of a KML that is whole"},
        {"libkml/testdata/kmz/rumsey/kml/lc01.kmz", "two ground overlays, of which GDAL sees no layer"},
        {"libkml/testdata/kmz/zermatt-photo-bad.kmz", noContainer},
        {"libkml/testdata/csv/lincoln-park-gc-errors.csv",
         "rows whose coordinates cannot be understood are named and left out; GDAL reads no coordinates"},
        {"libkml/testdata/csv/test.csv",
         "divided by bars and without header; GDAL takes it for one column and the first row for its name"},
        {"pyshp/tests/shapefiles/latin1.shp", noIndex},
        {"shapefile_js/multipointm.shp", noIndex},
        {"shapefile_js/polygonm.shp", noIndex},
        {"shapefile_js/polylinem.shp", noIndex},
        {"shpjs/htmlcpg.shp", noIndex},
        {"shpjs/htmlprj.shp", noIndex},
        {"shpjs/no-dbf.shp", noIndex},
        {"shpjs/no-dbf.zip", noIndex},
        {"mapshaper/issues/68/cell1.shp", noIndex},
        {"mapshaper/text/utf16_be_bom.csv", "UTF-16 with a byte order mark is text; GDAL does not know it"},
        {"togeojson/bad.kml", goesOn},
        {"togeojson/twopoints.kml", goesOn},
    };
    return differences;
}

std::string listOf(const std::vector<std::size_t>& counts) {
    std::string text;
    for (const std::size_t count : counts)
        text += (text.empty() ? "" : ", ") + std::to_string(count);
    return "[" + text + "]";
}

// GDAL makes a layer of every folder of a KML file, ours of those that hold something; its GPSBabel driver leaves out
// the empty ones.
std::vector<std::size_t> withoutEmptyLayers(std::vector<std::size_t> counts) {
    std::erase(counts, 0u);
    return counts;
}

bool mayDifferInEmptyLayers(const std::string& path) {
    return path.ends_with(".kml") || path.ends_with(".kmz") || path.ends_with(".tcx");
}

// One row of the table that CORDON_CONFORMANCE_TABLE=FILE asks for: file, GDAL's counts, ours or the refusal.
void writeRow(const Expected& expected, const Outcome& outcome) {
    const char* const file = std::getenv("CORDON_CONFORMANCE_TABLE");
    if (!file)
        return;
    const std::string gdals = expected.opens ? listOf(expected.counts) + (expected.isCutShort ? "..." : "") : "refused";
    const std::string ours = outcome.end == "opened"
                                 ? listOf(outcome.counts) + (outcome.isComplete ? "" : ", with a warning")
                                 : outcome.text;
    std::ofstream(file, std::ios::app) << expected.path << '\t' << gdals << '\t' << outcome.end << '\t' << ours << '\t'
                                       << outcome.seconds << " s\t" << outcome.peakKilobytes / 1024 << " MB\n";
}

// Why we may refuse what GDAL opens: numbers that are no degrees in a file that names no reference system, nothing to
// show, another file or service behind it, broken JSON that GDAL reads in part.
bool isGoodReason(const std::string& text) {
    for (const char* reason : {"name it with --crs", "beyond 90", "are not degrees", "there is no placemark in it",
                               "no map format that is known and safe", "its JSON is broken"})
        if (text.find(reason) != std::string::npos)
            return true;
    return false;
}

bool isOneSentence(const std::string& text) {
    return text.size() > 20 && text.find('\n') == std::string::npos && text.ends_with(".") && text.size() < 1000;
}

class Conformance : public testing::TestWithParam<const char*> {};

TEST_P(Conformance, IsReadAsGdalDoesOrRefusedInOneSentence) {
    if (!fs::exists(kFolder / "README.md"))
        GTEST_SKIP() << "the shared conformance files are not here: " << kFolder;
    const std::vector<Expected> all = expectedOf(GetParam());
    ASSERT_FALSE(all.empty());
    for (const Expected& expected : all) {
        const Outcome outcome = readApart((kFolder / expected.path).string());
        SCOPED_TRACE(expected.path);
        writeRow(expected, outcome);
        if (outcome.end == "refused") {
            EXPECT_TRUE(isOneSentence(outcome.text)) << outcome.text;
            EXPECT_TRUE(!expected.opens || isGoodReason(outcome.text)) << "GDAL opens it; " << outcome.text;
            continue;
        }
        ASSERT_EQ(outcome.end, "opened");
        if (deliberateDifferences().contains(expected.path))
            continue;
        EXPECT_TRUE(expected.opens) << "GDAL does not open it, we read " << listOf(outcome.counts);
        std::vector<std::size_t> counts = outcome.counts;
        std::vector<std::size_t> gdals = expected.counts;
        if (mayDifferInEmptyLayers(expected.path)) {
            counts = withoutEmptyLayers(counts);
            gdals = withoutEmptyLayers(gdals);
        }
        if (expected.isCutShort)
            counts.resize(std::min(counts.size(), gdals.size()));
        if (expected.opens) {
            EXPECT_EQ(listOf(counts), listOf(gdals)) << (outcome.isComplete ? "" : "(with a warning)");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, Conformance,
                         testing::Values("gdal", "gpsbabel", "libkml", "qmapshack", "gpxpy", "georust_gpx", "togeojson",
                                         "oomapper", "shapelib", "pyshp", "shapefile_js", "shpjs", "fiona", "geopandas",
                                         "geojsonhint", "georust_geojson", "mapshaper", "node_gdal", "libosmium",
                                         "json_test_suite"),
                         [](const auto& given) { return std::string(given.param); });

} // namespace
} // namespace cordon
