"""The tags of the site's look: icons, pictures, and the small words of templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.template import TemplateDoesNotExist
from wagtail.models import Page

from clinicsite.models import ClinicImage
from clinicsite.templatetags import design_tags
from tests import factories
from tests.conftest import Clinic

TEMPLATES = settings.BASE_DIR / "templates"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30"><path d="M0 0h40"/></svg>'
)


@pytest.fixture
def photo(db: None, settings: object, tmp_path: Path) -> ClinicImage:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    cache.clear()  # where Wagtail remembers the copies of the pictures of earlier tests, by ids that come again
    return factories.ImageFactory(title="A walk", file__width=900, file__height=600)


def test_icon_is_hidden_from_screen_readers() -> None:
    html = design_tags.icon("phone")
    assert 'aria-hidden="true"' in html
    assert "<path" in html


def test_icon_with_a_title_is_named() -> None:
    html = design_tags.icon("phone", title='Call "us"')
    assert 'role="img" aria-label="Call &quot;us&quot;"' in html
    assert "aria-hidden" not in html


def test_unknown_icon_is_refused() -> None:
    with pytest.raises(TemplateDoesNotExist):
        design_tags.icon("no-such-icon")


def test_every_icon_named_in_a_template_exists() -> None:
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8"))
    }
    assert named
    assert {name for name in named if not (TEMPLATES / f"components/icons/{name}.svg").exists()} == set()


@pytest.mark.parametrize("slug", ["knee", "lower-back", "head-jaw"])
def test_body_region_has_a_shape(slug: str) -> None:
    assert "<path" in design_tags.region_shape(slug)


@pytest.mark.parametrize("slug", ["whole-body", "no-such-region"])
def test_region_that_is_no_place_on_the_body_has_no_shape(slug: str) -> None:
    assert design_tags.region_shape(slug) == ""


def test_picture_offers_each_width_once_and_never_wider_than_the_original(photo: ClinicImage) -> None:
    html = design_tags.picture(photo, widths="400 800 1600 2400", sizes="50vw")
    assert re.findall(r" (\d+)w", html) == ["400", "800", "900"]
    assert 'width="900" height="600"' in html
    assert 'sizes="50vw"' in html
    assert ".webp" in html


def test_picture_crops_to_its_ratio(photo: ClinicImage) -> None:
    assert 'width="300" height="375"' in design_tags.picture(photo, ratio="4:5", widths="300")


def test_picture_waits_until_it_is_near_unless_eager(photo: ClinicImage) -> None:
    assert 'loading="lazy"' in design_tags.picture(photo)
    assert "lazy" not in design_tags.picture(photo, eager=True)


def test_picture_takes_the_words_of_its_place_first(photo: ClinicImage) -> None:
    photo.description = "Two people walking"
    assert 'alt="Two people walking"' in design_tags.picture(photo)
    photo.contextual_alt_text = ""
    assert 'alt=""' in design_tags.picture(photo)
    assert 'alt="Our door"' in design_tags.picture(photo, alt="Our door")


def test_drawing_is_sent_as_it_is(photo: ClinicImage) -> None:
    drawing = ClinicImage.objects.create(title="Map", file=ContentFile(DRAWING, "map.svg"), width=40, height=30)
    html = design_tags.picture(drawing, ratio="4:5")
    assert ".svg" in html
    assert 'width="40" height="30"' in html
    assert "srcset" not in html


def test_missing_picture_leaves_nothing_behind(photo: ClinicImage) -> None:
    Path(photo.file.path).unlink()
    assert design_tags.picture(photo) == ""
    assert design_tags.picture(None) == ""


def test_navigation_marks_the_page_and_the_section_it_is_in(clinic: Clinic) -> None:
    condition = factories.ConditionPageFactory(parent=clinic.conditions)
    base = Page.objects.get(pk=clinic.conditions.pk)
    assert design_tags.current_state(base, clinic.conditions) == "page"
    assert design_tags.current_state(base, condition) == "true"
    assert design_tags.current_state(clinic.home, condition) == ""
    assert design_tags.current_state(None, condition) == ""
    assert design_tags.current_state(base, None) == ""


def test_care_levels_differ_in_words_and_icon() -> None:
    levels = ["emergency", "urgent", "routine"]
    assert len({design_tags.care_heading(level) for level in levels}) == len(levels)
    assert len({design_tags.care_icon(level) for level in levels}) == len(levels)


@pytest.mark.parametrize(
    ("chosen", "section", "expected"), [("h2", None, 2), ("h3", 2, 3), ("h2", 3, 3), ("h3", "3", 4), ("h3", 6, 6)]
)
def test_heading_block_moves_down_inside_a_section(chosen: str, section: int | str | None, expected: int) -> None:
    assert design_tags.block_level(chosen, section) == expected


def test_page_without_a_picture_shares_none(clinic: Clinic) -> None:
    assert design_tags.share_picture({}, clinic.home) is None


def test_shared_picture_has_the_size_networks_ask_for(clinic: Clinic, photo: ClinicImage) -> None:
    clinic.home.social_image = photo
    shared = design_tags.share_picture({}, clinic.home)
    assert shared is not None
    assert shared.width / shared.height == pytest.approx(1200 / 630, abs=0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain in the neck. It may last.", "Pain in the neck."),
        ("Why? Because.", "Why?"),
        ("No end", "No end"),
        (None, ""),
    ],
)
def test_card_says_one_whole_sentence(text: str | None, expected: str) -> None:
    assert design_tags.first_sentence(text) == expected
