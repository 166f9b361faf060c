"""What an agent asked for and cannot get."""

from __future__ import annotations

from pinakes.corpus import PinakesError


class AgentError(PinakesError, ValueError):
    """A call of a tool cannot be answered as it stands; the message says what to change."""
