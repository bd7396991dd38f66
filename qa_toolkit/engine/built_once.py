"""Expectations that build their configuration once, and a graph of metrics that walks each of them once.

Stock Great Expectations builds an expectation's configuration anew at every look at it, and the expectation anew from
that configuration for every metric: some thirty times for each expectation, which is most of what a small audit
waits for. An expectation does not change while it is validated, so one configuration serves all looks. Its graph asks
again for the dependencies of a metric wherever the metric is needed, eleven times for each on the shipped checks.
"""

from functools import cache
from typing import Any

from great_expectations.compatibility import pydantic
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.validator.validation_graph import ValidationGraph


class GraphOnce(ValidationGraph):
    """A graph of metrics and what they depend on; a metric that is in it already brings nothing new."""

    def __init__(self, execution_engine: Any) -> None:
        super().__init__(execution_engine=execution_engine)
        self._walked: set[Any] = set()

    def build_metric_dependency_graph(self, metric_configuration: Any, runtime_configuration: Any = None) -> None:
        """Add a metric and what it depends on."""
        if metric_configuration.id not in self._walked:
            self._walked.add(metric_configuration.id)
            super().build_metric_dependency_graph(metric_configuration, runtime_configuration)


class ConfigurationOfBuilt(ExpectationConfiguration):
    """The configuration of an expectation that exists: asked for the expectation, it gives that one."""

    expectation: Any = None

    def to_domain_obj(self) -> Any:
        """The expectation that this is the configuration of."""
        return self.expectation


@cache
def _kind(type_: str) -> Any:
    """The expectation class of Great Expectations with one configuration for each of its objects.

    It counts as abstract, so that the registry keeps the stock class under this type.
    """
    stock: Any = get_expectation_impl(type_)

    def configuration(self: Any) -> ExpectationConfiguration:
        if self._configuration is None:
            built = stock.configuration.fget(self)
            self._configuration = ConfigurationOfBuilt(
                type=type_, kwargs=built.kwargs, meta=built.meta, severity=built.severity
            )
            self._configuration.expectation = self
        return self._configuration  # type: ignore[no-any-return]

    return type(stock)(
        stock.__name__,
        (stock,),
        {
            "__module__": __name__,
            "_configuration": pydantic.PrivateAttr(default=None),
            "configuration": property(configuration),
            "is_abstract": classmethod(lambda _: True),
        },
    )


def build_once(type_: str, arguments: dict[str, Any]) -> Expectation:
    """The expectation of this type with these arguments.

    Raises:
        Exception: of whatever class, where Great Expectations does not know the type or refuses an argument.
    """
    return _kind(type_)(**arguments)  # type: ignore[no-any-return]
