import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_reminder'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253, unique=True, verbose_name='host')),
                ('rests_until', models.DateTimeField(db_index=True, verbose_name='rests until')),
            ],
            options={
                'verbose_name': 'host of links',
                'verbose_name_plural': 'hosts of links',
            },
        ),
        migrations.CreateModel(
            name='LinksTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.BigIntegerField(null=True)),
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='links_taken', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'links taken',
                'verbose_name_plural': 'links taken',
            },
        ),
        migrations.CreateModel(
            name='OutboundLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(db_index=True, max_length=1000, verbose_name='address')),
                ('host', models.CharField(max_length=253, verbose_name='host')),
                ('state', models.CharField(choices=[('new', 'not checked yet'), ('works', 'works'), ('failing', 'fails, not for long enough yet'), ('broken', 'leads nowhere'), ('unknown', 'could not be told')], default='new', max_length=10, verbose_name='state')),
                ('due', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='due')),
                ('last_checked', models.DateTimeField(db_index=True, null=True, verbose_name='last checked')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='days of failure in a row')),
                ('first_failed', models.DateField(null=True, verbose_name='first failed')),
                ('last_failed', models.DateField(null=True, verbose_name='last failed')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outbound_links', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'outbound link',
                'verbose_name_plural': 'outbound links',
                'constraints': [models.UniqueConstraint(fields=('page', 'url'), name='one_row_per_page_and_link')],
            },
        ),
    ]
