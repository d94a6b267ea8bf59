from django.db import migrations


def confirm(apps, schema_editor):
    """Who had an account before addresses were confirmed keeps it: their address counts as confirmed."""
    Person = apps.get_model("members", "Person")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for person in Person.objects.exclude(email="").iterator():
        email = person.email.lower()
        if email != person.email:
            Person.objects.filter(pk=person.pk).update(email=email)
        if not EmailAddress.objects.filter(user=person).exists():
            EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_person_language_closing_and_merging"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True)]
