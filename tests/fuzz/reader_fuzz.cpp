// One file of the target's suffix, opened as the command line opens any source: it is read or refused, never more.
#include "core/io/recipe.h"
#include "fuzz_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const cordon::FuzzFile file(CORDON_FUZZ_SUFFIX);
    file.write({reinterpret_cast<const char*>(data), size});
    try {
        cordon::loadSources({file.path()});
    } catch (const cordon::Error&) {
        // refused with a sentence
    }
    return 0;
}
