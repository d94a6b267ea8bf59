"""People, municipalities and regions: who belongs to what."""

from members.municipalities import MunicipalityIndexPage, MunicipalityPage
from members.people import Person
from members.regions import Region

__all__ = ["MunicipalityIndexPage", "MunicipalityPage", "Person", "Region"]
