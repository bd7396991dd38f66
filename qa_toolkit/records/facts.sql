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

-- Awards that repeat an earlier one: one person, one title, one day of issue. A person is known by number, key or e-mail
-- address, else by name and birth date together, never by a name alone.
CREATE OR REPLACE TABLE title_words AS
SELECT title, words_of(title) AS words FROM (SELECT DISTINCT title FROM credentials WHERE title IS NOT NULL);

CREATE OR REPLACE TABLE awards_by_person AS
SELECT *
FROM (
    SELECT
        submission_id, record_id, issued, source_file, source_place, t.words AS award,
        CASE
            WHEN learner_identifiers IS NOT NULL THEN 'number ' || array_to_string(list_sort(learner_identifiers), '|')
            WHEN learner_key IS NOT NULL THEN 'key ' || learner_key
            WHEN learner_email IS NOT NULL THEN 'e-mail ' || lower(learner_email)
            WHEN learner_birth_date IS NOT NULL THEN 'born ' || learner_birth_date || words_of(learner_name)
        END AS person
    FROM credentials
    LEFT JOIN title_words AS t USING (title)
)
WHERE person IS NOT NULL AND award IS NOT NULL AND issued IS NOT NULL;

CREATE OR REPLACE TABLE same_awards AS
SELECT
    submission_id, record_id,
    row_number() OVER in_order - 1 AS same_awards_before,
    first_value('file ' || source_file || CASE WHEN source_place <> '' THEN ', ' || source_place ELSE '' END) OVER in_order AS first_at
FROM (SELECT *, coalesce(try_cast(regexp_extract(record_id, '[0-9]+$') AS INTEGER), 0) AS number FROM awards_by_person)
JOIN (
    SELECT submission_id, person, award, issued FROM awards_by_person GROUP BY ALL HAVING count(*) > 1
) USING (submission_id, person, award, issued)
WINDOW in_order AS (PARTITION BY submission_id, person, award, issued ORDER BY source_file, number, record_id);

-- What the word lists find in texts of awards, once per distinct text.
CREATE OR REPLACE TABLE titles_read AS
SELECT
    title, t.words, len(string_split(trim(t.words), ' '))::INTEGER AS word_count, title = upper(title) AND title <> lower(title) AS in_capitals,
    coalesce(bool_or((w.kind = 'start' AND starts_with(t.words, w.words)) OR (w.kind = 'end' AND ends_with(t.words, w.words))), FALSE) AS names_award_type
FROM title_words AS t
LEFT JOIN listed_words AS w ON w.list = 'award_type_words'
GROUP BY title, t.words;

CREATE OR REPLACE TABLE outcomes_read AS
SELECT outcome, bool_or(is_verb) AND NOT coalesce(bool_or(opening = 'topic'), FALSE) AS says_ability, coalesce(bool_or(opening = 'teaching'), FALSE) AS tells_of_teaching
FROM (
    SELECT outcome, coalesce(w.kind = 'verb', FALSE) AS is_verb, NULL AS opening
    FROM (SELECT outcome, unnest(string_split(trim(words_of(outcome)), ' ')) AS word FROM (SELECT DISTINCT unnest(learning_outcomes) AS outcome FROM credentials)) AS o
    LEFT JOIN (SELECT DISTINCT words, kind FROM listed_words WHERE list = 'outcome_words' AND kind = 'verb') AS w ON w.words = ' ' || o.word || ' '
    UNION ALL
    SELECT outcome, FALSE, w.kind
    FROM (SELECT DISTINCT unnest(learning_outcomes) AS outcome FROM credentials) AS o
    JOIN listed_words AS w ON w.list = 'outcome_words' AND w.kind IN ('topic', 'teaching') AND starts_with(words_of(o.outcome), w.words)
)
GROUP BY outcome;

CREATE OR REPLACE TABLE outcome_lists_read AS
SELECT
    outcomes, count(*) FILTER (WHERE says_ability)::INTEGER AS abilities, count(*) FILTER (WHERE tells_of_teaching)::INTEGER AS teaching,
    min(len(string_split(trim(words_of(outcome)), ' ')))::INTEGER AS fewest_words, max(length(outcome))::INTEGER AS longest, CASE WHEN count(*) = 1 THEN min(words_of(outcome)) END AS only_outcome
FROM (SELECT learning_outcomes AS outcomes, unnest(learning_outcomes) AS outcome FROM (SELECT DISTINCT learning_outcomes FROM credentials WHERE learning_outcomes IS NOT NULL))
LEFT JOIN outcomes_read USING (outcome)
GROUP BY outcomes;

-- The size that most awards of one title state, the smaller one where two are equally frequent.
CREATE OR REPLACE TABLE usual_sizes AS
SELECT submission_id, title, arg_max(ects, (awards, -ects)) AS usual_ects
FROM (SELECT submission_id, title, ects, count(*) AS awards FROM credentials WHERE title IS NOT NULL AND ects > 0 GROUP BY ALL)
GROUP BY ALL;

-- How many micro-credentials share one block of outcomes: titles are counted within a language, for versions are honest.
CREATE OR REPLACE TABLE shared_outcomes AS
SELECT submission_id, learning_outcomes, max(titles)::INTEGER AS titles
FROM (
    SELECT submission_id, learning_outcomes, title_language, count(DISTINCT t.words) AS titles
    FROM credentials
    JOIN title_words AS t USING (title)
    WHERE learning_outcomes IS NOT NULL
    GROUP BY ALL
)
GROUP BY ALL;

