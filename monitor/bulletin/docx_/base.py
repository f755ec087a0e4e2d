"""The document that an issue is written into: the user's template, or an empty A4 one of our own.

Of a template everything counts but its text: page size, margins, headers and footers, styles by their
names (as with pandoc's reference document).
"""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as Paper
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from monitor.errors import ConfigError

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# Word and WPS know the fonts by either name; other programs take the second.
_FONTS = (
    ("宋体", "SimSun", "roman"),
    ("黑体", "SimHei", "swiss"),
    ("楷体", "KaiTi", "roman"),
    ("仿宋", "FangSong", "roman"),
)
# What zip, XML and python-docx raise for files that are damaged, encrypted or something else.
_BROKEN = (
    BadZipFile,
    OpcError,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
    EOFError,
    RuntimeError,
)
_PARTS = ("document", "styles", "settings", "fontTable")


def open_paper(template: bytes | None) -> Paper:
    """An empty document; ConfigError where the template is no .docx that can be used."""
    if template is None:
        return Document(BytesIO(_own()))
    try:
        paper = Document(BytesIO(template))
        _ask_for_parts(paper)
    except _BROKEN as error:
        raise ConfigError(
            "publisher.template", "a Word document (.docx) that Word opens without repair"
        ) from error
    _empty(paper)
    return paper


def _ask_for_parts(paper: Paper) -> None:
    """Parts of a package are looked for when they are asked for: what an issue needs must be there."""
    needed = (paper.element.body.sectPr.tag, paper.styles.element.tag, paper.settings.element.tag)
    if paper.core_properties.title is None or None in needed:
        raise ValueError("a part is missing")


def _empty(paper: Paper) -> None:
    body = paper.element.body
    for node in list(body):
        if node.tag != qn("w:sectPr"):
            body.remove(node)


def _own() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml")))
        others = (each for each in _PARTS if each != "document")
        archive.writestr(
            "word/_rels/document.xml.rels", _relations(*((each, f"{each}.xml") for each in others))
        )
        for name, xml in zip(_PARTS, (_document(), _styles(), _settings(), _fonts()), strict=True):
            archive.writestr(f"word/{name}.xml", _HEAD + xml)
    return made.getvalue()


def _content_types() -> str:
    names = {"document": "document.main"}
    parts = "".join(
        f'<Override PartName="/word/{each}.xml" ContentType="{_TYPE}.{names.get(each, each)}+xml"/>'
        for each in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="{_P}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_P}/relationships">{rows}</Relationships>'


def _document() -> str:
    """A4 with the margins of the web form, in twips."""
    return (
        f'<w:document {_W} xmlns:r="{_R}"><w:body><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1474" w:bottom="1361" w:left="1474"'
        ' w:header="794" w:footer="680" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _styles() -> str:
    """The defaults, and the styles that Word takes for granted."""
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"'
        ' w:eastAsia="宋体"/>'
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )


def _settings() -> str:
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="480"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:val="15"'
        ' w:uri="http://schemas.microsoft.com/office/word"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _fonts() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in _FONTS
    )
    return f"<w:fonts {_W}>{rows}</w:fonts>"
