from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinicsite", "0001_initial")]

    operations = [
        migrations.AlterField("openinghours", "opens", models.TimeField(verbose_name="opens")),
        migrations.AlterField("openinghours", "closes", models.TimeField(verbose_name="closes")),
    ]
