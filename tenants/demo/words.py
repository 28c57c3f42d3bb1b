"""Names for invented places. Streets sound British; none is meant to be a real one."""

CITY = "Kestrelford"
POSTCODE_AREA = "ZK"

WARDS = [
    "Abbot's Mere", "Beacon Hill", "Castle Dyke", "Dovecote", "Eastholme", "Fernley",
    "Gallowfields", "Harbour", "Ivywood", "Jubilee", "Kilnbrook", "Larkrise",
    "Marsh End", "Netherby", "Orchard Park", "Priory", "Quarry Bank", "Ropewalk",
    "Southgate", "Tanner's Field", "Upper Weir", "Vicarage", "Weaver's Green",
    "Wharncliff", "Yewdale", "Ashgrove", "Brackenfield", "Coldwell", "Drovers",
    "Edgemoor", "Foxcote", "Greenacre", "Hollins", "Knoll", "Longmeadow", "Millrace",
    "Northfleet", "Oldcastle", "Paddock", "Redcliff", "Saltersgate", "Thornhill",
]  # fmt: skip

AREAS = ["North", "East", "South", "West"]

STREET_NAMES = [
    "Alder", "Ambleside", "Anvil", "Apple Tree", "Arkwright", "Ash", "Aspen", "Avocet",
    "Bakewell", "Barley", "Beck", "Beech", "Bellflower", "Birch", "Blackthorn",
    "Bluebell", "Bobbin", "Bracken", "Bramble", "Briar", "Broom", "Buttercup",
    "Calder", "Campion", "Cedar", "Chaffinch", "Cherry Tree", "Chestnut", "Clover",
    "Cobbler", "Coniston", "Cooper", "Coppice", "Cornflower", "Cowslip", "Crescent",
    "Curlew", "Dale", "Damson", "Dove", "Dunlin", "Elder", "Elm", "Fallow", "Fern",
    "Fieldfare", "Firth", "Forge", "Foxglove", "Furlong", "Garnet", "Goldfinch",
    "Gorse", "Grange", "Grebe", "Harebell", "Harrow", "Harvest", "Hawthorn", "Hazel",
    "Heather", "Heron", "Holly", "Honeysuckle", "Hornbeam", "Jasmine", "Juniper",
    "Kestrel", "Kingfisher", "Laburnum", "Lapwing", "Larch", "Laurel", "Lavender",
    "Lilac", "Lime", "Linden", "Linnet", "Loom", "Magnolia", "Mallard", "Maple",
    "Marigold", "Mayfield", "Meadow", "Merlin", "Miller", "Moor", "Mulberry", "Myrtle",
    "Nightingale", "Nutwood", "Oak", "Orchard", "Osprey", "Oxlip", "Partridge",
    "Pear Tree", "Pine", "Plover", "Plum", "Poplar", "Poppy", "Primrose", "Quince",
    "Redstart", "Redwing", "Robin", "Rowan", "Rushes", "Saddler", "Sandpiper",
    "Scythe", "Sedge", "Shuttle", "Siskin", "Sorrel", "Spindle", "Spruce", "Starling",
    "Swallow", "Swift", "Sycamore", "Teal", "Teasel", "Thistle", "Thrush", "Thyme",
    "Tinker", "Valley", "Violet", "Walnut", "Warbler", "Weaver", "Wheatear",
    "Whinchat", "Whitebeam", "Willow", "Windmill", "Wren", "Yarrow", "Yew",
]  # fmt: skip

STREET_KINDS = [
    "Road", "Road", "Road", "Street", "Street", "Avenue", "Avenue", "Close", "Close",
    "Drive", "Lane", "Grove", "Crescent", "Way", "Walk", "Place", "Gardens", "Rise",
    "View", "Mews", "Terrace", "Court",
]  # fmt: skip

TOWER_NAMES = [
    "Kestrel", "Merlin", "Falcon", "Osprey", "Harrier", "Buzzard", "Peregrine", "Heron",
    "Curlew", "Avocet", "Lapwing", "Plover", "Goshawk", "Hobby", "Kite", "Eagle",
    "Linnet", "Dunnock", "Siskin", "Fulmar", "Gannet", "Petrel", "Puffin", "Skua",
    "Bittern", "Dipper", "Egret", "Garganey", "Pintail", "Wigeon", "Shoveler", "Eider",
]  # fmt: skip
TOWER_KINDS = ["House", "Court", "Point", "Tower", "Heights"]

SOMALI = (
    ["Abdi", "Ayaan", "Faduma", "Hodan", "Ismail", "Khadra", "Mahad", "Sagal"],
    ["Abdullahi", "Ahmed", "Farah", "Hassan", "Jama", "Mohamud", "Nuur", "Warsame"],
)
YEMENI = (
    ["Ahlam", "Faisal", "Nadia", "Saleh", "Samira", "Waleed"],
    ["Al-Amri", "Al-Hakimi", "Mohsen", "Nasser", "Saeed"],
)
CARIBBEAN = (
    ["Delroy", "Yvonne", "Winston", "Marcia", "Leroy", "Sonia"],
    ["Campbell", "Grant", "Gordon", "Henry", "Morrison", "Reid", "Samuels"],
)
LANGUAGES = ["ur", "so", "ar", "pl", "sk", "bn", "ro"]
