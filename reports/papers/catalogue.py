"""Every kind of paper that can be made, and its recipe."""

from reports.papers import (
    badges,
    ballots,
    certificates,
    commendation_decision,
    membership,
    rating,
    registration_summary,
    registrations,
    term_report,
    year_report,
)
from reports.papers.recipes import Recipe

RECIPES: dict[str, Recipe] = {
    recipe.kind.value: recipe
    for recipe in (
        term_report.RECIPE,
        year_report.RECIPE,
        *rating.RECIPES,
        commendation_decision.RECIPE,
        certificates.RECIPE,
        *membership.RECIPES,
        registrations.RECIPE,
        registration_summary.RECIPE,
        *ballots.RECIPES,
        badges.RECIPE,
    )
}


def recipe_of(kind):
    """The Recipe of a PaperKind. KeyError for one that cannot be made."""
    return RECIPES[kind]
