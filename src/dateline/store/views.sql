-- The views of a casebook at one version. `_parts` holds the parts that are visible, `_superseded` the codings that a
-- later one replaced, and `_documents`, `_reports` ... every row of the tables, seen and unseen. `_documents` lacks
-- the bytes in an object store, since many questions need the rest of it only; `_document_rows` has them.

CREATE TABLE _superseded AS
WITH seen AS (
  SELECT d.coding, d.lineage, p.version, p.position, d.ordinal FROM _documents d JOIN _parts p USING (part)
), several AS (SELECT lineage FROM seen GROUP BY lineage HAVING count(*) > 1)
SELECT coding FROM seen SEMI JOIN several USING (lineage)
QUALIFY row_number() OVER (PARTITION BY lineage ORDER BY version DESC, position DESC, ordinal DESC) > 1;

CREATE VIEW versions AS
SELECT version, committed, kind, coder, inputs, counts, id AS run, dateline
FROM _runs WHERE version IS NOT NULL;

CREATE VIEW documents AS
SELECT d.* EXCLUDE (part, ordinal), p.version
FROM _document_rows d JOIN _parts p USING (part) ANTI JOIN _superseded USING (coding);

CREATE VIEW articles AS
SELECT * EXCLUDE (part) FROM _articles SEMI JOIN _parts USING (part) ANTI JOIN _superseded USING (coding);

CREATE VIEW article_versions AS
SELECT d.lineage, row_number() OVER (PARTITION BY d.lineage ORDER BY p.version, p.position, d.ordinal) AS number,
  d.id, p.version, d.change, d.coder, d.sha256, d.coding, a.headline, a.text, a.url, a.published_day
FROM _documents d JOIN _parts p USING (part) LEFT JOIN _articles a ON a.coding = d.coding AND a.part = d.part;

CREATE VIEW reports AS
SELECT * EXCLUDE (part) FROM _reports SEMI JOIN _parts USING (part) ANTI JOIN _superseded USING (coding);

CREATE VIEW quotes AS
SELECT * EXCLUDE (part) FROM _quotes SEMI JOIN _parts USING (part) ANTI JOIN _superseded USING (coding);

CREATE VIEW problems AS
SELECT q.* EXCLUDE (part), p.version
FROM _problems q JOIN _parts p USING (part)
WHERE coding IS NULL OR NOT EXISTS (SELECT 1 FROM _superseded s WHERE s.coding = q.coding);

CREATE VIEW judgements AS
SELECT j.* EXCLUDE (part, ordinal), p.version
FROM _judgements j JOIN _parts p USING (part)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY p.version DESC, p.position DESC, ordinal DESC) = 1;

-- Which row of an event holds: the keys alone, since what is compared to tell is held in memory.
CREATE VIEW _current_events AS
SELECT e.id, e.part, e.ordinal, e.removed, p.version
FROM _events e JOIN _parts p USING (part)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY p.version DESC, p.position DESC, ordinal DESC) = 1;

CREATE VIEW merged_events AS
SELECT e.* EXCLUDE (part, ordinal, removed), c.version
FROM _events e JOIN _current_events c USING (id, part, ordinal) WHERE NOT c.removed;

CREATE VIEW event_members AS
SELECT m.* EXCLUDE (part) FROM _event_members m
SEMI JOIN (SELECT id AS event_id, part FROM _current_events WHERE NOT removed) USING (event_id, part);

CREATE VIEW event_merges AS
SELECT m.* EXCLUDE (part), p.version FROM _event_merges m JOIN _parts p USING (part);

-- Happenings counted once as far as reports were merged; each report that no event holds stands for one of its own.
CREATE VIEW events AS
SELECT id, type, mode, status, quad, score, cameo,
  coalesce(first_day, last_day) AS day, first_day, last_day, date_precision,
  actor, actor_id, actor_kind, actor_country, actor_sector,
  recipient, recipient_id, recipient_kind, recipient_country, recipient_sector,
  place, geonameid, lat, lon, country, admin1, place_precision, radius_km,
  killed_low, killed_high, injured_low, injured_high,
  reports, articles, sources, TRY_CAST(first_reported AS DATE) AS first_reported,
  TRY_CAST(last_reported AS DATE) AS last_reported,
  [field_ FOR field_ IN list_distinct([c.field FOR c IN claims]) IF len([1 FOR c IN claims IF c.field = field_]) > 1]
    AS disputed,
  confidence, sentence, lead AS report_id, merger AS made_by
