"""The columns of a list of households and tenancies."""

from housingplus.imports.columns import Column

COLUMNS = (
    Column(
        "tenancy_reference",
        "Tenancy reference",
        "The landlord's reference of the tenancy, at most 30 characters. One row for "
        "each tenancy; a home let in parts has several.",
        "T000123",
        required=True,
        aliases=("Tenancy Ref", "Tenancy ID", "Tenancy No", "Tenancy Number", "TenRef"),
    ),
    Column(
        "property_reference",
        "Property reference",
        "The landlord's reference of the home. Either this or the UPRN.",
        "KC000001",
        aliases=("Property Ref", "Prop Ref", "PropRef", "Place Ref", "Property ID"),
    ),
    Column(
        "uprn",
        "UPRN",
        "Unique Property Reference Number of the home, up to 12 digits.",
        "990000000007",
        aliases=("UPRN No", "UPRN Number", "Unique Property Reference Number"),
    ),
    Column(
        "landlord",
        "Landlord",
        "Code of the landlord, only needed when two landlords use the same property "
        "references and no UPRN is given.",
        "KESTREL",
        aliases=("Landlord Code", "Owner", "Landlord Ref"),
    ),
    Column(
        "tenancy_type",
        "Tenancy type",
        "Secure, introductory, flexible, assured, starter, demoted, licence, leasehold "
        "or other. Secure when the cell is empty.",
        "secure",
        aliases=("Type", "Tenure", "Tenure Type", "Tenancy Kind", "Tenancy Type Desc"),
    ),
    Column(
        "start_date",
        "Start date",
        "First day of the tenancy: 03/03/2026 (day first) or 2026-03-03.",
        "03/03/2026",
        required=True,
        aliases=(
            "Tenancy Start",
            "Tenancy Start Date",
            "Start",
            "Commencement Date",
            "Tenancy Commencement Date",
        ),
    ),
    Column("title", "Title", "Mr, Ms, Mx, Dr …", "Ms", aliases=("Salutation",)),
    Column(
        "first_name",
        "First name",
        "Of the tenant, at most 60 characters.",
        "Bea",
        aliases=("Forename", "Forenames", "Given Name", "Tenant First Name"),
    ),
    Column(
        "last_name",
        "Last name",
        "Of the tenant, at most 60 characters. Without any name letters go to The "
        "Occupier.",
        "Jones",
        aliases=("Surname", "Family Name", "Tenant Last Name", "Tenant Surname"),
    ),
    Column("joint_title", "Joint tenant's title", "Mr, Ms, Mx, Dr …", "Mr"),
    Column(
        "joint_first_name",
        "Joint tenant's first name",
        "At most 60 characters.",
        "Ali",
        aliases=("Joint Forename", "Joint Tenant First Name"),
    ),
    Column(
        "joint_last_name",
        "Joint tenant's last name",
        "At most 60 characters.",
        "Khan",
        aliases=("Joint Surname", "Joint Tenant Last Name"),
    ),
    Column(
        "phone",
        "Telephone",
        "Of the tenant, at most 30 characters. An empty cell changes nothing.",
        "07700 900123",
        aliases=(
            "Phone",
            "Phone Number",
            "Telephone Number",
            "Mobile",
            "Tel",
            "Tel No",
        ),
    ),
    Column(
        "email",
        "E-mail",
        "Of the tenant. Needed where letters go by e-mail only. An empty cell changes "
        "nothing.",
        "bea.jones@example.org",
        aliases=("Email", "Email Address", "E-mail Address"),
    ),
    Column(
        "letter_format",
        "Letter format",
        "Standard, large print, braille, easy read, audio or email. Standard when the "
        "cell is empty.",
        "standard",
        aliases=("Format", "Preferred Format", "Communication Format"),
    ),
    Column(
        "language",
        "Language",
        "The language letters are wanted in, by name or ISO code; empty for English.",
        "English",
        aliases=("Preferred Language", "First Language", "Main Language"),
    ),
    Column(
        "correspondence_address",
        "Correspondence address",
        "Where to write instead of the home, with commas between the lines, at most "
        "300 characters.",
        "c/o 4 Solicitors Row, Kestrelford, ZK1 1AA",
        aliases=(
            "Corr Address",
            "Postal Address",
            "Mailing Address",
            "Contact Address",
        ),
    ),
    Column(
        "representative_name",
        "Representative",
        "Somebody the household asked to be dealt with, at most 120 characters. What "
        "the four columns of representatives say is taken together.",
        "Ms Ida Boyle",
        aliases=("Advocate", "Representative Name", "Appointee"),
    ),
    Column(
        "representative_contact",
        "Representative's contact",
        "Telephone or e-mail, at most 200 characters.",
        "07700 900456",
        aliases=("Advocate Contact", "Representative Phone"),
    ),
    Column(
        "representative_address",
        "Representative's address",
        "With commas between the lines, at most 300 characters.",
        "Harbour Advocacy, 9 Mill Lane, Kestrelford, ZK1 2AB",
        aliases=("Advocate Address",),
    ),
    Column(
        "copy_to_representative",
        "Copies to the representative",
        "Yes when they get a copy of every letter, by post; they need an address.",
        "yes",
        aliases=("Copy Letters To Representative", "Advocate Copy"),
    ),
    Column(
        "do_not_write",
        "Do not write",
        "Yes, or the reason, when no letter may go to this household. A list sets this "
        "mark and never takes it away.",
        "",
        aliases=("Do Not Contact", "No Letters", "Do Not Mail", "Do Not Write Reason"),
    ),
)
ONE_OF = (("uprn", "property_reference"),)

TENANCY_KINDS = {
    "secure": "secure",
    "securetenancy": "secure",
    "lifetime": "secure",
    "introductory": "introductory",
    "intro": "introductory",
    "flexible": "flexible",
    "fixedterm": "flexible",
    "assured": "assured",
    "starter": "starter",
    "demoted": "demoted",
    "licence": "licence",
    "license": "licence",
    "leasehold": "leasehold",
    "leaseholder": "leasehold",
    "lease": "leasehold",
    "other": "other",
}
LETTER_FORMATS = {
    "standard": "standard",
    "normal": "standard",
    "letter": "standard",
    "post": "standard",
    "largeprint": "large_print",
    "large": "large_print",
    "braille": "braille",
    "easyread": "easy_read",
    "audio": "audio",
    "audiocd": "audio",
    "cd": "audio",
    "email": "email",
    "emailonly": "email",
}
YES_OR_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "x"), "yes"),
    **dict.fromkeys(("no", "n", "false", "0"), "no"),
}
LABELS = {column.name: column.label for column in COLUMNS}
