// Tables of the kind people send, as bytes, and what is to be made of them.
#include "made_tables.h"

namespace cordon {

const std::vector<MadeTable>& madeTables() {
    // clang-format off
    static const std::vector<MadeTable> kTables = {
        {"plain commas", "csv", std::string("name,lat,lon\n"
             "Kayes,14.4469,-11.4445\n"
             "Nioro,15.2286,-9.5926\n", 58),
         "commas, UTF-8, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [Kayes][14.4469][-11.4445]\n"
         "3 [Nioro][15.2286][-9.5926]\n"
         "points: latitude=lat longitude=lon"},
        {"French decimal commas", "csv", std::string("Nom;Latitude;Longitude\n"
             "S\303\251gou;13,4317;-6,2157\n"
             "Mopti;14,4843;-4,1830\n", 68),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Nom][Latitude][Longitude]\n"
         "2 [Ségou][13,4317][-6,2157]\n"
         "3 [Mopti][14,4843][-4,1830]\n"
         "points: latitude=Latitude longitude=Longitude"},
        {"cp1252 with semicolons", "csv", std::string("Localit\351;Latitude;Longitude;Remarque\n"
             "S\351gou;13,4317;-6,2157;route coup\351e \340 l\222entr\351e\n"
             "K\351ni\351ba;12,8333;-11,2333;n\260 5 ferm\351\n", 119),
         "semicolons, CP1252, decimal commas, header in line 1\n"
         "columns [Localité][Latitude][Longitude][Remarque]\n"
         "2 [Ségou][13,4317][-6,2157][route coupée à l’entrée]\n"
         "3 [Kéniéba][12,8333][-11,2333][n° 5 fermé]\n"
         "points: latitude=Latitude longitude=Longitude\n"
         "warning: t.csv: its texts are not in UTF-8; they were read as CP1252; if names look wrong, name their encoding."},
        {"lines of two encodings, dates that are none, a totals row", "csv", std::string("Localit\303\251;Latitude;Longitude;Date;\303\211tat\n"
             "Kolondi\303\251ba;11,0894;-6,8930;03/10/2025;bloqu\303\251\n"
             "S\351gou;13,4317;-6,2157;14/10/2025;ouvert\n"
             "Koutiala;12,3917;-5,4642;31/02/2025;coup\303\251\n"
             "Sikasso;11,3176;-5,6665;15/10/2025;ouvert\n"
             "TOTAL;;;;4\n"),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Localité][Latitude][Longitude][Date][État]\n"
         "2 [Kolondiéba][11,0894][-6,8930][03/10/2025][bloqué]\n"
         "3 [Ségou][13,4317][-6,2157][14/10/2025][ouvert]\n"
         "4 [Koutiala][12,3917][-5,4642][31/02/2025][coupé]\n"
         "5 [Sikasso][11,3176][-5,6665][15/10/2025][ouvert]\n"
         "status: place=Localité latitude=Latitude longitude=Longitude time=Date status=État day first\n"
         "warning: t.csv: 1 line (the first is line 3) is not in UTF-8 as the others are, and read as CP1252; if names look wrong there, name the encoding.\n"
         "warning: t.csv: line 6 at the end left out, being a total or a note."},
        {"areas as WKT under names of text only", "csv", std::string("WKT,name,iso_3166_2\n"
             "\"POLYGON ((0 0, 1 0, 1 1, 0 0))\",Kayes,ML-1\n"
             "\"POLYGON ((1 0, 2 0, 2 1, 1 0))\",Mopti,ML-5\n"),
         "commas, UTF-8, header in line 1\n"
         "columns [WKT][name][iso_3166_2]\n"
         "2 [POLYGON ((0 0, 1 0, 1 1, 0 0))][Kayes][ML-1]\n"
         "3 [POLYGON ((1 0, 2 0, 2 1, 1 0))][Mopti][ML-5]\n"
         "regions: wkt=WKT"},
        {"roads as WKT", "csv", std::string("WKT;name;highway\n"
             "LINESTRING (0 0, 1 0);RN1;primary\n"
             "MULTILINESTRING ((1 0, 2 0), (3 0, 4 0));RN6;secondary\n"),
         "semicolons, UTF-8, header in line 1\n"
         "columns [WKT][name][highway]\n"
         "2 [LINESTRING (0 0, 1 0)][RN1][primary]\n"
         "3 [MULTILINESTRING ((1 0, 2 0), (3 0, 4 0))][RN6][secondary]\n"
         "roads: wkt=WKT"},
        {"COD-AB of 2015", "csv", std::string("admin0Pcod,admin1Name,admin1Pcod,validOn,lat,lon\n"
             "ML,Kayes,ML01,2015-04-08,14.4469,-11.4445\n"),
         "commas, UTF-8, header in line 1\n"
         "columns [admin0Pcod][admin1Name][admin1Pcod][validOn][lat][lon]\n"
         "2 [ML][Kayes][ML01][2015-04-08][14.4469][-11.4445]\n"
         "points (OCHA COD-AB): time=validOn latitude=lat longitude=lon"},
        {"MacRoman", "csv", std::string("Localit\216;Latitude;Longitude\n"
             "S\216gou;13,4317;-6,2157\n"
             "K\216ni\216ba;12,8333;-11,2333\n", 75),
         "semicolons, MACINTOSH, decimal commas, header in line 1\n"
         "columns [Localité][Latitude][Longitude]\n"
         "2 [Ségou][13,4317][-6,2157]\n"
         "3 [Kéniéba][12,8333][-11,2333]\n"
         "points: latitude=Latitude longitude=Longitude\n"
         "warning: t.csv: its texts are not in UTF-8; they were read as MACINTOSH; if names look wrong, name their encoding."},
        {"CP850", "csv", std::string("Localit\202;Latitude;Longitude\n"
             "S\202gou;13,4317;-6,2157\n"
             "K\202ni\202ba;12,8333;-11,2333\n", 75),
         "semicolons, CP850, decimal commas, header in line 1\n"
         "columns [Localité][Latitude][Longitude]\n"
         "2 [Ségou][13,4317][-6,2157]\n"
         "3 [Kéniéba][12,8333][-11,2333]\n"
         "points: latitude=Latitude longitude=Longitude\n"
         "warning: t.csv: its texts are not in UTF-8; they were read as CP850; if names look wrong, name their encoding."},
        {"cp1256 Arabic", "csv", std::string("\307\341\343\337\307\344,\316\330 \307\341\332\321\326,\316\330 \307\341\330\346\341\n"
             "\315\343\325,34.7308,36.7094\n"
             "\305\317\341\310,35.9306,36.6339\n", 66),
         "commas, CP1256, header in line 1\n"
         "columns [المكان][خط العرض][خط الطول]\n"
         "2 [حمص][34.7308][36.7094]\n"
         "3 [إدلب][35.9306][36.6339]\n"
         "points: latitude=خط العرض longitude=خط الطول\n"
         "warning: t.csv: its texts are not in UTF-8; they were read as CP1256; if names look wrong, name their encoding."},
        {"UTF-8 Arabic", "csv", std::string("\330\247\331\204\331\205\331\203\330\247\331\206,\330\256\330\267 \330\247\331\204\330\271\330\261\330\266,\330\256\330\267 \330\247\331\204\330\267\331\210\331\204,\330\247\331\204\330\252\330\247\330\261\331\212\330\256\n"
             "\330\255\331\205\330\265,34.7308,36.7094,2025-01-03\n"
             "\330\245\330\257\331\204\330\250,35.9306,36.6339,2025-01-04\n", 130),
         "commas, UTF-8, header in line 1\n"
         "columns [المكان][خط العرض][خط الطول][التاريخ]\n"
         "2 [حمص][34.7308][36.7094][2025-01-03]\n"
         "3 [إدلب][35.9306][36.6339][2025-01-04]\n"
         "points: latitude=خط العرض longitude=خط الطول time=التاريخ"},
        {"UTF-16 with mark", "txt", std::string("\377\376n\000a\000m\000e\000\t\000l\000a\000t\000\t\000l\000o\000n\000\n\000S\000\351\000g\000o\000u\000\t\0001\0003\000.\0004\0003\0001\0007\000\t\000-\0006\000.\0002\0001\0005\0007\000\n\000M\000o\000p\000t\000i\000\t\0001\0004\000.\0004\0008\0004\0003\000\t\000-\0004\000.\0001\0008\0003\0000\000\n\000", 116),
         "tabs, UTF-16LE, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [Ségou][13.4317][-6.2157]\n"
         "3 [Mopti][14.4843][-4.1830]\n"
         "points: latitude=lat longitude=lon"},
        {"UTF-16 without mark", "txt", std::string("n\000a\000m\000e\000\t\000l\000a\000t\000\t\000l\000o\000n\000\n\000S\000\351\000g\000o\000u\000\t\0001\0003\000.\0004\0003\0001\0007\000\t\000-\0006\000.\0002\0001\0005\0007\000\n\000M\000o\000p\000t\000i\000\t\0001\0004\000.\0004\0008\0004\0003\000\t\000-\0004\000.\0001\0008\0003\0000\000\n\000", 114),
         "tabs, UTF-16LE, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [Ségou][13.4317][-6.2157]\n"
         "3 [Mopti][14.4843][-4.1830]\n"
         "points: latitude=lat longitude=lon\n"
         "warning: t.txt: its texts are not in UTF-8; they were read as UTF-16LE; if names look wrong, name their encoding."},
        {"UTF-8 with mark", "csv", std::string("\357\273\277lat,lon,name\n"
             "13.4317,-6.2157,S\303\251gou\n", 39),
         "commas, UTF-8, header in line 1\n"
         "columns [lat][lon][name]\n"
         "2 [13.4317][-6.2157][Ségou]\n"
         "points: latitude=lat longitude=lon"},
        {"bars", "csv", std::string("site|y|x\n"
             "A|12.5|-8.1\n"
             "B|12.6|-8.2\n", 33),
         "bars, UTF-8, header in line 1\n"
         "columns [site][y][x]\n"
         "2 [A][12.5][-8.1]\n"
         "3 [B][12.6][-8.2]\n"
         "points: latitude=y longitude=x"},
        {"fixed width", "txt", std::string("SITE          LATITUDE  LONGITUDE  STATUT\n"
             "Kayes Nord     14.4469   -11.4445  ouverte\n"
             "Nioro          15.2286    -9.5926  bloqu\303\251e\n"
             "Y\303\251liman\303\251       15.1167   -10.5667  coup\303\251e\n", 174),
         "fixed width, UTF-8, header in line 1\n"
         "columns [SITE][LATITUDE][LONGITUDE][STATUT]\n"
         "2 [Kayes Nord][14.4469][-11.4445][ouverte]\n"
         "3 [Nioro][15.2286][-9.5926][bloquée]\n"
         "4 [Yélimané][15.1167][-10.5667][coupée]\n"
         "status: place=SITE latitude=LATITUDE longitude=LONGITUDE status=STATUT"},
        {"title rows", "csv", std::string("Situation des routes au 20 octobre 2025\n"
             "Source : terrain\n"
             "\n"
             "Axe;Statut;Latitude;Longitude\n"
             "Kayes - Nioro;Bloqu\303\251e;14,8;-10,5\n"
             "Nioro - Di\303\251ma;Ouverte;14,9;-9,2\n", 155),
         "semicolons, UTF-8, decimal commas, header in line 4\n"
         "columns [Axe][Statut][Latitude][Longitude]\n"
         "5 [Kayes - Nioro][Bloquée][14,8][-10,5]\n"
         "6 [Nioro - Diéma][Ouverte][14,9][-9,2]\n"
         "status: status=Statut latitude=Latitude longitude=Longitude\n"
         "warning: t.csv: lines 1 and 2 above the table taken as its title."},
        {"two header rows under headings", "csv", std::string("Site;Coordonn\303\251es;;Route;\n"
             ";Latitude;Longitude;Statut;Cause\n"
             "Kayes;14,4469;-11,4445;bloqu\303\251e;barrage\n"
             "Nioro;15,2286;-9,5926;ouverte;\n", 130),
         "semicolons, UTF-8, decimal commas, header in lines 1 to 2\n"
         "columns [Site][Coordonnées Latitude][Coordonnées Longitude][Route Statut][Route Cause]\n"
         "3 [Kayes][14,4469][-11,4445][bloquée][barrage]\n"
         "4 [Nioro][15,2286][-9,5926][ouverte][]\n"
         "status: place=Site latitude=Coordonnées Latitude longitude=Coordonnées Longitude status=Route Statut cause=Route Cause"},
        {"units in a second row", "csv", std::string("site,lat,lon,alt\n"
             ",degrees,degrees,m\n"
             "A,12.5,-8.1,350\n"
             "B,12.6,-8.2,351\n", 68),
         "commas, UTF-8, header in lines 1 to 2\n"
         "columns [site][lat degrees][lon degrees][alt m]\n"
         "3 [A][12.5][-8.1][350]\n"
         "4 [B][12.6][-8.2][351]\n"
         "points: latitude=lat degrees longitude=lon degrees"},
        {"HXL tags", "csv", std::string("R\303\251gion,Lieu,Latitude,Longitude,Date\n"
             "#adm1+name,#loc+name,#geo+lat,#geo+lon,#date+occurred\n"
             "Kayes,Nioro,15.2286,-9.5926,2025-10-20\n"
             "S\303\251gou,Niono,14.2526,-5.9930,2025-10-21\n", 170),
         "commas, UTF-8, header in line 1, HXL tags in line 2\n"
         "columns [Région][Lieu][Latitude][Longitude][Date]\n"
         "3 [Kayes][Nioro][15.2286][-9.5926][2025-10-20]\n"
         "4 [Ségou][Niono][14.2526][-5.9930][2025-10-21]\n"
         "points (HXL): latitude=Latitude longitude=Longitude time=Date"},
        {"HXL tags under strange names", "csv", std::string("Q1,Q2,Q3\n"
             "#loc +name,#geo +lon,#geo +lat\n"
             "Nioro,-9.5926,15.2286\n", 62),
         "commas, UTF-8, header in line 1, HXL tags in line 2\n"
         "columns [Q1][Q2][Q3]\n"
         "3 [Nioro][-9.5926][15.2286]\n"
         "points (HXL): longitude=Q2 latitude=Q3"},
        {"totals row", "csv", std::string("Cercle;Latitude;Longitude;Morts\n"
             "Kayes;14,4469;-11,4445;3\n"
             "Nioro;15,2286;-9,5926;4\n"
             "Total;;;7\n", 91),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Cercle][Latitude][Longitude][Morts]\n"
         "2 [Kayes][14,4469][-11,4445][3]\n"
         "3 [Nioro][15,2286][-9,5926][4]\n"
         "points: latitude=Latitude longitude=Longitude\n"
         "warning: t.csv: line 4 at the end left out, being a total or a note."},
        {"source note at the end", "csv", std::string("site,lat,lon\n"
             "A,12.5,-8.1\n"
             "B,12.6,-8.2\n"
             "\"Source: OCHA, 2025\",,\n", 60),
         "commas, UTF-8, header in line 1\n"
         "columns [site][lat][lon]\n"
         "2 [A][12.5][-8.1]\n"
         "3 [B][12.6][-8.2]\n"
         "points: latitude=lat longitude=lon\n"
         "warning: t.csv: line 4 at the end left out, being a total or a note."},
        {"a filling station called Total", "csv", std::string("nom,lat,lon\n"
             "Shell,12.5,-8.1\n"
             "Total Kayes,12.6,-8.2\n", 50),
         "commas, UTF-8, header in line 1\n"
         "columns [nom][lat][lon]\n"
         "2 [Shell][12.5][-8.1]\n"
         "3 [Total Kayes][12.6][-8.2]\n"
         "points: latitude=lat longitude=lon"},
        {"blank rows and columns", "csv", std::string(";;;;\n"
             ";site;;lat;lon\n"
             ";A;;12,5;-8,1\n"
             ";;;;\n"
             ";B;;12,6;-8,2\n", 53),
         "semicolons, UTF-8, decimal commas, header in line 2\n"
         "columns [site][lat][lon]\n"
         "3 [A][12,5][-8,1]\n"
         "5 [B][12,6][-8,2]\n"
         "points: latitude=lat longitude=lon"},
        {"quoted newlines", "csv", std::string("name,note,lat,lon\n"
             "\"A\",\"first line\n"
             "second line\",12.5,-8.1\n"
             "\"B \"\"the second\"\"\",,12.6,-8.2\n", 87),
         "commas, UTF-8, header in line 1\n"
         "columns [name][note][lat][lon]\n"
         "2 [A][first line\n"
         "second line][12.5][-8.1]\n"
         "4 [B \"the second\"][][12.6][-8.2]\n"
         "points: latitude=lat longitude=lon"},
        {"ragged rows", "csv", std::string("name,lat,lon\n"
             "A,12.5,-8.1\n"
             "B,12.6\n"
             "C,12.7,-8.3,more,cells\n", 55),
         "commas, UTF-8, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [A][12.5][-8.1]\n"
         "3 [B][12.6][]\n"
         "4 [C][12.7][-8.3]\n"
         "points: latitude=lat longitude=lon\n"
         "warning: t.csv: 1 row with more cells than the table has columns; what is beyond the last was left out: line 4."},
        {"repeated header", "csv", std::string("name,lat,lon\n"
             "A,12.5,-8.1\n"
             "name,lat,lon\n"
             "B,12.6,-8.2\n", 50),
         "commas, UTF-8, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [A][12.5][-8.1]\n"
         "4 [B][12.6][-8.2]\n"
         "points: latitude=lat longitude=lon\n"
         "warning: t.csv: the header is repeated in line 3, and was passed over."},
        {"no header", "csv", std::string("A;12,5012;-8,1034\n"
             "B;12,6021;-8,2045\n"
             "C;12,7000;-8,3001\n", 54),
         "semicolons, UTF-8, decimal commas, no header\n"
         "columns [][][]\n"
         "1 [A][12,5012][-8,1034]\n"
         "2 [B][12,6021][-8,2045]\n"
         "3 [C][12,7000][-8,3001]\n"
         "points: latitude= longitude="},
        {"longitude first, no header", "csv", std::string("-108.5501,38.2012\n"
             "-107.5502,39.2013\n"
             "-106.5503,40.2014\n", 54),
         "commas, UTF-8, no header\n"
         "columns [][]\n"
         "1 [-108.5501][38.2012]\n"
         "2 [-107.5502][39.2013]\n"
         "3 [-106.5503][40.2014]\n"
         "points: longitude= latitude="},
        {"Kobo export", "csv", std::string("start;end;_gps_latitude;_gps_longitude;_gps_altitude;_gps_precision;gps;etat;_id;_uuid;_submission_time\n"
             "2025-10-20T08:00:00.000+00:00;2025-10-20T08:05:00.000+00:00;12.65;-8.0;350;5;12.65 -8.0 350 5;x;1;u1;2025-10-20T09:00:00\n", 225),
         "semicolons, UTF-8, header in line 1\n"
         "columns [start][end][_gps_latitude][_gps_longitude][_gps_altitude][_gps_precision][gps][etat][_id][_uuid][_submission_time]\n"
         "2 [2025-10-20T08:00:00.000+00:00][2025-10-20T08:05:00.000+00:00][12.65][-8.0][350][5][12.65 -8.0 350 5][x][1][u1][2025-10-20T09:00:00]\n"
         "points (Kobo/ODK): time=start latitude=_gps_latitude longitude=_gps_longitude altitude=_gps_altitude accuracy=_gps_precision"},
        {"Kobo groups", "csv", std::string("grp/gps;grp/_gps_latitude;grp/_gps_longitude;grp/_gps_altitude;grp/_gps_precision;_id;_uuid;_submission_time\n"
             "12.65 -8.0 350 5;12.65;-8.0;350;5;1;u1;2025-10-20T09:00:00\n", 168),
         "semicolons, UTF-8, header in line 1\n"
         "columns [grp/gps][grp/_gps_latitude][grp/_gps_longitude][grp/_gps_altitude][grp/_gps_precision][_id][_uuid][_submission_time]\n"
         "2 [12.65 -8.0 350 5][12.65][-8.0][350][5][1][u1][2025-10-20T09:00:00]\n"
         "points (Kobo/ODK): latitude=grp/_gps_latitude longitude=grp/_gps_longitude altitude=grp/_gps_altitude accuracy=grp/_gps_precision time=_submission_time"},
        {"one geopoint column", "csv", std::string("place_gps,name\n"
             "12.65 -8.0 350 5,A\n"
             "12.66 -8.1 351 4,B\n", 53),
         "commas, UTF-8, header in line 1\n"
         "columns [place_gps][name]\n"
         "2 [12.65 -8.0 350 5][A]\n"
         "3 [12.66 -8.1 351 4][B]\n"
         "points: lat_lon=place_gps"},
        {"geotraces", "csv", std::string("name,road\n"
             "A,\"12.65 -8.0 350 5;12.66 -8.1 351 4\"\n"
             "B,\"12.75 -8.0 350 5;12.76 -8.1 351 4;12.77 -8.2 0 0\"\n", 101),
         "commas, UTF-8, header in line 1\n"
         "columns [name][road]\n"
         "2 [A][12.65 -8.0 350 5;12.66 -8.1 351 4]\n"
         "3 [B][12.75 -8.0 350 5;12.76 -8.1 351 4;12.77 -8.2 0 0]\n"
         "tracks: geotrace=road"},
        {"geoshapes", "csv", std::string("name,zone\n"
             "A,\"12.65 -8.0 0 0;12.66 -8.1 0 0;12.6 -8.1 0 0;12.65 -8.0 0 0\"\n", 73),
         "commas, UTF-8, header in line 1\n"
         "columns [name][zone]\n"
         "2 [A][12.65 -8.0 0 0;12.66 -8.1 0 0;12.6 -8.1 0 0;12.65 -8.0 0 0]\n"
         "regions: geoshape=zone"},
        {"degrees, minutes, seconds", "csv", std::string("Lieu;Lat;Long\n"
             "Kayes;\"14\302\26026'49\"\"N\";\"11\302\26026'40\"\"O\"\n"
             "Nioro;15\302\260 13' 43\" N;9\302\260 35' 33\" O\n", 85),
         "semicolons, UTF-8, header in line 1\n"
         "columns [Lieu][Lat][Long]\n"
         "2 [Kayes][14°26'49\"N][11°26'40\"O]\n"
         "3 [Nioro][15° 13' 43\" N][9° 35' 33\" O]\n"
         "points: latitude=Lat longitude=Long"},
        {"both in one cell", "csv", std::string("Lieu,Coordonn\303\251es GPS\n"
             "Kayes,\"14\302\26026'49\"\"N 11\302\26026'40\"\"W\"\n"
             "Nioro,\"15.2286, -9.5926\"\n", 81),
         "commas, UTF-8, header in line 1\n"
         "columns [Lieu][Coordonnées GPS]\n"
         "2 [Kayes][14°26'49\"N 11°26'40\"W]\n"
         "3 [Nioro][15.2286, -9.5926]\n"
         "points: lat_lon=Coordonnées GPS"},
        {"MGRS", "csv", std::string("Point,Grid\n"
             "A,29PPP1234598765\n"
             "B,29P PP 12346 98766\n", 50),
         "commas, UTF-8, header in line 1\n"
         "columns [Point][Grid]\n"
         "2 [A][29PPP1234598765]\n"
         "3 [B][29P PP 12346 98766]\n"
         "points: mgrs=Grid"},
        {"UTM with a zone column", "csv", std::string("Site;Est UTM;Nord UTM;Fuseau\n"
             "A;612345;1398765;29P\n"
             "B;612346;1398766;29P\n", 71),
         "semicolons, UTF-8, header in line 1\n"
         "columns [Site][Est UTM][Nord UTM][Fuseau]\n"
         "2 [A][612345][1398765][29P]\n"
         "3 [B][612346][1398766][29P]\n"
         "points: easting=Est UTM northing=Nord UTM utm_zone=Fuseau"},
        {"side columns", "csv", std::string("name,Latitude,N/S,Longitude,E/W\n"
             "A,12.5,N,8.1,W\n"
             "B,12.6,N,8.2,W\n", 62),
         "commas, UTF-8, header in line 1\n"
         "columns [name][Latitude][N/S][Longitude][E/W]\n"
         "2 [A][12.5][N][8.1][W]\n"
         "3 [B][12.6][N][8.2][W]\n"
         "points: latitude=Latitude latitude_side=N/S longitude=Longitude longitude_side=E/W"},
        {"WKT", "csv", std::string("id;geom\n"
             "1;POINT (-8.1 12.5)\n"
             "2;POINT (-8.2 12.6)\n", 48),
         "semicolons, UTF-8, header in line 1\n"
         "columns [id][geom]\n"
         "2 [1][POINT (-8.1 12.5)]\n"
         "3 [2][POINT (-8.2 12.6)]\n"
         "points: wkt=geom"},
        {"P-codes only", "csv", std::string("admin2Name,admin2Pcod,population\n"
             "Kayes,ML0101,5000\n"
             "Nioro,ML0102,6000\n", 69),
         "commas, UTF-8, header in line 1\n"
         "columns [admin2Name][admin2Pcod][population]\n"
         "2 [Kayes][ML0101][5000]\n"
         "3 [Nioro][ML0102][6000]\n"
         "points: place_name=admin2Name place_code=admin2Pcod"},
        {"names only", "csv", std::string("R\303\251gion;Cercle;Localit\303\251;Statut\n"
             "Kayes;Kayes;Ambid\303\251di;bloqu\303\251\n"
             "Kayes;Nioro;Gogui;ouvert\n", 87),
         "semicolons, UTF-8, header in line 1\n"
         "columns [Région][Cercle][Localité][Statut]\n"
         "2 [Kayes][Kayes][Ambidédi][bloqué]\n"
         "3 [Kayes][Nioro][Gogui][ouvert]\n"
         "status: place_name=Localité status=Statut"},
        {"old ACLED", "csv", std::string("data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,country,latitude,longitude,geo_precision,source,notes,fatalities\n"
             "1,466,MLI1,1,20 October 2025,2025,1,Battles,Armed clash,JNIM,,2,FAMa,Mali,14.4469,-11.4445,1,AFP,\"Clash, with words\",3\n", 319),
         "commas, UTF-8, header in line 1\n"
         "columns [data_id][iso][event_id_cnty][event_id_no_cnty][event_date][year][time_precision][event_type][sub_event_type][actor1][assoc_actor_1][inter1][actor2][country][latitude][longitude][geo_precision][source][notes][fatalities]\n"
         "2 [1][466][MLI1][1][20 October 2025][2025][1][Battles][Armed clash][JNIM][][2][FAMa][Mali][14.4469][-11.4445][1][AFP][Clash, with words][3]\n"
         "incidents (ACLED): id=event_id_cnty time=event_date date_precision=time_precision acled_sub_event=sub_event_type actor=actor1 other_actors=actor2 latitude=latitude longitude=longitude location_precision=geo_precision source=source note=notes fatalities_best=fatalities"},
        {"new ACLED", "csv", std::string("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,civilian_targeting,iso,country,latitude,longitude,geo_precision,source,notes,fatalities,tags,timestamp\n"
             "MLI1,2025-10-20,2025,1,Political violence,Battles,Armed clash,JNIM,,Rebel group,FAMa,,466,Mali,14.4469,-11.4445,1,AFP,Clash,3,,1700000000\n", 361),
         "commas, UTF-8, header in line 1\n"
         "columns [event_id_cnty][event_date][year][time_precision][disorder_type][event_type][sub_event_type][actor1][assoc_actor_1][inter1][actor2][civilian_targeting][iso][country][latitude][longitude][geo_precision][source][notes][fatalities][tags][timestamp]\n"
         "2 [MLI1][2025-10-20][2025][1][Political violence][Battles][Armed clash][JNIM][][Rebel group][FAMa][][466][Mali][14.4469][-11.4445][1][AFP][Clash][3][][1700000000]\n"
         "incidents (ACLED): id=event_id_cnty time=event_date date_precision=time_precision acled_sub_event=sub_event_type actor=actor1 other_actors=actor2 latitude=latitude longitude=longitude location_precision=geo_precision source=source note=notes fatalities_best=fatalities"},
        {"UCDP without header", "csv", std::string("412345,MLI-2021-1-1-1,2021,1,Clear,1,333,333,Mali: Government,1,1,Government of Mali - JNIM,72,72,Government of Mali,6801,6801,JNIM,2,AFP,AFP,2021-01-02,Headline,,1,Kayes,Kayes town,Kayes,Kayes,14.4469,-11.4445,POINT (-11.4445 14.4469),150000,Mali,432,Africa,1,1,2021-01-01 00:00:00.000,2021-01-01 00:00:00.000,1,2,0,0,3,4,3,432,\n"
             "412346,MLI-2021-1-1-1,2021,1,Clear,1,333,333,Mali: Government,1,1,Government of Mali - JNIM,72,72,Government of Mali,6801,6801,JNIM,2,AFP,AFP,2021-01-02,Headline,,1,Kayes,Kayes town,Kayes,Kayes,14.4469,-11.4445,POINT (-11.4445 14.4469),150000,Mali,432,Africa,1,1,2021-01-01 00:00:00.000,2021-01-01 00:00:00.000,1,2,0,0,3,4,3,432,\n", 660),
         "commas, UTF-8, no header, columns named as those of UCDP GED\n"
         "columns [id][relid][year][active_year][code_status][type_of_violence][conflict_dset_id][conflict_new_id][conflict_name][dyad_dset_id][dyad_new_id][dyad_name][side_a_dset_id][side_a_new_id][side_a][side_b_dset_id][side_b_new_id][side_b][number_of_sources][source_article][source_office][source_date][source_headline][source_original][where_prec][where_coordinates][where_description][adm_1][adm_2][latitude][longitude][geom_wkt][priogrid_gid][country][country_id][region][event_clarity][date_prec][date_start][date_end][deaths_a][deaths_b][deaths_civilians][deaths_unknown][best][high][low][gwnoa][gwnob]\n"
         "1 [412345][MLI-2021-1-1-1][2021][1][Clear][1][333][333][Mali: Government][1][1][Government of Mali - JNIM][72][72][Government of Mali][6801][6801][JNIM][2][AFP][AFP][2021-01-02][Headline][][1][Kayes][Kayes town][Kayes][Kayes][14.4469][-11.4445][POINT (-11.4445 14.4469)][150000][Mali][432][Africa][1][1][2021-01-01 00:00:00.000][2021-01-01 00:00:00.000][1][2][0][0][3][4][3][432][]\n"
         "2 [412346][MLI-2021-1-1-1][2021][1][Clear][1][333][333][Mali: Government][1][1][Government of Mali - JNIM][72][72][Government of Mali][6801][6801][JNIM][2][AFP][AFP][2021-01-02][Headline][][1][Kayes][Kayes town][Kayes][Kayes][14.4469][-11.4445][POINT (-11.4445 14.4469)][150000][Mali][432][Africa][1][1][2021-01-01 00:00:00.000][2021-01-01 00:00:00.000][1][2][0][0][3][4][3][432][]\n"
         "incidents (UCDP GED): id=id ucdp_violence=type_of_violence actor=side_a other_actors=side_b source=source_article location_precision=where_prec place=where_coordinates note=where_description latitude=latitude longitude=longitude date_precision=date_prec time=date_start end_time=date_end fatalities_best=best fatalities_high=high fatalities_low=low"},
        {"GeoNames dump", "txt", std::string("2460596\tBamako\tBamako\tBKO,Bamako\t12.65\t-8\tP\tPPLC\tML\t\t01\t\t\t\t1297281\t\t350\tAfrica/Bamako\t2019-09-05\n"
             "2460597\tBamako\tBamako\tBKO,Bamako\t12.65\t-8\tP\tPPLC\tML\t\t01\t\t\t\t1297281\t\t350\tAfrica/Bamako\t2019-09-05\n", 194),
         "tabs, UTF-8, no header, columns named as those of GeoNames\n"
         "columns [geonameid][name][asciiname][alternatenames][latitude][longitude][feature class][feature code][country code][cc2][admin1 code][admin2 code][admin3 code][admin4 code][population][elevation][dem][timezone][modification date]\n"
         "1 [2460596][Bamako][Bamako][BKO,Bamako][12.65][-8][P][PPLC][ML][][01][][][][1297281][][350][Africa/Bamako][2019-09-05]\n"
         "2 [2460597][Bamako][Bamako][BKO,Bamako][12.65][-8][P][PPLC][ML][][01][][][][1297281][][350][Africa/Bamako][2019-09-05]\n"
         "points (GeoNames): latitude=latitude longitude=longitude"},
        {"WFP obstacles", "csv", std::string("objectid,obstype,obsdate,maxloadmt,locprecision,latitude,longitude,iso3\n"
             "1,Roadblock,2014-10-01,0,Accurate,12.5,-8.1,MLI\n", 120),
         "commas, UTF-8, header in line 1\n"
         "columns [objectid][obstype][obsdate][maxloadmt][locprecision][latitude][longitude][iso3]\n"
         "2 [1][Roadblock][2014-10-01][0][Accurate][12.5][-8.1][MLI]\n"
         "status (WFP obstacles): cause=obstype time=obsdate load_tonnes=maxloadmt location_precision=locprecision latitude=latitude longitude=longitude"},
        {"WFP bridges", "csv", std::string("objectid,brdgname,brdgtype,status,dmg,maxloadmt,curntprac,hasbypass,locprecision,latitude,longitude\n"
             "1,Pont de Kayes,Beam,Restricted,No,20,Passable,No,Accurate,14.45,-11.44\n", 172),
         "commas, UTF-8, header in line 1\n"
         "columns [objectid][brdgname][brdgtype][status][dmg][maxloadmt][curntprac][hasbypass][locprecision][latitude][longitude]\n"
         "2 [1][Pont de Kayes][Beam][Restricted][No][20][Passable][No][Accurate][14.45][-11.44]\n"
         "status (WFP bridges): place=brdgname status=status load_tonnes=maxloadmt location_precision=locprecision latitude=latitude longitude=longitude"},
        {"our own records", "csv", std::string("id,kind,valid_from,lon,lat,status,roads\n"
             "r1,road_status,2025-10-20,-8.1,12.5,blocked,76\n", 87),
         "commas, UTF-8, header in line 1\n"
         "columns [id][kind][valid_from][lon][lat][status][roads]\n"
         "2 [r1][road_status][2025-10-20][-8.1][12.5][blocked][76]\n"
         "records (Cordon records): id=id kind=kind valid_from=valid_from longitude=lon latitude=lat status=status roads=roads"},
        {"incidents in French", "csv", std::string("Date;Lieu;Type d'incident;Morts;Latitude;Longitude\n"
             "20/10/2025;Kayes;Enl\303\250vement;0;14,4469;-11,4445\n"
             "21/10/2025;Nioro;Embuscade;3;15,2286;-9,5926\n", 144),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Date][Lieu][Type d'incident][Morts][Latitude][Longitude]\n"
         "2 [20/10/2025][Kayes][Enlèvement][0][14,4469][-11,4445]\n"
         "3 [21/10/2025][Nioro][Embuscade][3][15,2286][-9,5926]\n"
         "incidents: time=Date place=Lieu incident_type=Type d'incident fatalities_best=Morts latitude=Latitude longitude=Longitude day first"},
        {"month first", "csv", std::string("date,lat,lon\n"
             "10/25/2025,12.5,-8.1\n"
             "10/26/2025,12.6,-8.2\n", 55),
         "commas, UTF-8, header in line 1\n"
         "columns [date][lat][lon]\n"
         "2 [10/25/2025][12.5][-8.1]\n"
         "3 [10/26/2025][12.6][-8.2]\n"
         "points: time=date latitude=lat longitude=lon month first"},
        {"swapped columns", "csv", std::string("name,lat,lon\n"
             "A,-8.1,12.5\n"
             "B,-8.2,12.6\n", 37),
         "commas, UTF-8, header in line 1\n"
         "columns [name][lat][lon]\n"
         "2 [A][-8.1][12.5]\n"
         "3 [B][-8.2][12.6]\n"
         "points: latitude=lat longitude=lon"},
        {"date and time apart", "csv", std::string("Date;Heure;Lat;Lon\n"
             "20/10/2025;08:30;12,5;-8,1\n", 46),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Date][Heure][Lat][Lon]\n"
         "2 [20/10/2025][08:30][12,5][-8,1]\n"
         "points: time=Date time_of_day=Heure latitude=Lat longitude=Lon day first"},
        {"Spanish", "csv", std::string("Fecha;Lugar;Latitud;Longitud;Estado\n"
             "20/10/2025;C\303\272cuta;7,8939;-72,5078;cerrado\n"
             "21/10/2025;Pamplona;7,3757;-72,6480;abierto\n", 123),
         "semicolons, UTF-8, decimal commas, header in line 1\n"
         "columns [Fecha][Lugar][Latitud][Longitud][Estado]\n"
         "2 [20/10/2025][Cúcuta][7,8939][-72,5078][cerrado]\n"
         "3 [21/10/2025][Pamplona][7,3757][-72,6480][abierto]\n"
         "status: time=Fecha place=Lugar latitude=Latitud longitude=Longitud status=Estado day first"},
    };
    // clang-format on
    return kTables;
}

} // namespace cordon
