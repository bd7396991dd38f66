"""What the plants of a format leave out, and what rightly speaks beside them: each with its reason."""

from collections.abc import Mapping

JSON, BADGE = "european_digital_credential", "open_badge"
HONEST_THERE: Mapping[str, Mapping[str, str]] = {
    JSON: {
        "SIZ-14": "the model defines its volume of learning as total workload",
        "VAL-08": "a concept of its own with a label is enough",
        "VAL-10": "a concept of its own with a label is enough",
        "VAL-11": "a concept of its own with a label is enough",
    },
    BADGE: {
        "PTH-06": "no property of its own says what was done, so it is not asked",
        "SIZ-14": "the extensions define an hour and what it counts",
        "VAL-08": "a word of the platform's own is enough",
        "VAL-09": "a word of the platform's own is enough",
        "VAL-11": "a decision with a name of its own is enough",
    },
}
"""Format -> check -> why what the example plants is no defect there."""

_EARLIER = "the example issues before the day on which the clean record is assessed"
COMPANIONS: Mapping[str, Mapping[str, str]] = {
    "QUA-24": {"VAL-11": "words beside the list"},
    **{check: {"ASM-08": _EARLIER} for check in ("QUA-02", "QUA-03", "QUA-04", "QUA-07", "QUA-08", "REC-05")},
    "QUA-06": {"QUA-07": "the example's decision is limited to another field as well", "ASM-08": _EARLIER},
    "ASM-01": {"VAL-08": "words that name no assessment are on no list of assessments"},
    "LO-03": {"LO-02": "what the course does is no verb of the learner"},
    "LO-05": {"LO-05": "each award with the block is asked about"},
    "VAL-06": {"SIZ-07": "thousands of hours fit into no course", "SIZ-09": "the example states hours alone"},
    "SIZ-06": {"SIZ-09": "the example states hours alone"},
    "SIZ-07": {"SIZ-09": "the example states hours alone"},
    "SIZ-14": {"SIZ-09": "the example states hours alone"},
    "EL-08": {"SIZ-15": "credits of a provider that is declared as another one"},
    "AUT-12": {"SIZ-15": "the same"},
    "PTH-06": {"EL-10": "where no learning is stated, no form of participation is"},
    "POR-10": {"POR-06": "a national number is one whoever asks"},
}
"""Check -> other checks that rightly speak of the same defect, and why."""

BY_SIGNING: Mapping[str, str] = {
    "AUT-08": "a credential is planted unsigned: the writers have no keys",
    "AUT-09": "what is signed is signed, and altered, in tests/authenticity",
    "AUT-10": "lists of what was withdrawn are made in tests/authenticity",
    "AUT-17": "lists of signers are made in tests/authenticity",
}
"""Check -> why its failing examples are planted by no writer; ``tests/test_authenticity.py`` runs them in an audit."""
PROFILES = frozenset({"REC-01", "EL-18"})
"""Sums over other checks: they inform, and weigh nothing."""


_INFERRED = "nothing in a file is inferred: that comes from registers"
_TWICE = "nothing is stated at two places"
_PERSONAL = "no column asks for it"
_COMPARED = "nothing in it compares issuer and awarding body"
_ONE_LOAD = "a study load is one number of hours"
_BEST = "a scale has two ends, and none is called the better one"
_PROGRAMME = "a programme has an identifier, and no words"
_NO_PHRASE = "what is stated has a type; words beside it or instead of it have no place"

_PARTS = "the column that names offers tells the parts of a file apart here"
_NO_REFERENCE = "a decision is written with its type and body alone"
_NO_NUMBER = "no property holds the number of a catalogue"

_TABLE: Mapping[str, str] = {
    "el-11-3": _INFERRED,
    "qua-01-1": "asked of a credential file, not of a row",
    "pth-06-1": "asked of a credential file, not of a row",
    "qua-10-1": "no column says what a decision is about",
    "qua-10-2": "no column says what a decision is about",
    "val-06-months-2": "a cell states one duration",
    "asm-01-attendance-code-1": "a cell holds words, never the code of a list",
    "val-20-1": _TWICE,
    "val-20-2": _TWICE,
    "por-06-1": _PERSONAL,
    "por-06-2": _PERSONAL,
    "por-10-3": _PERSONAL,
    "aut-11-2": _COMPARED,
    "inf-05-not-held-2": _PARTS,
    "inf-06-words-4": _PARTS,
}
NOT_HELD: Mapping[str, Mapping[str, str]] = {
    "table": _TABLE,
    "template_workbook": _TABLE,
    JSON: {
        "el-11-3": _INFERRED,
        "el-11-2": _NO_PHRASE,
        "qua-24-1": _NO_PHRASE,
        "val-09-1": "a form of participation is a concept, and no words",
        "val-18-3": "a report has a document, and no bare address",
        "val-05-not-positive-3": "no duration is negative",
        "val-05-other-unit-4": "a duration has units of its own",
        "siz-06-1": "a volume is stated whole",
        "qua-02-ended-2": _NO_REFERENCE,
        "qua-08-1": _NO_REFERENCE,
        "inf-05-not-held-2": _NO_NUMBER,
        "inf-06-words-4": _NO_NUMBER,
    },
    BADGE: {
        "el-11-3": _INFERRED,
        "el-11-2": _NO_PHRASE,
        "qua-24-1": _NO_PHRASE,
        "pth-06-1": "asked of European Digital Credentials alone",
        "qua-10-1": "an alignment does not say what a decision is about",
        "qua-10-2": "an alignment does not say what a decision is about",
        "val-20-1": _TWICE,
        "val-20-2": "no badge is a draft",
        "por-06-2": "no badge is a draft",
        "val-06-months-1": _ONE_LOAD,
        "val-06-months-2": _ONE_LOAD,
        "val-06-too-long-4": _ONE_LOAD,
        "siz-06-1": _ONE_LOAD,
        "siz-09-2": _ONE_LOAD,
        "asm-01-attendance-phrase-2": "a phrase of the list is read as the code of the list",
        "asm-08-1": "no property dates an assessment",
        "asm-09-1": "supervision is a word of the platform, on no list",
        "asm-10-1": "supervision is a word of the platform, on no list",
        "val-10-1": "supervision is a word of the platform, on no list",
        "asm-07-off-the-scale-1": _BEST,
        "asm-07-no-pass-2": _BEST,
        "asm-07-no-pass-3": _BEST,
        "asm-13-2": _BEST,
        "pth-01-1": _PROGRAMME,
        "pth-01-2": _PROGRAMME,
        "pth-01-3": _PROGRAMME,
        "pth-04-1": _PROGRAMME,
        "pth-04-3": _PROGRAMME,
        "rec-04-1": "a badge has one issuer",
        "aut-11-1": "whoever issues a badge is its awarding body",
        "aut-11-2": "whoever issues a badge is its awarding body",
        "inf-05-not-held-2": _NO_NUMBER,
        "inf-06-words-4": _NO_NUMBER,
    },
}
"""Format -> plant -> why the format has no place for it."""
