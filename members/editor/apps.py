from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    """Stands in for `wagtail.users` among the installed apps."""

    user_viewset = "members.editor.people.PersonViewSet"
