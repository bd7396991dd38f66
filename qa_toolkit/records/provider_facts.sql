-- What a provider's profile says, fact by fact; a row for each submission that hands one in. Measurements, never
-- thresholds. The number of a person is never shown: it can hold a birth date.
CREATE OR REPLACE TABLE vat_numbers_read AS
SELECT submission_id, f.country IS NOT NULL AS in_the_union, regexp_full_match(substr(number, CASE WHEN starts_with(number, f.country) THEN 3 ELSE 1 END), f.pattern) AS well_formed
FROM (
    SELECT p.submission_id, regexp_replace(upper(p.vat_number), '[^0-9A-Z+*]', '', 'g') AS number, CASE coalesce(p.country[1], s.provider_country[1]) WHEN 'GR' THEN 'EL' ELSE coalesce(p.country[1], s.provider_country[1]) END AS country
    FROM providers AS p
    JOIN submissions AS s USING (submission_id)
    WHERE p.vat_number IS NOT NULL
) AS n
LEFT JOIN vat_number_formats AS f ON f.country = CASE WHEN regexp_matches(n.number, '^[A-Z]{2}') THEN n.number[1:2] ELSE n.country END;

CREATE OR REPLACE TABLE provider_facts AS
SELECT * EXCLUDE (unreported) FROM (
SELECT
    p.submission_id,
    p.record_id,
    'profile' AS evidence_form,
    coalesce(p.country[1], s.provider_country[1], '--') AS country_key,
    coalesce(p.provider_type, s.provider_type) = 'higher_education' AS provider_is_higher_education,
    coalesce(p.provider_type, s.provider_type) = 'vet' AS provider_is_vet,

    -- Who it is
    p.identifiers IS NOT NULL OR p.vat_number IS NOT NULL OR s.provider_identifier IS NOT NULL AS legal_identifier_stated,
    coalesce(v.in_the_union, FALSE) AS vat_number_of_the_union_stated,
    v.well_formed AS vat_number_well_formed,

    -- What can be read of it
    p.recognition_policy IS NOT NULL AS recognition_policy_stated,
    coalesce(p.admits_on_credentials, coalesce(p.provider_type, s.provider_type) <> 'employer', TRUE) AS others_credentials_can_count,  -- a company's own scheme admits nobody
    p.quality_policy IS NOT NULL AS quality_policy_stated,
    p.complaints_procedure IS NOT NULL AS complaints_procedure_stated,
    p.validation_procedure IS NOT NULL AS validation_procedure_stated,
    p.final_level_guarantor IS NOT NULL AS final_level_guarantor_stated,

    -- What stands behind its quality
    CASE WHEN p.next_external_review_raw IS NULL THEN r.as_of - p.external_review END::INTEGER AS days_since_external_review,  -- whoever says when the next one is due is held to that
    p.external_review_raw IS NOT NULL AS external_review_stated,
    (r.as_of - p.next_external_review)::INTEGER AS days_since_next_review_was_due,
    p.certificate_standard IS NOT NULL AS certificate_stated,
    (r.as_of - p.certificate_valid_until)::INTEGER AS days_since_certificate_ended,
    coalesce(e.awards, 0)::INTEGER AS awards_after_certificate_ended,
    p.certificate_scope IS NOT NULL AS certificate_scope_stated,
    st.is_current AS certificate_standard_is_current,

    -- What is counted and followed: an indicator is reported where it is named, or where its figures are handed in
    p.holders_followed IS NOT NULL AS holders_followed_stated,
    list_filter([3, 4, 5, 6, 8], lambda number: NOT coalesce(list_contains(list_transform(p.indicators_reported, lambda one: try_cast(regexp_extract(one, '[0-9]+') AS INTEGER)), number), FALSE)
        AND NOT CASE number WHEN 3 THEN coalesce(s.entrants, oc.entrants) IS NOT NULL WHEN 4 THEN coalesce(s.entrants, oc.entrants) IS NOT NULL AND coalesce(s.completions, oc.completions) IS NOT NULL WHEN 5 THEN p.holders_followed IS NOT NULL WHEN 8 THEN s.groups_reported IS NOT NULL ELSE FALSE END) AS unreported,
    len(unreported)::INTEGER AS indicators_not_reported,
    nullif(array_to_string(unreported, ', '), '') AS indicators_missing
FROM providers AS p
JOIN submissions AS s USING (submission_id)
CROSS JOIN run AS r
LEFT JOIN vat_numbers_read AS v USING (submission_id)
LEFT JOIN standards_read AS st ON st.text = p.certificate_standard
LEFT JOIN offers_counted AS oc USING (submission_id)
LEFT JOIN (
    SELECT c.submission_id, count(*) AS awards
    FROM credentials AS c
    JOIN providers AS q USING (submission_id)
    WHERE c.issued > q.certificate_valid_until
    GROUP BY ALL
) AS e USING (submission_id)
);
