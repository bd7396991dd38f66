"""What never leaves the records, and how it is kept back.

A record is named by its place. Columns that identify a learner are hidden, and so is every value, certificate numbers
included, that holds a word of its own record's learner: a name, number, e-mail address or birth date. The words lie in
the table ``learner_words`` (``records/facts.sql``), which never leaves the run's database.
"""

HIDDEN = "(hidden)"
HIDDEN_NAMES_LEARNER = "(hidden: names the learner)"


def names_learner(value: str, words: str = "w.words") -> str:
    """SQL: whether a text holds any of the learner's words; FALSE where there are none.

    Args:
        value: SQL of the text.
        words: SQL of the list of lower-case words.
    """
    return f"coalesce(len(list_filter({words}, lambda word: contains(lower({value}), word))) > 0, FALSE)"