CREATE OR REPLACE TABLE awarding_bodies_read AS
SELECT awarding_body, list_transform(awarding_body, lambda body: words_of(body)) AS words
FROM (SELECT DISTINCT awarding_body FROM credentials WHERE awarding_body IS NOT NULL);

-- Grades as figures, once per distinct text: '1,7', '30 e lode'; a share ('85 %', '12/20') names another scale.
CREATE OR REPLACE TABLE grades_read AS
SELECT grade, regexp_matches(trim(grade), '^[A-Fa-f][+-]?$') AS is_letter, try_cast(replace(regexp_extract(trim(grade), '^([0-9]+([.,][0-9]+)?)( [^0-9%/]*)?$', 1), ',', '.') AS DOUBLE) AS figure
FROM (SELECT DISTINCT grade_raw AS grade FROM credentials WHERE grade_raw IS NOT NULL);

-- What the tables of a submission use: where nobody fills a column, a blank cell of it says nothing of its award.
CREATE OR REPLACE TABLE columns_used AS
SELECT
    submission_id,
    bool_or(skills IS NOT NULL) AS skills,
    bool_or(quality_assurance_bodies IS NOT NULL OR quality_assurance_references IS NOT NULL) AS quality_assurance,
    bool_or(activity_start IS NOT NULL OR activity_end IS NOT NULL) AS activity
FROM credentials
WHERE evidence_form = 'extract'
GROUP BY submission_id;

-- Statements about quality, and addresses, once per distinct text.
CREATE OR REPLACE TABLE frameworks_read AS
SELECT text, coalesce(bool_or(w.words IS NOT NULL), FALSE) AS names_outdated
FROM (
    SELECT text, words_of(text) AS words
    FROM (SELECT DISTINCT concat_ws(' . ', quality_assurance_raw, further_information_raw) AS text FROM credentials)
    WHERE text <> ''
) AS t
LEFT JOIN listed_words AS w ON w.list = 'outdated_framework_words' AND contains(t.words, w.words)
GROUP BY text;

CREATE OR REPLACE TABLE addresses_read AS
SELECT text, len(addresses) > 0 AS holds_address, len(list_filter(addresses, lambda address: NOT regexp_matches(address, '^https?://[^/ .]+([.][^/ .]+)+'))) = 0 AS all_can_be_opened
FROM (
    SELECT text, regexp_extract_all(lower(text), '(https?:[^ |)\n]|https?//|javascript:[^ |)\n]|vbscript:[^ |)\n]|file:/)[^ |)\n]*') AS addresses
    FROM (SELECT DISTINCT concat_ws(' ', further_information_raw, array_to_string(quality_assurance_references, ' ')) AS text FROM credentials)
    WHERE text <> ''
);

CREATE OR REPLACE TABLE level_labels_read AS
SELECT level, bool_and(label IN (SELECT words FROM listed_words WHERE list = 'level_label_words')) AS is_label
FROM (SELECT level_raw AS level, words_of(unnest(string_split(level_raw, ' | '))) AS label FROM (SELECT DISTINCT level_raw FROM credentials WHERE level_raw IS NOT NULL))
GROUP BY level;

