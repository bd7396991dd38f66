-- Offers that are made of others. What an entry names as its part, or as what it builds towards, is the only offer of
-- that identifier, else the only one of that title; names of qualifications that stand in no catalogue are left alone.
CREATE OR REPLACE TABLE offers_named AS
SELECT submission_id, 'identifier' AS kind, offer_id AS name, any_value(record_id) AS record_id
FROM offers
WHERE offer_id IS NOT NULL
GROUP BY submission_id, offer_id
HAVING count(*) = 1
UNION ALL
SELECT submission_id, 'title', words_of(text), any_value(record_id)
FROM (SELECT submission_id, record_id, unnest(list_concat([title], list_transform(titles, lambda entry: entry.text))) AS text FROM offers)
WHERE trim(words_of(text)) <> ''
GROUP BY submission_id, words_of(text)
HAVING count(DISTINCT record_id) = 1;

CREATE OR REPLACE TABLE parts_of_offers AS
WITH said AS (
    SELECT submission_id, record_id, 'part' AS as_what, unnest(parts) AS name FROM offers
    UNION ALL
    SELECT submission_id, record_id, 'whole', unnest(part_of) FROM offers
), known AS (
    SELECT s.submission_id, s.record_id, s.as_what, coalesce(i.record_id, CASE WHEN t.record_id <> s.record_id THEN t.record_id END) AS other  -- its own title may be that of a qualification, too
    FROM said AS s
    LEFT JOIN offers_named AS i ON i.submission_id = s.submission_id AND i.kind = 'identifier' AND i.name = trim(s.name)
    LEFT JOIN offers_named AS t ON t.submission_id = s.submission_id AND t.kind = 'title' AND t.name = words_of(s.name)
)
SELECT submission_id, CASE as_what WHEN 'part' THEN record_id ELSE other END AS whole, CASE as_what WHEN 'part' THEN other ELSE record_id END AS part, bool_or(as_what = 'part') AS listed_by_whole
FROM known
WHERE other IS NOT NULL
GROUP BY ALL;

CREATE OR REPLACE TABLE pathways_of_offers AS
WITH wholes AS (
    SELECT p.submission_id, p.whole AS record_id, sum(o.ects) FILTER (WHERE p.listed_by_whole) AS ects_of_parts
    FROM parts_of_offers AS p
    JOIN offers AS o ON o.submission_id = p.submission_id AND o.record_id = p.part
    GROUP BY ALL
), parts AS (
    SELECT p.submission_id, p.part AS record_id, max(own.eqf_level - o.eqf_level) AS eqf_levels_above_whole, arg_min(o.title || ' (EQF ' || regexp_replace(CAST(o.eqf_level AS VARCHAR), '\.0$', '') || ')', (o.eqf_level, o.record_id)) AS lower_whole
    FROM parts_of_offers AS p
    JOIN offers AS o ON o.submission_id = p.submission_id AND o.record_id = p.whole
    JOIN offers AS own ON own.submission_id = p.submission_id AND own.record_id = p.part
    GROUP BY ALL
)
SELECT submission_id, record_id, ects_of_parts, eqf_levels_above_whole, lower_whole
FROM wholes
FULL JOIN parts USING (submission_id, record_id);