FROM merged_events
UNION ALL BY NAME
SELECT r.id, type, mode, status, quad, r.score, cameo,
  coalesce(first_day, last_day) AS day, first_day, last_day, date_precision,
  actor, actor_id, actor_kind, actor_country, actor_sector,
  recipient, recipient_id, recipient_kind, recipient_country, recipient_sector,
  place, geonameid, lat, lon, country, admin1, place_precision, radius_km,
  killed_low, killed_high, injured_low, injured_high,
  1 AS reports, 1 AS articles, 1 AS sources, published_day AS first_reported, published_day AS last_reported,
  CAST([] AS VARCHAR[]) AS disputed,
  confidence, sentence.text AS sentence, r.id AS report_id, coder AS made_by
FROM reports r ANTI JOIN (SELECT report_id AS id FROM event_members) USING (id);

-- Where a happening without a resolved place may have been: the surest of the scopes that its reports take.
CREATE VIEW event_scopes AS
WITH asked AS (
  SELECT e.id, coalesce(m.report_id, e.report_id) AS report_id
  FROM events e LEFT JOIN event_members m ON m.event_id = e.id WHERE e.lat IS NULL
)
SELECT a.id, r.scope.name AS place, r.scope.geonameid AS geonameid, r.scope.lat AS lat, r.scope.lon AS lon,
  r.scope.country AS country, r.scope.admin1 AS admin1, r.scope."precision" AS place_precision,
  r.scope.radius_km AS radius_km, r.scope.score AS score, r.scope.why AS why, a.report_id
FROM asked a JOIN reports r ON r.id = a.report_id
WHERE r.scope.lat IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY r.scope.score DESC, r.id) = 1;

CREATE VIEW _done AS SELECT * FROM events WHERE status IN ('occurred', 'ongoing');

CREATE VIEW dyad_week AS
SELECT CAST(date_trunc('week', day) AS DATE) AS week,
  actor_country, actor_sector, recipient_country, recipient_sector,
  count(*) AS events,
  count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation,
  count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict,
  avg(score) AS mean_score, sum(killed_low) AS killed_low, sum(killed_high) AS killed_high
FROM _done
WHERE day IS NOT NULL AND actor_country IS NOT NULL AND recipient_country IS NOT NULL
GROUP BY ALL;

CREATE VIEW country_month AS
SELECT country, CAST(date_trunc('month', day) AS DATE) AS month,
  count(*) AS events,
  count(*) FILTER (quad = 1) AS verbal_cooperation, count(*) FILTER (quad = 2) AS material_cooperation,
  count(*) FILTER (quad = 3) AS verbal_conflict, count(*) FILTER (quad = 4) AS material_conflict,
  count(*) FILTER (type = 'ASSAULT') AS assaults, count(*) FILTER (type = 'PROTEST') AS protests,
  avg(score) AS mean_score, sum(killed_low) AS killed_low, sum(killed_high) AS killed_high,
  sum(injured_low) AS injured_low, sum(injured_high) AS injured_high
FROM _done WHERE day IS NOT NULL AND country IS NOT NULL
GROUP BY ALL;

CREATE VIEW actors AS
SELECT a.id, mode(coalesce(a.name, a.text)) AS name,
  mode(a.kind) AS kind, mode(a.country) AS country, mode(a.sector) AS sector,
  count(*) FILTER (role = 'actor') AS as_actor, count(*) FILTER (role = 'recipient') AS as_recipient,
  count(DISTINCT article_id) AS articles, min(day) AS first_day, max(day) AS last_day
FROM (
  SELECT unnest(actors) AS a, 'actor' AS role, article_id, coalesce(first_day, last_day) AS day FROM reports
  UNION ALL
  SELECT unnest(recipients), 'recipient', article_id, coalesce(first_day, last_day) FROM reports
)
GROUP BY a.id, coalesce(a.id, a.name, a.text);

CREATE VIEW places AS
SELECT p.geonameid, mode(coalesce(p.name, p.text)) AS name,
  mode(p.country) AS country, mode(p.admin1) AS admin1, any_value(p.lat) AS lat, any_value(p.lon) AS lon,
  mode(p."precision") AS place_precision, count(*) AS reports, count(DISTINCT article_id) AS articles,
  min(day) AS first_day, max(day) AS last_day
FROM (SELECT unnest(places) AS p, article_id, coalesce(first_day, last_day) AS day FROM reports)
GROUP BY p.geonameid, coalesce(CAST(p.geonameid AS VARCHAR), p.name, p.text);

CREATE MACRO _days(first_, last_) AS date_diff('day', first_, last_) + 1;

