"""What each step of an admission says besides its day and document, and whether what was typed has that shape. Pure."""

from dataclasses import dataclass
from datetime import date

from members.enums import Introducer, StepKind, Vetted, VettedPerson

INT, TEXT, DATE, CHOICE, MEMBER = "int", "text", "date", "choice", "member"


@dataclass(frozen=True)
class Value:
    """One value of a step. `kind` is one of the words above; dates are kept as ISO text, members as their key."""

    name: str
    label: str
    kind: str
    required: bool = True
    choices: tuple = ()
    hint: str = ""

    def fits(self, value):
        if value is None or value == "":
            return not self.required
        match self.kind:
            case "int" | "member":
                return type(value) is int and value >= 0
            case "choice":
                return value in {key for key, _ in self.choices}
            case "date":
                return isinstance(value, str) and _is_day(value)
        return isinstance(value, str) and len(value) <= 200


def _is_day(text):
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


VOTES = (
    Value("eligible", "Số người có quyền biểu quyết", INT, hint="Đảng viên chính thức của chi bộ, hoặc cấp ủy viên."),
    Value("present", "Số người có mặt", INT),
    Value("agree", "Số người tán thành", INT),
)
DECIDERS = (("superior", "Ban thường vụ cấp trên trực tiếp"), ("delegated", "Đảng ủy cơ sở được ủy quyền"))
REASON = Value("reason", "Lý do, văn bản đồng ý (khi chậm hoặc khác quy định)", TEXT, required=False)
SCHEMA = dict.fromkeys(StepKind, ()) | {
    StepKind.HELPER: (Value("helper", "Đảng viên giúp đỡ", MEMBER),),
    StepKind.CERTIFICATE: (Value("issuer", "Nơi cấp", TEXT, required=False),),
    StepKind.VETTING: (
        Value("person", "Người được thẩm tra", CHOICE, choices=tuple(VettedPerson.choices)),
        Value("conclusion", "Kết luận", CHOICE, choices=tuple(Vetted.choices), hint="Không ghi nội dung thẩm tra: đó là tài liệu mật."),
    ),
    StepKind.INTRODUCTION: (
        Value("introducer", "Người, tổ chức giới thiệu", CHOICE, choices=tuple(Introducer.choices)),
        Value("member", "Đảng viên giới thiệu", MEMBER, required=False, hint="Chỉ chọn khi đảng viên giới thiệu."),
        Value("months", "Số tháng cùng công tác", INT, required=False),
    ),
    StepKind.CELL_VOTE: VOTES,
    StepKind.BASE_VOTE: VOTES,
    StepKind.DECISION: (
        Value("delegation", "Văn bản ủy quyền", TEXT, required=False, hint="Ghi khi đảng ủy cơ sở được ủy quyền quyết định; để trống khi cấp trên."),
        Value(
            "body", "Cấp quyết định", CHOICE, choices=(("superior", "Ban thường vụ cấp trên trực tiếp"), ("delegated", "Đảng ủy cơ sở được ủy quyền"))
        ),
        Value("consent_on", "Ngày văn bản đồng ý (người trên 60 tuổi)", DATE, required=False),
        REASON,
    ),
    StepKind.CEREMONY: (
        Value("received_on", "Ngày chi bộ nhận quyết định", DATE, required=False, hint="Để trống là ngày của quyết định."),
        REASON,
    ),
    StepKind.CELL_RECOGNITION: (*VOTES, REASON),
    StepKind.BASE_RECOGNITION: VOTES,
    StepKind.RECOGNITION: (
        Value("official_on", "Ngày chính thức", DATE, required=False, hint="Để trống là ngày tròn 12 tháng từ lễ kết nạp."),
        REASON,
    ),
}
BALLOTS = (StepKind.CELL_VOTE, StepKind.BASE_VOTE, StepKind.CELL_RECOGNITION, StepKind.BASE_RECOGNITION)
REPEATED = (*BALLOTS, StepKind.HELPER, StepKind.CERTIFICATE, StepKind.APPLICATION, StepKind.VETTING, StepKind.CERTIFIED)
REPEATED += (StepKind.INTRODUCTION, StepKind.OPINIONS, StepKind.PART_REPORT)


def fault_of(kind, values):
    """(field, sentence) of what is wrong with the `values` of a step, or None. Unknown names are wrong too."""
    fields = {one.name: one for one in SCHEMA[kind]}
    if unknown := sorted(set(values) - set(fields)):
        return unknown[0], "Mục này không thuộc bước đang ghi."
    for name, one in fields.items():
        if not one.fits(values.get(name)):
            return name, f"Hãy ghi đúng “{one.label}”."
    if kind in BALLOTS:
        return votes_fault(values["eligible"], values["present"], values["agree"])
    if kind == StepKind.INTRODUCTION and values["introducer"] == Introducer.MEMBER and not values.get("member"):
        return "member", "Hãy chọn đảng viên giới thiệu."
    return None


def votes_fault(eligible, present, agree):
    """(field, sentence) where the three counts of a ballot do not go together."""
    if eligible < 1:
        return "eligible", "Phải có ít nhất một người có quyền biểu quyết."
    if present > eligible:
        return "present", f"Số có mặt ({present}) nhiều hơn số có quyền biểu quyết ({eligible})."
    if agree > present:
        return "agree", f"Số tán thành ({agree}) nhiều hơn số có mặt ({present})."
    return None
