#include "app/gui/access_question_bar.h"

#include "app/gui/access_words.h"
#include "app/gui/look.h"
#include "app/gui/report_words.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace cordon {

namespace {

QLabel* addLabel(QVBoxLayout& layout, QWidget& parent) {
    auto* label = new QLabel(&parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    label->hide();
    layout.addWidget(label);
    return label;
}

// A word that a click takes away.
QString removable(const QString& kind, std::size_t number, const QString& text) {
    const QString cross = QString::fromUtf8("&nbsp;<a href=\"%1:%2\" title=\"%3\" style=\"text-decoration:none\">✕</a>")
                              .arg(kind)
                              .arg(number)
                              .arg(AccessQuestionBar::tr("Take away"));
    return text.toHtmlEscaped().replace(' ', "&nbsp;") + cross;
}

} // namespace

AccessQuestionBar::AccessQuestionBar(QWidget* parent) : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(buildFrom());
    m_problem = addLabel(*layout, *this);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setStyleSheet("color: #A8320A;");
    m_origins = addLabel(*layout, *this);
    m_origins->setAccessibleName(tr("Where from"));
    layout->addWidget(buildUser());
    m_unusual = addLabel(*layout, *this);
    m_whatIf = addLabel(*layout, *this);
    m_whatIf->setAccessibleName(tr("What if"));
    for (QLabel* label : {m_origins, m_unusual, m_whatIf})
        connect(label, &QLabel::linkActivated, this, &AccessQuestionBar::takeLink);
}

QWidget* AccessQuestionBar::buildFrom() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("&From"), row);
    m_from = new QLineEdit(row);
    m_from->setPlaceholderText(tr("Name of a place, then Enter"));
    m_from->setAccessibleName(tr("A place to start from"));
    m_from->setClearButtonEnabled(true);
    label->setBuddy(m_from);
    m_pick = new QToolButton(row);
    m_pick->setIcon(iconOf("tool-point"));
    m_pick->setCheckable(true);
    m_pick->setToolTip(tr("Click places to start from on the map; Esc when done"));
    layout->addWidget(label);
    layout->addWidget(m_from, 1);
    layout->addWidget(m_pick);
    connect(m_from, &QLineEdit::returnPressed, this, &AccessQuestionBar::addNamed);
    connect(m_from, &QLineEdit::textEdited, this, [this] { m_problem->hide(); });
    connect(m_pick, &QToolButton::clicked, this, &AccessQuestionBar::pickWanted);
    return row;
}

QWidget* AccessQuestionBar::buildUser() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(tr("Fo&r"), row);
    m_user = new QComboBox(row);
    m_user->setAccessibleName(tr("For whom"));
    m_user->setToolTip(tr("Who travels: escorted convoys pass roads that require an escort, at 0.7 times the speed"));
    for (const UserClass user : {UserClass::Civilian, UserClass::Humanitarian, UserClass::Convoy})
        m_user->addItem(userText(user));
    label->setBuddy(m_user);
    m_season = new QComboBox(row);
    m_season->setAccessibleName(tr("Season"));
    m_season->setToolTip(tr("Whose speeds count where the roads do not give their own"));
    m_season->addItems({tr("dry season"), tr("rainy season")});
    m_options = new QToolButton(row);
    m_options->setText(tr("&Options..."));
    m_options->setToolTip(tr("Vehicle, time allowed, and what counts as passable"));
    layout->addWidget(label);
    layout->addWidget(m_user, 1);
    layout->addWidget(m_season, 1);
    layout->addWidget(m_options);
    connect(m_user, &QComboBox::activated, this, [this](int index) {
        AccessQuery query = m_query;
        query.userClass = static_cast<UserClass>(index);
        change(std::move(query));
    });
    connect(m_season, &QComboBox::activated, this, [this](int index) {
        AccessQuery query = m_query;
        query.season = index == 1 ? Season::Rainy : Season::Dry;
        change(std::move(query));
    });
    connect(m_options, &QToolButton::clicked, this, &AccessQuestionBar::optionsWanted);
    return row;
}

