"""A floor that does not exist: callers, agents and their days from the site's simulation profile (HANDBOOK 7).

`streams` and `days` are randomness and time, `demand` who calls, `roster` who works, `agenda` what comes next,
`people`, `routing`, `calls` and `outbound` what they do, `engine` the whole, `source` the engine at a clock's pace.
"""
