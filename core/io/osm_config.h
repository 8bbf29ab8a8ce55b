// What becomes a column of OpenStreetMap data, in the words of GDAL's OSM driver: roads with what decides who can pass.
#pragma once

namespace cordon {

inline constexpr char kOsmConfig[] = R"(
closed_ways_are_polygons=aeroway,amenity,boundary,building,craft,geological,historic,landuse,leisure,military,natural,office,place,shop,sport,tourism,highway=platform,public_transport=platform
attribute_name_laundering=yes
report_all_nodes=no
report_all_ways=no

[points]
osm_id=yes
attributes=name,barrier,highway,ref,address,is_in,place,man_made,population,amenity,ford,checkpoint
unsignificant=created_by,source,ele
other_tags=yes

[lines]
osm_id=yes
attributes=name,ref,highway,surface,smoothness,tracktype,bridge,tunnel,ford,layer,oneway,maxspeed,access,width,maxweight,toll,waterway,aerialway,barrier,man_made,railway
other_tags=yes

[multipolygons]
osm_id=yes
attributes=name,type,boundary,admin_level,place,population,ref,amenity,aeroway,military,building,landuse,natural,leisure,shop
other_tags=yes

[multilinestrings]
osm_id=yes
attributes=name,ref,type,network,route
other_tags=yes

[other_relations]
osm_id=yes
attributes=name,ref,type
other_tags=yes
)";

} // namespace cordon
