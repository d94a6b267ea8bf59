from django.urls import path

from members import views
from members.audit import views as audit
from members.groups import views as groups

app_name = "members"
urlpatterns = [
    path("log/", audit.audit, name="audit"),
    path("people/<int:pk>/", views.person, name="person"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.found, name="found_group"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/act/", groups.act, name="group_act"),
    path("regions/", views.region_list, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
]
