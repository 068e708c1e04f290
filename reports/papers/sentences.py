"""Sentences of the reports: pure functions from figures to correct Vietnamese. Every percentage names its base."""

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import decimal, percent, thousands, two_digits


def situation(day, *, organisations, committees, base_cells, cells, members, probationary):
    """The state of the party organisation on `day`: base organisations (committees + base cells), cells under them, members."""
    return (
        f"Tính đến ngày {paper_short_date(day)}, toàn Đảng bộ có {two_digits(organisations)} tổ chức cơ sở đảng "
        f"({two_digits(committees)} đảng bộ cơ sở, {two_digits(base_cells)} chi bộ cơ sở), {two_digits(cells)} chi bộ trực thuộc "
        f"đảng ủy cơ sở với {two_digits(members)} đảng viên, trong đó có {two_digits(probationary)} đảng viên dự bị "
        f"(chiếm {percent(probationary, members)} tổng số đảng viên)."
    )


def women_and_minorities(*, members, women, minority, unknown):
    """How many of the `members` are women and of ethnic minorities; of `unknown` the record does not say the ethnic group."""
    text = (
        f"Trong tổng số đảng viên có {two_digits(women)} đảng viên nữ (chiếm {percent(women, members)}), {two_digits(minority)} đảng viên là người "
        f"dân tộc thiểu số (chiếm {percent(minority, members)})"
    )
    return text + (f"; {two_digits(unknown)} đảng viên chưa ghi dân tộc." if unknown else ".")


def growth(day, *, bases, members):
    """What changed since `day`, the end of the first year: more (above 0) or fewer base organisations and members."""
    return f"So với ngày {paper_short_date(day)}, {_more(bases, 'tổ chức cơ sở đảng')}; {_more(members, 'đảng viên')}."


def _more(number, noun):
    if not number:
        return f"số {noun} không thay đổi"
    return f"{'tăng' if number > 0 else 'giảm'} {two_digits(abs(number))} {noun}"


def sectors(counted):
    """Into which sectors the base organisations are divided: [(name, how many)]."""
    parts = "; ".join(f"{name} ({two_digits(number)})" for name, number in counted)
    return f"Các tổ chức cơ sở đảng được chia thành {two_digits(len(counted))} khối thi đua: {parts}."


CHANGED = {
    "merged": "liên quan đến hợp nhất, sáp nhập",
    "split": "liên quan đến chia tách",
    "renamed": "đổi tên",
    "sector": "chuyển khối thi đua",
    "moved_in": "chuyển đến từ đảng bộ khác",
    "moved_out": "chuyển về đảng bộ khác",
    "ended": "kết thúc hoạt động",
}


def changes(when, counts, see):
    """How many base organisations changed how in the time `when`: `counts` by the keys of CHANGED; `see` points to where it is told."""
    parts = "; ".join(f"{two_digits(number)} tổ chức {CHANGED[kind]}" for kind, number in counts.items() if number)
    return f"Trong {when}, hệ thống tổ chức cơ sở đảng có thay đổi: {parts}{see}."


def political_task(year, *, done, known, total):
    """Of how many base organisations the agency did its political task well in `year`; `known` of `total` are reported."""
    text = f"Năm {year}, có {ratio(done, known)} cơ quan, đơn vị có tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ chính trị, đạt {percent(done, known)}"
    return text + (f"; {two_digits(total - known)} cơ quan, đơn vị chưa có số liệu." if total > known else ".")


def agreement(year, *, what, in_term, in_year, report, reasons):
    """Where a year's report says otherwise than the term's figures, and why as far as that is known."""
    why = f"do {'; '.join(reasons)}" if reasons else "chưa xác định được nguyên nhân"
    return f"Năm {year}, số {what}: báo cáo này ghi {thousands(in_term)}, {report} ghi {thousands(in_year)}; {why}."


def classification(year, *, subject, rated, counts, names, unrated=0):
    """How `subject` ("tổ chức cơ sở đảng", "đảng viên") was rated in `year`. `counts` and `names` by level 1..4, `rated` their sum."""

    def level(number):
        return f"{two_digits(counts[number])} {subject} {small(names[number])} ({percent(counts[number], rated)})"

    good = counts.get(1, 0) + counts.get(2, 0)
    text = f"Năm {year}, có {ratio(good, rated)} {subject} được xếp loại {small(names[2])} trở lên, đạt {percent(good, rated)}"
    if counts.get(1):
        text += f", trong đó {level(1)}"
    text += "".join(f"; {level(number)}" for number in (3, 4) if counts.get(number))
    if unrated:
        text += f"; {two_digits(unrated)} {subject} không thuộc diện hoặc chưa được xếp loại, không tính vào tỷ lệ"
    return text + "."


