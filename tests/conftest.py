import os

from tests.torture.catches import CATCH, Catch, catches
from tests.torture.layer import ROW, Layer, table

os.environ.pop("NO_COLOR", None)
"""Pictures of screens are compared in colour, whatever the terminal of whoever runs the tests wants."""


def pytest_terminal_summary(terminalreporter):
    """What the torture came to. Here, because the process that reports for several loads no deeper conftest."""
    ended = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "teardown"
    ]
    told = [fact for report in ended for fact in report.user_properties]
    layers = [Layer(**facts) for name, facts in told if name == ROW]
    caught = [Catch(**facts) for name, facts in told if name == CATCH]
    for title, lines in (("torture", table(layers)), ("does the net bite?", catches(caught))):
        if len(lines) > 1:
            terminalreporter.section(title)
            terminalreporter.write("\n".join(lines) + "\n")
