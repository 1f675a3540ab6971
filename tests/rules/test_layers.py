"""Imports and foreign keys go downward only."""

from django.apps import apps
from django.db.models import Field
from importlinter.cli import lint_imports

from tests.rules.house import SOURCE, floor_of, layers


def test_imports_go_downward_only(monkeypatch):
    monkeypatch.chdir(SOURCE.parents[1])
    assert lint_imports() == 0


def test_every_package_has_a_place_in_the_house():
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    standing = {app for layer in layers() for app in layer}
    assert packages - standing == set()


def test_foreign_keys_point_downward():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("samspill.")
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.is_relation and not field.auto_created
        if _is_ours(field.related_model)
        if model._meta.app_label != field.related_model._meta.app_label
        if floor_of(model._meta.app_label) >= floor_of(field.related_model._meta.app_label)
    ]
    assert upward == []


def _is_ours(model: type) -> bool:
    return model.__module__.startswith("samspill.")
