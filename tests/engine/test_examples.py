"""What every check says of itself is true, on our engine and on stock Great Expectations with pandas."""

import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from qa_toolkit.catalogue.load import load_catalogue
from qa_toolkit.catalogue.models import Check, Examples
from qa_toolkit.engine.compile import compile_checks
from qa_toolkit.engine.examples import EXAMPLE_RECORDS, examples_of, load_examples, run_examples, states_of_examples
from qa_toolkit.engine.run import run_checks
from qa_toolkit.records.facts import FACT_TABLE
from qa_toolkit.records.store import open_store
from qa_toolkit.resources import shipped_folder
from qa_toolkit.result import CaseKey, State

CHECKS: tuple[Check, ...] = tuple(load_catalogue(shipped_folder("checks")).checks.values())
EXAMPLES = examples_of(CHECKS)


class BothEngines:
    """Failing (case, example) pairs by our engine and by pandas."""

    def __init__(self) -> None:
        with open_store() as store:
            load_examples(EXAMPLES, store)
            outcome = run_checks(store.connection, CHECKS)
            states = states_of_examples(store.connection, outcome)
            self.broken = outcome.broken
            self.frames = {
                table: store.connection.execute(f"SELECT * FROM {facts}").df() for table, facts in FACT_TABLE.items()
            }
        self.ours = {
            (key, submission)
            for submission, found in states.items()
            for key, state in found.items()
            if state == State.FAILED
        }
        self.ours_known = {
            (key, submission)
            for submission, found in states.items()
            for key, state in found.items()
            if state in (State.PASSED, State.FAILED)
        }
        self.theirs = set(self._by_pandas())

    def _by_pandas(self) -> Iterator[tuple[CaseKey, str]]:
        import great_expectations as gx

        from qa_toolkit.engine.counts import to_expectation

        compiled = compile_checks(CHECKS)
        form = {"result_format": "COMPLETE", "exclude_unexpected_values": True, "return_unexpected_index_query": False}
        for table, frame in self.frames.items():
            plain = frame.astype(object).where(frame.notna(), None)
            own = [one for one in compiled if one.key.table == table]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                context = gx.get_context(mode="ephemeral")
                context.variables.progress_bars = {"globally": False}
                asset = context.data_sources.add_pandas(table).add_dataframe_asset("facts")
                batch = asset.add_batch_definition_whole_dataframe("all").get_batch(
                    batch_parameters={"dataframe": plain}
                )
                suite = gx.ExpectationSuite("oracle", [to_expectation(one, n) for n, one in enumerate(own)])
                results = batch.validate(suite, result_format=form).results
            for result in results:
                key = own[result.expectation_config.meta["number"]].key
                assert "element_count" in result.result, (key, result.exception_info)
                for position in result.result.get("unexpected_index_list") or []:
                    row = plain.iloc[position]
                    if row["record_id"] in EXAMPLE_RECORDS:
                        yield key, row["submission_id"]


@pytest.fixture(scope="module")
def both() -> BothEngines:
    return BothEngines()


def test_every_example_of_every_check_comes_out_as_it_says() -> None:
    """Passing, failing under its case, silent."""
    assert run_examples(CHECKS) == ()


def test_every_example_gives_the_same_verdict_on_stock_pandas(both: BothEngines) -> None:
    """Case by case, example by example: the same records fail on both engines."""
    assert both.broken == ()
    assert both.ours == both.theirs


def test_the_oracle_saw_failures_of_every_check(both: BothEngines) -> None:
    """Two empty sets would agree as well."""
    failing = defaultdict(set)
    for key, submission in both.theirs:
        failing[key.check_id].add(submission)

    assert set(failing) == {check.id for check in CHECKS}


@pytest.mark.parametrize(
    ("kind", "record", "why"),
    [
        ("failing", {"title": "Stated"}, "should fail and does not"),
        ("passing", {"title_cause": "empty"}, "should not fail and does"),
        ("silent", {"title_cause": "empty"}, "should not fail and does"),
    ],
)
def test_an_example_that_is_not_what_it_says_is_told(kind: str, record: dict[str, Any], why: str) -> None:
    """Lint runs the examples; a wrong one has a name and a reason."""
    check = next(check for check in CHECKS if check.id == "EL-02")
    wrong = replace(check, examples=replace(Examples(), **{kind: (record,)}))

    (problem,) = run_examples([wrong])

    assert "EL-02" in problem.place
    assert why in problem.why
