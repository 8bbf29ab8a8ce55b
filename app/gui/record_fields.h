// The fields of a record as widgets, one for each column of record_columns.h, filled from a record and read back into
// it. What is wrong with a field is said under it.
#pragma once

#include "core/model/record.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>
#include <map>
#include <string>

namespace cordon {

class RecordFieldSet : public QWidget {
    Q_OBJECT
public:
    // `place` is put below the field of the place's name.
    explicit RecordFieldSet(QWidget* place, QWidget* parent = nullptr);

    void fill(const Record& record, const Situation& situation);
    // What the fields say, into a record of the kind they were filled for; fields with a problem are left as they were.
    void readInto(Record& record) const;
    // Shows the problems at their fields; the first one, "" if there is none.
    QString validate();
    void offer(const std::vector<std::string>& sources, const std::vector<Actor>& actors);

    QLineEdit& text(const std::string& column) const;
    QComboBox& combo(const std::string& column) const;
    QWidget* firstWidget() const; // what says what it is: status, class, type
    void setGrade(Grade grade);
    void setPlaceName(const QString& name, bool isProposal); // a proposal never replaces what was typed

signals:
    void changed();
    void sourceChosen(const QString& source);

private:
    friend struct FieldFiller;
    friend struct FieldReader;
    struct Field {
        QWidget* editor = nullptr;
        QLabel* problem = nullptr;
        QLabel* label = nullptr;
        QWidget* row = nullptr;
    };
    void buildWhat();
    void buildWhen();
    void buildWho();
    void addHeading(const QString& text);
    void addField(const std::string& column, const QString& label, QWidget* editor, const QString& tip);
    QLineEdit* addText(const std::string& column, const QString& label, const QString& tip,
                       const QString& placeholder = {});
    QComboBox* addCombo(const std::string& column, const QString& label, const QString& tip, bool isFree);
    template <class E> void addWords(const std::string& column, const QString& label, const QString& tip);
    void followKind();
    void setProblem(const std::string& column, const QString& problem);
    bool isShown(const std::string& column) const;
    void step(QLineEdit& date, int days);
    bool eventFilter(QObject* watched, QEvent* event) override; // Up and Down in dates

    QGridLayout* m_form; // a QFormLayout of Qt 6.4 loses rows when others are hidden and heights follow widths
    std::map<std::string, Field> m_fields;
    RecordKind m_kind = RecordKind::Incident;
    std::map<std::string, std::pair<QString, std::string>> m_actors; // by column: as shown, as it stands in the record
    std::vector<Actor> m_known;
    bool m_isFilling = false;
    bool m_placeIsProposal = true;
};

} // namespace cordon
