"""Names of parties that the library of names does not know, or knows for another, and codes that registers made up.

Reviewed by hand: a name stands here only if it means one party and no other. Countries that no longer exist have the four letters
of ISO 3166-3 as their code.
"""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE",),
    "AW": ("Netherlands, Kingdom of, with respect to Aruba",),
    "BA": ("Bosnia",),
    "BH": ("Bahrain, Kingdom of",),
    "BN": ("Brunei Darussalam",),
    "BO": ("Bolivia, Plurinational State of", "Plurinational State of Bolivia"),
    "CD": ("Democratic Republic of the Congo", "Zaire", "Republic of Zaire"),
    "CF": ("Central African Rep",),
    "CG": ("Congo", "Republic of the Congo", "People's Republic of the Congo"),
    "CM": ("United Republic of Cameroon",),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "FK": ("Falkland Islands (Islas Malvinas)", "Falkland Islands (Malvinas)"),
    "FM": ("Micronesia, Federated States of", "Micronesia (Federated States of)", "Federated States of Micronesia"),
    "GB": ("United Kingdom of Great Britain and Northern Ireland", "UK"),
    "GM": ("The Gambia",),
    "GS": ("South Georgia and the South Sandwich Islands",),
    "HK": ("Hong Kong, China", "Hong Kong"),
    "IR": ("Islamic Republic of Iran", "Iran (Islamic Republic of)"),
    "KG": ("Kyrgyz Republic",),
    "KP": ("Korea, Democratic People's Republic of", "Democratic People's Republic of Korea"),
    "KR": ("Korea, Republic of", "Republic of Korea"),
    "KW": ("Kuwait, the State of",),
    "LA": ("Lao People's Democratic Republic", "Lao PDR"),
    "LB": ("Lebanese Republic",),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("Moldova, Republic of", "Republic of Moldova"),
    "MK": ("The former Yugoslav Republic of Macedonia", "Former Yugoslav Republic of Macedonia"),
    "MM": ("Myanmar",),
    "MO": ("Macao, China", "Macao"),
    "NL": ("The Netherlands",),
    "PN": ("Pitcairn",),
    "PS": ("Palestine", "Palestine Liberation Organization"),
    "RU": ("Russian Federation",),
    "SA": ("Saudi Arabia, Kingdom of",),
    "SH": ("British Overseas Territory of Saint Helena, Ascension and Tristan da Cunha",),
    "SK": ("Slovak Republic",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TF": ("French Southern Territories",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "TW": ("Chinese Taipei", "China (Taiwan)"),
    "TZ": ("United Republic of Tanzania",),
    "UA": ("Ukrainian SSR",),
    "US": ("United States of America", "US", "USA"),
    "VC": ("Saint Vincent and the Grenadines",),
    "VE": ("Venezuela, Bolivarian Republic of", "Bolivarian Republic of Venezuela"),
    "VG": ("Virgin Islands, British",),
    "VN": ("Viet Nam",),
    "WF": ("Wallis and Futuna Islands",),
    "XK": ("Kosovo (under UNSC res. 1244)",),
}
"""By ISO 3166-1 alpha-2; XK is what the library itself calls Kosovo."""

FORMER: dict[str, tuple[str, ...]] = {
    "ANHH": ("Netherlands Antilles",),
    "CSHH": ("Czechoslovakia",),
    "CSXX": ("Serbia and Montenegro",),
    "DDDE": ("German Democratic Republic", "East Germany"),
    "SUHH": ("Soviet Union", "USSR", "Union of Soviet Socialist Republics"),
    "VDVN": ("Democratic Republic of Viet-Nam", "North Vietnam"),
    "YDYE": ("Democratic Yemen", "South Yemen"),
    "YUCS": ("Yugoslavia", "Yugoslavia, Socialist Federal Republic of"),
}
"""Countries that no longer exist by ISO 3166-3, the first name the one that is shown."""

FORMER_CODES: dict[str, str] = {
    "530": "ANHH", "ANT": "ANHH", "200": "CSHH", "CSK": "CSHH", "891": "CSXX", "SCG": "CSXX", "278": "DDDE", "DDR": "DDDE",
    "810": "SUHH", "SUN": "SUHH", "720": "YDYE", "YMD": "YDYE", "890": "YUCS", "YUG": "YUCS",
}  # fmt: skip
"""Their numbers and three letters, which the library takes for what came after."""

GROUPS: dict[str, tuple[str, ...]] = {
    "ASEAN": ("Association of Southeast Asian Nations", "ASEAN Free Trade Area (AFTA)"),
    "CACM": ("Central American Common Market", "Central American Common Market (CACM)"),
    "CARICOM": ("Caribbean Community", "Caribbean Community and Common Market (CARICOM)"),
    "EAEU": ("Eurasian Economic Union", "Eurasian Economic Union (EAEU)"),
    "EFTA": ("European Free Trade Association", "European Free Trade Association (EFTA)"),
    "EU": ("European Union", "European Community", "European Communities", "EC"),
    "GCC": ("Gulf Cooperation Council", "Gulf Cooperation Council (GCC)"),
    "MERCOSUR": ("Southern Common Market", "Southern Common Market (MERCOSUR)"),
    "SACU": ("Southern African Customs Union", "Southern African Customs Union (SACU)"),
}
"""Groups that are party to agreements, by their code; the first name is the one that is shown."""
