#include "app/gui/report_desk.h"

#include "app/gui/lists_dialog.h"
#include "app/gui/map_canvas.h"
#include "app/gui/map_pick.h"
#include "app/gui/report_words.h"
#include "app/gui/step_back.h"
#include "app/gui/withdraw_dialog.h"
#include "core/model/road_snap.h"

#include <QMenu>

namespace cordon {

namespace {

constexpr double kPickPx = 9;

Record emptyRecord(RecordKind kind) {
    switch (kind) {
    case RecordKind::Control:
        return ControlArea{};
    case RecordKind::RoadStatus:
        return RoadStatus{{}, {}, {}, RoadStatusKind::Blocked};
    case RecordKind::Restriction:
        return Restriction{};
    case RecordKind::Incident:
        return Incident{{}, {}, IncidentType::ArmedAttack};
    case RecordKind::Measure:
        break;
    }
    return Measure{};
}

// A point stays one: the canvas knows how much of its surroundings to show.
GeoBox withSurroundings(const GeoBox& box) {
    return box.isEmpty() ? box : GeoBox{box.grown(std::max(box.width(), box.height()) * 0.4)};
}

// The day looked at, as far as it has come.
TimePoint dayOf(const TimeFilter& time) {
    return std::chrono::floor<std::chrono::days>(std::min(time.asOf, ProjectFile::currentTime()));
}

} // namespace

ReportDesk::ReportDesk(Document& document, MapCanvas& canvas, MessageLog& log, QWidget& window)
    : QObject(&window), m_document(document), m_canvas(canvas), m_log(log), m_window(window),
      m_panel(new ReportPanel(document, &window)), m_form(new RecordForm(document, canvas, m_lookups, &window)),
      m_work(new WorkListPanel(document, m_lookups, &window)), m_history(new HistoryDialog(document, &window)) {
    connectPanel();
    connectWorkList();
    connect(&m_document, &Document::projectChanged, this, &ReportDesk::listPlaces);
    connect(m_history, &HistoryDialog::reportWanted, this, &ReportDesk::showReport);
    connect(m_form, &RecordForm::closed, this, [this] { emit formWanted(false); });
    connect(m_form, &RecordForm::saved, this, [this](const std::string& id) {
        m_panel->showReport(id);
        if (m_document.time().knownBy < ProjectFile::currentTime())
            m_log.add(Severity::Warning, tr("The report is saved, but not shown: the map shows what was known by %1.")
                                             .arg(timeText(m_document.time().knownBy)));
    });
}

void ReportDesk::connectPanel() {
    connect(m_panel, &ReportPanel::addWanted, this, [this](RecordKind kind) { add(kind); });
    connect(m_panel, &ReportPanel::correctWanted, this, &ReportDesk::correct);
    connect(m_panel, &ReportPanel::confirmWanted, this, &ReportDesk::confirm);
    connect(m_panel, &ReportPanel::withdrawWanted, this, &ReportDesk::withdraw);
    connect(m_panel, &ReportPanel::menuWanted, this,
            [this](const std::string& id, QMenu* menu) { addPutBackAction(*menu, id); });
    connect(m_panel, &ReportPanel::historyWanted, this, &ReportDesk::showHistory);
    connect(m_panel, &ReportPanel::listsWanted, this, &ReportDesk::editLists);
    connect(m_panel, &ReportPanel::projectWanted, this, &ReportDesk::projectWanted);
    connect(m_panel, &ReportPanel::chosen, this, &ReportDesk::highlight);
    connect(m_panel, &ReportPanel::zoomWanted, this, &ReportDesk::zoomTo);
    connect(m_panel, &ReportPanel::failed, this, [this](const QString& why) { m_log.add(Severity::Error, why); });
}

void ReportDesk::connectWorkList() {
    connect(m_work, &WorkListPanel::goToWanted, this, &ReportDesk::goTo);
    connect(m_work, &WorkListPanel::correctWanted, this, &ReportDesk::correct);
    connect(m_work, &WorkListPanel::confirmWanted, this, &ReportDesk::confirm);
    connect(m_work, &WorkListPanel::withdrawWanted, this, &ReportDesk::withdraw);
    connect(m_work, &WorkListPanel::historyWanted, this, [this](const WorkItem& item) {
        if (!item.roadId.empty())
            showRoadHistory(item.roadId);
        else
            showHistory(item.ids.front());
    });
    connect(m_work, &WorkListPanel::chosen, this, [this](const ReportIds& ids) {
        std::vector<Record> records;
        for (const std::string& id : ids)
            if (auto record = liveRecord(id))
                records.push_back(std::move(*record));
        highlight(records);
    });
    connect(m_work, &WorkListPanel::failed, this, [this](const QString& why) { m_log.add(Severity::Error, why); });
}

// A million roads take a second to list: where there are reports, before they are first asked for.
void ReportDesk::listPlaces() {
    m_lister.stopAll();
    if (m_document.file() || m_document.hasSituation())
        m_lister.post(
            {{}, [this, project = m_document.project()](const std::stop_token& stop, const Worker::Progress&) {
                 stepBehindTheWindow();
                 m_lookups.of(*project, stop);
                 return Worker::Delivery();
             }});
}

void ReportDesk::goTo(const WorkItem& item) {
    const auto lookups = m_lookups.of(*m_document.project());
    GeoBox box;
    if (lookups->roads.contains(item.roadId))
        box = sketchOf({{}, {{item.roadId, item.fromFraction, item.toFraction}}, {}}, *lookups).box();
    for (const std::string& id : item.ids)
        if (const auto record = liveRecord(id); record && box.isEmpty())
            box = sketchOf(placeOf(*record), *lookups).box();
    if (box.isEmpty() && item.location)
        box.include(*item.location);
    m_canvas.zoomTo(withSurroundings(box));
    m_canvas.markPlace(item.location);
}

void ReportDesk::editLists() {
    ListsDialog dialog(*m_document.project()->situation, &m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    Project changed = *m_document.project();
    changed.situation = std::make_shared<const Situation>(dialog.situation());
    m_document.apply(tr("Edit Actors and Sources"), std::move(changed));
}

std::optional<Record> ReportDesk::liveRecord(const std::string& id) const {
    const auto index = m_document.index();
    const auto rows = index->rowsOf(id);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        if (!headAt(index->situation(), *row).recorded.end)
            return recordAt(index->situation(), *row);
    return std::nullopt;
}

void ReportDesk::add(RecordKind kind, const ReportPlace& place) {
    if (!m_document.canEditReports() || !m_form->mayClose())
        return;
    Record record = emptyRecord(kind);
    headOf(record).valid.begin = dayOf(m_document.time());
    setPlace(record, place);
    emit formWanted(true);
    m_form->begin(record);
}

void ReportDesk::correct(const std::string& id) {
    const auto record = liveRecord(id);
    if (!record || !m_document.canEditReports() || !m_form->mayClose())
        return;
    emit formWanted(true);
    m_form->begin(*record);
}

void ReportDesk::confirm(const ReportIds& ids) {
    const TimePoint at = std::min(m_document.time().asOf, ProjectFile::currentTime());
    m_document.edit([&](const SituationIndex& index, TimePoint now) { return confirmReports(index, ids, at, now); });
}

void ReportDesk::withdraw(const ReportIds& ids) {
    const auto record = ids.empty() ? std::nullopt : liveRecord(ids.front());
    if (!record)
        return;
    WithdrawDialog dialog(ids.size() == 1 ? titleOf(*record) : tr("%1 reports").arg(ids.size()),
                          dayOf(m_document.time()), &m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const auto end = dialog.end();
    m_document.edit([&](const SituationIndex& index, TimePoint now) {
        return end ? endReports(index, ids, *end, now) : withdrawReports(index, ids, now);
    });
}

void ReportDesk::putBackAsPoint(const std::string& id) {
    m_document.edit([&](const SituationIndex& index, TimePoint now) { return putBackAsPoints(index, {id}, now); });
}

void ReportDesk::addPutBackAction(QMenu& menu, const std::string& id) {
    const auto record = liveRecord(id);
    const auto* status = record ? std::get_if<RoadStatus>(&*record) : nullptr;
    if (!status || snapLinkText(*status, m_lookups.of(*m_document.project())->roads).empty())
        return;
    menu.addAction(tr("Put Back as a &Point"), this, [this, id] { putBackAsPoint(id); })
        ->setEnabled(m_document.canEditReports());
}

void ReportDesk::showReport(const std::string& id) {
    emit panelWanted();
    m_panel->showReport(id);
}

void ReportDesk::showHistory(const std::string& id) {
    m_history->show(
        [this, id] { return historyOfReport(*m_document.index(), *m_lookups.of(*m_document.project()), id); });
}

void ReportDesk::showRoadHistory(const std::string& roadId) {
    m_history->show([this, roadId] {
        return historyOfRoad(*m_document.index(), *m_lookups.of(*m_document.project()), roadId, m_document.time());
    });
}

void ReportDesk::showRegionHistory(const std::string& code) {
    m_history->show([this, code] {
        return historyOfRegion(*m_document.index(), *m_lookups.of(*m_document.project()), code, m_document.time());
    });
}

void ReportDesk::highlight(const std::vector<Record>& records) {
    MapSketch sketch;
    if (records.empty()) // as on opening: a million roads are not listed for nothing
        return m_canvas.highlight(std::move(sketch));
    const auto lookups = m_lookups.of(*m_document.project());
    for (const Record& record : records)
        sketch.add(sketchOf(placeOf(record), *lookups));
    m_canvas.highlight(std::move(sketch));
}

void ReportDesk::zoomTo(const Record& record) {
    m_canvas.zoomTo(withSurroundings(sketchOf(placeOf(record), *m_lookups.of(*m_document.project())).box()));
}

void ReportDesk::addRoadActions(QMenu& menu, const std::string& roadId) {
    const QString name = roadTitle(roadId, m_lookups.of(*m_document.project())->roads).replace('&', "&&");
    menu.addAction(tr("&Report on %1...").arg(name), this,
                   [this, roadId] {
                       add(RecordKind::RoadStatus, {{}, {{roadId, 0, 1}}, {}});
                   })
        ->setEnabled(m_document.canEditReports());
    menu.addAction(tr("&History of %1").arg(name), this, [this, roadId] { showRoadHistory(roadId); });
}

void ReportDesk::addRegionActions(QMenu& menu, const std::string& code) {
    const QString name = regionTitle(code, m_lookups.of(*m_document.project())->regions).replace('&', "&&");
    menu.addAction(tr("Report on &Control of %1...").arg(name), this,
                   [this, code] {
                       add(RecordKind::Control, {{}, {}, {code}});
                   })
        ->setEnabled(m_document.canEditReports());
    menu.addAction(tr("Hist&ory of %1").arg(name), this, [this, code] { showRegionHistory(code); });
}

void ReportDesk::fillMapMenu(QMenu& menu, LonLat place) {
    for (const RecordKind kind : {RecordKind::Incident, RecordKind::Restriction, RecordKind::Measure})
        menu.addAction(kindIcon(kind), tr("Report %1 &Here...").arg(phraseOf(kind)), this,
                       [this, kind, place] {
                           add(kind, {pointGeometry(place), {}, {}});
                       })
            ->setEnabled(m_document.canEditReports());
    const double meters = kPickPx * m_canvas.scaleDenominator() * 0.0254 / 96;
    if (const auto road = pickRoad(*m_document.project(), place, meters)) {
        menu.addSeparator();
        addRoadActions(menu, *road);
    }
    if (const auto region = pickRegion(*m_document.project(), place)) {
        menu.addSeparator();
        addRegionActions(menu, *region);
    }
}

void ReportDesk::fillFindMenu(QMenu& menu, const Identified& find) {
    if (!find.recordId.empty()) {
        menu.addAction(tr("Show &Report"), this, [this, id = find.recordId] { showReport(id); });
        menu.addAction(tr("Corr&ect..."), this, [this, id = find.recordId] { correct(id); })
            ->setEnabled(m_document.canEditReports());
        addPutBackAction(menu, find.recordId);
        menu.addAction(tr("&History of This Report"), this, [this, id = find.recordId] { showHistory(id); });
        return;
    }
    for (const auto& layer : m_document.project()->layers) {
        const Column* ids =
            layer->id == find.layerId && layer->table ? layer->table->findColumn(layer->idField) : nullptr;
        const std::string id = ids && find.feature ? layer->table->valueAsText(*ids, *find.feature) : std::string();
        if (!id.empty() && layer->role == LayerRole::Road)
            addRoadActions(menu, id);
        else if (!id.empty() && (layer->role == LayerRole::Region || layer->role == LayerRole::Country))
            addRegionActions(menu, id);
    }
}

} // namespace cordon
