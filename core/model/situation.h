// The situation: few, small, dated values that people edit. Plain values; the rules that follow from them (what is in
// force when) are in situation_at.h, reading and writing in io.
#pragma once

#include "core/geo/coordinates.h"
#include "core/model/records.h"
#include "core/model/style.h"
#include "core/model/time.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

// Geometry small enough to be edited. Polygon: rings (first outer, closed; a new outer ring starts a new polygon when
// `isHole` is false). Lines and points: as they come.
struct SmallGeometry {
    enum class Kind : std::uint8_t { None, Point, Line, Polygon };
    struct Part {
        std::vector<LonLat> points;
        bool isHole = false;
        friend bool operator==(const Part&, const Part&) = default;
    };
    Kind kind = Kind::None;
    std::vector<Part> parts;
    friend bool operator==(const SmallGeometry&, const SmallGeometry&) = default;
};

// Admiralty code (NATO AJP-2.1): source reliability A-F and information credibility 1-6, graded apart.
// F and 6 mean "cannot be judged", not "bad".
struct Grade {
    char reliability = 'F';
    char credibility = '6';

    static std::optional<Grade> fromText(std::string_view text); // "B2"; nullopt if not a grade
    std::string toText() const { return {reliability, credibility}; }
    // Both halves at least as good as `limit`; what cannot be judged never is.
    bool isAtLeast(Grade limit) const;
    friend bool operator==(const Grade&, const Grade&) = default;
};

enum class LocationPrecision : std::uint8_t { Unknown, Exact, Approximate, Town, Segment, Region, Country };
enum class DatePrecision : std::uint8_t { Day, Week, Month, Quarter, Year };

// What every record has in common.
struct RecordHead {
    std::string id;        // stable; UUID when Cordon made it
    TimeInterval valid;    // when it was so
    TimeInterval recorded; // when we learnt it, and when we withdrew it
    std::string source;
    std::string sourceUrl;
    Grade grade;
    LocationPrecision precision = LocationPrecision::Unknown;
    std::string place; // name as reported
    std::string note;
    std::optional<TimePoint> confirmed; // last time somebody vouched that it was still so; ageing counts from here
    friend bool operator==(const RecordHead&, const RecordHead&) = default;
};

enum class ControlClass : std::uint8_t { Control, Support, Contested, AttackZone, Influence, NoInformation };
enum class ControlBasis : std::uint8_t { Assessed, Claimed };

struct ControlArea {
    RecordHead head;
    SmallGeometry area;                   // polygon, or none when `regions` says where
    std::vector<std::string> regions;     // P-codes or ISO 3166-2 codes of a region layer
    std::string actor;                    // id or name
    std::vector<std::string> otherActors; // contested: the other side(s)
    ControlClass controlClass = ControlClass::Control;
    ControlBasis basis = ControlBasis::Assessed;
    friend bool operator==(const ControlArea&, const ControlArea&) = default;
};

enum class RoadStatusKind : std::uint8_t { Open, Restricted, Difficult, Blocked, Impassable, Contested, Unknown };

// WFP SDI-T obstacle types (https://data.humdata.org/dataset/global-obstacles).
enum class ObstacleType : std::uint8_t {
    Unknown,
    Flood,
    MinesUxo,
    Roadblock,
    RoadDamage,
    RailwayDamage,
    BridgeDamage,
    CulvertDamage,
    Ferry,
    CheckpointOfficial,
    CheckpointUnofficial,
    TrafficRestriction,
    Landslide,
    Wreckage,
    Ford,
    Trees,
};

enum class TrafficDirection : std::uint8_t { Both, Forward, Backward };

// A road of a road layer, whole or the stretch between two fractions of its length.
struct RoadReference {
    std::string roadId;
    double fromFraction = 0;
    double toFraction = 1;
    friend bool operator==(const RoadReference&, const RoadReference&) = default;
};

struct RoadStatus {
    RecordHead head;
    std::vector<RoadReference> roads;
    SmallGeometry geometry; // line of its own where no road is referenced; a point = where the report places it
    RoadStatusKind status = RoadStatusKind::Unknown;
    ObstacleType cause = ObstacleType::Unknown;
    std::string vehicleClass;         // restricted: who may pass ("4x4", "truck", ...)
    std::optional<double> loadTonnes; // restricted: greatest load
    std::string hours;                // restricted: "06:00-18:00"
    bool escortRequired = false;
    TrafficDirection direction = TrafficDirection::Both;
    std::string actor;
    friend bool operator==(const RoadStatus&, const RoadStatus&) = default;
};

// A town or area that may be neither entered nor left.
struct Restriction {
    RecordHead head;
    SmallGeometry geometry; // point of a town, or an area
    std::string actor;
    std::string cause;
    friend bool operator==(const Restriction&, const Restriction&) = default;
};

