"""The content pages of the demo clinic."""

from clinicsite.demo.vocabulary import (
    Article,
    bullets,
    callout,
    cta,
    faq,
    figure,
    form_embed,
    heading,
    quote,
    table,
    text,
    warning,
)

BOOK = cta(
    "Ready when you are",
    "Tell us what hurts and when you are free. We call you back within one working day.",
    "appointment",
    "Request an appointment",
)

FIRST_VISIT = Article(
    slug="first-visit",
    title="Your first visit",
    introduction="""Plan one hour. You talk, we listen, we test how you move, and you leave with a plan on one
        page.""",
    search_description="""What happens at your first physical therapy visit at Heronfield in Seattle, what to bring
        and what to wear.""",
    body=(
        figure(
            "first-visit",
            "A therapist and a patient sit facing each other and talk, with a page of notes between them",
            "The first fifteen minutes are for your story.",
        ),
        heading("What to bring"),
        bullets(
            "Your insurance card and a photo ID",
            "A list of your medicines and past operations",
            "Clothes you can move in, such as shorts for a knee or a tank top for a shoulder",
            "Scans or letters, if you have them. You do not need new ones.",
            style="tick",
        ),
        heading("The hour, step by step"),
        bullets(
            "**You talk.** What hurts, since when, what makes it better or worse, and what you want to get back to.",
            "**We check that you are in the right place.** A few questions tell us whether a doctor should look first.",
            "**We test.** You bend, turn, walk or lift. We check strength, joints and nerves.",
            "**You hear what we think.** In plain words, with time for questions.",
            "**You try the first exercises.** We adjust them until they feel right.",
            "**You leave with a plan.** One page: what to do, how often, and when we meet again.",
            style="number",
        ),
        warning(
            "emergency",
            "Do not wait for a visit if:",
            """
- you have chest pain, trouble breathing or signs of a stroke
- you cannot control your bladder or bowels, or you are numb between your legs
- you cannot stand on the leg after a fall
""",
        ),
        quote(
            "I was told what was wrong, what was not wrong, and what to do on Monday morning.",
            "Luis",
            "Patient with low back pain",
        ),
        faq(
            "Questions before the first visit",
            (
                "Do I need a doctor's referral?",
                """Not in Washington State. Some [insurance plans](page:insurance) ask for one before they pay.""",
            ),
            ("Will it hurt?", "Some tests may bring on your pain for a moment. You can stop any test at any time."),
            ("May I bring someone?", "Yes. A second pair of ears is a good idea. Children are welcome, too."),
            (
                "What if I need an interpreter?",
                "Tell us when you book. We find one at no cost to you, also for American Sign Language.",
            ),
        ),
    ),
    call_to_action=(BOOK,),
)

INSURANCE = Article(
    slug="insurance",
    title="Insurance and costs",
    introduction="""You should know what a visit costs before you come. Here are our prices, the plans we work
        with, and what to ask your insurer.""",
    search_description="""What physical therapy costs at Heronfield in Seattle, which insurance plans we take, and
        what to ask your insurer.""",
    body=(
        heading("What a visit costs"),
        table(
            "Prices without insurance, 2026",
            ("Visit", "How long", "Price"),
            ("First visit", "60 minutes", "$190"),
            ("Follow-up visit", "45 minutes", "$135"),
            ("Video visit", "30 minutes", "$95"),
            ("Custom hand splint", "20 minutes", "$80 to $150"),
            ("Small group for hips and knees", "60 minutes", "$25"),
        ),
        text(
            """If you pay yourself, you get a good faith estimate in writing before your first visit. That is your
            right under the federal No Surprises Act. Is the price too high for you? Tell us. We keep some visits
            each week at a lower price."""
        ),
        heading("Plans we work with"),
        text(
            """We bill Medicare, Washington Apple Health and most large plans in the Seattle area. Plans change each
            January, so please check with us first."""
        ),
        callout(
            "We make the call for you",
            """Call us with your card in your hand. Ruth or a colleague then calls your plan and tells you what you
            would pay, before your first visit.""",
        ),
        heading("What to ask your plan"),
        bullets(
            "Is Heronfield Physical Therapy in my network?",
            "Do I need a referral or an approval before the first visit?",
            "How many visits a year are covered?",
            "What is my copay, and how much of my deductible is left?",
        ),
        heading("If you need to cancel"),
        text(
            """Please call at least 24 hours before. After that we charge $50, except when you are ill or something
            serious has come up. Your insurance does not pay this fee."""
        ),
        faq(
            "More about money",
            (
                "Can I use my HSA or FSA card?",
                "Yes. Physical therapy is a medical expense. We give you a receipt with all that your plan needs.",
            ),
            (
                "I was hurt at work. Who pays?",
                """In most cases the state's workers' compensation fund or your employer. Bring your claim number. We
                fill in the forms.""",
            ),
            (
                "I had a car crash. Who pays?",
                "Often your own car insurance first. Bring the claim number and the name of your adjuster.",
            ),
        ),
    ),
    call_to_action=(BOOK,),
)

