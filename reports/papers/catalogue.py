"""Every kind of paper that can be made, and its recipe."""

from reports.papers import certificates, commendation_decision, term_report, year_report
from reports.papers.recipes import Recipe

RECIPES: dict[str, Recipe] = {
    module.RECIPE.kind.value: module.RECIPE
    for module in (
        term_report,
        year_report,
        commendation_decision,
        certificates,
    )
}


def recipe_of(kind):
    """The Recipe of a PaperKind. KeyError for one that cannot be made."""
    return RECIPES[kind]
