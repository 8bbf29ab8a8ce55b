#include "app/gui/change_map.h"

#include "core/model/change_layers.h"

namespace cordon {

namespace {

bool isSame(const ChangeQuery& a, const ChangeQuery& b) {
    return a.before.asOf == b.before.asOf && a.before.knownBy == b.before.knownBy && a.after.asOf == b.after.asOf &&
           a.after.knownBy == b.after.knownBy && a.atLeastGrade == b.atLeastGrade;
}

struct Found {
    std::shared_ptr<const PlaceLookups> places;
    std::shared_ptr<const Changes> changes;
    std::shared_ptr<const Project> map;
};

} // namespace

ChangeMap::ChangeMap(Document& document, QObject* parent) : QObject(parent), m_document(document) {
    connect(&m_document, &Document::timeChanged, this, &ChangeMap::follow);
    connect(&m_document, &Document::projectChanged, this, &ChangeMap::follow);
    connect(&m_document, &Document::opened, this, &ChangeMap::leave);
    connect(&m_worker, &Worker::failed, this, [this](const QString&, const QString& reason) { emit failed(reason); });
    connect(&m_worker, &Worker::finished, this, [this] {
        if (isOn() && m_isOld)
            find();
        else
            emit busyChanged(false);
    });
}

ChangeMap::~ChangeMap() {
    m_worker.disconnect(this);
    m_worker.stopAll();
}

void ChangeMap::show(TimePoint from, std::optional<TimePoint> knownBy) {
    m_from = from;
    m_knownBy = knownBy;
    emit modeChanged();
    follow();
}

void ChangeMap::leave() {
    if (!isOn())
        return;
    m_from.reset();
    m_knownBy.reset();
    m_changes.reset();
    m_of.reset();
    m_by.reset();
    m_worker.stopAll();
    m_document.showInstead(nullptr);
    emit modeChanged();
}

ChangeQuery ChangeMap::wanted() const {
    const TimeFilter& time = m_document.time();
    ChangeQuery query;
    query.after = {time.asOf, time.knownBy};
    query.before.asOf = m_from.value_or(time.asOf);
    // Where each day is looked at with what was known on it, the earlier one is, too.
    query.before.knownBy = m_knownBy ? *m_knownBy : time.knownBy == time.asOf ? query.before.asOf : time.knownBy;
    query.atLeastGrade = time.atLeastGrade;
    if (query.after.asOf < query.before.asOf)
        std::swap(query.before, query.after);
    return query;
}

void ChangeMap::follow() {
    if (!isOn() || (m_changes && isSame(wanted(), m_query) && m_of == m_document.project()))
        return;
    // What runs is let finish, so that the map follows a date that is being dragged.
    if (m_worker.isBusy())
        m_isOld = true;
    else
        find();
}

void ChangeMap::find() {
    m_isOld = false;
    emit busyChanged(true);
    const auto project = m_document.project();
    const ChangeQuery query = wanted();
    // The same changes under another order or look of layers are not looked for again.
    const bool isFound = m_changes && m_of && isSame(query, m_query) && m_of->situation == project->situation;
    m_worker.post({tr("Find the changes"), [this, project, query, known = isFound ? m_changes : nullptr, by = m_by,
                                            indexes = m_document.indexes(),
                                            lookups = m_lookups](const std::stop_token& stop, const Worker::Progress&) {
                       Found found{lookups->of(*project, stop), known, nullptr};
                       if (!found.changes || found.places != by)
                           found.changes = std::make_shared<const Changes>(changesBetween(
                               *indexes->of(project->situation), found.places->roads, found.places->regions, query));
                       if (stop.stop_requested())
                           throw Stopped();
                       found.map = std::make_shared<const Project>(withChangeLayers(*project, *found.changes, query));
                       return Worker::Delivery([this, project, query, found] {
                           m_of = project;
                           m_by = found.places;
                           m_query = query;
                           m_changes = found.changes;
                           m_document.showInstead(found.map);
                           emit this->found();
                       });
                   }});
}

} // namespace cordon
