"""The kinds of subjects and of awarding bodies that the texts tell apart, as the tree knows them."""

from cells.enums import BASE_KINDS, OrganisationKind

MEMBER, CELL, PART, BASE, UPPER = "member", "cell", "part", "base", "upper"
PROVINCE = OrganisationKind.PROVINCIAL_COMMITTEE
NOUNS = {
    MEMBER: "đảng viên",
    CELL: "chi bộ trực thuộc",
    PART: "đảng bộ bộ phận",
    BASE: "tổ chức cơ sở đảng",
    UPPER: "đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng",
}


def subject_of(kind):
    """The subject that an organisation of `kind` is."""
    if kind in BASE_KINDS:
        return BASE
    return {OrganisationKind.CELL: CELL, OrganisationKind.SUB_COMMITTEE: PART}.get(kind, UPPER)
