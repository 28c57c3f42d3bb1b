"""The columns of a list of homes."""

from housingplus.imports.columns import Column

COLUMNS = (
    Column(
        "uprn",
        "UPRN",
        "Unique Property Reference Number, up to 12 digits. Leading zeros are left "
        "out. May be empty; a home is then known by its reference.",
        "990000000007",
        aliases=("UPRN No", "UPRN Number", "Unique Property Reference Number"),
    ),
    Column(
        "reference",
        "Property reference",
        "The landlord's own reference. Different for each home of a landlord; kept as "
        "it is, leading zeros included. At most 30 characters.",
        "KC000001",
        required=True,
        aliases=(
            "Property Ref",
            "Prop Ref",
            "PropRef",
            "Reference",
            "Ref",
            "Property ID",
            "Property Number",
            "Place Ref",
            "Asset ID",
            "UPRN Internal",
        ),
    ),
    Column(
        "landlord",
        "Landlord",
        "Code of the landlord that owns the home. Not needed when one landlord is "
        "chosen for the whole list.",
        "KESTREL",
        aliases=("Landlord Code", "Owner", "Landlord Ref", "Owner Code"),
    ),
    Column(
        "sub_building",
        "Flat or room",
        "The part of the building, at most 60 characters.",
        "Flat 3",
        aliases=(
            "Sub Building Name",
            "SAO",
            "Flat",
            "Flat No",
            "Flat Number",
            "Unit",
            "Sub Building",
        ),
    ),
    Column(
        "building",
        "Building number or name",
        "House number, or name of the building, at most 60 characters.",
        "12A",
        aliases=(
            "PAO",
            "Building Number",
            "Building Name",
            "House Number",
            "House No",
            "House Name",
            "Number",
            "No",
            "Building No",
        ),
    ),
    Column(
        "street",
        "Street",
        "At most 100 characters.",
        "Elm Road",
        required=True,
        aliases=(
            "Street Name",
            "Road",
            "Thoroughfare",
            "Address 1",
            "Street Descriptor",
        ),
    ),
    Column(
        "locality",
        "Locality",
        "At most 60 characters.",
        "Upper Marl",
        aliases=("Village", "District", "Area", "Dependent Locality"),
    ),
    Column(
        "town",
        "Post town",
        "At most 60 characters.",
        "Kestrelford",
        required=True,
        aliases=("Town", "City", "Town Name", "Posttown"),
    ),
    Column(
        "postcode",
        "Postcode",
        "Whole postcode, with or without the space.",
        "ZK1 1AA",
        required=True,
        aliases=("Post Code", "Postal Code", "PC", "Zip"),
    ),
    Column(
        "ward_code",
        "Ward code",
        "The ward's ONS code, nine characters. Either this or the ward's name.",
        "E05999001",
        aliases=("Ward ONS Code", "Ward GSS Code", "WD Code", "WDCD", "ONS Ward Code"),
    ),
    Column(
        "ward",
        "Ward",
        "The ward's name. Together with the code, it lets new wards be created.",
        "Marl Bank",
        aliases=("Ward Name", "Electoral Ward", "WDNM"),
    ),
    Column(
        "block",
        "Block",
        "Name of the building with several homes, if it is one. A block that is not "
        "here yet is created in the ward. An empty cell takes the home out of its "
        "block.",
        "Kestrel House",
        aliases=("Block Name", "Scheme", "Scheme Name", "Estate Block"),
    ),
    Column(
        "property_type",
        "Type",
        "House, bungalow, flat, maisonette, bedsit, sheltered or other.",
        "house",
        aliases=("Property Type", "Prop Type", "Dwelling Type", "Archetype"),
    ),
    Column(
        "bedrooms",
        "Bedrooms",
        "Number of bedrooms, 0 to 30.",
        "3",
        aliases=("Beds", "Bedroom Count", "No of Bedrooms", "Number of Bedrooms"),
    ),
    Column(
        "easting",
        "Easting",
        "British National Grid, whole metres. With the northing, or neither. Latitude "
        "and longitude are worked out from them.",
        "434657",
        aliases=("X", "X Coordinate", "Eastings", "X Coord"),
    ),
    Column(
        "northing",
        "Northing",
        "British National Grid, whole metres.",
        "381133",
        aliases=("Y", "Y Coordinate", "Northings", "Y Coord"),
    ),
    Column(
        "managed_from",
        "Managed from",
        "First day of management. For a new home without it, the day from which the "
        "list is true.",
        "01/04/2020",
        aliases=("Management Start", "Management Start Date", "Handover Date"),
    ),
    Column(
        "patch",
        "Patch",
        "Code of the patch the home belongs to from the day the list is true. An "
        "empty cell leaves the home where it is.",
        "KS-04",
        aliases=("Patch Code", "Patch Ref", "Housing Patch"),
    ),
)
ONE_OF = (("ward_code", "ward"),)

_TYPES = {
    "house": (
        "house houses terraced terracedhouse semi semidetached detached endterrace "
        "midterrace semidetachedhouse detachedhouse endterracedhouse midterracedhouse"
    ),
    "bungalow": "bungalow bungalows",
    "flat": "flat flats apartment apartments",
    "maisonette": "maisonette maisonettes",
    "bedsit": "bedsit bedsitter studio studioflat",
    "sheltered": "sheltered shelteredhome shelteredflat shelteredhousing",
    "other": "other",
}
PROPERTY_TYPES = {
    word: kind for kind, words in _TYPES.items() for word in words.split()
}
LABELS = {column.name: column.label for column in COLUMNS}
