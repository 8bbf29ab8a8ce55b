// Progress on a terminal; writes nothing anywhere else.
#pragma once

#include <iosfwd>
#include <string>

namespace cordon {

class ProgressBar {
public:
    ProgressBar(std::ostream& err, std::string what, bool isWanted);
    ~ProgressBar(); // wipes the line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(double fraction); // 0..1

private:
    std::ostream& m_err;
    std::string m_what;
    bool m_isShown;
    int m_percent = -1;
};

} // namespace cordon
