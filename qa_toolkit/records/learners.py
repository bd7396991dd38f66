"""Texts that name a learner of their submission, whoever's record they stand in: cells slip by a row or a column.

A text becomes *marks*: pairs of neighbouring words, numbers, e-mail addresses, dates. So do the learners; a text that
shares a mark names one. Each distinct text is looked at once, and learners only where a text has their mark.

* Two words of one name beside each other, in any order, accents or not, with at most one word between; an e-mail
  address; a number or key of five characters or more: hidden wherever they stand in a text.
* A birth date, however written, and a single word of a name where the text is nothing but that word: hidden, unless
  ``ORDINARY`` times as many records hold the text as learners bear the mark: "Test", "gut" and the day of the ceremony
  would else vanish because somebody is called so.
* What stands as a learner's name, but is the title or awarding body of ``ORDINARY`` times as many records, is no name:
  one row that slipped must not hide the title of a thousand.
"""

import duckdb

ORDINARY = 10
"""How many times more records than learners make a word, a date or a title ordinary."""
SHORTEST_NUMBER = 5
"""Characters from which a number tells a learner apart in the record of another; shorter ones are hours and years."""
MOST_WORDS_OF_A_NAME = 8
"""Words of a name that are paired; what is longer is no name."""
_MOST_WORDS_SOUGHT = 1_000
"""Words of the texts up to which one pattern finds the learners that may matter, before their names are cut."""

_BETWEEN_NUMBERS = "[\\s,;:()\\[\\]{}<>\"''|=]+"

_MACROS = f"""
CREATE OR REPLACE MACRO plain(text) AS strip_accents(lower(text));
CREATE OR REPLACE MACRO name_words_of(text) AS
    list_filter(string_split(regexp_replace(plain(text), '[^\\pL]+', ' ', 'g'), ' '), lambda word: length(word) >= 2);
CREATE OR REPLACE MACRO pair_of(one, other) AS 'name ' || least(one, other) || ' ' || greatest(one, other);
CREATE OR REPLACE MACRO neighbours_of(words) AS list_concat(
    list_transform(range(1, len(words)), lambda i: pair_of(words[i], words[i + 1])),
    list_transform(range(1, len(words) - 1), lambda i: pair_of(words[i], words[i + 2])));
-- Two particles of a longer name ('von der') are no name.
CREATE OR REPLACE MACRO pairs_of(words) AS flatten(list_transform(range(1, len(words)), lambda i:
    list_transform(list_filter(range(i + 1, len(words) + 1), lambda j:
        len(words) = 2 OR length(words[i]) > 3 OR length(words[j]) > 3), lambda j: pair_of(words[i], words[j]))));
CREATE OR REPLACE MACRO bare_number_of(part) AS
    regexp_replace(regexp_replace(part, '\\.0$', ''), '[^\\pL0-9@]+', '', 'g');
CREATE OR REPLACE MACRO is_number(part) AS length(part) >= {SHORTEST_NUMBER} AND regexp_matches(part, '[0-9@]');
-- Most numbers stand alone: those need no list of parts.
CREATE OR REPLACE MACRO numbers_of(text) AS CASE
    WHEN regexp_matches(text, '{_BETWEEN_NUMBERS}') THEN list_transform(list_filter(
        list_transform(regexp_split_to_array(plain(text), '{_BETWEEN_NUMBERS}'), lambda part: bare_number_of(part)),
        lambda part: is_number(part)), lambda part: 'number ' || part)
    WHEN is_number(bare_number_of(plain(text))) THEN ['number ' || bare_number_of(plain(text))]
    ELSE [] END;
CREATE OR REPLACE MACRO figures_of(text) AS
    list_transform(regexp_extract_all(text, '[0-9]+'), lambda figure: ltrim(figure, '0'));
CREATE OR REPLACE MACRO dates_of(figures) AS list_transform(
    list_filter(range(1, len(figures) - 1), lambda i: length(figures[i]) = 4 OR length(figures[i + 2]) = 4),
    lambda i: 'date ' || figures[i] || '-' || figures[i + 1] || '-' || figures[i + 2]);
-- Looking for a mark costs: only a text that can have one of its kind is looked at.
CREATE OR REPLACE MACRO marks_of(text, words) AS list_distinct(flatten([
    CASE WHEN len(words) > 1 THEN neighbours_of(words) ELSE [] END,
    CASE WHEN regexp_matches(text, '[0-9@]') THEN numbers_of(text) ELSE [] END,
    CASE WHEN regexp_matches(text, '[0-9][^0-9]+[0-9]+[^0-9]+[0-9]') THEN dates_of(figures_of(text)) ELSE [] END,
    CASE WHEN len(words) = 1 AND length(words[1]) >= 3 AND NOT regexp_matches(text, '[0-9]')
         THEN ['word ' || words[1]] ELSE [] END]));
"""


