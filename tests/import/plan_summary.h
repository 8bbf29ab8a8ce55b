#pragma once

#include "core/import/import_plan.h"

#include <string>

namespace cordon {

// "points Kobo/ODK: latitude=lat, ..." - what matters of a plan, in one text.
inline std::string summaryOf(const ImportPlan& plan) {
    std::string text(toWord(plan.target));
    text += plan.preset.empty() ? ":" : " (" + plan.preset + "):";
    for (const ColumnUse& use : plan.columns)
        if (use.role != ColumnRole::Attribute)
            text +=
                " " + (use.role == ColumnRole::Field ? use.field : std::string(toWord(use.role))) + "=" + use.column;
    if (plan.dayOrder != DayOrder::FromValues)
        text += plan.dayOrder == DayOrder::DayFirst ? " day first" : " month first";
    return text;
}

} // namespace cordon
