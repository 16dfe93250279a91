"""The wall display: a floor to be read across the room, for weeks, by people who cannot touch it.

settings  config/schema.py (WallSettings), console/wall/options.py
entities  feeds/entities.py (SiteInfo, Source, Queue, Seat, Staff, Figures, Trend, Alarm)
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/wall/present.py, console/wall/crew.py, console/wall/heading.py, console/phrases/
pages     console/wall/pages.py, console/wall/grid.py
panel     console/wall/panel.py, console/wall/display.py
kiosk     console/wall/command.py, console/wall/kiosk.py, console/wall/window.py, console/wall/guardian.py
tests     tests/wall, tests/widgets, tests/screens, tests/bench/bench_wall.py
"""
