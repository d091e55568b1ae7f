"""Draw the lines of `scripts/`: `python -m tests.januslens.text.shape.draw_scripts`.

Six lines in each script, and five in bold Japanese, by the installed Chromium in Noto's fonts (Debian's fonts-noto-core
and fonts-noto-cjk), with the CSS font size and weight of each line, and its core as the detector finds it. The tests
read the drawings and need neither the browser nor the fonts.
"""

import json
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.pages.render import launch
from januslens.text.detector import detect_lines

FOLDER: Final = Path(__file__).with_name("scripts")
TEXTS: Final = {
    "cyrillic": ("ru", "Noto Sans", ("Ваши изменения сохранены", "Добавить в корзину")),
    "greek": ("el", "Noto Sans", ("Οι αλλαγές σας αποθηκεύτηκαν", "Προσθήκη στο καλάθι")),  # noqa: RUF001
    "han": ("zh", "Noto Sans CJK SC", ("请输入新密码", "保存您的更改")),
    "japanese": ("ja", "Noto Sans CJK JP", ("変更を保存しました", "もっと見る")),
    "japanese-bold": ("ja", "Noto Sans CJK JP", ("変更を保存して次へ進みます",)),
    "hangul": ("ko", "Noto Sans CJK KR", ("변경 사항이 저장되었습니다", "더 보기")),
    "devanagari": ("hi", "Noto Sans Devanagari", ("अपनी सेटिंग्स सहेजें और जारी रखें", "नया पासवर्ड दर्ज करें")),
    "bengali": ("bn", "Noto Sans Bengali", ("আপনার পরিবর্তন সংরক্ষিত", "গোপনীয়তা নীতি")),
    "arabic": ("ar", "Noto Sans Arabic", ("جميع المبالغ باليورو", "سياسة الخصوصية")),
    "hebrew": ("he", "Noto Sans Hebrew", ("כל הסכומים באירו", "מדיניות פרטיות")),
    "thai": ("th", "Noto Sans Thai", ("กรอกรหัสผ่านใหม่", "การตั้งค่า")),
    "tamil": ("ta", "Noto Sans Tamil", ("உங்கள் மாற்றங்கள்", "அமைப்புகள்")),
}
SCALES: Final = {"han": (1, 2), "devanagari": (1, 2), "arabic": (1, 2)}
STYLES: Final = ((10, 400), (14, 400), (16, 700), (20, 400), (23, 400), (32, 700))
BOLD_STYLES: Final = ((14, 700), (15, 700), (16, 700), (17, 700), (18, 700))
BOXES: Final = """() => [...document.querySelectorAll("span")].map(span => {
    const { top, bottom } = span.getBoundingClientRect();
    return [top, bottom];
})"""


def draw(browser: Browser, name: str, scale: int) -> None:
    """Write the lines of a script, NAME@SCALE.png, and what is known of them, NAME@SCALE.json."""
    language, family, texts = TEXTS[name]
    styles = BOLD_STYLES if name == "japanese-bold" else STYLES
    lines = "".join(
        f"<div><span style=\"font: {weight} {size}px/1.5 '{family}'\">{texts[number % len(texts)]}</span></div>"
        for number, (size, weight) in enumerate(styles)
    )
    style = "body { margin: 8px; color: #444 } div { margin: 0 0 6px; white-space: nowrap }"
    context = browser.new_context(viewport={"width": 440, "height": 100}, device_scale_factor=scale)
    page = context.new_page()
    page.set_content(f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{style}</style>{lines}')
    page.evaluate("document.fonts.ready.then(() => null)")
    boxes: list[list[float]] = page.evaluate(BOXES)
    path = FOLDER / f"{name}@{scale}.png"
    page.screenshot(path=path, full_page=True)
    context.close()
    image = Image.open(path).convert("L")
    image.save(path, optimize=True)
    cores = detect_lines(np.asarray(image.convert("RGB")), scale)
    known = []
    for (top, bottom), (size, weight) in zip(boxes, styles, strict=True):
        inside = [core for core in cores.tolist() if top * scale <= (core[1] + core[3]) / 2 <= bottom * scale]
        if len(inside) == 1:
            known.append({"size": size, "weight": weight, "core": [round(edge) for edge in inside[0]]})
    path.with_suffix(".json").write_text(json.dumps({"scale": scale, "lines": known}) + "\n")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = launch(playwright, subpixel=False)
        for script in TEXTS:
            for factor in SCALES.get(script, (1,)):
                draw(chromium, script, factor)
        chromium.close()
