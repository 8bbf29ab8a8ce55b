// The places of an answer as a table: sortable, to be filtered; a click tells the story of one.
#pragma once

#include "app/gui/live_access.h"

#include <QAbstractTableModel>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>

namespace cordon {

class AccessPlaceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, People, Reach, Time, Distance, Detour, Region, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::shared_ptr<const AccessFinding> finding);
    const AccessFinding* finding() const { return m_finding.get(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVariant text(std::size_t place, int column) const;
    QVariant sortKey(std::size_t place, int column) const;

    std::shared_ptr<const AccessFinding> m_finding;
};

// By words in the name or region, and by what became of them.
class AccessPlaceFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    enum class Kind { All, CutOff, Slower, Reached, NotJudged };
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWanted(Kind kind, const QString& words);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    Kind m_kind = Kind::All;
    QStringList m_words;
};

class AccessPlaces : public QWidget {
    Q_OBJECT
public:
    explicit AccessPlaces(QWidget* parent = nullptr);
    void show(std::shared_ptr<const AccessFinding> finding);
    void choose(std::size_t place); // without chosen()
    QTableView& view() { return *m_view; }
    AccessPlaceFilter& rows() { return m_rows; }
    QComboBox& kind() { return *m_kind; }
    QLineEdit& words() { return *m_words; }

signals:
    void chosen(std::size_t place);
    void zoomWanted(std::size_t place);

private:
    void filter();
    void sayEmpty();

    AccessPlaceModel m_model;
    AccessPlaceFilter m_rows;
    QComboBox* m_kind;
    QLineEdit* m_words;
    QTableView* m_view;
    QLabel* m_empty;
    bool m_isQuiet = false;
};

} // namespace cordon
