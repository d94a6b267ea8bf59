"""Wagtail's own “Editors” and “Moderators” may edit everything, and its own review asks them: roles are ours."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow__name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").update(active=False)
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").update(active=False)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
