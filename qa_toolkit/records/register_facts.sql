-- What registers say of awards as of the day each was issued. Run only where an extract was supplied.
-- An organisation is known by an identifier with its kind, never by its name; a name gives a possible match for a person.
-- Everything is looked up once per distinct body and once per distinct award, and joined back to the records.

-- An identifier without what only decorates it: 'EU-VAT: XX 000' is 'VATXX000'. One that a country gives is kept with its
-- country; a bare number is none, for several lists may hold it.
CREATE OR REPLACE MACRO identifier_text(text) AS
    regexp_replace(regexp_replace(upper(trim(text)), '^(IDENTIFIER|ID|LOCAL|NUMBER|OTHER|DEQAR) *: *', ''), '^(EU-VAT|EUVAT|VATIDENTIFIER|VAT) *[:-]? *', 'VAT:');
CREATE OR REPLACE MACRO squeezed(text) AS regexp_replace(regexp_replace(text, '^HTTPS?://(WWW[.])?', ''), '[^A-Z0-9]+', '', 'g');
CREATE OR REPLACE MACRO identifier_key(text, country) AS
    CASE
        WHEN regexp_matches(squeezed(identifier_text(text)), '^(DEQARINST[0-9]+|VAT[A-Z]{2}[0-9A-Z]+|(ETER|WHED|ROR|EIDAS|EIDASIDENTIFIER|DID|LEI|EUPIC|PIC|ERASMUS|SCHAC)[0-9A-Z]+)$')
          OR regexp_matches(identifier_text(text), '^(HTTPS?://|DID:).') THEN squeezed(identifier_text(text))
        WHEN regexp_matches(identifier_text(text), '^[A-Z][A-Z .-]*[:-].*[0-9]') AND country IS NOT NULL THEN upper(country) || ' ' || squeezed(identifier_text(text))
    END;
CREATE OR REPLACE MACRO reference_key(text) AS regexp_replace(lower(trim(text)), '^https?://|/+$', '', 'g');

-- Extracts hold for every submission, or for the one they name.
CREATE OR REPLACE TABLE register_scopes AS
SELECT submission_id, CASE WHEN submission_id IN (SELECT scope FROM register_extracts) THEN submission_id ELSE '*' END AS scope
FROM submissions;

-- Awarding bodies: identified by what the award says of them, or by what the provider says of itself where it awards.
CREATE OR REPLACE TABLE award_bodies AS
SELECT row_number() OVER (ORDER BY b.submission_id, b.awarding_body, b.awarding_body_identifiers, b.country) AS body, b.*, r.scope, coalesce(b.country, s.provider_country) AS countries, list_transform(b.awarding_body, lambda name: words_of(name)) AS words,
    coalesce(b.awarding_body_identifiers, CASE WHEN len(b.awarding_body) = 1 AND words_of(b.awarding_body[1]) = words_of(s.provider_name) THEN list_concat(list_concat(CASE WHEN s.provider_identifier IS NOT NULL THEN [s.provider_identifier] ELSE [] END, coalesce(p.identifiers, [])), CASE WHEN p.vat_number IS NOT NULL THEN ['VAT:' || p.vat_number] ELSE [] END) END) AS identifiers
FROM (SELECT DISTINCT submission_id, awarding_body, awarding_body_identifiers, country FROM credentials) AS b
JOIN submissions AS s USING (submission_id)
JOIN register_scopes AS r USING (submission_id)
LEFT JOIN providers AS p USING (submission_id);

CREATE OR REPLACE TABLE body_keys AS
SELECT DISTINCT body, scope, identifier_key(identifier, country) AS key
FROM (SELECT body, scope, unnest(identifiers) AS identifier, countries FROM award_bodies) AS i
LEFT JOIN (SELECT body AS of_body, unnest(countries) AS country FROM award_bodies) AS c ON c.of_body = i.body
WHERE identifier_key(identifier, country) IS NOT NULL;

CREATE OR REPLACE TABLE organisations_read AS
SELECT scope, kind, identifier_key(organisation_id, country) AS organisation, organisation_id, identifiers, country, words_of(name) AS words, name, name_valid_from, name_valid_until, closed, part_of
FROM register_organisations;

