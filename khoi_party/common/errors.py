"""What a service raises when the user must be told something. The sentence is shown as it stands, so it is Vietnamese."""


class DomainError(Exception):
    """A rule of the work was broken. `message` is a Vietnamese sentence; `field` names the form field it belongs beside."""

    status = 409

    def __init__(self, message, *, field=None):
        super().__init__(message)
        self.message = message
        self.field = field


class StaleVersion(DomainError):
    """Somebody saved the row first. `current` is what the row holds now, so that the screen can show both values."""

    def __init__(self, message, *, current=None, field=None):
        super().__init__(message, field=field)
        self.current = current
