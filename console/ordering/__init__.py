"""Giving orders with care: whom they hit, why, one result for each, taken back for a while, and a list of all of them.

entities  feeds/entities.py (Order, Notice, SiteInfo), feeds/requests.py (OrderParams, OrderResult)
rules     feeds/rules/effects.py, feeds/rules/reasons.py, feeds/rules/breaks.py, feeds/said.py,
          feeds/gateway/ordering/undoing.py
settings  config/schema.py (OrderSettings)
words     resources/i18n/zh_CN.json, resources/i18n/en.json, console/phrases/said.py
present   console/ordering/present.py, console/ordering/deeds.py, console/ordering/quotas.py
panel     console/ordering/panel.py, console/ordering/review.py, console/ordering/move.py, console/ordering/notice.py
asking    console/ordering/room.py, console/ordering/rehearsal.py, console/ordering/giving.py
tests     tests/ordering
"""
