"""What changed while nobody sat here: noticed by what hands do not do, and asked of the gateway when they are back.

settings  console/away/memory.py
entities  feeds/records.py (Happening), feeds/entities.py (Alarm, Order, Switch, Source, Notice, Note),
          feeds/requests.py (JournalResult)
rules     feeds/gateway/running/chronicle.py, feeds/gateway/asking/shifts.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/away/present.py
panel     console/away/panel.py, console/away/watch.py, console/away/absence.py, console/away/curtain.py
tests     tests/away
"""
