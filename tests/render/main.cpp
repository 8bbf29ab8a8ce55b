// Text needs a QGuiApplication, so render's tests bring their own main.
#include "core/render/render.h"

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    cordon::startOffscreen(argc, argv);
    return RUN_ALL_TESTS();
}
