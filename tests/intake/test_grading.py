"""A grading scheme is read only where it says range, direction and pass mark."""

import pytest

from qa_toolkit.intake.grading import GradingScheme, read_grading_scheme
from qa_toolkit.intake.words import Words
from qa_toolkit.resources import shipped_folder

GRADING = Words.load(shipped_folder("checks") / "vocabularies").grading


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("1,0 (best) to 5,0; 4,0 passes", (1, 5, 4)),
        ("1,0 bis 5,0, beste Note 1,0, bestanden ab 4,0", (1, 5, 4)),
        ("1-5; best 1; pass mark 4", (1, 5, 4)),
        ("0 to 100 (best), passed from 50", (100, 0, 50)),
        ("od 1 (nejlepší) až 4; prospěl 3", (1, 4, 3)),
        ("0 à 20 (meilleur); réussite 10", (20, 0, 10)),
        ("0 a 10; mejor 10; aprobado 5", (10, 0, 5)),
        ("da 0 a 30 (migliore). Superato con 18", (30, 0, 18)),
        ("2 do 5 (najlepsza); zaliczenie 3", (5, 2, 3)),
        ("0 a 20; melhor 20; aprovado com 10", (20, 0, 10)),
    ],
)
def test_a_whole_scheme_is_read(text: str, scheme: tuple[float, float, float]) -> None:
    """In eight languages, however it is punctuated: best, worst, pass mark."""
    assert read_grading_scheme(text, GRADING) == GradingScheme(*scheme)


@pytest.mark.parametrize(
    "text",
    [
        "1,0 to 5,0; 4,0 passes",
        "1,0 (best) to 5,0",
        "best 1; 4 passes",
        "Pass, Merit, Distinction",
        "1 to 5; best 9; pass mark 4",
        "1 (best) to 5; pass mark 50",
        "1 to 1; best 1; pass mark 1",
        "12/20",
        "",
    ],
)
def test_what_says_less_is_not_guessed_at(text: str) -> None:
    """No direction, no pass mark, no range, or one that does not fit."""
    assert read_grading_scheme(text, GRADING) is None
