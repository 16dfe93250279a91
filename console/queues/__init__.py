"""The queues: how many wait and how long, how well they are answered, who is free; and every caller who waits.

entities  feeds/entities.py (Queue, Call, Staff, Figures, Alarm)
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/queues/present.py
panel     console/queues/panel.py, console/queues/table.py, widgets/card_list.py, widgets/tables/lines_table.py,
          widgets/tables/frozen_table.py
tests     tests/queues, tests/widgets/test_lines_table.py, tests/widgets/test_frozen_table.py
"""
