// A mapping file: refused, or a plan that is the same after it was written and read again.
#include "core/import/import_plan.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const cordon::ImportPlan plan =
            cordon::planFromJson({reinterpret_cast<const char*>(data), size}, "the mapping");
        if (cordon::planFromJson(cordon::planAsJson(plan), "the mapping") != plan)
            std::abort();
    } catch (const cordon::Error&) {
        // refused with a sentence
    }
    return 0;
}
