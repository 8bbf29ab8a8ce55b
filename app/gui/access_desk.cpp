#include "app/gui/access_desk.h"

#include "app/gui/access_memory.h"
#include "app/gui/access_words.h"
#include "app/gui/map_canvas.h"
#include "app/gui/report_words.h"
#include "app/gui/settings.h"
#include "app/gui/status_line.h"
#include "core/atomic_file.h"
#include "core/model/number_text.h"
#include "core/network/access_json.h"

#include <QMenu>
#include <fstream>

namespace cordon {

namespace {

constexpr double kPickPx = 10;

bool isNamedAlone(const std::vector<Place>& places, std::size_t place) {
    try {
        return findPlace(places, places[place].name) == place;
    } catch (const Error&) { // several of that name
        return false;
    }
}

void writeFile(const QString& path, const std::function<void(std::ostream&)>& write) {
    AtomicFile file(path.toStdString());
    std::ofstream out(file.temporaryPath(), std::ios::binary);
    write(out);
    out.close();
    if (!out)
        throw Error("Cannot write " + path.toStdString() +
                    ": the disk may be full; free some space or choose another.");
    file.commit();
}

} // namespace

AccessDesk::AccessDesk(Document& document, MapCanvas& canvas, MessageLog& log, QWidget& window)
    : QObject(&window), m_document(document), m_canvas(canvas), m_log(log), m_access(new LiveAccess(document, this)),
      m_panel(new AccessPanel(*m_access, document, log, &window)), m_options(new AccessOptions(&window)),
      m_critical(new AccessCritical(*m_access, &window)),
      m_tool(new PlacePickTool(tr("Click places to start from; a click on one takes it away. Esc when done."), canvas,
                               m_lookups, this)),
      m_corridorTool(new PlacePickTool(tr("Click the towns where the corridor begins and ends. Esc when done."), canvas,
                                       m_lookups, this)) {
    connectPanel();
    connect(m_tool, &PlacePickTool::picked, this, &AccessDesk::toggleOrigin);
    connect(m_corridorTool, &PlacePickTool::picked, this, &AccessDesk::takeCorridorEnd);
    for (const auto signal : {&MapTool::finished, &MapTool::cancelled}) {
        connect(m_tool, signal, this, [this] { pick(false); });
        connect(m_corridorTool, signal, this, [this] { pickCorridor(false); });
    }
    connect(m_options, &AccessOptions::changed, m_access, &LiveAccess::setQuery);
    connect(m_access, &LiveAccess::queryChanged, this, [this] {
        rememberAccess(m_document.sources(), questionAsText(m_access->query()));
        if (m_options->isVisible())
            showOptions();
    });
    connect(m_access, &LiveAccess::modeChanged, this, [this] {
        if (m_access->isOn())
            return;
        pick(false);
        pickCorridor(false);
        m_options->hide();
        m_critical->hide();
        m_canvas.highlight({});
    });
    connect(&m_document, &Document::opened, this, &AccessDesk::takeOpened);
}

void AccessDesk::connectPanel() {
    connect(m_panel, &AccessPanel::highlightWanted, &m_canvas, &MapCanvas::highlight);
    connect(m_panel, &AccessPanel::pickWanted, this, &AccessDesk::pick);
    connect(m_panel, &AccessPanel::optionsWanted, this, [this] {
        showOptions();
        m_options->QWidget::show();
        m_options->raise();
        m_options->activateWindow();
    });
    connect(&m_panel->days(), &AccessDays::asOfWanted, this, &AccessDesk::asOfWanted);
    connect(&m_panel->corridors().chart(), &AccessDayChart::asOfWanted, this, &AccessDesk::asOfWanted);
    connect(&m_panel->corridors(), &AccessCorridors::pickWanted, this, &AccessDesk::pickCorridor);
    connect(m_critical, &AccessCritical::roadWanted, this, [this](const GeoBox& box, const MapSketch& sketch) {
        m_canvas.highlight(sketch);
        if (!box.isEmpty())
            emit m_panel->zoomWanted(box);
    });
    connect(m_panel, &AccessPanel::reportWanted, this,
            [this](const QString& id) { emit reportWanted(id.toStdString()); });
    connect(m_panel, &AccessPanel::zoomWanted, &m_canvas, [this](const GeoBox& box) {
        m_canvas.zoomTo(GeoBox{box.grown(0.15 * std::max(box.width(), box.height()))});
    });
    connect(m_panel, &AccessPanel::regionWanted, &m_canvas, [this](const QString& code) {
        const GeoBox box = m_lookups.of(*m_document.project())->regions.boxOf(code.toStdString());
        if (!box.isEmpty())
            m_canvas.zoomTo(GeoBox{box.grown(0.1 * std::max(box.width(), box.height()))});
    });
}

// A map that was saved as a project is asked what it was asked before.
void AccessDesk::takeOpened() {
    pick(false);
    pickCorridor(false);
    m_panel->days().startAnew();
    m_access->restart(questionFromText(rememberedAccess(m_document.sources())));
}

void AccessDesk::showOptions() {
    m_options->show(m_access->query(), m_document.project()->situation->actors);
}

double AccessDesk::nearMeters() const {
    return kPickPx * m_canvas.scaleDenominator() * 0.0254 / 96;
}

void AccessDesk::setTool(PlacePickTool& tool, bool on) {
    if (on) {
        m_canvas.setTool(&tool);
        m_canvas.setFocus();
    } else if (m_canvas.tool() == &tool) {
        m_canvas.setTool(nullptr);
    }
}

void AccessDesk::pick(bool on) {
    if (on)
        pickCorridor(false);
    setTool(*m_tool, on);
    m_panel->question().setPicking(on);
}

void AccessDesk::pickCorridor(bool on) {
    if (on)
        pick(false);
    setTool(*m_corridorTool, on);
    m_panel->corridors().setPicking(on);
}

// By its name or, where several have it, by its position.
void AccessDesk::takeCorridorEnd(LonLat at) {
    const auto& network = m_access->network();
    const auto place = network ? placeNear(*network, at, nearMeters()) : std::nullopt;
    if (!place)
        return m_panel->corridors().say(tr("No place of the map is there; click on a town."));
    const Place& end = network->places[*place];
    m_panel->corridors().takePicked(isNamedAlone(network->places, *place)
                                        ? end.name
                                        : formattedNumber("%.5f,", end.at.lonDegrees) +
                                              formattedNumber("%.5f", end.at.latDegrees));
}

Origin AccessDesk::originAt(LonLat at) const {
    if (const auto& network = m_access->network())
        if (const auto place = placeNear(*network, at, nearMeters()))
            return {network->places[*place].name, network->places[*place].at};
    return {placeText(at, false).toStdString(), at};
}

void AccessDesk::toggleOrigin(LonLat at) {
    AccessQuery query = m_access->query();
    const Origin origin = originAt(at);
    if (std::erase(query.origins, origin) == 0)
        query.origins.push_back(origin);
    m_access->setQuery(query);
}

// A point of the road: so the road beyond it is not said to be blocked, too.
void AccessDesk::block(LonLat at) {
    const auto& network = m_access->network();
    const auto point = network ? network->nearestRoad(at, nearMeters()) : std::nullopt;
    if (!point)
        return;
    const std::string id = network->graph.idOf(network->graph.roadOf(point->edge));
    AccessQuery query = m_access->query();
    query.closed.push_back({id, point->fraction, point->fraction});
    m_access->setQuery(query);
}

void AccessDesk::tellAt(LonLat at) {
    if (m_access->isOn())
        m_panel->tellAt(at, nearMeters());
}

void AccessDesk::fillMapMenu(QMenu& menu, LonLat place) {
    menu.addSeparator();
    const auto escaped = [](QString text) { return text.replace('&', "&&"); };
    menu.addAction(tr("Who Is Reached from %1").arg(escaped(fromUtf8(originAt(place).name))), this, [this, place] {
        emit panelWanted();
        toggleOrigin(place);
    });
    const auto& finding = m_access->finding();
    if (!m_access->isOn() || !finding)
        return;
    if (const auto lift = liftNear(*finding, place, nearMeters())) {
        const LiftGain& gain = finding->report.ranked[*lift];
        menu.addAction(tr("What If %1 Were &Lifted").arg(escaped(liftText(finding->report, gain))), this,
                       [this, finding, gain] { m_access->setQuery(withLifted(m_access->query(), *finding, gain)); });
    }
    const AccessNetwork& network = *finding->report.network;
    if (const auto point = network.nearestRoad(place, nearMeters())) {
        const std::uint32_t road = network.graph.roadOf(point->edge);
        auto* action = menu.addAction(tr("What If %1 Were &Blocked Here").arg(escaped(roadText(network, road))), this,
                                      [this, place] { block(place); });
        action->setEnabled(!network.graph.idOf(road).empty()); // a question names roads by their ids
    }
}

const AccessFinding& AccessDesk::answered(const QString& what) const {
    const auto& finding = m_access->finding();
    if (!finding)
        throw Error("There is no " + what.toStdString() +
                    " to save yet, because no place to start from was given; name one first.");
    return *finding;
}

void AccessDesk::saveTable(const QString& path) const {
    const AccessFinding& finding = answered(tr("table"));
    writeFile(path, [&](std::ostream& out) { out << accessCsv(finding.report); });
    m_log.add(Severity::Info, tr("Saved the table of places."), path);
}

// With the days, where they were gone through.
void AccessDesk::saveJson(const QString& path) const {
    const AccessFinding& finding = answered(tr("answer"));
    AccessReport report = finding.report;
    if (m_access->hasSeries())
        report.series = m_access->series()->report.series;
    writeFile(path, [&](std::ostream& out) { writeAccess(out, report, report.answer.warnings); });
    m_log.add(Severity::Info, tr("Saved the answer as JSON."), path);
}

} // namespace cordon
