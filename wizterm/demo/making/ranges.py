"""Sorting products into categories and named ranges by the words of their names."""

import re

OTHER = "Other / Gifts"

NOTES: dict[str, str] = {
    "Christmas / Wrap and cards": "Seasonal line, ordered from July.",
    "Christmas / Decorations": "Seasonal line, ordered from July.",
    "Easter": "Seasonal line, ordered from November.",
    "Lighting / T-lights": "Light not included. Never leave a flame unattended.",
    "Lighting / Candles": "Never leave a flame unattended.",
    "Lighting / Lamps and lanterns": "Check the plug for your country before ordering.",
    "Home / Signs and hooks": "Fixings are included where they are needed.",
    "Home / Clocks and mirrors": "Batteries are not included.",
    "Home / Hot water bottles": "Cover can be washed at 30 degrees.",
    "Home / Cushions and throws": "Check the care label.",
    "Home / Furniture and boxes": "Some assembly may be needed.",
    "Bathroom": "For bath and washroom.",
    "Kitchen / Cooking": "Hand wash.",
    "Toys / Games and puzzles": "For ages 3 and over.",
    "Home / Frames and pictures": "Fixings are included where they are needed.",
    "Home / Scents": "Keep away from heat.",
    "Bags / Lunch bags": "Wipe clean.",
    "Bags / Shoppers": "Folds flat. Wipe clean.",
    "Bags / Purses and travel": "Lined, with a zip or a clasp.",
    "Jewellery / Necklaces and bracelets": "Nickel free. On a display card.",
    "Jewellery / Rings and earrings": "Nickel free. On a display card.",
    "Jewellery / Hair and accessories": "On a display card or boxed.",
    "Party / Balloons and bunting": "In a clear bag with a hanging header.",
    "Party / Paper tableware": "For single use.",
    "Stationery / Cards and wrap": "Sold in the quantity stated.",
    "Stationery / Pens and notebooks": "On a counter display where the quantity allows.",
    "Craft / Sewing and knitting": "For ages 8 and over.",
    "Garden / Tools and pots": "For use outdoors.",
    "Kitchen / Bakeware": "For baking and serving.",
    "Kitchen / Mugs and teaware": "Dishwasher safe unless gilded.",
    "Kitchen / Tableware": "Care advice is on the label.",
    "Kitchen / Storage": "Food safe. Wipe clean.",
    "Garden / Birds and ornaments": "For use outdoors, under cover in winter.",
    "Toys / Soft toys and dolls": "For ages 3 and over.",
    "Home / Hanging decorations": "Ready to hang.",
}
"""The line printed under every product of a category."""

