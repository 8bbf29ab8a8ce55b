// The tools that draw and choose the place of a report on the map.
#pragma once

#include "app/gui/map_tool.h"

namespace cordon {

// One point; another click moves it. Where a report may have roads, too, they are kept.
class PointTool : public MapTool {
    Q_OBJECT
public:
    using MapTool::MapTool;
    QString hint() const override;
    void click(const Pointer& pointer) override;
};

// Lines and areas, corner by corner. Corners of what is drawn can be dragged, and those of other areas attract
// (not with Ctrl).
class ShapeTool : public MapTool {
    Q_OBJECT
public:
    ShapeTool(bool isArea, MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent = nullptr);

    QString hint() const override;
    void click(const Pointer& pointer) override;
    void doubleClick(const Pointer& pointer) override;
    void hover(const Pointer& pointer) override;
    void leave() override;
    bool grab(const Pointer& pointer) override;
    void drag(const Pointer& pointer) override;
    void release(const Pointer& pointer) override;
    void paint(QPainter& painter) const override;

protected:
    bool undoDraft() override;
    bool dropDraft() override;
    bool finishDraft() override;

private:
    struct Corner {
        std::size_t part = 0, point = 0;
    };
    std::optional<Corner> cornerAt(QPointF at) const;
    LonLat snapped(const Pointer& pointer) const;
    void changeDraft();

    const bool m_isArea;
    std::vector<LonLat> m_draft;  // corners so far
    std::optional<LonLat> m_next; // under the cursor
    std::optional<Corner> m_dragged;
    std::optional<SmallGeometry> m_dragShape; // while a corner is being dragged
};

// Regions by their codes: a click adds one or takes it away.
class RegionTool : public MapTool {
    Q_OBJECT
public:
    using MapTool::MapTool;
    QString hint() const override;
    void click(const Pointer& pointer) override;
    void hover(const Pointer& pointer) override;
    void leave() override;
    void paint(QPainter& painter) const override;

private:
    std::optional<std::string> m_under;
    MapSketch m_underSketch;
};

// Whole roads, or stretches between two clicks.
class RoadTool : public MapTool {
    Q_OBJECT
public:
    RoadTool(bool isStretch, MapCanvas& canvas, PlaceLookupsCache& lookups, QObject* parent = nullptr);

    QString hint() const override;
    void click(const Pointer& pointer) override;
    void hover(const Pointer& pointer) override;
    void leave() override;
    void paint(QPainter& painter) const override;

protected:
    bool undoDraft() override { return dropDraft(); }
    bool dropDraft() override;

private:
    void toggle(const std::string& roadId);
    RoadReference stretchTo(LonLat place) const; // from m_begin
    void preview(std::optional<RoadReference> road);

    const bool m_isStretch;
    std::optional<RoadReference> m_begin; // of a half chosen stretch: from == to
    std::optional<RoadReference> m_under;
    MapSketch m_underSketch;
};

} // namespace cordon
