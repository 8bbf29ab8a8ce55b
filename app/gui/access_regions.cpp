#include "app/gui/access_regions.h"

#include "app/gui/access_words.h"
#include "app/gui/report_words.h"

#include <QHeaderView>

namespace cordon {

namespace {

enum Column { Name, CutOff, Share, Places, Delayed, Unknown, Count };

// Sorts by number where a column has one.
class Row : public QTreeWidgetItem {
public:
    using QTreeWidgetItem::QTreeWidgetItem;
    bool operator<(const QTreeWidgetItem& other) const override {
        const int column = treeWidget() ? treeWidget()->sortColumn() : 0;
        const QVariant mine = data(column, Qt::UserRole), its = other.data(column, Qt::UserRole);
        return column != Name ? mine.toDouble() < its.toDouble()
                              : text(Name).compare(other.text(Name), Qt::CaseInsensitive) < 0;
    }
    void set(int column, double value, const QString& text) {
        setData(column, Qt::UserRole, value);
        setText(column, text);
        setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
};

} // namespace

AccessRegions::AccessRegions(QWidget* parent) : QTreeWidget(parent) {
    setHeaderLabels({tr("Region"), tr("Cut off"), tr("Share"), tr("Places"), tr("Delayed"), tr("Unknown")});
    headerItem()->setToolTip(CutOff, tr("People cut off"));
    headerItem()->setToolTip(Share, tr("Of the people whose number is known"));
    headerItem()->setToolTip(Places, tr("Places cut off, of all"));
    headerItem()->setToolTip(Delayed, tr("People reached, but much slower than without blockages"));
    headerItem()->setToolTip(Unknown, tr("Places cut off whose population is not known"));
    setAccessibleName(tr("Who is cut off by region"));
    setRootIsDecorated(false);
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    const int widths[] = {0, 72, 46, 68, 60, 68}; // they leave the name its room in the usual width of the panel
    for (int column = CutOff; column < Count; ++column) {
        header()->resizeSection(column, widths[column]);
        headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    setSortingEnabled(true);
    sortByColumn(CutOff, Qt::DescendingOrder);
    const auto zoom = [this](QTreeWidgetItem* item) {
        if (const QString code = item->data(Name, Qt::UserRole).toString(); !code.isEmpty())
            emit zoomWanted(code);
    };
    connect(this, &QTreeWidget::itemClicked, this, zoom);
    connect(this, &QTreeWidget::itemActivated, this, zoom);
}

void AccessRegions::show(const AccessFinding* finding) {
    setSortingEnabled(false);
    clear();
    if (finding)
        for (const RegionTotals& region : finding->report.answer.regions) {
            const AccessTotals& totals = region.totals;
            auto* row = new Row(this);
            row->setText(Name, region.region.empty() ? tr("outside all regions")
                               : region.name.empty() ? fromUtf8(region.region)
                                                     : fromUtf8(region.name));
            row->setData(Name, Qt::UserRole, fromUtf8(region.region));
            row->set(CutOff, totals.cutOff.people, numberText(totals.cutOff.people));
            const double share = totals.all.people > 0 ? totals.cutOff.people / totals.all.people : 0;
            row->set(Share, share, totals.all.people > 0 ? tr("%1 %").arg(numberText(share * 100)) : QString());
            row->set(Places, static_cast<double>(totals.cutOff.places),
                     tr("%1 of %2").arg(totals.cutOff.places).arg(totals.all.places));
            row->set(Delayed, totals.delayed.people, numberText(totals.delayed.people));
            row->set(Unknown, static_cast<double>(totals.cutOff.withoutPopulation),
                     QString::number(totals.cutOff.withoutPopulation));
        }
    setSortingEnabled(true);
}

} // namespace cordon
