"""The encoding of a text file is told by its bytes, its letters and the words they stand in."""

from pathlib import Path

import pytest

from qa_toolkit.intake.tables.encoding import as_utf8, encoding_of
from qa_toolkit.intake.words import Words
from tests.intake.text_tables import VOCABULARIES

SHORT_TEXTS = {
    "Czech": ("cp1250", "Jméno;Předmět\nŽaneta Příkladná;Účetnictví\nOndřej Škoda;Řízení vozíku\n"),
    "Slovak": ("cp1250", "Meno;Predmet\nĽubica Vzorová;Účtovníctvo\nŤažký Ján;Vodičský kurz, ôsmy\n"),
    "Polish": ("cp1250", "Imię;Przedmiot\nŚwiętosława Żółć;Księgowość\nJózef Gęś;Źródła prawa\n"),
    "Hungarian": ("cp1250", "Név;Tárgy\nŐri Tűzkő;Könyvelés\nÁgota Fűszál;Időgazdálkodás\n"),
    "Slovenian": ("cp1250", "Ime;Predmet\nŽiga Vzorčni;Računovodstvo\nŠpela Češnja;Učenje\n"),
    "Croatian": ("cp1250", "Ime;Predmet\nĐurđa Primjerić;Računovodstvo\nŽeljko Šćit;Vođenje\n"),
    "Romanian": ("cp1250", "Nume;Curs\nŞtefan Exemplu;Învăţare\nIoana Mânecuţă;Contabilitate şi gestiune, bază\n"),
    "German": ("cp1252", "Name;Fach\nJörg Weißmüller;Buchführung\nÄnne Grün;Gespräche für Führungskräfte\n"),
    "French": ("cp1252", "Nom;Matière\nFrançoise Lefèvre;Comptabilité\nMaÿlis Noël;Où mène l'œil nu, l'île\n"),
    "Spanish": ("cp1252", "Nombre;Título\nÍñigo Núñez;Diseño\nBegoña Güell;¿Qué pequeño?\n"),
    "Portuguese": ("cp1252", "Nome;Título\nJoão Conceição;Gestão\nInês Guimarães;Confeção de pão\n"),
    "Italian": ("cp1252", "Nome;Titolo\nNiccolò Virtù;Qualità\nMercé Lunedì;Attività in città\n"),
    "Dutch": ("cp1252", "Naam;Titel\nZoë Voorbeeld;Ideeën\nJoëlle Österman;Coördinatie, geïnd\n"),
    "Danish": ("cp1252", "Navn;Titel\nSøren Prøve;Bæredygtighed\nÅse Kjær;Regnskab på dansk\n"),
    "Swedish": ("cp1252", "Namn;Titel\nÅsa Exempelström;Bokföring\nGöran Ljung;Hållbarhet och miljö\n"),
    "Estonian": ("cp1252", "Nimi;Pealkiri\nÕnne Näidis;Raamatupidamine\nJüri Mänd;Õppimine, žürii, šokk\n"),
    "Finnish": ("cp1252", "Nimi;Otsikko\nPäivi Esimerkki;Kirjanpito\nYrjö Mäki;Työelämän perusteet\n"),
}
"""Language -> the code page Windows writes it in, and three lines of a table."""


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(VOCABULARIES)


def decoded(content: bytes, folder: Path, words: Words) -> str:
    """The text of a file by the codec that was found."""
    path = folder / "table.csv"
    path.write_bytes(content)
    codec = encoding_of(path, words.letters)
    assert codec is not None
    return content.decode(codec)


@pytest.mark.parametrize("language", SHORT_TEXTS)
def test_three_lines_tell_the_code_page(language: str, words: Words, tmp_path: Path) -> None:
    """Windows-1250 and Windows-1252 give other letters for the same bytes; those of one language fit."""
    codec, text = SHORT_TEXTS[language]

    assert decoded(text.encode(codec), tmp_path, words) == text


@pytest.mark.parametrize("language", ["Czech", "Slovak", "Polish", "Hungarian", "Slovenian", "Croatian", "Romanian"])
def test_the_iso_page_of_central_europe_is_told_from_that_of_windows(
    language: str, words: Words, tmp_path: Path
) -> None:
    """They differ in a few letters: Š, Ť and Ž, and the Polish Ą, Ś and Ź."""
    _, text = SHORT_TEXTS[language]

    assert decoded(text.encode("iso8859-2"), tmp_path, words) == text


@pytest.mark.parametrize("language", SHORT_TEXTS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_its_bytes(codec: str, language: str, words: Words, tmp_path: Path) -> None:
    """With a byte order mark or without."""
    _, text = SHORT_TEXTS[language]

    assert decoded(text.encode(codec), tmp_path, words).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1250", "Zoë"),
        ("cp1250", "Łukasz"),
        ("cp1250", "Müller"),
        ("cp1250", "Žaneta"),
        ("cp1250", "Tomáš"),
        ("cp1250", "Ťopka"),
        ("cp1250", "Dvořák"),
        ("cp1252", "Zoë"),
        ("cp1252", "Müller"),
        ("cp1252", "Søren"),
        ("cp1252", "João"),
        ("cp1252", "Núñez"),
        ("cp1252", "Virtù"),
    ],
)
def test_one_name_beyond_ascii_is_enough(codec: str, name: str, words: Words, tmp_path: Path) -> None:
    """A table in English with a single guest."""
    text = f"certificate number;name;date of issue\nA-1;John Example;2026-07-01\nA-2;{name} Example;2026-07-01\n"

    assert decoded(text.encode(codec), tmp_path, words) == text


