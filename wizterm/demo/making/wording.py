"""Turning the warehouse's capitals into names that a person would print in a catalogue."""

import re

REPAIRS: tuple[tuple[str, str], ...] = (
    # Short forms of a count.
    (r"\b(?:S|SET) ?/ ?(\d+)", r"set of \1"),
    (r"\bSET ?3\b", "set of 3"),
    (r"\bSET 12\b", "set of 12"),
    (r"\b(?:PACK|BOX) ?/ ?(\d+)", r"pack of \1"),
    (r"\bOF(\d)\b", r"of \1"),
    # Short forms of a word.
    (r"\bASST?D?\b", "assorted"),
    (r"\bHLDR\b", "holder"),
    (r"\bW/ ?", "with "),
    (r"\bCOL\b", "colour"),
    (r"\bMULTICOL\b", "multicolour"),
    (r"\bTURQ\b", "turquoise"),
    (r"\bCHOC\b", "chocolate"),
    (r"\bANT\b", "antique"),
    (r"\bDES\b", "design"),
    (r"\bDEC\b", "decoration"),
    (r"\bRECT\b", "rectangular"),
    (r"\bRND\b", "round"),
    (r"\bMED\b", "medium"),
    (r"\bVINT\b", "vintage"),
    (r"\bXMAS\b", "christmas"),
    (r"\bCANDL?\b", "candle"),
    (r"\bBLK/WHIT\b", "black/white"),
    (r"\bB'DRAW\b", "bottom drawer"),
    (r"\bP'WEIGHT\b", "paperweight"),
    (r"\bGARLD NECKL36\"AMETHYST", "garland necklace 36 in amethyst"),
    (r"\bNECKLAC\b", "necklace"),
    (r"\bRASPBERR\b", "raspberry"),
    (r"\bWITH KNIF\b", "with knife"),
    (r"\bW (?=[a-z0-9])", "with "),
    (r"\bWITH BEA$", "with beads"),
    (r"\bSTAR L$", "star large"),
    (r"\bPC\b", "piece"),
    (r"(\d+)PC\b", r"\1 piece"),
    # Words run together.
    (r"\bSTOPMETAL\b", "stop metal"),
    (r"\bSQUARECUSHION\b", "square cushion"),
    (r"\bVIPPASSPORT\b", "vip passport"),
    (r"\bCHOCOLATECANDLE\b", "chocolate candle"),
    (r"\bBAROQUECANDLESTICK\b", "baroque candlestick"),
    (r"\bSWIRLGLASS\b", "swirl glass"),
    (r"\bSMALLFOLKART\b", "small folk art"),
    (r"\bFOLKART\b", "folk art"),
    (r"\bKNICKERBOCKERGLORY\b", "knickerbocker glory"),
    (r"\bBLACKBLUE\b", "black/blue"),
    (r"\bPINKWHITE\b", "pink/white"),
    (r"\bLIVINGROOM\b", "living room"),
    (r"\bCAKESTAND\b", "cake stand"),
    (r"\bPHOTOFRAME\b", "photo frame"),
    (r"\bFRUITBOWL\b", "fruit bowl"),
    (r"\bTOASTRACK\b", "toast rack"),
    (r"\b20LIGHT\b", "20 light"),
    # Slips of the pen.
    (r"\bSKIPPPING\b", "skipping"),
    (r"\bSTRAWB(?:RY|ERY)\b", "strawberry"),
    (r"\bFUSCHIA\b", "fuchsia"),
    (r"\bTRADTIONAL\b", "traditional"),
    (r"\bCINAMMON\b", "cinnamon"),
    (r"\bMISELTOE\b", "mistletoe"),
    (r"\bSAFTEY\b", "safety"),
    (r"\bCEATURE\b", "creature"),
    (r"\bPAISELY\b", "paisley"),
    (r"\bBRACLET\b", "bracelet"),
    (r"\bBUTTERFILES\b", "butterflies"),
    (r"\bDOILEY\b", "doily"),
    (r"\bGERDEN\b", "garden"),
    (r"\bSWEEET\b", "sweet"),
    (r"\bLAQUERED\b", "lacquered"),
    (r"\bUTILTY\b", "utility"),
    (r"\bPANNETONE\b", "panettone"),
    (r"\bTASSLE\b", "tassel"),
    (r"\bCANDYSTUFT\b", "candytuft"),
    (r"\bFRAPPUCINO\b", "frappuccino"),
    (r"\bNAUGHTS\b", "noughts"),
    (r"\bBUDAH\b", "buddha"),
    (r"\bPSYCHEDELIC\b", "psychedelic"),
    # Apostrophes.
    (r"\bCHILDRENS\b", "children's"),
    (r"\bCHILDS\b", "child's"),
    (r"\bLADIES'?\b(?= \w)", "ladies"),
    (r"\b(\d0)'?S\b", r"\1s"),
    # Sizes and signs.
    (r"\b(\d+) ?CM ?X ?(\d+) ?CM\b", r"\1 x \2 cm"),
    (r"\b(\d+)X(\d+) ?CM\b", r"\1 x \2 cm"),
    (r"\b(\d+) ?(CM|MM|G)\b", r"\1 \2"),
    (r"\s*\+\s*", " + "),
    (r"\s*,\s*", ", "),
    (r"\s*&\s*", " & "),
    (r"(?<=\w)\(", " ("),
    (r"\b(SIGN|FONT|GARDEN) NO\.?$", r"\1"),
    (r"[\s.,!]+$", ""),
)
"""Tried in this order, whatever the case of the letters."""

