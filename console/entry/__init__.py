"""Which floor the desk shows: the demo, a gateway or a recording; asked at the first start and whenever wanted.

words     resources/i18n/zh_CN.json, resources/i18n/en.json
store     console/entry/store.py (Connection)
present   console/entry/present.py
panel     console/entry/panel.py, console/entry/forms.py, console/entry/reaching.py, console/entry/child.py
tests     tests/entry
"""