CREATE OR REPLACE TABLE organisation_keys AS
SELECT DISTINCT scope, organisation, identifier_key(identifier, country) AS key
FROM (SELECT scope, organisation, country, unnest(list_concat([organisation_id], coalesce(identifiers, []))) AS identifier FROM organisations_read WHERE organisation IS NOT NULL)
WHERE identifier_key(identifier, country) IS NOT NULL;

CREATE OR REPLACE TABLE organisation_parents AS
SELECT DISTINCT scope, organisation, identifier_key(parent, country) AS parent
FROM (SELECT scope, organisation, country, unnest(part_of) AS parent FROM organisations_read WHERE organisation IS NOT NULL);

-- Who a body is, and its family: what it is part of (1), what is part of it (2).
CREATE OR REPLACE TABLE body_organisations AS
SELECT DISTINCT body, scope, organisation FROM body_keys JOIN organisation_keys USING (scope, key);

CREATE OR REPLACE TABLE body_family AS
SELECT body, scope, key, min(relation) AS relation, min_by(holder, (relation, holder)) AS holder
FROM (
    SELECT k.body, k.scope, k.key, 0 AS relation, coalesce(o.organisation, k.key) AS holder FROM body_keys AS k LEFT JOIN organisation_keys AS o USING (scope, key)
    UNION ALL
    SELECT b.body, b.scope, k.key, 0, b.organisation FROM body_organisations AS b JOIN organisation_keys AS k USING (scope, organisation)
    UNION ALL
    SELECT b.body, b.scope, coalesce(k.key, p.parent), 1, p.parent FROM body_organisations AS b JOIN organisation_parents AS p USING (scope, organisation) LEFT JOIN organisation_keys AS k ON k.scope = p.scope AND k.organisation = p.parent
    UNION ALL
    SELECT b.body, b.scope, k.key, 2, k.organisation FROM body_organisations AS b JOIN organisation_parents AS p ON p.scope = b.scope AND p.parent = b.organisation JOIN organisation_keys AS k ON k.scope = p.scope AND k.organisation = p.organisation
)
WHERE key IS NOT NULL
GROUP BY body, scope, key;

-- Decisions. One without an end is taken to end after six years, as DEQAR shows it; nothing fails by that. What a decision
-- is about: the organisation as a whole, or the same programmes.
CREATE OR REPLACE TABLE decisions_read AS
SELECT row_number() OVER (ORDER BY scope, kind, line) AS number, * EXCLUDE (standing), coalesce(standing, 'final') AS standing, coalesce(valid_until, CAST(valid_from + INTERVAL 6 YEAR AS DATE)) AS assumed_end,
    CASE object WHEN 'institutional' THEN 'institutional' ELSE 'programme ' || coalesce(array_to_string(list_sort(list_transform(programmes, lambda programme: words_of(programme))), '|'), decision_id) END AS subject,
    list_filter(list_transform(isced_f, lambda field: regexp_extract(regexp_replace(field, '^.*/', ''), '[0-9]{1,4}')), lambda code: code <> '') AS field_codes
FROM register_decisions;

CREATE OR REPLACE TABLE decision_keys AS
SELECT DISTINCT number, scope, identifier_key(organisation, country) AS key
FROM (SELECT number, scope, country, unnest(organisation_ids) AS organisation FROM decisions_read)
WHERE identifier_key(organisation, country) IS NOT NULL;

CREATE OR REPLACE TABLE body_decisions AS
SELECT body, number, min(relation) AS relation, min_by(holder, (relation, holder)) AS holder
FROM body_family JOIN decision_keys USING (scope, key)
GROUP BY body, number;

-- Awards that are looked up alike: one body, the same decisions named, one day, one level, the same fields.
CREATE OR REPLACE TABLE awards_looked_up AS
SELECT row_number() OVER (ORDER BY b.body, c.quality_assurance_references, c.issued, c.eqf_level, c.isced_f) AS look, b.body, b.scope, c.*
FROM (SELECT DISTINCT submission_id, awarding_body, awarding_body_identifiers, country, quality_assurance_references, issued, eqf_level, isced_f FROM credentials) AS c
JOIN award_bodies AS b ON b.submission_id = c.submission_id AND b.awarding_body IS NOT DISTINCT FROM c.awarding_body AND b.awarding_body_identifiers IS NOT DISTINCT FROM c.awarding_body_identifiers AND b.country IS NOT DISTINCT FROM c.country;

