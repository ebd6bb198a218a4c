"""What the demo clinic says about itself everywhere: settings, navigation, body regions, roles, treatments."""

from clinicsite.demo.vocabulary import Block, PageRef, Rich, link

NAME = "Heronfield Physical Therapy"
PHONE = "206 555 0142"

SETTINGS = {
    "name": NAME,
    "tagline": "Physical therapy in Ballard and Columbia City, Seattle",
    "phone": PHONE,
    "phone_note": "Monday to Friday, 7 am to 7 pm",
    "fax": "206 555 0143",
    "email": "hello@example.com",
    "appointment_promise": "Most new patients are seen within two working days.",
}
FOOTER_TEXT = """Heronfield is a small, therapist-owned clinic. You see the same person at every visit, one to
    one."""
BANNER_TEXT = """**Snow day:** both clinics open at 10 am today. We will call you if your visit has to move."""

NAVIGATION = (
    Block("link", link("conditions", "Conditions")),
    Block("link", link("staff", "Our staff")),
    Block("link", link("first-visit", "Your first visit")),
    Block("link", link("insurance", "Insurance and costs")),
    Block("link", link("about", "About us")),
)
FOOTER_COLUMNS = (
    Block(
        "column",
        {
            "heading": "For patients",
            "links": (
                link("first-visit", "Your first visit"),
                link("insurance", "Insurance and costs"),
                link("telehealth", "Video visits"),
                link("appointment", "Request an appointment"),
            ),
        },
    ),
    Block(
        "column",
        {
            "heading": "Visit us",
            "links": (link("ballard", "Ballard"), link("columbia-city", "Columbia City"), link("staff", "Our staff")),
        },
    ),
    Block(
        "column",
        {
            "heading": "About this website",
            "links": (
                link("about", "About us"),
                link("privacy", "Privacy"),
                link("accessibility", "Accessibility"),
            ),
        },
    ),
)
SOCIAL_LINKS = (
    Block("profile", {"network": "instagram", "url": "https://example.com/instagram"}),
    Block("profile", {"network": "youtube", "url": "https://example.com/videos"}),
)

# slug: (name, description), from head to feet; the slug also names the shape on the body outline.
REGIONS = {
    "head-jaw": ("Head and jaw", "Headache, dizziness and jaw pain"),
    "neck": ("Neck", "Stiff, sore or injured necks"),
    "shoulder": ("Shoulder", "Pain with reaching, lifting and sleeping on one side"),
    "upper-back": ("Upper back", "Pain between the neck and the lowest ribs"),
    "elbow-wrist-hand": ("Elbow, wrist and hand", "Pain, numbness and weak grip"),
    "lower-back": ("Lower back", "Back pain, with or without leg pain"),
    "hip": ("Hip", "Stiff or sore hips"),
    "knee": ("Knee", "Worn, sore, injured or operated knees"),
    "ankle-foot": ("Ankle and foot", "Sprains and heel pain"),
    "whole-body": ("Balance and whole body", "Feeling steady on your feet"),
}

# slug: (name, treats patients)
ROLES = {
    "clinic-director": ("Clinic director and physical therapist", True),
    "physical-therapist": ("Physical therapist", True),
    "hand-therapist": ("Occupational therapist and hand therapist", True),
    "physical-therapist-assistant": ("Physical therapist assistant", True),
    "front-desk-lead": ("Front desk lead", False),
}

