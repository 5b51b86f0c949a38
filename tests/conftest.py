"""What every test may ask for. Each plugin says what it is for in its own first lines."""

pytest_plugins = [
    "tests.access.records",
    "tests.apart",
    "tests.shared",
    "tests.databases",
    "tests.faults.records",
    "tests.freezing",
    "tests.nothing_skipped",
    "tests.postbox",
    "tests.prepared_models",
    "tests.quick_hashes",
    "tests.redis_server",
    "tests.server_process",
    "tests.journeys.towns",
    "tests.journeys.town_client",
    "tests.journeys.plain_browser",
]