CREATE OR REPLACE TABLE look_of_award AS
SELECT c.submission_id, c.record_id, l.look, l.body
FROM credentials AS c
JOIN awards_looked_up AS l
  ON l.submission_id = c.submission_id AND l.awarding_body IS NOT DISTINCT FROM c.awarding_body AND l.awarding_body_identifiers IS NOT DISTINCT FROM c.awarding_body_identifiers
 AND l.country IS NOT DISTINCT FROM c.country AND l.quality_assurance_references IS NOT DISTINCT FROM c.quality_assurance_references
 AND l.issued IS NOT DISTINCT FROM c.issued AND l.eqf_level IS NOT DISTINCT FROM c.eqf_level AND l.isced_f IS NOT DISTINCT FROM c.isced_f;

CREATE OR REPLACE TABLE decisions_named AS
SELECT DISTINCT r.look, r.body, d.number, d.subject, bd.relation, bd.holder, EXISTS (SELECT 1 FROM body_keys AS k WHERE k.body = r.body) AND EXISTS (SELECT 1 FROM decision_keys AS k WHERE k.number = d.number) AS comparable
FROM (SELECT look, body, scope, reference_key(unnest(quality_assurance_references)) AS reference FROM awards_looked_up) AS r
JOIN (
    SELECT scope, number, subject, reference_key(decision_id) AS reference FROM decisions_read
    UNION
    SELECT scope, number, subject, reference_key(address) FROM decisions_read WHERE address IS NOT NULL
) AS d USING (scope, reference)
LEFT JOIN body_decisions AS bd ON bd.body = r.body AND bd.number = d.number;

-- The decisions of an award: all on what its named decision is about, else those on its body as a whole.
CREATE OR REPLACE TABLE decisions_of_awards AS
SELECT DISTINCT l.look, l.issued, l.eqf_level, l.isced_f, bd.holder, d.*
FROM awards_looked_up AS l
LEFT JOIN (SELECT DISTINCT look, subject FROM decisions_named WHERE relation IS NOT NULL) AS n USING (look)
JOIN body_decisions AS bd ON bd.body = l.body
JOIN decisions_read AS d ON d.number = bd.number AND d.subject = coalesce(n.subject, 'institutional')
WHERE l.issued IS NOT NULL AND (bd.relation < 2 OR n.subject IS NOT NULL);

-- How it stood on the day of issue, for each organisation and subject; of several the most favourable counts. Certain is
-- only what no later decision, no pending one, no appeal and no named successor could change. A younger decision that has
-- run out does not end an older one that still runs, unless it was negative or withdrawn.
CREATE OR REPLACE TABLE outcomes_of_awards AS
WITH grouped AS (
    SELECT
        look, issued, holder, subject,
        arg_max(number, (valid_from, assumed_end, number)) FILTER (WHERE valid_from <= issued AND standing <> 'pending') AS youngest,
        arg_max(number, (valid_from, assumed_end, number)) FILTER (WHERE valid_from <= issued AND assumed_end >= issued AND standing IN ('final', 'appealed') AND decision <> 'negative') AS running,
        bool_or(standing = 'pending' AND valid_from <= issued) AS pending,
        bool_or(standing = 'appealed') AS appealed,
        bool_or(valid_from > issued) AS later,
        min(number) FILTER (WHERE standing = 'pending' AND valid_from <= issued) AS pending_number,
        min(number) AS any_number
    FROM decisions_of_awards
    GROUP BY ALL
), stood AS (
    SELECT g.* EXCLUDE (youngest, running), CASE WHEN y.decision = 'negative' OR y.standing = 'withdrawn' THEN youngest ELSE coalesce(running, youngest) END AS latest
    FROM grouped AS g
    LEFT JOIN decisions_read AS y ON y.number = g.youngest
), read AS (
    SELECT
        g.look, coalesce(g.latest, g.pending_number, g.any_number) AS number, d.decision,
        CASE
            WHEN g.latest IS NULL AND g.pending THEN 'pending'
            WHEN g.latest IS NULL THEN 'not_begun'
            WHEN d.standing = 'withdrawn' THEN 'withdrawn'
            WHEN d.decision = 'negative' THEN CASE WHEN d.valid_until >= g.issued AND NOT (g.pending OR g.appealed OR g.later) AND d.successor_id IS NULL THEN 'negative' ELSE 'negative_in_doubt' END
            WHEN d.assumed_end >= g.issued THEN CASE WHEN d.standing = 'appealed' THEN 'appealed' ELSE 'in_force' END
            WHEN d.valid_until IS NULL THEN 'past_six_years'
            WHEN g.pending THEN 'pending'
            WHEN g.appealed THEN 'appealed'
            WHEN g.later OR d.successor_id IS NOT NULL THEN 'between_decisions'
            ELSE 'ended'
        END AS outcome
    FROM stood AS g
    LEFT JOIN decisions_read AS d ON d.number = g.latest
), ranked AS (
    SELECT *, list_position(['in_force', 'appealed', 'pending', 'between_decisions', 'past_six_years', 'not_begun', 'withdrawn', 'negative_in_doubt', 'ended', 'negative'], outcome) AS rank FROM read
)
SELECT look, min_by(outcome, (rank, number)) AS outcome, min_by(decision, (rank, number)) AS decision, min_by(number, (rank, number)) AS number
FROM ranked
GROUP BY look;

