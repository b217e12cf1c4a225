"""Words for what the spec library only advises: an entry is valid with it, and better without.

Source: the warnings of bioimageio.spec's fields (`warn(...)` in generic v0_3, model v0_4 and v0_5).
"""

from __future__ import annotations

from partner_tui.compliance.place import Place, Words, shown


def of_advice(place: Place) -> Words | None:
    """Words for a place that the library only warns about; None for an error, and for advice that is not known here."""
    if not all(error.kind == "warning" for error in place.errors):
        return None
    label = place.label
    if place.says("Missing `maintainers`"):
        return Words("No maintainers listed", "Add maintainers, or a github_user to one of the authors")
    if place.loc == ("name",) and place.says("onger than"):
        limit = 64 if place.says("64") else 128
        return Words(
            f"name is longer than {limit} characters", "Shorten it; the description has room for the rest"
        )
    if place.loc == ("name",) and place.says("horter than"):
        return Words("name is shorter than 5 characters", "Use 5 characters or more", "name-short")
    if place.says("Description longer than"):
        return Words(
            "description is longer than 512 characters", "The documentation has room for the details"
        )
    if place.says("additional attachments"):
        return Words(f"{label}: the weights need more files", "Most software ignores such files")
    if place.says("Custom dependencies"):
        return Words(
            f"{label}: the weights need an environment of their own", "Programs without it cannot run them"
        )
    if place.says("Run mode"):
        return Words(f"run_mode {shown(place.value)} is known to few programs", "Leave it out if you can")
    return None
