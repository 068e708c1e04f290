from khoi_party.common.errors import DomainError, StaleVersion


def test_domain_error_carries_its_sentence_and_field():
    error = DomainError("Mã này đã có.", field="code")
    assert (str(error), error.message, error.field, error.status) == ("Mã này đã có.", "Mã này đã có.", "code", 409)


def test_stale_version_carries_what_the_row_holds_now():
    error = StaleVersion("Đồng chí khác vừa lưu ô này.", current=2)
    assert isinstance(error, DomainError)
    assert error.current == 2
