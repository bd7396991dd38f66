"""JSON-LD to its canonical lines (RDF Dataset Canonicalization), offline and in bounded time.

Contexts come from what was supplied, else from the frozen copies of the W3C's that PyLD brings along: none is fetched.
A term that no context defines is not part of what is signed: anybody could change it unseen, so it is told.
Source: W3C JSON-LD 1.1, W3C RDF Dataset Canonicalization 1.0 (with its warning on poisoned graphs).
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import factorial
from typing import Any

from pyld import jsonld
from pyld.canon import URDNA2015
from pyld.documentloader.frozen import BUNDLED_CONTEXTS

from qa_toolkit.authenticity.material import Supplied, json_of
from qa_toolkit.authenticity.verdicts import NotCheckedError, Reason

MOST_STEPS = 20_000
"""Steps of telling nameless nodes apart; an honest credential takes a few hundred."""
_LONGEST = 8 << 20
"""Characters of canonical lines."""
_BASE = "https://relative.invalid/"
"""Stands before identifiers that are not absolute, so that they are known again."""


class CanonicalLines:
    """Turns documents into canonical lines, with the contexts of one audit."""

    def __init__(self, contexts: Mapping[str, Supplied]) -> None:
        self._contexts = contexts
        self._loaded: dict[str, Any] = {}
        self._missing: list[str] = []
        self._resolver = jsonld.ContextResolver({}, self._document)

    def of(self, document: Mapping[str, Any]) -> tuple[bytes, tuple[str, ...]]:
        """The canonical N-Quads of a document, and what of it they leave out: terms that no context defines.

        Raises:
            NotCheckedError: a context is missing or cannot be used, or the graph costs too much.
        """
        self._missing.clear()
        dropped: list[str] = []
        processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
        options = {
            "documentLoader": self._document,
            "contextResolver": self._resolver,
            "processingMode": "json-ld-1.1",
            "base": _BASE,
        }
        try:
            expanded = processor.expand(document, options)
            outside = [name for name in dropped if isinstance(name, str)] + _made_relative(expanded)
            dataset = processor.to_rdf(expanded, {**options, "base": None})
            lines = str(_Bounded().main(dataset, {"format": "application/n-quads"}))
        except jsonld.JsonLdError as error:
            if self._missing:
                raise NotCheckedError(Reason.CONTEXT_MISSING, self._missing[0]) from None
            raise NotCheckedError(Reason.CONTEXT_UNREADABLE, str(error.code or "")) from None
        except RecursionError:
            raise NotCheckedError(Reason.TOO_COMPLEX, "nested deeply") from None
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
            raise NotCheckedError(Reason.CONTEXT_UNREADABLE, type(error).__name__) from None
        if len(lines) > _LONGEST:
            raise NotCheckedError(Reason.TOO_COMPLEX, "more lines than are taken")
        return lines.encode("utf-8", "surrogatepass"), tuple(dict.fromkeys(outside))

    def _document(self, url: str, _options: Any = None) -> Mapping[str, Any]:
        """What PyLD asks for instead of fetching."""
        if url not in self._loaded:
            supplied = self._contexts.get(url)
            try:
                self._loaded[url] = json_of(supplied) if supplied is not None else _bundled(url)
            except ValueError:
                raise NotCheckedError(Reason.CONTEXT_UNREADABLE, url) from None
        if self._loaded[url] is None:
            self._missing.append(url)
            raise jsonld.JsonLdError("not supplied", "qa_toolkit.MissingContext", code="loading document failed")
        return {
            "document": self._loaded[url],
            "documentUrl": url,
            "contextUrl": None,
            "contentType": "application/ld+json",
        }


@lru_cache(maxsize=16)
def _bundled(url: str) -> Any:
    path = BUNDLED_CONTEXTS.get(url)
    return json.loads(path.read_text(encoding="utf-8")) if path is not None else None


def _made_relative(expanded: Any) -> list[str]:
    """Undo that PyLD makes identifiers absolute that are not; RDF leaves them out, so they are returned.

    The document has no address of its own: against which one an identifier would be completed, nobody signed.
    """
    found: list[str] = []
    stack = [expanded]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack += one
        elif isinstance(one, dict) and "@value" not in one:
            if isinstance(one.get("@id"), str) and one["@id"].startswith(_BASE):
                one["@id"] = one["@id"].removeprefix(_BASE)
                found.append(one["@id"] or "id")
            types = one["@type"] if isinstance(one.get("@type"), list) else []
            for place, name in enumerate(types):
                if isinstance(name, str) and name.startswith(_BASE):
                    types[place] = name.removeprefix(_BASE)
                    found.append(types[place])
            stack += [child for key, child in one.items() if key not in ("@id", "@type")]
    return found


class _Bounded(URDNA2015):  # type: ignore[misc]
    """The algorithm of PyLD, which ends where a graph was made to cost forever."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def _step(self, number: int = 1) -> None:
        self._steps += number
        if self._steps > MOST_STEPS:
            raise NotCheckedError(Reason.TOO_COMPLEX, "nodes that cannot be told apart")

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
        """Each list of nodes that look alike is tried in every order."""
        related = super().create_hash_to_related(id_, issuer)
        for alike in related.values():
            self._step(factorial(min(len(alike), 12)))
        return related

    def hash_first_degree_quads(self, id_: str) -> Any:
        """Each costs as many lines as the node stands in."""
        self._step()
        return super().hash_first_degree_quads(id_)


Canonical = Callable[[Mapping[str, Any]], tuple[bytes, tuple[str, ...]]]
"""How a document becomes the bytes that are hashed, and what of it is not in them."""
