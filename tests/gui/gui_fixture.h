// What the tests of the window share: files made on the spot, tables made by hand, waiting for signals.
#pragma once

#include "core/model/project.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <gtest/gtest.h>

namespace cordon {

inline bool waitFor(const std::function<bool()>& holds, int milliseconds = 60000) {
    return QTest::qWaitFor(holds, milliseconds);
}

// A table with one square a row, `sizeDegrees` wide, side by side from (west, south) on.
inline std::shared_ptr<const FeatureTable> squares(const std::string& name, int count, double west, double south,
                                                   double sizeDegrees) {
    auto table = std::make_shared<FeatureTable>();
    table->name = name;
    table->geometryType = "Polygon";
    Column names{"name", FieldType::Text, TextValues{}, {}, {}};
    for (int i = 0; i < count; ++i) {
        const double x = west + i * sizeDegrees;
        for (const LonLat p : {LonLat{x, south},
                               {x + sizeDegrees, south},
                               {x + sizeDegrees, south + sizeDegrees},
                               {x, south + sizeDegrees},
                               {x, south}})
            table->geometry.coordinates.push_back(p);
        table->geometry.partStart.push_back(static_cast<std::uint32_t>(table->geometry.coordinates.size()));
        table->geometry.partRole.push_back(PartRole::OuterRing);
        table->geometry.featureStart.push_back(static_cast<std::uint32_t>(i + 1));
        std::get<TextValues>(names.values).append(name + " " + std::to_string(i + 1));
    }
    table->columns.push_back(std::move(names));
    finishTable(*table);
    return table;
}

inline std::shared_ptr<const Layer> filledLayer(const std::string& id, std::shared_ptr<const FeatureTable> table,
                                                Color color) {
    auto layer = std::make_shared<Layer>();
    layer->id = id;
    layer->name = table->name;
    layer->role = LayerRole::Region;
    layer->table = std::move(table);
    Rule rule;
    rule.fill = FillSymbol{color};
    rule.lines.push_back({color.darker(0.6)});
    layer->style.rules.push_back(rule);
    return layer;
}

class Files {
public:
    QString write(const QString& name, const QByteArray& bytes) const {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return path;
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

} // namespace cordon
