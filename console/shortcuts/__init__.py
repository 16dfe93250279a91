"""The page of shortcuts: what every key does, and how to have it otherwise.

settings  console/shortcuts/store.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/shortcuts/present.py
panel     console/shortcuts/panel.py, console/shortcuts/actions.py
tests     tests/shortcuts
"""
