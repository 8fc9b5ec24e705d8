"""Settings: what is fetched and when, how the terminal looks, and whose machine this is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from wizterm import __version__
from wizterm.domain.clock import age
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain
from wizterm.screens.calibration import CalibrationSheet
from wizterm.screens.help import HelpSheet
from wizterm.screens.page import Page
from wizterm.screens.sign_out import SignOutSheet
from wizterm.services.outlook import Outlook
from wizterm.services.preferences import Switches
from wizterm.services.workbench import Workbench
from wizterm.theme import THEMES
from wizterm.widgets.pane import Shop, shop_of
from wizterm.widgets.progress import progress_line
from wizterm.widgets.setting_row import SettingRow

LOOKS = {theme.name: "dark" if theme.dark else "light" for theme in THEMES}
"""What people call the themes of the house."""


class SettingsPage(Page):
    DEFAULT_CSS = """
    SettingsPage {
        & > VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & .group { height: 1; color: $accent; text-style: bold; padding: 0 1; }
        & .progress { height: 1; padding: 0 2; }
        & .about { height: auto; padding: 0 2; color: $foreground 80%; }
        & SettingRow { max-width: 100; }
        &.-tall {
            & SettingRow { margin-bottom: 1; }
            & .group { margin-top: 1; }
            & #offline { margin-bottom: 0; }
            & .below-progress { margin-top: 0; }
        }
    }
    """

    TITLE_WORDS = "Settings"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]  # noqa: RUF012 - as Textual declares it
    HELP = """
Arrows go from row to row, Enter does what the row says. None of it touches carts or what waits to be sent.
"""

    switches: var[Switches | None] = var(None)

    @dataclass
    class SwitchesKnown(Message):
        switches: Switches

    @dataclass
    class Switched(Message):
        switches: Switches

    @dataclass
    class MayCall(Message):
        """Nothing forbids a call to the company."""

        wanted: str

    class ThemeKept(Message):
        """The theme is the one to begin with next time."""

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("Sync", classes="group")
            yield SettingRow("sync", "Sync Data", "Fetch the whole catalogue anew; work goes on with the old one.")
            yield SettingRow("incremental", "Incremental Sync", "Fetch what changed, at start and every few minutes.")
            yield SettingRow("media", "Media Sync", "Fetch the pictures that are missing on this machine.")
            yield SettingRow("offline", "Offline Mode", "Make no calls at all. It needs one complete sync first.")
            yield Static(classes="progress")
            yield Static("This terminal", classes="group below-progress")
            yield SettingRow("theme", "Theme", "Dark for a stock room, light for the sun.")
            yield SettingRow("scanner", "Scanner layout", "Learn what this keyboard makes of a scan.")
            yield SettingRow("keys", "Keys", "Every command with its keys; wizterm.toml can change them.")
            yield SettingRow("sign-out", "Sign out", "The next start asks for the password; nothing is lost.")
            yield Static("About", classes="group")
            yield Static(_about(shop_of(self)), classes="about")

    def on_mount(self) -> None:
        self.set_focus(self._row("sync"), scroll_visible=False)
        self._row("media").state = "Enter starts"
        self._row("keys").state = "F1"
        self._row("sign-out").state = "F11"
        self._say_theme()
        self._look()

    def watch_outlook(self, before: Outlook, after: Outlook) -> None:
        if not self.is_mounted:
            return
        line = self.query_one(".progress", Static)
        words = progress_line(after.progress, line.content_size.width) if after.progress else None
        line.update(words or Content(plain(after.detail)))
        if before.synced_at != after.synced_at:
            self._look()

    def watch_switches(self) -> None:
        self._say_switches()

    @on(SwitchesKnown)
    def show(self, message: SwitchesKnown) -> None:
        message.stop()
        self.switches = message.switches

    @on(Switched)
    def tell(self, message: Switched) -> None:
        message.stop()
        self.switches = message.switches
        shop_of(self).syncing.switched()

    @on(SettingRow.Acted)
    def act(self, message: SettingRow.Acted) -> None:
        message.stop()
        match message.name:
            case "sync" | "media" as wanted:
                self.ask(lambda bench: bench.preferences.check_calls(), lambda _: self.MayCall(wanted))
            case "incremental":
                self._turn(lambda bench: bench.preferences.turn_incremental())
            case "offline":
                self._turn(lambda bench: bench.preferences.turn_offline())
            case "sign-out":
                self.app.push_screen(SignOutSheet())
            case "theme":
                self._turn_theme()
            case "scanner":
                self.app.push_screen(CalibrationSheet(), lambda _: self._look())
            case _:
                self.app.push_screen(HelpSheet())

    @on(MayCall)
    def call(self, message: MayCall) -> None:
        message.stop()
        syncing = shop_of(self).syncing
        if message.wanted == "media":
            syncing.media()
            self.say("Fetching the pictures that are missing; go on working.")
        else:
            syncing.everything()
            self.say("Fetching everything anew; go on working.")

    def _look(self) -> None:
        self.look("switches", lambda bench: bench.preferences.switches, self.SwitchesKnown)

    def _turn(self, work: Callable[[Workbench], Switches]) -> None:
        self.ask(work, self.Switched)

    def _turn_theme(self) -> None:
        names = list(LOOKS)
        current = names.index(self.app.theme) if self.app.theme in LOOKS else -1
        chosen = names[(current + 1) % len(names)]
        self.app.theme = chosen
        self._say_theme()
        self.ask(lambda bench: bench.preferences.set_theme(chosen), lambda _: self.ThemeKept())

    def _say_theme(self) -> None:
        self._row("theme").state = LOOKS.get(self.app.theme, self.app.theme)

    def _say_switches(self) -> None:
        if self.switches is None or not self.is_mounted:
            return
        self._row("sync").state = _synced(self.switches, shop_of(self))
        self._row("incremental").state = _on(self.switches.incremental)
        self._row("offline").state = _on(self.switches.offline)
        mended = self.switches.mended
        self._row("scanner").state = f"{counted(mended, 'sign')} mended" if mended else "as it arrives"

    def _row(self, name: str) -> SettingRow:
        return self.query_one(f"#{name}", SettingRow)


def _on(on: bool) -> str:  # noqa: FBT001 - what it says
    return "● on" if on else "○ off"


def _synced(switches: Switches, shop: Shop) -> str:
    if switches.synced_at is None:
        return "never done"
    said = age(shop.machine.clock.now() - switches.synced_at)
    return f"complete {said}" + ("" if said == "just now" else " ago")


def _about(shop: Shop) -> Content:
    identity = shop.identity
    facts = {
        "WizTerm": __version__,
        "Rep": f"{identity.rep_name} ({identity.rep}) · {identity.company}",
        "Server": identity.address,
        "Machine": f"installation {identity.installation}: numbers begin {identity.rep}-{identity.installation}",
        "Folder": str(shop.machine.folder),
    }
    return Content("\n").join(
        Content.assemble(Content.styled(f"{title:<9}", "$foreground 60%"), plain(said)) for title, said in facts.items()
    )
