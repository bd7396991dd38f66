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
    bool_or(national_register_id IS NOT NULL) AS national_register,
    bool_or(approved_raw IS NOT NULL OR approved_by IS NOT NULL) AS approved,
    bool_or(reviewed_raw IS NOT NULL) AS reviewed,
    bool_or(feedback_collected IS NOT NULL OR feedback_answers IS NOT NULL) AS feedback
FROM offers
GROUP BY submission_id;

-- Offers whose outcomes are put in nearly the same words. Only those of one language are compared, because a translation
-- is no second offer; an entry that ended before the other began was replaced by it. Entries of one title are runs or
-- editions of one offer, unless nothing at all tells them apart. Of two that are alike the later one is told.
CREATE OR REPLACE TABLE offers_in_words AS
SELECT *, row_number() OVER (PARTITION BY submission_id ORDER BY source_file, source_sheet, number, record_id) AS place_in_order
FROM (
    SELECT
        submission_id, record_id, source_file, source_sheet, coalesce(try_cast(regexp_extract(record_id, '[0-9]+$') AS INTEGER), 0) AS number,
        lower(concat_ws(' ', coalesce(title_language, ''), language)) AS language, coalesce(words_of(title), '') AS title_words,
        coalesce(title || ' ', '') || '(file ' || source_file || CASE WHEN source_place <> '' THEN ', ' || source_place ELSE '' END || ')' AS called,
        concat_ws(' | ', start_date_raw, end_date_raw, duration, participation_raw, workload_raw, level_raw, route, audience, valid_from) AS told_apart_by,
        coalesce(greatest(valid_from, published), DATE '0001-01-01') AS from_day, coalesce(least(valid_until, withdrawn), DATE '9999-12-31') AS until_day,
        list_sort(list_distinct(string_split(trim(words_of(array_to_string(learning_outcomes, ' '))), ' '))) AS words
    FROM offers
    WHERE learning_outcomes IS NOT NULL
)
WHERE len(words) > 0 AND words <> [''];

CREATE OR REPLACE TABLE outcomes_in_words AS
SELECT submission_id, language, words, len(words) AS size, min(place_in_order) AS first_place, row_number() OVER () AS number
FROM offers_in_words
GROUP BY submission_id, language, words;

-- Two lists that share four fifths of their words share one of their rarest, and stand at most so far apart before the
-- first of those that the rest can still make it up: only such lists are laid side by side.
CREATE OR REPLACE TABLE outcomes_alike AS
WITH ranked AS (
    SELECT submission_id, language, number, size, word, row_number() OVER (PARTITION BY number ORDER BY uses, word) AS rank
    FROM (
        SELECT *, count(*) OVER (PARTITION BY submission_id, language, word) AS uses
        FROM (SELECT submission_id, language, number, size, unnest(words) AS word FROM outcomes_in_words)
    )
), rarest AS (
    SELECT * FROM ranked WHERE rank <= size - ceil(0.8 * size) + 1
), side_by_side AS (
    SELECT a.number AS one, b.number AS other, any_value(a.size + b.size) AS sizes
    FROM rarest AS a
    JOIN rarest AS b ON a.submission_id = b.submission_id AND a.language = b.language AND a.word = b.word AND a.number < b.number
    GROUP BY a.number, b.number
    HAVING 1 + least(any_value(a.size) - min(a.rank), any_value(b.size) - min(b.rank)) >= sizes * 0.8 / 1.8 - 0.001
), shared AS (
    SELECT one, other, sizes, len(list_intersect(x.words, y.words)) AS common
    FROM side_by_side
    JOIN outcomes_in_words AS x ON x.number = one
    JOIN outcomes_in_words AS y ON y.number = other
), near AS (
    SELECT one, other, common / (sizes - common) AS share FROM shared WHERE common / (sizes - common) >= 0.8
)
SELECT one, other, share FROM near
UNION ALL
SELECT other, one, share FROM near
UNION ALL
SELECT number, number, 1.0 FROM outcomes_in_words;

CREATE OR REPLACE TABLE nearest_offers AS
SELECT submission_id, record_id, max(share) AS share, arg_max(called, (share, -place_in_order)) AS called
FROM (
    SELECT o.submission_id, o.record_id, a.share, e.called, e.place_in_order
    FROM offers_in_words AS o
    JOIN outcomes_in_words AS w ON w.submission_id = o.submission_id AND w.language = o.language AND w.words = o.words
    JOIN outcomes_alike AS a ON a.one = w.number
    JOIN outcomes_in_words AS v ON v.number = a.other
    JOIN offers_in_words AS e ON e.submission_id = v.submission_id AND e.place_in_order = v.first_place
    WHERE e.place_in_order < o.place_in_order AND e.title_words <> o.title_words AND e.from_day <= o.until_day AND o.from_day <= e.until_day
    UNION ALL
    SELECT submission_id, record_id, 1.0, first_value(called) OVER same, first_value(place_in_order) OVER same
    FROM offers_in_words
    WINDOW same AS (PARTITION BY submission_id, language, words, title_words, told_apart_by, from_day, until_day ORDER BY place_in_order)
    QUALIFY row_number() OVER same > 1
)
GROUP BY submission_id, record_id;

