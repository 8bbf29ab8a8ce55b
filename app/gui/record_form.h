// Adds or corrects one report. Lies beside the map, which stays usable: the tool at hand draws where the report is.
#pragma once

#include "app/gui/document.h"
#include "app/gui/place_editor.h"
#include "app/gui/record_fields.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QWidget>
#include <map>

namespace cordon {

class RecordForm : public QWidget {
    Q_OBJECT
public:
    RecordForm(Document& document, MapCanvas& canvas, PlaceLookupsCache& lookups, QWidget* parent = nullptr);

    // An id of "": a new report. Whoever calls has asked mayClose() before.
    void begin(const Record& record);
    bool isOpen() const { return m_isOpen; }
    bool isChanged() const; // something was typed or drawn
    bool mayClose();        // asks when something would be lost
    void end();             // without asking

    Record record() const; // as the form says it
    QString problem() const { return m_reason->text(); }
    PlaceEditor& placeEditor() { return *m_place; }
    RecordFieldSet& fields() { return *m_fields; }
    QPushButton& saveButton() { return *m_save; }
    QPushButton& saveAndNewButton() { return *m_saveAndNew; }
    QPushButton& cancelButton() { return *m_cancel; }

signals:
    void closed();
    void saved(const std::string& id);

private:
    struct NamedPlace {
        QString name;
        LonLat at;
    };
    void build();
    void buildKeys();
    void offerNames();
    void takeNamedPlace(const QString& name);
    void takeSource(const QString& source);
    void takePlace();
    void validate();
    QString missing(const Record& record) const;
    bool save();
    void fitWidth();
    void saveAndNew();

    Document& m_document;
    PlaceLookupsCache& m_lookups;
    QLabel* m_title;
    QScrollArea* m_scroll;
    PlaceEditor* m_place;
    RecordFieldSet* m_fields;
    QLabel* m_reason;
    QPushButton *m_save, *m_saveAndNew, *m_cancel;
    Record m_initial;
    Record m_shown; // m_initial as the form says it, before anything was typed
    bool m_isOpen = false;
    bool m_hasOwnGrade = false; // chosen by hand, not to be replaced by a source's usual one
    std::vector<NamedPlace> m_places;
    std::vector<std::shared_ptr<const Layer>> m_placeLayers; // that m_places was made from
    std::map<QString, Grade> m_usualGrades;                  // by source
};

} // namespace cordon
