#include "core/io/situation_reader.h"

#include "tests/io/scratch_folder.h"

#include <gtest/gtest.h>

namespace cordon {
namespace {

const char* const kHeader =
    "id,kind,valid_from,valid_to,recorded_from,recorded_to,place,lon,lat,geometry,roads,regions,status,cause,"
    "vehicle_class,load_tonnes,hours,escort,direction,actor,other_actors,control_class,basis,incident_type,"
    "fatalities_low,fatalities_best,fatalities_high,date_precision,grade,location_precision,source,source_url,note\n";

std::string textOf(const Warnings& warnings) {
    std::string text;
    for (const Warning& warning : warnings)
        text += (warning.leftOut ? "left out: " : "advice: ") + warning.text + "\n";
    return text;
}

TimePoint at(const char* text) {
    return parseTime(text)->time;
}

class SituationReaderTest : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text) { return m_folder.write(name, text); }
    SituationResult read(const std::string& rows, const std::string& header = kHeader) {
        return readRecords(write("records.csv", header + rows));
    }
    // The one warning of one bad row, without the file's name.
    std::string reason(const std::string& columns, const std::string& row) {
        const SituationResult result = read(row + "\n", columns + "\n");
        EXPECT_TRUE(result.situation.isEmpty()) << row;
        const std::string text = textOf(result.warnings);
        const std::string start = "left out: " + m_folder.path("records.csv") + ", line 2: left out, because ";
        EXPECT_TRUE(text.starts_with(start)) << text;
        return text.substr(std::min(start.size(), text.size()));
    }

    ScratchFolder m_folder;
};

TEST_F(SituationReaderTest, ReadsARoadStatusWhole) {
    const auto result =
        read("R1,road_status,2025-09-01,2025-12-05T06:00Z,2025-09-02,,Diéma,-9.19,14.53,,141:0.2-0.5;76,,"
             "restricted,roadblock,truck,3.5,06:00-18:00,required,forward,JNIM,,,,,,,,day,B2,segment,"
             "\"Radio, Bamako\",https://example.org,\"said \"\"no\"\"\"\n");
    EXPECT_EQ(textOf(result.warnings), "");
    RoadStatus expected;
    expected.head.id = "R1";
    expected.head.valid = {at("2025-09-01"), at("2025-12-05T06:00Z")};
    expected.head.recorded = {at("2025-09-02"), std::nullopt};
    expected.head.source = "Radio, Bamako";
    expected.head.sourceUrl = "https://example.org";
    expected.head.grade = {'B', '2'};
    expected.head.precision = LocationPrecision::Segment;
    expected.head.place = "Diéma";
    expected.head.note = "said \"no\"";
    expected.roads = {{"141", 0.2, 0.5}, {"76", 0, 1}};
    expected.geometry = {SmallGeometry::Kind::Point, {{{{-9.19, 14.53}}, false}}};
    expected.status = RoadStatusKind::Restricted;
    expected.cause = ObstacleType::Roadblock;
    expected.vehicleClass = "truck";
    expected.loadTonnes = 3.5;
    expected.hours = "06:00-18:00";
    expected.escortRequired = true;
    expected.direction = TrafficDirection::Forward;
    expected.actor = "JNIM";
    ASSERT_EQ(result.situation.roadStatuses.size(), 1u);
    EXPECT_TRUE(result.situation.roadStatuses[0] == expected);
}

TEST_F(SituationReaderTest, ReadsTheOtherKinds) {
    const auto result =
        read("C1,control,2025-01-01,,,,,,,\"POLYGON ((0 0, 1 0, 1 1, 0 0))\",,,,,,,,,,JNIM,FAMa;Dozo,contested,claimed"
             ",,,,,,,,,,\n"
             "C2,control,2025-01-01,,,,Farabougou,,,,,ML-4,,,,,,,,JNIM,,control,,,,,,,,,,,\n"
             "N1,restriction,2024-11-29,2025-03-04,,,Léré,-4.9,15.7,,,,,traffic_restriction,,,,,,JNIM,,,,,,,,,,,,,\n"
             "I1,incident,2025-09-14,,,,Kolokani,-8.03,13.57,,,,,,,,,,,JNIM,FAMa,,,convoy_attack,2,,5,week,,,,,\n"
             "M1,measure,2025-10-27,,,,Bamako,-8,12.6,,,,,,,,,,,,,,,,,,,,,,,,schools closed\n");
    EXPECT_EQ(textOf(result.warnings), "");
    const Situation& s = result.situation;
    ASSERT_EQ(s.controlAreas.size(), 2u);
    EXPECT_EQ(s.controlAreas[0].otherActors, (std::vector<std::string>{"FAMa", "Dozo"}));
    EXPECT_EQ(s.controlAreas[0].controlClass, ControlClass::Contested);
    EXPECT_EQ(s.controlAreas[0].basis, ControlBasis::Claimed);
    EXPECT_EQ(s.controlAreas[0].area.parts.size(), 1u);
    EXPECT_EQ(s.controlAreas[1].regions, std::vector<std::string>{"ML-4"});
    ASSERT_EQ(s.restrictions.size(), 1u);
    EXPECT_EQ(s.restrictions[0].head.valid.end, at("2025-03-04"));
    ASSERT_EQ(s.incidents.size(), 1u);
    EXPECT_EQ(s.incidents[0].type, IncidentType::ConvoyAttack);
    EXPECT_EQ(s.incidents[0].fatalitiesLow, 2);
    EXPECT_EQ(s.incidents[0].fatalitiesBest, std::nullopt);
    EXPECT_EQ(s.incidents[0].fatalitiesHigh, 5);
    EXPECT_EQ(s.incidents[0].datePrecision, DatePrecision::Week);
    EXPECT_EQ(s.incidents[0].head.grade, (Grade{'F', '6'}));
    ASSERT_EQ(s.measures.size(), 1u);
    EXPECT_EQ(s.measures[0].head.note, "schools closed");
}

