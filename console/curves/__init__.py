"""The day's curves of a scope: requests, rates with their targets, who waited, and agents against what was needed.

asks      feeds/requests.py (HistoryParams, HistoryResult), feeds/gateway/asking/archive.py
formulas  feeds/definitions.py, feeds/figures.py, feeds/queueing.py
entities  feeds/entities.py (SiteInfo, Limit)
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/curves/present.py
panel     console/curves/panel.py, widgets/curves/, widgets/tables/lines_table.py
tests     tests/curves
"""
