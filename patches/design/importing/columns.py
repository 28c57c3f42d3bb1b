"""The columns of a list of work."""

from housingplus.imports.columns import Column

COLUMNS = (
    Column(
        "reference",
        "Property reference",
        "The landlord's reference of the home, as in the list of homes. Either this or "
        "the UPRN.",
        "KC000001",
        aliases=(
            "Property Ref",
            "Prop Ref",
            "PropRef",
            "Property Reference",
            "Ref",
            "Property ID",
            "Property Number",
            "Place Ref",
            "Asset ID",
        ),
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
        aliases=("Landlord Code", "Owner", "Landlord Ref", "Owner Code"),
    ),
    Column(
        "work_type",
        "Kind of work",
        "As it is called under Workload: visit, rent arrears, repairs liaison …",
        "visit",
        required=True,
        aliases=(
            "Work Type",
            "Type of Work",
            "Type",
            "Event Type",
            "Case Type",
            "Contact Type",
            "Activity",
            "Activity Type",
            "Category",
        ),
    ),
    Column(
        "count",
        "Count",
        "How many pieces of this work the home needed in the period, 0 to 10,000.",
        "3",
        required=True,
        aliases=(
            "Number",
            "Quantity",
            "Volume",
            "Total",
            "Events",
            "Cases",
            "Contacts",
            "Number of Events",
            "No of Events",
            "Event Count",
        ),
    ),
    Column(
        "period_start",
        "First day of the period",
        "From when it was counted: 01/10/2025 (day first) or 2025-10-01.",
        "01/10/2025",
        required=True,
        aliases=(
            "Period From",
            "From",
            "Start",
            "Start Date",
            "Date From",
            "From Date",
        ),
    ),
    Column(
        "period_end",
        "Last day of the period",
        "Until when it was counted, that day included. A period is imported when it is "
        "over.",
        "30/09/2026",
        required=True,
        aliases=(
            "Period To",
            "Period Until",
            "To",
            "Until",
            "End",
            "End Date",
            "Date To",
            "To Date",
        ),
    ),
)

LABELS = {column.name: column.label for column in COLUMNS}
ONE_OF = (("reference", "uprn"),)
