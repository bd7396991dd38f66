-- Which offer stands behind an award. Nothing is looked at where a submission hands in no offers; every join is by equal
-- keys on one row of the other side, so that a million awards cost one pass.
CREATE OR REPLACE MACRO main_language(code) AS nullif(split_part(lower(code), '-', 1), '');
CREATE OR REPLACE MACRO names_offer(identifier, format) AS identifier IS NOT NULL AND format <> 'open_badge';  -- the address of an achievement is seldom the number of a catalogue
CREATE OR REPLACE MACRO most_entries() AS 50;  -- of one identifier or title; where more stand, none is the one meant

-- An entry of the catalogue as what its awards are compared with: whose, in which language, for which days. A list of
-- decisions is no catalogue: that an award is not on it says nothing.
CREATE OR REPLACE TABLE entries AS
SELECT
    submission_id, record_id, offer_id, source_format <> 'deqar_template' AS of_catalogue,
    main_language(coalesce(title_language, language)) AS language,
    coalesce(valid_from, DATE '0001-01-01') AS from_day, coalesce(valid_until, DATE '9999-12-31') AS until_day,
    list_transform(awarding_body, lambda body: words_of(body)) AS bodies,
    list_transform(awarding_body_identifiers, lambda identifier: lower(trim(identifier))) AS identifiers
FROM offers;

CREATE OR REPLACE TABLE entry_titles AS
SELECT DISTINCT submission_id, record_id, words_of(entry.text) AS words, main_language(coalesce(entry.language, own)) AS language
FROM (SELECT submission_id, record_id, coalesce(title_language, language) AS own, unnest(list_concat([{'language': title_language, 'text': title}], titles)) AS entry FROM offers)
WHERE trim(words_of(entry.text)) <> '';

CREATE OR REPLACE TABLE entries_by_identifier AS
SELECT submission_id, offer_id, list({'record_id': record_id, 'language': language, 'from_day': from_day, 'until_day': until_day} ORDER BY record_id)[:most_entries()] AS fitting, count(*) > most_entries() AS too_many
FROM entries
WHERE offer_id IS NOT NULL
GROUP BY ALL;

-- An award that names no offer of the catalogue belongs to that of its title, if nothing speaks against it: another
-- identifier, another awarding body, another language. What neither says does not speak.
CREATE OR REPLACE TABLE entries_by_title AS
WITH named AS (
    SELECT
        submission_id, words, list({'record_id': record_id, 'title_language': t.language, 'language': e.language, 'offer_id': offer_id, 'from_day': from_day, 'until_day': until_day, 'bodies': bodies, 'identifiers': identifiers} ORDER BY record_id)[:most_entries()] AS entries,
        count(DISTINCT record_id) > most_entries() AS too_many
    FROM entry_titles AS t
    JOIN entries AS e USING (submission_id, record_id)
    GROUP BY ALL
), names AS (
    SELECT DISTINCT
        submission_id, title, titles, awarding_body, awarding_body_identifiers, names_offer(offer_id, source_format) AS names_offer, main_language(coalesce(title_language, language)) AS spoken
    FROM credentials
    SEMI JOIN entries USING (submission_id)
    WHERE title IS NOT NULL
), texts AS (
    SELECT *, words_of(entry.text) AS words, coalesce(main_language(entry.language), spoken) AS language, list_transform(awarding_body, lambda body: words_of(body)) AS bodies, list_transform(awarding_body_identifiers, lambda identifier: lower(trim(identifier))) AS identifiers
    FROM (SELECT *, unnest(list_concat([{'language': spoken, 'text': title}], titles)) AS entry FROM names)
), met AS (
    SELECT
        x.* EXCLUDE (entry, words, language, bodies, identifiers), n.too_many,
        list_filter(n.entries, lambda one: coalesce(one.title_language = x.language, TRUE)
            AND NOT (x.names_offer AND one.offer_id IS NOT NULL)
            AND (coalesce(list_has_any(one.bodies, x.bodies), TRUE) OR coalesce(list_has_any(one.identifiers, x.identifiers), FALSE))) AS entries
    FROM texts AS x
    JOIN named AS n USING (submission_id, words)
)
SELECT * EXCLUDE (entries), list_sort(list_distinct(list_transform(entries, lambda one: {'record_id': one.record_id, 'language': one.language, 'from_day': one.from_day, 'until_day': one.until_day}))) AS fitting
FROM (SELECT * EXCLUDE (entries, too_many), bool_or(too_many) AS too_many, flatten(list(entries)) AS entries FROM met GROUP BY ALL)
WHERE len(entries) > 0;

