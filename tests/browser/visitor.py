"""What a person does on the page, by the words that stand on it."""

import re
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.running_stack import RunningStack

PASSWORD: Final = "look-closely-at-every-pixel"
SLOWEST_ANALYSIS: Final = 60_000  # milliseconds


@dataclass(frozen=True)
class Visitor:
    page: Page
    email: str
    stack: RunningStack

    def choose_to_register(self) -> None:
        self.page.get_by_role("radio", name="Create account").check()

    def send_form(self, action: str, *, email: str | None = None, password: str = PASSWORD) -> None:
        self.email_field.fill(self.email if email is None else email)
        self.password_field.fill(password)
        self.page.get_by_role("button", name=action).click()

    def create_account(self) -> None:
        """Fill in the form, up to the email with the link."""
        self.choose_to_register()
        self.send_form("Create account")
        expect(self.page.get_by_role("heading", name="Check your email")).to_be_focused()

    def confirm(self, password: str = PASSWORD) -> None:
        """Enter the password on the page that the link opens."""
        self.password_field.fill(password)
        self.page.get_by_role("button", name="Confirm and sign in").click()

    def register(self) -> None:
        self.create_account()
        self.page.goto(self.stack.emailed_link(self.email, "verify"))
        expect(self.page.get_by_role("heading", name="Confirm your email address")).to_be_focused()
        self.confirm()
        expect(self.page.get_by_text("No screenshots yet.")).to_be_visible()

    def upload(self, picture: FilePayload) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Choose a file").click()
        chooser.value.set_files([picture])

    def try_sample(self) -> None:
        self.page.get_by_role("button", name="Try a sample").click()
        expect(self.issues_heading).to_be_visible()

    def see_pictures(self) -> None:
        self.page.get_by_role("link", name="All screenshots").click()
        expect(self.page.get_by_role("heading", name="Earlier screenshots")).to_be_visible()

    @property
    def email_field(self) -> Locator:
        return self.page.get_by_label("Email")

    @property
    def password_field(self) -> Locator:
        return self.page.get_by_label("Password", exact=True)

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def see_level(self, level: str) -> None:
        self.page.get_by_role("radio", name=level, exact=True).check(force=True)  # its label covers it

    def outcome(self, outcome: str) -> Locator:
        """The button that shows or hides an outcome; it says how many places had it."""
        return self.page.get_by_role("group", name="Outcomes shown").get_by_role("button", name=outcome)

    def download_as(self, form: str, what: str = "report") -> None:
        self.page.get_by_role("button", name=f"Download {what} as").click()
        self.page.get_by_role("menuitem", name=form, exact=True).click()

    @property
    def color_vision(self) -> Locator:
        """The choice of what eyes the picture is seen with."""
        return self.page.get_by_role("combobox", name="Color vision")

    @property
    def picture(self) -> Locator:
        """The picture that the places are drawn over."""
        return self.page.get_by_role("img", name="Screenshot")

    @property
    def issues_heading(self) -> Locator:
        return self.page.get_by_role("heading", name=re.compile(r"^\d+ issues?$"))

    @property
    def listed(self) -> Locator:
        """The issues in the list."""
        return self.page.get_by_role("listbox", name="Issues").get_by_role("option")

    @property
    def drawn(self) -> Locator:
        """The places drawn over the picture."""
        return self.page.get_by_role("listbox", name="Places on the screenshot").get_by_role("option")

    @property
    def detail(self) -> Locator:
        """What is said of the selected place."""
        return self.page.locator(".issue-detail")

    @property
    def pictures(self) -> Locator:
        """The names in the list of earlier pictures."""
        return self.page.get_by_role("link", name=re.compile(r"\.\w+$"))
