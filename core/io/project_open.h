// Opening the database of a project file: what stands in the way, the journal modes, versions. Internal to io.
#pragma once

#include "core/io/sqlite.h"

#include <memory>
#include <string>

namespace cordon {

std::string projectSubject(const std::string& path); // "The project file 'a.gpkg'"
// Throws Error unless there is a file that may be read and begins like a database.
void requireProjectFile(const std::string& path);
// Why the file cannot be written to; "" if it can.
std::string writeObstacle(const std::string& path);

// A database that can be read, its journal rolled back where a killed program left one; also one in WAL mode in a
// folder that is read-only.
std::unique_ptr<Database> openForReading(const std::string& path);
// Journal and durability of a database that is edited: see project_file.h.
void configureForEdits(const Database& database);
// Throws Error for a foreign GeoPackage and for a file of a newer Cordon.
void requireKnownFormat(const Database& database);
// Throws Error for a file that is shorter than it says.
void requireWhole(const Database& database);

// Removes the journal beside the file: this one's, or the meaningless one of a program that was killed.
void removeJournal(const Database& database);
// When the file under the name has gone, its journal is in the way: SQLite cannot tell whose it is. One whose beginning
// is zeroed is nobody's, and is removed.
void removeMeaninglessJournal(const std::string& path);

} // namespace cordon
