#include "core/io/project_store.h"

#include "core/io/gpkg_style.h"
#include "core/io/gpkg_tables.h"
#include "core/io/record_json.h"

#include <algorithm>
#include <set>

namespace cordon {
namespace {

std::string subjectOf(const Database& database) {
    return "The project file '" + database.path() + "'";
}

Json parsed(const std::string& text, const std::string& subject) {
    return parseJson(text, subject + " is damaged: a part of it ");
}

const LayerRow* findRow(const std::vector<LayerRow>& rows, const std::string& id) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const LayerRow& r) { return r.id == id; });
    return row == rows.end() ? nullptr : &*row;
}

void writeLayerRows(const Database& database, const std::vector<LayerRow>& rows) {
    database.run("DELETE FROM cordon_layers");
    Statement insert = database.prepare("INSERT INTO cordon_layers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    int position = 0;
    for (const LayerRow& row : rows) {
        insert.bind(0, ++position).bind(1, row.id).bind(2, row.name).bind(3, row.role).bind(4, row.table);
        insert.bind(5, row.style).bind(6, row.visible ? 1 : 0).bind(7, row.opacity).bind(8, row.inLegend ? 1 : 0);
        insert.bind(9, row.idField).run();
    }
}

void writeSetting(const Database& database, const char* key, const std::string& value) {
    Statement insert = database.prepare("INSERT OR REPLACE INTO cordon_settings VALUES (?, ?)");
    insert.bind(0, std::string_view(key)).bind(1, value).run();
}

void writeRoster(const Database& database, const Situation& situation, const Json& roster) {
    database.run("DELETE FROM cordon_actors; DELETE FROM cordon_sources");
    Statement actors = database.prepare("INSERT INTO cordon_actors VALUES (?, ?, ?, ?, ?, ?, ?)");
    int position = 0;
    for (const Actor& a : situation.actors) {
        const std::string color = a.color.toText(), aliases = jsonList(a.aliases);
        actors.bind(0, ++position).bind(1, a.id).bind(2, a.name).bind(3, a.nameFr);
        actors.bind(4, color).bind(5, a.pattern).bind(6, aliases).run();
    }
    Statement sources = database.prepare("INSERT INTO cordon_sources VALUES (?, ?, ?, ?, ?)");
    position = 0;
    for (const Source& s : situation.sources) {
        const std::string grade = s.usualGrade.toText();
        sources.bind(0, ++position).bind(1, s.id).bind(2, s.name).bind(3, s.url).bind(4, grade).run();
    }
    if (const Json* lives = roster.find("shelf_lives")) {
        std::string text = "{";
        for (const auto& [key, days] : lives->members)
            text += (text.size() > 1 ? "," : "") + jsonText(key) + ":" + days.text;
        writeSetting(database, "shelf_lives", text + "}");
    }
}

std::string rosterOf(const Database& database) {
    Situation situation;
    Statement actors =
        database.prepare("SELECT id, name, name_fr, color, pattern, aliases FROM cordon_actors ORDER BY position");
    while (actors.step()) {
        Actor actor;
        actor.id = actors.text(0);
        actor.name = actors.text(1);
        actor.nameFr = actors.text(2);
        actor.color = Color::fromText(std::string(actors.text(3))).value_or(actor.color);
        actor.pattern = actors.text(4);
        for (const Json& alias : parsed(std::string(actors.text(5)), subjectOf(database)).items)
            actor.aliases.push_back(alias.text);
        situation.actors.push_back(std::move(actor));
    }
    Statement sources = database.prepare("SELECT id, name, url, usual_grade FROM cordon_sources ORDER BY position");
    while (sources.step())
        situation.sources.push_back({std::string(sources.text(0)), std::string(sources.text(1)),
                                     std::string(sources.text(2)), Grade::fromText(sources.text(3)).value_or(Grade{})});
    if (const std::string lives = database.text("SELECT value FROM cordon_settings WHERE key = 'shelf_lives'");
        !lives.empty()) {
        Situation onlyLives;
        readRoster(parsed("{\"shelf_lives\":" + lives + "}", subjectOf(database)), subjectOf(database), onlyLives);
        situation.shelfLives = onlyLives.shelfLives;
    }
    return rosterJson(situation);
}

// What other GIS see: the tables of the layers under the layers' names, in their styles.
void writeContents(const Database& database, const ProjectRows& before, const ProjectRows& after,
                   const Project& project) {
    std::set<std::string> used;
    for (std::size_t i = 0; i < after.layers.size(); ++i) {
        const LayerRow& row = after.layers[i];
        const bool isFirst = !row.table.empty() && used.insert(row.table).second;
        const LayerRow* old = findRow(before.layers, row.id);
        if (!isFirst || (old && *old == row) || !project.layers[i]->table)
            continue;
        if (!old || old->name != row.name || old->table != row.table) {
            GpkgContent content = contentOf(database, row.table, *project.layers[i]->table);
            content.identifier = row.name;
            registerContent(database, content);
        }
        writeLayerStyle(database, row.table, *project.layers[i]);
    }
    for (const LayerRow& row : before.layers)
        if (!row.table.empty() && used.insert(row.table).second) {
            unregisterContent(database, row.table);
            removeLayerStyle(database, row.table);
        }
}

std::string layersDifference(const ProjectRows& before, const ProjectRows& after) {
    std::vector<std::string> idsBefore, idsAfter;
    std::string changed;
    const auto add = [&](const LayerRow* old, const LayerRow* now) {
        changed += (changed.empty() ? "" : ",") + std::string("{\"before\":") + (old ? layerJson(*old) : "null") +
                   ",\"after\":" + (now ? layerJson(*now) : "null") + "}";
    };
    for (const LayerRow& row : after.layers) {
        idsAfter.push_back(row.id);
        if (const LayerRow* old = findRow(before.layers, row.id); !old || !(*old == row))
            add(old, &row);
    }
    for (const LayerRow& row : before.layers) {
        idsBefore.push_back(row.id);
        if (!findRow(after.layers, row.id))
            add(&row, nullptr);
    }
    if (changed.empty() && idsBefore == idsAfter)
        return {};
    return "{\"before\":" + jsonList(idsBefore) + ",\"after\":" + jsonList(idsAfter) + ",\"changed\":[" + changed +
           "]}";
}

// {"before": x, "after": y} of two texts that are JSON already; "" if they are equal.
std::string pairJson(const std::string& before, const std::string& after) {
    return before == after ? "" : "{\"before\":" + before + ",\"after\":" + after + "}";
}

std::vector<LayerRow> withLayersDifference(std::vector<LayerRow> rows, const Json& json, const char* side,
                                           const std::string& subject) {
    if (const Json* changed = json.find("changed"))
        for (const Json& change : changed->items) {
            const char* const other = side == std::string_view("after") ? "before" : "after";
            for (const char* from : {other, side})
                if (const Json* layer = change.find(from); layer && layer->kind == Json::Kind::Object) {
                    const LayerRow row = layerRowFromJson(*layer, subject);
                    std::erase_if(rows, [&](const LayerRow& r) { return r.id == row.id; });
                    if (from == side)
                        rows.push_back(row);
                }
        }
    std::vector<LayerRow> ordered;
    if (const Json* ids = json.find(side))
        for (const Json& id : ids->items)
            if (const LayerRow* row = findRow(rows, id.text))
                ordered.push_back(*row);
    return ordered;
}

} // namespace