PROPER = (
    "Bakelike", "Boudicca", "Charlie", "Lola", "Suki", "Spaceboy", "Feltcraft", "Babushka",
    "Edwardian", "Victorian", "Georgian", "Regency", "Scandinavian", "Danish", "Swedish", "Swiss",
    "French", "English", "Chinese", "Moroccan", "Russian", "Czech", "Roman", "Tuscan", "Provencal",
    "Columbian", "Christmas", "Easter", "Halloween", "Valentine", "Santa", "Noel", "Yuletide",
    "London", "England", "Paris", "Parisienne", "France", "Tokyo", "Oxford", "Kensington", "Camden",
    "Portobello", "Kashmir", "Murano", "Vegas", "Elvis", "Hilda", "Jack", "Willie", "Winkie",
    "Poppy's", "Morris", "Marie", "Antoinette", "Henrietta", "Charlotte", "Emily", "Purdey",
    "Nicole", "Rosie", "Molly", "Amelie", "Nancy", "Sally", "Olivia", "Claire", "Rachel", "Rebecca",
    "Helga", "Heidi", "Ingrid", "Maria", "Susie", "Sophie", "Lolita", "Cinderella", "Acapulco",
    "Nile", "Madras", "Masala", "Hawaiian", "Buddha", "Cupid", "Scottie", "Scotty", "Bertie",
    "Ollie", "Gordon", "Jean-Paul", "Jubilee", "Haynes", "Fanny's", "Savannah", "Camembert",
    "Notting", "Hill", "Covent", "Tropez", "Medina", "Kukui", "Venetian", "Dutch",
)  # fmt: skip
PROPER_BY_LOWER = {word.lower(): word for word in PROPER}
CAPITALS = frozenset(("led", "tv", "3d", "a4", "a5", "a6", "a7", "wc", "vip", "i", "uk", "us", "d.o.f", "m.o.p", "abc"))
LETTER = re.compile(r'"[a-z]"')
PHRASES: tuple[tuple[str, str], ...] = (
    (r"\bt-?light", "T-light"),
    (r"\btealight", "T-light"),
    (r"\bt-shirt", "T-shirt"),
    (r"\bunion jack\b", "Union Jack"),
    (r"\bbuffalo bill\b", "Buffalo Bill"),
    (r"\bdolly girl\b", "Dolly Girl"),
    (r"\btutti frutti\b", "Tutti Frutti"),
    (r"\bpaisley park\b", "Paisley Park"),
    (r"\bking'?s choice\b", "King's Choice"),
    (r"\bnew england\b", "New England"),
    (r"\boxford street\b", "Oxford Street"),
    (r"\bunion flag\b", "Union flag"),
    (r"\bsewing susan\b", "sewing Susan"),
    (r"\bm\.o\.p\b", "M.O.P"),
    (r"\bst tropez\b", "St Tropez"),
    (r"\bcharlie (?:and|&) Lola\b", "Charlie + Lola"),
    (r"\bles enfants\b", "Les Enfants"),
    (r"\bjardin\b", "Jardin"),
    (r"\ba, b, c\b", "A, B, C"),
    (r"\bi\b", "I"),
)


def tidy(raw: str) -> str:
    """`SET/6 RED SPOTTY PAPER CUPS ` becomes `Set of 6 red spotty paper cups`."""
    text = " ".join(raw.split())
    for wrong, right in REPAIRS:
        text = re.sub(wrong, right, text, flags=re.IGNORECASE)
    text = " ".join(_cased(word) for word in text.lower().split())
    for wrong, right in PHRASES:
        text = re.sub(wrong, right, text, flags=re.IGNORECASE)
    text = text.strip(" .,")
    return text[:1].upper() + text[1:]


def _cased(word: str) -> str:
    bare = word.strip(",.!?()")
    if bare in CAPITALS or LETTER.fullmatch(bare):
        return word.upper()
    return word.replace(bare, PROPER_BY_LOWER[bare]) if bare in PROPER_BY_LOWER else word
