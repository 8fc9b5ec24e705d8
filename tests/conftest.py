import os

from tests.crash.tally import TALLY, Tally, table

os.environ.pop("NO_COLOR", None)
"""Pictures of screens are compared in colour, whatever the terminal of whoever runs the tests wants."""


def pytest_terminal_summary(terminalreporter):
    """What the kills came to. Here, because the process that reports for several loads no deeper conftest."""
    ended = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
    ]
    tallies = [Tally(**facts) for report in ended for name, facts in report.user_properties if name == TALLY]
    if tallies:
        terminalreporter.section("crashes")
        for line in table(tallies):
            terminalreporter.write_line(line)
