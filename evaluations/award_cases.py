"""What the rules of commendations are asked about the names of one round, collected in few queries whatever the length of the list."""

from dataclasses import dataclass

from django.db.models import Q

from cells.models import Organisation
from evaluations.awards.money import key_of, money
from evaluations.awards.rules import NEEDS_REASON, Case, Earlier, discipline_counts, discipline_words, judge_award, over_cap
from evaluations.awards.runs import NOT_YET_MEMBER, run_of, with_beginning
from evaluations.awards.subjects import MEMBER, subject_of
from evaluations.candidates import five, results_of, runs_of_organisations
from evaluations.enums import AwardBasis, AwardSettingKey, Subject
from evaluations.models import AwardSetting, Commendation, Review
from khoi_party.common.dates import date_text, today
from khoi_party.common.tree import STEP
from khoi_party.rules import Kind
from members.models import Discipline, Member

OPEN_CASE = "Đang xem xét kỷ luật"


@dataclass(frozen=True)
class Told:
    """One name of a round with what the rules say of it to one reader, and the money that follows on a day."""

    item: Commendation
    case: Case
    findings: tuple
    has_open_case: bool
    money: object

    @property
    def forbids(self):
        return [one for one in self.findings if one.kind == Kind.FORBIDS]

    @property
    def lacks_reason(self):
        """Whether a warning that asks for a reason has none; of an open case only those who see it are asked."""
        decided = [one for one in self.findings if one.rule in NEEDS_REASON and not (one.rule == "K5" and self.is_case_only)]
        return bool(decided and not self.item.reason) or (self.has_open_case and not self.item.case_reason)

    @property
    def is_case_only(self):
        return self.case.disciplines == (OPEN_CASE,)


def told_of(round_, items, user, day=None):
    """[Told] of `items` (Commendations of `round_`, saved or not) as `user` may see it, money as of `day` (default: the decision's, else today)."""
    items = list(items)
    day = day or (round_.document.issued_on if round_.document_id else today())
    settings = settings_of(root_of(round_.body))
    results, runs = _years(round_, items, rule_of(settings, AwardSettingKey.PREDECESSORS, day))
    disciplines = disciplines_of(items, user, day)
    earlier = earlier_of(round_, items)
    kinds = _kinds(items)
    told = []
    for item in items:
        key = whose(item)
        subject = MEMBER if item.member_id else subject_of(kinds[item.organisation_id])
        run = runs.get(key)
        case = Case(
            subject=subject,
            award=item.award,
            basis=item.basis,
            awarder=round_.awarder_kind,
            year=item.last_year,
            result=results.get(key, {}).get(item.last_year),
            run=run,
            merit=item.merit,
            disciplines=tuple(disciplines.get(key, ())),
            earlier=tuple(earlier.get(key, ())),
            restart=rule_of(settings, AwardSettingKey.RESTART, day),
            same_years=rule_of(settings, AwardSettingKey.SAME_YEARS, day),
        )
        sum_ = money(key_of(subject, item.award, round_.awarder_kind), day, settings)
        told.append(Told(item, case, tuple(judge_award(case)), OPEN_CASE in case.disciplines, sum_))
    return told


def whose(item):
    return (Subject.MEMBER, item.member_id) if item.member_id else (Subject.ORGANISATION, item.organisation_id)


def _kinds(items):
    return dict(Organisation.objects.filter(pk__in=[item.organisation_id for item in items if item.organisation_id]).values_list("pk", "kind"))


def _years(round_, items, predecessors_count):
    """({whose: {year: YearResult}}, {whose: Run}) of the subjects of `items`."""
    members = {item.member_id: item.member for item in items if item.member_id}
    bodies = [item.organisation_id for item in items if item.organisation_id]
    results, runs = {}, {}
    if members:
        found = results_of(Q(member__in=list(members)), "member_id", five(round_.year))
        for key, member in members.items():
            results[Subject.MEMBER, key] = with_beginning(found.get(key, {}), member.admitted_on, NOT_YET_MEMBER)
            runs[Subject.MEMBER, key] = run_of(results[Subject.MEMBER, key], round_.year, MEMBER)
    if bodies:
        for key, run in runs_of_organisations(bodies, round_.year, predecessors_count).items():
            runs[Subject.ORGANISATION, key] = run
            results[Subject.ORGANISATION, key] = {line.year: line.result for line in run.lines if not line.note}
    return results, runs


