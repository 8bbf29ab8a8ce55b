// loadSources() and addSources(): what a SOURCE is, and how it joins a project.
#include "core/io/project_file.h"
#include "core/io/recipe.h"
#include "core/io/situation_reader.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
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

// Sources joined one after the other.
class Loader {
public:
    Loader(Project project, const ReadOptions& options) : m_project(std::move(project)), m_options(options) {}

    void add(const std::string& path) {
        if (isProjectFile(path))
            addProject(path);
        else if (looksLikeRecipe(path))
            addRecipe(path);
        else if (looksLikeRecords(path))
            addRecords(path);
        else
            addTables(path);
    }

    LoadResult finish() && {
        m_result.project = std::make_shared<const Project>(std::move(m_project));
        return std::move(m_result);
    }

private:
    // The first source keeps its settings and order; later ones only add their layers and records.
    void addProject(const std::string& path) {
        const auto project = loadProject(path, m_result.warnings);
        for (const auto& layer : project->layers)
            if (layer->table)
                m_result.tables.push_back(layer->table);
        if (m_project.layers.empty()) {
            m_project = *project;
            return;
        }
        for (const auto& layer : project->layers)
            if (!isSituationRole(layer->role))
                m_project = withLayer(std::move(m_project), layer);
        addSituation(*project->situation);
    }

    void addRecipe(const std::string& path) {
        Recipe recipe = readRecipe(path, m_options);
        appendAll(m_result.warnings, recipe.warnings);
        // The first recipe says what map it is; another one only adds its layers and records.
        if (!m_result.recipe && m_project.layers.empty()) {
            m_project.map = recipe.project->map;
            m_project.access = recipe.project->access;
        }
        for (const auto& layer : recipe.project->layers)
            if (!isSituationRole(layer->role)) {
                m_result.tables.push_back(layer->table);
                m_project = withLayer(std::move(m_project), layer);
            }
        const Situation& situation = *recipe.project->situation;
        if (!situation.isEmpty() || !situation.actors.empty())
            addSituation(situation);
        if (!m_result.recipe)
            m_result.recipe = std::move(recipe);
    }

    void addRecords(const std::string& path) {
        SituationResult records = readRecords(path);
        appendAll(m_result.warnings, records.warnings);
        addSituation(records.situation);
    }

    void addSituation(const Situation& added) {
        Situation situation = *m_project.situation;
        appendSituation(situation, added);
        m_project = withSituation(std::move(m_project), std::make_shared<const Situation>(std::move(situation)));
    }

    void addTables(const std::string& path) {
        ImportResult import = readVector(path, m_options);
        appendAll(m_result.warnings, import.warnings);
        for (auto& table : import.tables) {
            m_result.tables.push_back(table);
            m_project = withLayer(std::move(m_project), makeLayer(std::move(table)));
        }
    }

    Project m_project;
    const ReadOptions& m_options;
    LoadResult m_result;
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

LoadResult addSources(std::shared_ptr<const Project> project, const std::vector<std::string>& sources,
                      const ReadOptions& options) {
    Loader loader(*project, options);
    for (const std::string& source : sources) {
        if (source == "-") {
            const StandardInputFile input;
            loader.add(input.path());
        } else {
            loader.add(source);
        }
    }
    return std::move(loader).finish();
}

LoadResult loadSources(const std::vector<std::string>& sources, const ReadOptions& options) {
    return addSources(std::make_shared<const Project>(), sources, options);
}

} // namespace cordon