TEST_F(SituationReaderTest, ABadValueLeavesItsRowOutAndNothingElse) {
    const auto result = read("A,restriction,2025-01-01,,,,,-8,12.6,,,,,,,,,,,,,,,,,,,,B2,,,,\n"
                             "B,restriction,2025-01-01,,,,,-8,12.6,,,,,,,,,,,,,,,,,,,,Z9,,,,\n"
                             "C,restriction,2025-01-01,,,,,-8,12.6,,,,,,,,,,,,,,,,,,,,A1,,,,\n");
    EXPECT_EQ(result.situation.restrictions.size(), 2u);
    EXPECT_EQ(textOf(result.warnings), "left out: " + m_folder.path("records.csv") +
                                           ", line 3 (B): left out, because grade 'Z9' is not an Admiralty grade, A1 "
                                           "to F6.\n");
}

TEST_F(SituationReaderTest, EveryBadValueHasItsReason) {
    EXPECT_EQ(reason("kind,valid_from", "blockade,2025-01-01"),
              "kind 'blockade' is not one of control, road_status, restriction, incident, measure.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat", "restriction,,1,2"),
              "valid_from is empty; every record needs the date it holds from.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat", "restriction,2025-02-30,1,2"),
              "valid_from '2025-02-30' is not a date such as 2025-10-20 or 2025-10-20T14:00Z.\n");
    EXPECT_EQ(reason("kind,valid_from,valid_to,lon,lat", "restriction,2025-02-02,2025-02-02,1,2"),
              "valid_to '2025-02-02' is not after valid_from '2025-02-02'.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat", "restriction,2025-01-01,1,95"),
              "the latitude 95 is beyond 90 degrees.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat", "restriction,2025-01-01,1,"),
              "lat is empty; a point needs lon and lat.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat", "restriction,2025-01-01,west,2"), "lon 'west' is not a number.\n");
    EXPECT_EQ(reason("kind,valid_from", "restriction,2025-01-01"),
              "geometry is no point or polygon; a restriction needs lon and lat, or a polygon.\n");
    EXPECT_EQ(reason("kind,valid_from,status,roads", "road_status,2025-01-01,shut,76"),
              "status 'shut' is not one of open, restricted, difficult, blocked, impassable, contested, unknown.\n");
    EXPECT_EQ(reason("kind,valid_from,status", "road_status,2025-01-01,blocked"),
              "roads is empty, and there is no line or point either; say which road.\n");
    EXPECT_EQ(reason("kind,valid_from,status,roads", "road_status,2025-01-01,blocked,76:0.5-0.2"),
              "roads: '76:0.5-0.2' is no road id with a stretch such as 141:0.2-0.5 (from and "
              "to as parts of its length, 0 to 1).\n");
    EXPECT_EQ(reason("kind,valid_from,status,roads,escort", "road_status,2025-01-01,blocked,76,maybe"),
              "escort 'maybe' is not 'required' or empty.\n");
    EXPECT_EQ(reason("kind,valid_from,control_class,actor", "control,2025-01-01,control,JNIM"),
              "geometry is not a polygon; give a polygon or region codes in regions.\n");
    EXPECT_EQ(reason("kind,valid_from,control_class,regions", "control,2025-01-01,control,ML-1"),
              "actor is empty; name who holds it, or set control_class to no_information.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat,fatalities_best", "incident,2025-01-01,1,2,-3"),
              "fatalities_best '-3' is not a whole number from 0 up.\n");
    EXPECT_EQ(reason("kind,valid_from,lon,lat,fatalities_low,fatalities_high", "incident,2025-01-01,1,2,9,3"),
              "fatalities are not in order; low, best and high must not fall.\n");
    EXPECT_EQ(reason("kind,valid_from,geometry", "incident,2025-01-01,POINT 1 2"),
              "geometry cannot be used: it is not WKT: '(' is missing at character 7.\n");
}

