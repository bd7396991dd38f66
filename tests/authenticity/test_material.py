"""The folder of what is supplied: a list that names each file, its kind, its address and its day."""

from datetime import date
from pathlib import Path

import pytest

from qa_toolkit.authenticity.contexts import add_context, contexts_at_hand
from qa_toolkit.authenticity.material import MaterialError, load_material

HEAD = "file,kind,address,date\n"


def folder(path: Path, rows: str, head: str = HEAD, **files: str) -> Path:
    (path / "material.csv").write_text(head + rows, encoding="utf-8")
    for name, content in files.items():
        (path / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return path


def test_everything_the_list_names_is_loaded_with_its_day(tmp_path: Path) -> None:
    """Nothing else of the folder is."""
    rows = "did.json,keys,did:web:wellenberg.example,2026-09-01\nwho.csv,signers,,2026-09-02\n"
    who = "signer,identifier,valid_from\nWellenberg,SHA256:AB CD,2025-01-01\n"

    material = load_material(folder(tmp_path, rows, did_json="{}", who_csv=who, other_json="{}"))

    assert [(one.file, one.day) for one in material.files] == [
        ("did.json", date(2026, 9, 1)),
        ("who.csv", date(2026, 9, 2)),
    ]
    assert list(material.keys) == ["did:web:wellenberg.example"]
    (signer,) = material.signers
    assert (signer.identifier, signer.valid_from, signer.valid_until) == ("sha256:abcd", date(2025, 1, 1), None)


def test_a_list_from_a_spreadsheet_may_part_its_columns_with_semicolons(tmp_path: Path) -> None:
    """And begin with the mark that Excel writes."""
    rows = "a.json;context;https://context.example/v1;2026-09-01\n"

    material = load_material(folder(tmp_path, rows, "\ufefffile;kind;address;date\n", a_json="{}"))

    assert list(material.contexts) == ["https://context.example/v1"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("a.json,key,https://x.example,2026-09-01\n", "There is no kind 'key'"),
        ("a.json,keys,,2026-09-01\n", "The address is missing"),
        ("a.json,keys,https://x.example,01.09.2026\n", "The date is missing or no day"),
        ("b.json,keys,https://x.example,2026-09-01\n", "A file of the list is not there"),
        ("../a.json,keys,https://x.example,2026-09-01\n", "A file of the list is not there"),
        ("a.json,keys,x:y,2026-09-01\na.json,keys,x:y,2026-09-01\n", "An address is there twice"),
        ("a.json,signers,,2026-09-01\n", "A list of signers is incomplete"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, rows: str, what: str) -> None:
    """What, where, why and how to fix."""
    with pytest.raises(MaterialError) as error:
        load_material(folder(tmp_path, rows, a_json="{}"))

    assert [problem.what for problem in error.value.problems] == [what]


@pytest.mark.parametrize("head", ["", "file,kind\n"])
def test_a_folder_without_its_list_is_refused(tmp_path: Path, head: str) -> None:
    """There is no guessing what a file stands for."""
    if head:
        folder(tmp_path, "", head)

    with pytest.raises(MaterialError):
        load_material(tmp_path)


def test_a_context_is_added_once_and_listed(tmp_path: Path) -> None:
    """By the address that credentials name."""
    (tmp_path / "saved.json").write_text('{"@context": {}}', encoding="utf-8")
    url = "https://context.example/v1"

    name = add_context(tmp_path / "material", tmp_path / "saved.json", url, date(2026, 9, 1))

    assert (url, f"{name}, 2026-09-01") in contexts_at_hand(tmp_path / "material")
    assert list(load_material(tmp_path / "material").contexts) == [url]
    with pytest.raises(MaterialError):
        add_context(tmp_path / "material", tmp_path / "saved.json", url, date(2026, 9, 1))


def test_what_is_no_context_is_not_added(tmp_path: Path) -> None:
    """A page saved as HTML is the usual slip."""
    (tmp_path / "saved.json").write_text("<html>", encoding="utf-8")

    with pytest.raises(MaterialError):
        add_context(tmp_path / "material", tmp_path / "saved.json", "https://context.example/v1", date(2026, 9, 1))
