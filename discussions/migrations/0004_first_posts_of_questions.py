import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('discussions', '0003_questions_to_peers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hidden',
            name='decision',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussions.decision'),
        ),
    ]
