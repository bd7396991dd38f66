"""Who agreed and who adopted: ``agreements.yaml``, and the adoption that a framework file carries."""

from datetime import date

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import Adoption, Agreement, StandardKind
from qa_toolkit.catalogue.read_checks import Found, read_sources


def read_agreements_file(fields: Fields, found: Found) -> dict[str, Agreement]:
    """Read the register of agreed standards: by id of framework or scheme."""
    agreements: dict[str, Agreement] = {}
    for item in fields.items("agreements", required=True):
        agreement = Agreement(
            standard=item.text("id"),
            kind=item.choice("kind", StandardKind) or StandardKind.FRAMEWORK,
            title=item.text("title"),
            agreed_by=item.text("agreed_by"),
            since=read_day_or_none(item, "since"),
            until=read_day_or_none(item, "until"),
            note=item.text_or_none("note"),
            sources=read_sources(item),
            adoptions=tuple(_adoption(one) for one in item.items("adoptions")),
        )
        refuse_disorder(item, agreement.since, agreement.until)
        item.finish()
        name = f"agreement {agreement.standard}"
        if name in found.places:
            why = f"It stands in {found.places[name]} already."
            item.refuse("id", f"The agreement on {agreement.standard} is there twice", why, "Keep one of them.")
        else:
            found.places[name] = item.place
            agreements[agreement.standard] = agreement
    fields.finish()
    return agreements


def read_adoption(fields: Fields) -> Adoption | None:
    """The adoption under the key ``adoption``; None where there is none."""
    adoption = fields.mapping("adoption")
    return None if adoption is None else _adoption(adoption)


def _adoption(fields: Fields) -> Adoption:
    adopted = Adoption(
        by=fields.text("by"),
        legal_basis=fields.text("legal_basis"),
        since=read_day(fields, "since"),
        until=read_day_or_none(fields, "until"),
    )
    refuse_disorder(fields, adopted.since, adopted.until)
    fields.finish()
    return adopted


def read_day_or_none(fields: Fields, key: str) -> str | None:
    """A day as ISO text; None where the key is absent."""
    return read_day(fields, key) if fields.has(key) else None


def read_day(fields: Fields, key: str) -> str:
    """A day as ISO text; YAML reads an unquoted one as a date."""
    value = fields.plain(key)
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = fields.text(key)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        fields.refuse(key, f"'{text}' is no day of the calendar", "Days are compared.", "Write it as 2026-09-30.")
        return ""


def refuse_disorder(fields: Fields, since: str | None, until: str | None) -> None:
    """Collect a mistake where the last day lies before the first."""
    if since and until and until < since:
        what = f"It ends on {until}, before it begins on {since}"
        fields.refuse("until", what, "It would never hold.", "Correct one of the two days.")
