"""Real countries and towns for made-up shops: what an address and a telephone number look like there.

Numbers come only from ranges that a country keeps free for fiction; where none is known there is none.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A country as far as an address needs it.

    `street` takes the street's name and the house's number; in a postcode or a telephone number `#`
    stands for a digit and `?` for a letter.
    """

    code: str
    tongue: str
    street: str
    towns: tuple[tuple[str, str], ...]
    phones: tuple[str, ...] = ()


UK_PHONES = (
    "+44 113 496 0###",
    "+44 114 496 0###",
    "+44 117 496 0###",
    "+44 131 496 0###",
    "+44 141 496 0###",
)
GERMAN_PHONES = (
    "+49 30 23125 ###",
    "+49 69 90009 ###",
    "+49 40 66969 ###",
    "+49 221 4710 ###",
    "+49 89 99998 ###",
)
FRENCH_PHONES = ("+33 1 99 00 ## ##", "+33 2 61 91 ## ##", "+33 3 53 01 ## ##", "+33 4 65 71 ## ##")
US_PHONES = ("+1 212 555 01##", "+1 503 555 01##", "+1 617 555 01##")

PLACES: dict[str, Place] = {
    "United Kingdom": Place(
        "GB",
        "english",
        "{number} {street}",
        (
            ("London", "SE# #??"), ("Bristol", "BS# #??"), ("York", "YO# #??"), ("Bath", "BA# #??"),
            ("Norwich", "NR# #??"), ("Edinburgh", "EH# #??"), ("Glasgow", "G# #??"),
            ("Cardiff", "CF# #??"), ("Brighton", "BN# #??"), ("Whitby", "YO22 #??"),
            ("Ludlow", "SY8 #??"), ("Totnes", "TQ9 #??"), ("Harrogate", "HG# #??"),
            ("St Ives", "TR26 #??"), ("Keswick", "CA12 #??"), ("Lewes", "BN7 #??"),
            ("Stamford", "PE9 #??"), ("Hebden Bridge", "HX7 #??"), ("Belfast", "BT# #??"),
            ("Oban", "PA34 #??"), ("Tenby", "SA70 #??"), ("Chester", "CH# #??"),
            ("Southwold", "IP18 #??"), ("Falmouth", "TR11 #??"), ("Shrewsbury", "SY# #??"),
            ("Durham", "DH# #??"), ("Rye", "TN31 #??"), ("Tetbury", "GL8 #??"),
            ("Buxton", "SK17 #??"), ("Leeds", "LS# #??"),
        ),
        ("+44 20 7946 0###", "+44 1632 960###", *UK_PHONES),
    ),
    "Channel Islands": Place(
        "JE", "english", "{number} {street}",
        (("St Helier", "JE2 #??"), ("St Aubin", "JE3 #??"), ("Gorey", "JE3 #??")),
        ("+44 1632 960###",),
    ),
    "EIRE": Place(
        "IE", "irish", "{number} {street}",
        (
            ("Dublin", "D0# X###"), ("Cork", "T12 W###"), ("Galway", "H91 F###"),
            ("Kilkenny", "R95 K###"),
        ),
        ("+353 20 91# ####",),
    ),
    "Germany": Place(
        "DE", "german", "{street} {number}",
        (
            ("Berlin", "10###"), ("Hamburg", "20###"), ("München", "80###"), ("Köln", "50###"),
            ("Leipzig", "04###"), ("Freiburg im Breisgau", "791##"), ("Lübeck", "235##"),
            ("Göttingen", "370##"), ("Würzburg", "970##"),
        ),
        GERMAN_PHONES,
    ),
    "Austria": Place("AT", "german", "{street} {number}", (
        ("Wien", "1##0"), ("Salzburg", "5020"), ("Graz", "8010"),
    )),
    "Switzerland": Place(
        "CH", "german", "{street} {number}", (
            ("Zürich", "800#"), ("Bern", "301#"), ("Basel", "405#"), ("Luzern", "600#"),
        )
    ),
    "France": Place(
        "FR", "french", "{number} {street}",
        (
            ("Paris", "7500#"), ("Lyon", "6900#"), ("Nantes", "44000"), ("Bordeaux", "33000"),
            ("Lille", "59000"), ("Besançon", "25000"), ("Nîmes", "30000"), ("Saint-Malo", "35400"),
            ("Orléans", "45000"),
        ),
        FRENCH_PHONES,
    ),
    "Belgium": Place(
        "BE", "french", "{street} {number}", (
            ("Liège", "4000"), ("Namur", "5000"), ("Bruxelles", "10#0"),
        )
    ),
    "Netherlands": Place(
        "NL", "dutch", "{street} {number}", (
            ("Utrecht", "35## AB"), ("Haarlem", "20## CD"), ("Delft", "26## EK"),
        )
    ),
    "Spain": Place(
        "ES", "spanish", "{street}, {number}",
        (
            ("Madrid", "280##"), ("Málaga", "290##"), ("Cádiz", "110##"), ("València", "460##"),
            ("A Coruña", "150##"),
        ),
    ),
    "Portugal": Place(
        "PT", "portuguese", "{street}, {number}", (
            ("Lisboa", "1200-###"), ("Porto", "4050-###"), ("Évora", "7000-###"),
        )
    ),
    "Italy": Place(
        "IT", "italian", "{street}, {number}", (
            ("Firenze", "501##"), ("Torino", "101##"), ("Lucca", "55100"),
        )
    ),
    "Norway": Place(
        "NO", "norwegian", "{street} {number}", (
            ("Oslo", "01##"), ("Tromsø", "90##"), ("Ålesund", "60##"),
        )
    ),
    "Denmark": Place(
        "DK", "danish", "{street} {number}", (
            ("København K", "12##"), ("Århus C", "8000"), ("Helsingør", "3000"),
        )
    ),
    "Sweden": Place(
        "SE", "swedish", "{street} {number}", (
            ("Göteborg", "411 ##"), ("Malmö", "211 ##"), ("Östersund", "831 ##"),
        ),
        ("+46 31 390 06 ##", "+46 8 465 004 ##"),
    ),
    "Finland": Place(
        "FI", "finnish", "{street} {number}", (
            ("Helsinki", "001#0"), ("Jyväskylä", "40100"), ("Hämeenlinna", "13100"),
        )
    ),
    "Iceland": Place("IS", "icelandic", "{street} {number}", (
        ("Reykjavík", "101"), ("Akureyri", "600"),
    )),
    "Poland": Place(
        "PL", "polish", "ul. {street} {number}", (
            ("Kraków", "31-###"), ("Łódź", "90-###"), ("Gdańsk", "80-###"),
        )
    ),
    "Greece": Place("GR", "greek", "{street} {number}", (
        ("Athína", "105 5#"), ("Thessaloníki", "546 2#"),
    )),
    "Cyprus": Place("CY", "greek", "{street} {number}", (("Lemesos", "30##"), ("Pafos", "80##"))),
    "Malta": Place("MT", "english", "{number} {street}", (
        ("Valletta", "VLT 1###"), ("Mdina", "MDN 1###"),
    )),
    "Australia": Place(
        "AU", "english", "{number} {street}",
        (("Fremantle WA", "6160"), ("Hobart TAS", "7000"), ("Fitzroy VIC", "3065")),
        ("+61 2 5550 ####", "+61 3 5550 ####"),
    ),
    "USA": Place(
        "US", "english", "{number} {street}", (
            ("Portland, OR", "972##"), ("Salem, MA", "01970"),
        ), US_PHONES
    ),
    "Canada": Place("CA", "english", "{number} {street}", (("Victoria, BC", "V8W 1A#"),),
    ("+1 604 555 01##",)),
    "Japan": Place("JP", "japanese", "{number} {street}", (
        ("Kyōto", "604-80##"), ("Kōbe", "650-00##"),
    )),
    "Singapore": Place("SG", "english", "{number} {street}", (("Singapore", "0585##"),)),
}  # fmt: skip
