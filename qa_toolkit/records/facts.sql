-- What single columns do not say: one named fact a line. Measurements, never thresholds: those belong to the checks.
-- A boolean fact is TRUE (holds), FALSE (does not hold) or NULL (the data do not say).
-- Every window is partitioned by submission: audited alone or in a batch, a submission has the same facts.

-- Records that share a credential id within a submission, reduced to what tells two awards apart.
CREATE OR REPLACE TABLE awards_by_id AS
SELECT
    submission_id,
    credential_id,
    array_to_string(list_sort(learner_identifiers), '|') AS holder_identifiers,
    lower(trim(learner_name)) AS holder_name,
    learner_birth_date AS holder_birth_date,
    coalesce(list_transform(titles, lambda entry: {'language': coalesce(entry.language, ''), 'text': lower(entry.text)}),
             CASE WHEN title IS NOT NULL THEN [{'language': '', 'text': lower(title)}] END) AS title_texts,
    list(record_id) AS record_ids,
    min({'file': source_file, 'number': coalesce(try_cast(regexp_extract(record_id, '[0-9]+$') AS INTEGER), 0), 'place': 'file ' || source_file || CASE WHEN source_place <> '' THEN ', ' || source_place ELSE '' END}) AS first_place,
    row_number() OVER (PARTITION BY submission_id, credential_id ORDER BY first_place) AS variant
FROM (
    SELECT *
    FROM credentials
    WHERE credential_id IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY submission_id, credential_id) > 1
)
GROUP BY submission_id, credential_id, holder_identifiers, holder_name, holder_birth_date, title_texts;

-- Awards that carry the id of an earlier one: another learner identifier; without identifiers another name and no equal
-- birth date; another title in every shared language. Each award is compared with those before it, in order of place, so
-- that of two awards under one id one is at fault: blanking its id would not make the other better. Beyond 50 variants
-- of one id, each counts as another award.
CREATE OR REPLACE TABLE awards_under_id AS
SELECT
    later.submission_id,
    unnest(later.record_ids) AS record_id,
    1 + count(*) AS awards,
    min(earlier.first_place).place AS id_first_used_at
FROM awards_by_id AS later
JOIN awards_by_id AS earlier
  ON later.submission_id = earlier.submission_id AND later.credential_id = earlier.credential_id
 AND earlier.variant < later.variant AND earlier.variant <= 50
WHERE later.holder_identifiers <> earlier.holder_identifiers
   OR (coalesce(later.holder_identifiers, earlier.holder_identifiers) IS NULL
       AND later.holder_name <> earlier.holder_name
       AND NOT coalesce(later.holder_birth_date = earlier.holder_birth_date, FALSE))
   OR (len(list_intersect(list_transform(later.title_texts, lambda entry: entry.language),
                          list_transform(earlier.title_texts, lambda entry: entry.language))) > 0
       AND len(list_intersect(later.title_texts, earlier.title_texts)) = 0)
GROUP BY later.submission_id, later.record_ids;

