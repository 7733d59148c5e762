"""Click in Vietnamese: its help, its errors, its types. Nothing that it says itself is left over.

Click takes its words from the system's language, and has none in Vietnamese. Here are its own
hooks for each of them, but for the few that only a programmer's mistake could show.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
from click.core import ParameterSource

__all__ = ["Choice", "Count", "Group", "WrongUse", "option", "usage_text"]

_WORDS = {
    "Options": "Tùy chọn",
    "Positional arguments": "Tham số",
    "Commands": "Các lệnh",
    "[OPTIONS]": "[TÙY_CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [THAM_SỐ]...",
}


class WrongUse(click.UsageError):
    """The command line is wrong; the message is Vietnamese."""


# --- help ---------------------------------------------------------------------------------


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_WORDS.get(name, name)):
            yield


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command with Vietnamese help."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What the usage line shows after the name."""
        return [_WORDS.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help."""
        found = super().get_help_option(ctx)
        if found:
            found.help = "Hiện trợ giúp này rồi thoát."
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words of the command line; those that nobody asked for are a fault."""
        ctx.allow_extra_args = True  # Click's own words about them would be English
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not self.allow_extra_args:
            raise WrongUse(f"Không hiểu “{' '.join(rest)}”: lệnh này không nhận thêm gì.", ctx)
        return rest


class Group(Command, click.Group):
    """A command that has commands, all with Vietnamese help."""

    command_class = Command
    group_class = type  # that is, this one

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order in which they were declared: what is used most comes first."""
        return list(self.commands)


class _Option(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        extra = self.get_help_extra(ctx)
        notes = [f"biến môi trường: {name}" for name in extra.get("envvars", ())]
        if "default" in extra:
            notes.append(f"mặc định: {extra['default'].strip('()')}")
        shown = f"  [{'; '.join(notes)}]" if notes else ""
        return self.get_help_spec(ctx), f"{self.help}{shown}"


option = partial(click.option, cls=_Option, show_envvar=True)
"""As `click.option`."""


# --- types --------------------------------------------------------------------------------


class Choice(click.Choice[str]):
    """One of some words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong with `value`."""
        return f"không có “{value}”; chọn một trong: {', '.join(self.choices)}"


class Count(click.ParamType[int]):
    """A whole number from 1."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that `value` says."""
        text = str(value)
        if not text.isdecimal() or int(text) == 0:
            self.fail(f"“{text}” không phải một số nguyên từ 1 trở lên", param, ctx)
        return int(text)


# --- errors -------------------------------------------------------------------------------


def usage_text(error: click.ClickException) -> str:
    """What is wrong with the command line, and where to read how it is right."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{error}\n"
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "site-builder"
    return f"{_what(error)}\nGõ {command} --help để xem cách dùng.\n"


def _what(error: click.ClickException) -> str:
    what = "Dòng lệnh này viết chưa đúng."
    match error:
        case click.NoSuchOption():
            what = f"Không có tùy chọn {error.option_name}.{_meant(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            what = f"Không có lệnh {error.command_name}.{_meant(error.possibilities)}"
        case click.BadOptionUsage():
            verb = "còn thiếu" if _takes_value(error) else "không nhận"
            what = f"Tùy chọn {error.option_name} {verb} giá trị."
        case click.MissingParameter(param=click.Parameter() as parameter):
            what = f"Còn thiếu {_name(parameter)}: {parameter.help}"
        case click.BadParameter(param=click.Parameter() as parameter):
            what = f"Giá trị của {_source(error, parameter)} chưa đúng: {error.message}."
        case WrongUse():
            what = error.message
        case click.UsageError(cmd=click.Group()):
            what = "Còn thiếu tên lệnh."
    return what


def _meant(possibilities: Sequence[str] | None) -> str:
    return f" Có phải ý bạn là {' hoặc '.join(possibilities)}?" if possibilities else ""


def _takes_value(error: click.BadOptionUsage) -> bool:
    parameters = error.ctx.command.params if error.ctx else []
    named = (p for p in parameters if isinstance(p, click.Option) and error.option_name in p.opts)
    return any(not option.is_flag for option in named)


def _source(error: click.BadParameter, parameter: click.Parameter) -> str:
    """Where a wrong value stands."""
    source = error.ctx.get_parameter_source(parameter.name) if error.ctx else None
    if source is ParameterSource.ENVIRONMENT:
        return f"biến môi trường {parameter.envvar}"
    return _name(parameter)


def _name(parameter: click.Parameter) -> str:
    """As people type it, or as the help calls it."""
    if isinstance(parameter, click.Argument):
        return str(parameter.metavar)
    return max(parameter.opts, key=len)