const std::string& StoredTables::nameOf(const std::shared_ptr<const FeatureTable>& table) const {
    static const std::string kNone;
    const auto found = m_names.find(table.get());
    return found == m_names.end() ? kNone : found->second;
}

std::shared_ptr<const FeatureTable> StoredTables::load(const Database& database, const std::string& name,
                                                       Warnings& warnings) {
    if (name.empty())
        return nullptr;
    auto& table = m_byName[name];
    if (!table) {
        table = readFeatureTable(database, name, warnings);
        m_names[table.get()] = name;
    }
    return table;
}

void StoredTables::store(const Database& database, const std::shared_ptr<const FeatureTable>& table,
                         const std::function<void(std::uint32_t)>& written) {
    if (!table || m_names.contains(table.get()))
        return;
    const std::string name = freeTableName(database, table->name);
    writeFeatureTable(database, name, *table, written);
    m_byName[name] = table;
    m_names[table.get()] = name;
}

void StoredTables::storeAll(const Database& database, const Project& project,
                            const std::function<void(double)>& progress) {
    std::vector<std::shared_ptr<const FeatureTable>> wanted;
    for (const auto& layer : project.layers)
        wanted.push_back(layer->table);
    wanted.push_back(project.map.locator);
    std::erase_if(wanted, [&](const auto& table) { return !table || m_names.contains(table.get()); });
    double rows = 1, done = 0; // never a division by zero
    for (const auto& table : wanted)
        rows += table->featureCount;
    for (const auto& table : wanted) {
        store(database, table, [&](std::uint32_t row) {
            if (progress)
                progress((done + row) / rows);
        });
        done += table->featureCount;
    }
}

ProjectRows rowsOf(const Project& project, const StoredTables& tables) {
    ProjectRows rows;
    for (const auto& layer : project.layers)
        rows.layers.push_back(layerRowOf(*layer, tables.nameOf(layer->table)));
    rows.map = mapSettingsJson(project.map, tables.nameOf(project.map.locator));
    rows.roster = rosterJson(*project.situation);
    rows.access = accessSettingsJson(project.access);
    return rows;
}

