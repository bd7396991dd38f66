"""How lint words a problem: what is wrong with which check or framework, where, why, and how to put it right."""

from collections.abc import Iterable
from difflib import get_close_matches

from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.catalogue.yaml_nodes import problem
from qa_toolkit.problems import Problem


def complaint(catalogue: Catalogue, identifier: str, what: str, why: str, fix: str) -> Problem:
    """A problem at the file and line of the check, question, framework, criterion or gate with this identifier."""
    where = catalogue.places.get(identifier, identifier)
    return problem(f"{identifier}: {what}", where, why, fix)


def meant(written: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """'Did you mean …?', or other advice where nothing is close; ``cutoff`` is the least likeness, 0 to 1."""
    close = get_close_matches(written, list(known), n=1, cutoff=cutoff)
    return f"Did you mean '{close[0]}'?" if close else otherwise
