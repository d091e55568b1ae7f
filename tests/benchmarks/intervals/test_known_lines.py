from pathlib import Path

from benchmarks.intervals.known_lines import KnownLine, LinesPage, read_lines

LINE = KnownLine("日本語", (10.5, 20, 42, 17), "#767676", "#ffffff", 18.66, 700, 4.54)


def test_a_page_reads_back_as_it_was_written(tmp_path: Path) -> None:
    page = LinesPage("japanese-lcd@1.25", "japanese", "Noto Sans JP", 1.25, "lcd", "156.0", (LINE,))
    page.write(tmp_path)
    assert list(read_lines(tmp_path)) == [page]


def test_large_bold_text_needs_less() -> None:
    assert LINE.required == 3
