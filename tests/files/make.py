"""Files as people have them, made by hand: a Word document, a page saved as .mht, a PDF. Texts are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from importlib import import_module
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(*paragraphs: str, table: tuple[tuple[str, ...], ...] = (), xml: str = "") -> bytes:
    """A document of these paragraphs, then a table; `xml` stands behind as it is."""
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in table
    )
    body = "".join(map(_paragraph, paragraphs)) + (f"<w:tbl>{rows}</w:tbl>" if rows else "") + xml
    return zipped({"word/document.xml": f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>"})


def zipped(files: dict[str, str]) -> bytes:
    """A zip of these files, packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def mht(html: str, url: str, *, charset: str = "utf-8", also: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A page saved with its pictures; `also` are further pages (frames) that stand before it."""
    message = EmailMessage()
    message["Subject"] = "saved"
    message.make_related()
    for place, text in (*also, (url, html)):
        part = EmailMessage()
        part.set_content(text, subtype="html", charset=charset, cte="quoted-printable")
        part["Content-Location"] = place
        message.attach(part)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    message.attach(picture)
    return message.as_bytes()


def pdf(*lines: str) -> bytes:
    """One page of these lines, in a font that is not embedded but says which characters it shows."""
    text = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td " for line in lines)
    used = sorted({letter for line in lines for letter in line})
    ranges = "".join(f"<{ord(one):04x}> <{ord(one):04x}>\n" for one in used)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(used)} beginbfchar\n{ranges}endbfchar\n"
        "endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        _stream(f"BT /F 12 Tf 50 700 Td {text} ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R] "
        "/ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /FontDescriptor 8 0 R /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(cmap),
        "<< /Type /FontDescriptor /FontName /A /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 "
        "/ItalicAngle 0 /StemV 80 /FontBBox [0 0 1000 1000] >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{said}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        made
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
        ).encode()
    )


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _stream(said: str) -> str:
    return f"<< /Length {len(said)} >>\nstream\n{said}\nendstream"


def xlsx(*rows: Sequence[object]) -> bytes:
    """A workbook of one sheet, made by openpyxl."""
    book = import_module("openpyxl").Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def edited(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """A zip with one of its members made into something else."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, edit(old.read(each)) if each == name else old.read(each))
    return made.getvalue()


def old_office(stream: str) -> bytes:
    """The start of a compound file whose directory names this stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(200)
