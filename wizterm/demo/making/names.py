"""Words for made-up shops and people, by tongue; every person and every shop is an invention."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """`shops` are patterns over the other words; `{noun}` and `{other}` are two different nouns."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    streets: tuple[str, ...]
    nouns: tuple[str, ...]
    shops: tuple[str, ...]
    colours: tuple[str, ...] = ("",)


ENGLISH_NOUNS = (
    "Lantern", "Button", "Teapot", "Thimble", "Robin", "Feather", "Bramble", "Acorn", "Swallow",
    "Pebble", "Hare", "Kettle", "Ribbon", "Primrose", "Magpie", "Parasol", "Thistle", "Nutmeg",
    "Honeycomb", "Foxglove", "Anchor", "Wren", "Clover", "Pinecone", "Starling", "Spool", "Heron",
    "Bluebell", "Bobbin", "Moth", "Quince", "Otter", "Willow", "Lavender", "Hedgehog", "Juniper",
    "Marigold", "Dovecote", "Rocking Horse", "Gooseberry",
)  # fmt: skip

TONGUES: dict[str, Tongue] = {
    "english": Tongue(
        given=(
            "Alice", "Ben", "Clara", "Daniel", "Edith", "Fergus", "Grace", "Harriet", "Imogen",
            "James", "Kirsty", "Laura", "Martin", "Nadia", "Oliver", "Priya", "Rosa", "Simon",
            "Tessa", "Victor", "Winifred", "Yusuf", "Megan", "Callum", "Bethan", "Owen", "Hannah",
            "Peter", "Amara", "Gareth",
        ),
        family=(
            "Ashdown", "Barlow", "Cartwright", "Dunmore", "Ellery", "Fairfax", "Greenway",
            "Hartley", "Ibbotson", "Jessop", "Kendrick", "Lockwood", "Merriman", "Naylor", "Oakes",
            "Pemberton", "Quigley", "Rowntree", "Sandford", "Thackeray", "Underhill", "Vickers",
            "Wainwright", "Yardley", "Penrose", "Tregenza", "Macrae", "Llewellyn", "Okafor",
            "Sharma", "Bellamy", "Cobb", "Drummond", "Eastwood",
        ),
        streets=(
            "High Street", "Market Place", "Church Lane", "Mill Street", "Castle Street",
            "Station Road", "Bridge Street", "The Arcade", "Orchard Road", "Fore Street",
            "Harbour Row", "Silver Street", "Cheap Street", "Green Lane", "Chapel Row",
            "Victoria Road", "Old Dairy Yard", "Queen Street",
        ),
        nouns=ENGLISH_NOUNS,
        shops=(
            "The {colour} {noun}", "{noun} & {other}", "The {noun} Shop",
            "The {colour} {noun} Gallery", "{family} & Daughters", "{family}'s of {town}",
            "{noun} Gifts", "The {town} Gift House", "{noun} & {family}",
            "{colour} {noun} Interiors", "Under the {noun}", "{family} Garden Centre",
            "{given}'s Attic", "The {noun} Tea Rooms", "{noun} Lane Trading", "{family} Bros",
            "{town} Country Stores", "House of {family}", "Little {noun}", "{given} & {other}",
        ),
        colours=(
            "Paper", "Blue", "Copper", "Painted", "Little", "Crooked", "Velvet", "Silver", "Yellow",
            "Merry", "Old", "Ivory", "Dappled", "Curious", "Striped", "Tin", "Golden", "Quiet",
            "Scarlet", "Wooden",
        ),
    ),
    "irish": Tongue(
        given=("Aoife", "Ciarán", "Niamh", "Pádraig", "Siobhán", "Eoin", "Róisín", "Declan"),
        family=("Byrne", "Ní Bhriain", "Gallagher", "O'Dowd", "Kinsella", "Ó Sé", "Tierney"),
        streets=("Shop Street", "Main Street", "Quay Street", "Patrick Street", "Abbey Row"),
        nouns=("Curragh", "Heather", "Wren", "Fiddle", "Bog Cotton", "Kettle"),
        shops=(
            "The {noun} & {other}", "{family}'s of {town}", "Siopa {given}", "The {noun}",
            "{family} Gifts",
        ),
    ),
    "german": Tongue(
        given=(
            "Anke", "Jürgen", "Sabine", "Matthias", "Käthe", "Lukas", "Ulrike", "Björn", "Heike",
            "Sören", "Greta",
        ),
        family=(
            "Grünwald", "Kessler", "Brückner", "Vogt", "Lindenau", "Schäfer", "Obermüller", "Weiß",
            "Hartwig",
        ),
        streets=(
            "Marktstraße", "Lindenallee", "Am Rathausplatz", "Mühlenweg", "Gartenstraße",
            "Alte Gasse", "Brunnengasse",
        ),
        nouns=(
            "Glückspilz", "Federkleid", "Apfelbäumchen", "Zuckerdose", "Mondlicht", "Wiesenblume",
            "Rotkehlchen", "Kramladen", "Windspiel", "Nähkästchen", "Schneeglöckchen",
            "Fliegenpilz", "Himmelbett", "Pusteblume", "Schatzkiste", "Sonnenhut",
        ),
        shops=(
            "{noun} Geschenke", "{family} Wohnideen", "{noun} & Co.", "Haus {family}",
            "{noun} {town}", "{given}s Lädchen", "{family} & Söhne", "{noun} Dekoration",
            "Galerie {family}",
        ),
    ),
    "french": Tongue(
        given=(
            "Hélène", "Benoît", "Chloé", "Étienne", "Margaux", "François", "Inès", "Jérôme",
            "Noémie", "Loïc",
        ),
        family=(
            "Delorme", "Lefèvre", "Garnier", "Moreau-Petit", "Châtelain", "Rousselot", "Bézier",
            "Vasseur", "Maréchal",
        ),
        streets=(
            "rue des Lilas", "rue du Marché", "place de l'Église", "rue de la Forêt",
            "quai des Brumes", "rue Haute",
        ),
        nouns=(
            "Coquelicot", "Pivoine", "Libellule", "Théière", "Hirondelle", "Mésange", "Pampille",
            "Étoile", "Lanterne", "Clémentine", "Framboise", "Boîte à Boutons", "Fée Verveine",
            "Crémaillère",
        ),
        shops=(
            "L'Atelier {noun}", "Maison {family}", "{noun} & Compagnie", "Chez {given}",
            "{noun} et {other}", "Les Cadeaux de {given}", "Atelier {family}", "{noun} Déco",
            "La Boutique {family}",
        ),
    ),
    "dutch": Tongue(
        given=("Anouk", "Joris", "Marijke", "Daan", "Saskia"),
        family=("van Dalen", "de Wit", "Hoekstra", "Zonneveld", "ter Braak"),
        streets=("Oudegracht", "Nieuwstraat", "Kerkstraat", "Molenweg"),
        nouns=("Zonnetje", "Vlinder", "Theepot", "Kers", "Ooievaar"),
        shops=("Winkel {noun}", "{noun} & {other}", "Huis {family}", "{family} Cadeaus"),
    ),
    "spanish": Tongue(
        given=("Begoña", "Íñigo", "Lucía", "Andrés", "Marisol"),
        family=("Ibáñez", "Peña Roldán", "Quintana", "Núñez", "Albornoz"),
        streets=("Calle Mayor", "Plaza del Mercado", "Calle de la Luna", "Paseo del Río"),
        nouns=("Golondrina", "Caña de Azúcar", "Farolillo", "Mariposa", "Piñata"),
        shops=(
            "Casa {noun}", "Regalos {family}", "Casa {given}", "{noun} y {other}",
            "El Rincón de {given}",
        ),
    ),
    "portuguese": Tongue(
        given=("João", "Inês", "Conceição", "Tomé"),
        family=("Magalhães", "Simões", "Teixeira", "Gonçalves"),
        streets=("Rua das Flores", "Rua do Século", "Largo da Sé"),
        nouns=("Andorinha", "Maçã Vermelha", "Sardinha", "Estrela"),
        shops=("A {noun}", "Casa {family}", "{noun} Presentes", "Irmãos {family}"),
    ),
    "italian": Tongue(
        given=("Nicolò", "Giulia", "Beatrice", "Dario"),
        family=("Ferraris", "Bellini", "Montesanto", "Lombardi"),
        streets=("Via Roma", "Via dei Mille", "Piazza San Marco"),
        nouns=("Lucciola", "Farfalla", "Città di Carta", "Melagrana"),
        shops=("La {noun}", "{family} Casa e Regali", "Bottega {given}", "{noun} & {other}"),
    ),
    "norwegian": Tongue(
        given=("Bjørg", "Håkon", "Sølvi", "Torstein"),
        family=("Bråten", "Sæther", "Nordgård", "Lien"),
        streets=("Storgata", "Kirkeveien", "Strandgata"),
        nouns=("Blåveis", "Rødstrupe", "Fjærkledd", "Nisseskjegg"),
        shops=("{noun} Gaver", "{family} Interiør", "Hos {given}", "{noun} & {other}"),
    ),
    "danish": Tongue(
        given=("Søren", "Kirsten", "Åse", "Jeppe"),
        family=("Østergaard", "Højlund", "Kjær", "Brandt"),
        streets=("Strøget", "Nørregade", "Havnegade"),
        nouns=("Mælkebøtte", "Rødkælk", "Blåklokke"),
        shops=("{noun} Brugskunst", "{family} Gaver", "Hos {given}"),
    ),
    "swedish": Tongue(
        given=("Åsa", "Göran", "Märta", "Nils"),
        family=("Sjöberg", "Åkerlund", "Hägg", "Lindqvist"),
        streets=("Storgatan", "Kungsgatan", "Brännkyrkagatan"),
        nouns=("Blåsippa", "Smörblomma", "Trädgård"),
        shops=("{noun} Present", "{family} Inredning", "{given}s Butik"),
    ),
    "finnish": Tongue(
        given=("Päivi", "Jyrki", "Aino", "Väinö"),
        family=("Mäkelä", "Hämäläinen", "Koskela", "Lehtimäki"),
        streets=("Kauppakatu", "Rantatie", "Pöyryntie"),
        nouns=("Kissankello", "Lumikki", "Käpytikka", "Tähtipöly"),
        shops=("{noun} Lahjat", "{family} Sisustus", "Puoti {noun}"),
    ),
    "icelandic": Tongue(
        given=("Guðrún", "Þórður", "Sigríður"),
        family=("Blöndal", "Hafstein", "Thorlacius"),
        streets=("Laugavegur", "Skólavörðustígur"),
        nouns=("Lóa", "Sóley", "Hrútaberið"),
        shops=("{noun} Gjafavörur", "Búðin {noun}"),
    ),
    "polish": Tongue(
        given=("Małgorzata", "Paweł", "Zofia", "Wojciech"),
        family=("Wróbel", "Zięba", "Król", "Żak"),
        streets=("Długa", "Świętojańska", "Ogrodowa"),
        nouns=("Jaskółka", "Źródło", "Poziomka"),
        shops=("{noun} Upominki", "Galeria {noun}", "Sklep {family}"),
    ),
    "greek": Tongue(
        given=("Eléni", "Níkos", "Dáfni"),
        family=("Papadáki", "Georgíou", "Lampráki"),
        streets=("Odós Ermoú", "Odós Athinás"),
        nouns=("Chelidóni", "Lemoniá", "Asteráki"),
        shops=("{noun} Dóra", "To {noun}", "{family} & Síoi"),
    ),
    "japanese": Tongue(
        given=("Yūko", "Shō", "Haruka"),
        family=("Ōno", "Satō", "Kuroda"),
        streets=("Teramachi-dōri", "Sannomiya-chō"),
        nouns=("Tsubame", "Kōyō", "Suzuran"),
        shops=("{noun} Zakka", "{family} Shōten"),
    ),
}  # fmt: skip
"""Given and family names, streets and shop names that sound like the place."""
