import pytest
from hypothesis import given
from hypothesis import strategies as st

from khoi_party.common.tree import ancestor_paths, child_path, in_subtree, subtree_q, successor

numbers = st.one_of(st.integers(1, 9999), st.sampled_from([1, 9, 99, 999, 1999, 9999]))
paths = st.lists(numbers, max_size=5).map(lambda steps: "".join(f"{n:04d}" for n in steps))


def test_child_path_appends_four_digits():
    assert child_path("", 1) == "0001"
    assert child_path("0001", 12) == "00010012"


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_child_path_number_does_not_fit(number):
    with pytest.raises(ValueError, match="1 to 9999"):
        child_path("0001", number)


@pytest.mark.parametrize("path", ["1", "00010", "000a", "0001/", "٠٠٠١"])
def test_path_malformed(path):
    with pytest.raises(ValueError, match="Not a path"):
        successor(path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("0001", "0002"), ("0009", "001"), ("00019999", "0002"), ("00010129", "0001013"), ("9999", ":"), ("", ":")],
)
def test_successor(path, expected):
    assert successor(path) == expected


def test_ancestor_paths_from_root_to_parent():
    assert ancestor_paths("000100020003") == ["0001", "00010002"]
    assert ancestor_paths("0001") == []
    assert ancestor_paths("") == []


def test_in_subtree():
    assert in_subtree("00010002", "0001")
    assert in_subtree("0001", "0001")
    assert in_subtree("0001", "")
    assert not in_subtree("0001", "00010002")
    assert not in_subtree("00020001", "0001")


def test_subtree_q_is_one_range():
    assert dict(subtree_q("organisation__path", "0009").children) == {"organisation__path__gte": "0009", "organisation__path__lt": "001"}


@given(paths, paths)
def test_range_holds_exactly_the_subtree(path, root):
    assert (root <= path < successor(root)) == in_subtree(path, root)


@given(paths, numbers)
def test_child_lies_below_its_parent(path, number):
    child = child_path(path, number)
    assert in_subtree(child, path)
    assert [*ancestor_paths(child), child][-2:-1] == ([path] if path else [])