CREATE OR REPLACE TABLE credential_facts AS
SELECT
    c.submission_id,
    c.record_id,
    c.evidence_form,
    coalesce(c.country[1], '--') AS country_key,  -- for parameters that differ by country

    -- Each element: stated, not stated, or not to be seen (absent from a partial extract, perhaps in a column that was not read, not carried, withheld).
    CASE WHEN c.learner_strength <> 'inferred' THEN TRUE WHEN c.learner_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.learner_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS learner_stated,
    CASE WHEN c.title_strength <> 'inferred' THEN TRUE WHEN c.title_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.title_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS title_stated,
    CASE WHEN c.country_strength <> 'inferred' THEN TRUE WHEN c.country_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.country_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS country_stated,
    CASE WHEN c.awarding_body_strength <> 'inferred' THEN TRUE WHEN c.awarding_body_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.awarding_body_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS awarding_body_stated,
    CASE WHEN c.issued_strength <> 'inferred' THEN TRUE WHEN c.issued_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.issued_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS issued_stated,
    CASE WHEN c.learning_outcomes_strength <> 'inferred' THEN TRUE WHEN c.learning_outcomes_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.learning_outcomes_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS learning_outcomes_stated,
    CASE WHEN c.workload_strength <> 'inferred' THEN TRUE WHEN c.workload_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.workload_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS workload_stated,
    CASE WHEN c.level_strength <> 'inferred' THEN TRUE WHEN c.level_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.level_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS level_stated,
    CASE WHEN c.assessment_type_strength <> 'inferred' THEN TRUE WHEN c.assessment_type_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.assessment_type_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS assessment_type_stated,
    CASE WHEN c.participation_strength <> 'inferred' THEN TRUE WHEN c.participation_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.participation_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS participation_stated,
    CASE WHEN c.quality_assurance_strength <> 'inferred' THEN TRUE WHEN c.quality_assurance_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.quality_assurance_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS quality_assurance_stated,
    CASE WHEN c.prerequisites_strength <> 'inferred' THEN TRUE WHEN c.prerequisites_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.prerequisites_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS prerequisites_stated,
    CASE WHEN c.supervision_strength <> 'inferred' THEN TRUE WHEN c.supervision_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.supervision_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS supervision_stated,
    CASE WHEN c.grade_strength <> 'inferred' THEN TRUE WHEN c.grade_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.grade_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS grade_stated,
    CASE WHEN c.stackability_strength <> 'inferred' THEN TRUE WHEN c.stackability_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.stackability_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS stackability_stated,
    CASE WHEN c.further_information_strength <> 'inferred' THEN TRUE WHEN c.further_information_cause IN ('column_unread', 'not_carried', 'withheld') OR (c.further_information_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS further_information_stated,

    -- The situation of the record: what a check may ask at all.
    c.evidence_form <> 'draft' AS not_draft,  -- before sealing there is no issue date and no issuer id
    c.evidence_form <> 'draft' AND (c.issued_strength IS NOT NULL OR coalesce(c.issued_cause = 'unreadable', FALSE)) AS issue_date_is_written,
    coalesce(s.provider_type = 'higher_education', FALSE) AS provider_is_higher_education,
    coalesce(s.provider_type <> 'higher_education', TRUE) AS provider_is_not_higher_education,
    coalesce(coalesce(c.route, s.route) <> 'validation', TRUE) AS learning_activity_expected,  -- no course is needed there

    coalesce(s.provider_type IS NOT NULL AND s.provider_type <> 'higher_education' AND (c.ects > 0 OR c.eqf_level BETWEEN 6 AND 8), FALSE) AS higher_education_terms_of_another_provider,  -- EQF 6 to 8 are the cycles of higher education
    coalesce(s.learner_data, 'full') = 'full' AS learner_data_are_full,

    coalesce(s.provider_type = 'platform', FALSE) AS provider_is_platform,
    coalesce(s.provider_type = 'vet', FALSE) AS provider_is_vet,
    NOT provider_is_vet AS provider_is_not_vet,

    -- Authenticity and status: of credential files alone; what was not checked is not known.
    c.evidence_form = 'document' AS is_credential_file,
    CASE WHEN c.content_verdict IS NOT NULL THEN c.proof IS NOT NULL END AS proof_stated,
    CASE c.content_verdict WHEN 'holds' THEN TRUE WHEN 'does_not_hold' THEN FALSE END AS content_matches_signature,
    CASE c.certificate_verdict WHEN 'holds' THEN TRUE WHEN 'does_not_hold' THEN FALSE END AS certificate_was_valid,
    CASE c.signer_verdict WHEN 'holds' THEN TRUE WHEN 'does_not_hold' THEN FALSE END AS signer_is_issuer,
    coalesce(c.content_verdict = 'holds', FALSE) AS content_is_as_signed,
    CASE c.trust_verdict WHEN 'holds' THEN TRUE WHEN 'does_not_hold' THEN FALSE END AS signer_is_listed,
    coalesce(c.status_reason NOT IN ('no_status_named', 'content_not_established', 'unsigned'), FALSE) AS status_is_named,
    CASE c.status_verdict WHEN 'holds' THEN TRUE WHEN 'does_not_hold' THEN FALSE END AS not_withdrawn,

    -- What a recognising body looks for; the verification of a credential is no matter of tables
    (learner_stated IS FALSE)::INTEGER + (learning_outcomes_stated IS FALSE)::INTEGER + (workload_stated IS FALSE)::INTEGER + (level_stated IS FALSE)::INTEGER + (assessment_type_stated IS FALSE)::INTEGER + (quality_assurance_stated IS FALSE)::INTEGER AS recognition_signals_missing,
    nullif(concat_ws(', ', CASE WHEN learner_stated IS FALSE THEN 'learner' END, CASE WHEN learning_outcomes_stated IS FALSE THEN 'learning_outcomes' END, CASE WHEN workload_stated IS FALSE THEN 'workload' END, CASE WHEN level_stated IS FALSE THEN 'level' END, CASE WHEN assessment_type_stated IS FALSE THEN 'assessment_type' END, CASE WHEN quality_assurance_stated IS FALSE THEN 'quality_assurance' END), '') AS elements_missing_for_recognition,
    CASE
        WHEN c.activity_start IS NOT NULL OR c.activity_end IS NOT NULL OR c.learning_activity OR c.participation_strength IS NOT NULL THEN TRUE
        WHEN coalesce(c.route, s.route) = 'validation' THEN CASE WHEN c.assessment_type_strength IS NOT NULL THEN TRUE END
        WHEN c.source_format IN ('european_digital_credential', 'europass_xml') THEN FALSE  -- a badge has no place of its own for the activity
        WHEN coalesce(c.route, s.route) = 'course' AND cu.activity THEN FALSE
    END AS rests_on_learning_or_validation,  -- that no assessment is stated is another fault

    -- Holder
    CASE
        WHEN coalesce(array_to_string(c.learner_identifiers, '|'), c.learner_key, c.learner_email, c.learner_birth_date_raw, c.learner_birth_date::VARCHAR) IS NOT NULL OR regexp_matches(lower(c.credential_id), '^https?:') THEN TRUE
        WHEN c.evidence_form = 'extract' AND (s.columns_handed_in = 'some' OR c.columns_unread) THEN NULL
        WHEN c.learner_name IS NOT NULL THEN FALSE
    END AS learner_told_apart_from_namesakes,
    CASE WHEN p.person IS NOT NULL THEN coalesce(a.same_awards_before, 0)::INTEGER END AS same_awards_before,
    a.first_at AS same_award_first_at,
    c.learner_key IS NOT NULL AS holder_key_stated,
    CASE WHEN c.evidence_form IN ('document', 'draft') THEN coalesce(len(c.personal_data), 0)::INTEGER END AS kinds_of_further_personal_data,

    -- Title and outcomes
    CASE WHEN ti.names_award_type THEN FALSE WHEN list_contains((SELECT languages FROM listed_languages WHERE list = 'award_type_words'), split_part(lower(coalesce(c.title_language, c.language)), '-', 1)) THEN TRUE END AS title_names_no_award_type,
    CASE WHEN c.learning_outcomes IS NOT NULL AND c.title IS NOT NULL THEN CASE WHEN o.only_outcome IS NULL THEN TRUE WHEN o.only_outcome = ti.words THEN FALSE ELSE NOT list_contains(list_transform(coalesce(c.titles, []), lambda entry: words_of(entry.text)), o.only_outcome) END END AS outcomes_say_more_than_title,
    CASE WHEN o.abilities > 0 OR list_covers('outcome_words', c.language) THEN o.abilities END AS outcomes_that_say_an_ability,
    CASE WHEN c.evidence_form IN ('document', 'draft') THEN coalesce(len(c.stated_otherwise), 0) = 0 END AS nothing_is_stated_otherwise,

    length(c.title)::INTEGER AS title_length,
    CASE WHEN ti.in_capitals THEN ti.word_count WHEN c.title IS NOT NULL THEN 0 END AS words_of_title_in_capitals,
    CASE WHEN c.evidence_form IN ('document', 'draft') AND c.titles IS NOT NULL THEN len(list_filter(c.titles, lambda entry: entry.language IS NULL)) = 0 END AS titles_say_their_language,
    CASE WHEN c.evidence_form IN ('document', 'draft') AND c.titles IS NOT NULL THEN len(list_distinct(list_transform(c.titles, lambda entry: entry.language))) > 1 OR coalesce(len(list_filter(c.titles, lambda entry: entry.language = 'en')), 0) > 0 END AS title_is_in_english_or_two_languages,
    len(c.learning_outcomes)::INTEGER AS outcome_count,
    o.fewest_words AS words_of_shortest_outcome,
    o.longest AS length_of_longest_outcome,
    CASE WHEN o.teaching > 0 OR list_covers('outcome_words', c.language) THEN o.teaching END AS outcomes_that_tell_of_teaching,
    so.titles AS titles_with_these_outcomes,

    -- Words beside the code lists; a credential file has its own label, and what is said once is not compared
    CASE WHEN c.assessment_type_strength IN ('structured', 'local_code') OR c.assessment_types IS NOT NULL THEN TRUE WHEN c.assessment_type_strength = 'free_text' THEN c.evidence_form <> 'extract' END AS assessment_type_on_list,
    CASE WHEN c.participation_strength IN ('structured', 'local_code') OR c.participation_modes IS NOT NULL AND c.participation_strength <> 'declared_once' THEN TRUE WHEN c.participation_strength = 'free_text' THEN c.evidence_form <> 'extract' END AS participation_on_list,
    CASE WHEN c.quality_assurance_strength IN ('structured', 'local_code') THEN TRUE WHEN c.quality_assurance_strength = 'free_text' THEN c.evidence_form <> 'extract' END AS quality_assurance_on_list,

    -- Field of education: digits of each code, so that '0613 Software' is read as 0613; a field in words has none
    c.isced_f IS NOT NULL AS field_of_education_stated,
    list_max(list_transform(c.isced_f, lambda code: nullif(length(replace(regexp_extract(code, '[0-9][0-9.]*'), '.', '')), 0)))::INTEGER AS longest_isced_f_code,

    -- Stackability
    CASE WHEN coalesce(c.stackability_strength, '') = '' THEN NULL WHEN st.is_bare_claim THEN FALSE WHEN list_covers('stackability_words', c.language) THEN TRUE END AS stackability_is_no_bare_claim,
    CASE WHEN pr.promises THEN FALSE WHEN pr.text IS NOT NULL AND list_covers('promise_words', c.language) THEN TRUE END AS nothing_is_promised_for_others,

    -- Languages, skills, words of other fields
    CASE WHEN len(c.languages_unrecognised) > 0 THEN FALSE WHEN coalesce(c.language, c.title_language) IS NOT NULL THEN TRUE END AS language_recognised,
    CASE WHEN len(c.skills) > 0 THEN TRUE WHEN c.evidence_form <> 'extract' OR cu.skills THEN FALSE END AS outcomes_linked_to_skills,
    CASE WHEN len(list_filter(c.skills, lambda link: contains(link, 'data.europa.eu/esco'))) > 0 THEN len(list_filter(c.skills, lambda link: contains(link, 'data.europa.eu/esco') AND NOT regexp_matches(lower(link), '^https?://data[.]europa[.]eu/esco/[a-z-]+/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]?[0-9]+([.][0-9]+)*|[a-z])$'))) = 0 END AS esco_links_well_formed,
    CASE WHEN ad.holds_address THEN ad.all_can_be_opened END AS addresses_can_be_opened,
    CASE WHEN fr.text IS NOT NULL THEN NOT fr.names_outdated END AS frameworks_named_are_current,

    -- Country
    CASE WHEN c.country_strength <> 'inferred' OR c.place_of_issue IS NOT NULL THEN TRUE ELSE country_stated END AS place_of_issue_stated,
    CASE WHEN c.country_strength IS NOT NULL THEN NOT coalesce(c.country_unrecognised, FALSE) END AS country_recognised,

    -- Level
    c.eqf_raw IS NOT NULL AS eqf_level_stated,
    CASE WHEN c.eqf_raw IS NOT NULL THEN coalesce(c.eqf_level = floor(c.eqf_level), FALSE) END AS eqf_level_is_whole_number,
    c.eqf_level,
    c.cycle IS NOT NULL AND c.eqf_level IS NOT NULL AS cycle_and_eqf_level_stated,
    c.eqf_level - CASE c.cycle WHEN 'short' THEN 5 WHEN 'first' THEN 6 WHEN 'second' THEN 7 WHEN 'third' THEN 8 END AS eqf_levels_above_cycle,

    CASE WHEN c.level_strength IS NOT NULL THEN coalesce(c.eqf_raw, c.cycle, c.level_reason) IS NOT NULL OR NOT coalesce(ll.is_label, FALSE) END AS level_is_more_than_label,

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

    -- The size in the unit of a scheme: a figure in another unit is not compared
    c.credits,
    coalesce(c.ects > 0, FALSE) AS size_is_stated_in_ects,
    coalesce(c.workload_hours > 0, FALSE) AND hours_are_total_workload AS size_is_known_in_hours,
    size_is_known_in_hours AND coalesce(c.ects, c.credits) IS NULL AS size_is_known_in_hours_alone,
    coalesce(c.credits > 0, FALSE) AS size_is_stated_in_other_credits,
    coalesce(contains(lower(c.credit_framework), 'ecvet'), FALSE) AS credits_are_ecvet,
    coalesce(regexp_matches(lower(c.credit_framework), '^(nzq|new zealand)'), FALSE) AS credits_are_of_new_zealand,

    CASE WHEN len(c.workload_part_hours) > 1 AND c.workload_hours > 0 THEN abs(c.workload_hours - list_sum(c.workload_part_hours)) / greatest(c.workload_hours, 50) END AS share_by_which_parts_differ,  -- of at least 50 hours: rounding takes an hour
    CASE WHEN c.workload_hours > 0 THEN c.workload_hours / nullif(greatest((c.activity_end - c.activity_start)::INTEGER + 1, 0), 0) END AS hours_per_day_of_activity,
    CASE WHEN len(c.learning_outcomes) >= 3 AND c.ects >= 1 THEN len(c.learning_outcomes) / c.ects END AS outcomes_per_ects,  -- fewer say nothing of a ratio
    CASE WHEN (c.workload_hours > 0 OR c.durations IS NOT NULL) AND c.workload_unreadable IS NULL THEN c.ects IS NOT NULL OR c.credits IS NOT NULL WHEN c.ects IS NOT NULL OR c.credits IS NOT NULL THEN TRUE END AS size_is_stated_in_credits,

    CASE WHEN c.ects > 0 THEN c.ects * 2 = floor(c.ects * 2) END AS ects_in_halves,
    CASE WHEN c.ects > 0 THEN c.ects = us.usual_ects END AS ects_as_usual_for_title,

    -- Issuer
    c.issuer IS NOT NULL AND c.awarding_body IS NOT NULL AS issuer_and_awarding_body_stated,
    CASE
        WHEN c.issuer IS NULL OR c.awarding_body IS NULL THEN NULL
        WHEN c.mandate IS NOT NULL THEN TRUE
        ELSE coalesce(c.issuer_is_awarding_body, FALSE) OR list_contains(ab.words, words_of(c.issuer))
    END AS issuer_awards_or_has_mandate,
    CASE WHEN s.provider_name IS NOT NULL OR c.awarding_body IS NULL THEN len(list_filter(coalesce(ab.words, []), lambda body: body <> s.provider_words)) > 0 END AS awarding_body_beside_provider,

    CASE WHEN len(c.awarding_body) > 1 THEN greatest(len(c.country), len(c.quality_assurance_types), len(c.quality_assurance_bodies), 1) > 1 ELSE CASE WHEN c.awarding_body IS NOT NULL THEN TRUE END END AS joint_award_is_covered_for_each,

    -- Quality assurance
    coalesce(c.quality_assurance_strength IN ('structured', 'local_code') AND list_has_any(c.quality_assurance_types, ['institutional_licence', 'programme', 'institutional', 'programme_licence', 'sectoral']), FALSE) AS external_quality_assurance_claimed,
    CASE WHEN coalesce(len(c.quality_assurance_bodies), 0) + coalesce(len(c.quality_assurance_references), 0) > 0 THEN TRUE WHEN c.evidence_form <> 'extract' OR cu.quality_assurance THEN FALSE END AS quality_assurance_can_be_traced,
    CASE WHEN len(c.quality_assurance_objects) > 0 THEN NOT list_has_any(c.quality_assurance_objects, ['programme:organisation', 'programme_licence:organisation', 'institutional:award', 'institutional_licence:award']) END AS quality_assurance_fits_its_object,

    -- Assessment
    CASE WHEN c.supervision_strength IS NOT NULL THEN c.supervision_code IS NOT NULL OR c.evidence_form <> 'extract' END AS supervision_on_list,
    CASE WHEN len(c.assessment_modes) > 0 AND c.ects > 0 THEN CASE WHEN c.assessment_modes = ['online'] AND c.supervision_code = 'unsupervised_without_identity_check' THEN c.ects ELSE 0 END END AS ects_assessed_online_unwatched,
    CASE WHEN len(c.assessment_modes) > 0 AND c.ects > 0 THEN CASE WHEN c.assessment_modes <> ['online'] OR c.supervision_strength IS NOT NULL THEN 0 WHEN NOT supervision_stated THEN c.ects END END AS ects_assessed_online_unsaid,
    c.grade_pass_mark IS NOT NULL AND gf.figure IS NOT NULL AS grade_can_be_compared,
    gf.figure BETWEEN least(c.grade_best, c.grade_worst) AND greatest(c.grade_best, c.grade_worst) AS grade_lies_on_its_scale,
    CASE WHEN c.grade_best > c.grade_worst THEN gf.figure >= c.grade_pass_mark ELSE gf.figure <= c.grade_pass_mark END AS grade_is_a_pass,
    CASE WHEN c.grade_strength IS NOT NULL THEN regexp_matches(c.grade_raw, '^[A-Fa-f][+-]?$') OR (regexp_matches(c.grade_raw, '[0-9]') AND NOT regexp_matches(c.grade_raw, '[%/]')) ELSE FALSE END AS grade_is_figure_or_letter,  -- 'passed' needs no scheme, a share names its own
    c.grading_scheme IS NOT NULL AS grading_scheme_stated,
    CASE WHEN c.assessment_reading IS NOT NULL THEN c.assessment_reading <> 'attendance_only' END AS assessment_code_is_more_than_attendance,
    CASE WHEN c.assessment_reading IS NOT NULL THEN c.assessment_reading NOT IN ('attendance_only', 'attendance_phrase') END AS assessment_is_more_than_attendance,
    CASE c.assessment_reading WHEN 'other' THEN TRUE WHEN 'attendance_word' THEN FALSE END AS assessment_words_name_an_assessment,
    (c.issued - c.assessment_date)::INTEGER AS days_from_assessment_to_issue,

    -- Identity of the award
    CASE WHEN c.credential_id IS NOT NULL THEN TRUE WHEN c.credential_id_damaged OR c.credential_id_cause = 'column_unread' OR (c.credential_id_cause = 'column_absent' AND s.columns_handed_in = 'some') THEN NULL ELSE FALSE END AS credential_id_stated,
    c.evidence_form IN ('document', 'draft') AS credential_is_json,
    regexp_matches(c.credential_id, '^[A-Za-z][A-Za-z0-9+.-]*:') AS credential_id_is_uri,
    CASE WHEN c.credential_id IS NOT NULL THEN coalesce(u.awards, 1)::INTEGER END AS awards_under_this_id,
    u.id_first_used_at,

    -- Dates
    CASE WHEN c.issued <= r.as_of AND coalesce(s.period_start, s.period_end) IS NOT NULL THEN list_min(list_transform(list_filter([c.issued, c.awarded], lambda day: day IS NOT NULL), lambda day: greatest(0, coalesce(s.period_start - day, 0), coalesce(day - s.period_end, 0))))::INTEGER END AS days_outside_period,  -- a day to come is another fault
    (c.issued - r.as_of)::INTEGER AS days_issued_after_audit,
    CASE WHEN c.issued <= r.as_of THEN (c.issued - coalesce(c.assessment_date, c.activity_end))::INTEGER END AS days_from_completion_to_issue,  -- a day to come is another fault
    CASE WHEN c.issued <= r.as_of THEN (c.issued - c.activity_end)::INTEGER END AS days_from_activity_end_to_issue,
    (c.valid_until - c.issued)::INTEGER AS days_from_issue_to_expiry,
    c.learner_birth_date IS NOT NULL AS birth_date_stated,
    (least(coalesce(c.issued, r.as_of), r.as_of) - c.learner_birth_date) / 365.2425 AS age_at_issue,
    c.valid_from IS NOT NULL AS valid_from_stated,
    (c.valid_from - c.activity_start)::INTEGER AS days_from_activity_start_to_valid_from,
    (c.valid_from - c.issued)::INTEGER AS days_from_issue_to_valid_from,
    CASE WHEN coalesce(c.issued, c.awarded, c.valid_from, c.assessment_date, c.learner_birth_date, c.activity_start) IS NOT NULL THEN coalesce(len(c.shifted_dates), 0) = 0 END AS dates_fall_on_the_day_meant,

    -- Registers
    external_quality_assurance_claimed OR coalesce(rg.decision_is_known, FALSE) AS external_quality_assurance_to_look_up,
    c.nqf_level IS NOT NULL AND c.eqf_level IS NOT NULL AS national_and_eqf_level_stated,
    rg.* EXCLUDE (submission_id, record_id),

    -- The offer behind the award. What today's catalogue does not hold may have stood in last year's.
    CASE WHEN w.offer IS NOT NULL THEN w.matched_by = 'identifier' END AS offer_found_by_identifier,
    CASE
        WHEN w.situation <> 'not_held' THEN TRUE
        WHEN w.names_offer AND ca.has_identifiers THEN FALSE
        WHEN w.names_title AND ca.has_titles AND (w.spoken IS NULL OR ca.any_language OR list_contains(ca.languages, w.spoken)) THEN FALSE
    END AS offer_is_held,
    CASE w.situation WHEN 'matched' THEN TRUE WHEN 'ambiguous' THEN TRUE WHEN 'not_valid' THEN FALSE END AS offer_holds_for_the_day,
    len(list_filter(b.figures, lambda differs: differs))::INTEGER AS figures_unlike_offer,
    len(list_filter(b.words, lambda differs: differs))::INTEGER AS words_unlike_offer,
    io.elements AS elements_unlike_offer,
    io.offered AS offered_otherwise
FROM credentials AS c
JOIN (SELECT *, words_of(provider_name) AS provider_words FROM submissions) AS s USING (submission_id)
CROSS JOIN run AS r
LEFT JOIN columns_used AS cu USING (submission_id)
LEFT JOIN register_credential_facts AS rg USING (submission_id, record_id)
LEFT JOIN awards_under_id AS u USING (submission_id, record_id)
LEFT JOIN awards_by_person AS p USING (submission_id, record_id)
LEFT JOIN same_awards AS a USING (submission_id, record_id)
LEFT JOIN usual_sizes AS us ON us.submission_id = c.submission_id AND us.title = c.title
LEFT JOIN shared_outcomes AS so ON so.submission_id = c.submission_id AND so.learning_outcomes = c.learning_outcomes
LEFT JOIN titles_read AS ti ON ti.title = c.title
LEFT JOIN outcome_lists_read AS o ON o.outcomes = c.learning_outcomes
LEFT JOIN stackability_read AS st ON st.text = c.stackability_raw
LEFT JOIN awarding_bodies_read AS ab ON ab.awarding_body = c.awarding_body
LEFT JOIN grades_read AS gf ON gf.grade = c.grade_raw
LEFT JOIN level_labels_read AS ll ON ll.level = c.level_raw
LEFT JOIN frameworks_read AS fr ON fr.text = concat_ws(' . ', c.quality_assurance_raw, c.further_information_raw)
LEFT JOIN addresses_read AS ad ON ad.text = concat_ws(' ', c.further_information_raw, array_to_string(c.quality_assurance_references, ' '))
LEFT JOIN offer_of_award AS w ON w.submission_id = c.submission_id AND w.record_id = c.record_id
LEFT JOIN catalogues AS ca ON ca.submission_id = c.submission_id
LEFT JOIN awards_beside_offers AS b ON b.submission_id = c.submission_id AND b.record_id = c.record_id
LEFT JOIN (
    SELECT submission_id, record_id, string_agg(element, ', ') AS elements, string_agg(replace(element, '_', ' ') || ' ' || offered, '; ') AS offered FROM issued_otherwise GROUP BY ALL
) AS io ON io.submission_id = c.submission_id AND io.record_id = c.record_id
LEFT JOIN promises_read AS pr ON pr.text = concat_ws(' . ', c.stackability_raw, c.further_information_raw);

-- Grades on a scale of more than passed or not passed: how many awards share their one grade.
CREATE OR REPLACE TABLE scaled_grades AS
SELECT submission_id, CASE WHEN count(DISTINCT grade) = 1 THEN count(*) ELSE 0 END::INTEGER AS awards_that_share_one_grade
FROM (
    SELECT c.submission_id, upper(trim(c.grade_raw)) AS grade
    FROM credentials AS c
    JOIN grades_read AS g ON g.grade = c.grade_raw
    WHERE c.grade_strength IS NOT NULL AND (g.is_letter OR abs(c.grade_best - c.grade_worst) >= 2 OR (c.grade_best IS NULL AND g.figure > 1))
)
GROUP BY submission_id;

-- Awarding bodies that stand alone on their award: names of one identifier, identifiers of one name and kind. The
-- identifiers are not listed: the tax number of a sole trader can hold a birth date.
CREATE OR REPLACE TABLE awarding_bodies_named AS
WITH named AS (
    SELECT DISTINCT submission_id, awarding_body[1] AS name, words_of(awarding_body[1]) AS words, lower(trim(unnest(awarding_body_identifiers))) AS identifier
    FROM credentials
    WHERE len(awarding_body) = 1 AND awarding_body_identifiers IS NOT NULL
), by_identifier AS (
    SELECT submission_id, identifier, count(DISTINCT words) AS names, string_agg(DISTINCT name, ' / ' ORDER BY name) AS listed FROM named GROUP BY ALL
), by_name AS (
    SELECT submission_id, words, split_part(identifier, ':', 1) AS kind, count(DISTINCT identifier) AS identifiers, min(name || ' (' || split_part(identifier, ':', 1) || ')') AS listed FROM named WHERE contains(identifier, ':') GROUP BY ALL
)
SELECT submission_id, max(names)::INTEGER AS names_of_one_identifier, max(identifiers)::INTEGER AS identifiers_of_one_name, nullif(string_agg(listed, '; ' ORDER BY listed) FILTER (WHERE several), '') AS listed
FROM (
    SELECT submission_id, names, NULL AS identifiers, names > 1 AS several, listed FROM by_identifier
    UNION ALL
    SELECT submission_id, NULL, identifiers, identifiers > 1, listed FROM by_name
)
GROUP BY submission_id;

-- Of each mandatory element the share of records that state it, among those of which it is asked and can be seen.
CREATE OR REPLACE TABLE stated_shares AS
SELECT
    submission_id,
    [avg(learner_stated::INTEGER), avg(title_stated::INTEGER), avg(country_stated::INTEGER), avg(awarding_body_stated::INTEGER), avg(issued_stated::INTEGER) FILTER (WHERE not_draft), avg(learning_outcomes_stated::INTEGER), avg(workload_stated::INTEGER), avg(level_stated::INTEGER) FILTER (WHERE provider_is_higher_education), avg(assessment_type_stated::INTEGER), avg(participation_stated::INTEGER) FILTER (WHERE learning_activity_expected), avg(quality_assurance_stated::INTEGER)] AS shares,
    ['learner', 'title', 'country', 'awarding_body', 'issued', 'learning_outcomes', 'workload', 'level', 'assessment_type', 'participation', 'quality_assurance'] AS elements
FROM credential_facts
GROUP BY submission_id;

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
    h.submission_id IS NOT NULL AS tables_state_hours,
    coalesce(s.learner_data = 'pseudonymised', FALSE) AS learner_data_are_pseudonymised,
    coalesce(n.naming, 0)::INTEGER AS records_that_name_learners,
    coalesce(n.names, 0)::INTEGER AS learner_names,
    coalesce(n.addresses, 0)::INTEGER AS learner_email_addresses,
    coalesce(n.numbers, 0)::INTEGER AS national_numbers,
    coalesce(s.hours_basis, 'unknown') <> 'unknown' AS hours_basis_known,
    sg.awards_that_share_one_grade,
    ab.names_of_one_identifier,
    ab.identifiers_of_one_name,
    ab.listed AS awarding_bodies_listed,
    list_min(sh.shares) AS share_of_the_least_stated_element,
    sh.elements[list_position(sh.shares, list_min(sh.shares))] AS least_stated_element,
    CASE WHEN coalesce(s.entrants, oc.entrants) IS NOT NULL AND coalesce(s.completions, oc.completions) IS NOT NULL THEN TRUE WHEN coalesce(s.entrants, oc.entrants, s.completions, oc.completions) IS NOT NULL OR (s.profile_found AND s.credentials_found > 0) THEN FALSE END AS completion_reported,  -- a list of awards alone has no place for it
    CASE WHEN s.groups_reported IS NOT NULL THEN TRUE WHEN coalesce(s.entrants, oc.entrants, s.completions, oc.completions) IS NOT NULL OR (s.profile_found AND s.credentials_found > 0) THEN FALSE END AS groups_reported_stated,
    coalesce(s.entrants, oc.entrants) AS entrants,
    coalesce(s.completions, oc.completions) AS completions,
    CASE WHEN coalesce(s.entrants, oc.entrants) > 0 THEN coalesce(s.completions, oc.completions) / coalesce(s.entrants, oc.entrants) END AS share_who_completed,
    CASE WHEN coalesce(s.entrants, oc.entrants) > 0 AND s.awards_handed_in = 'all' AND s.credentials_found > 0 THEN s.credentials_found / coalesce(s.entrants, oc.entrants) END AS share_of_entrants_awarded,
    CASE WHEN oc.entrants IS NULL THEN CASE WHEN s.completions < s.entrants THEN 0 WHEN s.completions IS NOT NULL THEN s.entrants END END AS entrants_where_all_completed,  -- where offers state it, it is looked at there
    CASE WHEN oc.entrants IS NULL AND NOT coalesce(oc.self_paced, FALSE) THEN share_at_most(s.completions, s.entrants) END AS share_who_completed_at_most,
    af.is_open AS award_form_is_open,
    CASE WHEN af.text IS NOT NULL THEN af.is_open IS NOT NULL END AS award_form_on_list,
    af.text AS award_form,
    s.offers_found,
    s.credentials_found,
    s.declared_total,
    rs.* EXCLUDE (submission_id)
FROM submissions AS s
LEFT JOIN register_submission_facts AS rs USING (submission_id)
LEFT JOIN offers_counted AS oc USING (submission_id)
LEFT JOIN (SELECT submission_id, any_value(credential_format) AS form FROM providers GROUP BY submission_id) AS pf USING (submission_id)
LEFT JOIN award_forms_read AS af ON af.text = coalesce(s.credential_format, pf.form)
LEFT JOIN scaled_grades AS sg USING (submission_id)
LEFT JOIN awarding_bodies_named AS ab USING (submission_id)
LEFT JOIN stated_shares AS sh USING (submission_id)
LEFT JOIN (SELECT DISTINCT submission_id FROM credentials WHERE evidence_form = 'extract' AND workload_hours IS NOT NULL) AS h USING (submission_id)
LEFT JOIN (
    SELECT
        submission_id, count(learner_name) AS names, count(learner_email) AS addresses,
        count(*) FILTER (WHERE list_contains(personal_data, 'national_number')) AS numbers,
        count(*) FILTER (WHERE learner_name IS NOT NULL OR learner_email IS NOT NULL OR list_contains(personal_data, 'national_number')) AS naming
    FROM credentials
    GROUP BY submission_id
) AS n USING (submission_id);
