// The header of the table preview: the name of each column as written, and below it what it is taken for, to be changed
// there.
#pragma once

#include "core/import/import_plan.h"

#include <QComboBox>
#include <QHeaderView>
#include <vector>

class QStandardItemModel;

namespace cordon {

class ImportColumnHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit ImportColumnHeader(QWidget* parent = nullptr);

    void setPlan(const ImportPlan& plan); // shows it; not signalled
    QComboBox* combo(int column) const;   // null: there is none

    void placeCombos(); // after scrolling

    QSize sizeHint() const override;

signals:
    void useChosen(int column, cordon::ColumnRole role, const std::string& field);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    void fillChoices(ImportTarget target);
    void addCombo(int column);

    QStandardItemModel* m_choices; // shared by all combo boxes
    std::optional<ImportTarget> m_target;
    std::vector<ColumnUse> m_uses;
    std::vector<QComboBox*> m_combos;
};

} // namespace cordon
