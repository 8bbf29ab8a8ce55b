#include "core/render/display_list.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

DisplayList page() {
    DisplayList list;
    list.widthPx = 200;
    list.heightPx = 100;
    list.clip({0, 0, 200, 100});
    return list;
}

TEST(DisplayList, ReadsAsText) {
    DisplayList list = page();
    list.points = {{0, 0}, {10, 0}, {10, 10.5F}, {0, 0}};
    list.endPart();
    list.addOp(OpKind::Fill, list.fillStyle({255, 0, 0, 128}), 0);
    list.addOp(OpKind::Stroke, list.strokeStyle({{0, 0, 0, 255}, 1.5F, {6, 4}, LineCap::Round, LineJoin::Round}), 0,
               list.clip({1, 2, 3, 4}));
    MarkerPath path;
    path.rings = {{{-1, 0}, {0, 1}, {1, 0}}};
    path.fill = {0, 0, 255, 255};
    path.stroke = {255, 255, 255, 255};
    path.strokePx = 1;
    list.points.push_back({7, -8});
    list.endPart();
    list.addOp(OpKind::Markers, list.markerStyle({{path}}), 1);
    Text text;
    text.utf8 = "Ségou";
    text.at = {3, 4};
    text.sizePx = 12;
    text.bold = true;
    text.halo = {255, 255, 255, 255};
    text.haloPx = 2;
    list.texts.push_back(text);
    EXPECT_EQ(list.toText(), "page 200x100 #FFFFFF\n"
                             "fill #FF000080: 0,0 10,0 10,10.5 0,0\n"
                             "stroke #000000 1.5px dash 6/4 round-cap round-join clip 1,2 3,4: 0,0 10,0 10,10.5 0,0\n"
                             "markers radius 1.5 fill #0000FF stroke #FFFFFF 1px: 7,-8\n"
                             "text \"Ségou\" at 3,4 12px #000000 bold halo #FFFFFF 2px\n");
}

TEST(DisplayList, KeepsEqualStylesOnce) {
    DisplayList list = page();
    EXPECT_EQ(list.fillStyle({1, 2, 3, 4}), 0U);
    EXPECT_EQ(list.fillStyle({4, 3, 2, 1}), 1U);
    EXPECT_EQ(list.fillStyle({1, 2, 3, 4}), 0U);
    EXPECT_EQ(list.clip({0, 0, 200, 100}), 0U);
}

TEST(DisplayList, DropsEmptyPartsAndOps) {
    DisplayList list = page();
    list.endPart();
    list.addOp(OpKind::Fill, list.fillStyle({}), 0);
    EXPECT_EQ(list.partStart.size(), 1U);
    EXPECT_TRUE(list.ops.empty());
}

TEST(DisplayList, BoxesCoverTheStroke) {
    DisplayList list = page();
    list.points = {{10, 10}, {20, 10}};
    list.endPart();
    list.addOp(OpKind::Stroke, list.strokeStyle({{}, 4, {}, LineCap::Butt, LineJoin::Round}), 0);
    EXPECT_EQ(list.ops[0].box, (PageBox{8, 8, 22, 12}));
}

} // namespace
} // namespace cordon
