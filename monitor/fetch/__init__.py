"""The door to the web: every page comes through here, politely, from an address that was checked."""

from monitor.fetch.fetcher import Fetcher
from monitor.fetch.limits import Limits

__all__ = ["Fetcher", "Limits"]
