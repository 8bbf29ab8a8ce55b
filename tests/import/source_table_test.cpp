#include "core/import/source_table.h"

#include <gtest/gtest.h>
