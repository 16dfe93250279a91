"""One field that finds everything: seats, agents, queues, calls, alarms and commands, by name, pinyin or number.

entities  feeds/entities.py (Seat, AgentDay, Queue, Call, Alarm)
words     resources/i18n/zh_CN.json, resources/i18n/en.json, resources/pinyin/readings.txt
present   console/finder/present.py, console/finder/matching.py, console/finder/pinyin.py
panel     console/finder/panel.py, widgets/finding/finder_list.py
tests     tests/finder, tests/bench/bench_finder.py
"""
