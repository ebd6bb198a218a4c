"""The pictures of the demo clinic: drawn for it, in one hand, and kept beside this module with their sources.

Every ``pictures/<name>.webp`` is rendered from ``pictures/<name>.svg``.
"""

from dataclasses import dataclass
from pathlib import Path

from django.core.files.images import ImageFile

from clinicsite.models import ClinicImage

FOLDER = Path(__file__).parent / "pictures"
CREDIT = "Drawn for Heronfield Physical Therapy"


@dataclass(frozen=True)
class Picture:
    """A picture: its file, what it shows, and where the eye should rest (x, y, width, height of the focal area)."""

    name: str
    title: str
    description: str
    focus: tuple[int, int, int, int] | None = None


FACE = (500, 530, 400, 460)

PICTURES = (
    Picture("marisol-vega", "Marisol Vega", "Marisol Vega, smiling, with long dark hair and a clay-red top", FACE),
    Picture("kwame-asante", "Kwame Asante", "Kwame Asante, with short hair, a beard and a green collared shirt", FACE),
    Picture("hana-yoshida", "Hana Yoshida", "Hana Yoshida, with a black bob and a sage-green cardigan", FACE),
    Picture("amina-warsame", "Amina Warsame", "Amina Warsame, smiling, in an ochre hijab and a green dress", FACE),
    Picture("tomas-lindqvist", "Tomas Lindqvist", "Tomas Lindqvist, with gray hair, a gray beard and glasses", FACE),
    Picture("priya-raman", "Priya Raman", "Priya Raman, with a long dark braid and a mustard-yellow top", FACE),
    Picture("jun-manalo", "Jun Manalo", "Jun Manalo, smiling, with short black hair and a sage-green scrub top", FACE),
    Picture("ruth-abrams", "Ruth Abrams", "Ruth Abrams, with silver curls, round red glasses and a red cardigan", FACE),
    Picture(
        "hero",
        "Stepping up",
        "A patient steps onto a low box while her therapist stands ready beside her, in a room with morning light",
        (800, 500, 620, 720),
    ),
    Picture(
        "location-ballard",
        "Ballard clinic",
        "A two-story brick corner building with a green door and a striped awning",
        (590, 430, 800, 520),
    ),
    Picture(
        "location-columbia-city",
        "Columbia City clinic",
        "A low, bright building with a yellow door, a ramp with a rail, and a light-rail train in front",
        (560, 450, 860, 480),
    ),
    Picture(
        "first-visit", "First visit", "A therapist and a patient sit facing each other and talk", (590, 440, 620, 560)
    ),
    Picture("video-visit", "Video visit", "A patient at home raises one arm while her therapist watches on a laptop"),
    Picture("social", "Heronfield Physical Therapy", "Heronfield Physical Therapy, Ballard and Columbia City, Seattle"),
    Picture("logo", "Heronfield's heron", "A heron drawn in one line"),
    Picture("exercise-open-book", "Open book", "A person lies on one side and opens the top arm back toward the floor"),
    Picture(
        "exercise-shoulder-squeeze", "Shoulder blade squeeze", "A person seen from behind draws both shoulder blades in"
    ),
    Picture("exercise-cat-cow", "Cat and cow", "A person on hands and knees rounds the back upward"),
    Picture("exercise-knee-roll", "Knee rolls", "A person lies on the back and rolls both knees to one side"),
    Picture("exercise-bridge", "Bridge", "A person lies on the back with bent knees and lifts the hips"),
    Picture("exercise-sit-to-stand", "Sit to stand", "A person leans forward and rises from a chair"),
    Picture(
        "exercise-nerve-glide", "Sitting nerve glide", "A person sits on a chair, straightens one leg and looks up"
    ),
    Picture("exercise-chin-tuck", "Chin tuck", "A person seen from the side slides the chin straight back"),
    Picture("exercise-pendulum", "Pendulum", "A person leans on a table and lets the other arm hang and swing"),
    Picture("exercise-table-slide", "Table slide", "A person sits at a table and slides one hand forward on a towel"),
    Picture("exercise-band-row", "Band row", "A person pulls a band that is fixed to a door toward the waist"),
    Picture(
        "exercise-wrist-lower",
        "Wrist lowering",
        "A forearm rests on a table; the hand lowers a small weight over its edge",
    ),
    Picture("exercise-step-up", "Step up", "A person steps onto a low box"),
    Picture("exercise-heel-raise", "Heel raise", "A person holds on to a counter and rises onto the toes"),
    Picture("exercise-calf-stretch", "Calf stretch", "A person leans into a wall with one leg stretched out behind"),
    Picture("exercise-balance", "One-leg balance", "A person stands on one leg with one hand on a counter"),
)


def load_pictures() -> dict[str, int]:
    """Store all pictures as images of the site; return their ids by name."""
    return {picture.name: _load(picture).pk for picture in PICTURES}


def _load(picture: Picture) -> ClinicImage:
    image = ClinicImage(title=picture.title, description=picture.description, credit=CREDIT)
    if picture.focus:
        x, y, width, height = picture.focus
        image.focal_point_x, image.focal_point_y = x, y
        image.focal_point_width, image.focal_point_height = width, height
    path = FOLDER / f"{picture.name}.webp"
    with path.open("rb") as file:
        image.file = ImageFile(file, name=path.name)
        image.save()
    return image
