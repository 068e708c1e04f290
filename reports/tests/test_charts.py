import xml.etree.ElementTree as ElementTree

from reports.charts import (
    LEVEL_FILLS,
    WIDTH,
    Bullet,
    Columns,
    LevelSeries,
    YearOfLevels,
    bullet_bars,
    small_multiples,
    stacked_bars,
)

OLD = {1: "Trong sạch, vững mạnh", 2: "Hoàn thành tốt nhiệm vụ", 3: "Hoàn thành nhiệm vụ", 4: "Yếu kém"}
NEW = {1: "Hoàn thành xuất sắc nhiệm vụ", 2: "Hoàn thành tốt nhiệm vụ", 3: "Hoàn thành nhiệm vụ", 4: "Không hoàn thành nhiệm vụ"}


def texts(picture):
    return [shape.text for shape in picture.shapes if shape.kind == "text"]


def rects(picture, fill):
    return [shape for shape in picture.shapes if shape.kind == "rect" and shape.fill == fill]


def dashed(picture):
    return [shape for shape in picture.shapes if shape.kind == "line" and shape.dash != "none"]


def test_stacked_bar_is_as_long_as_the_shares():
    picture = stacked_bars((LevelSeries(NEW, (YearOfLevels(2018, {1: 16, 2: 48}),)),), title="t", desc="d")
    legend, bar = rects(picture, LEVEL_FILLS[1])
    assert (legend.w, bar.x, bar.w) == ("15", "44", "64")
    assert rects(picture, LEVEL_FILLS[2])[1].w == "192"
    assert "cộng 64" in texts(picture)


def test_small_shares_are_named_beside_the_bar():
    picture = stacked_bars((LevelSeries(NEW, (YearOfLevels(2018, {1: 13, 2: 50, 3: 2, 4: 1}, unrated=3),)),), title="t", desc="d")
    assert "cộng 66; HTNV 2; KHTNV 1; chưa XL 3" in texts(picture)


def test_short_names_given_by_the_caller_win():
    series = LevelSeries(OLD, (YearOfLevels(2015, {2: 99, 4: 1}),), short={4: "yếu kém"})
    assert "cộng 100; yếu kém 1" in texts(stacked_bars((series,), title="t", desc="d"))


def test_two_series_are_kept_apart_by_a_line_and_their_own_names():
    old = LevelSeries(OLD, (YearOfLevels(2017, {1: 5, 2: 5}),), "Đến năm 2017")
    new = LevelSeries(NEW, (YearOfLevels(2018, {1: 5, 2: 5}),), "Từ năm 2018")
    picture = stacked_bars((old, new), title="t", desc="d")
    assert len(dashed(picture)) == 1
    assert dashed(stacked_bars((old,), title="t", desc="d")) == []
    assert texts(picture).index("Đến năm 2017") < texts(picture).index("Từ năm 2018")
    assert {"Trong sạch, vững mạnh", "Hoàn thành xuất sắc nhiệm vụ"} <= set(texts(picture))


def test_open_year_is_hatched_and_says_so():
    year = YearOfLevels(2026, {}, rated=False)
    picture = stacked_bars((LevelSeries(NEW, (year,)),), title="t", desc="d")
    assert "chưa xếp loại" in texts(picture)
    assert rects(picture, "#ffffff")[-1].w == "256"
    assert any(shape.kind == "path" for shape in picture.shapes)


def test_bullet_draws_a_line_for_a_least_value_and_a_field_for_a_range():
    least = Bullet("A", 50, "50", 80, "80", 100)
    between = Bullet("B", 470, "470", 450, "450 - 500", 600, high=500, outcome="Đạt")
    assert len([s for s in bullet_bars((least,), title="t", desc="d").shapes if s.kind == "line"]) == 1
    picture = bullet_bars((between,), title="t", desc="d")
    field = rects(picture, "#f3d9d9")[0]
    assert (field.x, field.w) == ("247.5", "27.5")
    assert "Đạt" in texts(picture)
    assert "Chỉ tiêu: 450 - 500" in texts(picture)


def test_bullet_without_a_value_has_no_bar():
    picture = bullet_bars((Bullet("A", None, "chưa đủ số liệu", 80, "80", 100),), title="t", desc="d")
    assert rects(picture, "#2f6db3") == []
    assert "chưa đủ số liệu" in texts(picture)


def test_columns_rise_in_proportion_and_show_the_target():
    panel = Columns("Kết nạp", (("2018", 100), ("2019", 50), ("2020", None)), target=100, target_text="chỉ tiêu 100")
    picture = small_multiples((panel,), title="t", desc="d")
    heights = [shape.h for shape in rects(picture, "#2f6db3")]
    assert heights == ["116", "58"]
    assert "–" in texts(picture)
    assert dashed(picture)[0].y == "50"


def test_many_panels_stand_in_even_lines_on_one_scale():
    panels = tuple(Columns(f"Khối {number}", (("2018", value),)) for number, value in enumerate((10, 5, 20, 1), 1))
    picture = small_multiples(panels, title="t", desc="d", same_scale=True)
    columns = rects(picture, "#2f6db3")
    assert [shape.h for shape in columns] == ["58", "29", "116", "5.8"]  # of 116 for the highest of all
    assert [(shape.x, shape.y) for shape in columns][:2] == [("48.06", "108"), ("341.06", "137")]
    assert [float(shape.y) + float(shape.h) for shape in columns] == [166, 166, 356, 356]
    assert picture.height == 380


def test_a_long_title_of_a_panel_is_wrapped_above_its_columns():
    long = "Khối các cơ quan Đảng, Mặt trận Tổ quốc và đoàn thể chính trị - xã hội"
    picture = small_multiples((Columns(long, (("2018", 2),)), Columns("Khối nội chính", (("2018", 1),))), title="t", desc="d")
    head = [shape for shape in picture.shapes if shape.kind == "text" and shape.weight == "700" and shape.size == "13"]
    assert " ".join(shape.text for shape in sorted(head[:-1], key=lambda shape: float(shape.y))) == long
    assert len({shape.y for shape in head[:-1]}) == len(head) - 1
    assert head[-1].text == "Khối nội chính"
    assert float(head[-1].y) == max(float(shape.y) for shape in head)


def test_nothing_is_drawn_outside_the_picture():
    year = YearOfLevels(2018, {1: 560, 2: 3020, 3: 88, 4: 11}, unrated=120)
    picture = stacked_bars((LevelSeries(NEW, (year,), short={4: "không hoàn thành nhiệm vụ"}),), title="t", desc="d")
    for shape in picture.shapes:
        if shape.kind == "text":
            assert float(shape.x) + len(shape.text) * float(shape.size) * 0.52 <= WIDTH + 0.5 * len(shape.text)


def test_svg_is_well_formed_escaped_and_without_style_or_script():
    names = {**NEW, 2: '<script>alert("x")</script> & tốt'}
    picture = stacked_bars((LevelSeries(names, (YearOfLevels(2018, {1: 1, 2: 3}),)),), title="Ba phần tư < tốt", desc="d")
    root = ElementTree.fromstring(picture.svg())  # noqa: S314 - our own markup
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Ba phần tư < tốt"
    assert "<script" not in picture.svg()
    assert "style=" not in picture.svg()
