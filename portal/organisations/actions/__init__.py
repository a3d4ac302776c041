"""Everything that writes organisations and who works for them."""

from portal.organisations.actions.organisations import (
    choose_national_export,
    place_under,
    save_organisation,
)

__all__ = ["choose_national_export", "place_under", "save_organisation"]
