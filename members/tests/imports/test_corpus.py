"""Every list of the corpus: what is said of it is what was expected, and nothing of the record is written before somebody says so."""

import pytest

from khoi_party.common.errors import DomainError
from members.models import ImportBatch, Member, Membership, MembershipEvent
from members.tasks import work_on_import

from .corpus import COUNTED, REFUSED


def record():
    tables = (Member, Membership, MembershipEvent)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def test_the_corpus_is_large_enough():
    assert len(COUNTED) + len(REFUSED) >= 40


@pytest.mark.parametrize("name", COUNTED)
def test_each_row_has_the_fate_that_was_expected(world, take_in, name):
    data, expected = COUNTED[name]
    before = record()
    batch = take_in(data, cell=world.office if name == "Mẫu 7-HSĐV" else None)
    if batch.is_working:
        work_on_import(batch.pk)
        batch.refresh_from_db()
    assert tuple(batch.counts[kind] for kind in ("new", "changed", "same", "refused")) == expected
    assert all(row.reasons for row in batch.rows.filter(kind="refused"))
    assert record() == before


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_a_list_is_refused_with_a_sentence(world, take_in, name):
    data, part = REFUSED[name]
    before = record()
    with pytest.raises(DomainError) as refused:
        take_in(data)
    assert part in refused.value.message
    assert record() == before
    assert ImportBatch.objects.count() == (1 if name == "no names in it" else 0)
