"""The simulated sites: a scene and a request go in, the answer of the real site's CMS comes out.

Every host serves static lists and notices from the templates of its shape; some answer
their lists from an interface besides (`jcms`, `jpaas`, `ucap`). Pure: talks to nobody.
"""

from __future__ import annotations

from monitor.demo.columns import COLUMNS, TAX
from monitor.demo.exchange import Answer, Ask
from monitor.demo.sites import jcms, jpaas, static, ucap
from monitor.demo.world import Scene


def answer(scene: Scene, ask: Ask) -> Answer:
    """What the site that is asked for answers; an unknown host or path is a 404."""
    if ask.path == jpaas.PATH:
        return jpaas.unit(scene, ask)
    if ask.path == jcms.PATH:
        return jcms.datastore(scene, ask)
    if ask.host == TAX:
        return ucap.files(scene, ask)
    return static.answer(scene, ask, columns=tuple(c for c in COLUMNS if c.host == ask.host))