def find_learners_named(connection: duckdb.DuckDBPyConnection, in_ascii: bool = False) -> None:
    """Create ``texts_naming_learners`` (submission_id, column_name, text) out of ``texts_shown``.

    ``texts_shown`` has submission_id, column_name, text and records: each distinct text of a submission, and how many
    of its records hold it. Learners are those of ``credentials``. Both tables stay in the run's database.

    Args:
        connection: the run's database.
        in_ascii: whether the texts lost every letter that ASCII lacks, as names of folders do.
    """
    name = "regexp_replace(strip_accents(learner_name), '[^\\x00-\\x7F]', '', 'g')" if in_ascii else "learner_name"
    connection.execute(_MACROS)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE marks_shown AS SELECT submission_id, column_name, text, records,"
        " unnest(marks_of(text, name_words_of(text))) AS mark FROM texts_shown"
    )
    may_be_named, has_numbers, has_dates = _sought(connection, name)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE learners_shown AS
        WITH ordinary AS (
            SELECT submission_id, text, sum(records) AS records
            FROM (
                SELECT submission_id, title AS text, count(*) AS records FROM credentials GROUP BY ALL
                UNION ALL
                SELECT submission_id, array_to_string(awarding_body, ' '), count(*) FROM credentials GROUP BY ALL
            )
            GROUP BY ALL
        ), names AS (
            SELECT n.submission_id, name_words_of(name)[:{MOST_WORDS_OF_A_NAME}] AS words, learners
            FROM (
                SELECT submission_id, learner_name, {name} AS name, count(*) AS learners
                FROM credentials WHERE learner_name IS NOT NULL AND {may_be_named} GROUP BY ALL
            ) AS n
            LEFT JOIN ordinary AS o ON o.submission_id = n.submission_id AND o.text = n.learner_name
            WHERE coalesce(o.records, 0) <= {ORDINARY} * learners
        ), numbers AS (
            SELECT submission_id, unnest(list_concat([learner_email, split_part(learner_email, '@', 1), learner_key],
                                                     learner_identifiers)) AS text
            FROM credentials WHERE {has_numbers}
        ), births AS (
            SELECT submission_id, learner_birth_date AS day, learner_birth_date_raw AS raw, count(*) AS learners
            FROM credentials
            WHERE {has_dates} AND coalesce(learner_birth_date_raw, learner_birth_date::VARCHAR) IS NOT NULL
            GROUP BY ALL
        ), marks AS (
            SELECT submission_id, unnest(pairs_of(words)) AS mark, learners FROM names WHERE len(words) > 1
            UNION ALL
            SELECT submission_id, 'word ' || unnest(list_distinct(words)), learners FROM names
            UNION ALL
            SELECT submission_id, unnest(numbers_of(text)), 1 FROM numbers WHERE text IS NOT NULL
            UNION ALL
            SELECT submission_id, unnest(list_distinct(list_concat(
                [strftime(day, 'date %Y-%-m-%-d'), strftime(day, 'date %-d-%-m-%Y'), strftime(day, 'date %-m-%-d-%Y'),
                 strftime(day, 'number %Y%m%d')], dates_of(figures_of(raw))[:1]))), learners
            FROM births
        )
        SELECT submission_id, mark, sum(learners) AS learners
        FROM marks SEMI JOIN marks_shown USING (submission_id, mark)
        GROUP BY ALL
        """
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE texts_naming_learners AS SELECT DISTINCT s.submission_id, s.column_name, s.text"
        f" FROM marks_shown AS s JOIN learners_shown AS l USING (submission_id, mark)"
        f" WHERE starts_with(mark, 'name ') OR starts_with(mark, 'number ') OR s.records <= {ORDINARY} * l.learners"
    )
    connection.execute("DROP TABLE marks_shown; DROP TABLE learners_shown")


def _sought(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str, str]:
    """SQL for which learners ``marks_shown`` can name at all: by their name, by a number, by their birth date."""
    marked = connection.execute("SELECT DISTINCT split_part(mark, ' ', 1) FROM marks_shown").fetchall()
    kinds = {kind for (kind,) in marked}
    words = connection.execute(
        "SELECT DISTINCT unnest(string_split(mark, ' ')[2:]) FROM marks_shown"
        f" WHERE starts_with(mark, 'name ') OR starts_with(mark, 'word ') ORDER BY 1 LIMIT {_MOST_WORDS_SOUGHT + 1}"
    ).fetchall()
    if not words:
        named = "FALSE"
    elif len(words) > _MOST_WORDS_SOUGHT:
        named = "TRUE"
    else:
        # Words of names are letters and nothing else: they need no escaping.
        named = f"regexp_matches(plain({name}), '{'|'.join(word for (word,) in words)}')"
    return named, str("number" in kinds).upper(), str("date" in kinds or "number" in kinds).upper()
