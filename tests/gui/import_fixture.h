// The import assistant on a small map, in memory or in a project file.
#pragma once

#include "app/gui/import_assistant.h"
#include "tests/gui/report_fixture.h"

#include <QPushButton>

namespace cordon {

class ImportAssistantTest : public testing::Test {
protected:
    // The project of two roads and four regions, in memory.
    void openInMemory() { m_document.open(std::make_shared<const Project>(reportProject()), {}, {}); }
    void openFile() {
        m_document.open(
            ProjectFile::create(m_files.path("p.gpkg").toStdString(), std::make_shared<const Project>(reportProject())),
            {});
    }
    ImportAssistant& start(const QStringList& files) {
        m_assistant = std::make_unique<ImportAssistant>(m_document, files, nullptr);
        m_assistant->show();
        settle();
        return *m_assistant;
    }
    void settle() {
        ASSERT_TRUE(waitFor([&] { return !m_assistant->session().isBusy(); }));
    }
    void import() {
        ASSERT_TRUE(m_assistant->importButton().isEnabled());
        m_assistant->importButton().click();
        ASSERT_TRUE(waitFor([&] { return m_assistant->isFinished(); }));
    }
    std::size_t layerCount() const { return m_document.project()->layers.size(); }

    const Files m_files;
    Document m_document;
    std::unique_ptr<ImportAssistant> m_assistant;
};

} // namespace cordon
