"""Text tables, read as one submission."""

from tests.intake.read_back import VOCABULARIES, ReadBack

__all__ = ["VOCABULARIES", "Read"]


class Read(ReadBack):
    """Contents of files, read as one submission."""

    def __call__(self, *contents: bytes) -> "Read":
        for number, content in enumerate(contents, 1):
            (self.folder / f"{number}.csv").write_bytes(content)
        return self.again()
