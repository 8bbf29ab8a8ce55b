// cordon-reader: reads one file for its parent process, started and killed by it. Not for people.
#include "core/io/child_reader.h"

int main(int argc, char** argv) {
    return cordon::runReaderProcess(argc, argv);
}