void AccessQuestionBar::setPicking(bool on) {
    m_pick->setChecked(on);
}

void offerPlaces(QLineEdit& edit, const AccessNetwork* network, const std::function<void()>& chosen) {
    QStringList names;
    if (network)
        for (const Place& place : network->places)
            if (!place.name.empty())
                names += fromUtf8(place.name);
    names.sort(Qt::CaseInsensitive);
    names.removeDuplicates();
    auto* completer = new QCompleter(names, &edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    if (chosen) // after the completer has put the name into the field
        QObject::connect(completer, qOverload<const QString&>(&QCompleter::activated), &edit, chosen,
                         Qt::QueuedConnection);
    delete edit.completer();
    edit.setCompleter(completer);
}

void AccessQuestionBar::setNetwork(std::shared_ptr<const AccessNetwork> network) {
    m_network = std::move(network);
    offerPlaces(*m_from, m_network.get(), [this] { addNamed(); });
}

void AccessQuestionBar::addNamed() {
    const std::string name = m_from->text().trimmed().toStdString();
    if (name.empty() || !m_network)
        return;
    try {
        const Place& place = m_network->places[findPlace(m_network->places, name)];
        m_problem->hide();
        m_from->clear();
        AccessQuery query = m_query;
        const Origin origin{place.name, place.at};
        if (std::find(query.origins.begin(), query.origins.end(), origin) == query.origins.end())
            query.origins.push_back(origin);
        change(std::move(query));
    } catch (const Error& e) {
        m_problem->setText(QString::fromUtf8(e.what()));
        m_problem->show();
    }
}

void AccessQuestionBar::change(AccessQuery query) {
    show(query);
    emit changed(query);
}

void AccessQuestionBar::takeLink(const QString& link) {
    if (link == "options")
        return emit optionsWanted();
    const QString kind = link.section(':', 0, 0);
    const std::size_t number = link.section(':', 1).toULongLong();
    AccessQuery query = m_query;
    const auto erase = [number](auto& list) {
        if (number < list.size())
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(number));
    };
    if (kind == "origin")
        erase(query.origins);
    else if (kind == "lifted")
        erase(query.lifted);
    else if (kind == "opened")
        erase(query.opened);
    else if (kind == "closed")
        erase(query.closed);
    change(std::move(query));
}

QString AccessQuestionBar::whatIfText() const {
    QStringList parts;
    const auto name = [this](const RoadReference& reference) {
        const auto road = m_network ? m_network->ids.find(reference.roadId) : std::nullopt;
        return road ? roadText(*m_network, *road) : fromUtf8(reference.roadId);
    };
    for (std::size_t i = 0; i < m_query.lifted.size(); ++i)
        parts += removable("lifted", i, tr("%1 lifted").arg(fromUtf8(m_query.lifted[i])));
    for (std::size_t i = 0; i < m_query.opened.size(); ++i)
        parts += removable("opened", i, tr("%1 open").arg(name(m_query.opened[i])));
    for (std::size_t i = 0; i < m_query.closed.size(); ++i)
        parts += removable("closed", i, tr("%1 blocked").arg(name(m_query.closed[i])));
    return parts.join("; ");
}

void AccessQuestionBar::show(const AccessQuery& query) {
    m_query = query;
    QStringList origins;
    for (std::size_t i = 0; i < query.origins.size(); ++i)
        origins += removable("origin", i, fromUtf8(query.origins[i].name));
    m_origins->setText(origins.join(", "));
    m_origins->setVisible(!origins.isEmpty());
    m_user->setCurrentIndex(static_cast<int>(query.userClass));
    m_season->setCurrentIndex(query.season == Season::Rainy ? 1 : 0);
    const QString unusual = unusualText(query);
    m_unusual->setText(tr("Not as usual: %1 (<a href=\"options\">change</a>)").arg(unusual.toHtmlEscaped()));
    m_unusual->setVisible(!unusual.isEmpty());
    const QString whatIf = whatIfText();
    m_whatIf->setText(tr("<b>What if:</b> %1").arg(whatIf));
    m_whatIf->setVisible(!whatIf.isEmpty());
}

} // namespace cordon
