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
unsignificant=created_by,converted_by,source,time,ele,attribution
ignore=created_by,converted_by,source,time,ele,note,todo,openGeoDB:,fixme,FIXME
other_tags=yes

[lines]
osm_id=yes
attributes=name,ref,highway,surface,smoothness,tracktype,bridge,tunnel,ford,layer,oneway,maxspeed,access,width,maxweight,toll,waterway,aerialway,barrier,man_made,railway
ignore=created_by,converted_by,source,time,ele,note,todo,openGeoDB:,fixme,FIXME
other_tags=yes

[multipolygons]
osm_id=yes
attributes=name,type,aeroway,amenity,admin_level,barrier,boundary,building,craft,geological,historic,land_area,landuse,leisure,man_made,military,natural,office,place,population,ref,shop,sport,tourism
ignore=area,created_by,converted_by,source,time,ele,note,todo,openGeoDB:,fixme,FIXME
other_tags=yes

[multilinestrings]
osm_id=yes
attributes=name,ref,type,network,route
ignore=area,created_by,converted_by,source,time,ele,note,todo,openGeoDB:,fixme,FIXME
other_tags=yes

[other_relations]
osm_id=yes
attributes=name,ref,type
ignore=area,created_by,converted_by,source,time,ele,note,todo,openGeoDB:,fixme,FIXME
other_tags=yes
)";

} // namespace cordon