CREATE OR REPLACE TABLE credential_facts AS
SELECT
    c.submission_id,
    c.record_id,
    c.evidence_form,
    coalesce(c.country[1], '--') AS country_key,  -- for parameters that differ by country

    -- Each element: stated, not stated, or not to be seen (absent from a partial extract, not carried, withheld).
    CASE WHEN c.learner_strength <> 'inferred' THEN TRUE WHEN c.learner_cause IN ('not_carried', 'withheld') OR (c.learner_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS learner_stated,
    CASE WHEN c.title_strength <> 'inferred' THEN TRUE WHEN c.title_cause IN ('not_carried', 'withheld') OR (c.title_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS title_stated,
    CASE WHEN c.country_strength <> 'inferred' THEN TRUE WHEN c.country_cause IN ('not_carried', 'withheld') OR (c.country_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS country_stated,
    CASE WHEN c.awarding_body_strength <> 'inferred' THEN TRUE WHEN c.awarding_body_cause IN ('not_carried', 'withheld') OR (c.awarding_body_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS awarding_body_stated,
    CASE WHEN c.issued_strength <> 'inferred' THEN TRUE WHEN c.issued_cause IN ('not_carried', 'withheld') OR (c.issued_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS issued_stated,
    CASE WHEN c.learning_outcomes_strength <> 'inferred' THEN TRUE WHEN c.learning_outcomes_cause IN ('not_carried', 'withheld') OR (c.learning_outcomes_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS learning_outcomes_stated,
    CASE WHEN c.workload_strength <> 'inferred' THEN TRUE WHEN c.workload_cause IN ('not_carried', 'withheld') OR (c.workload_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS workload_stated,
    CASE WHEN c.level_strength <> 'inferred' THEN TRUE WHEN c.level_cause IN ('not_carried', 'withheld') OR (c.level_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS level_stated,
    CASE WHEN c.assessment_type_strength <> 'inferred' THEN TRUE WHEN c.assessment_type_cause IN ('not_carried', 'withheld') OR (c.assessment_type_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS assessment_type_stated,
    CASE WHEN c.participation_strength <> 'inferred' THEN TRUE WHEN c.participation_cause IN ('not_carried', 'withheld') OR (c.participation_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS participation_stated,
    CASE WHEN c.quality_assurance_strength <> 'inferred' THEN TRUE WHEN c.quality_assurance_cause IN ('not_carried', 'withheld') OR (c.quality_assurance_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS quality_assurance_stated,
    CASE WHEN c.prerequisites_strength <> 'inferred' THEN TRUE WHEN c.prerequisites_cause IN ('not_carried', 'withheld') OR (c.prerequisites_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS prerequisites_stated,
    CASE WHEN c.supervision_strength <> 'inferred' THEN TRUE WHEN c.supervision_cause IN ('not_carried', 'withheld') OR (c.supervision_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS supervision_stated,
    CASE WHEN c.grade_strength <> 'inferred' THEN TRUE WHEN c.grade_cause IN ('not_carried', 'withheld') OR (c.grade_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS grade_stated,
    CASE WHEN c.stackability_strength <> 'inferred' THEN TRUE WHEN c.stackability_cause IN ('not_carried', 'withheld') OR (c.stackability_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS stackability_stated,
    CASE WHEN c.further_information_strength <> 'inferred' THEN TRUE WHEN c.further_information_cause IN ('not_carried', 'withheld') OR (c.further_information_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS further_information_stated,

    -- The situation of the record: what a check may ask at all.
    c.evidence_form <> 'draft' AS not_draft,  -- before sealing there is no issue date and no issuer id
    coalesce(s.provider_type = 'higher_education', FALSE) AS provider_is_higher_education,
    coalesce(s.provider_type <> 'higher_education', TRUE) AS provider_is_not_higher_education,
    coalesce(coalesce(c.route, s.route) <> 'validation', TRUE) AS learning_activity_expected,  -- no course is needed there

    -- Country
    CASE WHEN c.country_strength IS NOT NULL THEN NOT coalesce(c.country_unrecognised, FALSE) END AS country_recognised,

    -- Level
    c.eqf_raw IS NOT NULL AS eqf_level_stated,
    CASE WHEN c.eqf_raw IS NOT NULL THEN coalesce(c.eqf_level = floor(c.eqf_level), FALSE) END AS eqf_level_is_whole_number,
    c.eqf_level,
    c.cycle IS NOT NULL AND c.eqf_level IS NOT NULL AS cycle_and_eqf_level_stated,
    c.eqf_level - CASE c.cycle WHEN 'short' THEN 5 WHEN 'first' THEN 6 WHEN 'second' THEN 7 WHEN 'third' THEN 8 END AS eqf_levels_above_cycle,

    -- Workload
    c.ects,
    c.workload_hours,
    CASE WHEN c.workload_strength IS NOT NULL THEN coalesce(len(c.workload_unreadable), 0) = 0 END AS workload_readable,
    least(c.ects, c.credits, c.workload_hours) AS smallest_workload_figure,
    CASE WHEN c.workload_strength IS NOT NULL THEN coalesce(len(c.workload_other_units), 0) = 0 OR coalesce(c.ects, c.credits, c.workload_hours) IS NOT NULL END AS workload_unit_known,
    CASE WHEN c.durations IS NOT NULL OR c.workload_hours IS NOT NULL THEN coalesce(len(list_filter(c.durations, lambda duration: regexp_matches(duration, '^P[^T]*[0-9][MY]'))), 0) = 0 END AS durations_without_months,  -- P60M is sixty months
    greatest(c.workload_hours, list_max(list_transform(c.durations, lambda duration: hours_of(duration)))) AS longest_stated_hours,
    c.credits IS NOT NULL AND c.ects IS NULL AS credits_without_ects_stated,
    CASE WHEN c.credits IS NOT NULL THEN c.credit_framework IS NOT NULL END AS credit_framework_stated,
    coalesce(s.hours_basis = 'total', FALSE) OR c.evidence_form IN ('document', 'draft') AS hours_are_total_workload,  -- the learning model defines its volume as total workload
    CASE WHEN c.ects > 0 AND c.workload_hours > 0 THEN c.workload_hours / c.ects END AS hours_per_ects,

    -- Assessment
    CASE WHEN c.assessment_reading IS NOT NULL THEN c.assessment_reading <> 'attendance_only' END AS assessment_code_is_more_than_attendance,
    CASE WHEN c.assessment_reading IS NOT NULL THEN c.assessment_reading NOT IN ('attendance_only', 'attendance_phrase') END AS assessment_is_more_than_attendance,
    CASE c.assessment_reading WHEN 'other' THEN TRUE WHEN 'attendance_word' THEN FALSE END AS assessment_words_name_an_assessment,
    (c.issued - c.assessment_date)::INTEGER AS days_from_assessment_to_issue,

    -- Identity of the award
    CASE WHEN c.credential_id IS NOT NULL THEN TRUE WHEN c.credential_id_damaged THEN NULL ELSE FALSE END AS credential_id_stated,
    c.evidence_form IN ('document', 'draft') AS credential_is_json,
    regexp_matches(c.credential_id, '^[A-Za-z][A-Za-z0-9+.-]*:') AS credential_id_is_uri,
    CASE WHEN c.credential_id IS NOT NULL THEN coalesce(u.awards, 1)::INTEGER END AS awards_under_this_id,
    u.id_first_used_at,

    -- Dates
    (c.issued - r.as_of)::INTEGER AS days_issued_after_audit,
    c.valid_from IS NOT NULL AS valid_from_stated,
    (c.valid_from - c.activity_start)::INTEGER AS days_from_activity_start_to_valid_from,
    (c.valid_from - c.issued)::INTEGER AS days_from_issue_to_valid_from,
    CASE WHEN coalesce(c.issued, c.awarded, c.valid_from, c.assessment_date, c.learner_birth_date, c.activity_start) IS NOT NULL THEN coalesce(len(c.shifted_dates), 0) = 0 END AS dates_fall_on_the_day_meant
FROM credentials AS c
JOIN submissions AS s USING (submission_id)
CROSS JOIN run AS r
LEFT JOIN awards_under_id AS u USING (submission_id, record_id);

CREATE OR REPLACE TABLE submission_facts AS
SELECT
    s.submission_id,
    '' AS record_id,
    '' AS evidence_form,
    coalesce(s.provider_country[1], '--') AS country_key,
    coalesce(len(s.columns_absent), 0) = 0 AS columns_are_complete,
    array_to_string(s.columns_absent, ', ') AS columns_absent,
    s.declared_total - s.credentials_found - s.repeats_left_out AS credentials_missing_of_declared_total,  -- repeats were handed in too
    s.awards_handed_in IS NOT NULL AS awards_handed_in_stated,
    s.credentials_found,
    s.declared_total
FROM submissions AS s;

-- Words that would name the learner wherever they stand; used to mask what a finding shows. Never leaves the records.
CREATE OR REPLACE TABLE learner_words AS
SELECT
    submission_id,
    record_id,
    list_distinct(
        list_filter(
            list_concat(
                regexp_split_to_array(lower(coalesce(learner_name, '')), '[^[:alpha:]\x{00C0}-\x{024F}\x{0370}-\x{052F}]+'),
                [lower(learner_email), lower(split_part(learner_email, '@', 1)), lower(learner_key), learner_birth_date_raw, learner_birth_date::VARCHAR],
                list_transform(learner_identifiers, lambda identifier: lower(regexp_replace(identifier, '^[^:]*:', '')))
            ),
            lambda word: length(word) >= 3
        )
    ) AS words
FROM credentials;
