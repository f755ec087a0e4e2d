"""The command line: one file a group of commands. Heavy rooms are imported by the command that needs them."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from monitor import __version__
from monitor.cli.context import Context, Instant
from monitor.errors import ConfigError, MonitorError, SourceError

COMMANDS = {
    "init": "monitor.cli.start:init",
    "check": "monitor.cli.check:check",
    "run": "monitor.cli.start:run",
    "demo": "monitor.cli.start:demo",
    "sources": "monitor.cli.sources:sources",
    "changes": "monitor.cli.changes:changes",
    "show": "monitor.cli.changes:show",
    "review": "monitor.cli.changes:review",
    "deadlines": "monitor.cli.deadlines:deadlines",
    "import": "monitor.cli.bring:import_",
    "reparse": "monitor.cli.reparse:reparse",
    "parse": "monitor.cli.read:parse",
    "classify": "monitor.cli.read:classify",
    "learnt": "monitor.cli.learn:learnt",
    "evaluate": "monitor.cli.evaluate:evaluate",
    "digest": "monitor.cli.digest:digest",
    "channels": "monitor.cli.digest:channels",
    "bulletin": "monitor.cli.bulletin:bulletin",
    "db": "monitor.cli.db:db",
    "doctor": "monitor.cli.db:doctor",
}

WORD = "快讯"
EXIT_FAILURE, EXIT_USAGE, EXIT_PARTLY, EXIT_INTERRUPTED = 1, 2, 3, 130


class _Lazy(click.Group):
    """A group that imports a command only when it is called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, name = target.split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config", type=click.Path(path_type=Path), help="配置文件（默认 ./sources.yaml 或 $KUAIXUN_CONFIG）"
)
@click.option("--storage", type=click.Path(path_type=Path), help="数据文件夹（默认在配置文件旁的 storage/）")
@click.option("--database", metavar="URL", help="数据库地址（默认数据文件夹内的 SQLite）")
@click.option("--now", type=Instant(), metavar="ISO8601", help="把这一时刻当作现在（回放、测试用）")
@click.option("-v", "--verbose", is_flag=True, help="在标准错误输出详细日志")
@click.version_option(__version__, prog_name="kuaixun")
@click.pass_context
def cli(
    ctx: click.Context,
    config: Path | None,
    storage: Path | None,
    database: str | None,
    now: object,
    verbose: bool,
) -> None:
    """快讯：监测政府网站的通知栏目，比对变更，编成快讯。"""
    ctx.obj = Context.of(config=config, storage=storage, database=database, now=now, verbose=verbose)


def main() -> None:
    """Run a command and leave with the exit code of CONTRACT: 0, 1, 2, 3 or 130."""
    for stream in (sys.stdout, sys.stderr):
        _make_fit(stream)
    gc.set_threshold(50_000, 20, 20)  # imports and trees make many objects and few cycles
    code = run(sys.argv[1:])
    gc.freeze()  # the end of the process needs no last collection: a tenth of a short check
    sys.exit(code)


def _make_fit(stream: TextIO) -> None:
    """Chinese is printed whatever the locale is; what cannot be encoded is escaped, never an error."""
    if isinstance(stream, TextIOWrapper):
        try:
            WORD.encode(stream.encoding)
        except (UnicodeEncodeError, LookupError):
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="backslashreplace")


def run(arguments: list[str]) -> int:
    """The exit code of one command line."""
    try:
        code = cli.main(arguments, prog_name="kuaixun", standalone_mode=False)
    except click.exceptions.Abort:
        return EXIT_INTERRUPTED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except ConfigError as error:
        return _say(error, EXIT_USAGE)
    except SourceError as error:
        return _say(error, EXIT_PARTLY)
    except MonitorError as error:
        return _say(error, EXIT_FAILURE)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away: no trace, as for any Unix tool
        return EXIT_FAILURE
    except Exception as error:
        click.echo(
            f"kuaixun: unexpected {type(error).__name__}: {error} (run with -v for the trace)", err=True
        )
        if "-v" in arguments or "--verbose" in arguments:
            raise
        return EXIT_FAILURE
    return code if isinstance(code, int) else 0


def _say(error: MonitorError, code: int) -> int:
    click.echo(f"kuaixun: {error}", err=True)
    return code