ABOUT = Article(
    slug="about",
    title="About us",
    introduction="""Heronfield began in 2011 with one table and a borrowed phone. Today we are eight people in two
        clinics, and we still own the place ourselves.""",
    search_description="""Heronfield is a small physical therapy clinic in Seattle, owned by the people who treat
        you. How we work and what we believe in.""",
    body=(
        text(
            """The name comes from a gray heron that stood in the wet field behind our first clinic. It would wait,
            very still, and then take one sure step. We liked that."""
        ),
        heading("How we work"),
        bullets(
            "You see the same therapist at every visit, alone, for the whole time.",
            "We set one goal that matters to you, in your words, and measure how close you are.",
            "We tell you when you do not need us anymore. That is a good day.",
            "When we do not know, we say so and ask someone who does.",
            style="tick",
        ),
        quote(
            "I would rather spend twenty minutes on the right question than a year on the wrong exercise.",
            "Marisol Vega",
            "Founder and clinic director",
        ),
        heading("How we write these pages"),
        text(
            """A clinician writes each page about a condition. A second one checks it, and both names are on the
            page. We cite public sources, such as guidelines and large reviews. Each page says when it was checked,
            and when it will be again. If you find a mistake, please [tell us](page:appointment) or call."""
        ),
        callout(
            "What these pages cannot do",
            """They explain. They cannot examine you. If what you read does not fit what you feel, trust what you feel
            and call us or your doctor.""",
        ),
        figure(
            "location-ballard",
            "A two-story brick corner building with a green door",
            "Our first clinic, in [Ballard](page:ballard). The [second one](page:columbia-city) opened in 2018.",
        ),
    ),
    call_to_action=(cta("Meet the people", "Seven clinicians and a front desk lead.", "staff", "See our staff"),),
)

TELEHEALTH = Article(
    slug="telehealth",
    title="Video visits",
    introduction="""You do not have to come in for every visit. A video visit is good for questions, for checking your
        exercises and for the weeks when life is too full.""",
    search_description="""Physical therapy by video in Washington State: what it is good for, what you need and how to
        get ready.""",
    body=(
        figure(
            "video-visit",
            "A patient at home raises one arm while her therapist watches on a laptop",
            "Put the camera where we can see you from head to feet.",
        ),
        heading("What it is good for"),
        table(
            "Video or clinic?",
            ("What you need", "Video visit", "Clinic visit"),
            ("To ask whether it is serious", "Good first step", "Better if you have weakness or numbness"),
            ("To check and change exercises", "Works well", "Works well"),
            ("Hands-on treatment", "Not possible", "Yes"),
            ("Spinning dizziness", "Only to plan", "Yes, so that we can test and treat you"),
        ),
        heading("Get ready"),
        bullets(
            "A phone, tablet or computer with a camera",
            "A quiet room with space to lie down",
            "A chair without wheels, and someone nearby if you are unsteady",
            "You must be in Washington State at the time of the visit. Our licenses end at the border.",
        ),
        warning(
            "urgent",
            "Call us instead if:",
            """
- an arm or leg has become weak or numb in the last days
- you have fallen, or you cannot stand safely
- pain is so strong that you cannot sit through a call
""",
        ),
    ),
    call_to_action=(form_embed("Ask for a video visit"),),
)

