"""What can be set, under one name on the command line, in the environment and in ``qa-toolkit.toml``."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from qa_toolkit.problems import meant

Value = str | bool | date | Path | tuple[str, ...] | None
FILE_NAME = "qa-toolkit.toml"
PREFIX = "QA_TOOLKIT_"
AGENCY_KEYS = ("name", "logo", "colour", "link")
"""Keys of the table ``[agency]``; all of them texts."""
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off", "")


class Kind(StrEnum):
    """What a setting holds, in the words of a message."""

    TEXT = "a text"
    PATH = "a path"
    DAY = "a date such as 2026-09-30"
    YES_NO = "true or false"
    WORDS = "a text, or a list of texts"


@dataclass(frozen=True)
class Setting:
    """One setting of an audit."""

    name: str
    """As in ``--name``, as the key in the file; in the environment ``QA_TOOLKIT_NAME``."""
    kind: Kind
    default: Value = None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.upper().replace("-", "_")


SETTINGS = (
    Setting("output-dir", Kind.PATH, Path("audit-report")),
    Setting("framework", Kind.WORDS, ("eu-2022",)),
    Setting("scheme", Kind.WORDS, ()),
    Setting("overlay", Kind.PATH),
    Setting("as-of", Kind.DAY),
    Setting("select", Kind.WORDS, ()),
    Setting("ignore", Kind.WORDS, ()),
    Setting("checks", Kind.PATH),
    Setting("mapping", Kind.PATH),
    Setting("split-by", Kind.TEXT),
    Setting("trust-material", Kind.PATH),
    Setting("registers", Kind.PATH),
    Setting("waivers", Kind.PATH),
    Setting("judgements", Kind.PATH),
    Setting("annotated-copies", Kind.YES_NO, False),
    Setting("templates", Kind.PATH),
    Setting("format", Kind.WORDS, ("html", "xlsx")),
    Setting("fail-on", Kind.WORDS, ("never",)),
    Setting("exit-zero", Kind.YES_NO, False),
    Setting("json", Kind.YES_NO, False),
    Setting("quiet", Kind.YES_NO, False),
    Setting("verbose", Kind.YES_NO, False),
    Setting("color", Kind.TEXT, "auto", ("auto", "always", "never")),
)
"""In the order of the help."""
BY_NAME = {setting.name: setting for setting in SETTINGS}


class NotAValueError(ValueError):
    """A value does not fit its setting; the text says why, ``fix`` what to write."""

    def __init__(self, why: str, fix: str) -> None:
        super().__init__(why)
        self.fix = fix


def from_toml(setting: Setting, value: object, folder: Path) -> Value:
    """A value of the file; paths are relative to the file's folder.

    Raises:
        NotAValueError: it is of another type.
    """
    fits: Value = None
    if (setting.kind is Kind.YES_NO and isinstance(value, bool)) or (
        setting.kind is Kind.DAY and isinstance(value, date) and not isinstance(value, datetime)
    ):
        fits = value
    elif setting.kind is Kind.WORDS and isinstance(value, list) and all(isinstance(word, str) for word in value):
        fits = tuple(value)
    elif isinstance(value, str) and setting.kind is not Kind.YES_NO:
        fits = from_text(setting, value, folder)
    else:
        raise NotAValueError(f"It takes {setting.kind}.", f"Write {_example(setting)}.")
    return fits


def from_text(setting: Setting, text: str, folder: Path = Path()) -> Value:
    """A value as typed or as the environment holds it.

    Raises:
        NotAValueError: the text says nothing the setting takes.
    """
    if setting.kind is Kind.PATH:
        if not text.strip():
            raise NotAValueError("An empty text is no path.", f"Write {_example(setting)}, or leave it out.")
        return folder / text
    if setting.kind is Kind.WORDS:
        return tuple(word for part in text.split(",") if (word := part.strip()))
    if setting.kind is Kind.YES_NO:
        if text.strip().lower() not in YES + NO:
            raise NotAValueError("It takes yes or no.", "Write 1 or 0.")
        return text.strip().lower() in YES
    if setting.kind is Kind.DAY:
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise NotAValueError(f"'{text}' is no day of the calendar.", "Write it as 2026-09-30.") from None
    if setting.choices and text not in setting.choices:
        known = ", ".join(setting.choices)
        raise NotAValueError(f"It takes {known}.", meant(text, setting.choices, f"Write one of {known}."))
    return text


def _example(setting: Setting) -> str:
    value = {
        Kind.TEXT: '"…"',
        Kind.PATH: '"folder/file"',
        Kind.DAY: "2026-09-30",
        Kind.YES_NO: "true",
        Kind.WORDS: '["…", "…"]',
    }[setting.kind]
    return f"{setting.name} = {value}"
