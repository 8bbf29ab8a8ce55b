// How long a project file takes to open and an edit to be durable, with the disk's own fsync measured beside it, on the
// sample's layers and 100,000 and 1,000,000 records. project_bench [FOLDER [RECORDS...]]; the folder says which disk.
#include "core/io/data_folder.h"
#include "core/io/project_file.h"
#include "core/io/recipe.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <random>
#include <unistd.h>

namespace {

using namespace cordon;
using namespace std::chrono_literals;

// The journal, its folder, the journal's header, the database, the journal's end (strace -e fdatasync shows them).
constexpr int kSyncsOfAnEdit = 5;

double millisecondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// A page written anew and synced: what any durable write costs at least.
double fsyncMilliseconds(const std::string& folder) {
    const std::string path = folder + "/fsync.tmp";
    const int descriptor = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    std::vector<double> times;
    std::string page(4096, 'x');
    for (int i = 0; i < 51; ++i)
        times.push_back(millisecondsOf([&] {
            page[0] = static_cast<char>('a' + i % 26);
            if (::pwrite(descriptor, page.data(), page.size(), i % 8 * 4096) < 0 || ::fsync(descriptor) != 0)
                std::perror("fsync");
        }));
    ::close(descriptor);
    ::unlink(path.c_str());
    return median(times);
}

// Five years of reports: mostly incidents and road statuses on the sample's roads.
Situation madeSituation(int count) {
    Situation s;
    std::mt19937 random(42);
    const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    const TimePoint first = parseTime("2020-11-01").value().time;
    const auto head = [&](int i) {
        RecordHead h;
        h.id = "B" + std::to_string(i);
        h.valid.begin = first + std::chrono::minutes{number(5 * 365 * 24 * 60)};
        if (number(10) > 0)
            h.valid.end = h.valid.begin + std::chrono::hours{1 + number(24 * 60)};
        h.recorded.begin = h.valid.begin + std::chrono::hours{number(100)};
        if (number(8) == 0)
            h.recorded.end = h.recorded.begin + std::chrono::hours{1 + number(1000)};
        h.source = "OCHA Mali tableau de bord acces";
        h.sourceUrl = "https://www.unocha.org/publications/report/mali/" + std::to_string(i);
        h.grade = {static_cast<char>('A' + number(4)), static_cast<char>('1' + number(4))};
        h.place = "Place " + std::to_string(number(500));
        h.note = "Vehicles were stopped and turned back; traders report that the market stayed closed.";
        return h;
    };
    const LonLat origin{-11, 12};
    const auto somewhere = [&] {
        return LonLat{origin.lonDegrees + number(14'000) / 1000.0, origin.latDegrees + number(8'000) / 1000.0};
    };
    for (int i = 0; i < count; ++i) {
        const int kind = i % 20;
        if (kind < 10) {
            Incident r;
            r.head = head(i);
            r.location = somewhere();
            r.type = static_cast<IncidentType>(number(10));
            r.actor = "JNIM";
            r.fatalitiesBest = number(20);
            s.incidents.push_back(std::move(r));
        } else if (kind < 17) {
            RoadStatus r;
            r.head = head(i);
            const double from = number(80) / 100.0;
            r.roads = {{std::to_string(1 + number(300)), from, from + 0.15}};
            r.status = static_cast<RoadStatusKind>(number(5));
            r.cause = static_cast<ObstacleType>(number(16));
            s.roadStatuses.push_back(std::move(r));
        } else if (kind < 19) {
            ControlArea r;
            r.head = head(i);
            r.regions = {"ML-" + std::to_string(1 + number(8))};
            r.actor = "FAMa";
            s.controlAreas.push_back(std::move(r));
        } else {
            Restriction r;
            r.head = head(i);
            r.geometry = {SmallGeometry::Kind::Point, {{{somewhere()}, false}}};
            s.restrictions.push_back(std::move(r));
        }
    }
    return s;
}

void run(const std::string& folder, const std::shared_ptr<const Project>& layers, int count) {
    Situation situation = madeSituation(count);
    situation.actors = layers->situation->actors;
    const auto project = std::make_shared<const Project>(
        withSituation(*layers, std::make_shared<const Situation>(std::move(situation))));
    const std::string path = folder + "/bench.gpkg";
    std::printf("%d records\n", count);
    std::printf("  create              %8.1f ms\n", millisecondsOf([&] { ProjectFile::create(path, project, true); }));
    std::printf("  file                %8.1f MB\n", static_cast<double>(std::filesystem::file_size(path)) / 1e6);
    std::vector<double> opens;
    for (int i = 0; i < 5; ++i)
        opens.push_back(millisecondsOf([&] { ProjectFile::open(path); }));
    std::printf("  open                %8.1f ms (median of 5)\n", median(opens));
    ProjectFile file = ProjectFile::open(path);
    std::vector<double> adds, withdrawals, undos, shows;
    for (int i = 0; i < 40; ++i) {
        Record record = project->situation->roadStatuses[static_cast<std::size_t>(i)];
        headOf(record).id = "new" + std::to_string(i);
        headOf(record).valid = {ProjectFile::currentTime() - 24h, std::nullopt};
        const SituationEdit edit = addReports(*file.project()->situation, {record}, ProjectFile::currentTime());
        adds.push_back(millisecondsOf([&] { file.apply(edit); }));
        const SituationEdit withdrawal =
            withdrawReport(*file.project()->situation, headOf(record).id, ProjectFile::currentTime());
        withdrawals.push_back(millisecondsOf([&] { file.apply(withdrawal); }));
        undos.push_back(millisecondsOf([&] { file.undo(); }));
        Project after = *file.project();
        auto layer = std::make_shared<Layer>(*after.layers[0]);
        layer->visible = !layer->visible;
        after.layers[0] = layer;
        shows.push_back(millisecondsOf([&] { file.applyProject("Hide", after); }));
    }
    const double fsync = fsyncMilliseconds(folder);
    std::printf("  fsync alone         %8.1f ms (median)\n", fsync);
    std::printf("  add a report        %8.1f ms (median, durable; %.1f beyond its %d fsyncs)\n", median(adds),
                median(adds) - kSyncsOfAnEdit * fsync, kSyncsOfAnEdit);
    std::printf("  withdraw it         %8.1f ms\n", median(withdrawals));
    std::printf("  undo                %8.1f ms\n", median(undos));
    std::printf("  hide a layer        %8.1f ms\n", median(shows));
    std::printf("  save a copy         %8.1f ms\n",
                millisecondsOf([&] { file.saveCopy(folder + "/copy.gpkg", true); }));
}

} // namespace

int main(int argc, char** argv) {
    std::string folder = (std::filesystem::temp_directory_path() / "cordon-bench-XXXXXX").string();
    if (argc > 1)
        folder = std::string(argv[1]) + "/cordon-bench-XXXXXX";
    if (!::mkdtemp(folder.data())) {
        std::perror(folder.c_str());
        return 1;
    }
    int status = 0;
    try {
        const auto layers = loadSources({sampleRecipePath()}).project;
        std::vector<int> counts = {100'000, 1'000'000};
        if (argc > 2)
            counts.clear();
        for (int i = 2; i < argc; ++i)
            counts.push_back(std::atoi(argv[i]));
        for (const int count : counts)
            run(folder, layers, count);
    } catch (const Error& error) {
        std::fprintf(stderr, "project_bench: %s\n", error.what());
        status = 1;
    }
    std::filesystem::remove_all(folder);
    return status;
}
