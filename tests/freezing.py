"""What is imported and collected stays to the end: no search for garbage looks at it again.

Seven thousand tests are a million things, and every search went through them.
"""

import gc


def pytest_configure() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()
