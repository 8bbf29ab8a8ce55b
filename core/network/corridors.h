// Corridors: how an origin reaches a destination normally and today, and what stands in the way.
#pragma once

#include "core/network/access.h"

namespace cordon {

enum class CorridorState : std::uint8_t {
    Open,       // as usual
    Restricted, // slower, or by another way
    Shut,
    None,    // the roads of the data do not connect the two, or do not come near one of them
    Unknown, // what slows the usual way is not known, or was last confirmed too long ago; or no report is as old
};
std::string_view toWord(CorridorState state);

struct Corridor {
    std::string name, from, to;
    CorridorState state = CorridorState::None;
    double freeSeconds = 0, freeMeters = 0;       // the normal way
    double seconds = 0, meters = 0;               // the best way today; infinite where shut
    std::vector<std::uint32_t> obstacles;         // on the normal way, in their order
    std::vector<std::uint32_t> separating;        // shut: the fewest blockages that shut it (min_cut.h)
    std::vector<const Restriction*> restrictions; // shut: of either end
    bool isDetour = false;                        // the way today is another one
};

// Places by their number in the network.
struct CorridorEnds {
    std::size_t from = 0, to = 0;
    std::string name; // "": those of the places
    friend bool operator==(const CorridorEnds&, const CorridorEnds&) = default;
};

// `query` as for the study, its origins aside. Obstacles are numbered as in every answer to the query, wherever it
// starts.
Corridor corridorAt(AccessStudy& study, AccessQuery query, const CorridorEnds& ends);

// The ends of the saved corridors, in their order. Those whose places are not in the project are left out with a
// warning.
std::vector<CorridorEnds> savedCorridors(const AccessNetwork& network, const AccessSettings& settings,
                                         Warnings& warnings);
// "Dakar road", else "Kidira – Bamako".
std::string nameOf(const AccessNetwork& network, const CorridorEnds& ends);
std::string nameOf(const SavedCorridor& corridor);
// The settings with one more corridor. Throws Error: an end that is no place, a name that another one has.
AccessSettings withCorridor(AccessSettings settings, const std::vector<Place>& places, SavedCorridor corridor);

// The course of a corridor: as usual, and the best one today (none where it is shut). `query` as for corridorAt().
struct CorridorCourse {
    std::vector<std::vector<LonLat>> normal, today;
};
CorridorCourse courseOf(AccessStudy& study, AccessQuery query, const CorridorEnds& ends);

} // namespace cordon
