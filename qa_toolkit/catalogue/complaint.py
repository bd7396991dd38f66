"""How lint words a problem: what is wrong with which check or framework, where, why, and how to put it right."""

from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.catalogue.yaml_nodes import problem
from qa_toolkit.problems import Problem


def complaint(catalogue: Catalogue, identifier: str, what: str, why: str, fix: str) -> Problem:
    """A problem at the file and line of the check, question, framework, criterion or gate with this identifier."""
    where = catalogue.places.get(identifier, identifier)
    return problem(f"{identifier}: {what}", where, why, fix)
