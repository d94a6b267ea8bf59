"""People, municipalities and regions: who belongs to what."""

from members.groups.models import GroupMembership, WorkingGroup
from members.joining.models import Affiliation, Departure, Domain, Invitation, JoinRequest
from members.municipalities import MunicipalityIndexPage, MunicipalityPage
from members.people import Person
from members.regions import Region
from members.roles.models import RoleGrant, Workplace

__all__ = [
    "Affiliation",
    "Departure",
    "Domain",
    "GroupMembership",
    "Invitation",
    "JoinRequest",
    "MunicipalityIndexPage",
    "MunicipalityPage",
    "Person",
    "Region",
    "RoleGrant",
    "WorkingGroup",
    "Workplace",
]
