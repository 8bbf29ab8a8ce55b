#include "core/io/archive.h"

#include "core/error.h"
#include "core/io/gdal_error.h"

#include <algorithm>
#include <cpl_vsi.h>
#include <memory>

namespace cordon {

namespace {

// Tables and coordinates shrink to a tenth or so; what unpacks to far more is a trap.
std::uint64_t mostBytesOf(const std::string& archive) {
    VSIStatBufL status{};
    const std::uint64_t packed =
        VSIStatL(archive.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
    return std::min((std::uint64_t{256} << 20) + 20 * packed, std::uint64_t{4} << 30);
}

struct DirectoryCloser {
    void operator()(VSIDIR* directory) const { VSICloseDir(directory); }
};
struct FileCloser {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

// As its end says: the last record, before a comment of at most 64 KB.
std::size_t entryCountOf(const std::string& path) {
    const std::unique_ptr<VSILFILE, FileCloser> file(VSIFOpenL(path.c_str(), "rb"));
    if (!file || VSIFSeekL(file.get(), 0, SEEK_END) != 0)
        return 0;
    const vsi_l_offset size = VSIFTellL(file.get());
    std::string end(static_cast<std::size_t>(std::min<vsi_l_offset>(size, 66'000)), '\0');
    if (VSIFSeekL(file.get(), size - end.size(), SEEK_SET) != 0 ||
        VSIFReadL(end.data(), 1, end.size(), file.get()) != end.size())
        return 0;
    const std::size_t at = end.rfind("PK\x05\x06");
    if (at == std::string::npos || at + 12 > end.size())
        return 0;
    return static_cast<unsigned char>(end[at + 10]) + 256U * static_cast<unsigned char>(end[at + 11]);
}

bool isHidden(const std::string& name) {
    return name.starts_with("__MACOSX/") || name.starts_with('.') || name.find("/.") != std::string::npos;
}

} // namespace

std::vector<ArchiveEntry> listZip(const std::string& path) {
    const GdalMessages messages;
    // GDAL's time to list an archive grows with the square of its entries. 65,535 also stands for more.
    constexpr std::size_t kMostEntries = 20'000;
    if (const std::size_t count = entryCountOf(path); count > kMostEntries)
        throw Error("Cannot read " + path + ": it holds " +
                    (count == 65'535 ? "65,535 files or more" : std::to_string(count) + " files") +
                    ", and at most 20,000 are looked through; unpack those that are needed.");
    const std::string root = "/vsizip/{" + path + "}";
    const std::unique_ptr<VSIDIR, DirectoryCloser> directory(VSIOpenDir(root.c_str(), -1, nullptr));
    if (!directory)
        throw Error("Cannot read " + path + ": it is not a zip archive, or it is damaged; ask for a whole copy.");
    std::vector<ArchiveEntry> entries;
    while (const VSIDIREntry* entry = VSIGetNextDirEntry(directory.get()))
        if (!VSI_ISDIR(entry->nMode) && !isHidden(entry->pszName))
            entries.push_back({entry->pszName, entry->nSize});
    return entries;
}

FileBytes readZipEntry(const std::string& path, const std::string& name) {
    const GdalMessages messages;
    const std::string what = "Cannot read " + name + " in " + path + ": ";
    const std::unique_ptr<VSILFILE, FileCloser> file(VSIFOpenL(gdalPathOfZipEntry(path, name).c_str(), "rb"));
    if (!file)
        throw Error(what + "it cannot be unpacked; ask for a whole copy of the archive.");
    const std::uint64_t mostBytes = mostBytesOf(path);
    const auto refuseSize = [&] {
        throw Error(what + "unpacked it is over " + std::to_string(mostBytes >> 20) +
                    " MB, far too much for such an archive; unpack and check it yourself.");
    };
    VSIStatBufL claimed{};
    if (VSIStatL(gdalPathOfZipEntry(path, name).c_str(), &claimed) == 0 &&
        static_cast<std::uint64_t>(claimed.st_size) > mostBytes)
        refuseSize(); // it says so itself
    std::string bytes;
    constexpr std::size_t kStep = std::size_t{1} << 20;
    for (;;) {
        const std::size_t before = bytes.size();
        // Grows with what is really there: the size in the archive's directory may be a lie.
        if (bytes.capacity() < before + kStep + 64)
            bytes.reserve(2 * before + kStep + 64);
        bytes.resize(before + kStep);
        const std::size_t count = VSIFReadL(bytes.data() + before, 1, kStep, file.get());
        bytes.resize(before + count);
        if (count < kStep)
            break;
        if (bytes.size() > mostBytes)
            refuseSize();
    }
    if (!messages.errors().empty())
        throw Error(what + "the archive is damaged (" + messages.firstError() + "); ask for a whole copy.");
    return FileBytes::own(std::move(bytes));
}

bool writeZip(const std::string& path, const std::string& name, const std::string& bytes) {
    const GdalMessages messages;
    VSILFILE* const entry = VSIFOpenL(("/vsizip/" + path + "/" + name).c_str(), "wb");
    const bool isWritten = entry && VSIFWriteL(bytes.data(), 1, bytes.size(), entry) == bytes.size();
    return entry && VSIFCloseL(entry) == 0 && isWritten;
}

} // namespace cordon
