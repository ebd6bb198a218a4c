"""Who sees, works and exports submissions: the front desk and administrators, nobody else."""

from django.db import migrations

from clinicsite.roles import ADMINISTRATORS, FRONT_DESK

CODENAMES = {
    "view_submission": "Can view request",
    "change_submission": "Can change request",
    "export_submission": "Can export requests",
}


def give_submissions(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="forms", model="submission")
    permissions = [
        Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]
        for codename, name in CODENAMES.items()
    ]
    for role in (FRONT_DESK, ADMINISTRATORS):
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*permissions)


def take_submissions(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="forms", codename__in=CODENAMES):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0001_initial"),
        ("clinicsite", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_submissions, take_submissions)]
