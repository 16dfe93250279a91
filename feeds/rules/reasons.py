"""The reason of an order: which orders need one on a site, and what it may be."""

from __future__ import annotations

from typing import Final

from config.schema import Site
from feeds.said import Said, said

LONGEST: Final = 200
"""Characters of an order's reason, which the audit keeps."""


def reason_refusal(site: Site, order: str, reason: str) -> Said | None:
    """Why an order cannot be given with that reason, None if it can; what an order needs is for the site to say."""
    text = reason.strip()
    if not text and order in site.orders.reason_for:
        return said("order.reason_missing", "this site asks for a reason for {order}", order=order)
    if len(text) > LONGEST or not text.isprintable():
        return said("order.reason_long", "a reason is one line of at most {most} characters", most=LONGEST)
    return None
