-- What the columns of an offer do not say alone: one named fact a line. Measurements, never thresholds.
-- A boolean fact is TRUE (holds), FALSE (does not hold) or NULL (the data do not say, or could not be seen).
-- An offer says nothing of a column that its table may have and nobody could read, nor of one that its format lacks.
CREATE OR REPLACE MACRO element_stated(strength, cause, columns) AS
    CASE WHEN strength <> 'inferred' THEN TRUE WHEN cause IN ('column_unread', 'not_carried', 'withheld') OR (cause = 'column_absent' AND columns = 'some') THEN NULL ELSE FALSE END;
CREATE OR REPLACE MACRO told(stated, seen) AS CASE WHEN stated THEN TRUE WHEN seen THEN FALSE END;

-- Columns that any offer of a submission fills: a blank cell there says that nothing is stated.
CREATE OR REPLACE TABLE offer_columns_used AS
SELECT
    submission_id,
    bool_or(url IS NOT NULL) AS url,
    bool_or(contact IS NOT NULL) AS contact,
    bool_or(price IS NOT NULL) AS price,
    bool_or(language IS NOT NULL) AS language,
    bool_or(start_date_raw IS NOT NULL OR self_paced IS NOT NULL) AS dates,
    bool_or(duration IS NOT NULL OR end_date_raw IS NOT NULL) AS duration,
    bool_or(target_group IS NOT NULL) AS target_group,
    bool_or(entry_level IS NOT NULL) AS entry_level,
    bool_or(assessment_criteria IS NOT NULL) AS assessment_criteria,
    bool_or(accessibility IS NOT NULL) AS accessibility,
    bool_or(approved_raw IS NOT NULL OR approved_by IS NOT NULL) AS approved,
    bool_or(reviewed_raw IS NOT NULL) AS reviewed,
    bool_or(feedback_collected IS NOT NULL OR feedback_answers IS NOT NULL) AS feedback
FROM offers
GROUP BY submission_id;

-- The offer of an award: that whose identifier it names, else the only one of its title; never by a name of anybody.
CREATE OR REPLACE TABLE offer_of_award AS
WITH titled AS (
    SELECT submission_id, title, any_value(record_id) AS record_id
    FROM (SELECT submission_id, record_id, lower(trim(unnest(list_distinct(list_concat([title], list_transform(coalesce(titles, []), lambda entry: entry.text)))))) AS title FROM offers)
    GROUP BY ALL
    HAVING count(DISTINCT record_id) = 1
), identified AS (
    SELECT submission_id, offer_id, any_value(record_id) AS record_id FROM offers WHERE offer_id IS NOT NULL GROUP BY ALL HAVING count(*) = 1
)
SELECT c.submission_id, c.record_id, coalesce(i.record_id, t.record_id) AS offer, c.issued
FROM credentials AS c
LEFT JOIN identified AS i ON i.submission_id = c.submission_id AND i.offer_id = c.offer_id
LEFT JOIN titled AS t ON t.submission_id = c.submission_id AND c.offer_id IS NULL AND t.title = lower(trim(c.title))
WHERE coalesce(i.record_id, t.record_id) IS NOT NULL;

CREATE OR REPLACE TABLE awards_of_offers AS
SELECT submission_id, offer AS record_id, count(*)::INTEGER AS awards, min(issued) AS first_issued, max(issued) AS last_issued
FROM offer_of_award
GROUP BY ALL;

