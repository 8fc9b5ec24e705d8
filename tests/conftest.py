import os

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
    layers = [Layer(**facts) for report in ended for name, facts in report.user_properties if name == ROW]
    if layers:
        terminalreporter.section("torture")
        for line in table(layers):
            terminalreporter.write_line(line)
