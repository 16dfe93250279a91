"""The alarms: what is outside its limits or was a moment ago, since when, who has taken note, and what was put aside.

settings  config/schema.py (AlarmRule, Threshold, AlarmSettings), config/checking/alarm_checks.py,
          config/sites/demo/alarms.yaml
facts     feeds/facts.py (AlarmAcknowledged, AlarmShelved, AlarmUnshelved, AlarmOutOfService, AlarmInService)
entities  feeds/entities.py (Alarm, AlarmDay, Order)
fold      feeds/folding/watching.py, feeds/folding/ruling.py, feeds/folding/alarming.py
rules     feeds/rules/alarms.py, feeds/rules/alarm_rules.py, feeds/rules/causes.py, feeds/rules/alarm_orders.py,
          feeds/gateway/ordering/alarm_orders.py, console/rights.py, console/orders.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json, console/phrases/alarms.py
sound     resources/sounds, console/alarms/sound.py, console/alarms/sound_button.py
present   console/alarms/present.py, console/alarms/journal.py
panel     console/alarms/panel.py, console/alarms/forms.py, widgets/tables/lines_table.py,
          widgets/tables/line_deeds.py
counts    feeds/reporting/alarms.py
tests     tests/alarms, tests/widgets/test_lines_table.py
"""
