import unicodedata

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from khoi_party.common.fields import ByteField, LineField, NameField, ProseField

DECOMPOSED = unicodedata.normalize("NFD", "Nguyễn Thị Hạnh")


@pytest.fixture
def person(transactional_db):
    with isolate_apps("khoi_party.common"):

        class Person(models.Model):
            code = ByteField(max_length=20)
            name = NameField()
            note = ProseField(blank=True)

            class Meta:
                app_label = "common"

        with connection.schema_editor() as editor:
            editor.create_model(Person)
        yield Person
        with connection.schema_editor() as editor:
            editor.delete_model(Person)


def test_byte_field_orders_and_ranges_by_bytes(person):
    for code in ["a", "B", "0001:", "00011", "đ", "0001", "000100019999", "00020001"]:
        person.objects.create(code=code, name="x")
    assert list(person.objects.order_by("code").values_list("code", flat=True)) == [
        "0001",
        "000100019999",
        "00011",
        "0001:",
        "00020001",
        "B",
        "a",
        "đ",
    ]
    assert person.objects.filter(code__gte="0001", code__lt="0002").count() == 4


def test_name_is_clean_in_the_row_and_on_the_instance_after_save(person):
    row = person(code="1", name=f"  {DECOMPOSED}\u00a0 ", note="dòng một\r\ndòng hai \n")
    row.save()
    assert (row.name, row.note) == ("Nguyễn Thị Hạnh", "dòng một\ndòng hai")
    row.refresh_from_db()
    assert (row.name, row.note) == ("Nguyễn Thị Hạnh", "dòng một\ndòng hai")


def test_name_is_clean_when_written_in_bulk_and_found_in_any_form(person):
    person.objects.bulk_create([person(code="1", name=DECOMPOSED)])
    assert person.objects.get(name=DECOMPOSED) == person.objects.get(name="Nguyễn Thị Hạnh")
    person.objects.update(name=unicodedata.normalize("NFD", " Lê Ánh "))
    assert person.objects.get().name == "Lê Ánh"


def test_length_is_judged_after_composing():
    form_field = LineField(max_length=15).formfield()
    assert len(DECOMPOSED) > 15
    assert form_field.clean(DECOMPOSED) == "Nguyễn Thị Hạnh"


def test_line_has_no_line_breaks():
    assert LineField(max_length=50).clean("Đảng ủy\nSở Nội vụ", None) == "Đảng ủy Sở Nội vụ"


def test_lengths_unless_told():
    assert (NameField().max_length, LineField().max_length, LineField(max_length=60).max_length) == (120, 255, 60)
