#include "app/gui/access_memory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace cordon {

QString questionAsText(const AccessQuery& query) {
    AccessQuery usual;
    usual.filter = query.filter;
    usual.lifted = query.lifted;
    usual.opened = query.opened;
    usual.closed = query.closed;
    if (query == usual)
        return {};
    QJsonArray origins, policies;
    for (const Origin& origin : query.origins)
        origins.append(QJsonObject{{"name", QString::fromStdString(origin.name)},
                                   {"lon", origin.at.lonDegrees},
                                   {"lat", origin.at.latDegrees}});
    for (const std::string& entry : policyEntries(query.policy))
        policies.append(QString::fromStdString(entry));
    const auto word = toWord(query.userClass);
    QJsonObject object{{"from", origins},
                       {"class", QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()))},
                       {"rainy", query.season == Season::Rainy},
                       {"vehicle", QString::fromStdString(query.vehicle)},
                       {"delay_factor", query.delayFactor},
                       {"policy", policies}};
    if (query.loadTonnes)
        object["load_t"] = *query.loadTonnes;
    if (query.budgetHours)
        object["budget_h"] = *query.budgetHours;
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

AccessQuery questionFromText(const QString& text) {
    AccessQuery query;
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    for (const auto& value : object["from"].toArray()) {
        const QJsonObject origin = value.toObject();
        const LonLat at{origin["lon"].toDouble(NAN), origin["lat"].toDouble(NAN)};
        if (std::abs(at.lonDegrees) <= 180 && std::abs(at.latDegrees) <= 90)
            query.origins.push_back({origin["name"].toString().toStdString(), at});
    }
    for (const auto& value : object["policy"].toArray())
        setPolicy(query.policy, value.toString().toStdString());
    query.userClass = userClassFromWord(object["class"].toString().toStdString()).value_or(query.userClass);
    query.season = object["rainy"].toBool() ? Season::Rainy : Season::Dry;
    query.vehicle = object["vehicle"].toString().toStdString();
    const auto positive = [&](const char* key) {
        const double number = object[key].toDouble();
        return number > 0 ? std::optional(number) : std::nullopt;
    };
    query.loadTonnes = positive("load_t");
    query.budgetHours = positive("budget_h");
    query.delayFactor = std::max(1.0, object["delay_factor"].toDouble(query.delayFactor));
    return query;
}

} // namespace cordon
