-- What the word lists find in texts of any table, once per distinct text. Lists of all languages are looked through,
-- because the language of a record is not always that of each text; that nothing was found is said only where the
-- record's language has a list.
CREATE OR REPLACE TABLE listed_languages AS
SELECT list, list(DISTINCT language) AS languages FROM listed_words GROUP BY list;

CREATE OR REPLACE MACRO list_covers(name, language) AS
    list_contains((SELECT languages FROM listed_languages WHERE list = name), split_part(lower(language), '-', 1));

CREATE OR REPLACE TABLE stackability_read AS
SELECT text, coalesce(bool_or(t.words = w.words), FALSE) AS is_bare_claim
FROM (
    SELECT stackability_raw AS text, words_of(stackability_raw) AS words
    FROM (SELECT stackability_raw FROM credentials UNION SELECT stackability_raw FROM offers)
    WHERE stackability_raw IS NOT NULL
) AS t
LEFT JOIN listed_words AS w ON w.list = 'stackability_words'
GROUP BY text;

CREATE OR REPLACE TABLE promises_read AS
SELECT text, coalesce(bool_or(w.kind = 'promise') AND NOT bool_or(w.kind = 'negation'), FALSE) AS promises
FROM (
    SELECT text, words_of(text) AS words
    FROM (
        SELECT concat_ws(' . ', stackability_raw, further_information_raw) AS text FROM credentials
        UNION
        SELECT concat_ws(' . ', stackability_raw, further_information_raw) FROM offers
    )
    WHERE text <> ''
) AS t
LEFT JOIN listed_words AS w ON w.list = 'promise_words' AND contains(t.words, w.words)
GROUP BY text;

-- The form in which learners get an award: open where one open form is named, closed where only closed ones are.
CREATE OR REPLACE TABLE award_forms_read AS
SELECT text, CASE WHEN bool_or(w.kind = 'open') THEN TRUE WHEN bool_or(w.kind = 'closed') THEN FALSE END AS is_open
FROM (
    SELECT text, words_of(text) AS words
    FROM (
        SELECT credential_format AS text FROM offers
        UNION SELECT credential_format FROM providers
        UNION SELECT credential_format FROM submissions
    )
    WHERE text IS NOT NULL
) AS t
LEFT JOIN listed_words AS w ON w.list = 'award_form_words' AND contains(t.words, w.words)
GROUP BY text;

CREATE OR REPLACE TABLE standards_read AS
SELECT text, any_value(w.kind) IS NULL AS is_current
FROM (SELECT DISTINCT certificate_standard AS text, words_of(certificate_standard) AS words FROM providers WHERE certificate_standard IS NOT NULL) AS t
LEFT JOIN listed_words AS w ON w.list = 'superseded_standards' AND contains(t.words, w.words)
GROUP BY text;
