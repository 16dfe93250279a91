"""What failed and why, written down when it happens and offered at the next start: to read, to copy, to delete.

words     resources/i18n/zh_CN.json, resources/i18n/en.json
store     console/reports/store.py (Report)
present   console/reports/present.py
panel     console/reports/panel.py
tests     tests/reports
"""
