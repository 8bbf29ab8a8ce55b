// What a SOURCE is, and how it joins a project.
#include "core/io/project_file.h"
#include "core/io/recipe.h"
#include "core/io/situation_reader.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <numeric>
#include <thread>
#include <unistd.h>

namespace cordon {
namespace {
namespace fs = std::filesystem;

std::string startOf(const std::string& path, std::size_t bytes) {
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return {};
    std::ifstream file(path, std::ios::binary);
    std::string start(bytes, '\0');
    file.read(start.data(), static_cast<std::streamsize>(bytes));
    start.resize(static_cast<std::size_t>(file.gcount()));
    return start;
}

// The key stands near the top by convention, but a long summary may come before it.
bool looksLikeRecipe(const std::string& path) {
    std::string suffix = fs::path(path).extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    return suffix == ".json" && startOf(path, 64 << 10).find("\"cordon_recipe\"") != std::string::npos;
}

// GDAL and our readers go by the suffix, which standard input does not have.
std::string_view suffixFor(std::string_view start) {
    using namespace std::string_view_literals;
    if (start.starts_with("PK\x03\x04"sv))
        return ".zip";
    if (start.starts_with("SQLite format 3"sv))
        return ".gpkg";
    if (start.starts_with("fgb\x03"sv))
        return ".fgb";
    const std::size_t first = start.find_first_not_of(" \t\r\n\xEF\xBB\xBF"sv);
    if (first != std::string_view::npos && start[first] == '{')
        return start.find("\"cordon_recipe\"") != std::string_view::npos ? ".json" : ".geojson";
    if (first != std::string_view::npos && start[first] == '<')
        return start.find("<gpx") != std::string_view::npos ? ".gpx" : ".kml";
    return ".csv";
}

// Standard input spooled to a file, since readers seek. Removed with its folder when it goes out of scope.
class StandardInputFile {
public:
    StandardInputFile() {
        std::string folder = (fs::temp_directory_path() / "cordon-XXXXXX").string();
        if (!::mkdtemp(folder.data()))
            throw Error("Cannot make a temporary folder in '" + fs::temp_directory_path().string() +
                        "' for standard input; set TMPDIR to a folder that can be written to.");
        m_folder = folder;
        spool();
    }
    ~StandardInputFile() { removeFolder(); }
    StandardInputFile(const StandardInputFile&) = delete;
    StandardInputFile& operator=(const StandardInputFile&) = delete;

    const std::string& path() const { return m_path; }

private:
    void removeFolder() const {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }

    void spool() {
        const fs::path raw = m_folder / "input";
        std::ofstream out(raw, std::ios::binary);
        std::array<char, 1 << 16> buffer;
        while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), stdin))
            out.write(buffer.data(), static_cast<std::streamsize>(n));
        out.close();
        const std::string start = startOf(raw.string(), 64 << 10);
        if (!out || start.empty()) {
            removeFolder();
            throw Error(out ? "Standard input is empty; pipe a file into it or name one instead of '-'."
                            : "Cannot store standard input in the temporary folder: the disk may be full; free some "
                              "space or set TMPDIR.");
        }
        const fs::path named = m_folder / ("stdin" + std::string(suffixFor(start)));
        fs::rename(raw, named);
        m_path = named.string();
    }

    fs::path m_folder;
    std::string m_path;
};

template <class To, class From> void appendAll(To& to, const From& from) {
    for (const auto& item : from)
        to.push_back(item);
}

SourceContent readFile(const std::string& path, const ReadOptions& options);

void addTables(SourceContent& content, const std::string& path, const ReadOptions& options) {
    ImportResult import = readVector(path, options);
    appendAll(content.warnings, import.warnings);
    for (auto& table : import.tables)
        content.layers.push_back(makeLayer(std::move(table)));
}

// What a folder holds besides map files, each list in order.
struct FolderFiles {
    std::set<std::string> recipes, records;
};

FolderFiles filesOf(const std::string& folder) {
    FolderFiles files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string file = entry->path().string();
        if (looksLikeRecipe(file))
            files.recipes.insert(file);
        else if (looksLikeRecords(file))
            files.records.insert(file);
    }
    return files;
}

// A folder with one recipe is the map that the recipe describes; records among map files are records.
SourceContent readFolder(const std::string& path, ReadOptions options) {
    const FolderFiles files = filesOf(path);
    if (files.recipes.size() == 1)
        return readFile(*files.recipes.begin(), options);
    SourceContent content;
    const auto leaveOut = [&](const std::string& why) { content.warnings.push_back({why, true}); };
    for (const std::string& file : files.recipes)
        leaveOut("Did not draw " + file + ": there are " + std::to_string(files.recipes.size()) +
                 " recipes in this folder; name the one that is wanted.");
    for (const std::string& file : files.records) {
        if (options.stop.stop_requested())
            throw Stopped{};
        try {
            SourceContent read = readFile(file, options);
            appendAll(content.warnings, read.warnings);
            if (!content.records)
                content.records.emplace();
            appendSituation(*content.records, *read.records);
        } catch (const Error& problem) {
            leaveOut(problem.what());
        }
    }
    options.leftOut.insert(files.recipes.begin(), files.recipes.end());
    options.leftOut.insert(files.records.begin(), files.records.end());
    try {
        addTables(content, path, options);
    } catch (const Error& problem) {
        if (!content.records && content.warnings.empty())
            throw;
        leaveOut(problem.what());
    }
    if (!content.records && content.layers.empty() && !content.warnings.empty())
        throw Error(content.warnings.front().text);
    return content;
}

