"""Every kind of paper that can be made, and its recipe."""

from reports.papers import (
    appraisal_list,
    badges,
    ballots,
    cell_sheet,
    certificates,
    commendation_decision,
    dossier,
    membership,
    rating,
    rating_proposal,
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
        rating_proposal.RECIPE,
        *rating.RECIPES,
        appraisal_list.RECIPE,
        cell_sheet.RECIPE,
        dossier.RECIPE,
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
