"""What never leaves the records, and how it is kept back.

A record is named by its place. Columns that identify a learner are hidden, and so is every value, certificate numbers
included, that holds a word of its own record's learner (a name, number, e-mail address or birth date) or names another
learner of the submission. What names others is found in ``records/learners.py``; neither leaves the run's database.
"""

HIDDEN = "(hidden)"
HIDDEN_NAMES_LEARNER = "(hidden: names the learner)"
HIDDEN_NAMES_ANOTHER = "(hidden: names another learner)"
SHORT_WORD = 4
"""Letters up to which a word of a learner counts only as a whole word: 'Ali' is in 'quality', and hides it not."""

LEARNER_WORDS = """list_distinct(list_filter(list_concat(
    regexp_split_to_array(lower(coalesce(c.learner_name, '')), '[^\\pL]+'),
    [lower(c.learner_email), lower(split_part(c.learner_email, '@', 1)), lower(c.learner_key),
     lower(c.learner_birth_date_raw), c.learner_birth_date::VARCHAR],
    list_transform(c.learner_identifiers, lambda identifier: lower(regexp_replace(identifier, '^[^:]*:', '')))),
    lambda word: length(word) >= 3))"""
"""SQL: words that would name the learner of a credential ``c`` wherever they stand in its own record."""


def names_learner(value: str, words: str = "c.learner_words") -> str:
    """SQL: whether a text holds any of the learner's words; FALSE where there are none.

    Args:
        value: SQL of the text.
        words: SQL of the list of lower-case words.
    """
    plain = f"lower({value})"
    held = f"list_filter({words}, lambda word: contains({plain}, word))"
    # Few values hold any: only those are cut into words.
    return (
        f"CASE WHEN coalesce(len({held}), 0) > 0 THEN"
        f" len(list_filter({words}, lambda word: contains({plain}, word) AND (length(word) > {SHORT_WORD}"
        f" OR contains(words_of({plain}), ' ' || word || ' ')))) > 0 ELSE FALSE END"
    )
