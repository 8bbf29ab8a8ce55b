// Which grades a grade is at least as good as, as one bit each: overruling asks this of many reports.
#pragma once

#include "core/model/situation.h"

#include <algorithm>
#include <cstdint>

namespace cordon {

inline constexpr int kGradeSteps = 6; // A-F, 1-6

inline int gradeCell(Grade grade) {
    const int reliability = std::clamp(grade.reliability - 'A', 0, kGradeSteps - 1);
    const int credibility = std::clamp(grade.credibility - '1', 0, kGradeSteps - 1);
    return reliability * kGradeSteps + credibility;
}
inline constexpr std::uint64_t kAllGrades = (std::uint64_t{1} << (kGradeSteps * kGradeSteps)) - 1;

// The cells of the grades that are no better than `grade` in either half.
inline std::uint64_t gradesNoBetterThan(Grade grade) {
    const int cell = gradeCell(grade);
    std::uint64_t cells = 0;
    for (int r = cell / kGradeSteps; r < kGradeSteps; ++r)
        for (int c = cell % kGradeSteps; c < kGradeSteps; ++c)
            cells |= std::uint64_t{1} << (r * kGradeSteps + c);
    return cells;
}

// Goes through reports from the latest to the earliest and says which are overruled by a strictly later one.
class OverrulingSweep {
public:
    bool isOverruled(Grade grade, TimePoint vouched) {
        if (vouched != m_vouched) {
            m_overruled |= m_sameTime;
            m_sameTime = 0;
            m_vouched = vouched;
        }
        m_sameTime |= gradesNoBetterThan(grade);
        return (m_overruled >> gradeCell(grade) & 1) != 0;
    }
    // Whether all that was and will be asked about, at this time too, is overruled.
    bool isDone() const { return m_overruled == kAllGrades; }

private:
    std::uint64_t m_overruled = 0; // by reports later than m_vouched
    std::uint64_t m_sameTime = 0;  // to be added once an earlier report comes
    TimePoint m_vouched{TimePoint::max()};
};

} // namespace cordon
