"""The content pages of the demo clinic."""

from clinicsite.demo.vocabulary import Article, bullets, cta, heading

BOOK = cta(
    "Ready when you are",
    "Tell us what hurts and when you are free. We call you back within one working day.",
    "appointment",
    "Request an appointment",
)

ARTICLES = (
    Article(
        slug="first-visit",
        title="Your first visit",
        introduction="""Plan one hour. You talk, we listen, we test how you move, and you leave with a plan on one
            page.""",
        search_description="""What happens at your first physical therapy visit at Heronfield in Seattle, what to bring
            and what to wear.""",
        body=(
            heading("What to bring"),
            bullets(
                "Your insurance card and a photo ID",
                "A list of your medicines and past operations",
                "Clothes you can move in, such as shorts for a knee or a tank top for a shoulder",
                "Scans or letters, if you have them. You do not need new ones.",
                style="tick",
            ),
        ),
        call_to_action=(BOOK,),
    ),
    Article(
        slug="insurance",
        title="Insurance and costs",
        introduction="What your plan may pay.",
        search_description="What your plan may pay.",
        body=(),
        call_to_action=(BOOK,),
    ),
    Article(
        slug="about",
        title="About us",
        introduction="Who we are.",
        search_description="Who we are.",
        body=(),
        call_to_action=(BOOK,),
    ),
    Article(
        slug="privacy",
        title="Privacy",
        introduction="What we do with what you write.",
        search_description="What we do with what you write.",
        body=(),
        call_to_action=(BOOK,),
    ),
    Article(
        slug="accessibility",
        title="Accessibility",
        introduction="How we make this site work for you.",
        search_description="How we make this site work for you.",
        body=(),
        call_to_action=(BOOK,),
    ),
    Article(
        slug="telehealth",
        title="Video visits",
        introduction="See us from home.",
        search_description="See us from home.",
        body=(),
        call_to_action=(BOOK,),
    ),
)
