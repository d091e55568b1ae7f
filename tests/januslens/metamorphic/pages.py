"""Pages as interfaces have them, written so that every rule for still pictures finds something in one of them.

Nothing in them lies at a limit: text isn't so thin that no pixel shows its color, and no size is near one that decides.
"""

from typing import Final

WIDTH: Final = 640  # CSS px
MARGIN: Final = 24  # CSS px of plain background on all sides
PART: Final = "part"
"""The id of what can be cut out of a page, with as much around it as ROOM, and nothing of it cut."""
ROOM: Final = 12  # CSS px
ICON: Final = "icon-"
"""What the ids of icons begin with."""
FILLED_FIELD: Final = "filled-field"
VARYING: Final = "hero"
"""The name of the page on which what is behind text varies."""

STYLE: Final = f"""<style>
.page {{ width: {WIDTH}px; padding: {MARGIN}px; background: #ffffff; color: #22303c;
         font: 15px/22px "Liberation Sans", Arial, Helvetica, sans-serif }}
.page, .page * {{ box-sizing: border-box }}
h1, h2, p, table {{ margin: 0 0 14px }}
h1 {{ font-size: 32px; line-height: 40px }}
h2 {{ font-size: 19px; line-height: 28px }}
a {{ color: #0b5fc0 }}
nav a {{ text-decoration: none; margin-right: 40px }}
.muted {{ color: #8a94a0; font-size: 14px }}
.tight {{ font-size: 20px; line-height: 18px }}
.tiny {{ font-size: 10px; font-weight: bold }}
.card {{ border: 1px solid #d5dae0; border-radius: 8px; padding: 20px; background: #f7f9fb }}
label {{ display: block; margin-bottom: 4px }}
button, input {{ font: 15px "Liberation Sans", Arial, sans-serif }}
button {{ height: 36px; border: 0; border-radius: 6px; padding: 0 20px; background: #0b5fc0; color: #ffffff;
          margin-right: 12px }}
.second {{ background: #e3e8ee; color: #3d4a57 }}
.field {{ display: block; height: 38px; width: 260px; border: 1px solid #b4bcc6; border-radius: 4px; padding: 0 12px;
          background: #ffffff; color: #22303c; margin-bottom: 16px }}
.round {{ border-radius: 10px; border-color: #848d98 }}
.search {{ float: right; display: flex }}
.search input {{ width: 180px; border: 0; border-radius: 4px 0 0 4px; background: #edf0f5 }}
.search button {{ height: 38px; border-radius: 0 4px 4px 0; margin: 0 }}
.box {{ appearance: none; width: 16px; height: 16px; border: 1px solid #8d97a3; background: #ffffff;
        margin: 0 8px 14px 0; vertical-align: -17px }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ text-align: left; padding: 9px 12px; border-bottom: 1px solid #e3e8ee }}
.badge {{ background: #fbe3d6; color: #c8541c; padding: 3px 10px; border-radius: 4px; font-size: 13px }}
.wide {{ padding: 28px 24px; margin-bottom: 20px; color: #ffffff; font-size: 20px }}
.area {{ width: 120px; height: 60px; float: left }}
</style>"""

STAR: Final = "M18 3l4 11 11 1-8 7 2 11-9-6-9 6 2-11-8-7 11-1z"
HOUSE: Final = "M3 18L18 4l15 14h-4v14h-7v-9h-8v9H7V18z"


def _icon(name: str, path: str, color: str) -> str:
    shape = f'<path d="{path}" fill="{color}"/>'
    return f'<svg id="{ICON}{name}" width="36" height="36" style="margin-right: 32px">{shape}</svg>'


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _wide(background: str, text: str) -> str:
    return f"<div class='wide' style='background: {background}'>{text}</div>"


def _page(*parts: str) -> str:
    return f'{STYLE}<div class="page">{"".join(parts)}</div>'


PAGES: Final = {
    "article": _page(
        "<nav><a href='#'>Overview</a><a href='#'>Members</a><a href='#'>Billing history</a></nav>",
        "<h1>Moving to another plan</h1>",
        "<p class='muted' style='margin-bottom: 40px'>Published by the accounts team in October</p>",
        f"<div id='{PART}'><p>Your invoice of this month is made out on the last day, and what you paid in advance"
        " is taken from it. Read <a href='#' style='text-decoration: none; color: #2a5f9e'>how we count days</a>"
        " before you change your plan, or <a href='#'>write to us</a> at any time.</p>",
        "<p class='tight'>Prices are without tax, which depends on where you live and on"
        " what you buy. They may change at the beginning of a year.</p></div>",
        "<p class='tiny'>Last changed on a Monday in spring</p>",
        "<h2>What happens to my files</h2>",
        "<p>Nothing at all: they stay where they are, with everybody who could see them before.</p>",
    ),
    "form": _page(
        "<div class='search'><input class='field'><button>Find</button></div>",
        "<h2 style='margin-bottom: 40px'>Delivery address</h2>",
        f"<div class='card' id='{PART}'>",
        f"<label>Full name</label><input class='field' value='Marie Curie' id='{FILLED_FIELD}'>",
        "<label>Street and number</label><input class='field'>",
        "<label>Code of a voucher</label><input class='field round'>",
        "<input type='checkbox' class='box'>Send me the invoice on paper<br>",
        "<input type='checkbox' class='box'>This is a present<br>",
        "<button>Save changes</button><button class='second'>Cancel</button></div>",
    ),
    "table": _page(
        f"<table id='{PART}'><tr><th>Customer</th><th>City</th><th>State</th></tr>",
        _row("Ada Lovelace", "London", "<span class='badge'>Overdue</span>"),
        _row("Emmy Noether", "Göttingen", "<span class='badge'>Overdue</span>"),
        _row("Grace Hopper", "New York", "<span class='muted'>Paid in May</span>"),
        "</table>",
        _icon("star", STAR, "#5b6672"),
        _icon("house", HOUSE, "#b9c1ca"),
    ),
    VARYING: _page(
        _wide("linear-gradient(90deg, #10243c, #2c5078)", "All of your team in one place"),
        f"<div id='{PART}'>",
        _wide("linear-gradient(90deg, #33475c, #d5dde6)", "From the first day of work on"),
        _wide("repeating-linear-gradient(115deg, #2a4d3a, #5d7a58 6px, #2c4a55 13px)", "Days by the sea"),
        "</div>",
        "<div class='area' style='background: #d0504a'></div><div class='area' style='background: #7c8a2e'></div>",
        "<div style='clear: both'></div>",
    ),
}
"""By name, the body of a page."""
