from django.urls import path

from members import views
from members.accounts import views as accounts
from members.audit import views as audit
from members.desk import views as desk
from members.groups import views as groups
from members.identity import views as identity
from members.joining import views as joining

app_name = "members"
urlpatterns = [
    path("welcome/", joining.welcome, name="welcome"),
    path("joining/", joining.queue, name="join_requests"),
    path("joining/take-back/", joining.take_back, name="take_back_request"),
    path("joining/<number:pk>/decide/", joining.decide, name="decide_request"),
    path("invitations/<number:pk>/accept/", joining.accept_invitation, name="accept_invitation"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("municipalities/<slug:slug>/manage/", desk.desk, name="desk"),
    path("municipalities/<slug:slug>/manage/act/", desk.act, name="desk_act"),
    path("municipalities/<slug:slug>/manage/<slug:part>/", desk.change, name="desk_change"),
    path("domains/<str:token>/", joining.domain_link, name="domain_link"),
    path("log/", audit.audit, name="audit"),
    path("account/profile/", identity.profile, name="account"),
    path("account/profile/leave/", identity.leave, name="leave_municipality"),
    path("account/data/", identity.data, name="account_data"),
    path("account/data/download/", identity.download, name="download_data"),
    path("account/data/merge/", identity.ask_to_merge, name="ask_to_merge"),
    path("account/data/merge/<str:token>/", identity.merge, name="merge"),
    path("account/data/close/", identity.close, name="close_account"),
    path("account/sessions/end/", accounts.end_session, name="end_session"),
    path("people/<number:pk>/", views.person, name="person"),
    path("groups/", groups.group_list, name="groups"),
    path("groups/new/", groups.found, name="found_group"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/act/", groups.act, name="group_act"),
    path("regions/", views.region_list, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
]
