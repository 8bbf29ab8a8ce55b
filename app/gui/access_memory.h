// A question about access as text, to be remembered from run to run. What-ifs are of the moment and left out.
#pragma once

#include "core/network/access_query.h"

#include <QString>

namespace cordon {

QString questionAsText(const AccessQuery& query);  // "" for one that asks nothing
AccessQuery questionFromText(const QString& text); // what cannot be read of it is as usual

} // namespace cordon