@pytest.mark.parametrize("codec", ["cp1250", "cp1252"])
@pytest.mark.parametrize("text", ["Gebühr: 20 €", "„Übung“ – Übersicht…", "Größe ‚M‘ • Maß"])
def test_typographic_marks_stay_what_they_are(text: str, codec: str, words: Words, tmp_path: Path) -> None:
    """Quotation marks, dashes, bullets and the euro sign lie at the same bytes in both."""
    assert decoded(text.encode(codec), tmp_path, words) == text


def test_letters_far_down_in_a_large_file_are_enough(words: Words, tmp_path: Path) -> None:
    """The first name beyond ASCII may stand after many megabytes."""
    text = "certificate number;name\n" + "A-1;John Example of a rather long name\n" * 240_000 + "A-2;Łukasz Wzór\n"

    assert decoded(text.encode("cp1250"), tmp_path, words) == text


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 4, b"\xff\xfe\x00\xd8\x00\xd8", b"\x81\x8d\x8f\x90\x9d\x83\x88\x00\x01\x02" * 9]
)
def test_what_is_no_text_has_no_encoding(content: bytes, words: Words, tmp_path: Path) -> None:
    """Control bytes among the others, or pairs that UTF-16 does not allow."""
    (tmp_path / "table.csv").write_bytes(content)

    assert encoding_of(tmp_path / "table.csv", words.letters) is None


@pytest.mark.parametrize(
    ("form", "codec", "name"),
    [
        ("utf-8", "utf-8", "UTF-8"),
        ("utf-8-sig", "utf-8-sig", "UTF-8 with byte order mark"),
        ("utf-16", "utf-16", "UTF-16"),
        ("utf-16-le", "utf-16-le", "UTF-16"),
        ("cp1250", "cp1250", "Windows-1250"),
        ("cp1252", "cp1252", "Windows-1252"),
        ("iso8859-2", "iso8859_2", "ISO 8859-2"),
    ],
)
def test_a_copy_in_utf8_is_made_and_the_encoding_named(form: str, codec: str, name: str, tmp_path: Path) -> None:
    """By the name people know."""
    path = tmp_path / "table.csv"
    path.write_bytes("Müller;Weißgerät\n".encode(form))

    copy = as_utf8(path, codec, tmp_path / "copy.csv")

    assert (copy.path.read_bytes(), copy.encoding) == ("Müller;Weißgerät\n".encode(), name)


@pytest.mark.parametrize(
    ("heading", "value", "codec", "encoding"),
    [
        ("Číslo certifikátu", "Kuchař", "cp1250", "Windows-1250"),
        ("Datum vydání", "Bečka", "cp1250", "Windows-1250"),
        ("Příjmení", "x", "cp1250", "Windows-1250"),
        ("Modalità", "perché", "cp1252", "Windows-1252"),
        ("Prénom", "Élève", "cp1252", "Windows-1252"),
        ("Prüfungsform", "Müller", "cp1252", "Windows-1252"),
        ("Número de horas", "María", "cp1252", "Windows-1252"),
    ],
)
def test_few_letters_are_told_by_the_words_they_stand_in(
    heading: str, value: str, codec: str, encoding: str, tmp_path: Path
) -> None:
    """'č' and 'è' are one byte; 'Číslo' and 'Modalità' are words that tables hold."""
    path = tmp_path / "table.csv"
    path.write_bytes(f"{heading};title;issued\n{value};Bees;2026-07-01\n".encode(codec))

    found = encoding_of(path, Words.load(VOCABULARIES).letters)
    assert found is not None
    text = as_utf8(path, found, tmp_path / "copy.csv")

    assert text.path.read_text(encoding="utf-8").startswith(f"{heading};title;issued\n{value};")
    assert text.encoding == encoding or f"{heading}{value}".encode("cp1250") == f"{heading}{value}".encode("cp1252")


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_letter_that_a_block_cuts_in_two_is_still_one(end: bytes, tmp_path: Path) -> None:
    """A line in UTF-8 of more than a megabyte, among lines of a code page; it counts as one line."""
    block = 1 << 20
    file = tmp_path / "a.csv"
    long = "x" * (block - 1) + "ü" + "y" * block + "ü"
    file.write_bytes("Zoë Müller\n".encode("cp1252") + long.encode() + end)

    text = as_utf8(file, "cp1252", tmp_path / "copy.csv")

    assert text.path.read_bytes() == b"Zo\xc3\xab M\xc3\xbcller\n" + long.encode() + end
    assert text.otherwise == 1