def unrated_year(year, day, *, decided, total, subject):
    """A year still open: how far it has come on `day`, and that it is left out of the shares."""
    done = f"đã có quyết định xếp loại đối với {ratio(decided, total)} {subject}" if decided else f"chưa có {subject} nào được xếp loại"
    return (
        f"Năm {year} chưa kết thúc việc đánh giá, xếp loại; đến ngày {paper_short_date(day)}, {done}. "
        f"Số liệu năm {year} được ghi là “chưa xếp loại” và không tính vào tỷ lệ của nhiệm kỳ."
    )


def two_series():
    """Why the years to 2017 and from 2018 stand apart."""
    return (
        "Từ năm 2018, việc đánh giá, xếp loại thực hiện theo quy định mới; mức “trong sạch, vững mạnh” (đến năm 2017) và mức "
        "“hoàn thành xuất sắc nhiệm vụ” (từ năm 2018) có tiêu chuẩn khác nhau nên được trình bày thành hai chuỗi số liệu riêng, "
        "không so sánh trực tiếp."
    )


def registration(year, *, subject, registered, total, level_name, aimed, reached):
    """What was registered in `year` against the result: `aimed` registered `level_name`, `reached` of those got it."""
    return (
        f"Năm {year}, có {ratio(registered, total)} {subject} đăng ký thi đua ({percent(registered, total)}); "
        f"trong {two_digits(aimed)} {subject} đăng ký mức {small(level_name)}, có {two_digits(reached)} {subject} "
        f"đạt mức đã đăng ký, bằng {percent(reached, aimed)} số đăng ký mức này."
    )


def admissions(first_year, last_year, *, admitted, low, high=None, until=None):
    """Members admitted in the term against its target `low`, or `low` to `high`; `until` is the date of figures of an unfinished term."""
    target = f"từ {thousands(low)} đến {thousands(high)} đảng viên" if high else f"{thousands(low)} đảng viên"
    base = "mức thấp nhất của chỉ tiêu" if high else "chỉ tiêu"
    if admitted < low:
        verdict = f"còn thiếu {two_digits(low - admitted)} đảng viên so với {base}"
    else:
        verdict = "vượt chỉ tiêu" if admitted > (high or low) else "đạt chỉ tiêu"
    when = f" (số liệu đến ngày {paper_short_date(until)})" if until else ""
    return (
        f"Giai đoạn {first_year} - {last_year}{when}, toàn Đảng bộ kết nạp {two_digits(admitted)} đảng viên mới, "
        f"bằng {percent(admitted, low)} {base} của nhiệm kỳ ({target}), {verdict}."
    )


def average_admissions(*, admitted, years, target):
    """The yearly mean over `years` years against a yearly `target`."""
    verdict = "đạt chỉ tiêu" if admitted >= target * years else "chưa đạt chỉ tiêu"
    return (
        f"Bình quân mỗi năm kết nạp {decimal(admitted / years, 1)} đảng viên ({two_digits(admitted)} đảng viên trong {two_digits(years)} năm); "
        f"chỉ tiêu bình quân là {two_digits(target)} đảng viên/năm, {verdict}."
    )


def targets(*, achieved, missed, unknown):
    """How many of the term's targets were achieved, missed, or cannot be judged."""
    total = achieved + missed + unknown
    text = f"Trong {two_digits(total)} chỉ tiêu của nhiệm kỳ, có {two_digits(achieved)} chỉ tiêu đạt, {two_digits(missed)} chỉ tiêu không đạt"
    return text + (f", {two_digits(unknown)} chỉ tiêu chưa đủ số liệu để kết luận." if unknown else ".")


