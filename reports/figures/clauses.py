"""What the rules of a year say against a level, as plain values: the clause in words, where it stands, whether it forbids."""

from dataclasses import dataclass

from khoi_party.rules import Kind


@dataclass(frozen=True)
class Clause:
    """`says` in a sentence, `source` its document and article; only a verified clause `forbids`, all others ask to be cleared up."""

    says: str
    source: str
    forbids: bool


def clauses_of(findings):
    """The Clauses of `findings`: Findings of today's verdict, or {"kind", "says", "source"} as a decision keeps them."""
    plain = ((one["kind"], one["says"], one["source"]) if isinstance(one, dict) else (one.kind, one.says, one.source) for one in findings)
    return tuple(Clause(says, source, kind == Kind.FORBIDS) for kind, says, source in plain)
