"""The JSON schema of curated files, derived from the ontology: editors check with it what the loader checks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from schema.base import Condition, Evidence, Fact
from schema.dates import PartialDate
from schema.ontology import KINDS, VALUES, FieldSpec, fields_of, kebab

FILLED = r"|.*\{\w+\}.*"
"""A value of `each` may stand in a text; what comes out is checked when the row is built."""
DAY = {"type": "string", "pattern": rf"^(\d{{4}}-\d{{2}}-\d{{2}}{FILLED})$"}
PARTIAL = {"type": ["string", "integer"], "pattern": rf"^(\d{{4}}(-\d{{2}}(-\d{{2}})?)?{FILLED})$"}
DECIMAL = {"type": "string", "pattern": rf"^(-?\d+(\.\d+)?{FILLED})$"}
DURATION = {"type": "string", "pattern": rf"^(P(?=.)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?{FILLED})$"}
EACH = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
    "description": "One entry for every row; {name} in a text is replaced by the row's value.",
}


def file_schema() -> dict[str, Any]:
    """The schema of one file."""
    kinds = {kind.__name__: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for kind in KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Curated facts of tradegraph",
        "type": "object",
        "additionalProperties": False,
        "properties": {"source": {"type": "string", "pattern": "^source/"}, **kinds},
        "$defs": {kind.__name__: _object(kind) for kind in (*KINDS, *VALUES)},
    }


def _object(kind: type) -> dict[str, Any]:
    specs = fields_of(kind)
    properties = {spec.name: _property(kind, spec) for spec in specs}
    required = [spec.name for spec in specs if _required(kind, spec)]
    if kind not in VALUES:
        properties["each"] = EACH
    return {
        "type": "object",
        "description": (kind.__doc__ or "").split("\n")[0],
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }


def _required(kind: type, spec: FieldSpec) -> bool:
    """Evidence is required of every fact; its source may come from the head of the file."""
    if spec.name == "evidence":
        return issubclass(kind, (Fact, Condition))
    if kind is Evidence and spec.name == "source":
        return False
    return kind.__dataclass_fields__[spec.name].default is _MISSING  # type: ignore[attr-defined]


def _property(kind: type, spec: FieldSpec) -> dict[str, Any]:
    one = _value(spec)
    if spec.name == "id":
        one = {"type": "string", "pattern": f"^{kebab(kind.__name__)}/[a-z0-9{{][a-z0-9.()/{{}}_-]*$"}
    if spec.many:
        one = {"type": "array", "items": one, **({"minItems": 1} if spec.name == "evidence" else {})}
    return {**one, "description": spec.doc} if spec.doc else one


def _value(spec: FieldSpec) -> dict[str, Any]:
    if spec.type in VALUES:
        return {"$ref": f"#/$defs/{spec.type.__name__}"}
    if issubclass(spec.type, StrEnum):
        return {"enum": [str(each) for each in spec.type]}
    plain: dict[type, dict[str, Any]] = {
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
        Decimal: DECIMAL,
        date: DAY,
        PartialDate: PARTIAL,
        timedelta: DURATION,
    }
    return plain.get(spec.type, {"type": "string", "minLength": 1})


_MISSING = Evidence.__dataclass_fields__["source"].default
