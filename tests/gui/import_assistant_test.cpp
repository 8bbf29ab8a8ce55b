// The import assistant: files as they come from the field, into a map in memory and into a project file.
#include "app/gui/import_assistant.h"

#include "app/gui/import_words.h"
#include "app/gui/main_window.h"
#include "test_folders.h"
#include "tests/gui/import_fixture.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QListWidget>
#include <QPushButton>
#include <set>

namespace cordon {

namespace {

// Three good rows, one with a latitude that is none, one at zero island, HTML in a name.
const char* const kBroken = "nom;latitude;longitude;statut\n"
                            "<b>Kita</b>;12,65;-7,5;bloqué\n"
                            "Ségou;12,5;-6,3;ouvert\n"
                            "Mopti;95,2;-4,2;ouvert\n"
                            "Nulle part;0;0;ouvert\n"
                            "Kayes;12,4;-7,9;bloqué\n";

QByteArray gpx(int file) {
    QByteArray text = "<?xml version=\"1.0\"?><gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">";
    for (int i = 0; i < 10; ++i)
        text += QString("<wpt lat=\"%1\" lon=\"%2\"><name>W%3-%4</name></wpt>")
                    .arg(12.1 + i * 0.05)
                    .arg(-7.5 + file * 0.5)
                    .arg(file)
                    .arg(i)
                    .toUtf8();
    return text + "</gpx>";
}

} // namespace

TEST_F(ImportAssistantTest, KoboFileIsRecognisedAndImportedAsOneStep) {
    const QString kobo = QString(CORDON_TEST_SOURCE) + "/../shared/data/field/odk_export_points.csv";
    if (!QFileInfo::exists(kobo))
        GTEST_SKIP() << "the field data is missing";
    openInMemory();
    ImportAssistant& assistant = start({kobo});
    ASSERT_EQ(assistant.session().entries().size(), 1U);
    const auto& entry = assistant.session().entries()[0];
    ASSERT_TRUE(entry.batch) << entry.problem.toStdString();
    const std::size_t rows = entry.table->rowCount(), taken = entry.batch->report.taken;
    EXPECT_GT(taken, 0U);
    EXPECT_EQ(taken + entry.batch->report.left.size() + entry.batch->report.alreadyThere, rows);
    EXPECT_EQ(assistant.table().rowCount(), static_cast<int>(rows));
    const std::size_t before = layerCount();
    import();
    EXPECT_EQ(layerCount(), before + 1);
    EXPECT_TRUE(assistant.summary().contains(countText(taken) + " rows taken")) << assistant.summary().toStdString();
    EXPECT_EQ(m_document.undoText(), "Import odk_export_points.csv");
    m_document.undo();
    EXPECT_EQ(layerCount(), before);
    EXPECT_EQ(m_document.undoText(), std::nullopt);
}

TEST_F(ImportAssistantTest, RowsThatTwoFilesHaveAreTakenOnce) {
    openInMemory();
    const QByteArray rows = "name,lat,lon,time\nKita,12.4,-7.5,2025-10-20T10:00Z\n";
    ImportAssistant& assistant =
        start({m_files.write("a.csv", rows), m_files.write("b.csv", rows + "Fana,12.5,-7.4,2025-10-20T11:00Z\n")});
    import();
    EXPECT_TRUE(assistant.summary().contains("2 rows taken")) << assistant.summary().toStdString();
    EXPECT_TRUE(assistant.summary().contains("1 there already")) << assistant.summary().toStdString();
}

TEST_F(ImportAssistantTest, BrokenTableNamesItsRowsAndMendsOnlyWhenAsked) {
    openInMemory();
    ImportAssistant& assistant = start({m_files.write("broken.csv", kBroken)});
    ASSERT_EQ(assistant.session().entries().size(), 1U);
    assistant.options().target().setCurrentIndex(static_cast<int>(ImportTarget::Points));
    emit assistant.options().target().activated(static_cast<int>(ImportTarget::Points));
    settle();
    const auto& left = assistant.problems().left().notes();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].row, 4U);
    EXPECT_EQ(left[0].column, "latitude");
    EXPECT_EQ(left[0].value, "95,2");
    const auto zeroIslands = [&] {
        const auto& found = assistant.session().entries()[0].batch->report.suspicions;
        return std::ranges::count(found, SuspicionKind::ZeroIsland, &Suspicion::kind);
    };
    EXPECT_EQ(zeroIslands(), 1);
    EXPECT_EQ(assistant.session().entries()[0].batch->report.taken, 4U);
    QPushButton* fix = nullptr;
    for (QPushButton* found : assistant.problems().findChildren<QPushButton*>())
        if (found->toolTip() == "Leaves out rows at latitude 0, longitude 0")
            fix = found;
    ASSERT_NE(fix, nullptr);
    fix->click();
    settle();
    EXPECT_EQ(zeroIslands(), 0);
    EXPECT_EQ(assistant.session().entries()[0].batch->report.taken, 3U);
    // As text, whatever stands there.
    EXPECT_EQ(assistant.table().index(0, 0).data(Qt::DisplayRole), "<b>Kita</b>");
}