-- What the decisions in force on the day were limited to. No limit stated is no limit.
CREATE OR REPLACE TABLE limits_of_awards AS
SELECT
    look,
    bool_or(CASE WHEN eqf_level IS NULL THEN NULL ELSE eqf_levels IS NULL OR list_contains(eqf_levels, try_cast(eqf_level AS INTEGER)) END) AS level_covered,
    CASE WHEN bool_or(covers) THEN TRUE WHEN bool_and(narrower IS NOT TRUE) THEN bool_or(covers) END AS field_covered
FROM (
    SELECT
        look, eqf_level, eqf_levels,
        CASE WHEN len(codes) = 0 THEN NULL ELSE coalesce(len(field_codes), 0) = 0 OR len(list_filter(codes, lambda code: len(list_filter(field_codes, lambda field: starts_with(code, field))) > 0)) > 0 END AS covers,
        len(list_filter(codes, lambda code: len(list_filter(field_codes, lambda field: starts_with(field, code))) > 0)) > 0 AS narrower
    FROM (
        SELECT *, list_filter(list_transform(coalesce(isced_f_of_award, []), lambda field: regexp_extract(regexp_replace(field, '^.*/', ''), '[0-9]{1,4}')), lambda code: code <> '') AS codes
        FROM (SELECT look, eqf_level, isced_f AS isced_f_of_award, eqf_levels, field_codes, issued, valid_from, assumed_end, standing, decision FROM decisions_of_awards)
        WHERE valid_from <= issued AND issued <= assumed_end AND standing IN ('final', 'appealed') AND decision <> 'negative'
    )
)
GROUP BY look;

-- Who the body is in the registers: by identifier, perhaps by name, or in none that holds its country.
CREATE OR REPLACE TABLE bodies_in_registers AS
SELECT
    b.body,
    CASE WHEN o.body IS NOT NULL THEN 'known' WHEN p.body IS NOT NULL THEN 'possible' WHEN k.body IS NOT NULL THEN 'unknown' END AS standing,
    coalesce(o.entry, p.entry) AS entry,
    o.closed
FROM award_bodies AS b
LEFT JOIN (
    SELECT bo.body, min(o.name || ' (' || o.organisation_id || ')') AS entry, min(o.closed) AS closed
    FROM body_organisations AS bo JOIN organisations_read AS o USING (scope, organisation)
    GROUP BY bo.body
) AS o USING (body)
LEFT JOIN (
    SELECT b.body, min(m.entry || ' (' || m.organisation_id || ')') AS entry
    FROM (SELECT body, scope, unnest(awarding_body) AS name, countries FROM award_bodies) AS b
    JOIN register_possible_matches AS m ON m.scope = b.scope AND m.name = b.name AND list_contains(b.countries, m.country)
    GROUP BY b.body
) AS p USING (body)
LEFT JOIN (
    SELECT DISTINCT c.body
    FROM (SELECT body, scope, unnest(countries) AS country FROM award_bodies WHERE awarding_body IS NOT NULL) AS c
    JOIN (SELECT DISTINCT scope, upper(country) AS country FROM register_organisations) AS r USING (scope, country)
) AS k USING (body);

