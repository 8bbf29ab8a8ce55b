#include "app/gui/lists_dialog.h"

#include "app/gui/report_words.h"
#include "core/model/shelf_life.h"

#include <QColorDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>
#include <set>

namespace cordon {

namespace {

QString cell(const QTableWidget& table, int row, int column) {
    const QTableWidgetItem* item = table.item(row, column);
    return item ? item->text().trimmed() : QString();
}

std::string text(const QTableWidget& table, int row, int column) {
    return cell(table, row, column).toStdString();
}

bool isBlank(const QTableWidget& table, int row) {
    for (int column = 0; column < table.columnCount(); ++column)
        if (column != 3 && !cell(table, row, column).isEmpty()) // the colour and the grade are always there
            return false;
    return true;
}

// "road.roadblock" -> "Road: roadblock", "road.status.open" -> "Road without cause: open".
QString lifeTitle(const std::string& key) {
    QString title = fromUtf8(key).replace('_', ' ');
    title.replace("road.status.", translated("Road without cause: "));
    title.replace("road.", translated("Road: "));
    title.replace("control.", translated("Control: "));
    title[0] = title[0].toUpper();
    return title;
}

} // namespace

ListsDialog::ListsDialog(const Situation& situation, QWidget* parent)
    : QDialog(parent), m_situation(situation), m_reason(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(tr("Actors, Sources, Shelf Lives"));
    auto* tabs = new QTabWidget(this);
    m_actors = addTable(
        *tabs, tr("Actors"),
        {tr("Id"), tr("Name"), tr("Name in French"), tr("Colour"), tr("Pattern"), tr("Also called (;)")}, true);
    m_sources = addTable(*tabs, tr("Sources"), {tr("Id"), tr("Name"), tr("Address"), tr("Usual grade")}, true);
    m_lives = addTable(*tabs, tr("Shelf lives"), {tr("Kind of report"), tr("Holds for days (0: always)")}, false);
    for (const Actor& actor : situation.actors)
        addActor(actor);
    for (const Source& source : situation.sources)
        addSource(source);
    fillLives();
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setWordWrap(true);
    m_reason->setStyleSheet("color: #A32D1E;");
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(tabs, 1);
    layout->addWidget(m_reason);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_actors, &QTableWidget::cellDoubleClicked, this, [this](int row, int column) {
        if (column == ColorCell)
            chooseColor(row);
    });
    for (QTableWidget* table : {m_actors, m_sources, m_lives})
        connect(table, &QTableWidget::itemChanged, this, &ListsDialog::follow);
    resize(780, 460);
    follow();
}

QTableWidget* ListsDialog::addTable(QTabWidget& tabs, const QString& title, const QStringList& headers, bool canGrow) {
    auto* page = new QWidget(&tabs);
    auto* table = new QTableWidget(0, static_cast<int>(headers.size()), page);
    table->setHorizontalHeaderLabels(headers);
    table->setAccessibleName(title);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setColumnWidth(1, 170);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(table, 1);
    if (canGrow) {
        auto* line = new QHBoxLayout;
        auto* add = new QPushButton(tr("&Add"), page);
        auto* remove = new QPushButton(tr("&Remove"), page);
        line->addWidget(add);
        line->addWidget(remove);
        line->addStretch();
        layout->addLayout(line);
        connect(add, &QPushButton::clicked, this, [this, table] {
            if (table == m_actors)
                addActor({});
            else
                addSource({});
            table->setCurrentCell(table->rowCount() - 1, 0);
            table->editItem(table->item(table->rowCount() - 1, 0));
        });
        connect(remove, &QPushButton::clicked, this, [this, table] {
            if (table->currentRow() >= 0)
                table->removeRow(table->currentRow());
            follow();
        });
    }
    tabs.addTab(page, title);
    return table;
}

void ListsDialog::addActor(const Actor& actor) {
    const int row = m_actors->rowCount();
    m_actors->insertRow(row);
    QStringList aliases;
    for (const std::string& alias : actor.aliases)
        aliases.append(fromUtf8(alias));
    const QString texts[] = {fromUtf8(actor.id),      fromUtf8(actor.name), fromUtf8(actor.nameFr), {},
                             fromUtf8(actor.pattern), aliases.join("; ")};
    for (int column = 0; column < ActorColumns; ++column)
        m_actors->setItem(row, column, new QTableWidgetItem(texts[column]));
    QTableWidgetItem* color = m_actors->item(row, ColorCell);
    color->setBackground(QColor(actor.color.r, actor.color.g, actor.color.b));
    color->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    color->setToolTip(tr("Double click to choose the colour"));
}