TEST_F(ImportAssistantTest, ColumnsAreChangedInTheirHeader) {
    openInMemory();
    ImportAssistant& assistant = start({m_files.write("odd.csv", "a,b,c\n12.1,-7.1,x\n12.2,-7.2,y\n")});
    ASSERT_EQ(assistant.session().entries().size(), 1U);
    emit assistant.header().useChosen(0, ColumnRole::Latitude, {});
    emit assistant.header().useChosen(1, ColumnRole::Longitude, {});
    settle();
    const auto& entry = assistant.session().entries()[0];
    ASSERT_TRUE(entry.batch) << entry.problem.toStdString();
    EXPECT_EQ(entry.batch->report.taken, 2U);
    EXPECT_EQ(assistant.header().combo(0)->currentText(), "Latitude");
    emit assistant.header().useChosen(2, ColumnRole::Latitude, {}); // there is one latitude only
    settle();
    EXPECT_EQ(assistant.session().entries()[0].plan.columns[0].role, ColumnRole::Attribute);
    EXPECT_EQ(assistant.header().combo(0)->currentText(), "Attribute");
}

TEST_F(ImportAssistantTest, FiveFilesAreOneStepOfAProjectFileAndAddNothingAgain) {
    openFile();
    QStringList files;
    for (int i = 0; i < 5; ++i)
        files.append(m_files.write(QString("day%1.gpx").arg(i), gpx(i)));
    ImportAssistant& assistant = start(files);
    EXPECT_EQ(assistant.list().count(), 5);
    const std::size_t before = layerCount();
    import();
    EXPECT_TRUE(assistant.summary().contains("50 rows taken")) << assistant.summary().toStdString();
    const std::size_t after = layerCount();
    EXPECT_GT(after, before);
    EXPECT_EQ(m_document.undoText(), "Import 5 files");
    start(files);
    import();
    EXPECT_TRUE(m_assistant->summary().startsWith("Nothing new")) << m_assistant->summary().toStdString();
    EXPECT_EQ(layerCount(), after);
    m_assistant.reset();
    m_document.undo();
    EXPECT_EQ(layerCount(), before);
    EXPECT_EQ(m_document.undoText(), std::nullopt);
}

TEST_F(ImportAssistantTest, CancelLeavesNoTrace) {
    openFile();
    const auto before = m_document.project();
    ImportAssistant assistant(m_document, {m_files.write("day.gpx", gpx(0))}, nullptr);
    assistant.show();
    assistant.reject(); // while the file is read
    EXPECT_FALSE(assistant.isVisible());
    EXPECT_FALSE(assistant.session().isBusy());
    EXPECT_EQ(m_document.project(), before);
    EXPECT_EQ(m_document.undoText(), std::nullopt);
}

TEST_F(ImportAssistantTest, UnreadableFileIsSaidAndTheOthersAreTaken) {
    openInMemory();
    ImportAssistant& assistant =
        start({m_files.write("not.gpx", "<gpx><wpt lat="), m_files.write("day.gpx", gpx(1)), m_files.path("none.csv")});
    EXPECT_TRUE(assistant.session().failures().join('\n').contains("none.csv"));
    import();
    EXPECT_TRUE(assistant.summary().contains("10 rows taken")) << assistant.summary().toStdString();
}

TEST_F(ImportAssistantTest, ReportIsSavedAsTextAndJson) {
    openInMemory();
    ImportAssistant& assistant = start({m_files.write("broken.csv", kBroken)});
    import();
    assistant.saveReport(m_files.path("report.txt"));
    assistant.saveReport(m_files.path("report.json"));
    QFile text(m_files.path("report.txt")), json(m_files.path("report.json"));
    ASSERT_TRUE(text.open(QIODevice::ReadOnly) && json.open(QIODevice::ReadOnly));
    EXPECT_TRUE(text.readAll().contains("95,2"));
    EXPECT_FALSE(QJsonDocument::fromJson(json.readAll()).isNull());
}

TEST(ImportWords, EveryKindOfColumnHasAWordAndAColour) {
    std::set<QString> words;
    for (int i = 0; i <= static_cast<int>(ColumnRole::Field); ++i)
        words.insert(phraseOf(static_cast<ColumnRole>(i)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(ColumnRole::Field) + 1);
    std::vector<std::string> statuses;
    for (const ReportField& field : fieldsOf(ImportTarget::RoadStatuses))
        if (field.name == "status")
            for (const FieldValue& value : field.values)
                statuses.push_back(value.word);
    EXPECT_EQ(statuses, (std::vector<std::string>{"open", "restricted", "difficult", "blocked", "impassable",
                                                  "contested", "unknown"}));
}

} // namespace cordon
