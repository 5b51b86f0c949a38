"""The demo town: invented, the same every time, loaded in seconds, and marked 演示 everywhere."""

from server.demo.town import Loaded, is_empty, load

__all__ = ["Loaded", "is_empty", "load"]
