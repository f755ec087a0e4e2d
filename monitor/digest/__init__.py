"""摘要: from changes to messages. Which changes are owed, how they are grouped, how each form shows them.

Pure: takes values, gives `Piece`s; nothing is sent or remembered here.
"""

from monitor.digest.choose import owed
from monitor.digest.compose import compose

__all__ = ["compose", "owed"]
