#include "app/gui/wait_dialog.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QEventLoop>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <exception>

namespace cordon {

namespace {

constexpr int kUnseenMs = 300; // a short wait shows nothing
constexpr int kSteps = 1000;

// Stays until the work has really ended: what it works on is in use until then.
class WaitDialog : public QDialog {
public:
    WaitDialog(const QString& title, std::stop_source stop, QWidget* window)
        : QDialog(window, Qt::Dialog | Qt::WindowTitleHint | Qt::CustomizeWindowHint), m_stop(std::move(stop)),
          m_title(new QLabel(title, this)), m_bar(new QProgressBar(this)),
          m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this)) {
        setWindowTitle(QObject::tr("Please wait"));
        setModal(true);
        m_title->setTextFormat(Qt::PlainText);
        m_title->setWordWrap(true);
        m_bar->setRange(0, 0); // busy until the first progress comes
        m_bar->setTextVisible(false);
        m_bar->setMinimumWidth(360);
        m_bar->setAccessibleName(QObject::tr("Progress"));
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(m_title);
        layout->addWidget(m_bar);
        layout->addWidget(m_buttons);
        connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    }
    void reject() override {
        m_stop.request_stop();
        m_title->setText(QObject::tr("Stopping..."));
        m_buttons->setEnabled(false);
    }
    void showProgress(double fraction) {
        m_bar->setRange(0, kSteps);
        m_bar->setValue(static_cast<int>(fraction * kSteps));
    }

private:
    std::stop_source m_stop;
    QLabel* m_title;
    QProgressBar* m_bar;
    QDialogButtonBox* m_buttons;
};

} // namespace

void runWaiting(QWidget& window, const QString& title, const LongWork& work) {
    const std::stop_source stop;
    std::exception_ptr failure;
    QEventLoop loop;
    WaitDialog dialog(title, stop, &window);
    Worker worker;
    QObject::connect(&worker, &Worker::progressed, &dialog, &WaitDialog::showProgress);
    QObject::connect(&worker, &Worker::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(kUnseenMs, &loop, &QEventLoop::quit);
    worker.post({title, [&](const std::stop_token&, const Worker::Progress& progress) {
                     try {
                         work(stop.get_token(), progress);
                     } catch (...) {
                         failure = std::current_exception();
                     }
                     return Worker::Delivery();
                 }});
    loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (worker.isBusy()) {
        dialog.show();
        loop.exec();
    }
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace cordon
