"""日程: the deadlines of notices as appointments (here), and as an iCalendar file (`calendar.ics`).

Pure: takes what readers have been told of notices, gives values and bytes; there is no clock here.
Whoever opens the store comes by here, and only who writes a file needs icalendar: `ics` is not imported.
"""

from monitor.calendar.agenda import History, State, appointments, upcoming
from monitor.calendar.appointment import NO_KIND, Appointment

__all__ = ["NO_KIND", "Appointment", "History", "State", "appointments", "upcoming"]
