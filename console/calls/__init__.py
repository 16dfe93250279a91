"""Orders for calls: waiting callers to another queue, ahead of others, to a number, or cut off.

entities  feeds/entities.py (Call, Queue)
rules     feeds/rules/commands.py, feeds/rules/effects.py
rights    console/rights.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/calls/present.py
panel     console/calls/panel.py
tests     tests/calls
"""
