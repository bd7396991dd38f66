"""Help as people read it: an argument by what it is called, without the type that the program gives it."""

from typing import Any

from typer.core import TyperCommand


class PlainCommand(TyperCommand):
    """A command whose arguments stand in its help as 'PATH...', not as '{PATH...}... <list[Path]>'."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line: an argument that can be left out stands in brackets."""
        pieces = [self.options_metavar] if self.options_metavar else []
        for parameter in self.get_params(ctx):
            if parameter.param_type_name == "argument":
                name = parameter.metavar or str(parameter.name).upper()
                pieces.append(name if parameter.required else f"[{name}]")
        return pieces

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options, a line each."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            if (record := parameter.get_help_record(ctx)) is None:
                continue
            name, text = record
            if parameter.param_type_name == "argument":
                sections["Arguments"].append((parameter.metavar or name, text))
            else:
                sections["Options"].append((name, text))
        for title, lines in sections.items():
            if lines:
                with formatter.section(title):
                    formatter.write_dl(lines)
