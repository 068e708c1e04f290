"""Who may ask for a paper, write in it and issue it. Whoever sees a paper may read and download it."""

from cells.permissions import can_keep_numbers, can_write_papers


def can_build(user, organisation):
    """Staff and leaders for their subtree, a secretary for the own organisation: the same question that the rooms below ask for a button."""
    return can_write_papers(user, organisation)


def can_change_job(user, paper):
    """Cancel or retry, write, issue: who may build it."""
    return can_build(user, paper.organisation)


def can_issue(user, paper):
    """Who may enter a number for the organisation: its office."""
    return can_change_job(user, paper) and can_keep_numbers(user, paper.organisation)
