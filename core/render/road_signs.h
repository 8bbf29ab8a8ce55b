// Where the signs of the roads stand: off one another and off the towns' symbols where the road leaves room for it.
// Internal to render.
#pragma once

#include "core/render/label_grid.h"
#include "core/render/situation_layer.h"

namespace cordon {

class RoadSigns {
public:
    RoadSigns(DrawContext& context, const RecordShapes& shapes);

    // At the places that the reports name, else in the middle of each line; more along a very long one.
    void placeOn(const ShownRoad& road, const std::vector<PageLine>& lines);
    // In the order in which they were placed, the first on top.
    void draw();

private:
    struct Sign {
        PagePosition at;
        const ShownRoad* road;
        double radius;
        std::optional<PagePosition> place = std::nullopt; // where a short line leads to, for a sign beside its road
    };

    void findTowns();
    void appendLeader(const Sign& sign);
    void add(Sign sign);
    bool isClearOfSigns(PagePosition p) const { return isClearOf(m_signBoxes, p, 0.3 * m_mm); }
    bool isClear(PagePosition p) const;
    // Whether nothing of the grid, whose boxes go round circles, is nearer than `air` px to a sign at `p`.
    bool isClearOf(const LabelGrid& grid, PagePosition p, double air) const;
    void put(PagePosition p, const ShownRoad& road, bool always);
    void slideFrom(const PageLine& line, double at, const ShownRoad& road);
    void everySixty(const PageLine& line, const ShownRoad& road, bool hasReport);

    DrawContext& m_context;
    const RecordShapes& m_shapes;
    double m_mm = 1;
    double m_radius = 0; // of the sign being placed
    LabelGrid m_towns, m_signBoxes;
    std::vector<Sign> m_signs;
};

} // namespace cordon
