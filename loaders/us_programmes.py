"""The programmes of the special rates of the US schedule: who may claim them, since when, and for which goods.

The file has the codes only. What they mean is that of the general notes of the Harmonized Tariff Schedule; the first days of
the agreements are those of the WTO's database of regional trade agreements (Israel: the first day of the rates). A row has the day
of its line only, so that a rate of a programme is counted from the later of the two. Where the beneficiaries change by
proclamation the origin is a group, whose members are not in the file: those of 2025 ship (`memberships-us-preferences.yaml`), but for the
GSP, which had lapsed. The
members of CAFTA-DR joined between 2006 and 2009, and are taken to have done so on the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schema.tariffs import OriginScope

COLUMN_2 = "group/us-column-2"


@dataclass(frozen=True)
class Programme:
    """A code of the column. `path`: its programme in the graph; with `agreement` that is claimed, else the path.

    `until`: the first day on which its authority had lapsed. `tests`: what the goods must be.
    """

    path: str
    since: date
    origins: OriginScope
    agreement: str | None = None
    until: date | None = None
    tests: tuple[str, ...] = ()
    gap: str | None = None


def _treaty(
    path: str, since: str, *parties: str, agreement: str | None = None, tests: tuple[str, ...] = ()
) -> Programme:
    origins = OriginScope(include=tuple(f"country/{iso}" for iso in parties))
    return Programme(path, date.fromisoformat(since), origins, f"agreement/{agreement or path}", tests=tests)


def _scheme(path: str, since: str, group: str, until: str | None = None, gap: str | None = None) -> Programme:
    end = date.fromisoformat(until) if until else None
    return Programme(path, date.fromisoformat(since), OriginScope(include=(f"group/{group}",)), until=end, gap=gap)


def _for_all(path: str, since: str, test: str) -> Programme:
    return Programme(path, date.fromisoformat(since), OriginScope(exclude=(COLUMN_2,)), tests=(test,))


_GSP = "gsp", "1976-01-01"
_GSP_END = {
    "until": "2021-01-01",
    "gap": "the authority for the GSP lapsed at the end of 2020; a renewal is not loaded",
}
_NAFTA = date(2020, 7, 1)
_CAFTA = "cr", "do", "gt", "hn", "ni", "sv"
PROGRAMMES: dict[str, Programme] = {
    "A": _scheme(*_GSP, "us-gsp", **_GSP_END),
    "A*": _scheme(*_GSP, "us-gsp", **_GSP_END),
    "A+": _scheme(*_GSP, "us-gsp-least-developed", **_GSP_END),
    "AU": _treaty("us-au-2005", "2005-01-01", "au"),
    "B": Programme(
        "auto-products", date(1966, 10, 21), OriginScope(include=("country/ca",)), tests=("end_use=motor_vehicle",)
    ),
    "BH": _treaty("us-bh-2006", "2006-08-01", "bh"),
    "C": _for_all("civil-aircraft", "1980-01-01", "end_use=civil_aircraft"),
    "CA": Programme("nafta/ca", date(1994, 1, 1), OriginScope(include=("country/ca",)), until=_NAFTA),
    "CL": _treaty("us-cl-2004", "2004-01-01", "cl"),
    "CO": _treaty("us-co-2012", "2012-05-15", "co"),
    "D": _scheme("agoa", "2000-10-02", "us-agoa"),
    "E": _scheme("cbera", "1984-01-01", "us-cbera"),
    "E*": _scheme("cbera", "1984-01-01", "us-cbera"),
    "IL": _treaty("us-il-1985", "1985-09-01", "il"),
    "J": _scheme("atpa", "1991-12-04", "us-atpa", "2013-08-01"),
    "J*": _scheme("atpa", "1991-12-04", "us-atpa", "2013-08-01"),
    "JO": _treaty("us-jo-2001", "2001-12-17", "jo"),
    "JP": _treaty("us-jp-2019", "2020-01-01", "jp"),
    "K": _for_all("pharmaceuticals", "1995-01-01", "pharmaceutical_appendix=true"),
    "KR": _treaty("korus", "2012-03-15", "kr"),
    "L": _for_all("dye-intermediates", "1995-01-01", "dye_intermediates_appendix=true"),
    "MA": _treaty("us-ma-2006", "2006-01-01", "ma"),
    "MX": Programme("nafta/mx", date(1994, 1, 1), OriginScope(include=("country/mx",)), until=_NAFTA),
    "NP": Programme("nepal", date(2016, 12, 30), OriginScope(include=("country/np",))),
    "OM": _treaty("us-om-2009", "2009-01-01", "om"),
    "P": _treaty("cafta-dr", "2006-03-01", *_CAFTA),
    "P+": _treaty("cafta-dr/plus", "2006-03-01", *_CAFTA, agreement="cafta-dr", tests=("cafta_dr_plus=true",)),
    "PA": _treaty("us-pa-2012", "2012-10-31", "pa"),
    "PE": _treaty("us-pe-2009", "2009-02-01", "pe"),
    "R": _scheme("cbtpa", "2000-10-02", "us-cbtpa"),
    "S": _treaty("usmca", "2020-07-01", "ca", "mx"),
    "S+": _treaty("usmca/plus", "2020-07-01", "ca", "mx", agreement="usmca"),
    "SG": _treaty("us-sg-2004", "2004-01-01", "sg"),
}
"""By the code that the schedule puts in brackets behind a rate."""
