"""A figure opened: its formula, window, definition and source, and the very calls behind the number.

entities  feeds/entities.py (Figures), feeds/records.py (LegRecord)
asks      feeds/requests.py (CallsParams, CallsResult), feeds/gateway/asking/archive.py
formulas  feeds/definitions.py, feeds/figures.py, feeds/ledger.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/figures/present.py
panel     console/figures/panel.py, widgets/tables/lines_table.py
tests     tests/figures
"""
