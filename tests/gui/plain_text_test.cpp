// Names come from files: whatever stands in them is shown as text, never as markup, and no name is too long for the
// window.
#include "app/gui/change_panel.h"
#include "app/gui/history_dialog.h"
#include "app/gui/layer_export.h"
#include "app/gui/look.h"
#include "app/gui/withdraw_dialog.h"
#include "tests/gui/import_fixture.h"
#include "tests/gui/reports_window.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QMenuBar>

namespace cordon {

namespace {

const std::string kMarkup = "<b>x</b><img src='file:///tmp/x.png'> &amp; two\nlines";
const std::string kRightToLeft = "\xD8\xAE\xD8\xB7 <i>1</i> \xD8\xB7\xD8\xB1\xD9\x8A\xD9\x82";
const std::string kLong = "<u>" + std::string(10000, 'W');
constexpr int kMostWidthPx = 1900;

// Nothing of a name may stand where Qt would take it for markup.
void expectPlain(const QString& where, const QString& text) {
    if (!Qt::mightBeRichText(text))
        return;
    for (const char* tag : {"<b>x", "<img", "<i>1", "<u>W"})
        EXPECT_FALSE(text.contains(tag)) << where.toStdString() << ": " << text.left(200).toStdString();
}

void expectPlainItems(const QAbstractItemView& view, const QModelIndex& parent, int depth) {
    const QAbstractItemModel* model = view.model();
    for (int row = 0; row < std::min(model->rowCount(parent), 60); ++row)
        for (int column = 0; column < std::min(model->columnCount(parent), 30); ++column) {
            const QModelIndex index = model->index(row, column, parent);
            expectPlain("tip in " + view.accessibleName(), index.data(Qt::ToolTipRole).toString());
            if (column == 0 && depth > 0)
                expectPlainItems(view, index, depth - 1);
        }
}

void expectPlainIn(QWidget& window) {
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->textFormat() != Qt::PlainText)
            expectPlain("label", label->text());
    for (const QWidget* widget : window.findChildren<QWidget*>())
        expectPlain(QString("tip of ") + widget->metaObject()->className(), widget->toolTip());
    for (const QAction* action : window.findChildren<QAction*>()) {
        expectPlain("tip of an action", action->toolTip());
        EXPECT_LT(action->text().size(), 200);
    }
    for (const QAbstractItemView* view : window.findChildren<QAbstractItemView*>())
        if (view->model())
            expectPlainItems(*view, {}, 2);
    EXPECT_LT(window.sizeHint().width(), kMostWidthPx) << window.windowTitle().left(60).toStdString();
    EXPECT_LT(window.minimumSizeHint().width(), kMostWidthPx) << window.windowTitle().left(60).toStdString();
}

class PlainTextTest : public ReportsTest {
protected:
    void openWith(const std::string& name) {
        Situation situation = threeRoads();
        situation.actors = {{"JNIM", name, "", {200, 60, 40, 255}, "", {name}}};
        for (std::size_t i = 0; i < situation.roadStatuses.size(); ++i) {
            RoadStatus& status = situation.roadStatuses[i];
            status.head.place = status.head.source = status.head.note = name;
            status.actor = "JNIM";
        }
        Project project = reportProject(situation);
        for (auto& layer : project.layers) {
            auto renamed = std::make_shared<Layer>(*layer);
            if (renamed->table) {
                renamed->name = name + renamed->name;
                auto table = std::make_shared<FeatureTable>(*renamed->table);
                TextValues texts;
                for (std::uint32_t i = 0; i < table->featureCount; ++i)
                    texts.append(name);
                table->columns[1].values = texts;
                renamed->table = table;
            }
            layer = renamed;
        }
        project.map.title = name;
        const QString file = m_files.path(QString("names%1.gpkg").arg(++m_opened));
        ProjectFile::create(file.toStdString(), std::make_shared<const Project>(project));
        load(file);
    }
    int m_opened = 0;
};

} // namespace

TEST_F(PlainTextTest, NamesAreTextEverywhereInTheWindow) {
    for (const std::string& name : {kMarkup, kRightToLeft, kLong}) {
        openWith(name);
        m_window.messages().add(Severity::Error, QString::fromStdString("Cannot read " + name));
        clickMap({-6.5, 12.5});
        ASSERT_TRUE(waitFor([&] { return m_window.identifyPanel().tree().topLevelItemCount() > 1; }));
        EXPECT_TRUE(m_window.identifyPanel().asText().contains(QString::fromStdString(name)));
        LayerListModel& layers = m_window.layerPanel().model();
        const int row = layers.rowCount() - 1;
        EXPECT_TRUE(layers.index(row).data().toString().startsWith(QString::fromStdString(name)));
        layers.setData(layers.index(row), QString::fromStdString(name + " 2"), Qt::EditRole);
        ASSERT_TRUE(document().undoText());
        m_window.reports().showHistory("R1");
        m_window.reports().correct("R1");
        m_window.showChangesBetween(parseAsOf("2025-01-15"), parseAsOf("2025-10-20"));
        QCoreApplication::processEvents();
        select({0});
        expectPlainIn(m_window);
        expectPlainIn(m_window.reports().history());
        m_window.reports().form().cancelButton().click();
        m_window.reports().history().close();
        document().undo();
    }
}

TEST_F(PlainTextTest, NamesAreTextInDialogs) {
    for (const std::string& name : {kMarkup, kRightToLeft, kLong}) {
        openWith(name);
        LayerExportDialog dialog(document().project(), document().time(), document().project()->layers[0]->id, "/tmp");
        expectPlainIn(dialog);
        EXPECT_LT(dialog.request().path.size(), 100);
        WithdrawDialog withdraw(QString::fromStdString(name), document().time().asOf, nullptr);
        expectPlainIn(withdraw);
    }
}

TEST_F(ImportAssistantTest, NamesAreTextInTheAssistant) {
    for (const std::string& name : {kMarkup, kRightToLeft, kLong}) {
        openInMemory();
        std::string quoted = "\"" + name + "\"";
        const std::string text = "latitude,longitude,etat," + quoted + "\n12.5,-6.5,bloqué," + quoted + "\n12.6,-6.6," +
                                 quoted + "," + quoted + "\n95,-6,ouvert," + quoted + "\n0,0,ouvert,x\n";
        ImportAssistant& assistant = start({m_files.write("t.csv", QByteArray::fromStdString(text)),
                                            m_files.write("b.csv", "\"" + QByteArray::fromStdString(name))});
        ASSERT_FALSE(assistant.session().entries().empty());
        QComboBox& target = assistant.options().target();
        for (const ImportTarget as : {ImportTarget::RoadStatuses, ImportTarget::Points}) {
            emit target.activated(static_cast<int>(as));
            settle();
            expectPlainIn(assistant);
        }
        for (int i = 0; i < assistant.list().count(); ++i)
            if (!assistant.session().entries()[static_cast<std::size_t>(i)].batch)
                assistant.list().item(i)->setCheckState(Qt::Unchecked); // nothing says where its rows lie
        import();
        expectPlainIn(assistant);
    }
}

TEST(PlainTip, IsWrappedEscapedAndShort) {
    EXPECT_EQ(plainTip("a < b & c\nd"), "<qt>a &lt; b &amp; c<br>d</qt>");
    EXPECT_EQ(plainTip(""), "");
    EXPECT_LT(plainTip(QString::fromStdString(kLong)).size(), 2000);
    EXPECT_EQ(shortName(" a\n b "), "a b");
    EXPECT_EQ(shortName(QString(100, 'x')).size(), 60);
}

} // namespace cordon
