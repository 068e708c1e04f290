"""A list behind a figure, as every paper's rooms give it to the page."""

from dataclasses import dataclass

from khoi_party.common.excel import Column


@dataclass(frozen=True)
class Behind:
    """A list: its title, its rows (a queryset in order) and its columns."""

    title: str
    rows: object
    columns: tuple[Column, ...]
