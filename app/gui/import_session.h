// What the import assistant works on, without its widgets: the tables of the files, what shall become of each, and what
// that gives. Reading and preparing run on workers; all else belongs to the window's thread. The project is the one
// that was there at the beginning: nothing changes it meanwhile.
#pragma once

#include "app/gui/worker.h"
#include "core/import/import_batch.h"

#include <QStringList>
#include <QTimer>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace cordon {

class ImportSession : public QObject {
    Q_OBJECT
public:
    struct Entry {
        QString file;
        std::shared_ptr<const SourceTable> table;
        ImportPlan plan, recognised;
        bool isWanted = true;
        bool isRemembered = false;                // `recognised` is how files of these columns were taken before
        std::shared_ptr<const ImportBatch> batch; // null until prepared for the first time
        std::shared_ptr<const Project> preview;   // what it would add, over the layers of the project
        QString problem;                          // why the plan cannot be followed; "" if it can
        bool isCurrent = false;                   // batch and problem are those of the plan
    };
    struct FileOptions {
        std::string encoding; // "" = from the file
        friend bool operator==(const FileOptions&, const FileOptions&) = default;
    };

    explicit ImportSession(std::shared_ptr<const Project> project, QObject* parent = nullptr);
    ~ImportSession() override;

    void addFiles(const QStringList& paths);
    void readAgain(const QString& path, const FileOptions& options); // its tables are recognised anew
    FileOptions optionsOf(const QString& path) const;
    void stop(); // reading and preparing

    const std::deque<Entry>& entries() const { return m_entries; }
    const Entry* at(int index) const;
    void setPlan(int index, const ImportPlan& plan); // prepared soon
    // Gives another plan soon: "" = by names and values, without a preset; nullopt: as if nothing were remembered.
    void recogniseAs(int index, const std::optional<std::string>& preset);
    void setWanted(int index, bool isWanted);
    const std::shared_ptr<const Project>& project() const { return m_project; }

    bool isReading() const { return m_reader.isBusy(); }
    bool isBusy() const { return m_reader.isBusy() || m_delay.isActive() || m_preparer.isBusy(); }
    bool canImport() const; // something is wanted, and all of that is prepared
    // All that is wanted as one step, made on the worker; `take` is called on the window's thread.
    void makeStep(TimePoint now, std::function<void(ImportStep)> take);
    void remember() const;                                  // the plans that were changed, for files of the same shape
    std::vector<ImportReport> reports() const;              // of what is wanted
    const Warnings& warnings() const { return m_warnings; } // of reading
    const QStringList& failures() const { return m_failures; } // files that could not be read, a sentence each

signals:
    void entriesChanged(); // another number of them, or one was read anew
    void planChanged(int index);
    void prepared(int index); // batch or problem
    void busyChanged();
    void progressed(double fraction);
    void failed(const QString& reason); // of making the step

private:
    void read(const QString& path, const FileOptions& options);
    void take(const QString& path, SourceTables read, const std::vector<std::pair<ImportPlan, bool>>& plans);
    void prepareAll();
    void postPreparing(int index);

    std::shared_ptr<const Project> m_project;
    std::deque<Entry> m_entries;
    std::map<QString, FileOptions> m_options;
    Warnings m_warnings;
    QStringList m_failures;
    QTimer m_delay;
    Worker m_reader, m_preparer;
};

// Whether the file itself says where its rows lie.
bool hasShapes(const SourceTable& table);
// Rows of a batch that are suspected of something, by their number.
std::vector<std::uint32_t> suspectedRows(const ImportReport& report);

} // namespace cordon
