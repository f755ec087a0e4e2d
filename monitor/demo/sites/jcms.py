"""The paging interface of Hanweb JCMS (CNIPA): the rows of a column as XML, without the page around them."""

from __future__ import annotations

from monitor.demo.columns import COLUMNS
from monitor.demo.exchange import Answer, Ask, not_found
from monitor.demo.sites.pages import render
from monitor.demo.world import Scene

PATH = "/module/web/jpage/dataproxy.jsp"


def datastore(scene: Scene, ask: Ask) -> Answer:
    """The one page of rows that each column has; no rows for a further page."""
    for column in COLUMNS:
        if column.host == ask.host and column.key == ask.query.get("columnid"):
            rows = scene.listed(column.id) if ask.query.get("page", "1") == "1" else ()
            xml = render("jcms/datastore.html", column=column, rows=rows)
            return Answer(200, xml.encode(), (("Content-Type", "text/xml;charset=UTF-8"),))
    return not_found()
