// What changed between two dates, found beside the window's thread and shown on the map in place of the situation of
// one. The later date is the document's as-of date, by its knowledge and grade; so the time bar moves it. Nothing of it
// is kept in the project.
#pragma once

#include "app/gui/document.h"
#include "app/gui/place_lookups.h"
#include "app/gui/worker.h"
#include "core/model/changes.h"

namespace cordon {

class ChangeMap : public QObject {
    Q_OBJECT
public:
    explicit ChangeMap(Document& document, QObject* parent = nullptr);
    ~ChangeMap() override;

    // From a date on; `knownBy`: by an earlier knowledge than the later date is looked at with, nullopt: by the same.
    void show(TimePoint from, std::optional<TimePoint> knownBy = std::nullopt);
    void leave();

    bool isOn() const { return m_from.has_value(); }
    std::optional<TimePoint> from() const { return m_from; }
    std::optional<TimePoint> knownBy() const { return m_knownBy; }
    // What is wanted: the earlier date first, whichever that is.
    ChangeQuery wanted() const;
    // What was last found, and for which dates; null before anything was.
    const std::shared_ptr<const Changes>& changes() const { return m_changes; }
    const ChangeQuery& query() const { return m_query; }
    bool isBusy() const { return m_worker.isBusy(); }

signals:
    void modeChanged(); // on, off, or from another date
    void found();       // changes() is new
    void busyChanged(bool busy);
    void failed(const QString& reason);

private:
    void follow();
    void find();

    Document& m_document;
    std::optional<TimePoint> m_from, m_knownBy;
    std::shared_ptr<const Changes> m_changes;
    ChangeQuery m_query;
    std::shared_ptr<const Project> m_of;      // the project m_changes were found in
    std::shared_ptr<const PlaceLookups> m_by; // and by which roads and regions
    bool m_isOld = false;                     // what runs is not what is wanted any more
    std::shared_ptr<PlaceLookupsCache> m_lookups = std::make_shared<PlaceLookupsCache>();
    Worker m_worker;
};

} // namespace cordon