TEST_F(SituationReaderTest, WordsMayHaveBlanksDashesAndCapitals) {
    const auto result = read("Road-Status,2025-01-01,Blocked,Mines UXO,76\n", "kind,valid_from,status,cause,roads\n");
    EXPECT_EQ(textOf(result.warnings), "");
    ASSERT_EQ(result.situation.roadStatuses.size(), 1u);
    EXPECT_EQ(result.situation.roadStatuses[0].cause, ObstacleType::MinesUxo);
}

TEST_F(SituationReaderTest, ASlipInAColumnNameIsNamed) {
    const auto result = read("restriction,2025-01-01,1,2,Lere\n", "kind,valid_from,lon,lat,plase\n");
    EXPECT_EQ(result.situation.restrictions.size(), 1u);
    EXPECT_EQ(textOf(result.warnings),
              "advice: " + m_folder.path("records.csv") +
                  ": the column 'plase' is not known and is not used; did you mean 'place'?\n");
}

TEST_F(SituationReaderTest, GeoJsonGivesTheSameRecordsAsCsv) {
    const auto csv = read("R1,road_status,2025-09-01,,,,,,,\"LINESTRING (1 2, 3 4)\",,,blocked,,,,,,,,,,,,,,,,,,,,\n"
                          "7,incident,2025-09-01,,,,,1.5,2.5,,,,,,,,,,,,,,,,,3,,,,,,,\n");
    const auto json = readRecords(write("records.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"R1","kind":"road_status","valid_from":"2025-09-01","valid_to":null,
         "status":"blocked"},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
        {"type":"Feature","properties":{"id":7,"kind":"incident","valid_from":"2025-09-01","fatalities_best":3},
         "geometry":{"type":"Point","coordinates":[1.5,2.5,300]}}]})"));
    EXPECT_EQ(textOf(json.warnings), "");
    EXPECT_TRUE(json.situation == csv.situation);
}

TEST_F(SituationReaderTest, ABadGeoJsonGeometryLeavesItsFeatureOut) {
    const auto result = readRecords(write("records.geojson", R"({"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"kind":"restriction","valid_from":"2025-09-01"},
         "geometry":{"type":"Point","coordinates":[1,"x"]}}]})"));
    EXPECT_EQ(textOf(result.warnings), "left out: " + m_folder.path("records.geojson") +
                                           ", feature 1: left out, because geometry cannot be used: a coordinate does "
                                           "not hold two numbers.\n");
}

TEST_F(SituationReaderTest, RecognisesRecordsByTheirColumns) {
    EXPECT_TRUE(looksLikeRecords(write("a.csv", "id;kind;valid_from\n1;incident;2025-01-01\n")));
    EXPECT_TRUE(looksLikeRecords(write("b.geojson", R"({"features":[{"properties":{"kind":1,"valid_from":2}}]})")));
    EXPECT_FALSE(looksLikeRecords(write("c.csv", "id,kind,date_from\n1,incident,2025-01-01\n")));
    EXPECT_FALSE(looksLikeRecords(write("d.geojson", R"({"features":[{"properties":{"kind":1}}]})")));
    EXPECT_FALSE(looksLikeRecords(write("e.csv", "")));
    EXPECT_FALSE(looksLikeRecords(m_folder.path("none.csv")));
    EXPECT_FALSE(looksLikeRecords(m_folder.path("")));
}

TEST_F(SituationReaderTest, ReadsActors) {
    Warnings warnings;
    const auto actors = readActors(write("actors.csv", "id,name,name_fr,color,pattern,aliases\n"
                                                       "JNIM,JNIM,JNIM (GSIM),#CC79A7,hatch,GSIM; Nusrat\n"
                                                       "FAMa,,,blue,,\n"
                                                       ",Nobody,,,,\n"),
                                   warnings);
    ASSERT_EQ(actors.size(), 1u);
    EXPECT_EQ(actors[0].aliases, (std::vector<std::string>{"GSIM", "Nusrat"}));
    EXPECT_EQ(actors[0].color, (Color{0xCC, 0x79, 0xA7, 255}));
    const std::string file = m_folder.path("actors.csv");
    EXPECT_EQ(textOf(warnings),
              "left out: " + file +
                  ", line 3 (FAMa): left out, because color 'blue' is not a colour such as #CC79A7.\n" +
                  "left out: " + file + ", line 4: left out, because id is empty; every actor needs one.\n");
}

TEST_F(SituationReaderTest, WindowsTextKeepsItsAccents) {
    const auto result = read("restriction,2025-01-01,1,2,L\xE9r\xE9\n", "kind,valid_from,lon,lat,place\n");
    ASSERT_EQ(result.situation.restrictions.size(), 1u);
    EXPECT_EQ(result.situation.restrictions[0].head.place, "Léré");
    ASSERT_EQ(result.warnings.size(), 1u);
    EXPECT_FALSE(result.warnings[0].leftOut);
}

} // namespace
} // namespace cordon