CREATE OR REPLACE TABLE names_of_awards AS
SELECT l.look, bool_or(coalesce(o.name_valid_from <= l.issued, TRUE) AND coalesce(l.issued <= o.name_valid_until, TRUE)) AS name_in_force
FROM awards_looked_up AS l
JOIN award_bodies AS b USING (body)
JOIN body_organisations AS bo USING (body)
JOIN organisations_read AS o ON o.scope = bo.scope AND o.organisation = bo.organisation AND list_contains(b.words, o.words)
WHERE l.issued IS NOT NULL
GROUP BY l.look;

-- National levels, once per distinct statement: any of several that fits is enough.
CREATE OR REPLACE TABLE levels_referenced AS
SELECT t.submission_id, t.country, t.nqf_level, t.eqf_level, bool_or(r.eqf_level = t.eqf_level) AS fits, string_agg(DISTINCT r.framework || ' ' || r.level || ' = EQF ' || r.eqf_level, '; ' ORDER BY r.framework || ' ' || r.level || ' = EQF ' || r.eqf_level) AS referenced
FROM (
    SELECT c.*, s.scope, unnest(c.nqf_level) AS level, coalesce(c.country, u.provider_country) AS countries
    FROM (SELECT DISTINCT submission_id, country, nqf_level, eqf_level FROM credentials WHERE nqf_level IS NOT NULL AND eqf_level IS NOT NULL) AS c
    JOIN register_scopes AS s USING (submission_id)
    JOIN submissions AS u USING (submission_id)
) AS t
JOIN (SELECT *, words_of(framework) AS framework_words, words_of(level) AS level_words FROM register_levels) AS r
  ON r.scope = t.scope AND list_contains(t.countries, upper(r.country))
 AND (words_of(t.level) = r.level_words OR (starts_with(words_of(t.level), r.framework_words) AND ends_with(words_of(t.level), r.level_words)))
GROUP BY ALL;

INSERT INTO register_credential_facts
SELECT
    c.submission_id,
    c.record_id,
    o.outcome IS NOT NULL AS decision_is_known,
    CASE WHEN o.outcome NOT IN ('negative', 'negative_in_doubt') THEN o.outcome END AS validity_on_issue_date,
    CASE WHEN o.outcome IN ('negative', 'negative_in_doubt') THEN o.outcome WHEN o.outcome IN ('in_force', 'appealed') THEN o.decision END AS decision_on_issue_date,
    d.decision_id || ' of ' || d.agency_id || ': ' || replace(d.decision, '_', ' ') || CASE WHEN d.standing <> 'final' THEN ', ' || d.standing ELSE '' END || ', from ' || d.valid_from || coalesce(' to ' || d.valid_until, ', no end stated') || ' (' || d.kind || ' of ' || e.day || ')' AS decision_found,
    m.level_covered AS level_covered_by_decision,
    m.field_covered AS field_covered_by_decision,
    nullif(concat_ws('; ', 'levels ' || array_to_string(d.eqf_levels, ', '), 'fields ' || array_to_string(d.isced_f, ', ')), '') AS limits_of_decision,
    n.covered AS body_covered_by_decision,
    b.standing AS awarding_body_in_registers,
    b.entry AS register_entry,
    (c.issued - b.closed)::INTEGER AS days_from_closure_to_issue,
    w.name_in_force AS name_in_force_on_issue_date,
    r.fits AS national_level_fits_eqf_level,
    r.referenced AS levels_in_register
FROM credentials AS c
JOIN look_of_award AS l USING (submission_id, record_id)
LEFT JOIN outcomes_of_awards AS o USING (look)
LEFT JOIN decisions_read AS d ON d.number = o.number
LEFT JOIN (SELECT scope, kind, max(day) AS day FROM register_extracts GROUP BY ALL) AS e ON e.scope = d.scope AND e.kind = d.kind
LEFT JOIN limits_of_awards AS m USING (look)
LEFT JOIN (SELECT look, bool_or(relation IS NOT NULL) AS covered FROM decisions_named WHERE comparable GROUP BY look) AS n USING (look)
LEFT JOIN bodies_in_registers AS b ON b.body = l.body
LEFT JOIN names_of_awards AS w USING (look)
LEFT JOIN levels_referenced AS r
  ON r.submission_id = c.submission_id AND r.country IS NOT DISTINCT FROM c.country AND r.nqf_level = c.nqf_level AND r.eqf_level = c.eqf_level;