SHELVES: tuple[tuple[str, str], ...] = (
    # Seasons come first (a Christmas mug is looked for under Christmas), then words that settle it alone.
    (
        "Christmas / Wrap and cards",
        (
            r"(?:christmas|noel|santa|yuletide).*(?:wrap|card|bag|tag|ribbon|tissue|sticker|stamp)|"
            r"(?:wrap|card|ribbon)s?\b.*christmas"
        ),
    ),
    (
        "Christmas / Decorations",
        (
            r"christmas|santa|noel|reindeer|bauble|advent|nativity|snowm[ae]n|snowflake|mistletoe|holly|"
            r"wreath|stocking|jingle|yuletide|pudding trinket|sleigh|angel|icicle|goose feather"
        ),
    ),
    (
        "Easter",
        r"easter|\bchick\b|bunn(?:y|ies)|egg basket|\beggs?\b(?!.*(?:cup|cosy|frying|warmer))",
    ),
    (
        "Lighting / T-lights",
        r"t-light|votive|chalice",
    ),
    (
        "Lighting / Candles",
        r"candle|citronella|taper|wick\b|candelabra",
    ),
    (
        "Lighting / Lamps and lanterns",
        (
            r"lantern|\blamp|light (?:garland|chain)|lights\b|table light|"
            r"chandelier|torch|night ?light|bitty light|disco ball"
        ),
    ),
    (
        "Home / Signs and hooks",
        (
            r"\bsigns?\b|doorsign|door ?stop|door ?mat|knob\b|door ?bell|\bhooks?\b|"
            r"(?:door|coat|sock|key)[ -]?hanger|coathanger|coat rack|number tile|key (?:cabinet|holder)"
        ),
    ),
    (
        "Home / Clocks and mirrors",
        r"\bclock\b|\bmirror\b(?!.*magnet)",
    ),
    (
        "Home / Hot water bottles",
        r"hot water bottle|hottie|hand warmer",
    ),
    (
        "Home / Cushions and throws",
        r"cushion cover|\bthrow\b|quilt|filler pad|pouffe|foot stool",
    ),
    (
        "Home / Furniture and boxes",
        r"tissue box|cabinet|wastepaper",
    ),
    (
        "Bathroom",
        (
            r"flannel|(?<!tea )towels?\b|bath sponge|soap|plasters|first aid|toilet|(?:hot )?baths\b|"
            r"washroom|laundry"
        ),
    ),
    (
        "Kitchen / Cooking",
        r"oven (?:glove|mitt)|washing up|apron|tea towel|\bwhisk\b",
    ),
    (
        "Toys / Games and puzzles",
        (
            r"jigsaw|playing cards|domino|\bludo\b|harmonica|catch cup|toy cooking|block letters|"
            r"snap cards"
        ),
    ),
    (
        "Home / Frames and pictures",
        r"magnets?\b|wall art|photo frame|picture frame",
    ),
    (
        "Home / Scents",
        r"incense|scent|potpourri|oil burner|perfume|lavender",
    ),
    (
        "Bags / Lunch bags",
        r"lunch (?:bag|box)|snack box",
    ),
    (
        "Bags / Shoppers",
        r"jumbo|shopper|tote|shopping bag|recycling bag|charlotte bag|storage bag|carrier",
    ),
    (
        "Bags / Purses and travel",
        (
            r"\bpurse|wallet|handbag|backpack|rucksack|luggage|passport|cosmetic|wash ?bag|shoulder bag|"
            r"picnic bag|airline bag|cabin bag|overnight|\bbag charm|kids bag|doctor's bag|vanity|"
            r"flight bag|suitcase|doll.*bag|peg bag|card ?holder|bucket bag"
        ),
    ),
    (
        "Jewellery / Necklaces and bracelets",
        r"necklace|bracelet|bangle|pendant|charm bracelet|pearls\b",
    ),
    (
        "Jewellery / Rings and earrings",
        r"earring|(?<!key )\bring\b(?!.*peg)|diamante ring|brooch|rings\b(?!.*napkin)",
    ),
    (
        "Jewellery / Hair and accessories",
        (
            r"hair|scarf|key ?rings?|key chain|fob|lip ?stick(?! pen)|lip gloss|compact|umbrella|rain hat|"
            r"fan\b|shirt|sombrero|glasses case|jewellery|trinket|ear muff|slipper|socks|"
            r"gloves?\b(?!.*(?:oven|washing|garden))|hand warmer|poncho|mittens|tattoos|bobbles|"
            r"bead charm|leis"
        ),
    ),
    (
        "Party / Balloons and bunting",
        (
            r"balloon|bunting|garland|confetti|paper chain|honeycomb|party bag|cones candy|barrier tape|"
            r"invites|cocktail|cracker|straws|streamer|pennant|flag|parasol straw|party (?:cones|charms)"
        ),
    ),
    (
        "Party / Paper tableware",
        (
            r"napkin|paper (?:plate|cup|bowl)|doil(?:y|ies)|place setting|paper tablecloth|party pizza|"
            r"disposable|picnic"
        ),
    ),
    (
        "Stationery / Cards and wrap",
        (
            r"\bcards?\b(?!.*playing)|wrap\b|wrapping|gift tape|tissues?\b(?!.*box)|gift tag|"
            r"gift (?:bag|box)|ribbon|paper gift|invite|envelope|postcard|notelets|gift wrap"
        ),
    ),
    (
        "Stationery / Pens and notebooks",
        (
            r"notebook|\bpens?\b|pencil|eraser|rubber|journal|(?<!tins )sketchbook|memo|note ?(?:pad|book)|"
            r"ruler|sharpener|stationery|clipboard|address book|exercise book|pocket book|diary|calendar|"
            r"stickers?\b|stamps?\b|tape\b|book ?(?:cover|plate|mark)|calculator|"
            r"letter (?:rack|holder|tray)|paperweight|crayon|\bchalk\b|album|hole punch|drawing|highlighter|"
            r"note books|treasure book|magazine|paper ?clip|colouring"
        ),
    ),
    (
        "Craft / Sewing and knitting",
        (
            r"sewing|knitting|crochet|needle|pin cushion|feltcraft|craft|embroid.*kit|button|"
            r"patch(?:es)?\b|measure|sew on|bead kit|kit\b|thread|wool\b|modelling|stencil|paint your|"
            r"make your own|origami"
        ),
    ),
    (
        "Garden / Tools and pots",
        (
            r"(?<!magic )\bgarden(?!ia)|plant|\bpots?\b|watering|trowel|spade|rake|kneeling|flower ?pot|"
            r"seed|grow your|\bherbs?\b(?! tin)|thermometer|secateurs|cloche|potting|bulb|windmill|"
            r"wheelbarrow|parasol|hammock|gazebo|croquet|greens|windsock|seaside"
        ),
    ),
    (
        "Kitchen / Bakeware",
        (
            r"bak(?:e|ing)|cake (?:case|mould|tin|stand|plate|slice|bowl|server)|cookie|cutter|mould|"
            r"muffin|petit four|rolling pin|whisk|flan|pastry|cakestand|cake stand|toast rack|jelly|"
            r"pancake|lolly|cases\b"
        ),
    ),
    (
        "Kitchen / Mugs and teaware",
        (
            r"\bmugs?\b|\btea\b|teapot|tea ?cup|coffee|cup\b|cups\b|saucer|beaker|tea ?spoon|teatime|"
            r"sugar|flask|milkshake"
        ),
    ),
    (
        "Kitchen / Tableware",
        (
            r"plate|\bbowls?\b|cutlery|jug|tray|tumbler|goblet|"
            r"glass\b(?=$| )(?=.*(?:wine|d\.o\.f|cordial|tumbler))|coaster|placemat|place mat|\bmat\b|"
            r"egg cup|egg cosy|egg warmer|napkin ring|salt|pepper|dish\b|spoon|fork|knife|toothpick|"
            r"sundae|table ?cloth|runner|chopstick|champagne|\bwine\b|decanter|knickerbocker|platter|"
            r"glasses|tableware|lid glass"
        ),
    ),
    (
        "Kitchen / Storage",
        (
            r"\bjars?\b|\btins?\b|bread bin|storage|container|cannister|canister|caddy|biscuit|bottle|"
            r"food cover|recipe|crate|drainer|dispenser|\brack\b|pantry|spice"
        ),
    ),
    (
        "Kitchen / Cooking",
        (
            r"apron|oven|frying pan|milk pan|saucepan|scales|colander|chopping|grater|utensil|mitt|"
            r"tea towel|timer|microwave|corer|kitchen|strainer|ladle|peg\b|pegs\b|ice cube|bottle top|"
            r"opener|grinder|washing up|enamel|popcorn|ironing|sponge"
        ),
    ),
    (
        "Bathroom",
        (
            r"bath|soap|towel|flannel|toilet|shower|laundry|wash|hot water|\bwc\b|toothbrush|basin|"
            r"plasters|first aid"
        ),
    ),
    (
        "Garden / Birds and ornaments",
        (
            r"bird ?(?:house|feeder|bath|cage|table|seed)|nest|gnome|toadstool|mushroom|wind ?chime|"
            r"fly ?swat|dove ?cote|wobbly|hen house|peacock|bird house|"
            r"bird\b(?!.*(?:pink|cushion|purse|mug))|bicycle"
        ),
    ),
    (
        "Toys / Games and puzzles",
        (
            r"game|jigsaw|puzzle|domino|playing|snakes|ludo|skittle|skipping|noughts|naughts|marbles|"
            r"spinning|yo-?yo|snap\b|harmonica|block|magic|bingo|heads and tails|spirograph|kaleidoscope|"
            r"flying disc|donkey tail|helicopter|rounders|glider|swat|boom box|disco|sandcastle|catch cup|"
            r"tops\b|plasmatronic|football|baseball"
        ),
    ),
    (
        "Toys / Soft toys and dolls",
        (
            r"soft toy|\bdoll\b|teddy|puppet|toy\b|toys\b|playhouse|\bbib\b|baby|nursery|inflatable|piggy|"
            r"money ?(?:box|bank)|money bank|rattle|felt farm|felt|space (?:cadet|frog)|space ?ball|"
            r"racing car|robot|dinosaur|ninja|mouse|rocking horse|tidy|snow ?storm|dolly"
        ),
    ),
    (
        "Home / Clocks and mirrors",
        r"clock|mirror",
    ),
    (
        "Home / Frames and pictures",
        (
            r"frame|picture|wall art|canvas|gallery|poster|photo|plaque|wall decoration|black ?board|"
            r"chalkboard|height chart|magnets?\b"
        ),
    ),
    (
        "Home / Signs and hooks",
        (
            r"sign\b|hook|hanger|door ?stop|knob|door ?mat|number tile|letter\b|letters\b|wall tile|"
            r"tile\b|doorbell|word\b|magnet|shelf|key cabinet|coat rack|alphabet"
        ),
    ),
    (
        "Home / Cushions and throws",
        (
            r"cushion|throw|quilt|blanket|filler pad|pouffe|stool|curtain|bed ?side|pillow|rug\b|carpet|"
            r"hottie|fabric"
        ),
    ),
    (
        "Home / Furniture and boxes",
        (
            r"cabinet|drawer|chest|table|chair|\bbox\b|boxes\b|basket|organiser|bin\b|umbrella stand|"
            r"wicker|cupboard|trellis|screen|crate|hamper|sideboard|ladder|trunk|desk|\brack|cube|bank\b|"
            r"wall organ"
        ),
    ),
    (
        "Home / Hanging decorations",
        (
            r"hanging|ducks|decoration|mobile|heart|star\b|stars\b|string|bell|flower|rose\b|feather|vase|"
            r"bird|butterfl|curtain|wire|zinc|bead|dove|jewel|ornament|tree|crystal|cupid|ashtray|posy|"
            r"candytuft|floral"
        ),
    ),
)
"""A category and the words that lead there, in lower case. The first match wins."""

