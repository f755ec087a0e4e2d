"""Settings: sources.yaml, seeds/ and the environment, read once and checked; everything else takes arguments.

An error names file, line and key and says what was expected. It never prints a value that came
from the environment.
"""

from monitor.settings.load import Settings, load, locate, read_file
from monitor.settings.places import Places, find_places
from monitor.settings.problems import STORAGE_CHANNEL

__all__ = ["STORAGE_CHANNEL", "Places", "Settings", "find_places", "load", "locate", "read_file"]
