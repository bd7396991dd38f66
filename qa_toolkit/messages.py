"""Every text of reports and terminal, by key and locale.

The texts lie in ``locale/<language>/*.po``: keys as msgid, the words as msgstr with ``{named}`` fields, plural forms by
gettext. English now; a translation is one more folder.
"""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

_DAYS = {"en": "en_GB"}
"""Plain English dates are American: 'September 30, 2026'. The readers are European."""


class Messages:
    """The texts of one locale. Call it with a key and the fields of the text; pass ``n`` for a plural form.

    With a ``variant`` the text of ``key@variant`` goes before that of ``key``: what a framework calls its groups.
    """

    def __init__(self, locale: str = "en", variant: str = "") -> None:
        self.locale = Locale.parse(locale)
        self._variant = variant
        self._singular, self._plural, self._plural_form = _texts(str(self.locale))

    def __call__(self, key: str, /, n: int | None = None, **fields: Any) -> str:
        """The text of ``key`` with its fields filled in; ``n`` chooses the plural form and fills ``{n}``.

        Raises:
            KeyError: no such key, or a field of the text is not given.
        """
        if self._variant and self.has(varied := f"{key}@{self._variant}"):
            key = varied
        if n is not None and key in self._plural:
            return self._plural[key][self._plural_form(n)].format(n=self.number(n), **fields)
        return self._singular[key].format(**({"n": self.number(n)} if n is not None else {}), **fields)

    def speaking_of(self, variant: str) -> "Messages":
        """The same texts where a word has a variant: ``standard`` or ``area`` in place of ``principle``."""
        return Messages(str(self.locale), variant)

    def has(self, key: str) -> bool:
        """Whether there is a text for the key."""
        return key in self._singular or key in self._plural

    def number(self, value: float) -> str:
        """A count or figure with the locale's separators, at most two decimals."""
        return str(format_decimal(value, "#,##0.##", locale=self.locale))

    def points(self, value: float | None) -> str:
        """A score of 100 with one decimal, half up, as in the workbook; an en dash where there is none."""
        if value is None:
            return "–"
        rounded = Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return str(format_decimal(rounded, "#,##0.0", locale=self.locale))

    def share(self, value: float | None) -> str:
        """A share between 0 and 1 as a percentage with one decimal; an en dash where there is none."""
        if value is None:
            return "–"
        rounded = Decimal(repr(value)).quantize(Decimal("0.001"), ROUND_HALF_UP)
        return str(format_percent(rounded, "#,##0.0 %", locale=self.locale))

    def day(self, value: date | None) -> str:
        """A date in the locale's long form."""
        return str(format_date(value, "long", locale=_DAYS.get(str(self.locale), self.locale))) if value else "–"


@lru_cache(maxsize=8)
def _texts(language: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]], Callable[[int], int]]:
    singular: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    for path in sorted((Path(__file__).parent / "locale" / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        for message in catalogue:
            if isinstance(message.id, (tuple, list)):
                plural[message.id[0]] = tuple(message.string or ())
            elif message.id:
                singular[message.id] = str(message.string)
    return singular, plural, c2py(get_plural(language).plural_expr)