def exemplary(first_year, last_year, *, count, base):
    """How many base organisations were named tiêu biểu in every year of the term."""
    if not count:
        return f"Giai đoạn {first_year} - {last_year}, không có tổ chức cơ sở đảng nào được công nhận tiêu biểu 05 năm liền."
    return (
        f"Giai đoạn {first_year} - {last_year}, có {two_digits(count)} tổ chức cơ sở đảng được công nhận tiêu biểu 05 năm liền, "
        f"chiếm {percent(count, base)} trong {two_digits(base)} tổ chức cơ sở đảng có đủ 05 năm được xếp loại."
    )


def exemplary_so_far(first_year, last_year, *, count, base):
    """Like `exemplary` where the term is not over, or the product does not know all of its years."""
    years = f"năm {first_year}" if first_year == last_year else f"tất cả các năm {first_year} - {last_year}"
    if not count:
        return f"Không có tổ chức cơ sở đảng nào được công nhận tiêu biểu trong {years}."
    return (
        f"Có {two_digits(count)} tổ chức cơ sở đảng được công nhận tiêu biểu trong {years}, chiếm {percent(count, base)} trong "
        f"{two_digits(base)} tổ chức cơ sở đảng được xếp loại; chưa đủ 05 năm liền để kết luận cho cả nhiệm kỳ."
    )


def ratio(part, base):
    """ "08/12"."""
    return f"{two_digits(part)}/{two_digits(base)}"


def small(name):
    """`name` inside a sentence."""
    return name[:1].lower() + name[1:]


def year_result(*, subject, noun, total, rated, counts, names, exempt=0, unrated=0, exemplary=0):
    """How `subject` ("tổ chức cơ sở đảng") was rated in the year of a report, as two or three sentences.

    total = rated + exempt + unrated; `counts` and `names` by level 1..4, `noun` what the regulation calls the act. "Trở lên" is the sum
    of the two best levels and stands apart from the second alone; shares of the levels are of those rated.
    """
    text = f"Có {ratio(rated, total)} {subject} được đánh giá, {noun}, đạt {percent(rated, total)} tổng số"
    text += f"; {two_digits(exempt)} {subject} được miễn, không thuộc diện {noun}" if exempt else ""
    text += f"; {two_digits(unrated)} {subject} chưa được {noun}" if unrated else ""
    if not rated:
        return text + "."

    def level(number):
        return f"{two_digits(counts[number])} {subject} {small(names[number])} ({percent(counts[number], rated)})"

    good = counts.get(1, 0) + counts.get(2, 0)
    best = ", ".join(level(number) for number in (1, 2) if counts.get(number))
    text += (
        f". Trong {two_digits(rated)} {subject} được {noun}, có {two_digits(good)} {subject} {small(names[2])} trở lên, đạt {percent(good, rated)}"
    )
    text += f", gồm: {best}" if best else ""
    text += "".join(f"; {level(number)}" for number in (3, 4) if counts.get(number)) + "."
    return text + (f" Có {two_digits(exemplary)} {subject} được công nhận tiêu biểu." if exemplary else "")


def levels_listed(levels, name):
    """ "02 hoàn thành xuất sắc nhiệm vụ, 05 hoàn thành tốt nhiệm vụ" of `levels` (1..4 each), best first; `name` gives a level's words."""
    return ", ".join(f"{two_digits(levels.count(one))} {small(name(one))}" for one in (1, 2, 3, 4) if levels.count(one))


def schedule(stages):
    """The stretches of the year's calendar, `stages` of (name, first day, last day)."""
    parts = [f"{small(name)} từ ngày {paper_short_date(first)} đến ngày {paper_short_date(last)}" for name, first, last in stages]
    return f"Tiến độ thực hiện: {'; '.join(parts)}."


def complaints(day, *, received, kept, revised, waiting):
    """Objections to results: how many came by `day` and what was answered; received = kept + revised + waiting."""
    if not received:
        return f"Đến ngày {paper_short_date(day)}, không ghi nhận khiếu nại, kiến nghị nào về kết quả xếp loại."
    text = f"Đến ngày {paper_short_date(day)}, đã nhận {two_digits(received)} khiếu nại, kiến nghị về kết quả xếp loại"
    answered = kept + revised
    if answered:
        text += f"; đã trả lời {two_digits(answered)} (giữ nguyên kết quả {two_digits(kept)}, xếp loại lại {two_digits(revised)})"
    return text + (f"; đang xem xét {two_digits(waiting)}." if waiting else ".")
