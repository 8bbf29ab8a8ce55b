// Where the rows of a table would lie: the layers of the project with what is imported on top, and rings round what is
// suspicious.
#pragma once

#include "app/gui/import_session.h"
#include "app/gui/map_canvas.h"

#include <QLabel>

namespace cordon {

class ImportPreviewMap : public QWidget {
    Q_OBJECT
public:
    explicit ImportPreviewMap(QWidget* parent = nullptr);

    void showEntry(const ImportSession::Entry* entry);
    void showRow(const ImportSession::Entry& entry, std::uint32_t rowNumber); // marks it, and brings it into sight
    // How near the roads are that a report may mean: a line to each.
    void showRoads(const ImportSession::Entry& entry, std::uint32_t rowNumber,
                   const std::vector<SnapCandidate>& candidates);
    MapCanvas& canvas() { return *m_canvas; }

private:
    Document m_document; // of what is shown here only
    MapCanvas* m_canvas;
    QLabel* m_text;
    std::shared_ptr<const Project> m_preview;
    GeoBox m_box;
    MapSketch m_marks; // of suspicious rows
};

// Where the rows of an entry lie that are not suspicious, so that one far away does not make all others a dot; all of
// them if they all are.
GeoBox boxOf(const ImportSession::Entry& entry);

} // namespace cordon
