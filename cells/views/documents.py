from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from cells.models import Document
from khoi_party.common.errors import DomainError


def document_file(request, pk):
    """The file of a document, always as a download: nothing that somebody uploaded is ever shown inside our own pages."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    if not document.file:
        raise Http404
    try:
        with document.file.open() as file:
            content = file.read()
    except FileNotFoundError as gone:
        raise DomainError("Không tìm thấy tệp của văn bản trên máy chủ. Hãy báo người quản trị.") from gone
    name = f"van-ban-{document.pk}.{document.file.name.rsplit('.', 1)[-1]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
