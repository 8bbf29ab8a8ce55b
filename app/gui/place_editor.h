// Says where a report is: typed, or drawn and chosen on the map with the tools that suit its kind.
#pragma once

#include "app/gui/map_tools.h"

#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QWidget>
#include <array>
#include <memory>

namespace cordon {

class PlaceEditor : public QWidget {
    Q_OBJECT
public:
    PlaceEditor(MapCanvas& canvas, PlaceLookupsCache& lookups, QWidget* parent = nullptr);
    ~PlaceEditor() override;

    enum class Tool { Roads, Stretch, Area, Regions, Line, Point };

    void begin(RecordKind kind, const ReportPlace& place); // with the kind's first tool, or the one of `place`, at hand
    void end();                                            // gives the map back
    void choose(Tool tool);
    std::optional<Tool> tool() const; // at hand, if any

    const ReportPlace& place() const { return m_place; }
    void setPlace(const ReportPlace& place); // as if it was drawn
    // What is wrong with what was typed; "" if nothing is.
    const QString& problem() const { return m_problem; }
    void followLayers(); // other roads and regions: says anew where it is

signals:
    void changed();
    void finished();  // the map's Enter: on to the next field
    void cancelled(); // the map's Escape: the tool is put away

private:
    MapTool& toolAt(Tool tool) const { return *m_tools[static_cast<std::size_t>(tool)]; }
    void buildTools(MapCanvas& canvas, PlaceLookupsCache& lookups);
    void followButtons();
    void putAway();
    void highlightPlace(); // where no tool shows it
    void takeText();
    void show();

    MapCanvas& m_canvas;
    PlaceLookupsCache& m_lookups;
    RecordKind m_kind = RecordKind::Incident;
    ReportPlace m_place;
    QString m_problem;
    bool m_isHighlighted = false;
    static constexpr std::size_t kTools = 6;
    std::array<MapTool*, kTools> m_tools{};
    std::array<QToolButton*, kTools> m_buttons{};
    QButtonGroup* m_group;
    QLineEdit* m_text;
    QLabel* m_description;
    QToolButton* m_clear;
};

} // namespace cordon
