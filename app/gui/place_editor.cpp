#include "app/gui/place_editor.h"

#include "app/gui/look.h"
#include "app/gui/map_canvas.h"
#include "app/gui/report_words.h"
#include "core/error.h"
#include "core/io/coordinate_text.h"
#include "core/io/record_columns.h"
#include "core/io/situation_reader.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <utility>

namespace cordon {

namespace {

using Tools = std::vector<PlaceEditor::Tool>;

// The first is at hand for a new report.
Tools toolsOf(RecordKind kind) {
    using T = PlaceEditor::Tool;
    switch (kind) {
    case RecordKind::Control:
        return {T::Area, T::Regions};
    case RecordKind::RoadStatus:
        return {T::Roads, T::Stretch, T::Line, T::Point};
    case RecordKind::Restriction:
        return {T::Point, T::Area};
    case RecordKind::Incident:
        return {T::Point};
    case RecordKind::Measure:
        return {T::Point, T::Area, T::Line};
    }
    return {};
}

PlaceEditor::Tool toolOf(RecordKind kind, const ReportPlace& place) {
    using T = PlaceEditor::Tool;
    if (!place.regions.empty())
        return T::Regions;
    if (!place.roads.empty())
        return place.roads.front().fromFraction > 0 || place.roads.front().toFraction < 1 ? T::Stretch : T::Roads;
    switch (place.geometry.kind) {
    case SmallGeometry::Kind::Polygon:
        return T::Area;
    case SmallGeometry::Kind::Line:
        return T::Line;
    case SmallGeometry::Kind::Point:
        return T::Point;
    case SmallGeometry::Kind::None:
        break;
    }
    return toolsOf(kind).front();
}

QString textOf(const ReportPlace& place) {
    QStringList texts;
    for (const RoadReference& road : place.roads)
        texts.append(fromUtf8(toText(road)));
    for (const std::string& code : place.regions)
        texts.append(fromUtf8(code));
    if (texts.isEmpty() && place.geometry.kind == SmallGeometry::Kind::Point) {
        const LonLat p = place.geometry.parts.front().points.front();
        return QString("%1, %2").arg(p.latDegrees, 0, 'f', 5).arg(p.lonDegrees, 0, 'f', 5);
    }
    return texts.join("; ");
}

QString placeholderOf(RecordKind kind) {
    switch (kind) {
    case RecordKind::Control:
        return PlaceEditor::tr("Region codes: ML01; ML02");
    case RecordKind::RoadStatus:
        return PlaceEditor::tr("Road ids: 76; 141:0.2-0.5");
    default:
        return PlaceEditor::tr("Latitude, longitude: 12.639, -8.003");
    }
}

} // namespace

PlaceEditor::PlaceEditor(MapCanvas& canvas, PlaceLookupsCache& lookups, QWidget* parent)
    : QWidget(parent), m_canvas(canvas), m_lookups(lookups), m_group(new QButtonGroup(this)),
      m_text(new QLineEdit(this)), m_description(new QLabel(this)), m_clear(new QToolButton(this)) {
    buildTools(canvas, lookups);
    m_text->setAccessibleName(tr("Where, typed"));
    connect(m_text, &QLineEdit::textEdited, this, &PlaceEditor::takeText);
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    m_clear->setText(tr("Clear"));
    m_clear->setAutoRaise(true);
    m_clear->setToolTip(tr("Take away what is drawn and chosen"));
    connect(m_clear, &QToolButton::clicked, this, [this] { setPlace({}); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    for (QToolButton* button : m_buttons)
        buttons->addWidget(button);
    buttons->addStretch();
    auto* typed = new QHBoxLayout;
    typed->addWidget(m_text, 1);
    typed->addWidget(m_clear);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addLayout(buttons);
    layout->addLayout(typed);
    layout->addWidget(m_description);
    setFocusProxy(m_text);
}

PlaceEditor::~PlaceEditor() = default;

void PlaceEditor::buildTools(MapCanvas& canvas, PlaceLookupsCache& lookups) {
    m_tools = {new RoadTool(false, canvas, lookups, this),  new RoadTool(true, canvas, lookups, this),
               new ShapeTool(true, canvas, lookups, this),  new RegionTool(canvas, lookups, this),
               new ShapeTool(false, canvas, lookups, this), new PointTool(canvas, lookups, this)};
    const struct {
        const char* icon;
        QString text, tip;
    } looks[] = {
        {"tool-roads", tr("Roads"), tr("Click roads on the map")},
        {"tool-stretch", tr("Stretch"), tr("Choose part of a road with two clicks")},
        {"tool-area", tr("Area"), tr("Draw an area on the map")},
        {"tool-regions", tr("Regions"), tr("Click whole regions on the map")},
        {"tool-line", tr("Line"), tr("Draw a line where there is no road")},
        {"tool-point", tr("Point"), tr("Click a place on the map")},
    };
    m_group->setExclusive(false); // none may be at hand
    for (std::size_t i = 0; i < kTools; ++i) {
        auto* button = new QToolButton(this);
        button->setIcon(iconOf(looks[i].icon));
        button->setText(looks[i].text);
        button->setToolTip(looks[i].tip);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_buttons[i] = button;
        m_group->addButton(button, static_cast<int>(i));
        MapTool* tool = m_tools[i];
        connect(tool, &MapTool::placeChanged, this, [this, tool] {
            m_place = tool->place();
            m_problem.clear();
            show();
            emit changed();
        });
        connect(tool, &MapTool::finished, this, &PlaceEditor::finished);
        connect(tool, &MapTool::cancelled, this, [this] {
            putAway();
            emit cancelled();
        });
    }
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) {
        if (m_buttons[static_cast<std::size_t>(id)]->isChecked())
            return choose(static_cast<Tool>(id));
        putAway();
    });
}

void PlaceEditor::begin(RecordKind kind, const ReportPlace& place) {
    m_kind = kind;
    m_place = place;
    m_problem.clear();
    const Tools offered = toolsOf(kind);
    for (std::size_t i = 0; i < kTools; ++i)
        m_buttons[i]->setVisible(std::ranges::find(offered, static_cast<Tool>(i)) != offered.end());
    m_text->setPlaceholderText(placeholderOf(kind));
    show();
    choose(toolOf(kind, place));
}

void PlaceEditor::end() {
    if (tool())
        m_canvas.setTool(nullptr);
    if (std::exchange(m_isHighlighted, false))
        m_canvas.highlight({});
    followButtons();
}

// The place stays on the map as long as it is in the form.
void PlaceEditor::putAway() {
    m_canvas.setTool(nullptr);
    followButtons();
    highlightPlace();
}

void PlaceEditor::highlightPlace() {
    if (tool())
        return;
    m_canvas.highlight(sketchOf(m_place, *m_lookups.of(*m_canvas.scene().project)));
    m_isHighlighted = true;
}

void PlaceEditor::choose(Tool tool) {
    if (std::exchange(m_isHighlighted, false))
        m_canvas.highlight({});
    toolAt(tool).setPlace(m_place);
    m_canvas.setTool(&toolAt(tool));
    followButtons();
}

std::optional<PlaceEditor::Tool> PlaceEditor::tool() const {
    const auto found = std::ranges::find(m_tools, m_canvas.tool());
    return m_canvas.tool() && found != m_tools.end() ? std::optional(static_cast<Tool>(found - m_tools.begin()))
                                                     : std::nullopt;
}

void PlaceEditor::followButtons() {
    const auto current = tool();
    for (std::size_t i = 0; i < kTools; ++i)
        m_buttons[i]->setChecked(current && static_cast<std::size_t>(*current) == i);
}

void PlaceEditor::setPlace(const ReportPlace& place) {
    m_place = place;
    m_problem.clear();
    if (const auto current = tool())
        toolAt(*current).setPlace(place);
    highlightPlace();
    show();
    emit changed();
}

// Roads are read as files are, and said in the same words when they are wrong.
void PlaceEditor::takeText() {
    const QString text = m_text->text().trimmed();
    ReportPlace place = m_place;
    m_problem.clear();
    if (m_kind == RecordKind::RoadStatus || m_kind == RecordKind::Control) {
        const bool isRoad = m_kind == RecordKind::RoadStatus;
        place.roads.clear();
        place.regions.clear();
        try {
            const Record read = readRecord({{"kind", isRoad ? "road_status" : "control"},
                                            {"valid_from", "2000-01-01"},
                                            {"status", isRoad ? "unknown" : ""},
                                            {"control_class", isRoad ? "" : "no_information"},
                                            {isRoad ? "roads" : "regions", text.toStdString()}});
            place.roads = placeOf(read).roads;
            place.regions = placeOf(read).regions;
            place.geometry = {};
        } catch (const Error& e) {
            if (!text.isEmpty())
                m_problem = QString::fromUtf8(e.what());
        }
    } else if (const auto latLon = parseLatLon(text.toStdString());
               latLon && std::abs(latLon->first) <= 90 && std::abs(latLon->second) <= 180) {
        place.geometry = pointGeometry({latLon->second, latLon->first});
    } else {
        place.geometry = {};
        if (!text.isEmpty())
            m_problem = tr("Write latitude and longitude in degrees, like 12.639, -8.003, or click on the map.");
    }
    m_place = std::move(place);
    if (const auto current = tool())
        toolAt(*current).setPlace(m_place);
    highlightPlace();
    m_clear->setEnabled(!m_place.isEmpty());
    followLayers();
    emit changed();
}

void PlaceEditor::followLayers() {
    m_description->setHidden(m_place.isEmpty());
    m_description->setText(describePlace(m_place, *m_lookups.of(*m_canvas.scene().project)));
}

void PlaceEditor::show() {
    m_text->setText(textOf(m_place));
    m_clear->setEnabled(!m_place.isEmpty());
    followLayers();
}

} // namespace cordon
