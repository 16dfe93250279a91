"""The alarms: what is outside its limits or was a moment ago, since when, and who has taken note of it.

entities  feeds/entities.py (Alarm, Order)
rules     feeds/rules/alarms.py, feeds/rules/orders.py, console/rights.py, console/orders.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/alarms/present.py
panel     console/alarms/panel.py, widgets/lines_table.py
tests     tests/alarms, tests/widgets/test_lines_table.py
"""
