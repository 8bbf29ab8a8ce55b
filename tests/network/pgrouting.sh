#!/bin/sh
# Road lines (WKT, one a row of CSV) on standard input; on standard output, for each end of a line: lon,lat,metres by
# road from the westernmost end. Worked out by PostGIS and pgRouting in a private cluster that is gone afterwards.
# Exit code 77: not installed.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -x "$bin/initdb" ] && [ -x "$bin/psql" ] || exit 77
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    id postgres >/dev/null 2>&1 || exit 77
    script=$(cat "$0")
    cd / && exec runuser -u postgres -- sh -c "$script" pgrouting.sh
fi
set -e
dir=$(mktemp -d)
trap '"$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1; rm -rf "$dir"' EXIT
"$bin/initdb" -D "$dir/data" -A trust -E UTF8 --no-locale -N >/dev/null
"$bin/pg_ctl" -D "$dir/data" -o "-k $dir -c listen_addresses='' -c fsync=off" -l "$dir/log" -w start >/dev/null
run() { "$bin/psql" -h "$dir" -d postgres -X -q -t -A -v ON_ERROR_STOP=1 "$@"; }
run -c "CREATE EXTENSION postgis" -c "CREATE EXTENSION pgrouting" 2>/dev/null || exit 77
run -c "CREATE TABLE lines (wkt text)" -c "\\copy lines FROM pstdin WITH (FORMAT csv)"
run -F , <<SQL
CREATE TABLE roads AS SELECT row_number() OVER () AS id, ST_GeomFromText(wkt, 4326) AS geom FROM lines;
CREATE TABLE ends AS SELECT row_number() OVER (ORDER BY x, y) AS id, x, y FROM
  (SELECT ST_X(p) AS x, ST_Y(p) AS y FROM
    (SELECT ST_StartPoint(geom) AS p FROM roads UNION ALL SELECT ST_EndPoint(geom) FROM roads) AS points
   GROUP BY 1, 2) AS places;
CREATE TABLE edges AS SELECT roads.id, a.id AS source, b.id AS target, ST_Length(geom::geography) AS cost FROM roads
  JOIN ends a ON a.x = ST_X(ST_StartPoint(geom)) AND a.y = ST_Y(ST_StartPoint(geom))
  JOIN ends b ON b.x = ST_X(ST_EndPoint(geom)) AND b.y = ST_Y(ST_EndPoint(geom));
SET extra_float_digits = 3;
SELECT x, y, agg_cost FROM ends JOIN pgr_drivingDistance('SELECT * FROM edges', 1, 1e12, directed := false) ON node = ends.id;
SQL