SORTED_SHELVES = tuple((category, re.compile(words)) for category, words in SHELVES)

RANGES: tuple[str, ...] = (
    "Retrospot", "Dolly Girl", "Spaceboy", "Charlie + Lola", "Regency", "Suki", "Feltcraft",
    "Babushka", "Woodland", "Tutti Frutti", "Union Jack", "Paisley Park", "Circus Parade",
    "Polkadot", "Gingham", "Skulls", "King's Choice", "Gymkhana", "Edwardian", "Parisienne",
    "Pantry", "Sweetheart", "Poppy's Playhouse", "English Rose", "Vintage Paisley", "Vintage Doily",
    "Vintage Leaf", "Apples", "Strawberry", "Willie Winkie", "Boudicca", "Acapulco", "Folk Art",
    "Bakelike", "Baroque", "Lovebird", "Rose du Sud", "Sketchbook", "50s Christmas", "Toadstool",
    "Cowboys", "Medina", "Botanical", "Tea Time", "Morris",
)  # fmt: skip


def category_of(name: str) -> str:
    lower = name.lower()
    return next((category for category, words in SORTED_SHELVES if words.search(lower)), OTHER)


def range_of(name: str) -> str:
    """Find the named range that a product belongs to, which stands in for a brand."""
    lower = name.lower()
    return next((known for known in RANGES if known.lower() in lower), "")
