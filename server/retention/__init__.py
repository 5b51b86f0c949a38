"""What is kept of people, how long, and letting it go: the tables, and the runs that obey them."""

from server.retention.holdings import HOLDINGS, Holding
from server.retention.rules import ANSWERED_WITHIN_DAYS, RULES, Kept, Rule
from server.retention.runs import report, run, run_at_night, run_short_lived

__all__ = [
    "ANSWERED_WITHIN_DAYS",
    "HOLDINGS",
    "RULES",
    "Holding",
    "Kept",
    "Rule",
    "report",
    "run",
    "run_at_night",
    "run_short_lived",
]
