// What may go wrong under a project file: killed programs, full disks, other programs, damage. Nothing confirmed is
// lost, and there is a sentence.
#include "core/io/gpkg_tables.h"
#include "core/io/project_file.h"
#include "core/io/project_schema.h"
#include "core/io/sqlite.h"
#include "tests/io/project_samples.h"
#include "tests/io/scratch_folder.h"

#include <csignal>
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <random>
#include <set>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace cordon {
namespace {

namespace fs = std::filesystem;
using test::at;

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void writeBytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

template <class F> std::string errorOf(F work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

void addIncident(ProjectFile& file, const std::string& id) {
    file.apply(addReports(*file.project()->situation, {test::incident(id, {-8, 12}, at("2025-11-02"))},
                          ProjectFile::currentTime()));
}

bool hasReport(const Project& project, const std::string& id) {
    return !historyOf(*project.situation, id).empty();
}

// Runs `work` in a process of its own; it writes what it has to say to the descriptor.
struct Child {
    pid_t pid = -1;
    int output = -1;

    explicit Child(const std::function<void(int output)>& work) {
        int ends[2];
        if (::pipe(ends) != 0)
            throw std::runtime_error("no pipe");
        pid = ::fork();
        if (pid == 0) {
            ::close(ends[0]);
            try {
                work(ends[1]);
            } catch (const std::exception& error) {
                const std::string text = std::string("! ") + error.what() + "\n";
                if (::write(ends[1], text.data(), text.size()) < 0)
                    ::_exit(3);
            }
            ::_exit(0);
        }
        ::close(ends[1]);
        output = ends[0];
    }
    // Everything it said, when it has ended.
    std::string wait() {
        std::string text;
        char buffer[4096];
        for (ssize_t n = 0; (n = ::read(output, buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(n));
        ::close(output);
        int status = 0;
        ::waitpid(pid, &status, 0);
        if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
            text += "! ended by signal " + std::to_string(WTERMSIG(status));
        return text;
    }
};

void say(int output, const std::string& line) {
    const std::string text = line + "\n";
    if (::write(output, text.data(), text.size()) < 0)
        ::_exit(4);
}

class ProjectFaults : public testing::Test {
protected:
    ScratchFolder m_folder;
    std::string m_path = m_folder.path("mali.gpkg");

    std::vector<std::string> filesBeside() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(fs::path(m_path).parent_path()))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
};

// One program's edits until it is killed: "A id" added, "W id" withdrawn, "T n" title set.
void editUntilKilled(const std::string& path, int round, int output) {
    ProjectFile file = ProjectFile::open(path, ProjectAccess::ReadWrite);
    std::string last;
    for (int n = 0;; ++n) {
        const std::string id = "k" + std::to_string(round) + "-" + std::to_string(n);
        if (n % 5 == 4) {
            file.apply(withdrawReport(*file.project()->situation, last, ProjectFile::currentTime()));
            say(output, "W " + last);
        } else if (n % 7 == 6) {
            Project after = *file.project();
            after.map.title = std::to_string(round * 100'000 + n);
            file.applyProject("Title", after);
            say(output, "T " + after.map.title);
        } else {
            last = id;
            addIncident(file, id);
            say(output, "A " + id);
        }
    }
}

int countWithGdal(const std::string& path, const char* layer) {
    GDALAllRegister();
    GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    OGRLayer* found = dataset ? dataset->GetLayerByName(layer) : nullptr;
    return found ? static_cast<int>(found->GetFeatureCount()) : -1;
}

// CORDON_KILL_ROUNDS=1000 makes it the long run; without it about fifteen seconds.
TEST_F(ProjectFaults, AKilledProgramLosesNothingThatWasConfirmed) {
    const char* const wanted = std::getenv("CORDON_KILL_ROUNDS");
    const int mostRounds = wanted ? std::atoi(wanted) : 10'000;
    ProjectFile::create(m_path, test::richProject());
    std::mt19937 random(static_cast<unsigned>(std::random_device{}()));
    std::set<std::string> added, withdrawn;
    long long title = 0;
    int rounds = 0, torn = 0;
    const auto start = std::chrono::steady_clock::now();
    for (; rounds < mostRounds; ++rounds) {
        if (!wanted && std::chrono::steady_clock::now() - start > std::chrono::seconds{15})
            break;
        Child child([&](int output) { editUntilKilled(m_path, rounds, output); });
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 180'000});
        ::kill(child.pid, SIGKILL);
        std::istringstream lines(child.wait());
        for (std::string kind, what; lines >> kind >> what;) {
            ASSERT_NE(kind, "!") << what;
            if (kind == "T")
                title = std::stoll(what);
            else
                (kind == "A" ? added : withdrawn).insert(what);
        }
        torn += bytesOf(m_path + "-journal").substr(0, 1) > std::string(1, '\0'); // zeroed between edits
        const ProjectFile file = ProjectFile::open(m_path, ProjectAccess::ReadWrite);
        ASSERT_EQ(file.checkIntegrity(), std::vector<std::string>{});
        ASSERT_EQ(filesBeside(), std::vector<std::string>{"mali.gpkg"});
        std::set<std::string> found, ended;
        for (const Incident& row : file.project()->situation->incidents) {
            ASSERT_TRUE(row.head.id == "I1" || found.insert(row.head.id).second) << row.head.id << " twice";
            if (row.head.recorded.end)
                ended.insert(row.head.id);
        }
        ASSERT_TRUE(std::includes(found.begin(), found.end(), added.begin(), added.end()));
        ASSERT_TRUE(std::includes(ended.begin(), ended.end(), withdrawn.begin(), withdrawn.end()));
        ASSERT_LE(found.size() + ended.size(), added.size() + withdrawn.size() + static_cast<std::size_t>(rounds) + 1);
        added = found; // what was done but not confirmed stays done
        withdrawn = ended;
        if (title != 0) {
            ASSERT_GE(std::stoll(file.project()->map.title), title);
        }
    }
    EXPECT_EQ(countWithGdal(m_path, "cordon_incident"), static_cast<int>(added.size()) + 1);
    std::printf("%d rounds killed, %d in the middle of an edit; %zu edits, none of the confirmed lost\n", rounds, torn,
                added.size() + withdrawn.size());
    RecordProperty("rounds", rounds);
    EXPECT_GT(rounds, 20);
}

TEST_F(ProjectFaults, AFullDiskRefusesTheEditAndKeepsTheRest) {
    ProjectFile::create(m_path, test::richProject());
    const auto size = fs::file_size(m_path);
    Child child([&](int output) {
        ::signal(SIGXFSZ, SIG_IGN); // as the programs do
        ProjectFile file = ProjectFile::open(m_path, ProjectAccess::ReadWrite);
        const struct rlimit limit { size + 40'000, size + 40'000 };
        ::setrlimit(RLIMIT_FSIZE, &limit);
        int n = 0;
        try {
            for (;; ++n)
                addIncident(file, "f" + std::to_string(n));
        } catch (const Error& error) {
            say(output, std::to_string(n) + " " + error.what());
            say(output, hasReport(*file.project(), "f" + std::to_string(n)) ? "there" : "not there");
        }
    });
    std::istringstream lines(child.wait());
    int confirmed = 0;
    std::string sentence, after;
    lines >> confirmed;
    std::getline(lines, sentence);
    std::getline(lines, after);
    EXPECT_EQ(sentence, " 'Add report f" + std::to_string(confirmed) + "' was not recorded in '" + m_path +
                            "': it would grow beyond the largest size allowed here; raise the limit or use another "
                            "disk.");
    EXPECT_EQ(after, "not there");
    const ProjectFile file = ProjectFile::open(m_path);
    EXPECT_EQ(file.checkIntegrity(), std::vector<std::string>{});
    EXPECT_GT(confirmed, 10);
    EXPECT_TRUE(hasReport(*file.project(), "f" + std::to_string(confirmed - 1)));
    EXPECT_FALSE(hasReport(*file.project(), "f" + std::to_string(confirmed)));
    EXPECT_EQ(filesBeside(), std::vector<std::string>{"mali.gpkg"});
}

TEST_F(ProjectFaults, ANewFileOnAFullDiskLeavesNothingBehind) {
    Child child([&](int output) {
        ::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit limit { 20'000, 20'000 };
        ::setrlimit(RLIMIT_FSIZE, &limit);
        say(output, errorOf([&] { ProjectFile::create(m_path, test::richProject()); }));
    });
    EXPECT_EQ(child.wait(), "The project file '" + m_path +
                                "' cannot be written: it would grow beyond the largest size allowed here; raise the "
                                "limit or use another disk.\n");
    EXPECT_EQ(filesBeside(), std::vector<std::string>{});
}

// As somebody who may not write there; root may write everywhere.
std::string asNobody(const std::function<void(int)>& work) {
    Child child([&](int output) {
        if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0))
            ::_exit(5);
        work(output);
    });
    return child.wait();
}

TEST_F(ProjectFaults, AWriteProtectedFileOrFolderOpensReadOnly) {
    ProjectFile::create(m_path, test::richProject());
    const auto opened = [&](int output) {
        ProjectFile file = ProjectFile::open(m_path);
        say(output, file.readOnlyReason());
        say(output, errorOf([&] { addIncident(file, "x"); }));
        say(output, errorOf([&] { ProjectFile::open(m_path, ProjectAccess::ReadWrite); }));
    };
    const std::string folder = fs::path(m_path).parent_path().string();
    ::chmod(folder.c_str(), 0555);
    ::chmod(m_path.c_str(), 0444);
    std::string reason =
        "The project file '" + m_path + "' is write-protected and opens read-only; save a copy to edit it.";
    EXPECT_EQ(asNobody(opened), reason + "\n'Add report x' cannot be recorded. " + reason + "\n" + reason + "\n");
    ::chmod(m_path.c_str(), 0666);
    reason = "The project file '" + m_path +
             "' opens read-only, because its folder may not be written to; save a copy elsewhere to edit it.";
    EXPECT_EQ(asNobody(opened), reason + "\n'Add report x' cannot be recorded. " + reason + "\n" + reason + "\n");
    ::chmod(m_path.c_str(), 0000);
    EXPECT_EQ(asNobody([&](int output) { say(output, errorOf([&] { ProjectFile::open(m_path); })); }),
              "The project file '" + m_path + "' cannot be opened: you may not read it; ask for permission.\n");
    ::chmod(folder.c_str(), 0755);
}

TEST_F(ProjectFaults, AFileThatIsDeletedOrMovedUnderneathIsKeptInARecoveredOne) {
    for (const bool isMoved : {false, true}) {
        fs::remove(m_path);
        ProjectFile file = ProjectFile::create(m_path, test::richProject());
        addIncident(file, "before");
        if (isMoved)
            fs::rename(m_path, m_path + ".moved");
        else
            fs::remove(m_path);
        const std::string recovered = m_folder.path("mali-recovered.gpkg");
        const std::string sentence = "'Add report late' was not recorded, because the project file '" + m_path +
                                     "' was moved, replaced or deleted by another program; all before it is kept in '" +
                                     recovered + "': open that and repeat the last step.";
        EXPECT_EQ(errorOf([&] { addIncident(file, "late"); }), sentence);
        EXPECT_TRUE(file.isReadOnly());
        EXPECT_EQ(errorOf([&] { addIncident(file, "late"); }), sentence);
        ProjectFile again = ProjectFile::open(recovered, ProjectAccess::ReadWrite);
        EXPECT_EQ(test::difference(*file.project(), *again.project()), "");
        EXPECT_TRUE(hasReport(*again.project(), "before"));
        EXPECT_EQ(again.undoName(), "Add report before");
        fs::remove(recovered);
    }
}

TEST_F(ProjectFaults, AFileThatIsReplacedUnderneathIsNotWrittenInto) {
    ProjectFile::create(m_folder.path("other.gpkg"), std::make_shared<const Project>());
    const std::string other = bytesOf(m_folder.path("other.gpkg"));
    for (const bool isInPlace : {true, false}) {
        const std::string recovered = m_folder.path("mali-recovered.gpkg");
        fs::remove(recovered);
        fs::remove(m_path);
        ProjectFile file = ProjectFile::create(m_path, test::richProject());
        addIncident(file, "before");
        if (isInPlace)
            writeBytes(m_path, other);
        else
            fs::copy_file(m_folder.path("other.gpkg"), m_path + ".new");
        if (!isInPlace)
            fs::rename(m_path + ".new", m_path);
        EXPECT_NE(errorOf([&] { addIncident(file, "late"); }).find(recovered), std::string::npos);
        EXPECT_EQ(bytesOf(m_path), other);
        EXPECT_EQ(test::difference(*file.project(), *ProjectFile::open(recovered).project()), "");
    }
}

TEST_F(ProjectFaults, ASecondCordonOpensReadOnlyUntilTheFirstIsGone) {
    ProjectFile::create(m_path, test::richProject());
    {
        ProjectFile first = ProjectFile::open(m_path, ProjectAccess::ReadWrite);
        const std::string reason =
            "The project file '" + m_path +
            "' is open in another Cordon and opens read-only here; close it there to edit it here.";
        Child child([&](int output) {
            const ProjectFile second = ProjectFile::open(m_path);
            say(output, second.readOnlyReason());
            say(output, errorOf([&] { ProjectFile::open(m_path, ProjectAccess::ReadWrite); }));
            say(output, errorOf([&] { ProjectFile::create(m_path, test::richProject(), true); }));
        });
        EXPECT_EQ(child.wait(),
                  reason + "\n" + reason + "\nThe project file '" + m_path +
                      "' cannot be replaced, because another Cordon has it open; close it there first.\n");
        EXPECT_EQ(ProjectFile::open(m_path).readOnlyReason(), reason); // another window of the same program
        addIncident(first, "n1");
        EXPECT_TRUE(hasReport(*ProjectFile::open(m_path, ProjectAccess::ReadOnly).project(), "n1"));
    }
    EXPECT_FALSE(ProjectFile::open(m_path).isReadOnly());
    // The lock of a program that was killed is gone with it.
    Child killed([&](int output) {
        const ProjectFile file = ProjectFile::open(m_path, ProjectAccess::ReadWrite);
        say(output, "open");
        ::pause();
    });
    char ready = 0;
    ASSERT_EQ(::read(killed.output, &ready, 1), 1);
    EXPECT_TRUE(ProjectFile::open(m_path).isReadOnly());
    ::kill(killed.pid, SIGKILL);
    killed.wait();
    EXPECT_FALSE(ProjectFile::open(m_path).isReadOnly());
}

TEST_F(ProjectFaults, AFileOfANewerCordonIsRefused) {
    ProjectFile::create(m_path, test::richProject());
    Database(m_path, Database::Access::ReadWrite).run("UPDATE cordon_meta SET value = '99' WHERE key = 'format'");
    EXPECT_EQ(errorOf([&] { ProjectFile::open(m_path); }),
              "The project file '" + m_path +
                  "' was made by a newer Cordon (format 99, this one knows up to 3); update "
                  "Cordon to open it.");
}

// A file as format 1 had it: no `confirmed`, no shapes, no views.
void makeFormat1(const std::string& path) {
    const Database database(path, Database::Access::ReadWrite);
    Statement views = database.prepare("SELECT name FROM sqlite_master WHERE type = 'view'");
    std::vector<std::string> names;
    while (views.step())
        names.emplace_back(views.text(0));
    for (const std::string& name : names)
        database.run("DROP VIEW " + name + "; DELETE FROM gpkg_geometry_columns WHERE table_name = '" + name +
                     "'; DELETE FROM gpkg_contents WHERE table_name = '" + name +
                     "'; DELETE FROM layer_styles WHERE f_table_name = '" + name + "'");
    database.run("DROP TABLE cordon_points; DROP TABLE cordon_lines; DROP TABLE cordon_areas; UPDATE cordon_meta SET "
                 "value = '1' WHERE key = 'format'");
    for (std::size_t kind = 0; kind < kRecordKinds; ++kind)
        database.run("ALTER TABLE " + recordTable(static_cast<RecordKind>(kind)) + " DROP COLUMN confirmed");
}

TEST_F(ProjectFaults, AFileOfAnOlderFormatIsReadAndBroughtUpToDate) {
    ProjectFile::create(m_path, test::richProject());
    makeFormat1(m_path);
    Project expected = *test::richProject();
    auto situation = std::make_shared<Situation>(*expected.situation);
    situation->controlAreas[0].head.confirmed.reset();
    expected.situation = situation;
    const std::string before = bytesOf(m_path);
    EXPECT_EQ(test::difference(expected, *ProjectFile::open(m_path, ProjectAccess::ReadOnly).project()), "");
    EXPECT_EQ(bytesOf(m_path), before);
    {
        ProjectFile file = ProjectFile::open(m_path, ProjectAccess::ReadWrite);
        EXPECT_EQ(test::difference(expected, *file.project()), "");
        file.apply(confirmReport(*file.project()->situation, "C1", at("2025-09-25"), ProjectFile::currentTime()));
    }
    const Database database(m_path, Database::Access::Read);
    EXPECT_EQ(projectFormatOf(database), kProjectFormat);
    EXPECT_EQ(database.integer("SELECT count(*) FROM situation_control"), 3); // C1, and C2 in two regions
    EXPECT_EQ(database.integer("SELECT count(*) FROM layer_styles WHERE f_table_name LIKE 'situation%'"), 8);
    EXPECT_EQ(headOf(historyOf(*ProjectFile::open(m_path).project()->situation, "C1").back()).confirmed,
              at("2025-09-25"));
}

TEST_F(ProjectFaults, OtherFilesAreNamedForWhatTheyAre) {
    const auto sentence = [&](const std::string& name, const std::string& bytes) {
        writeBytes(m_folder.path(name), bytes);
        return errorOf([&] { ProjectFile::open(m_folder.path(name)); });
    };
    const std::string folder = fs::path(m_path).parent_path().string();
    EXPECT_EQ(sentence("empty.gpkg", ""),
              "The project file '" + m_folder.path("empty.gpkg") + "' is empty; go back to a copy of it.");
    EXPECT_EQ(sentence("text.gpkg", "not a database at all, just text"),
              "The project file '" + m_folder.path("text.gpkg") +
                  "' is not a GeoPackage, or its beginning is damaged; go back to a copy of it.");
    EXPECT_EQ(errorOf([&] { ProjectFile::open(m_folder.path("none.gpkg")); }),
              "The project file '" + m_folder.path("none.gpkg") +
                  "' is not there; check its name and folder, or make a new project first.");
    EXPECT_EQ(errorOf([&] { ProjectFile::open(folder); }),
              "The project file '" + folder + "' cannot be opened: it is not a file.");
    const std::string foreign = m_folder.path("foreign.gpkg");
    createGeoPackage(Database(foreign, Database::Access::Create));
    EXPECT_FALSE(isProjectFile(foreign));
    EXPECT_EQ(errorOf([&] { ProjectFile::open(foreign); }),
              "'" + foreign + "' is a GeoPackage, but not a Cordon project; add it to a map as a layer instead.");
    ProjectFile::create(m_path, test::richProject());
    EXPECT_TRUE(isProjectFile(m_path));
    EXPECT_EQ(errorOf([&] { ProjectFile::create(m_path, test::richProject()); }),
              "The project file '" + m_path + "' cannot be made, because there is a file of that name already.");
}

TEST_F(ProjectFaults, ATruncatedFileIsRefused) {
    ProjectFile::create(m_path, test::richProject());
    const std::string whole = bytesOf(m_path);
    for (const double part : {0.999, 0.9, 0.5, 0.1, 0.01, 0.001}) {
        writeBytes(m_path, whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part)));
        const std::string sentence = errorOf([&] { ProjectFile::open(m_path); });
        EXPECT_NE(sentence.find("go back to a copy of it."), std::string::npos) << part << ": " << sentence;
    }
}