ProjectRows readRows(const Database& database) {
    ProjectRows rows;
    Statement layers =
        database.prepare("SELECT id, name, role, table_name, style, id_field, visible, in_legend, opacity "
                         "FROM cordon_layers ORDER BY position");
    while (layers.step()) {
        LayerRow row;
        int i = 0;
        for (std::string* text : {&row.id, &row.name, &row.role, &row.table, &row.style, &row.idField})
            *text = layers.text(i++);
        row.visible = layers.integer(6) != 0;
        row.inLegend = layers.integer(7) != 0;
        row.opacity = std::clamp(layers.real(8), 0.0, 1.0);
        rows.layers.push_back(std::move(row));
    }
    rows.map = database.text("SELECT value FROM cordon_settings WHERE key = 'map'");
    rows.roster = rosterOf(database);
    const std::string access = database.text("SELECT value FROM cordon_settings WHERE key = 'access'");
    rows.access = access.empty() ? accessSettingsJson({}) : access; // older projects have none
    return rows;
}

void writeRows(const Database& database, const ProjectRows& before, const ProjectRows& after, const Project& project) {
    if (before.layers != after.layers) {
        writeLayerRows(database, after.layers);
        writeContents(database, before, after, project);
    }
    if (before.map != after.map)
        writeSetting(database, "map", after.map);
    if (before.access != after.access)
        writeSetting(database, "access", after.access);
    if (before.roster != after.roster) {
        writeRoster(database, *project.situation, parsed(after.roster, subjectOf(database)));
        writeSituationStyles(database, *project.situation);
    }
}

Project projectOf(const Database& database, const ProjectRows& after, const Project& current,
                  const ProjectRows& currentRows, StoredTables& tables, Warnings& warnings) {
    const std::string subject = subjectOf(database);
    Project project = current;
    project.layers.clear();
    for (const LayerRow& row : after.layers) {
        const LayerRow* old = findRow(currentRows.layers, row.id);
        if (old && *old == row) {
            project.layers.push_back(current.layers[static_cast<std::size_t>(old - currentRows.layers.data())]);
            continue;
        }
        std::shared_ptr<const FeatureTable> table;
        try {
            table = tables.load(database, row.table, warnings);
        } catch (const SqliteError&) {
            throw;
        } catch (const Error& error) {
            warnings.push_back({error.what(), true});
            auto empty = std::make_shared<FeatureTable>();
            empty->name = row.name;
            table = std::move(empty);
        }
        project.layers.push_back(std::make_shared<const Layer>(layerOf(row, std::move(table), subject, warnings)));
    }
    if (after.map != currentRows.map) {
        std::string locator;
        project.map = mapSettingsFromJson(parsed(after.map, subject), subject, locator);
        try {
            project.map.locator = tables.load(database, locator, warnings);
        } catch (const SqliteError&) {
            throw;
        } catch (const Error& error) {
            warnings.push_back({error.what(), true});
        }
    }
    if (after.access != currentRows.access)
        project.access = accessSettingsFromJson(parsed(after.access, subject), subject);
    if (after.roster != currentRows.roster) {
        Situation situation = *current.situation;
        readRoster(parsed(after.roster, subject), subject, situation);
        project.situation = std::make_shared<const Situation>(std::move(situation));
    }
    return project;
}

std::string rowsDifferenceJson(const ProjectRows& before, const ProjectRows& after) {
    std::string json;
    const auto add = [&](const char* key, const std::string& value) {
        if (!value.empty())
            json += (json.empty() ? "" : ",") + jsonText(key) + ":" + value;
    };
    add("layers", layersDifference(before, after));
    add("map", pairJson(before.map, after.map));
    add("roster", pairJson(before.roster, after.roster));
    add("access", pairJson(before.access, after.access));
    return "{" + json + "}";
}

ProjectRows withDifference(ProjectRows rows, const Json& difference, bool isUndo, const std::string& subject) {
    const char* const side = isUndo ? "before" : "after";
    if (const Json* layers = difference.find("layers"))
        rows.layers = withLayersDifference(std::move(rows.layers), *layers, side, subject);
    if (const Json* map = difference.find("map"))
        if (const Json* value = map->find(side)) {
            std::string locator;
            const MapSettings settings = mapSettingsFromJson(*value, subject, locator);
            rows.map = mapSettingsJson(settings, locator);
        }
    if (const Json* roster = difference.find("roster"))
        if (const Json* value = roster->find(side)) {
            Situation situation;
            readRoster(*value, subject, situation);
            rows.roster = rosterJson(situation);
        }
    if (const Json* access = difference.find("access"))
        if (const Json* value = access->find(side))
            rows.access = accessSettingsJson(accessSettingsFromJson(*value, subject));
    return rows;
}

} // namespace cordon