enum class IncidentType : std::uint8_t {
    ArmedAttack,
    Explosive,
    ConvoyAttack,
    Abduction,
    AirStrike,
    Checkpoint,
    ConvoyArrival,
    Protest,
    Looting,
    Other,
};

// ACLED's sub-event types in the order of its codebook, grouped by event type (see vocabulary.h).
enum class AcledSubEvent : std::uint8_t {
    GovernmentRegainsTerritory,
    NonStateActorOvertakesTerritory,
    ArmedClash,
    ExcessiveForceAgainstProtesters,
    ProtestWithIntervention,
    PeacefulProtest,
    ViolentDemonstration,
    MobViolence,
    ChemicalWeapon,
    AirDroneStrike,
    SuicideBomb,
    ShellingArtilleryMissileAttack,
    RemoteExplosiveLandmineIed,
    Grenade,
    SexualViolence,
    Attack,
    AbductionForcedDisappearance,
    Agreement,
    Arrests,
    ChangeToGroupActivity,
    DisruptedWeaponsUse,
    HeadquartersOrBaseEstablished,
    LootingPropertyDestruction,
    NonViolentTransferOfTerritory,
    Other,
};

// UCDP GED type_of_violence 1, 2, 3.
enum class UcdpViolence : std::uint8_t { StateBased = 1, NonState = 2, OneSided = 3 };

struct Incident {
    RecordHead head;
    LonLat location;
    IncidentType type = IncidentType::Other;
    std::string actor;
    std::vector<std::string> otherActors;
    std::optional<int> fatalitiesLow, fatalitiesBest, fatalitiesHigh; // absent is not zero
    DatePrecision datePrecision = DatePrecision::Day;
    std::optional<AcledSubEvent> acledSubEvent; // as the data set coded it, beside our own type
    std::optional<UcdpViolence> ucdpViolence;
    friend bool operator==(const Incident&, const Incident&) = default;
};

struct Measure { // schools closed, curfew, convoy schedule ...
    RecordHead head;
    SmallGeometry geometry;
    std::string actor;
    std::string cause;
    friend bool operator==(const Measure&, const Measure&) = default;
};

struct Actor {
    std::string id;
    std::string name;
    std::string nameFr;
    Color color{140, 140, 140, 255};
    std::string pattern;
    std::vector<std::string> aliases;
    friend bool operator==(const Actor&, const Actor&) = default;
};

// Who reports. A record names its source by id or name (RecordHead::source).
struct Source {
    std::string id;
    std::string name;
    std::string url;
    Grade usualGrade; // offered when a report from it is added
    friend bool operator==(const Source&, const Source&) = default;
};

// How many days a report holds without being confirmed; the rules are in shelf_life.h. Positions are the enumerators.
struct ShelfLives {
    static constexpr int kNever = 0; // does not age
    // Road statuses with a cause, other than open and unknown. ObstacleType::Unknown is not used: see byStatusDays.
    std::array<int, 16> byCauseDays{kNever, 60, 365, 90, 180, 365, 365, 180, 30, 3, 3, 60, 60, 30, 60, 14};
    // Road statuses without a cause, and open ones.
    std::array<int, 7> byStatusDays{30, 30, 30, 30, 90, 14, kNever};
    std::array<int, 6> byControlClassDays{365, 180, 180, 180, 180, kNever};
    int restrictionDays = 180;
    int measureDays = 90;
    friend bool operator==(const ShelfLives&, const ShelfLives&) = default;
};

// All rows ever recorded, withdrawn and corrected ones too: versions of a record share its id and follow each other in
// `recorded` time. What of it counts at (as of, known by) is in situation_at.h.
struct Situation {
    Records<ControlArea> controlAreas;
    Records<RoadStatus> roadStatuses;
    Records<Restriction> restrictions;
    Records<Incident> incidents;
    Records<Measure> measures;
    std::vector<Actor> actors;
    std::vector<Source> sources;
    ShelfLives shelfLives;

    const Actor* findActor(std::string_view idNameOrAlias) const; // case-insensitive
    const Source* findSource(std::string_view idOrName) const;    // case-insensitive
    bool isEmpty() const;
    friend bool operator==(const Situation&, const Situation&) = default;
};

// The words of the vocabularies as they stand in files ("no_information", "mines_uxo"); reading accepts blanks, dashes
// and any case for '_'. nullopt for a word that is none.
std::string_view toWord(ControlClass);
std::string_view toWord(ControlBasis);
std::string_view toWord(RoadStatusKind);
std::string_view toWord(ObstacleType);
std::string_view toWord(TrafficDirection);
std::string_view toWord(IncidentType);
std::string_view toWord(LocationPrecision);
std::string_view toWord(DatePrecision);
template <class E> std::optional<E> fromWord(std::string_view word);
// All words of a vocabulary, comma-separated, for messages.
template <class E> std::string wordsOf();

} // namespace cordon
