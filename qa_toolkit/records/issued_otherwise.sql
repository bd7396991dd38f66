-- What was issued otherwise than it was offered: each award beside the one offer that stands behind it.
-- Titles and outcomes that are not the same letter by letter are compared word by word, once per distinct pair.
CREATE OR REPLACE TABLE titles_beside_offers AS
SELECT
    submission_id, offer, title, titles, spoken, len(list_intersect(issued_languages, offered_languages)) > 0 AS share_a_language,
    len(list_intersect(issued_words, offered_words)) > 0 AS share_a_title
FROM (
    SELECT
        p.*, list_distinct(list_transform(entries, lambda entry: main_language(coalesce(entry.language, spoken)))) AS issued_languages, list_transform(entries, lambda entry: words_of(entry.text)) AS issued_words,
        t.languages AS offered_languages, t.words AS offered_words
    FROM (
        SELECT DISTINCT a.submission_id, a.offer, a.spoken, c.title, c.titles, list_concat([{'language': a.spoken, 'text': c.title}], c.titles) AS entries
        FROM offer_of_award AS a
        JOIN credentials AS c USING (submission_id, record_id)
        JOIN offers AS o ON o.submission_id = a.submission_id AND o.record_id = a.offer
        WHERE c.title <> o.title
    ) AS p
    JOIN (SELECT submission_id, record_id, list(DISTINCT language) AS languages, list(DISTINCT words) AS words FROM entry_titles GROUP BY ALL) AS t ON t.submission_id = p.submission_id AND t.record_id = p.offer
);

CREATE OR REPLACE TABLE outcomes_beside_offers AS
SELECT submission_id, offer, issued AS learning_outcomes, list_sort(list_distinct(list_transform(issued, lambda outcome: words_of(outcome)))) <> list_sort(list_distinct(list_transform(offered, lambda outcome: words_of(outcome)))) AS differ
FROM (
    SELECT DISTINCT a.submission_id, a.offer, c.learning_outcomes AS issued, o.learning_outcomes AS offered
    FROM offer_of_award AS a
    JOIN credentials AS c USING (submission_id, record_id)
    JOIN offers AS o ON o.submission_id = a.submission_id AND o.record_id = a.offer
    WHERE c.learning_outcomes <> o.learning_outcomes
);

-- Each value of an award beside that of its offer: TRUE (differs), FALSE (does not), NULL (not to be compared). Words
-- are compared in one language only, assessments where the award names one that the offer does not, hours where both
-- are known to mean the same; a size of 0 or less is a fault of its own.
CREATE OR REPLACE TABLE awards_beside_offers AS
SELECT
    *,
    nullif(list_filter([ects_differs, eqf_level_differs, cycle_differs], lambda differs: differs IS NOT NULL), []) AS figures,
    nullif(list_filter([title_differs, learning_outcomes_differs, assessment_type_differs, credits_differs, workload_hours_differs], lambda differs: differs IS NOT NULL), []) AS words
FROM (
    SELECT
        a.submission_id, a.record_id, a.offer,
        CASE WHEN c.ects > 0 AND o.ects > 0 THEN abs(c.ects - o.ects) > 0.001 END AS ects_differs,
        c.eqf_level <> o.eqf_level AS eqf_level_differs,
        CASE WHEN eqf_level_differs IS NULL THEN c.cycle <> o.cycle END AS cycle_differs,
        CASE WHEN a.matched_by = 'title' OR c.title = o.title THEN FALSE WHEN t.share_a_language OR t.share_a_title THEN NOT t.share_a_title END AS title_differs,
        CASE WHEN coalesce(a.spoken = main_language(coalesce(o.title_language, o.language)), title_differs IS FALSE) THEN CASE WHEN c.learning_outcomes = o.learning_outcomes THEN FALSE ELSE u.differ END END AS learning_outcomes_differs,
        NOT list_has_all(o.assessment_types, c.assessment_types) AS assessment_type_differs,
        CASE WHEN ects_differs IS NULL AND lower(trim(c.credit_framework)) IS NOT DISTINCT FROM lower(trim(o.credit_framework)) THEN abs(c.credits - o.credits) > 0.001 END AS credits_differs,
        CASE WHEN c.evidence_form = 'extract' OR s.hours_basis = 'total' THEN abs(c.workload_hours - o.workload_hours) > 0.001 END AS workload_hours_differs
    FROM offer_of_award AS a
    JOIN credentials AS c USING (submission_id, record_id)
    JOIN offers AS o ON o.submission_id = a.submission_id AND o.record_id = a.offer
    JOIN submissions AS s ON s.submission_id = a.submission_id
    LEFT JOIN titles_beside_offers AS t ON t.submission_id = a.submission_id AND t.offer = a.offer AND t.title = c.title AND t.titles IS NOT DISTINCT FROM c.titles AND t.spoken IS NOT DISTINCT FROM a.spoken
    LEFT JOIN outcomes_beside_offers AS u ON u.submission_id = a.submission_id AND u.offer = a.offer AND u.learning_outcomes = c.learning_outcomes
);

-- One row for each value that was issued otherwise than offered: texts as they are shown.
CREATE OR REPLACE MACRO figure_text(figure) AS regexp_replace(CAST(figure AS VARCHAR), '\.0$', '');
CREATE OR REPLACE TABLE issued_otherwise AS
SELECT submission_id, record_id, offer, unnest(differing, recursive := TRUE)
FROM (
    SELECT
        b.submission_id, b.record_id, b.offer,
        list_filter([
            CASE WHEN ects_differs THEN {'element': 'ects', 'offered': figure_text(o.ects), 'issued': figure_text(c.ects)} END,
            CASE WHEN eqf_level_differs THEN {'element': 'eqf_level', 'offered': figure_text(o.eqf_level), 'issued': figure_text(c.eqf_level)} END,
            CASE WHEN cycle_differs THEN {'element': 'cycle', 'offered': o.cycle, 'issued': c.cycle} END,
            CASE WHEN title_differs THEN {'element': 'title', 'offered': o.title, 'issued': c.title} END,
            CASE WHEN learning_outcomes_differs THEN {'element': 'learning_outcomes', 'offered': array_to_string(o.learning_outcomes, ' | '), 'issued': array_to_string(c.learning_outcomes, ' | ')} END,
            CASE WHEN assessment_type_differs THEN {'element': 'assessment_type', 'offered': coalesce(o.assessment_type_raw, array_to_string(o.assessment_types, ' | ')), 'issued': coalesce(c.assessment_type_raw, array_to_string(c.assessment_types, ' | '))} END,
            CASE WHEN credits_differs THEN {'element': 'credits', 'offered': figure_text(o.credits), 'issued': figure_text(c.credits)} END,
            CASE WHEN workload_hours_differs THEN {'element': 'workload_hours', 'offered': figure_text(o.workload_hours), 'issued': figure_text(c.workload_hours)} END
        ], lambda one: one IS NOT NULL) AS differing
    FROM awards_beside_offers AS b
    JOIN credentials AS c USING (submission_id, record_id)
    JOIN offers AS o ON o.submission_id = b.submission_id AND o.record_id = b.offer
    WHERE list_contains(b.figures, TRUE) OR list_contains(b.words, TRUE)
);