// Opening, editing and undoing either works or says why not.
TEST_F(ProjectFaults, FlippedBytesNeverCrash) {
    ProjectFile::create(m_path, test::richProject());
    const std::string whole = bytesOf(m_path);
    std::mt19937 random(7);
    int refused = 0, warned = 0;
    for (int round = 0; round < 200; ++round) {
        std::string damaged = whole;
        for (unsigned flips = 1 + random() % 30; flips > 0; --flips)
            damaged[random() % damaged.size()] = static_cast<char>(random());
        const std::string path = m_folder.path("damaged.gpkg");
        writeBytes(path, damaged);
        const std::string sentence = errorOf([&] {
            ProjectFile file = ProjectFile::open(path);
            warned +=
                std::any_of(file.warnings().begin(), file.warnings().end(), [](const Warning& w) { return w.leftOut; });
            addIncident(file, "x");
            file.undo();
        });
        refused += !sentence.empty();
        EXPECT_TRUE(sentence.empty() || sentence.back() == '.') << sentence;
        for (const auto& entry : fs::directory_iterator(fs::path(m_path).parent_path()))
            if (entry.path() != m_path)
                fs::remove(entry.path());
    }
    std::printf("200 damaged files: %d refused, %d opened with warnings\n", refused, warned);
}

TEST_F(ProjectFaults, AwkwardNamesAreOnlyNames) {
    const std::string path = m_folder.path("it's \"100%\" ?mode=ro#\xF0\x9F\x97\xBA \xD8\xAE\xD8\xB1.gpkg");
    ProjectFile file = ProjectFile::create(path, test::richProject());
    const std::string id = "x'); DROP TABLE cordon_incident; --\xF0\x9F\x9A\xA7\"\xE2\x80\xAE";
    addIncident(file, id);
    file.apply(withdrawReport(*file.project()->situation, id, ProjectFile::currentTime()));
    EXPECT_EQ(test::difference(*file.project(), *ProjectFile::open(path, ProjectAccess::ReadOnly).project()), "");
    EXPECT_EQ(file.undo()->name, "Withdraw report " + id);
    EXPECT_GT(countWithGdal(path, "cordon_incident"), 2);
}

