#include "core/io/child_reader.h"

#include "core/io/child_process.h"
#include "core/io/data_folder.h"
#include "core/io/table_stream.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace cordon {

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

// A small file must not need much: what does is broken or hostile. Large ones get room in proportion.
std::uint64_t memoryLimitBytes(std::uint64_t inputBytes) {
    return 1000 * kMiB + std::min<std::uint64_t>(inputBytes, 4096 * kMiB) * 6;
}

std::chrono::milliseconds timeLimit(std::uint64_t inputBytes) {
    return std::chrono::milliseconds(8500 + 2000 * static_cast<std::int64_t>(inputBytes / kMiB));
}

// Where the environment says (tests); beside the running program; where it was built.
std::string findReader() {
    const char* const wanted = std::getenv("CORDON_READER");
    for (const std::string& path :
         {std::string(wanted ? wanted : ""), programFolder() + "/cordon-reader", std::string(CORDON_READER_PATH)})
        if (!path.empty() && access(path.c_str(), X_OK) == 0)
            return path;
    throw Error(
        "The helper program cordon-reader, which reads formats other than shapefile, GeoJSON and CSV, is missing "
        "beside the program; reinstall Cordon.");
}

std::vector<std::string> argumentsFor(const GdalSource& source, std::uint64_t memoryBytes, const ReadOptions& options) {
    std::vector<std::string> arguments{"--memory",  std::to_string(memoryBytes), "--path", source.gdalPath, "--label",
                                       source.label};
    const auto add = [&](const char* name, const std::string& value) {
        arguments.emplace_back(name);
        arguments.push_back(value);
    };
    for (const std::string& driver : source.drivers)
        add("--driver", driver);
    if (!options.crs.empty())
        add("--crs", options.crs);
    if (!options.encoding.empty())
        add("--encoding", options.encoding);
    if (!options.layer.empty())
        add("--layer", options.layer);
    if (options.columns) {
        add("--no-columns", "1");
        for (const std::string& column : *options.columns)
            add("--column", column);
    }
    if (options.allowReferences)
        add("--references", "1");
    return arguments;
}

std::string reasonOf(const ChildResult& result, std::chrono::milliseconds limit) {
    if (result.end == ChildEnd::TimedOut)
        return "reading it takes more than " + std::to_string(limit.count() / 1000) + " seconds, too long for its size";
    if (result.end == ChildEnd::Crashed && result.exitCodeOrSignal != SIGABRT)
        return "the format's driver crashed on it";
    if (result.end == ChildEnd::Crashed)
        return "the format's driver gave up on it (out of memory, or broken data)";
    return "the format's driver ended without a word";
}

// Runs the reader once. Throws Error for what the reader itself found; gives the crash back otherwise.
std::optional<ImportResult> tryInChild(const GdalSource& source, std::uint64_t inputBytes, ReadJob& job,
                                       ChildResult& child) {
    const auto arguments = argumentsFor(source, memoryLimitBytes(inputBytes), job.options());
    child =
        runChild(findReader(), arguments, timeLimit(inputBytes), [&](double fraction) { job.checkpoint(fraction); });
    if (child.end != ChildEnd::Exited || child.memory.empty())
        return std::nullopt;
    return readResult(child.memory, source.label);
}

struct Request {
    GdalSource source;
    ReadOptions options;
    std::uint64_t memoryBytes = 1000 * kMiB;
};

Request parseRequest(int argc, char** argv) {
    Request request;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i], value = argv[i + 1];
        if (name == "--memory")
            request.memoryBytes = std::strtoull(value.c_str(), nullptr, 10);
        else if (name == "--path")
            request.source.gdalPath = value;
        else if (name == "--label")
            request.source.label = value;
        else if (name == "--driver")
            request.source.drivers.push_back(value);
        else if (name == "--crs")
            request.options.crs = value;
        else if (name == "--encoding")
            request.options.encoding = value;
        else if (name == "--layer")
            request.options.layer = value;
        else if (name == "--no-columns")
            request.options.columns.emplace();
        else if (name == "--column")
            request.options.columns->push_back(value);
        else if (name == "--references")
            request.options.allowReferences = true;
    }
    return request;
}

void limitThisProcess(const Request& request) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // these reserve terabytes of addresses
    const rlimit memory{request.memoryBytes, request.memoryBytes};
    setrlimit(RLIMIT_AS, &memory);
#endif
    if (!request.options.allowReferences)
        unshare(CLONE_NEWUSER | CLONE_NEWNET); // no network at all, where the system lets us say so
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readInChild(const GdalSource& source, std::uint64_t inputBytes,
                                                             ReadJob& job) {
    ChildResult child;
    auto result = tryInChild(source, inputBytes, job, child);
    if (!result)
        throw Error("Cannot read " + source.label + ": " + reasonOf(child, timeLimit(inputBytes)) +
                    "; convert it to GeoJSON or GeoPackage with another program.");
    for (Warning& warning : result->warnings)
        job.warn(std::move(warning.text), warning.leftOut);
    return std::move(result->tables);
}

int runReaderProcess(int argc, char** argv) {
    const Request request = parseRequest(argc, argv);
    limitThisProcess(request);
    try {
        ReadOptions options = request.options;
        options.progress = [](double fraction) {
            const char percent = static_cast<char>(fraction * 100);
            [[maybe_unused]] const ssize_t written = write(kProgressFd, &percent, 1);
        };
        ReadJob job(options);
        ImportResult result;
        result.tables = readWithGdal(request.source, job);
        result.warnings = std::move(job.warnings);
        writeResult(kResultFd, result);
        _exit(0); // some drivers crash while they clean up
    } catch (const Error& error) {
        writeFailure(kResultFd, error.what());
        _exit(0);
    } catch (const std::bad_alloc&) {
        writeFailure(kResultFd, "Cannot read " + request.source.label + ": it needs more than " +
                                    std::to_string(request.memoryBytes / kMiB) +
                                    " MB of memory, too much for its size; ask for a whole copy.");
        _exit(0);
    } catch (const std::exception& error) {
        writeFailure(kResultFd,
                     "Cannot read " + request.source.label + ": " + error.what() + "; ask for a whole copy.");
        _exit(0);
    }
}

} // namespace cordon