PRIVACY = Article(
    slug="privacy",
    title="Privacy",
    introduction="""What you write to us is about your health. Here is what this website does with it, in plain
        words.""",
    search_description="""How the Heronfield website handles what you write to us: what is stored, who reads it and
        what we do not do.""",
    body=(
        heading("When you only read"),
        text(
            """Our public pages set no cookies. They load nothing from other companies: no ads, no maps, no fonts, no
            counters, no social media buttons. Nobody but us learns which page you read. Like every web server, ours
            may note the address of a visitor for a short time, to keep the site safe."""
        ),
        heading("When you send a request"),
        bullets(
            "Your answers travel over an encrypted line.",
            "They are encrypted again before they are stored. A copy of the database alone cannot be read.",
            "The front desk gets an e-mail that says a request has come in. It holds a link and never your answers.",
            "Only our front desk and the administrator can open a request. The people who write this website cannot.",
            "Each time someone opens or exports a request, the site notes who and when.",
        ),
        heading("What we use it for"),
        text(
            """We use your answers to call you back and to plan your visit. If you become a patient, what matters for
            your care goes into your medical record, and our Notice of Privacy Practices applies. You get it at your
            first visit. We do not sell what you tell us, and we do not use it for advertising."""
        ),
        callout(
            "Please do not put this in the form",
            """Leave out your Social Security number, card numbers and insurance ID. We ask for those in person or by
            phone, if we need them.""",
        ),
        heading("Your choices"),
        table(
            "What you can ask us to do",
            ("You want to", "How"),
            ("See what we have stored", "Call 206 555 0142 or write to privacy@example.com"),
            ("Have a mistake put right", "Tell the front desk"),
            ("Have a request deleted", "Ask us; your reference number helps us find it"),
            ("Not use the website at all", "Call. The phone works just as well."),
        ),
        text(
            """Do you think we have handled something wrongly? Please tell Marisol Vega, our director, at 206 555
            0142. You can also write to the [Office for Civil
            Rights](https://www.hhs.gov/ocr/complaints/index.html)."""
        ),
    ),
)

ACCESSIBILITY = Article(
    slug="accessibility",
    title="Accessibility",
    introduction="""Everyone should be able to read this site and ask for a visit, with any device and any body.""",
    search_description="""How this website is made to work for everyone, what does not work well yet, and how to
        tell us about a barrier.""",
    body=(
        heading("What we aim for"),
        text(
            """We build to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA. We test with a keyboard,
            with large text, with automatic checks on every page, and without scripts."""
        ),
        bullets(
            "You can use all of it with a keyboard. The first Tab key press offers a jump to the main text.",
            "Text can grow to twice its size, and the page still fits.",
            "Colors have strong contrast, by day and in dark mode. Color is never the only sign.",
            "Nothing moves by itself, and motion is off when your device asks for less.",
            "Forms work without scripts. Mistakes are listed at the top and beside the field.",
            style="tick",
        ),
        heading("What does not work well yet"),
        bullets(
            "Exercise pictures have short descriptions. The steps beside them say everything you need.",
            "The site is in English only. Our staff speak twelve languages: see [their profiles](page:staff).",
        ),
        heading("In our clinics"),
        text(
            """Both clinics can be entered without steps. Each location page tells you about doors, parking, tables
            and restrooms: [Ballard](page:ballard) and [Columbia City](page:columbia-city)."""
        ),
        callout(
            "Something in your way?",
            """Call 206 555 0142 or write to access@example.com. Tell us the page and what happened. We answer
            within two working days, and we can give you any page in large print or read it to you.""",
        ),
    ),
)

ARTICLES = (FIRST_VISIT, INSURANCE, ABOUT, TELEHEALTH, PRIVACY, ACCESSIBILITY)