TEST_F(ProjectFaults, AMissingSourceIsToldAndTheLayerStays) {
    const auto file =
        ProjectFile::open(ProjectFile::create(m_path, test::richProject()).path(), ProjectAccess::ReadOnly);
    ASSERT_EQ(file.warnings().size(), 1U);
    EXPECT_EQ(file.warnings()[0].text, m_path +
                                           ": the sources '/data/points.csv' are no longer there; their layers are "
                                           "kept in the project and cannot be read anew.");
    EXPECT_FALSE(file.warnings()[0].leftOut);
}

TEST_F(ProjectFaults, ALayerWhoseTableWasDroppedIsEmptyWithAWarning) {
    ProjectFile::create(m_path, test::richProject());
    Database(m_path, Database::Access::ReadWrite).run("DROP TABLE admin1");
    const ProjectFile file = ProjectFile::open(m_path);
    bool isTold = false;
    for (const Warning& warning : file.warnings())
        isTold |= warning.leftOut && warning.text == "The project file '" + m_path +
                                                         "' has lost the table 'admin1' of one of its layers; import "
                                                         "the layer again.";
    EXPECT_TRUE(isTold);
    EXPECT_EQ(file.project()->layers.size(), test::richProject()->layers.size());
}

} // namespace
} // namespace cordon
