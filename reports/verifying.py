"""What is given out is what was made: stored files and frozen figures are compared with the checksums that were kept with them."""

from django.core.files.storage import default_storage

from khoi_party.common.errors import DomainError
from reports.building import sha256, thaw

ADVICE = {
    True: "Hãy báo người quản trị để lấy lại từ bản sao lưu.",  # an issued paper is not made again
    False: "Hãy báo người quản trị, hoặc lập lại văn bản.",
}


def stored(file):
    """The bytes of a PaperFile, verified. DomainError for one that is gone, cut short or changed."""
    try:
        with default_storage.open(file.file.name) as opened:
            content = opened.read()
    except OSError as gone:
        raise DomainError(f"Không tìm thấy tệp văn bản trên máy chủ. {ADVICE[file.paper.is_issued]}") from gone
    if sha256(content) != file.sha256:
        raise DomainError(f"Tệp văn bản đã bị thay đổi so với khi lập nên không tải được. {ADVICE[file.paper.is_issued]}")
    return content


def frozen_of(paper):
    """The Frozen of a finished paper, verified. DomainError where its figures are not those that were kept."""
    if paper.figures_sha256 and sha256(paper.figures.encode()) != paper.figures_sha256:
        raise DomainError(f"Số liệu giữ kèm văn bản đã bị thay đổi so với khi lập nên không dùng được. {ADVICE[paper.is_issued]}")
    return thaw(paper.figures)
