"""The two locations of the demo clinic. The streets are invented."""

from datetime import date, time

from clinicsite.demo.vocabulary import Place, bullets, callout, heading

HOLIDAYS = (
    {"date": date(2026, 11, 25), "opens": time(7), "closes": time(15), "note": "Day before Thanksgiving"},
    {
        "date": date(2026, 11, 26),
        "last_date": date(2026, 11, 27),
        "note": "Thanksgiving and the day after",
    },
    {"date": date(2026, 12, 24), "opens": time(7), "closes": time(13), "note": "Christmas Eve"},
    {"date": date(2026, 12, 25), "note": "Christmas Day"},
    {"date": date(2027, 1, 1), "note": "New Year's Day"},
)

PLACES = (
    Place(
        slug="ballard",
        title="Ballard",
        introduction="""Our first clinic: a brick corner building with a green door, two blocks from the
            market. All
        treatment rooms are on the ground floor.""",
        search_description="""Heronfield Physical Therapy in Ballard, Seattle: opening hours, phone,
            directions by bus,
        bike and car, step-free entrance, and the therapists who work there.""",
        picture="location-ballard",
        street_address="5127 Larkspur Avenue NW",
        address_extra="",
        postal_code="98107",
        latitude="47.667900",
        longitude="-122.384100",
        phone="206 555 0142",
        email="ballard@example.com",
        directions="""
- **By bus:** get off at the stop on NW Market Street. We are a three-minute, flat walk to the south.
- **By car:** two-hour street parking on Larkspur Avenue is free. There are two spaces marked "Heronfield"
  behind the building.
- **By bike:** covered racks stand beside the door.
""",
        accessibility_notes="""
- The entrance has no step. The door opens by a button and is 36 inches wide.
- One parking space behind the building is wide enough for a ramp van.
- The restroom has grab bars on both sides. Two treatment tables lower to 18 inches.
- Service animals are welcome. Tell us if scents trouble you, and we will air the room before you come.
""",
        hours=(
            (0, time(7), time(19)),
            (1, time(7), time(19)),
            (2, time(7), time(12)),
            (2, time(13), time(19)),
            (3, time(7), time(19)),
            (4, time(7), time(17)),
            (5, time(8), time(12)),
        ),
        exceptions=HOLIDAYS,
        body=(
            heading("When you arrive"),
            bullets(
                "Come in by the green door and give your first name at the desk.",
                "There is water, tea and a quiet corner with a high chair for sore backs.",
                "Running late? Call us. We will tell you honestly whether there is still time to treat you.",
                style="number",
            ),
        ),
    ),
    Place(
        slug="columbia-city",
        title="Columbia City",
        introduction="""A bright former bakery one block from the light rail, with a small gym, a balance room
            and a
        private treatment room.""",
        search_description="""Heronfield Physical Therapy in Columbia City, Seattle: opening hours, phone,
            directions by
        light rail and car, accessible entrance, and the therapists who work there.""",
        picture="location-columbia-city",
        street_address="4316 Old Orchard Street S",
        address_extra="Suite 2",
        postal_code="98118",
        latitude="47.559600",
        longitude="-122.287400",
        phone="206 555 0167",
        email="columbiacity@example.com",
        directions="""
- **By light rail:** leave Columbia City station by the north exit. We are one block east, on your right.
- **By bus:** the stop on Rainier Avenue S is a five-minute walk. The last block rises gently.
- **By car:** turn in beside the bakery sign. The lot has eight spaces and is free while you are with us.
""",
        accessibility_notes="""
- A ramp with rails leads to the side door. Ring the bell at wheelchair height and we come out to you.
- An elevator goes to the balance room upstairs. Its door is 34 inches wide.
- A hoist and a wide treatment table are ready when you tell us the day before.
- The front desk has a hearing loop. Ruth signs, and we book interpreters at no cost to you.
""",
        hours=(
            (0, time(8), time(18)),
            (1, time(8), time(12, 30)),
            (1, time(13, 30), time(19)),
            (2, time(8), time(18)),
            (3, time(8), time(19)),
            (4, time(8), time(16)),
        ),
        exceptions=HOLIDAYS,
        body=(
            callout(
                "A private room when you want one",
                """Some people prefer to be treated behind a closed door, or by a woman. Tell us when you
                book. You do
                not have to say why.""",
            ),
        ),
    ),
)