void ListsDialog::addSource(const Source& source) {
    const int row = m_sources->rowCount();
    m_sources->insertRow(row);
    const QString texts[] = {fromUtf8(source.id), fromUtf8(source.name), fromUtf8(source.url),
                             QString::fromStdString(source.usualGrade.toText())};
    for (int column = 0; column < SourceColumns; ++column)
        m_sources->setItem(row, column, new QTableWidgetItem(texts[column]));
}

void ListsDialog::fillLives() {
    for (const auto& [key, days] : shelfLifeEntries(m_situation.shelfLives)) {
        const int row = m_lives->rowCount();
        m_lives->insertRow(row);
        auto* name = new QTableWidgetItem(lifeTitle(key));
        name->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        name->setData(Qt::UserRole, QString::fromStdString(key));
        m_lives->setItem(row, 0, name);
        m_lives->setItem(row, 1, new QTableWidgetItem(QString::number(days)));
    }
    m_lives->setColumnWidth(0, 300);
}

void ListsDialog::chooseColor(int row) {
    QTableWidgetItem* item = m_actors->item(row, ColorCell);
    const QColor color = QColorDialog::getColor(item->background().color(), this, tr("Colour of the Actor"));
    if (color.isValid())
        item->setBackground(color);
}

QString ListsDialog::problem() const {
    std::set<QString> ids;
    for (const QTableWidget* table : {m_actors, m_sources}) {
        ids.clear();
        for (int row = 0; row < table->rowCount(); ++row) {
            if (isBlank(*table, row))
                continue;
            const QString id = cell(*table, row, 0);
            if (id.isEmpty())
                return tr("Each row needs an id: reports name it by that.");
            if (!ids.insert(id.toLower()).second)
                return tr("The id %1 is given twice.").arg(id);
        }
    }
    for (int row = 0; row < m_sources->rowCount(); ++row)
        if (!isBlank(*m_sources, row) && !Grade::fromText(text(*m_sources, row, UsualGrade)))
            return tr("%1 is no grade: write A1 to F6.").arg(cell(*m_sources, row, UsualGrade));
    for (int row = 0; row < m_lives->rowCount(); ++row) {
        bool isNumber = false;
        ShelfLives lives;
        const int days = cell(*m_lives, row, 1).toInt(&isNumber);
        if (!isNumber || !setShelfLife(lives, m_lives->item(row, 0)->data(Qt::UserRole).toString().toStdString(), days))
            return tr("%1: write days as a whole number from 0 to 36525.").arg(cell(*m_lives, row, 0));
    }
    return {};
}

void ListsDialog::follow() {
    const QString reason = problem();
    m_reason->setText(reason);
    m_buttons->button(QDialogButtonBox::Save)->setEnabled(reason.isEmpty());
}

Situation ListsDialog::situation() const {
    Situation edited = m_situation;
    edited.actors.clear();
    edited.sources.clear();
    for (int row = 0; row < m_actors->rowCount(); ++row) {
        if (isBlank(*m_actors, row))
            continue;
        Actor actor{text(*m_actors, row, Id), text(*m_actors, row, Name), text(*m_actors, row, NameFr)};
        const QColor color = m_actors->item(row, ColorCell)->background().color();
        actor.color = {static_cast<std::uint8_t>(color.red()), static_cast<std::uint8_t>(color.green()),
                       static_cast<std::uint8_t>(color.blue()), 255};
        actor.pattern = text(*m_actors, row, Pattern);
        for (const QString& alias : cell(*m_actors, row, Aliases).split(';', Qt::SkipEmptyParts))
            if (!alias.trimmed().isEmpty())
                actor.aliases.push_back(alias.trimmed().toStdString());
        edited.actors.push_back(std::move(actor));
    }
    for (int row = 0; row < m_sources->rowCount(); ++row)
        if (!isBlank(*m_sources, row))
            edited.sources.push_back({text(*m_sources, row, SourceId), text(*m_sources, row, SourceName),
                                      text(*m_sources, row, Url),
                                      Grade::fromText(text(*m_sources, row, UsualGrade)).value_or(Grade())});
    for (int row = 0; row < m_lives->rowCount(); ++row)
        setShelfLife(edited.shelfLives, m_lives->item(row, 0)->data(Qt::UserRole).toString().toStdString(),
                     cell(*m_lives, row, 1).toInt());
    return edited;
}

} // namespace cordon
