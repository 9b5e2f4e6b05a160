"""The forms of a coach's own account."""

from __future__ import annotations

from functools import partial
from xml.etree.ElementTree import Element

from coaching.desk_models import NAME_LENGTH, Coach, CoachSession
from coaching.passwords import MIN_LENGTH
from opastin.texts import LANGUAGES
from web.desk.page import post_form
from web.desk.parts import NAMES, checks, choice, field
from web.desk.session import DESK
from web.labels import Labels
from web.markup import build

OWN = f"{DESK}/account"


def settings_form(labels: Labels, coach: Coach, opened: CoachSession) -> Element:
    """Return the form of the name that people see, and the languages."""
    languages = [(name, NAMES[name]) for name in LANGUAGES]
    form = post_form(
        opened,
        OWN,
        field(
            labels.text("own.display_name"),
            "display_name",
            value=coach.display_name,
            maxlength=str(NAME_LENGTH),
            autocomplete="off",
            required=True,
            hint=labels.text("own.display_name_hint"),
        ),
        choice(labels.text("own.language"), "language", languages, chosen=coach.language),
        checks(labels.text("own.languages"), "languages", languages, chosen=coach.languages),
        build("button", labels.text("shell.save"), class_="main"),
    )
    return build("section", build("h2", labels.text("own.settings")), form)


def password_form(labels: Labels, coach: Coach, opened: CoachSession) -> Element:
    """Return the form of a new password."""
    new = partial(field, type="password", autocomplete="new-password", required=True)
    form = post_form(
        opened,
        OWN,
        # Password managers want to know whose password this is.
        build("input", type="hidden", name="name", value=coach.name, autocomplete="username"),
        field(
            labels.text("own.old_password"),
            "old_password",
            type="password",
            autocomplete="current-password",
            required=True,
        ),
        new(
            labels.text("own.new_password"),
            "new_password",
            hint=labels.text("own.new_password_hint"),
            minlength=str(MIN_LENGTH),
        ),
        new(labels.text("own.repeat"), "repeat"),
        build("p", labels.text("own.change_note"), class_="small"),
        build("button", labels.text("own.change"), class_="main"),
    )
    return build("section", build("h2", labels.text("own.password_title")), form)
