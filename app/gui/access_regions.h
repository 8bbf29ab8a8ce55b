// Who is cut off by region, as a table that sorts.
#pragma once

#include "app/gui/live_access.h"

#include <QTreeWidget>

namespace cordon {

class AccessRegions : public QTreeWidget {
    Q_OBJECT
public:
    explicit AccessRegions(QWidget* parent = nullptr);
    void show(const AccessFinding* finding);

signals:
    void zoomWanted(const QString& code);
};

} // namespace cordon