def disciplines_of(items, user, day):
    """{whose: [sentence]} of what `user` may see: decisions that still run or fell into the years of the award, and open cases."""
    by_key = {whose(item): item for item in items}
    members = [pk for kind, pk in by_key if kind == Subject.MEMBER]
    bodies = [pk for kind, pk in by_key if kind == Subject.ORGANISATION]
    rows = Discipline.objects.visible_to(user).filter(Q(member__in=members) | Q(organisation__in=bodies), withdrawn_on=None)
    found = {}
    for row in rows.order_by("decided_on", "pk"):
        key = (Subject.MEMBER, row.member_id) if row.member_id else (Subject.ORGANISATION, row.organisation_id)
        item = by_key[key]
        if row.is_open:
            found.setdefault(key, []).append(OPEN_CASE)
        elif discipline_counts(row.decided_on, row.lapses_on(), day, item.first_year, item.last_year):
            found.setdefault(key, []).append(discipline_words(row.get_degree_display(), row.decided_on))
    return {key: list(dict.fromkeys(said)) for key, said in found.items()}


def earlier_of(round_, items):
    """{whose: [Earlier]}: the five-year awards that the subjects have or are proposed for in another round."""
    members = [item.member_id for item in items if item.member_id]
    bodies = [item.organisation_id for item in items if item.organisation_id]
    rows = Commendation.objects.standing() | Commendation.objects.pending()
    rows = rows.filter(Q(member__in=members) | Q(organisation__in=bodies), basis=AwardBasis.FIVE_YEARS).exclude(round=round_.pk)
    found = {}
    for row in rows.select_related("round__document"):
        number = row.round.document.number if row.round.document_id else "đang đề nghị"
        found.setdefault(whose(row), []).append(Earlier(row.award, row.first_year, row.last_year, number))
    return found


def caps_of(round_, items):
    """[(pool, Finding)] of the pools of the year in which more have the best level than their share allows (K6), in one query."""
    members = [item.member_id for item in items if item.member_id and item.basis == AwardBasis.YEAR]
    if not members:
        return []
    pools = Review.objects.present().filter(member__in=members, sheet__cycle__year=round_.year, pool__isnull=False).values("pool")
    rows = Review.objects.present().filter(pool__in=pools, decided_level__in=(1, 2)).select_related("pool__body")
    counts, known = {}, {}
    for row in rows.only("decided_level", "pool__rate", "pool__base", "pool__rounding", "pool__group", "pool__part", "pool__body__name"):
        known[row.pool_id] = row.pool
        counts.setdefault(row.pool_id, {1: 0, 2: 0})[row.decided_level] += 1
    found = ((known[pk], over_cap(levels[1], levels[2], known[pk].rate, known[pk].base, known[pk].rounding)) for pk, levels in counts.items())
    return [(pool, finding) for pool, finding in found if finding]


def root_of(organisation):
    """The root of the tree that `organisation` stands in: where its dated rules are kept."""
    return organisation if organisation.parent_id is None else Organisation.objects.get(path=organisation.path[:STEP])


def settings_of(root):
    """{key: [(valid_from, valid_to, value, source)]} of the dated figures and rules of `root`, the newest first."""
    found = {}
    for row in AwardSetting.objects.filter(root=root).select_related("document").order_by("-valid_from", "-pk"):
        if row.valid_from != row.valid_to:
            source = f"{row.document.number}, ngày {date_text(row.document.issued_on)}"
            found.setdefault(row.key, []).append((row.valid_from, row.valid_to, row.value, source))
    return found


def rule_of(settings, key, day):
    """True or False as the local rule `key` says on `day`, None where nobody has fixed one."""
    for start, end, value, _ in settings.get(key, ()):
        if start <= day and (end is None or day < end):
            return bool(value)
    return None


def sees_open_case(user, member):
    """Whether `user` is told of open cases of this Member."""
    return Discipline.objects.visible_to(user).filter(member=member, decided_on=None).exists()


def subjects_in(round_, user, kind):
    """The Members or Organisations that `round_` may propose: of its body's own subtree, as `user` sees them."""
    if kind == Subject.MEMBER:
        return Member.objects.visible_to(user).active().in_subtree(round_.body)
    return Organisation.objects.visible_to(user).in_subtree(round_.body).filter(dissolved_on=None)
