"""PDFs of Chinese text, as word processors write them.

The characters are numbers of glyphs in a font of two bytes each (Type 0); only the font's ToUnicode
table says which characters they are. ISO 32000-1, 9.7 and 9.10.3.
"""

import io
from collections.abc import Iterable, Mapping, Sequence

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

Line = str | Sequence[str]
"""A line of text, or a table's row: its cells stand side by side."""

_A4 = (595, 842)
_SIZE, _LEADING, _LEFT, _TOP = 12, 18, 60, 780
_COLUMN = 120
_MOST_IN_ONE_BLOCK = 100
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def pdf(*pages: Iterable[Line]) -> bytes:
    """A PDF with these lines on its pages, from the top of each; there is no font in it."""
    written = [list(page) for page in pages]
    texts = (text for page in written for line in page for text in _cells(line))
    glyphs = {each: number for number, each in enumerate(sorted(set("".join(texts))), start=1)}
    writer = PdfWriter()
    font = _added(writer, _font(writer, glyphs))
    for page in written:
        blank = writer.add_blank_page(*_A4)
        stream = DecodedStreamObject()
        stream.set_data(_shown(page, glyphs).encode("ascii"))
        fonts = DictionaryObject({NameObject("/F1"): font})
        blank[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        blank[NameObject("/Contents")] = _added(writer, stream.flate_encode())
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _cells(line: Line) -> Sequence[str]:
    return (line,) if isinstance(line, str) else line


def _shown(lines: Sequence[Line], glyphs: Mapping[str, int]) -> str:
    """The page's operators: each text at its place."""
    return "".join(
        f"BT /F1 {_SIZE} Tf 1 0 0 1 {_LEFT + column * _COLUMN} {_TOP - row * _LEADING} Tm "
        f"<{''.join(f'{glyphs[each]:04X}' for each in text)}> Tj ET\n"
        for row, line in enumerate(lines)
        for column, text in enumerate(_cells(line))
    )


def _font(writer: PdfWriter, glyphs: Mapping[str, int]) -> DictionaryObject:
    info = _dictionary(
        Registry=TextStringObject("Adobe"),
        Ordering=TextStringObject("Identity"),
        Supplement=NumberObject(0),
    )
    descendant = _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/CIDFontType2"),
        BaseFont=NameObject("/AAAAAA+SimSun"),
        CIDSystemInfo=info,
        DW=NumberObject(1000),
    )
    to_unicode = DecodedStreamObject()
    to_unicode.set_data(_CMAP.format(blocks=_blocks(glyphs)).encode("ascii"))
    return _dictionary(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type0"),
        BaseFont=NameObject("/AAAAAA+SimSun"),
        Encoding=NameObject("/Identity-H"),
        DescendantFonts=ArrayObject([_added(writer, descendant)]),
        ToUnicode=_added(writer, to_unicode.flate_encode()),
    )


def _blocks(glyphs: Mapping[str, int]) -> str:
    """Which character each glyph is, in UTF-16: a rare one (𠮷) takes two units."""
    said = [
        f"<{number:04X}> <{each.encode('utf-16-be').hex().upper()}>"
        for each, number in glyphs.items()
    ]
    blocks = (said[at : at + _MOST_IN_ONE_BLOCK] for at in range(0, len(said), _MOST_IN_ONE_BLOCK))
    return "\n".join(
        "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks
    )


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _added(writer: PdfWriter, value: PdfObject) -> IndirectObject:
    """A reference to an object that is put into the file; no public way of the library does so."""
    return writer._add_object(value)  # noqa: SLF001