CREATE MACRO _side(kind, sector) AS CASE
  WHEN list_contains(_state_sectors(), sector) OR kind IN ('military', 'police', 'government') THEN 'State Forces'
  WHEN sector = 'REB' THEN 'Rebel Group'
  WHEN list_contains(_armed_sectors(), sector) OR kind = 'armed_group' THEN 'Political Militia'
  WHEN sector = 'IGO' OR kind = 'igo' THEN 'External/Other Forces'
  WHEN list_contains(_civilian_sectors(), sector) OR kind IS NOT NULL THEN 'Civilians' END;

CREATE VIEW _sides AS
SELECT *, _side(actor_kind, actor_sector) AS actor_side, _side(recipient_kind, recipient_sector) AS recipient_side
FROM _done;

CREATE VIEW events_acled_style AS
SELECT e.id AS event_id_cnty, day AS event_date, year(day) AS year,
  CASE WHEN first_day IS NULL OR last_day IS NULL THEN 3 WHEN first_day = last_day THEN 1
    WHEN _days(first_day, last_day) <= 7 THEN 2 ELSE 3 END AS time_precision,
  CASE WHEN x.event_type IN ('Protests', 'Riots') THEN 'Demonstrations'
    WHEN x.event_type = 'Strategic developments' THEN 'Strategic developments' ELSE 'Political violence' END
    AS disorder_type,
  x.event_type, x.sub_event_type,
  coalesce(actor, CASE x.event_type WHEN 'Protests' THEN 'Protesters' WHEN 'Riots' THEN 'Rioters' END) AS actor1,
  CASE WHEN e.type = 'PROTEST' AND x.event_type = 'Protests' THEN 'Protesters'
    WHEN e.type = 'PROTEST' THEN 'Rioters' ELSE actor_side END AS inter1,
  recipient AS actor2, recipient_side AS inter2,
  CASE WHEN recipient_side = 'Civilians' AND x.event_type NOT IN ('Protests', 'Riots', 'Strategic developments')
    THEN 'Civilian targeting' END AS civilian_targeting,
  e.country AS iso3, c.name AS country, admin1, place AS location, lat AS latitude, lon AS longitude,
  CASE WHEN place_precision IN ('exact', 'town') THEN 1 WHEN place_precision = 'admin2' THEN 2
    WHEN place_precision IS NOT NULL THEN 3 END AS geo_precision,
  sources AS source_count, sentence AS notes, killed_low AS fatalities, last_reported AS "timestamp"
FROM _sides e
JOIN _acled x ON x.type = e.type AND x.mode IS NOT DISTINCT FROM e.mode
  AND x.civilian = coalesce(recipient_side = 'Civilians', false)
LEFT JOIN _countries c ON c.alpha3 = e.country;

CREATE VIEW events_ucdp_style AS
SELECT e.id, year(day) AS year,
  CASE WHEN recipient_side = 'Civilians' THEN 3 WHEN actor_side = 'State Forces' OR recipient_side = 'State Forces' THEN 1
    ELSE 2 END AS type_of_violence,
  actor AS side_a, recipient AS side_b, actor || ' - ' || recipient AS dyad_name,
  sources AS number_of_sources, sentence AS source_original, last_reported AS source_date,
  CASE place_precision WHEN 'exact' THEN 1 WHEN 'town' THEN 1 WHEN 'admin2' THEN 3 WHEN 'admin1' THEN 4
    WHEN 'country' THEN 6 WHEN 'region' THEN 7 END AS where_prec,
  place AS where_coordinates, admin1 AS adm_1, lat AS latitude, lon AS longitude,
  CASE WHEN lat IS NOT NULL THEN 'POINT (' || lon || ' ' || lat || ')' END AS geom_wkt,
  CAST(floor((lat + 90) * 2) * 720 + floor((lon + 180) * 2) + 1 AS BIGINT) AS priogrid_gid,
  c.name AS country,
  CASE WHEN first_day IS NULL OR last_day IS NULL THEN 5 WHEN first_day = last_day THEN 1
    WHEN _days(first_day, last_day) < 7 THEN 2 WHEN _days(first_day, last_day) = 7 THEN 3
    WHEN _days(first_day, last_day) <= 31 THEN 4 ELSE 5 END AS date_prec,
  first_day AS date_start, last_day AS date_end,
  coalesce(killed_low, killed_high) AS best, killed_high AS high, killed_low AS low
FROM _sides e LEFT JOIN _countries c ON c.alpha3 = e.country
WHERE e.type = 'ASSAULT' AND actor_side IS NOT NULL AND actor_side <> 'Civilians'
  AND greatest(coalesce(killed_low, 0), coalesce(killed_high, 0)) > 0;
