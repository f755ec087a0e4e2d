"""快讯: the kept notices of a period as an issue, and its forms on paper. Pure: bytes out, no files."""

from collections.abc import Callable, Mapping

from monitor.bulletin import html, markdown
from monitor.bulletin.compose import compose
from monitor.model import Bulletin

# A format is one module and one line here.
FORMATS: Mapping[str, Callable[[Bulletin], bytes]] = {"html": html.write, "md": markdown.write}

__all__ = ["FORMATS", "compose"]
