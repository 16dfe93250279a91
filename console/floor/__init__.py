"""The floor as a map of seats: who sits where, what everybody is doing, and for how long.

settings  console/floor/keeping.py (floor.json of the user)
entities  feeds/entities.py (SiteInfo, Seat, Call, AgentDay, Layout)
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/floor/present.py, console/floor/roll.py, console/floor/columns.py, console/floor/choosing.py
panel     console/floor/panel.py, console/floor/filters.py, widgets/seats/seat_field.py, widgets/tables/key_rows.py,
          widgets/tables/frozen_table.py
drawing   console/floor/editor.py, console/floor/plan.py, widgets/seats/plan_field.py, feeds/rules/layout.py,
          feeds/gateway/ordering/layouts.py, config/layout_file.py, tests/gateway/ordering/test_layout.py
tests     tests/floor, tests/widgets/test_seat_field.py
"""
