// One file of the target's suffix, opened as the command line opens any source: it is read or refused, never more.
#include "core/io/recipe.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string path =
        (std::filesystem::temp_directory_path() / ("cordon-fuzz-" + std::to_string(::getpid()) + CORDON_FUZZ_SUFFIX))
            .string();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    try {
        cordon::loadSources({path});
    } catch (const cordon::Error&) {
        // refused with a sentence
    }
    return 0;
}
