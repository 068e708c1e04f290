"""Names for the illustration: public bodies of a province, and people who do not exist."""

SECTORS = ("Khối quản lý nhà nước", "Khối nội chính", "Khối đảng, đoàn thể", "Khối sự nghiệp")

# Sector -> bases. The first of each sector are large enough for a đảng bộ cơ sở, the others are chi bộ cơ sở.
COMMITTEES = {
    0: (
        "Sở Nội vụ",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Sở Tài chính",
        "Sở Kế hoạch và Đầu tư",
        "Sở Công Thương",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Giao thông vận tải",
        "Sở Xây dựng",
        "Sở Tài nguyên và Môi trường",
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Khoa học và Công nghệ",
        "Sở Giáo dục và Đào tạo",
        "Sở Y tế",
        "Sở Tư pháp",
        "Cục Thuế tỉnh",
        "Kho bạc Nhà nước tỉnh",
        "Bảo hiểm xã hội tỉnh",
        "Cục Thống kê tỉnh",
    ),
    1: ("Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh", "Cục Thi hành án dân sự tỉnh", "Thanh tra tỉnh"),
    2: ("Văn phòng Tỉnh ủy", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Hội Nông dân tỉnh", "Liên đoàn Lao động tỉnh"),
    3: (
        "Bệnh viện Đa khoa tỉnh",
        "Trường Cao đẳng Kinh tế - Kỹ thuật",
        "Trường Chính trị tỉnh",
        "Đài Phát thanh và Truyền hình tỉnh",
        "Bệnh viện Sản - Nhi tỉnh",
        "Bệnh viện Y dược cổ truyền tỉnh",
        "Trung tâm Kiểm soát bệnh tật tỉnh",
        "Trường Cao đẳng Y tế",
        "Ban Quản lý dự án đầu tư xây dựng tỉnh",
        "Báo tỉnh",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Trường Trung học phổ thông Chuyên tỉnh",
    ),
}
LONE_CELLS = {
    0: ("Sở Thông tin và Truyền thông", "Ban Dân tộc tỉnh", "Ban Quản lý các khu công nghiệp", "Ngân hàng Nhà nước chi nhánh tỉnh", "Sở Ngoại vụ"),
    1: ("Hội Luật gia tỉnh", "Đoàn Luật sư tỉnh", "Phòng Công chứng số 1"),
    2: (
        "Ban Tổ chức Tỉnh ủy",
        "Cơ quan Ủy ban Kiểm tra Tỉnh ủy",
        "Ban Tuyên giáo Tỉnh ủy",
        "Ban Dân vận Tỉnh ủy",
        "Ban Nội chính Tỉnh ủy",
        "Cơ quan Đảng ủy Khối",
        "Cơ quan Ủy ban Mặt trận Tổ quốc tỉnh",
        "Hội Liên hiệp Phụ nữ tỉnh",
        "Hội Cựu chiến binh tỉnh",
        "Tỉnh đoàn",
        "Liên minh Hợp tác xã tỉnh",
        "Hội Chữ thập đỏ tỉnh",
        "Hội Văn học nghệ thuật tỉnh",
        "Liên hiệp các hội khoa học và kỹ thuật tỉnh",
    ),
    3: ("Quỹ Đầu tư phát triển tỉnh", "Thư viện tỉnh", "Bảo tàng tỉnh", "Trung tâm Lưu trữ lịch sử tỉnh", "Nhà xuất bản tỉnh"),
}
ROOMS = (
    "Văn phòng",
    "Thanh tra",
    "Phòng Tổ chức cán bộ",
    "Phòng Kế hoạch - Tài chính",
    "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2",
    "Phòng Pháp chế",
    "Phòng Quản lý tổng hợp",
    "Trung tâm Dịch vụ",
    "Phòng Kỹ thuật",
    "Phòng Công nghệ thông tin",
    "Phòng Kiểm tra",
)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh")
MIDDLE = {"male": ("Văn", "Đức", "Quang", "Hữu", "Minh", "Xuân", "Thế"), "female": ("Thị", "Thị Thu", "Ngọc", "Thị Minh", "Thanh", "Thị Phương")}
GIVEN = {
    "male": ("An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phúc", "Quân", "Sơn", "Thắng", "Tuấn", "Việt"),
    "female": ("Anh", "Ánh", "Dung", "Giang", "Hà", "Hằng", "Hoa", "Hương", "Lan", "Linh", "Mai", "Nga", "Oanh", "Phượng", "Thảo", "Yến"),
}
POSITIONS = ("Chuyên viên", "Chuyên viên chính", "Phó trưởng phòng", "Trưởng phòng", "Viên chức", "Kế toán viên", "Thanh tra viên")