# key: (name, description)
TREATMENTS = {
    "manual": (
        "Manual therapy",
        """Your therapist uses their hands to move stiff joints and ease tight muscles. It should feel firm but
        safe, and you can ask us to stop at any time. The relief often lasts hours to days, so we use it to make
        your exercises easier, not in place of them.""",
    ),
    "movement": (
        "Movement assessment",
        """We watch you bend, reach, walk, lift or do the one thing that hurts. Then we test joints, strength and
        nerves. What we find decides the plan, and we repeat the same tests later so you can see what changed.""",
    ),
    "strength": (
        "Strength training",
        """You start with a load you can manage today and add a little each week. Stronger muscles share the work
        with the sore part. We show you every exercise, then watch you do it before you try it at home.""",
    ),
    "posture": (
        "Strength and posture training",
        """No single posture is right all day. We train the muscles that hold you up and help you find two or
        three easy positions to switch between at work, at home and in the car.""",
    ),
    "education": (
        "Learning what helps",
        """Pain is easier to live with when you know what it means. We explain what we found in plain words, what
        is safe to do, and how to plan good and bad days so that one does not undo the other.""",
    ),
    "nerve": (
        "Nerve glides",
        """These are slow, gentle movements that slide a nerve back and forth in its path. They should feel like a
        mild pull that fades as soon as you let go. More is not better with nerves, so we start small.""",
    ),
    "balance": (
        "Balance training",
        """You practice standing, turning and walking in ways that are a bit hard but safe, with a rail or a
        person close by. Your brain learns to trust your feet, eyes and inner ears again.""",
    ),
    "tape": (
        "Taping and bracing",
        """Tape, a brace or a splint can take strain off a sore part for a while. We show you how to put it on,
        how long to wear it and when to leave it off.""",
    ),
    "repositioning": (
        "Canalith repositioning",
        """We turn your head and body through a set of positions that guide loose crystals out of the inner ear
        canal. It takes about ten minutes. You may feel dizzy for a short time, and we stay beside you.""",
    ),
    "load": (
        "Load planning",
        """Together we look at your week: steps, stairs, sport, lifting. We cut the part that flares the pain, keep
        the rest, and build back up in small steps that you can count.""",
    ),
    "gait": (
        "Walking and running retraining",
        """We film you on the treadmill, if you agree, and look at the pictures together. Small changes, such as
        shorter steps, can take load off a sore joint. The film is deleted when your care ends.""",
    ),
    "stretching": (
        "Mobility work",
        """Slow stretches and easy swings help a stiff joint move further. We find the two or three that make the
        most difference for you, so that home practice takes minutes.""",
    ),
    "sport": (
        "Return-to-sport testing",
        """Before you go back to sport we test strength, jumping and turning on both sides. The numbers, how you
        move and how ready you feel decide together, not the calendar alone.""",
    ),
}

HOME = {
    "title": NAME,
    "seo_title": "Physical therapy in Seattle | Heronfield",
    "search_description": """One-to-one physical therapy in Ballard and Columbia City, Seattle. Read about your
        condition, meet our therapists and request an appointment.""",
    "hero_heading": "Get back to what moves you",
    "hero_text": """Pain makes life small. We help you find out what is going on, what is safe to do, and how to get
        stronger, one step at a time. You see the same therapist for a full hour at your first visit.""",
    "featured_heading": "What we help with most",
    "why_us_heading": "Why patients choose us",
    "staff_heading": "People you will know by name",
    "staff_text": """Seven clinicians and a front desk that picks up the phone. Find the person who knows most about
        what you have.""",
    "locations_heading": "Two clinics, both close to a bus or train",
}
FEATURED_CONDITIONS = (
    "upper-back-pain",
    "low-back-pain",
    "neck-pain",
    "rotator-cuff-pain",
    "knee-osteoarthritis",
    "vertigo-bppv",
)
FEATURED_STAFF = ("marisol-vega", "kwame-asante", "hana-yoshida", "amina-warsame")
REASONS = (
    Block(
        "reason",
        {
            "title": "One therapist, one hour",
            "text": Rich("""Your first visit is a full hour with one person. So are your questions."""),
        },
    ),
    Block(
        "reason",
        {
            "title": "A plan you can read",
            "text": Rich("""You leave with your exercises and your next steps on one page, in plain words."""),
        },
    ),
    Block(
        "reason",
        {
            "title": "No referral needed",
            "text": Rich(
                """In Washington State you can see a physical therapist without a doctor's note. Some
                [insurance plans](page:insurance) still ask for one."""
            ),
        },
    ),
    Block(
        "reason",
        {
            "title": "Honest about what works",
            "text": Rich("""We name our sources on every page and tell you when rest, a doctor or time is
                better."""),
        },
    ),
)
TRUST_FACTS = (
    Block("fact", {"figure": "60 minutes", "label": "for your first visit, one to one", "source": ""}),
    Block(
        "fact",
        {
            "figure": "2 days",
            "label": "is the usual wait for a new patient",
            "source": "Our own records, January to October 2026",
        },
    ),
    Block("fact", {"figure": "12 languages", "label": "spoken by our staff", "source": "See each profile"}),
    Block("fact", {"figure": "Since 2011", "label": "owned by the people who treat you", "source": ""}),
)
HOME_BODY = (
    Block(
        "quote",
        {
            "text": "They asked what I wanted to get back to. I said kneeling in the garden. That became the plan.",
            "attribution": "Denise",
            "role": "Patient with knee osteoarthritis",
        },
    ),
    Block(
        "cta",
        {
            "heading": "Not sure where to start?",
            "text": Rich("""Tell us what hurts. We call you back within one working day and find the right
                person."""),
            "link": {"text": "Request an appointment", "page": PageRef("appointment"), "document": None, "url": ""},
        },
    ),
)
