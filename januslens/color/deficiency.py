"""The color vision deficiencies that are told apart."""

from enum import StrEnum


class Deficiency(StrEnum):
    """What eyes lack, each at its severest: the cones of one kind, or seeing any color."""

    PROTAN = "protan"
    DEUTAN = "deutan"
    TRITAN = "tritan"
    ACHROMATOPSIA = "achromatopsia"
