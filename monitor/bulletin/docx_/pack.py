"""The bytes of a document: the same for the same issue, whenever and wherever it is written."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Paper

from monitor.bulletin import words
from monitor.bulletin.docx_.nodes import w
from monitor.model import Bulletin
from monitor.text import clean

_LONGEST = 255  # what python-docx takes for a property
# What may stand behind updateFields in settings.xml, as far as Word writes it (17.15.1.78).
_AFTER = (
    "hdrShapeDefaults",
    "footnotePr",
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "captions",
    "shapeDefaults",
    "decimalSymbol",
    "listSeparator",
)


def describe(paper: Paper, issue: Bulletin) -> None:
    """Title, author and dates in the properties: those of the issue, not of the clock."""
    about = paper.core_properties
    about.title = clean(f"{words.NAME} {issue.number}")[:_LONGEST]
    about.author = about.last_modified_by = clean(issue.publisher.name)[:_LONGEST]
    about.subject = words.period(issue)
    about.comments = about.keywords = about.category = ""
    about.language = "zh-CN"
    about.created = about.modified = issue.until
    about.revision = 1


def ask_for_update(paper: Paper) -> None:
    """Have Word work out the contents when it opens the document."""
    settings = paper.settings.element
    for old in settings.xpath("w:updateFields"):
        settings.remove(old)
    settings.insert_element_before(w("updateFields", val="true"), *(f"w:{name}" for name in _AFTER))


def pack(paper: Paper) -> bytes:
    """The document as a file, without the instant at which it was packed."""
    saved, packed = BytesIO(), BytesIO()
    paper.save(saved)
    with ZipFile(saved) as old, ZipFile(packed, "w") as new:
        for part in old.infolist():
            entry = ZipInfo(part.filename)  # 1980-01-01, as zip has no "never"
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return packed.getvalue()