CREATE OR REPLACE TABLE offer_facts AS
SELECT * EXCLUDE (first_elements, other_elements) FROM (
SELECT
    o.submission_id,
    o.record_id,
    o.evidence_form,
    coalesce(o.country[1], s.provider_country[1], '--') AS country_key,

    -- Each element a catalogue can state
    element_stated(o.title_strength, o.title_cause, s.columns_handed_in) AS title_stated,
    element_stated(o.country_strength, o.country_cause, s.columns_handed_in) AS country_stated,
    element_stated(o.awarding_body_strength, o.awarding_body_cause, s.columns_handed_in) AS awarding_body_stated,
    element_stated(o.learning_outcomes_strength, o.learning_outcomes_cause, s.columns_handed_in) AS learning_outcomes_stated,
    element_stated(o.workload_strength, o.workload_cause, s.columns_handed_in) AS workload_stated,
    element_stated(o.level_strength, o.level_cause, s.columns_handed_in) AS level_stated,
    element_stated(o.assessment_type_strength, o.assessment_type_cause, s.columns_handed_in) AS assessment_type_stated,
    CASE WHEN o.participation_strength IS NULL AND coalesce(o.route, s.route) = 'validation' THEN NULL ELSE element_stated(o.participation_strength, o.participation_cause, s.columns_handed_in) END AS participation_stated,  -- no course is needed there
    element_stated(o.quality_assurance_strength, o.quality_assurance_cause, s.columns_handed_in) AS quality_assurance_stated,
    element_stated(o.prerequisites_strength, o.prerequisites_cause, s.columns_handed_in) AS prerequisites_stated,
    element_stated(o.supervision_strength, o.supervision_cause, s.columns_handed_in) AS supervision_stated,
    element_stated(o.stackability_strength, o.stackability_cause, s.columns_handed_in) AS stackability_stated,
    element_stated(o.further_information_strength, o.further_information_cause, s.columns_handed_in) AS further_information_stated,

    CASE WHEN coalesce(s.provider_type <> 'higher_education', TRUE) AND NOT coalesce(level_stated, FALSE) THEN NULL ELSE level_stated END AS level_stated_where_expected,  -- a level is asked for if applicable
    list_filter([title_stated, awarding_body_stated, learning_outcomes_stated, assessment_type_stated, quality_assurance_stated], lambda stated: stated IS NOT NULL) AS first_elements,
    list_filter([country_stated, workload_stated, level_stated_where_expected, participation_stated], lambda stated: stated IS NOT NULL) AS other_elements,
    CASE WHEN len(first_elements) > 0 THEN len(list_filter(first_elements, lambda stated: NOT stated))::INTEGER END AS first_elements_missing,  -- those without which nobody knows what is awarded, by whom, and on what ground
    CASE WHEN len(other_elements) > 0 THEN len(list_filter(other_elements, lambda stated: NOT stated))::INTEGER END AS other_elements_missing,
    len(list_filter([title_stated, country_stated, awarding_body_stated, learning_outcomes_stated, workload_stated, level_stated, assessment_type_stated, participation_stated, quality_assurance_stated, prerequisites_stated], lambda stated: stated))::INTEGER AS elements_stated_of_ten,
    nullif(concat_ws(', ', CASE WHEN NOT title_stated THEN 'title' END, CASE WHEN NOT country_stated THEN 'country' END, CASE WHEN NOT awarding_body_stated THEN 'awarding_body' END, CASE WHEN NOT learning_outcomes_stated THEN 'learning_outcomes' END, CASE WHEN NOT workload_stated THEN 'workload' END, CASE WHEN NOT level_stated THEN 'level' END, CASE WHEN NOT assessment_type_stated THEN 'assessment_type' END, CASE WHEN NOT participation_stated THEN 'participation' END, CASE WHEN NOT quality_assurance_stated THEN 'quality_assurance' END, CASE WHEN NOT prerequisites_stated THEN 'prerequisites' END), '') AS elements_missing,

    -- The situation of the offer
    coalesce(o.audience <> 'closed', TRUE) AS open_to_public,
    coalesce(s.provider_type = 'higher_education', FALSE) AS provider_is_higher_education,
    coalesce(s.provider_type <> 'higher_education', TRUE) AS provider_is_not_higher_education,
    coalesce(o.withdrawn > r.as_of, TRUE) AS still_offered,
    o.self_paced,

    -- Information before enrolment
    told(o.url IS NOT NULL, o.seen OR u.url) AS url_stated,
    CASE WHEN o.url IS NOT NULL THEN regexp_matches(lower(trim(o.url)), '^(https?://)?[^/ .:]+([.][^/ .:]+)+(:[0-9]+)?(/[^ ]*)?$') END AS url_can_be_opened,
    told(o.contact IS NOT NULL, o.seen OR u.contact) AS contact_stated,
    told(o.price IS NOT NULL, o.seen OR u.price) AS price_stated,
    told(o.language IS NOT NULL, o.seen OR u.language) AS language_stated,
    told(o.start_date_raw IS NOT NULL OR coalesce(o.self_paced, FALSE), o.seen OR u.dates) AS dates_stated,
    told(o.duration IS NOT NULL OR (o.start_date IS NOT NULL AND o.end_date IS NOT NULL) OR o.workload_hours IS NOT NULL, o.seen OR u.duration) AS duration_stated,  -- hours of work say how long where learners set their own pace
    language_stated AND dates_stated AND duration_stated AS language_dates_and_duration_stated,
    nullif(concat_ws(', ', CASE WHEN NOT language_stated THEN 'language' END, CASE WHEN NOT dates_stated THEN 'dates' END, CASE WHEN NOT duration_stated THEN 'duration' END), '') AS timetable_missing,

    -- Whom it is for, and why it is there
    told(o.target_group IS NOT NULL, o.seen OR u.target_group) AS target_group_stated,
    told(o.entry_level IS NOT NULL OR o.prerequisites_strength IS NOT NULL, o.seen OR u.entry_level) AS entry_level_stated,
    (r.as_of - o.need_evidence_date)::INTEGER AS days_since_need_evidence,
    (r.as_of - o.content_updated)::INTEGER AS days_since_content_update,
    told(o.accessibility IS NOT NULL, o.seen OR u.accessibility) AS accessibility_stated,
    CASE WHEN o.participation_strength IS NOT NULL THEN len(o.participation_modes) > 1 OR o.alternatives IS NOT NULL OR coalesce(o.self_paced, FALSE) END AS more_than_one_way_to_take_part,

    -- Assessment
    told(o.assessment_criteria IS NOT NULL, o.seen OR u.assessment_criteria) AS assessment_criteria_stated,
    list_sum(o.assessment_weights) AS sum_of_assessment_weights,
    CASE WHEN coalesce(o.all_outcomes_assessed, FALSE) THEN 0 WHEN o.outcomes_assessed IS NOT NULL AND o.learning_outcomes IS NOT NULL THEN len(list_filter(range(1, len(o.learning_outcomes) + 1), lambda number: NOT list_contains(o.outcomes_assessed, number))) END::INTEGER AS outcomes_not_assessed,

    -- The life of the entry
    told(o.approved IS NOT NULL, o.seen OR u.approved) AS approval_stated,
    (coalesce(a.first_issued, o.published) - o.approved)::INTEGER AS days_from_approval_to_first_use,
    (o.published - o.approved)::INTEGER AS days_from_approval_to_publication,
    (o.withdrawn - o.published)::INTEGER AS days_from_publication_to_withdrawal,
    (r.as_of - o.reviewed)::INTEGER AS days_since_review,
    told(o.reviewed IS NOT NULL, o.seen OR u.reviewed) AS review_stated,
    (r.as_of - a.first_issued)::INTEGER AS days_since_first_award,
    (r.as_of - o.published)::INTEGER AS days_since_publication,
    (r.as_of - o.entry_updated)::INTEGER AS days_since_entry_update,

    -- What became of it
    coalesce(a.awards, 0) AS awards,
    o.entrants,
    o.completions,
    CASE WHEN o.entrants > 0 THEN o.completions / o.entrants END AS share_who_completed,
    told(coalesce(o.feedback_collected, o.feedback_answers > 0), o.seen OR u.feedback) AS feedback_collected,
    CASE WHEN o.completions > 0 THEN o.feedback_answers / o.completions END AS share_who_answered
FROM (
    SELECT *, source_format <> 'deqar_template' AND NOT list_contains([country_cause, awarding_body_cause, learning_outcomes_cause, workload_cause, level_cause, assessment_type_cause, participation_cause, quality_assurance_cause, prerequisites_cause, supervision_cause, stackability_cause, further_information_cause], 'column_unread')
        AND coalesce((SELECT w.columns_handed_in <> 'some' FROM submissions AS w WHERE w.submission_id = offers.submission_id), TRUE) AS seen
    FROM offers
) AS o
JOIN submissions AS s USING (submission_id)
CROSS JOIN run AS r
LEFT JOIN offer_columns_used AS u USING (submission_id)
LEFT JOIN awards_of_offers AS a USING (submission_id, record_id)
);