-- Added up for a submission: awards under conditions that were due and not met, agencies that were not registered when
-- they decided, awards with a decision in force behind them, extracts that are too old.
CREATE OR REPLACE TABLE decisions_relied_on AS
SELECT l.submission_id, l.issued, o.look, o.outcome, d.*
FROM outcomes_of_awards AS o
JOIN awards_looked_up AS l USING (look)
JOIN decisions_read AS d USING (number, scope);

CREATE OR REPLACE TABLE open_conditions AS
SELECT look, submission_id, decision_id
FROM decisions_relied_on
CROSS JOIN run
WHERE decision = 'conditional' AND conditions_due < issued AND coalesce(conditions_met > run.as_of, TRUE);

CREATE OR REPLACE TABLE agencies_unlisted AS
SELECT submission_id, count(DISTINCT agency_id) FILTER (WHERE NOT listed)::INTEGER AS agencies, string_agg(DISTINCT agency_id, ', ' ORDER BY agency_id) FILTER (WHERE NOT listed) AS listed
FROM (
    SELECT r.submission_id, r.number, r.agency_id, coalesce(bool_or(r.valid_from BETWEEN a.registered_from AND coalesce(a.registered_until, r.valid_from)), FALSE) AS listed
    FROM (SELECT DISTINCT submission_id, scope, number, agency_id, valid_from FROM decisions_relied_on WHERE standing <> 'pending') AS r
    JOIN submissions AS s ON s.submission_id = r.submission_id AND s.provider_type = 'higher_education'
    LEFT JOIN register_agencies AS a ON a.scope = r.scope AND lower(r.agency_id) IN (lower(a.agency_id), lower(a.acronym), lower(a.name))
    WHERE r.scope IN (SELECT scope FROM register_extracts WHERE kind = 'deqar_agencies')
    GROUP BY ALL
)
GROUP BY submission_id;

INSERT INTO register_submission_facts
SELECT
    s.submission_id,
    q.under_open_conditions AS awards_under_unmet_conditions,
    u.decisions AS decisions_with_unmet_conditions,
    a.agencies AS agencies_not_registered,
    a.listed AS agencies_not_found,
    CASE WHEN q.known > 0 THEN q.covered / q.dated END AS share_of_awards_covered,
    q.covered AS awards_covered,
    e.stale AS stale_registers,
    e.listed AS registers_out_of_date
FROM submissions AS s
JOIN register_scopes AS x USING (submission_id)
LEFT JOIN (
    SELECT
        f.submission_id,
        count(*) FILTER (WHERE f.decision_is_known)::INTEGER AS known,
        count(c.issued)::INTEGER AS dated,
        count(*) FILTER (WHERE f.validity_on_issue_date IN ('in_force', 'appealed') AND f.level_covered_by_decision IS NOT FALSE AND f.field_covered_by_decision IS NOT FALSE AND f.body_covered_by_decision IS NOT FALSE)::INTEGER AS covered,
        CASE WHEN bool_or(f.decision_is_known) THEN count(k.look)::INTEGER END AS under_open_conditions
    FROM register_credential_facts AS f
    JOIN credentials AS c USING (submission_id, record_id)
    JOIN look_of_award AS l USING (submission_id, record_id)
    LEFT JOIN open_conditions AS k USING (look)
    GROUP BY f.submission_id
) AS q USING (submission_id)
LEFT JOIN (
    SELECT submission_id, string_agg(DISTINCT decision_id, ', ' ORDER BY decision_id) AS decisions FROM open_conditions GROUP BY submission_id
) AS u USING (submission_id)
LEFT JOIN agencies_unlisted AS a USING (submission_id)
LEFT JOIN (
    SELECT scope, count(*) FILTER (WHERE run.as_of - day > stale_after_days)::INTEGER AS stale, string_agg(kind || ' of ' || day, ', ' ORDER BY kind, day) FILTER (WHERE run.as_of - day > stale_after_days) AS listed
    FROM register_extracts CROSS JOIN run
    GROUP BY scope
) AS e ON e.scope = x.scope;
