"""What the programs that read the files in deploy/ say of them; skipped where such a program is not there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.patience import HANG_GUARD
from wizterm.server.store.opening import open_store

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
HOSTS = {"ORDERS_HOST": "orders.company.example", "OFFICE_HOST": "office.company.example"}


def program(name):
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed here")


def run(*command, **environment):
    ended = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=HANG_GUARD, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.fixture
def installed(tmp_path):
    """The program at a place of this test's, in the place of the one that the files name."""
    path = tmp_path / "bin" / "wizterm"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m wizterm "$@"\n')
    path.chmod(0o755)
    return lambda text: text.replace("/opt/wizterm/bin/wizterm", str(path))


@program("systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path, installed):
    units = [tmp_path / path.name for path in (DEPLOY / "systemd").iterdir()]
    for unit in units:
        unit.write_text(installed((DEPLOY / "systemd" / unit.name).read_text()))
    assert run("systemd-analyze", "--man=no", "verify", *map(str, units)) == (0, "")


@program("systemd-analyze")
def test_systemd_reads_when_the_backup_is_due(tmp_path):
    (when,) = re.findall(r"^OnCalendar=(.*)$", (DEPLOY / "systemd" / "wizterm-backup.timer").read_text(), re.MULTILINE)
    assert "02:30:00" in run("systemd-analyze", "calendar", when)[1]


@program("caddy")
def test_caddy_takes_its_file(tmp_path):
    place = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    status, words = run(
        "caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"), **HOSTS, **place
    )
    assert (status, "Valid configuration" in words) == (0, True), words


@program("docker-compose")
def test_compose_takes_its_file(tmp_path):
    """Without its first key, which the first version of Compose does not know."""
    (tmp_path / "compose.yaml").write_text(
        re.sub(r"^name: .*\n", "", (DEPLOY / "compose.yaml").read_text(), flags=re.MULTILINE)
    )
    command = ("docker-compose", "--file", str(tmp_path / "compose.yaml"), "config", "--quiet")
    assert run(*command, **HOSTS, POSTGRES_PASSWORD="secret") == (0, "")
    status, words = run(*command, **HOSTS, POSTGRES_PASSWORD="")
    assert (status, "set it" in words) == (1, True)


@program("sh")
def test_the_nightly_backup_writes_a_copy_and_clears_old_ones_away(tmp_path, installed):
    kept = tmp_path / "backups"
    kept.mkdir()
    old = kept / "store-2020-01-01.db"
    old.write_text("")
    os.utime(old, (0, 0))
    open_store(tmp_path).close()
    unit = installed((DEPLOY / "systemd" / "wizterm-backup.service").read_text())
    for line in re.findall(r"^ExecStart(?:Post)?=(.*)$", unit, re.MULTILINE):
        words = shlex.split(line.replace("/var/lib/wizterm", str(tmp_path)).replace("%%", "%"))
        status, said = run(*words, WIZTERM_SERVER_FOLDER=str(tmp_path))
        assert status == 0, said
    (copy,) = kept.iterdir()
    assert copy.stat().st_size > 0


@program("sh")
def test_the_office_of_a_server_works_with_the_servers_settings(tmp_path, installed):
    settings = (DEPLOY / "server.env").read_text().replace("/var/lib/wizterm", str(tmp_path / "store"))
    (tmp_path / "server.env").write_text(settings)
    script = tmp_path / "wizterm"
    script.write_text(installed((DEPLOY / "wizterm").read_text().replace("/etc/wizterm", str(tmp_path))))
    open_store(tmp_path / "store").close()
    status, words = run("sh", str(script), "admin", "backup", str(tmp_path / "copy.db"))
    assert (status, (tmp_path / "copy.db").exists()) == (0, True), words
