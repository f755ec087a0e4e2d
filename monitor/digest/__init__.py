"""摘要: from changes to messages. Which changes are owed, how they are grouped, how each form shows them.

Pure: takes values, gives `Piece`s; nothing is sent or remembered here.
"""

from monitor.digest.choose import is_wanted, owed
from monitor.digest.compose import compose
from monitor.digest.reminder import Reminder
from monitor.digest.when import is_due, quiet_until

__all__ = ["Reminder", "compose", "is_due", "is_wanted", "owed", "quiet_until"]