-- How an award stands to the catalogue: 'matched' (to one entry), 'not_valid' (no entry held on the day of issue),
-- 'ambiguous' (several did) or 'not_held'. Of several that held, the one in the language of the award is meant.
CREATE OR REPLACE TABLE offer_of_award AS
SELECT
    submission_id, record_id, issued, matched_by, names_offer, names_title, spoken,
    CASE WHEN fitting IS NULL THEN 'not_held' WHEN too_many THEN 'ambiguous' WHEN len(held) = 0 THEN 'not_valid' WHEN len(held) > 1 THEN 'ambiguous' ELSE 'matched' END AS situation,
    CASE WHEN situation = 'matched' THEN held[1].record_id END AS offer,
    CASE WHEN situation IN ('ambiguous', 'not_valid') THEN list_transform(fitting, lambda one: one.record_id) END AS possible
FROM (
    SELECT *, CASE WHEN len(on_the_day) > 1 THEN coalesce(nullif(list_filter(on_the_day, lambda one: one.language = spoken), []), on_the_day) ELSE on_the_day END AS held
    FROM (
        SELECT
            c.submission_id, c.record_id, c.issued, names_offer(c.offer_id, c.source_format) AS names_offer, c.title IS NOT NULL AS names_title, main_language(coalesce(c.title_language, c.language)) AS spoken,
            CASE WHEN i.fitting IS NOT NULL THEN 'identifier' WHEN t.fitting IS NOT NULL THEN 'title' END AS matched_by,
            coalesce(i.fitting, t.fitting) AS fitting,
            coalesce(i.too_many, t.too_many) AS too_many,
            CASE WHEN c.issued IS NULL THEN coalesce(i.fitting, t.fitting) ELSE list_filter(coalesce(i.fitting, t.fitting), lambda one: c.issued BETWEEN one.from_day AND one.until_day) END AS on_the_day
        FROM (SELECT * FROM credentials SEMI JOIN entries USING (submission_id)) AS c
        LEFT JOIN entries_by_identifier AS i ON i.submission_id = c.submission_id AND i.offer_id = c.offer_id
        LEFT JOIN entries_by_title AS t
          ON t.submission_id = c.submission_id AND t.title = c.title AND t.names_offer = names_offer(c.offer_id, c.source_format)
         AND t.titles IS NOT DISTINCT FROM c.titles AND t.awarding_body IS NOT DISTINCT FROM c.awarding_body
         AND t.awarding_body_identifiers IS NOT DISTINCT FROM c.awarding_body_identifiers
         AND t.spoken IS NOT DISTINCT FROM main_language(coalesce(c.title_language, c.language))
    )
);

-- What a catalogue lets one say of an award that it does not hold: only where it has identifiers, or titles in the
-- language of the award.
CREATE OR REPLACE TABLE catalogues AS
SELECT e.submission_id, bool_or(e.offer_id IS NOT NULL) AS has_identifiers, count(t.words) > 0 AS has_titles, list(DISTINCT t.language) AS languages, bool_or(t.words IS NOT NULL AND t.language IS NULL) AS any_language
FROM entries AS e
LEFT JOIN entry_titles AS t USING (submission_id, record_id)
WHERE e.of_catalogue
GROUP BY ALL;

-- What became of an offer: its awards, those that may be its own, and how many of a self-paced one share a day.
CREATE OR REPLACE TABLE awards_of_offers AS
SELECT submission_id, record_id, sum(of_day)::INTEGER AS awards, min(issued) AS first_issued, max(issued) AS last_issued, sum(of_day) FILTER (WHERE issued IS NOT NULL)::INTEGER AS dated_awards, max(of_day) FILTER (WHERE issued IS NOT NULL)::INTEGER AS most_on_one_day, arg_max(issued, (of_day, -epoch(issued))) FILTER (WHERE issued IS NOT NULL) AS busiest_day
FROM (SELECT submission_id, offer AS record_id, issued, count(*) AS of_day FROM offer_of_award WHERE offer IS NOT NULL GROUP BY ALL)
GROUP BY submission_id, record_id;

CREATE OR REPLACE TABLE offers_perhaps_awarded AS
SELECT DISTINCT submission_id, unnest(possible) AS record_id FROM offer_of_award WHERE possible IS NOT NULL;
