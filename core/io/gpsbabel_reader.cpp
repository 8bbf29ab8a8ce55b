#include "core/io/gpsbabel_reader.h"

#include "core/io/child_process.h"
#include "core/io/gpx_reader.h"

#include <filesystem>
#include <unistd.h>

namespace cordon {

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

bool isInstalled() {
    for (const char* path : {"/usr/bin/gpsbabel", "/usr/local/bin/gpsbabel"})
        if (access(path, X_OK) == 0)
            return true;
    return false;
}

} // namespace

std::vector<std::shared_ptr<const FeatureTable>> readWithGpsbabel(const std::string& path, const std::string& format,
                                                                  std::uint64_t inputBytes, ReadJob& job) {
    if (!isInstalled())
        throw Error(
            "Cannot read " + path +
            ": its format needs the program gpsbabel, which is not installed; install it or convert the file to "
            "GPX.");
    const std::uint64_t memoryBytes = 1000 * kMiB + 6 * std::min(inputBytes, 1000 * kMiB);
    const std::uint64_t seconds = 9 + inputBytes / kMiB;
    // The shell only sets the limits; names go in as arguments, never as text of the script. A file name that begins
    // with a dash is made absolute first.
    const std::string script = "ulimit -c 0 -v " + std::to_string(memoryBytes / 1024) + " -t " +
                               std::to_string(seconds) +
                               "; PATH=/usr/bin:/usr/local/bin; export QT_QPA_PLATFORM=minimal; "
                               "exec gpsbabel -w -r -t -i \"$1\" -f \"$2\" -o gpx,gpxver=1.1 -F /dev/fd/3";
    const std::string file = std::filesystem::absolute(path).string();
    const ChildResult child = runChild("/bin/sh", {"-c", script, "sh", format, file}, std::chrono::seconds(seconds + 1),
                                       [&](double) { job.checkpoint(0); });
    if (child.end == ChildEnd::TimedOut)
        throw Error("Cannot read " + path + ": gpsbabel takes more than " + std::to_string(seconds) +
                    " seconds for it, too long for its size; convert it to GPX with another program.");
    if (child.end == ChildEnd::Crashed || child.exitCodeOrSignal != 0 || child.memory.empty())
        throw Error("Cannot read " + path + ": gpsbabel cannot read it as " + format +
                    "; ask for a whole copy, or for GPX.");
    return readGpx(FileBytes::own(child.memory), path, job);
}

} // namespace cordon