-- The upper end of the 95 % interval (Wilson) of a share: what it might be by chance where few are counted.
CREATE OR REPLACE MACRO share_at_most(counted, everybody) AS
    CASE WHEN everybody > 0 THEN (least(counted, everybody) / everybody + 1.9208 / everybody + 1.96 * sqrt(least(counted, everybody) / everybody * (1 - least(counted, everybody) / everybody) / everybody + 0.9604 / (everybody * everybody))) / (1 + 3.8416 / everybody) END;

-- A field as the digits that say something: '0410', not further defined, is 041, and '0488', across the field, is 04.
CREATE OR REPLACE MACRO field_digits(code) AS
    regexp_replace(regexp_replace(replace(regexp_extract(code, '[0-9][0-9.]*'), '.', ''), '^([0-9]{2})(00|88|0|8)$', '\1'), '^([0-9]{3})0$', '\1');

-- Entrants and completions added up over the offers.
CREATE OR REPLACE TABLE offers_counted AS
SELECT submission_id, sum(entrants)::INTEGER AS entrants, sum(completions)::INTEGER AS completions, bool_or(self_paced) AS self_paced
FROM offers
GROUP BY submission_id;

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
    told(o.accessibility IS NOT NULL OR coalesce(p.accessibility, FALSE), o.seen OR u.accessibility) AS accessibility_stated,  -- what the provider says of access holds for all its offers
    CASE WHEN o.participation_strength IS NOT NULL THEN len(o.participation_modes) > 1 OR o.alternatives IS NOT NULL OR coalesce(o.self_paced, FALSE) END AS more_than_one_way_to_take_part,

    CASE WHEN o.isced_f IS NOT NULL THEN list_bool_or(list_transform(o.isced_f, lambda code: list_bool_or(list_transform(p.isced_f, lambda field: starts_with(field_digits(code), field_digits(field)) OR starts_with(field_digits(field), field_digits(code)))))) END AS field_is_among_those_of_the_provider,
    CASE WHEN o.learning_outcomes IS NOT NULL THEN coalesce(n.share, 0) END AS share_of_words_with_nearest_offer,
    n.called AS nearest_offer,

    -- What it builds towards, and in which form learners get the award
    CASE WHEN o.stackability_strength IS NULL THEN NULL WHEN o.part_of IS NOT NULL THEN TRUE WHEN st.is_bare_claim THEN FALSE WHEN list_covers('stackability_words', coalesce(o.title_language, o.language)) THEN TRUE END AS stackability_is_no_bare_claim,
    CASE WHEN pr.promises THEN FALSE WHEN pr.text IS NOT NULL AND list_covers('promise_words', coalesce(o.title_language, o.language)) THEN TRUE END AS nothing_is_promised_for_others,
    af.is_open AS award_form_is_open,
    CASE WHEN af.text IS NOT NULL THEN af.is_open IS NOT NULL END AS award_form_on_list,
    af.text AS award_form,

    -- Assessment
    told(o.assessment_criteria IS NOT NULL, o.seen OR u.assessment_criteria) AS assessment_criteria_stated,
    list_sum(o.assessment_weights) AS sum_of_assessment_weights,
    CASE WHEN coalesce(o.all_outcomes_assessed, FALSE) THEN 0 WHEN o.outcomes_assessed IS NOT NULL AND o.learning_outcomes IS NOT NULL THEN len(list_filter(range(1, len(o.learning_outcomes) + 1), lambda number: NOT list_contains(o.outcomes_assessed, number))) END::INTEGER AS outcomes_not_assessed,

    -- The size in the unit of a scheme: a figure in another unit is not compared
    o.ects,
    o.credits,
    o.workload_hours,
    coalesce(o.ects > 0, FALSE) AS size_is_stated_in_ects,
    coalesce(o.workload_hours > 0 AND (s.hours_basis = 'total' OR o.contact_hours <= o.workload_hours), FALSE) AS size_is_known_in_hours,  -- beside contact hours stands the whole
    size_is_known_in_hours AND coalesce(o.ects, o.credits) IS NULL AS size_is_known_in_hours_alone,
    coalesce(o.credits > 0, FALSE) AS size_is_stated_in_other_credits,
    coalesce(contains(lower(o.credit_framework), 'ecvet'), FALSE) AS credits_are_ecvet,
    coalesce(regexp_matches(lower(o.credit_framework), '^(nzq|new zealand)'), FALSE) AS credits_are_of_new_zealand,
    coalesce(s.provider_type = 'vet', FALSE) AS provider_is_vet,
    NOT provider_is_vet AS provider_is_not_vet,
    CASE WHEN o.workload_hours > 0 THEN o.contact_hours / o.workload_hours END AS share_of_contact_hours,
    told(o.national_register_id IS NOT NULL, o.seen OR u.national_register) AS national_register_id_stated,

    -- The life of the entry
    coalesce(o.published <= r.as_of, TRUE) OR coalesce(a.awards, 0) > 0 AS offered_already,
    told(o.approved_raw IS NOT NULL OR o.approved_by IS NOT NULL, o.seen OR u.approved) AS approval_stated,
    (a.first_issued - o.approved)::INTEGER AS days_from_approval_to_first_award,
    (o.published - o.approved)::INTEGER AS days_from_approval_to_publication,
    (o.withdrawn - o.published)::INTEGER AS days_from_publication_to_withdrawal,
    CASE WHEN o.reviewed IS NOT NULL OR (o.reviewed_raw IS NULL AND (o.seen OR u.reviewed)) THEN r.as_of - greatest(least(a.first_issued, o.published), o.reviewed) END::INTEGER AS days_without_review,
    (r.as_of - o.published)::INTEGER AS days_since_publication,
    (r.as_of - o.entry_updated)::INTEGER AS days_since_entry_update,

    -- Pathways
    CASE WHEN pw.record_id IS NOT NULL THEN cy.record_id IS NOT NULL END AS is_part_of_itself,
    CASE WHEN o.parts_compulsory THEN pw.ects_of_parts - o.ects END AS ects_of_parts_above_whole,  -- who may choose takes fewer
    pw.eqf_levels_above_whole,
    pw.lower_whole,

    -- What became of it
    coalesce(a.awards, 0) AS awards,
    (r.as_of - a.last_issued)::INTEGER AS days_since_last_award,
    CASE WHEN o.completions > 0 OR pa.record_id IS NOT NULL THEN 0 WHEN o.completions = 0 OR (s.awards_handed_in = 'all' AND s.credentials_found > 0) THEN r.as_of - greatest(o.published, a.last_issued) END::INTEGER AS days_without_award,
    CASE WHEN o.self_paced AND a.dated_awards >= 30 THEN a.most_on_one_day / a.dated_awards END AS share_of_awards_on_busiest_day,  -- fewer say nothing of a share; who learns in a group is awarded in a group
    a.most_on_one_day AS awards_on_busiest_day,
    CAST(a.busiest_day AS VARCHAR) AS busiest_day,
    o.entrants,
    o.completions,
    CASE WHEN o.entrants > 0 THEN o.completions / o.entrants END AS share_who_completed,
    CASE WHEN o.completions < o.entrants THEN 0 WHEN o.completions IS NOT NULL THEN o.entrants END AS entrants_where_all_completed,
    CASE WHEN NOT coalesce(o.self_paced, FALSE) THEN share_at_most(o.completions, o.entrants) END AS share_who_completed_at_most,  -- who sets their own pace often leaves early
    told(coalesce(o.feedback_collected, o.feedback_answers > 0), o.seen OR u.feedback) AS learners_are_asked,
    CASE WHEN learners_are_asked THEN 0 WHEN NOT learners_are_asked THEN coalesce(o.completions, a.awards) END AS completions_without_feedback,
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
LEFT JOIN offers_perhaps_awarded AS pa USING (submission_id, record_id)
LEFT JOIN pathways_of_offers AS pw USING (submission_id, record_id)
LEFT JOIN offers_in_cycles AS cy USING (submission_id, record_id)
LEFT JOIN nearest_offers AS n USING (submission_id, record_id)
LEFT JOIN stackability_read AS st ON st.text = o.stackability_raw
LEFT JOIN promises_read AS pr ON pr.text = concat_ws(' . ', o.stackability_raw, o.further_information_raw)
LEFT JOIN award_forms_read AS af ON af.text = o.credential_format
LEFT JOIN (
    SELECT submission_id, bool_or(accessibility_statement IS NOT NULL) AS accessibility, nullif(flatten(list(isced_f) FILTER (WHERE isced_f IS NOT NULL)), []) AS isced_f
    FROM providers
    GROUP BY submission_id
) AS p USING (submission_id)
);
