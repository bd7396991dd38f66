"""Scheme files as models: ``checks/schemes/*.yaml``, and an agency's own overlay of the same shape."""

from hashlib import sha256
from pathlib import Path

from qa_toolkit.catalogue.fields import Fields
from qa_toolkit.catalogue.models import Role, Severity
from qa_toolkit.catalogue.read_adoptions import read_day, read_day_or_none, refuse_disorder
from qa_toolkit.catalogue.read_checks import read_sources
from qa_toolkit.catalogue.scheme_models import OF_CHECKS, Action, Scheme, SchemeChange
from qa_toolkit.catalogue.yaml_nodes import problem, read_yaml
from qa_toolkit.problems import Problem, UsageError

_VALUE_KEY = {Action.CRITERION: "weight", Action.PRINCIPLE: "weight", Action.BAND: "lowest", Action.GATE: "share"}
"""Action -> the key of its new value."""
MOST_BYTES = 1_000_000
"""Of an overlay file: people write them."""


def read_overlay_file(path: Path) -> Scheme:
    """Read an agency's own overlay.

    Raises:
        UsageError: it cannot be read, or holds mistakes; carries every one with file and line.
    """
    problems: list[Problem] = []
    scheme: Scheme | None = None
    try:
        if path.stat().st_size > MOST_BYTES:
            why, fix = "It is larger than a megabyte.", "Give the YAML file of the overlay."
            raise UsageError((problem("The overlay is too large", path.name, why, fix),))
        content = path.read_bytes()
    except OSError as error:
        why = f"{error.strerror or type(error).__name__}."
        fix = "Give the YAML file of the overlay."
        raise UsageError((problem("The overlay cannot be read", path.name, why, fix),)) from None
    located = read_yaml(content, path.name, problems)
    if located is not None:
        scheme = read_scheme(Fields(located, problems), content)
    if problems or scheme is None:
        raise UsageError(tuple(dict.fromkeys(problems)))
    return scheme


def read_scheme(fields: Fields, content: bytes) -> Scheme:
    """Read one scheme; ``content`` is the file as it lies there, for its hash."""
    scheme = Scheme(
        id=fields.text("id"),
        title=fields.text("title"),
        about=fields.text("about"),
        as_of=read_day(fields, "as_of"),
        sources=read_sources(fields),
        changes=tuple(_change(item) for item in fields.items("changes", required=True)),
        beyond=fields.texts("beyond"),
        country=fields.text_or_none("country"),
        since=read_day_or_none(fields, "since"),
        until=read_day_or_none(fields, "until"),
        issued_by=fields.text_or_none("issued_by"),
        place=fields.place,
        sha256=sha256(content).hexdigest(),
    )
    refuse_disorder(fields, scheme.since, scheme.until)
    fields.finish()
    return scheme


def _change(fields: Fields) -> SchemeChange:
    action = _action(fields)
    of_check = action in OF_CHECKS
    settings = of_check and action is not Action.SWITCH_OFF
    parameters = fields.mapping("parameters") if settings else None
    change = SchemeChange(
        action=action,
        target=fields.text(action.value, None if fields.has(action.value) else ""),
        why=fields.text("why"),
        cases=fields.texts("cases") if settings else (),
        where=fields.texts("where") if action is Action.SWITCH_ON else (),
        parameters=parameters.rest() if parameters else {},
        role=fields.choice("role", Role) if settings and fields.has("role") else None,
        severity=fields.choice("severity", Severity) if settings and fields.has("severity") else None,
        framework=None if of_check else fields.text("framework"),
        value=fields.number(_VALUE_KEY[action]) if action in _VALUE_KEY else None,
        since=read_day_or_none(fields, "since"),
        until=read_day_or_none(fields, "until"),
        places={
            **fields.places(),
            **{f"parameters.{key}": place for key, place in (parameters.places() if parameters else {}).items()},
            "": fields.place,
        },
    )
    refuse_disorder(fields, change.since, change.until)
    if action is Action.CHECK and not (change.parameters or change.role or change.severity):
        why = "It names a check and nothing that becomes of it."
        fields.refuse("check", "The entry changes nothing", why, "Add parameters, a role or a severity.")
    fields.finish()
    return change


def _action(fields: Fields) -> Action:
    """The one key that says what is changed; ``check`` where the entry says none, which is then missing."""
    written = [action for action in Action if fields.has(action.value)]
    if len(written) > 1:
        names = " and ".join(action.value for action in written)
        fields.refuse(written[1].value, f"The entry names {names}", "An entry changes one thing.", "Make two of it.")
    elif not written:
        known = ", ".join(action.value for action in Action)
        fields.refuse("why", "The entry does not say what it changes", "No target is named.", f"Begin it with {known}.")
        return Action.SWITCH_OFF
    return written[0]
