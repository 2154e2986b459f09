"""CVs and advertisements: what is read, and the sentence that says why something is not."""

from __future__ import annotations

import codecs
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from interviewer.profile import LARGEST_PDF, LARGEST_TEXT, MOST_PAGES, ProfileError, read_document
from interviewer.text import sanitise


def written(folder: Path, data: bytes | str, name: str = "cv.txt") -> Path:
    """A file with this in it."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf(*lines: str, pages: int = 1) -> bytes:
    """A PDF with these lines on its first page and blank pages after it."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = f"BT /F1 12 Tf 72 700 Td {shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    if pages == 1:
        return out
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out)))
    for _ in range(pages - 1):
        writer.add_blank_page(612, 792)
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    """The PDF that a writer holds."""
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def refusal(path: Path) -> str:
    """Why a file is refused."""
    with pytest.raises(ProfileError) as caught:
        read_document(path)
    text = str(caught.value)
    assert text.endswith(".") and "\n" not in text and sanitise(text) == text
    return text


@pytest.mark.parametrize(
    "data",
    [
        "Zoë built a “ranker”.".encode(),
        codecs.BOM_UTF8 + "Zoë built a “ranker”.".encode(),
        "Zoë built a “ranker”.".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Zoë built a “ranker”.".encode("utf-16-be"),
        "Zoë built a “ranker”.".encode("cp1252"),
        "\r\n  Zoë built a “ranker”.\r\n\r\n".encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "windows-1252", "blank around"],
)
@pytest.mark.parametrize("name", ["cv.txt", "cv.md", "CV", "cv.pdf"])
def test_text_in_every_encoding_whatever_the_name(tmp_path: Path, data: bytes, name: str) -> None:
    assert read_document(written(tmp_path, data, name)) == "Zoë built a “ranker”."


def test_what_a_terminal_would_act_on_is_taken_out(tmp_path: Path) -> None:
    assert read_document(written(tmp_path, "a\x1b]52;c;aGk=\x07b\x1b[31mc\u202ed\r\ne")) == "abcd\ne"


def test_the_text_of_a_pdf(tmp_path: Path) -> None:
    text = read_document(written(tmp_path, pdf("Ada Example", "Built a ranker", pages=2), "cv.pdf"))
    assert text.split() == ["Ada", "Example", "Built", "a", "ranker"]
    assert read_document(written(tmp_path, pdf("Ada"), "no-ending")) == "Ada"


def test_the_home_folder_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    written(tmp_path, "Ada.")
    assert read_document(Path("~/cv.txt")) == "Ada."


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.txt") == f"There is no file {tmp_path}/no.txt."
    assert "folder" in refusal(tmp_path)
    assert "no file" in refusal(tmp_path / "cv.txt" / "deeper")
    for odd in (Path("a\0b"), Path("~no-such-user-at-all/cv.txt"), Path("x" * 5000), Path("\x1b[31m.txt")):
        refusal(odd)


def test_what_is_not_an_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(Path("/dev/zero"))


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is played, because whoever runs the tests may be allowed to read everything."""
    path = written(tmp_path, "Ada.")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert "no permission" in refusal(path)


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", codecs.BOM_UTF8, "\u200b\u202e".encode()])
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    assert refusal(written(tmp_path, data)) == "cv.txt is empty."


def test_files_that_are_no_text(tmp_path: Path) -> None:
    assert "not a text or PDF file" in refusal(written(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))
    assert "not a text or PDF file" in refusal(written(tmp_path, bytes(range(1, 256)) * 4))
    assert "not a text or PDF file" in refusal(written(tmp_path, codecs.BOM_UTF16_LE + b"\x00\xd8a"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "Save it as PDF" in refusal(written(tmp_path, packed.getvalue(), "cv.docx"))
    assert "RTF" in refusal(written(tmp_path, r"{\rtf1 Ada}", "cv.rtf"))


def test_files_that_are_too_large(tmp_path: Path) -> None:
    assert len(read_document(written(tmp_path, b"a" * LARGEST_TEXT))) == LARGEST_TEXT
    assert "larger than 2 MiB" in refusal(written(tmp_path, b"a" * (LARGEST_TEXT + 1)))
    assert "larger than 10 MiB" in refusal(written(tmp_path, pdf("Ada") + b"%" * LARGEST_PDF, "cv.pdf"))
    assert read_document(written(tmp_path, pdf("Ada", pages=MOST_PAGES), "cv.pdf")) == "Ada"
    assert f"has {MOST_PAGES + 1} pages" in refusal(written(tmp_path, pdf("Ada", pages=MOST_PAGES + 1), "cv.pdf"))


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interviewer.profile.LONGEST_READING", -1.0)
    assert "takes too long" in refusal(written(tmp_path, pdf("Ada"), "cv.pdf"))


def test_a_scan(tmp_path: Path) -> None:
    assert "holds no text, only pictures" in refusal(written(tmp_path, pdf(), "scan.pdf"))


def test_a_pdf_under_a_password(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Ada"))))
    writer.encrypt("secret", algorithm="RC4-128")
    assert "password" in refusal(written(tmp_path, saved(writer), "cv.pdf"))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Ada"))))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    assert read_document(written(tmp_path, saved(writer), "cv.pdf")) == "Ada"


@pytest.mark.parametrize("keep", [9, 40, 200, 400])
def test_a_pdf_that_was_cut_off(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path, pdf("Ada")[:keep], "cv.pdf")
    try:
        assert read_document(path) == "Ada"
    except ProfileError as error:
        assert "cv.pdf" in str(error)


@given(
    st.binary(max_size=2000), st.sampled_from([b"", b"%PDF-1.4\n", codecs.BOM_UTF16_LE, codecs.BOM_UTF8, b"PK\x03\x04"])
)
def test_any_bytes_give_clean_text_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes
) -> None:
    path = written(tmp_path_factory.getbasetemp(), head + data, "any")
    try:
        text = read_document(path)
    except ProfileError as error:
        assert str(error).startswith("any ") and str(error).endswith(".")
    else:
        assert text and text == sanitise(text).strip()


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=500), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_any_text_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    expected = sanitise(text).strip()
    path = written(tmp_path_factory.getbasetemp(), text.encode(encoding), "any")
    try:
        assert read_document(path) == expected
    except ProfileError:
        odd = "\0" in text or text.lstrip().startswith(("%PDF-", "PK\x03\x04", "{\\rtf"))
        assert odd or not expected


@given(st.binary(min_size=1, max_size=60), st.integers(0, 500))
def test_a_damaged_pdf_is_a_sentence(tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int) -> None:
    whole = pdf("Ada Example")
    at = 9 + at % (len(whole) - 9)
    path = written(tmp_path_factory.getbasetemp(), whole[:at] + noise + whole[at + len(noise) :], "any")
    try:
        assert read_document(path)
    except ProfileError as error:
        assert str(error).startswith("any ")
