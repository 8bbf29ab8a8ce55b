// How long a running picture is let go on when the view moves meanwhile.
#pragma once

#include <algorithm>

namespace cordon {

// Pictures that take longer than that would never come during a long drag: each stopped one doubles it, and one that
// came sets it to what the next will take.
class RenderGrace {
public:
    int ms() const { return m_ms; }
    void stopped() { m_ms = std::min(2 * m_ms, kMostMs); }
    void came(double renderMs) { m_ms = static_cast<int>(std::clamp(1.5 * renderMs, 1.0 * kLeastMs, 1.0 * kMostMs)); }

private:
    static constexpr int kLeastMs = 120; // what is nearly done is not thrown away
    static constexpr int kMostMs = 2000;
    int m_ms = kLeastMs;
};

} // namespace cordon
