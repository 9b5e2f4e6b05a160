"""The command line: one command a module, imported only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from opastin.errors import UserError

COMMANDS = {
    "backup": ("opastin.backup", "Write both databases and the key into a dated folder."),
    "catalog": ("opastin.catalog", "Import, export, search, check and count study options."),
    "chat": ("opastin.chat", "Talk with the bot in the terminal."),
    "coach": ("opastin.coach", "Add, list and close coaches' accounts, and reset their passwords."),
    "doctor": ("opastin.doctor", "Check the installation and say what to mend."),
    "evaluate": ("opastin.evaluate", "Measure the bot's quality."),
    "gateway": ("opastin.gateway", "Start a gateway alone, before workers of this machine."),
    "kiosk": ("opastin.kiosk", "Add, list and remove kiosk devices."),
    "measures": ("opastin.measures", "Show figures of guidance by week."),
    "privacy": ("opastin.privacy", "Erase, export or purge people's data."),
    "restore": ("opastin.restore", "Put a backup in place, and erase again what was erased since."),
    "reviews": ("opastin.reviews", "Turn coaches' corrections into training data."),
    "run": ("opastin.run", "Start the whole service on one machine."),
    "suggest": ("opastin.suggest", "Print ranked options for a profile."),
    "team": ("opastin.team", "Add, change and list teams of coaches."),
    "understand": ("opastin.understand", "Print what the bot understands of each line."),
    "worker": ("opastin.worker", "Start Rasa and its action server alone, for gateways."),
}


class Commands(click.Group):
    """The commands by name; `--help` lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)  # noqa: S101 - every module names it so
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="opastin")
def opastin() -> None:
    """Opastin: a conversational guide to study options for adults in Finland."""


def main() -> None:
    """Run the command line; a user's mistake is one sentence on standard error."""
    try:
        opastin()
    except UserError as error:
        click.echo(f"opastin: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
