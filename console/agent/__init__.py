"""One seat and who sits there: state, call in hand, the day so far, and what can be ordered.

entities  feeds/entities.py (Seat, Call, AgentDay, Figures, Order)
rules     feeds/rules/commands.py, console/rights.py, console/orders.py
words     resources/i18n/zh_CN.json, resources/i18n/en.json
present   console/agent/present.py, console/agent/past.py
panel     console/agent/panel.py, widgets/state_band.py, widgets/fact_grid.py, widgets/timeline.py
asking    console/agent/asking.py, feeds/gateway/asking/agents.py, feeds/agent_figures.py
tests     tests/agent, tests/desk/test_orders.py
"""