SourceContent readFile(const std::string& path, const ReadOptions& options) {
    SourceContent content;
    std::error_code error;
    if (fs::is_directory(path, error)) {
        content = readFolder(path, options);
    } else if (isProjectFile(path)) {
        content.project = loadProject(path, content.warnings);
    } else if (looksLikeRecipe(path)) {
        content.recipe = readRecipe(path, options);
        content.warnings = content.recipe->warnings;
    } else if (looksLikeRecords(path)) {
        SituationResult records = readRecords(path);
        content.warnings = std::move(records.warnings);
        content.records = std::move(records.situation);
    } else {
        addTables(content, path, options);
    }
    return content;
}

SourceContent readSource(const std::string& source, const ReadOptions& options) {
    if (source != "-")
        return readFile(source, options);
    const StandardInputFile input;
    return readFile(input.path(), options);
}

// Puts what was read into a project that is being made.
class Joiner {
public:
    Joiner(LoadResult& result) : m_result(result), m_project(*result.project) {}
    ~Joiner() { m_result.project = std::make_shared<const Project>(std::move(m_project)); }
    Joiner(const Joiner&) = delete;
    Joiner& operator=(const Joiner&) = delete;

    // The first source keeps its settings and order; later ones only add their layers and records.
    void addProject(const Project& project) {
        for (const auto& layer : project.layers)
            if (layer->table)
                m_result.tables.push_back(layer->table);
        if (m_project.layers.empty()) {
            m_project = project;
            return;
        }
        for (const auto& layer : project.layers)
            if (!isSituationRole(layer->role))
                m_project = withLayer(std::move(m_project), layer);
        addSituation(*project.situation);
    }

    void addRecipe(Recipe recipe) {
        // The first recipe says what map it is; another one only adds its layers and records.
        if (!m_result.recipe && m_project.layers.empty()) {
            m_project.map = recipe.project->map;
            m_project.access = recipe.project->access;
        }
        for (const auto& layer : recipe.project->layers)
            if (!isSituationRole(layer->role))
                addLayer(layer);
        const Situation& situation = *recipe.project->situation;
        if (!situation.isEmpty() || !situation.actors.empty())
            addSituation(situation);
        if (!m_result.recipe)
            m_result.recipe = std::move(recipe);
    }

    void addSituation(const Situation& added) {
        Situation situation = *m_project.situation;
        appendSituation(situation, added);
        m_project = withSituation(std::move(m_project), std::make_shared<const Situation>(std::move(situation)));
    }

    void addLayer(const std::shared_ptr<const Layer>& layer) {
        m_result.tables.push_back(layer->table);
        m_project = withLayer(std::move(m_project), layer);
    }

private:
    LoadResult& m_result;
    Project m_project;
};

} // namespace

void appendSituation(Situation& situation, const Situation& added) {
    appendAll(situation.controlAreas, added.controlAreas);
    appendAll(situation.roadStatuses, added.roadStatuses);
    appendAll(situation.restrictions, added.restrictions);
    appendAll(situation.incidents, added.incidents);
    appendAll(situation.measures, added.measures);
    for (const Actor& actor : added.actors)
        if (!situation.findActor(actor.id))
            situation.actors.push_back(actor);
}

std::vector<SourceContent> readSources(const std::vector<std::string>& sources, const ReadOptions& options) {
    std::vector<SourceContent> contents(sources.size());
    std::vector<double> fractions(sources.size());
    std::mutex mutex; // of the fractions; progress is told by one thread at a time
    std::atomic<std::size_t> next{0};
    const auto readSome = [&] {
        for (std::size_t i = next++; i < sources.size(); i = next++) {
            ReadOptions own = options;
            if (options.progress)
                own.progress = [&, i](double fraction) {
                    const std::lock_guard lock(mutex);
                    fractions[i] = fraction;
                    options.progress(std::accumulate(fractions.begin(), fractions.end(), 0.0) /
                                     static_cast<double>(fractions.size()));
                };
            try {
                contents[i] = readSource(sources[i], own);
            } catch (...) {
                contents[i].failure = std::current_exception();
            }
        }
    };
    const unsigned wanted = options.threads > 0 ? static_cast<unsigned>(options.threads)
                                                : std::max(1U, std::thread::hardware_concurrency());
    {
        std::vector<std::jthread> others;
        for (std::size_t thread = 1; thread < std::min<std::size_t>(wanted, sources.size()); ++thread)
            others.emplace_back(readSome);
        readSome();
    }
    if (options.stop.stop_requested())
        throw Stopped{};
    return contents;
}

void join(LoadResult& result, SourceContent content) {
    if (content.failure)
        std::rethrow_exception(content.failure);
    appendAll(result.warnings, content.warnings);
    Joiner joiner(result);
    if (content.project)
        joiner.addProject(*content.project);
    if (content.recipe)
        joiner.addRecipe(*std::move(content.recipe));
    if (content.records)
        joiner.addSituation(*content.records);
    for (const auto& layer : content.layers)
        joiner.addLayer(layer);
}

LoadResult addSources(std::shared_ptr<const Project> project, const std::vector<std::string>& sources,
                      const ReadOptions& options) {
    LoadResult result{std::move(project), {}, {}, {}};
    for (SourceContent& content : readSources(sources, options))
        join(result, std::move(content));
    return result;
}

LoadResult loadSources(const std::vector<std::string>& sources, const ReadOptions& options) {
    return addSources(std::make_shared<const Project>(), sources, options);
}

} // namespace cordon
