"""The staff of the demo clinic. All of them are invented."""

from clinicsite.demo.vocabulary import Certificate, Person, Training

APTA = "American Board of Physical Therapy Specialties"

INDEX_INTRODUCTION = """Seven clinicians and a front desk lead. Look for the person who knows most about what
    you have,
    works close to you or speaks your language."""

PEOPLE = (
    Person(
        slug="marisol-vega",
        given_name="Marisol",
        family_name="Vega",
        post_nominals="PT, DPT, OCS",
        pronouns="she/her",
        role="clinic-director",
        portrait="marisol-vega",
        introduction="""Marisol founded Heronfield. She treats backs, necks and hips, and likes a hard
            puzzle.""",
        biography="""
Marisol grew up on an orchard near Yakima, where everyone's back hurt in October. She became a physical
therapist to find out why, and what could be done about it.

She opened Heronfield in 2011 with one table and a borrowed phone. She still sees patients three days a week.
People come to her when pain has lasted for months and they have heard five different reasons for it.

"I would rather spend twenty minutes on the right question," she says, "than a year on the wrong exercise."
""",
        interests="""Bakes bread for the front desk on Fridays, coaches her daughter's soccer team and loses
            to her father at dominoes.""",
        locations=("ballard", "columbia-city"),
        languages=("en", "es"),
        specialties=("Spine care", "Long-lasting pain", "Hip pain"),
        education=(
            Training("degree", "Doctor of Physical Therapy", "University of Washington", "Seattle, WA", 2007),
            Training("residency", "Orthopaedic residency", "Cascade Spine and Joint Center", "Tacoma, WA", 2009),
        ),
        certifications=(
            Certificate("Orthopaedic Clinical Specialist (OCS)", APTA, 2010),
            Certificate("Therapeutic Pain Specialist", "Evidence in Motion", 2018),
        ),
    ),
    Person(
        slug="kwame-asante",
        given_name="Kwame",
        family_name="Asante",
        post_nominals="PT, DPT, SCS",
        pronouns="he/him",
        role="physical-therapist",
        portrait="kwame-asante",
        introduction="""Kwame helps runners, dancers and weekend players come back from knee and ankle
            injuries.""",
        biography="""
Kwame tore his own ACL at nineteen and had to leave college track. The therapist who got him running again
changed what he wanted to do with his life.

He works with people of every level, from a first 5K to a national team. He tests often and shares the numbers
with you, so you both know when you are ready to go back.

He moved to Seattle from Atlanta in 2016 and still thinks the summers here are too short.
""",
        interests="""Runs the hills of Carkeek Park, plays highlife guitar and is learning to swim with his
            son.""",
        locations=("ballard",),
        languages=("en", "fr"),
        specialties=("Sports injuries", "Running", "Knee surgery recovery"),
        education=(
            Training("degree", "Doctor of Physical Therapy", "Emory University", "Atlanta, GA", 2014),
            Training("residency", "Sports residency", "Piedmont Sports Rehabilitation Program", "Atlanta, GA", 2016),
        ),
        certifications=(
            Certificate("Sports Clinical Specialist (SCS)", APTA, 2017),
            Certificate("Certified Strength and Conditioning Specialist", "NSCA", 2015),
        ),
    ),
    Person(
        slug="hana-yoshida",
        given_name="Hana",
        family_name="Yoshida",
        post_nominals="PT, DPT, NCS",
        pronouns="she/her",
        role="physical-therapist",
        portrait="hana-yoshida",
        introduction="""Hana treats dizziness, balance problems and headaches that start in the neck.""",
        biography="""
When the room spins, people often wait weeks for someone to take them seriously. Hana tries to see them the
same week.

She trained in a hospital balance clinic in Portland and moved to Seattle in 2018. She explains the inner ear
with a glass snow globe that she keeps on her desk. Patients remember it.

Her visits are calm. She tells you what you will feel before you feel it, and she stays right beside you.
""",
        interests="""Sings alto in a choir, folds paper cranes and grows too many tomatoes for one balcony.""",
        locations=("columbia-city", "ballard"),
        languages=("en", "ja"),
        specialties=("Vestibular therapy", "Balance and falls", "Headache"),
        education=(
            Training("degree", "Doctor of Physical Therapy", "Pacific University", "Forest Grove, OR", 2015),
            Training("residency", "Neurologic residency", "Willamette Balance and Brain Clinic", "Portland, OR", 2017),
        ),
        certifications=(
            Certificate("Neurologic Clinical Specialist (NCS)", APTA, 2018),
            Certificate("Vestibular rehabilitation certificate", "Herdman course, Emory University", 2019),
        ),
    ),
    Person(
        slug="amina-warsame",
        given_name="Amina",
        family_name="Warsame",
        post_nominals="PT, DPT",
        pronouns="she/her",
        role="physical-therapist",
        portrait="amina-warsame",
        introduction="""Amina treats backs and shoulders, and helps busy people fit exercise into a full
            day.""",
        biography="""
Amina came to Seattle from Mogadishu as a child and grew up ten minutes from our Columbia City clinic. She
used to walk past the building on her way to school.

She worked in a hospital first, where she learned to make every minute count. Now she helps people with back
and shoulder pain move with less fear. Her plans are short: three exercises, done well.

She sees women and girls in a private room whenever they ask.
""",
        interests="""Hikes with her sisters, reads crime novels in two languages and makes very strong tea.""",
        locations=("columbia-city",),
        languages=("en", "so", "ar"),
        specialties=("Spine care", "Shoulder pain", "Exercise for beginners"),
        education=(
            Training("degree", "Doctor of Physical Therapy", "University of Puget Sound", "Tacoma, WA", 2020),
            Training("residency", "Orthopaedic residency", "Rainier Valley Community Rehab", "Seattle, WA", 2022),
        ),
        certifications=(
            Certificate("Orthopaedic Clinical Specialist (OCS)", APTA),
            Certificate("Mental Health First Aid", "National Council for Mental Wellbeing", 2024),
        ),
    ),
    Person(
        slug="tomas-lindqvist",
        given_name="Tomas",
        family_name="Lindqvist",
        post_nominals="PT, MS, FAAOMPT",
        pronouns="he/him",
        role="physical-therapist",
        portrait="tomas-lindqvist",
        introduction="""Tomas has treated necks, jaws and headaches by hand for more than thirty years.""",
        biography="""
Tomas learned hands-on therapy in Gothenburg in 1992 and has been refining it ever since. He teaches it, too:
half of our therapists were once his students.

He is known for taking time with jaw pain and with headaches that nobody could place. He will also tell you
when his hands are not what you need.

His list is full at the moment. He still takes part in hard cases when a colleague asks.
""",
        interests="""Sails an old wooden boat on Puget Sound, mends clocks and sings badly in Swedish.""",
        locations=("ballard",),
        languages=("en", "sv"),
        accepting=False,
        specialties=("Manual therapy", "Jaw pain", "Headache"),
        education=(
            Training("degree", "Diploma in Physiotherapy", "University of Gothenburg", "Gothenburg, Sweden", 1992),
            Training(
                "degree", "Master of Science in Physical Therapy", "Northwest Health College", "Seattle, WA", 1998
            ),
            Training(
                "fellowship", "Manual therapy fellowship", "Olympic Manual Therapy Institute", "Seattle, WA", 2003
            ),
        ),
        certifications=(
            Certificate("Fellow (FAAOMPT)", "American Academy of Orthopaedic Manual Physical Therapists", 2004),
        ),
    ),
    Person(
        slug="priya-raman",
        given_name="Priya",
        family_name="Raman",
        post_nominals="OTR/L, CHT",
        pronouns="she/her",
        role="hand-therapist",
        portrait="priya-raman",
        introduction="""Priya treats hands, wrists and elbows, and makes splints that people really wear.""",
        biography="""
Priya played the violin until her wrists hurt too much to hold it. A hand therapist found the cause in her
chair, not her wrists. She has been fascinated by hands ever since.

She sees cooks, coders, new parents and carpenters. She will ask to see your tools, your phone and how you
carry the baby. She makes splints at her bench while you wait, in the color you like.

She works closely with hand surgeons and knows when it is time to send you to one.
""",
        interests="""Plays violin again, in a string quartet of nurses. Prints with wood blocks.""",
        locations=("ballard", "columbia-city"),
        languages=("en", "ta", "hi"),
        specialties=("Hand therapy", "Splints", "Work injuries"),
        education=(
            Training(
                "degree", "Master of Occupational Therapy", "University of Southern California", "Los Angeles, CA", 2010
            ),
            Training("fellowship", "Hand therapy fellowship", "Elliott Bay Hand Center", "Seattle, WA", 2012),
        ),
        certifications=(Certificate("Certified Hand Therapist (CHT)", "Hand Therapy Certification Commission", 2015),),
    ),
    Person(
        slug="jun-manalo",
        given_name="Jun",
        family_name="Manalo",
        post_nominals="PTA",
        pronouns="he/him",
        role="physical-therapist-assistant",
        portrait="jun-manalo",
        introduction="""Jun runs the gym floor with you: he knows how to make an exercise fit a sore day.""",
        biography="""
Jun was a line cook for eleven years, so he knows what standing all day does to feet, knees and backs. He went
back to school at thirty-four.

He works with your therapist and carries out the plan with you. He is patient, funny and very hard to fool
about whether you did your exercises.

On Saturdays he leads our small group for people with hip and knee arthritis.
""",
        interests="""Cooks for his whole street, plays in a ukulele band and restores a 1989 pickup.""",
        locations=("ballard", "columbia-city"),
        languages=("en", "fil"),
        specialties=("Exercise for arthritis", "Work injuries"),
        education=(
            Training(
                "degree",
                "Associate in Applied Science, Physical Therapist Assistant",
                "Green River College",
                "Auburn, WA",
                2017,
            ),
        ),
        certifications=(
            Certificate("Certified Exercise Expert for Aging Adults", "APTA Geriatrics", 2023),
            Certificate("Tai Chi for Arthritis instructor", "Tai Chi for Health Institute"),
        ),
    ),
    Person(
        slug="ruth-abrams",
        given_name="Ruth",
        family_name="Abrams",
        post_nominals="",
        pronouns="she/her",
        role="front-desk-lead",
        portrait="ruth-abrams",
        introduction="""Ruth leads the front desk. She will know your name by your second visit.""",
        biography="""
Ruth answers the phone, reads your request and finds you the right person at the right time. If your insurance
plan is confusing, she has most likely met it before.

She worked in a school office for twenty years before she joined us in 2015. Nothing rattles her.

Ruth signs fluently. If you are Deaf, write to us and she will meet you at the door.
""",
        interests="""Plays the accordion, walks two rescue greyhounds and keeps the office plants alive.""",
        locations=("ballard",),
        languages=("en", "ase", "he"),
        accepting=False,
    ),
)
