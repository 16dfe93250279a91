"""The floor as a map of seats: who sits where, what everybody is doing, and for how long.

entities  feeds/entities.py (SiteInfo, Seat, Call)
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/floor/present.py, console/phrases/states.py, console/floor/choosing.py
panel     console/floor/panel.py, widgets/seat_field.py, widgets/field_layout.py, widgets/seat_card.py
tests     tests/floor, tests/widgets/test_seat_field.py
"""
