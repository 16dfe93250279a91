"""The handover sheet: a shift on one page for whoever comes next, and the notes that they are to read.

settings  config/schema.py (Shift), config/sites/demo/site.yaml
entities  feeds/entities.py (Note), feeds/records.py (Happening),
          feeds/requests.py (ShiftParams, ShiftResult, JournalResult)
rules     feeds/rules/handover.py, feeds/gateway/asking/shifts.py, feeds/gateway/running/chronicle.py, console/orders.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/handover/present.py, console/handover/spans.py
panel     console/handover/panel.py, console/handover/page.py, console/handover/notes.py
tests     tests/handover
"""
