"""Mistakes in checks and frameworks that can be read and still mean nothing, or not what was meant.

The loader says what cannot be read; this says what cannot work or breaks a rule of the house. Whether the examples
come out as they say is for the engine to tell.
"""

from qa_toolkit.catalogue.lint_checks import check_problems
from qa_toolkit.catalogue.lint_criteria import agreement_problems
from qa_toolkit.catalogue.lint_examples import example_problems
from qa_toolkit.catalogue.lint_frameworks import framework_problems, unreachable_problems
from qa_toolkit.catalogue.lint_requires import requires_problems
from qa_toolkit.catalogue.lint_schemes import all_schemes_problems
from qa_toolkit.catalogue.models import Catalogue
from qa_toolkit.problems import Problem


def lint(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every mistake of the catalogue: checks, then frameworks, then schemes; empty where there is none."""
    problems: list[Problem] = []
    for check in catalogue.checks.values():
        problems += check_problems(check, catalogue)
        problems += requires_problems(check, catalogue)
        problems += example_problems(check, catalogue)
    problems += lint_frameworks(catalogue)
    return (*problems, *(all_schemes_problems(catalogue) if not problems else ()))


def lint_frameworks(catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every mistake of frameworks and of the register of agreed standards, and what no framework names."""
    problems: list[Problem] = []
    for framework in catalogue.frameworks.values():
        problems += framework_problems(framework, catalogue)
    problems += agreement_problems(catalogue)
    problems += unreachable_problems(catalogue)
    return tuple(problems)
