from django.urls import path

from members import views
from members.accounts import views as accounts
from members.audit import views as audit
from members.groups import views as groups
from members.identity import views as identity

app_name = "members"
urlpatterns = [
    path("log/", audit.audit, name="audit"),
    path("account/profile/", identity.profile, name="account"),
    path("account/profile/leave/", identity.leave, name="leave_municipality"),
    path("account/data/", identity.data, name="account_data"),
    path("account/data/download/", identity.download, name="download_data"),
    path("account/data/merge/", identity.ask_to_merge, name="ask_to_merge"),
    path("account/data/merge/<str:token>/", identity.merge, name="merge"),
    path("account/data/close/", identity.close, name="close_account"),
    path("account/sessions/end/", accounts.end_session, name="end_session"),
    path("people/<int:pk>/", views.person, name="person"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.found, name="found_group"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/act/", groups.act, name="group_act"),
    path("regions/", views.region_list, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
]
