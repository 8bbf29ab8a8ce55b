// readWithGdal() in a process of its own with limits on memory and time: a driver that crashes, hangs or grows costs
// one sentence, not the program.
#pragma once

#include "core/io/gdal_reader.h"

#include <chrono>

namespace cordon {

// `inputBytes` is the size of what is read; the limits grow with it. Throws Error.
std::vector<std::shared_ptr<const FeatureTable>> readInChild(const GdalSource& source, std::uint64_t inputBytes,
                                                             ReadJob& job);

// The other side: what cordon-reader does with its arguments. Returns its exit code.
int runReaderProcess(int argc, char** argv);

} // namespace cordon
