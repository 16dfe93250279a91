<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message id="action.alarm.aside">
        <source>Show the alarms put aside</source>
        <translation>Show the alarms put aside</translation>
    </message>
    <message id="action.alarm.first">
        <source>Go to the gravest alarm</source>
        <translation>Go to the gravest alarm</translation>
    </message>
    <message id="action.alarm.journal">
        <source>Show the journal of alarms</source>
        <translation>Show the journal of alarms</translation>
    </message>
    <message id="action.alarm.mute">
        <source>Mute the alarms, or let them sound</source>
        <translation>Mute the alarms, or let them sound</translation>
    </message>
    <message id="action.alarm.open">
        <source>Show the open alarms</source>
        <translation>Show the open alarms</translation>
    </message>
    <message id="action.alarm.unfold">
        <source>Show what follows from the alarm</source>
        <translation>Show what follows from the alarm</translation>
    </message>
    <message id="action.away.leave">
        <source>Step away</source>
        <translation>Step away</translation>
    </message>
    <message id="action.away.open">
        <source>What changed while you were away</source>
        <translation>What changed while you were away</translation>
    </message>
    <message id="action.desk.close">
        <source>Close the desk</source>
        <translation>Close the desk</translation>
    </message>
    <message id="action.finder.open">
        <source>Search seats, queues, commands</source>
        <translation>Search seats, queues, commands</translation>
    </message>
    <message id="action.floor.edit">
        <source>Edit the floor&apos;s layout</source>
        <translation>Edit the floor&apos;s layout</translation>
    </message>
    <message id="action.floor.overdue">
        <source>Only seats that are overdue</source>
        <translation>Only seats that are overdue</translation>
    </message>
    <message id="action.floor.search">
        <source>Find on the floor</source>
        <translation>Find on the floor</translation>
    </message>
    <message id="action.floor.show_all">
        <source>Clear the floor&apos;s filters</source>
        <translation>Clear the floor&apos;s filters</translation>
    </message>
    <message id="action.floor.turn">
        <source>Floor as map or table</source>
        <translation>Floor as map or table</translation>
    </message>
    <message id="action.floor.zoom_in">
        <source>Map larger</source>
        <translation>Map larger</translation>
    </message>
    <message id="action.floor.zoom_out">
        <source>Map smaller</source>
        <translation>Map smaller</translation>
    </message>
    <message id="action.floor.zoom_usual">
        <source>Map at usual size</source>
        <translation>Map at usual size</translation>
    </message>
    <message id="action.handover.open">
        <source>Handover sheet…</source>
        <translation>Handover sheet…</translation>
    </message>
    <message id="action.language">
        <source>Language: {name}</source>
        <translation>Language: {name}</translation>
    </message>
    <message id="action.link.copy">
        <source>Copy link</source>
        <translation>Copy link</translation>
    </message>
    <message id="action.orders.undo">
        <source>Undo the last order at the seat</source>
        <translation>Undo the last order at the seat</translation>
    </message>
    <message id="action.panel.next">
        <source>Next panel</source>
        <translation>Next panel</translation>
    </message>
    <message id="action.panel.one">
        <source>Go to {name}</source>
        <translation>Go to {name}</translation>
    </message>
    <message id="action.panel.previous">
        <source>Previous panel</source>
        <translation>Previous panel</translation>
    </message>
    <message id="action.queues.all">
        <source>Show the callers of all queues</source>
        <translation>Show the callers of all queues</translation>
    </message>
    <message id="action.shortcuts.open">
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message id="action.table.copy">
        <source>Copy as text</source>
        <translation>Copy as text</translation>
    </message>
    <message id="action.table.csv">
        <source>Export CSV…</source>
        <translation>Export CSV…</translation>
    </message>
    <message id="action.table.pdf">
        <source>Save as PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message id="action.table.print">
        <source>Print…</source>
        <translation>Print…</translation>
    </message>
    <message id="action.theme">
        <source>Theme: {name}</source>
        <translation>Theme: {name}</translation>
    </message>
    <message id="actions.alarm">
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message id="actions.desk">
        <source>Desk</source>
        <translation>Desk</translation>
    </message>
    <message id="actions.go">
        <source>Go to</source>
        <translation>Go to</translation>
    </message>
    <message id="actions.seat">
        <source>Seat</source>
        <translation>Seat</translation>
    </message>
    <message id="actions.table">
        <source>Table</source>
        <translation>Table</translation>
    </message>
    <message id="actions.view">
        <source>Look</source>
        <translation>Look</translation>
    </message>
    <message id="agent.by">
        <source>By</source>
        <translation>By</translation>
    </message>
    <message id="agent.call">
        <source>Call</source>
        <translation>Call</translation>
    </message>
    <message id="agent.call_open">
        <source>in progress</source>
        <translation>in progress</translation>
    </message>
    <message id="agent.caller">
        <source>Caller</source>
        <translation>Caller</translation>
    </message>
    <message id="agent.calls">
        <source>Calls today {count}</source>
        <translation>Calls today {count}</translation>
    </message>
    <message id="agent.calls.caller">
        <source>Caller</source>
        <translation>Caller</translation>
    </message>
    <message id="agent.calls.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="agent.calls.talk">
        <source>Talk</source>
        <translation>Talk</translation>
    </message>
    <message id="agent.calls.time">
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message id="agent.calls_today">
        <source>Calls today</source>
        <translation>Calls today</translation>
    </message>
    <message id="agent.choose">
        <source>Choose a seat on the floor</source>
        <translation>Choose a seat on the floor</translation>
    </message>
    <message id="agent.doubt">
        <source>Contradiction</source>
        <translation>Contradiction</translation>
    </message>
    <message id="agent.extension">
        <source>Extension</source>
        <translation>Extension</translation>
    </message>
    <message id="agent.figure.aht">
        <source>Handle time</source>
        <translation>Handle time</translation>
    </message>
    <message id="agent.figure.answered">
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message id="agent.figure.occupancy">
        <source>Occupancy</source>
        <translation>Occupancy</translation>
    </message>
    <message id="agent.figure.ring_no_answer">
        <source>Missed</source>
        <translation>Missed</translation>
    </message>
    <message id="agent.figure.transfers">
        <source>Transfers</source>
        <translation>Transfers</translation>
    </message>
    <message id="agent.for_whom">
        <source>For whom</source>
        <translation>For whom</translation>
    </message>
    <message id="agent.gone">
        <source>This seat is not in sight any more</source>
        <translation>This seat is not in sight any more</translation>
    </message>
    <message id="agent.line_asking">
        <source>Asking…</source>
        <translation>Asking…</translation>
    </message>
    <message id="agent.line_day">
        <source>The day</source>
        <translation>The day</translation>
    </message>
    <message id="agent.line_failed">
        <source>It could not be had: {why}</source>
        <translation>It could not be had: {why}</translation>
    </message>
    <message id="agent.line_hours">
        <source>Last 2 hours</source>
        <translation>Last 2 hours</translation>
    </message>
    <message id="agent.line_nothing">
        <source>Nothing is known</source>
        <translation>Nothing is known</translation>
    </message>
    <message id="agent.line_spoken">
        <source>States from {begin} to {end}, {count} of them; the arrow keys go from one to the next</source>
        <translation>States from {begin} to {end}, {count} of them; the arrow keys go from one to the next</translation>
    </message>
    <message id="agent.line_stale">
        <source>Cannot be asked for while the data is old</source>
        <translation>Cannot be asked for while the data is old</translation>
    </message>
    <message id="agent.line_tip">
        <source>{begin}–{end}  {state}  {time}</source>
        <translation>{begin}–{end}  {state}  {time}</translation>
    </message>
    <message id="agent.more">
        <source>…</source>
        <translation>…</translation>
    </message>
    <message id="agent.no_calls">
        <source>No calls today</source>
        <translation>No calls today</translation>
    </message>
    <message id="agent.no_number">
        <source>no number</source>
        <translation>no number</translation>
    </message>
    <message id="agent.notice">
        <source>Notice: {text} ({by})</source>
        <translation>Notice: {text} ({by})</translation>
    </message>
    <message id="agent.number">
        <source>agent {number}</source>
        <translation>agent {number}</translation>
    </message>
    <message id="agent.orders">
        <source>Orders</source>
        <translation>Orders</translation>
    </message>
    <message id="agent.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="agent.rail">
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message id="agent.reason">
        <source>Reason to pause</source>
        <translation>Reason to pause</translation>
    </message>
    <message id="agent.reason_short">
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message id="agent.selected">
        <source>{count} seats selected</source>
        <translation>{count} seats selected</translation>
    </message>
    <message id="agent.since">
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message id="agent.skills">
        <source>Skills</source>
        <translation>Skills</translation>
    </message>
    <message id="agent.team">
        <source>{name} · {count}</source>
        <translation>{name} · {count}</translation>
    </message>
    <message id="agent.team_mean">
        <source>team {time}</source>
        <translation>team {time}</translation>
    </message>
    <message id="agent.this_seat">
        <source>This seat</source>
        <translation>This seat</translation>
    </message>
    <message id="agent.title">
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message id="agent.today">
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message id="agent.usual">
        <source>Usual reasons</source>
        <translation>Usual reasons</translation>
    </message>
    <message id="agent.waited">
        <source>waited {time}</source>
        <translation>waited {time}</translation>
    </message>
    <message id="agent.whole_day">
        <source>Whole day</source>
        <translation>Whole day</translation>
    </message>
    <message id="agent.whole_day_tip">
        <source>Show the whole day instead of the last two hours</source>
        <translation>Show the whole day instead of the last two hours</translation>
    </message>
    <message id="agent.withheld">
        <source>Not shown to whoever may only look</source>
        <translation>Not shown to whoever may only look</translation>
    </message>
    <message id="alarm.acknowledged">
        <source>acknowledged by {by}</source>
        <translation>acknowledged by {by}</translation>
    </message>
    <message id="alarm.limit_withheld">
        <source>a limit that is not shown here</source>
        <translation>a limit that is not shown here</translation>
    </message>
    <message id="alarm.more">
        <source>{count} more</source>
        <translation>{count} more</translation>
    </message>
    <message id="alarm.nobody_waits">
        <source>{scope}  {figure}  nobody waits now</source>
        <translation>{scope}  {figure}  nobody waits now</translation>
    </message>
    <message id="alarm.none">
        <source>No alarms</source>
        <translation>No alarms</translation>
    </message>
    <message id="alarm.over">
        <source>{scope}  {figure} {value}  over {limit}</source>
        <translation>{scope}  {figure} {value}  over {limit}</translation>
    </message>
    <message id="alarm.since">
        <source>since {time}</source>
        <translation>since {time}</translation>
    </message>
    <message id="alarm.site">
        <source>All queues</source>
        <translation>All queues</translation>
    </message>
    <message id="alarm.unacknowledged">
        <source>not acknowledged</source>
        <translation>not acknowledged</translation>
    </message>
    <message id="alarm.under">
        <source>{scope}  {figure} {value}  below {limit}</source>
        <translation>{scope}  {figure} {value}  below {limit}</translation>
    </message>
    <message id="alarm.withheld">
        <source>{scope}  {figure} {value}  limit not shown here</source>
        <translation>{scope}  {figure} {value}  limit not shown here</translation>
    </message>
    <message id="alarm.within">
        <source>{scope}  {figure} {value}  back within its limit ({limit})</source>
        <translation>{scope}  {figure} {value}  back within its limit ({limit})</translation>
    </message>
    <message id="alarms.acknowledge">
        <source>Acknowledge</source>
        <translation>Acknowledge</translation>
    </message>
    <message id="alarms.acknowledged">
        <source>Acknowledged by {by}</source>
        <translation>Acknowledged by {by}</translation>
    </message>
    <message id="alarms.acknowledged_over">
        <source>Over, acknowledged by {by}</source>
        <translation>Over, acknowledged by {by}</translation>
    </message>
    <message id="alarms.advice">
        <source>What to do: {text}</source>
        <translation>What to do: {text}</translation>
    </message>
    <message id="alarms.consequence">
        <source>└ {text}</source>
        <translation>└ {text}</translation>
    </message>
    <message id="alarms.count_fresh">
        <source>{count} not acknowledged</source>
        <translation>{count} not acknowledged</translation>
    </message>
    <message id="alarms.count_out">
        <source>{count} out of service</source>
        <translation>{count} out of service</translation>
    </message>
    <message id="alarms.count_shelved">
        <source>{count} shelved</source>
        <translation>{count} shelved</translation>
    </message>
    <message id="alarms.count_today">
        <source>{count} today</source>
        <translation>{count} today</translation>
    </message>
    <message id="alarms.critical">
        <source>Critical</source>
        <translation>Critical</translation>
    </message>
    <message id="alarms.did">
        <source>What happened</source>
        <translation>What happened</translation>
    </message>
    <message id="alarms.did.acknowledged">
        <source>Acknowledged</source>
        <translation>Acknowledged</translation>
    </message>
    <message id="alarms.did.changed">
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message id="alarms.did.eased">
        <source>Eased</source>
        <translation>Eased</translation>
    </message>
    <message id="alarms.did.followed">
        <source>Followed</source>
        <translation>Followed</translation>
    </message>
    <message id="alarms.did.in_service">
        <source>In service again</source>
        <translation>In service again</translation>
    </message>
    <message id="alarms.did.out_of_service">
        <source>Out of service</source>
        <translation>Out of service</translation>
    </message>
    <message id="alarms.did.raised">
        <source>Raised</source>
        <translation>Raised</translation>
    </message>
    <message id="alarms.did.returned">
        <source>Returned</source>
        <translation>Returned</translation>
    </message>
    <message id="alarms.did.shelf_ended">
        <source>Shelf time over</source>
        <translation>Shelf time over</translation>
    </message>
    <message id="alarms.did.shelved">
        <source>Shelved</source>
        <translation>Shelved</translation>
    </message>
    <message id="alarms.did.unshelved">
        <source>Off the shelf</source>
        <translation>Off the shelf</translation>
    </message>
    <message id="alarms.did.worse">
        <source>Worse</source>
        <translation>Worse</translation>
    </message>
    <message id="alarms.duration">
        <source>Duration</source>
        <translation>Duration</translation>
    </message>
    <message id="alarms.first">
        <source>① {text}</source>
        <translation>① {text}</translation>
    </message>
    <message id="alarms.fold">
        <source>Hide what follows</source>
        <translation>Hide what follows</translation>
    </message>
    <message id="alarms.follows">
        <source>Follows from the above</source>
        <translation>Follows from the above</translation>
    </message>
    <message id="alarms.for_many">
        <source>{name}: {count}</source>
        <translation>{name}: {count}</translation>
    </message>
    <message id="alarms.form.hours">
        <source>{count} h</source>
        <translation>{count} h</translation>
    </message>
    <message id="alarms.form.minutes">
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message id="alarms.form.no">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="alarms.form.no_reason">
        <source>Write a reason: whoever comes next has to know why</source>
        <translation>Write a reason: whoever comes next has to know why</translation>
    </message>
    <message id="alarms.form.no_time">
        <source>Choose for how long</source>
        <translation>Choose for how long</translation>
    </message>
    <message id="alarms.form.out">
        <source>Take alarms out of service: {count}</source>
        <translation>Take alarms out of service: {count}</translation>
    </message>
    <message id="alarms.form.out_detail">
        <source>It tells nothing more until somebody returns it to service, and hides no other alarm meanwhile.</source>
        <translation>It tells nothing more until somebody returns it to service, and hides no other alarm meanwhile.</translation>
    </message>
    <message id="alarms.form.out_following">
        <source>Alarms that follow and will tell by themselves: {count}</source>
        <translation>Alarms that follow and will tell by themselves: {count}</translation>
    </message>
    <message id="alarms.form.out_yes">
        <source>Take out of service</source>
        <translation>Take out of service</translation>
    </message>
    <message id="alarms.form.reason">
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message id="alarms.form.reason_hint">
        <source>What is known, who takes care</source>
        <translation>What is known, who takes care</translation>
    </message>
    <message id="alarms.form.shelve">
        <source>Shelve alarms: {count}</source>
        <translation>Shelve alarms: {count}</translation>
    </message>
    <message id="alarms.form.shelve_detail">
        <source>Until then it is not counted, shown or heard, and neither is what follows from it. What still holds then tells by itself once this alarm is over.</source>
        <translation>Until then it is not counted, shown or heard, and neither is what follows from it. What still holds then tells by itself once this alarm is over.</translation>
    </message>
    <message id="alarms.form.shelve_following">
        <source>Alarms that stay quiet with it: {count}</source>
        <translation>Alarms that stay quiet with it: {count}</translation>
    </message>
    <message id="alarms.form.shelve_yes">
        <source>Shelve</source>
        <translation>Shelve</translation>
    </message>
    <message id="alarms.form.time">
        <source>For how long</source>
        <translation>For how long</translation>
    </message>
    <message id="alarms.fresh">
        <source>Not acknowledged</source>
        <translation>Not acknowledged</translation>
    </message>
    <message id="alarms.fresh_over">
        <source>Over, not acknowledged</source>
        <translation>Over, not acknowledged</translation>
    </message>
    <message id="alarms.info">
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message id="alarms.journal_asked">
        <source>Asking the gateway…</source>
        <translation>Asking the gateway…</translation>
    </message>
    <message id="alarms.journal_empty">
        <source>No alarm since {time}</source>
        <translation>No alarm since {time}</translation>
    </message>
    <message id="alarms.journal_failed">
        <source>The journal cannot be had: {why}</source>
        <translation>The journal cannot be had: {why}</translation>
    </message>
    <message id="alarms.lasts">
        <source>{text}, for {time}</source>
        <translation>{text}, for {time}</translation>
    </message>
    <message id="alarms.left">
        <source>Left</source>
        <translation>Left</translation>
    </message>
    <message id="alarms.level">
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message id="alarms.locate">
        <source>Locate</source>
        <translation>Locate</translation>
    </message>
    <message id="alarms.mute_for">
        <source>Mute for {count} min</source>
        <translation>Mute for {count} min</translation>
    </message>
    <message id="alarms.muted">
        <source>Muted {time}</source>
        <translation>Muted {time}</translation>
    </message>
    <message id="alarms.name">
        <source>Your name</source>
        <translation>Your name</translation>
    </message>
    <message id="alarms.name_why">
        <source>Several people use this credential: who takes note is written down with this name</source>
        <translation>Several people use this credential: who takes note is written down with this name</translation>
    </message>
    <message id="alarms.namesake.group">
        <source>{name} (group)</source>
        <translation>{name} (group)</translation>
    </message>
    <message id="alarms.namesake.seat_type">
        <source>{name} (seat type)</source>
        <translation>{name} (seat type)</translation>
    </message>
    <message id="alarms.namesake.team">
        <source>{name} (team)</source>
        <translation>{name} (team)</translation>
    </message>
    <message id="alarms.namesake.vendor">
        <source>{name} (vendor)</source>
        <translation>{name} (vendor)</translation>
    </message>
    <message id="alarms.no_end">
        <source>until returned</source>
        <translation>until returned</translation>
    </message>
    <message id="alarms.no_sound">
        <source>No sound here</source>
        <translation>No sound here</translation>
    </message>
    <message id="alarms.no_sound_why">
        <source>No player was found (pw-play, paplay, aplay): alarms may not be heard</source>
        <translation>No player was found (pw-play, paplay, aplay): alarms may not be heard</translation>
    </message>
    <message id="alarms.nobody_waits">
        <source>{figure}: nobody waits now, limit {limit}</source>
        <translation>{figure}: nobody waits now, limit {limit}</translation>
    </message>
    <message id="alarms.none_aside">
        <source>Nothing is shelved or out of service</source>
        <translation>Nothing is shelved or out of service</translation>
    </message>
    <message id="alarms.only_bell">
        <source>System bell only</source>
        <translation>System bell only</translation>
    </message>
    <message id="alarms.out_of_service">
        <source>Out of service…</source>
        <translation>Out of service…</translation>
    </message>
    <message id="alarms.out_of_service_by">
        <source>Out of service by {by} at {time}: {reason}</source>
        <translation>Out of service by {by} at {time}: {reason}</translation>
    </message>
    <message id="alarms.over">
        <source>{figure} {value}, over {limit}</source>
        <translation>{figure} {value}, over {limit}</translation>
    </message>
    <message id="alarms.page.aside">
        <source>Put aside</source>
        <translation>Put aside</translation>
    </message>
    <message id="alarms.page.journal">
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message id="alarms.page.open">
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message id="alarms.person">
        <source>By</source>
        <translation>By</translation>
    </message>
    <message id="alarms.rail">
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message id="alarms.reason">
        <source>Why</source>
        <translation>Why</translation>
    </message>
    <message id="alarms.return_to_service">
        <source>Return to service</source>
        <translation>Return to service</translation>
    </message>
    <message id="alarms.ruled_over">
        <source>{text}: {value}, over {limit}</source>
        <translation>{text}: {value}, over {limit}</translation>
    </message>
    <message id="alarms.ruled_under">
        <source>{text}: {value}, below {limit}</source>
        <translation>{text}: {value}, below {limit}</translation>
    </message>
    <message id="alarms.ruled_within">
        <source>{text}: {value}, back within its limit ({limit})</source>
        <translation>{text}: {value}, back within its limit ({limit})</translation>
    </message>
    <message id="alarms.seat">
        <source>Seat {seat}{who}</source>
        <translation>Seat {seat}{who}</translation>
    </message>
    <message id="alarms.several">
        <source>{done} of {count} done. {text}</source>
        <translation>{done} of {count} done. {text}</translation>
    </message>
    <message id="alarms.shelve">
        <source>Shelve…</source>
        <translation>Shelve…</translation>
    </message>
    <message id="alarms.shelved_by">
        <source>Shelved by {by} at {time}: {reason}</source>
        <translation>Shelved by {by} at {time}: {reason}</translation>
    </message>
    <message id="alarms.since">
        <source>since {time}</source>
        <translation>since {time}</translation>
    </message>
    <message id="alarms.sound">
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message id="alarms.sound_why">
        <source>Mute the sound of alarms for a time</source>
        <translation>Mute the sound of alarms for a time</translation>
    </message>
    <message id="alarms.source">
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message id="alarms.source_main">
        <source>Telephone system</source>
        <translation>Telephone system</translation>
    </message>
    <message id="alarms.source_named">
        <source>Source {source}</source>
        <translation>Source {source}</translation>
    </message>
    <message id="alarms.state">
        <source>State</source>
        <translation>State</translation>
    </message>
    <message id="alarms.text">
        <source>What</source>
        <translation>What</translation>
    </message>
    <message id="alarms.time">
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message id="alarms.title">
        <source>Alarms</source>
        <translation>Alarms</translation>
    </message>
    <message id="alarms.under">
        <source>{figure} {value}, below {limit}</source>
        <translation>{figure} {value}, below {limit}</translation>
    </message>
    <message id="alarms.unfold">
        <source>Show consequences</source>
        <translation>Show consequences</translation>
    </message>
    <message id="alarms.unfold_count">
        <source>Show what follows ({count})</source>
        <translation>Show what follows ({count})</translation>
    </message>
    <message id="alarms.unmute">
        <source>Be heard again</source>
        <translation>Be heard again</translation>
    </message>
    <message id="alarms.unproved">
        <source>{text}, not known any more</source>
        <translation>{text}, not known any more</translation>
    </message>
    <message id="alarms.unshelve">
        <source>Take off the shelf</source>
        <translation>Take off the shelf</translation>
    </message>
    <message id="alarms.until">
        <source>until {time}: {reason}</source>
        <translation>until {time}: {reason}</translation>
    </message>
    <message id="alarms.warn">
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message id="alarms.was">
        <source>{figure}, was outside {limit}</source>
        <translation>{figure}, was outside {limit}</translation>
    </message>
    <message id="alarms.who">
        <source>By whom, why</source>
        <translation>By whom, why</translation>
    </message>
    <message id="alarms.with_more">
        <source>{text} (+{count})</source>
        <translation>{text} (+{count})</translation>
    </message>
    <message id="alarms.withheld">
        <source>{figure} {value}, limit not shown here</source>
        <translation>{figure} {value}, limit not shown here</translation>
    </message>
    <message id="alarms.within">
        <source>{figure} {value}, back within its limit ({limit})</source>
        <translation>{figure} {value}, back within its limit ({limit})</translation>
    </message>
    <message id="attention.open">
        <source>Open the desk</source>
        <translation>Open the desk</translation>
    </message>
    <message id="attention.quit">
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message id="attention.title">
        <source>{site}: critical alarms {count}</source>
        <translation>{site}: critical alarms {count}</translation>
    </message>
    <message id="away.after">
        <source>Away after {minutes} min without a hand</source>
        <translation>Away after {minutes} min without a hand</translation>
    </message>
    <message id="away.alarm.acknowledged">
        <source>Acknowledged by {by}</source>
        <translation>Acknowledged by {by}</translation>
    </message>
    <message id="away.alarm.changed">
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message id="away.alarm.eased">
        <source>Less grave now</source>
        <translation>Less grave now</translation>
    </message>
    <message id="away.alarm.in_service">
        <source>In service again</source>
        <translation>In service again</translation>
    </message>
    <message id="away.alarm.in_service_by">
        <source>In service again ({by})</source>
        <translation>In service again ({by})</translation>
    </message>
    <message id="away.alarm.out_of_service">
        <source>Out of service ({by})</source>
        <translation>Out of service ({by})</translation>
    </message>
    <message id="away.alarm.raised">
        <source>New</source>
        <translation>New</translation>
    </message>
    <message id="away.alarm.returned">
        <source>Over</source>
        <translation>Over</translation>
    </message>
    <message id="away.alarm.shelved">
        <source>Shelved by {by}</source>
        <translation>Shelved by {by}</translation>
    </message>
    <message id="away.alarm.unshelved">
        <source>Taken off the shelf</source>
        <translation>Taken off the shelf</translation>
    </message>
    <message id="away.alarm.unshelved_by">
        <source>Taken off the shelf by {by}</source>
        <translation>Taken off the shelf by {by}</translation>
    </message>
    <message id="away.alarm.worse">
        <source>Worse now</source>
        <translation>Worse now</translation>
    </message>
    <message id="away.come_back">
        <source>Press any key or click to come back</source>
        <translation>Press any key or click to come back</translation>
    </message>
    <message id="away.end.done">
        <source>done</source>
        <translation>done</translation>
    </message>
    <message id="away.end.failed">
        <source>failed</source>
        <translation>failed</translation>
    </message>
    <message id="away.end.refused">
        <source>refused</source>
        <translation>refused</translation>
    </message>
    <message id="away.end.undone">
        <source>undone</source>
        <translation>undone</translation>
    </message>
    <message id="away.end.unknown">
        <source>end unknown</source>
        <translation>end unknown</translation>
    </message>
    <message id="away.failed">
        <source>It cannot be told: {reason}</source>
        <translation>It cannot be told: {reason}</translation>
    </message>
    <message id="away.how">
        <source>How it stands</source>
        <translation>How it stands</translation>
    </message>
    <message id="away.kind.note">
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message id="away.kind.notice">
        <source>Notice</source>
        <translation>Notice</translation>
    </message>
    <message id="away.kind.order">
        <source>Order</source>
        <translation>Order</translation>
    </message>
    <message id="away.kind.source">
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message id="away.kind.switch">
        <source>Switch</source>
        <translation>Switch</translation>
    </message>
    <message id="away.kind.trunk">
        <source>Trunk</source>
        <translation>Trunk</translation>
    </message>
    <message id="away.known_from">
        <source>The gateway&apos;s journal begins at {time}: nothing is known before</source>
        <translation>The gateway&apos;s journal begins at {time}: nothing is known before</translation>
    </message>
    <message id="away.left">
        <source>Away</source>
        <translation>Away</translation>
    </message>
    <message id="away.left_off">
        <source>Only the newest are listed, {count} older ones are not</source>
        <translation>Only the newest are listed, {count} older ones are not</translation>
    </message>
    <message id="away.left_since">
        <source>since {time}</source>
        <translation>since {time}</translation>
    </message>
    <message id="away.minutes">
        <source>When I count as away</source>
        <translation>When I count as away</translation>
    </message>
    <message id="away.never">
        <source>Never away by itself</source>
        <translation>Never away by itself</translation>
    </message>
    <message id="away.never_left">
        <source>You have not been away yet</source>
        <translation>You have not been away yet</translation>
    </message>
    <message id="away.no_line">
        <source>Choose a line first</source>
        <translation>Choose a line first</translation>
    </message>
    <message id="away.no_lock">
        <source>This is no security lock: lock the computer when you go</source>
        <translation>This is no security lock: lock the computer when you go</translation>
    </message>
    <message id="away.note">
        <source>Alarms: {alarms} · others: {others}</source>
        <translation>Alarms: {alarms} · others: {others}</translation>
    </message>
    <message id="away.note.settled">
        <source>Settled</source>
        <translation>Settled</translation>
    </message>
    <message id="away.note.written">
        <source>New note</source>
        <translation>New note</translation>
    </message>
    <message id="away.nothing">
        <source>No alarm, order or change of mode meanwhile</source>
        <translation>No alarm, order or change of mode meanwhile</translation>
    </message>
    <message id="away.nowhere">
        <source>This line is about the whole floor</source>
        <translation>This line is about the whole floor</translation>
    </message>
    <message id="away.since">
        <source>What changed since {time}</source>
        <translation>What changed since {time}</translation>
    </message>
    <message id="away.source.down">
        <source>down</source>
        <translation>down</translation>
    </message>
    <message id="away.source.silent">
        <source>silent</source>
        <translation>silent</translation>
    </message>
    <message id="away.source.up">
        <source>up</source>
        <translation>up</translation>
    </message>
    <message id="away.span">
        <source>While you were away {begin}–{end} ({length})</source>
        <translation>While you were away {begin}–{end} ({length})</translation>
    </message>
    <message id="away.times">
        <source>{what} · {count} times</source>
        <translation>{what} · {count} times</translation>
    </message>
    <message id="away.title">
        <source>While you were away</source>
        <translation>While you were away</translation>
    </message>
    <message id="away.trunk.down">
        <source>down</source>
        <translation>down</translation>
    </message>
    <message id="away.trunk.unknown">
        <source>not known</source>
        <translation>not known</translation>
    </message>
    <message id="away.trunk.up">
        <source>up</source>
        <translation>up</translation>
    </message>
    <message id="badge.books">
        <source>Books not written</source>
        <translation>Books not written</translation>
    </message>
    <message id="badge.fastest">
        <source>Max</source>
        <translation>Max</translation>
    </message>
    <message id="badge.incomplete">
        <source>Incomplete</source>
        <translation>Incomplete</translation>
    </message>
    <message id="badge.live">
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message id="badge.paused">
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message id="badge.replay">
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message id="badge.seeking">
        <source>moving {percent}%</source>
        <translation>moving {percent}%</translation>
    </message>
    <message id="badge.simulated">
        <source>Simulated</source>
        <translation>Simulated</translation>
    </message>
    <message id="badge.speed">
        <source>{speed}×</source>
        <translation>{speed}×</translation>
    </message>
    <message id="books.detail">
        <source>The gateway cannot write its books ({why}): figures are live, orders are refused meanwhile.</source>
        <translation>The gateway cannot write its books ({why}): figures are live, orders are refused meanwhile.</translation>
    </message>
    <message id="call.acw">
        <source>in wrap-up</source>
        <translation>in wrap-up</translation>
    </message>
    <message id="call.hold">
        <source>on hold</source>
        <translation>on hold</translation>
    </message>
    <message id="call.ringing">
        <source>ringing</source>
        <translation>ringing</translation>
    </message>
    <message id="call.talking">
        <source>talking</source>
        <translation>talking</translation>
    </message>
    <message id="call.waiting">
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message id="calls.ask.prioritise">
        <source>Priority (0–100, higher is answered first)</source>
        <translation>Priority (0–100, higher is answered first)</translation>
    </message>
    <message id="calls.ask.redirect">
        <source>To which number?</source>
        <translation>To which number?</translation>
    </message>
    <message id="calls.ask.requeue">
        <source>To which queue?</source>
        <translation>To which queue?</translation>
    </message>
    <message id="calls.count">
        <source>{count} calls</source>
        <translation>{count} calls</translation>
    </message>
    <message id="calls.go">
        <source>Go on…</source>
        <translation>Go on…</translation>
    </message>
    <message id="calls.queue">
        <source>{queue} ({waiting} waiting)</source>
        <translation>{queue} ({waiting} waiting)</translation>
    </message>
    <message id="curves.below">
        <source>answer rate below its target in {count} of {of} quarters</source>
        <translation>answer rate below its target in {count} of {of} quarters</translation>
    </message>
    <message id="curves.busiest">
        <source>busiest {quarter} with {count}</source>
        <translation>busiest {quarter} with {count}</translation>
    </message>
    <message id="curves.cannot">
        <source>Curves cannot be drawn on this machine; the table still works</source>
        <translation>Curves cannot be drawn on this machine; the table still works</translation>
    </message>
    <message id="curves.day">
        <source>Day</source>
        <translation>Day</translation>
    </message>
    <message id="curves.failed">
        <source>The curves could not be had: {why}</source>
        <translation>The curves could not be had: {why}</translation>
    </message>
    <message id="curves.hint">
        <source>Move the mouse or press ← → to read values</source>
        <translation>Move the mouse or press ← → to read values</translation>
    </message>
    <message id="curves.hours">
        <source>{count} h</source>
        <translation>{count} h</translation>
    </message>
    <message id="curves.incomplete">
        <source>facts are missing</source>
        <translation>facts are missing</translation>
    </message>
    <message id="curves.loading">
        <source>Preparing the curves…</source>
        <translation>Preparing the curves…</translation>
    </message>
    <message id="curves.nothing">
        <source>Nothing has been counted today</source>
        <translation>Nothing has been counted today</translation>
    </message>
    <message id="curves.pane.agents">
        <source>Agents and need</source>
        <translation>Agents and need</translation>
    </message>
    <message id="curves.pane.calls">
        <source>Calls a quarter</source>
        <translation>Calls a quarter</translation>
    </message>
    <message id="curves.pane.rates">
        <source>Answer rate and service level</source>
        <translation>Answer rate and service level</translation>
    </message>
    <message id="curves.pane.waiting">
        <source>Callers waiting</source>
        <translation>Callers waiting</translation>
    </message>
    <message id="curves.quarter">
        <source>Quarter</source>
        <translation>Quarter</translation>
    </message>
    <message id="curves.scope">
        <source>Scope</source>
        <translation>Scope</translation>
    </message>
    <message id="curves.short">
        <source>fewer agents on the queue than needed in {count}</source>
        <translation>fewer agents on the queue than needed in {count}</translation>
    </message>
    <message id="curves.stop">
        <source>; </source>
        <translation>; </translation>
    </message>
    <message id="curves.sum">
        <source>{scope}: {offered} offered and {answered} answered in the time shown</source>
        <translation>{scope}: {offered} offered and {answered} answered in the time shown</translation>
    </message>
    <message id="curves.table.tip">
        <source>Show every quarter of an hour as a table</source>
        <translation>Show every quarter of an hour as a table</translation>
    </message>
    <message id="curves.title">
        <source>Curves of the day</source>
        <translation>Curves of the day</translation>
    </message>
    <message id="curves.unfinished">
        <source>not over yet</source>
        <translation>not over yet</translation>
    </message>
    <message id="data.unwritable">
        <source>The data folder cannot be written</source>
        <translation>The data folder cannot be written</translation>
    </message>
    <message id="data.unwritable.detail">
        <source>Layout, log and keys are not kept: {folder}; press to dismiss</source>
        <translation>Layout, log and keys are not kept: {folder}; press to dismiss</translation>
    </message>
    <message id="date.day">
        <source>{weekday} {day} {month}</source>
        <translation>{weekday} {day} {month}</translation>
    </message>
    <message id="date.day_with_year">
        <source>{weekday} {day} {month} {year}</source>
        <translation>{weekday} {day} {month} {year}</translation>
    </message>
    <message id="date.full">
        <source>{day} {month} {year}</source>
        <translation>{day} {month} {year}</translation>
    </message>
    <message id="date.month.1">
        <source>Jan</source>
        <translation>Jan</translation>
    </message>
    <message id="date.month.10">
        <source>Oct</source>
        <translation>Oct</translation>
    </message>
    <message id="date.month.11">
        <source>Nov</source>
        <translation>Nov</translation>
    </message>
    <message id="date.month.12">
        <source>Dec</source>
        <translation>Dec</translation>
    </message>
    <message id="date.month.2">
        <source>Feb</source>
        <translation>Feb</translation>
    </message>
    <message id="date.month.3">
        <source>Mar</source>
        <translation>Mar</translation>
    </message>
    <message id="date.month.4">
        <source>Apr</source>
        <translation>Apr</translation>
    </message>
    <message id="date.month.5">
        <source>May</source>
        <translation>May</translation>
    </message>
    <message id="date.month.6">
        <source>Jun</source>
        <translation>Jun</translation>
    </message>
    <message id="date.month.7">
        <source>Jul</source>
        <translation>Jul</translation>
    </message>
    <message id="date.month.8">
        <source>Aug</source>
        <translation>Aug</translation>
    </message>
    <message id="date.month.9">
        <source>Sep</source>
        <translation>Sep</translation>
    </message>
    <message id="date.weekday.1">
        <source>Mon</source>
        <translation>Mon</translation>
    </message>
    <message id="date.weekday.2">
        <source>Tue</source>
        <translation>Tue</translation>
    </message>
    <message id="date.weekday.3">
        <source>Wed</source>
        <translation>Wed</translation>
    </message>
    <message id="date.weekday.4">
        <source>Thu</source>
        <translation>Thu</translation>
    </message>
    <message id="date.weekday.5">
        <source>Fri</source>
        <translation>Fri</translation>
    </message>
    <message id="date.weekday.6">
        <source>Sat</source>
        <translation>Sat</translation>
    </message>
    <message id="date.weekday.7">
        <source>Sun</source>
        <translation>Sun</translation>
    </message>
    <message id="desk.alarm_counts">
        <source>Critical alarms: {critical}, warnings: {warn}</source>
        <translation>Critical alarms: {critical}, warnings: {warn}</translation>
    </message>
    <message id="desk.alarm_counts_info">
        <source>Critical alarms: {critical}, warnings: {warn}, for information: {info}</source>
        <translation>Critical alarms: {critical}, warnings: {warn}, for information: {info}</translation>
    </message>
    <message id="desk.close">
        <source>Close {name}</source>
        <translation>Close {name}</translation>
    </message>
    <message id="desk.colours">
        <source>Colours of agents</source>
        <translation>Colours of agents</translation>
    </message>
    <message id="desk.colours.classic">
        <source>Classic: green, amber, red</source>
        <translation>Classic: green, amber, red</translation>
    </message>
    <message id="desk.colours.house">
        <source>Grey is normal</source>
        <translation>Grey is normal</translation>
    </message>
    <message id="desk.colours.site">
        <source>As the site</source>
        <translation>As the site</translation>
    </message>
    <message id="desk.contrast">
        <source>Contrast</source>
        <translation>Contrast</translation>
    </message>
    <message id="desk.contrast.high">
        <source>High</source>
        <translation>High</translation>
    </message>
    <message id="desk.contrast.system">
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message id="desk.contrast.usual">
        <source>Usual</source>
        <translation>Usual</translation>
    </message>
    <message id="desk.here">
        <source>connected</source>
        <translation>connected</translation>
    </message>
    <message id="desk.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="desk.language.en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="desk.language.site">
        <source>As the site</source>
        <translation>As the site</translation>
    </message>
    <message id="desk.language.zh_CN">
        <source>Chinese</source>
        <translation>Chinese</translation>
    </message>
    <message id="desk.motion">
        <source>Motion</source>
        <translation>Motion</translation>
    </message>
    <message id="desk.motion.still">
        <source>Reduced</source>
        <translation>Reduced</translation>
    </message>
    <message id="desk.motion.system">
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message id="desk.motion.usual">
        <source>Usual</source>
        <translation>Usual</translation>
    </message>
    <message id="desk.no_tray">
        <source>No tray here: the taskbar calls on critical alarms</source>
        <translation>No tray here: the taskbar calls on critical alarms</translation>
    </message>
    <message id="desk.nobody">
        <source>not connected</source>
        <translation>not connected</translation>
    </message>
    <message id="desk.other_floor">
        <source>Other floor…</source>
        <translation>Other floor…</translation>
    </message>
    <message id="desk.panel_failed">
        <source>This panel failed, what is below may be wrong; the crash report in the menu at the top right says why</source>
        <translation>This panel failed, what is below may be wrong; the crash report in the menu at the top right says why</translation>
    </message>
    <message id="desk.panels">
        <source>Panels</source>
        <translation>Panels</translation>
    </message>
    <message id="desk.place.closed">
        <source>Closed</source>
        <translation>Closed</translation>
    </message>
    <message id="desk.place.first">
        <source>This window</source>
        <translation>This window</translation>
    </message>
    <message id="desk.place.own">
        <source>A window of its own</source>
        <translation>A window of its own</translation>
    </message>
    <message id="desk.place.second">
        <source>Second window</source>
        <translation>Second window</translation>
    </message>
    <message id="desk.reports">
        <source>Crash reports ({count})…</source>
        <translation>Crash reports ({count})…</translation>
    </message>
    <message id="desk.reset_layout">
        <source>Reset the layout</source>
        <translation>Reset the layout</translation>
    </message>
    <message id="desk.scope">
        <source>Sees only: {names}</source>
        <translation>Sees only: {names}</translation>
    </message>
    <message id="desk.scope_all">
        <source>Sees the whole floor</source>
        <translation>Sees the whole floor</translation>
    </message>
    <message id="desk.second">
        <source>Second window</source>
        <translation>Second window</translation>
    </message>
    <message id="desk.text">
        <source>Text size</source>
        <translation>Text size</translation>
    </message>
    <message id="desk.text.size">
        <source>{size} %</source>
        <translation>{size} %</translation>
    </message>
    <message id="desk.theme">
        <source>Theme</source>
        <translation>Theme</translation>
    </message>
    <message id="desk.theme.dark">
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message id="desk.theme.light">
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message id="desk.theme.system">
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message id="desk.toggle">
        <source>Show or hide {name}</source>
        <translation>Show or hide {name}</translation>
    </message>
    <message id="desk.tray">
        <source>Stay in the tray when closed</source>
        <translation>Stay in the tray when closed</translation>
    </message>
    <message id="desk.who">
        <source>Who I am, and how the desk looks</source>
        <translation>Who I am, and how the desk looks</translation>
    </message>
    <message id="doubt.call_without_device">
        <source>call known, phone says it is free</source>
        <translation>call known, phone says it is free</translation>
    </message>
    <message id="doubt.device_unknown">
        <source>state of the phone not known</source>
        <translation>state of the phone not known</translation>
    </message>
    <message id="doubt.device_without_call">
        <source>phone in use, no call known</source>
        <translation>phone in use, no call known</translation>
    </message>
    <message id="doubt.join">
        <source>; </source>
        <translation>; </translation>
    </message>
    <message id="doubt.member_in_call">
        <source>queue holds it for busy, phone free, no call</source>
        <translation>queue holds it for busy, phone free, no call</translation>
    </message>
    <message id="doubt.since">
        <source>{what} since {time}</source>
        <translation>{what} since {time}</translation>
    </message>
    <message id="empty.detail">
        <source>connecting to the gateway</source>
        <translation>connecting to the gateway</translation>
    </message>
    <message id="empty.title">
        <source>Waiting for first data</source>
        <translation>Waiting for first data</translation>
    </message>
    <message id="empty.unreachable">
        <source>No gateway there</source>
        <translation>No gateway there</translation>
    </message>
    <message id="entry.about">
        <source>The desk shows one floor. Choose where it comes from; it can be changed at any time in the menu at the top right.</source>
        <translation>The desk shows one floor. Choose where it comes from; it can be changed at any time in the menu at the top right.</translation>
    </message>
    <message id="entry.at">
        <source>From</source>
        <translation>From</translation>
    </message>
    <message id="entry.at.example">
        <source>09:00; empty: from its beginning</source>
        <translation>09:00; empty: from its beginning</translation>
    </message>
    <message id="entry.at.tip">
        <source>Such as 09:00 or 2024-02-29 09:00; empty: from its beginning</source>
        <translation>Such as 09:00 or 2024-02-29 09:00; empty: from its beginning</translation>
    </message>
    <message id="entry.certificate">
        <source>Certificate</source>
        <translation>Certificate</translation>
    </message>
    <message id="entry.certificate.tip">
        <source>For a wss:// address with an authority of its own: its certificate; empty otherwise</source>
        <translation>For a wss:// address with an authority of its own: its certificate; empty otherwise</translation>
    </message>
    <message id="entry.choose">
        <source>Choose…</source>
        <translation>Choose…</translation>
    </message>
    <message id="entry.demo">
        <source>Demo</source>
        <translation>Demo</translation>
    </message>
    <message id="entry.demo.text">
        <source>Starts a simulated floor on this machine: 110 seats, from 10:30 on. It touches no real system, and ends with the desk.</source>
        <translation>Starts a simulated floor on this machine: 110 seats, from 10:30 on. It touches no real system, and ends with the desk.</translation>
    </message>
    <message id="entry.demo.tip">
        <source>A simulated floor on this machine; needs nothing</source>
        <translation>A simulated floor on this machine; needs nothing</translation>
    </message>
    <message id="entry.doing.demo">
        <source>Starting the simulated floor…</source>
        <translation>Starting the simulated floor…</translation>
    </message>
    <message id="entry.doing.gateway">
        <source>Connecting to the gateway…</source>
        <translation>Connecting to the gateway…</translation>
    </message>
    <message id="entry.doing.recording">
        <source>Opening the recording…</source>
        <translation>Opening the recording…</translation>
    </message>
    <message id="entry.ended">
        <source>The floor that this desk started has ended</source>
        <translation>The floor that this desk started has ended</translation>
    </message>
    <message id="entry.ended.detail">
        <source>Press to choose a floor</source>
        <translation>Press to choose a floor</translation>
    </message>
    <message id="entry.enter">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="entry.file">
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message id="entry.file.tip">
        <source>A .floor file, recorded by a gateway or made by the import command</source>
        <translation>A .floor file, recorded by a gateway or made by the import command</translation>
    </message>
    <message id="entry.gateway">
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message id="entry.gateway.tip">
        <source>A real floor, served by a gateway</source>
        <translation>A real floor, served by a gateway</translation>
    </message>
    <message id="entry.keep">
        <source>Keep the token, in a file that only you can read</source>
        <translation>Keep the token, in a file that only you can read</translation>
    </message>
    <message id="entry.keep.tip">
        <source>Unless it is kept, the next start asks for it again</source>
        <translation>Unless it is kept, the next start asks for it again</translation>
    </message>
    <message id="entry.leave">
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message id="entry.no_certificate">
        <source>The certificate cannot be read</source>
        <translation>The certificate cannot be read</translation>
    </message>
    <message id="entry.no_certificate.advice">
        <source>Choose another file, or leave it empty if the system trusts the authority</source>
        <translation>Choose another file, or leave it empty if the system trusts the authority</translation>
    </message>
    <message id="entry.no_recording">
        <source>Choose a recording</source>
        <translation>Choose a recording</translation>
    </message>
    <message id="entry.no_recording.advice">
        <source>A .floor file, recorded by a gateway or made by main.py import</source>
        <translation>A .floor file, recorded by a gateway or made by main.py import</translation>
    </message>
    <message id="entry.no_token">
        <source>A token is needed</source>
        <translation>A token is needed</translation>
    </message>
    <message id="entry.no_token.advice">
        <source>Ask the administrator, who makes one with main.py check --new-token</source>
        <translation>Ask the administrator, who makes one with main.py check --new-token</translation>
    </message>
    <message id="entry.odd_address">
        <source>This is no address of a gateway</source>
        <translation>This is no address of a gateway</translation>
    </message>
    <message id="entry.odd_address.advice">
        <source>Write it like {example}, without a token in it</source>
        <translation>Write it like {example}, without a token in it</translation>
    </message>
    <message id="entry.odd_certificate">
        <source>This file holds no certificate</source>
        <translation>This file holds no certificate</translation>
    </message>
    <message id="entry.odd_certificate.advice">
        <source>It has to be in PEM form: it begins with -----BEGIN CERTIFICATE-----</source>
        <translation>It has to be in PEM form: it begins with -----BEGIN CERTIFICATE-----</translation>
    </message>
    <message id="entry.odd_recording">
        <source>This is no recording</source>
        <translation>This is no recording</translation>
    </message>
    <message id="entry.odd_recording.advice">
        <source>Make one of another system&apos;s file with main.py import first</source>
        <translation>Make one of another system&apos;s file with main.py import first</translation>
    </message>
    <message id="entry.odd_time">
        <source>This is no time</source>
        <translation>This is no time</translation>
    </message>
    <message id="entry.odd_time.advice">
        <source>Write it like 09:00 or 2024-02-29 09:00</source>
        <translation>Write it like 09:00 or 2024-02-29 09:00</translation>
    </message>
    <message id="entry.plain_address">
        <source>This address is without encryption</source>
        <translation>This address is without encryption</translation>
    </message>
    <message id="entry.plain_address.advice">
        <source>A certificate is for addresses with it: write {secure}, or take the certificate away</source>
        <translation>A certificate is for addresses with it: write {secure}, or take the certificate away</translation>
    </message>
    <message id="entry.recording">
        <source>Recording</source>
        <translation>Recording</translation>
    </message>
    <message id="entry.recording.tip">
        <source>A recorded floor, from any time on, at any speed</source>
        <translation>A recorded floor, from any time on, at any speed</translation>
    </message>
    <message id="entry.speed">
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message id="entry.speed.times">
        <source>{speed}×</source>
        <translation>{speed}×</translation>
    </message>
    <message id="entry.speed.tip">
        <source>Floor seconds per second</source>
        <translation>Floor seconds per second</translation>
    </message>
    <message id="entry.stop">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="entry.title">
        <source>Which floor?</source>
        <translation>Which floor?</translation>
    </message>
    <message id="entry.token">
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message id="entry.token.tip">
        <source>The token that the administrator gave you</source>
        <translation>The token that the administrator gave you</translation>
    </message>
    <message id="entry.trouble.address">
        <source>Nobody answers at this address</source>
        <translation>Nobody answers at this address</translation>
    </message>
    <message id="entry.trouble.address.advice">
        <source>Check host and port, and whether the gateway runs</source>
        <translation>Check host and port, and whether the gateway runs</translation>
    </message>
    <message id="entry.trouble.certificate">
        <source>The gateway&apos;s certificate is not trusted</source>
        <translation>The gateway&apos;s certificate is not trusted</translation>
    </message>
    <message id="entry.trouble.certificate.advice">
        <source>Choose the certificate of its authority below the address, or check the address</source>
        <translation>Choose the certificate of its authority below the address, or check the address</translation>
    </message>
    <message id="entry.trouble.demo">
        <source>The simulated floor did not start</source>
        <translation>The simulated floor did not start</translation>
    </message>
    <message id="entry.trouble.demo.advice">
        <source>Run main.py doctor to see what this machine lacks</source>
        <translation>Run main.py doctor to see what this machine lacks</translation>
    </message>
    <message id="entry.trouble.language">
        <source>Something else answers at this address</source>
        <translation>Something else answers at this address</translation>
    </message>
    <message id="entry.trouble.language.advice">
        <source>Check host and port; a gateway without a certificate begins with ws://</source>
        <translation>Check host and port; a gateway without a certificate begins with ws://</translation>
    </message>
    <message id="entry.trouble.language.plain">
        <source>Check host and port; a gateway with a certificate begins with wss://</source>
        <translation>Check host and port; a gateway with a certificate begins with wss://</translation>
    </message>
    <message id="entry.trouble.other">
        <source>The gateway refuses the connection</source>
        <translation>The gateway refuses the connection</translation>
    </message>
    <message id="entry.trouble.other.advice">
        <source>Tell the administrator the reason below</source>
        <translation>Tell the administrator the reason below</translation>
    </message>
    <message id="entry.trouble.recording">
        <source>The recording cannot be played</source>
        <translation>The recording cannot be played</translation>
    </message>
    <message id="entry.trouble.recording.advice">
        <source>Check that the time lies within it, or choose another file</source>
        <translation>Check that the time lies within it, or choose another file</translation>
    </message>
    <message id="entry.trouble.silent">
        <source>The gateway does not answer</source>
        <translation>The gateway does not answer</translation>
    </message>
    <message id="entry.trouble.silent.advice">
        <source>No word within {seconds} s; check the address and the network</source>
        <translation>No word within {seconds} s; check the address and the network</translation>
    </message>
    <message id="entry.trouble.token">
        <source>The gateway does not accept this token</source>
        <translation>The gateway does not accept this token</translation>
    </message>
    <message id="entry.trouble.token.advice">
        <source>Check that it is whole; if it has expired or was revoked, ask for a new one</source>
        <translation>Check that it is whole; if it has expired or was revoked, ask for a new one</translation>
    </message>
    <message id="entry.trouble.version">
        <source>The gateway is of another version</source>
        <translation>The gateway is of another version</translation>
    </message>
    <message id="entry.trouble.version.advice">
        <source>Update the desk or the gateway, so that both are of the same version</source>
        <translation>Update the desk or the gateway, so that both are of the same version</translation>
    </message>
    <message id="entry.url">
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message id="entry.url.tip">
        <source>The gateway&apos;s address; it begins with ws:// or wss://</source>
        <translation>The gateway&apos;s address; it begins with ws:// or wss://</translation>
    </message>
    <message id="figure.aht">
        <source>Handle time</source>
        <translation>Handle time</translation>
    </message>
    <message id="figure.answer_rate_a2">
        <source>Answer rate</source>
        <translation>Answer rate</translation>
    </message>
    <message id="figure.answer_rate_a2.sub">
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message id="figure.answer_rate_a2_pessimistic">
        <source>Answer rate with long waits</source>
        <translation>Answer rate with long waits</translation>
    </message>
    <message id="figure.answered">
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message id="figure.longest_wait_now">
        <source>Longest wait</source>
        <translation>Longest wait</translation>
    </message>
    <message id="figure.longest_wait_now.sub">
        <source>Longest</source>
        <translation>Longest</translation>
    </message>
    <message id="figure.need">
        <source>Needed</source>
        <translation>Needed</translation>
    </message>
    <message id="figure.occupancy">
        <source>Occupancy</source>
        <translation>Occupancy</translation>
    </message>
    <message id="figure.on_queue_mean">
        <source>On the queue</source>
        <translation>On the queue</translation>
    </message>
    <message id="figure.service_level_f8">
        <source>Service level</source>
        <translation>Service level</translation>
    </message>
    <message id="figure.staffed_mean">
        <source>Staffed</source>
        <translation>Staffed</translation>
    </message>
    <message id="figure.waiting">
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message id="figure.waiting_mean">
        <source>Waiting (mean)</source>
        <translation>Waiting (mean)</translation>
    </message>
    <message id="figure.withheld">
        <source>&quot;{name}&quot; tells of people outside your scope and is not shown</source>
        <translation>&quot;{name}&quot; tells of people outside your scope and is not shown</translation>
    </message>
    <message id="figures.again">
        <source>Refresh</source>
        <translation>Refresh</translation>
    </message>
    <message id="figures.asking">
        <source>Asking the gateway…</source>
        <translation>Asking the gateway…</translation>
    </message>
    <message id="figures.basis">
        <source>Basis</source>
        <translation>Basis</translation>
    </message>
    <message id="figures.call_tip">
        <source>Call {call} · leg {leg}</source>
        <translation>Call {call} · leg {leg}</translation>
    </message>
    <message id="figures.calls">
        <source>calls: {count}</source>
        <translation>calls: {count}</translation>
    </message>
    <message id="figures.calls_behind">
        <source>Calls behind the figure</source>
        <translation>Calls behind the figure</translation>
    </message>
    <message id="figures.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="figures.column.agent">
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message id="figures.column.counted">
        <source>Counts</source>
        <translation>Counts</translation>
    </message>
    <message id="figures.column.handle">
        <source>Handled</source>
        <translation>Handled</translation>
    </message>
    <message id="figures.column.joined">
        <source>Joined</source>
        <translation>Joined</translation>
    </message>
    <message id="figures.column.number">
        <source>Number</source>
        <translation>Number</translation>
    </message>
    <message id="figures.column.outcome">
        <source>Outcome</source>
        <translation>Outcome</translation>
    </message>
    <message id="figures.column.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="figures.column.wait">
        <source>Wait</source>
        <translation>Wait</translation>
    </message>
    <message id="figures.counts">
        <source>counts</source>
        <translation>counts</translation>
    </message>
    <message id="figures.counts_not">
        <source>only below</source>
        <translation>only below</translation>
    </message>
    <message id="figures.definition">
        <source>Definition</source>
        <translation>Definition</translation>
    </message>
    <message id="figures.failed">
        <source>The calls could not be had: {why}</source>
        <translation>The calls could not be had: {why}</translation>
    </message>
    <message id="figures.formula">
        <source>Formula</source>
        <translation>Formula</translation>
    </message>
    <message id="figures.hidden">
        <source>Out of sight</source>
        <translation>Out of sight</translation>
    </message>
    <message id="figures.hidden_calls">
        <source>{count} of them out of your scope, and part of the value all the same</source>
        <translation>{count} of them out of your scope, and part of the value all the same</translation>
    </message>
    <message id="figures.meaning">
        <source>Meaning</source>
        <translation>Meaning</translation>
    </message>
    <message id="figures.missed">
        <source>beyond its limit</source>
        <translation>beyond its limit</translation>
    </message>
    <message id="figures.mode.live">
        <source>live</source>
        <translation>live</translation>
    </message>
    <message id="figures.mode.replay">
        <source>replay</source>
        <translation>replay</translation>
    </message>
    <message id="figures.mode.simulated">
        <source>simulated</source>
        <translation>simulated</translation>
    </message>
    <message id="figures.no_calls">
        <source>No calls stand behind this figure: none happened in its window</source>
        <translation>No calls stand behind this figure: none happened in its window</translation>
    </message>
    <message id="figures.not_of_calls">
        <source>No calls stand behind &quot;{name}&quot;: it is made of agents&apos; time or of trunks</source>
        <translation>No calls stand behind &quot;{name}&quot;: it is made of agents&apos; time or of trunks</translation>
    </message>
    <message id="figures.now">
        <source>now</source>
        <translation>now</translation>
    </message>
    <message id="figures.only_hidden">
        <source>Out of your scope: all calls behind this figure ({count})</source>
        <translation>Out of your scope: all calls behind this figure ({count})</translation>
    </message>
    <message id="figures.open">
        <source>Open: {name}</source>
        <translation>Open: {name}</translation>
    </message>
    <message id="figures.outcome.abandoned">
        <source>abandoned</source>
        <translation>abandoned</translation>
    </message>
    <message id="figures.outcome.answered">
        <source>answered</source>
        <translation>answered</translation>
    </message>
    <message id="figures.outcome.blocked">
        <source>blocked</source>
        <translation>blocked</translation>
    </message>
    <message id="figures.outcome.flow_out">
        <source>flowed out</source>
        <translation>flowed out</translation>
    </message>
    <message id="figures.outcome.short">
        <source>short abandon</source>
        <translation>short abandon</translation>
    </message>
    <message id="figures.outcome.waiting">
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message id="figures.parts">
        <source>Made of</source>
        <translation>Made of</translation>
    </message>
    <message id="figures.share">
        <source>{over} ÷ {under} calls</source>
        <translation>{over} ÷ {under} calls</translation>
    </message>
    <message id="figures.shown">
        <source>{shown} of {total} calls shown</source>
        <translation>{shown} of {total} calls shown</translation>
    </message>
    <message id="figures.source">
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message id="figures.stale">
        <source>old data</source>
        <translation>old data</translation>
    </message>
    <message id="figures.title">
        <source>Figure</source>
        <translation>Figure</translation>
    </message>
    <message id="figures.window">
        <source>Window</source>
        <translation>Window</translation>
    </message>
    <message id="finder.ask">
        <source>Name, pinyin initials, seat, agent number, queue, alarm or command</source>
        <translation>Name, pinyin initials, seat, agent number, queue, alarm or command</translation>
    </message>
    <message id="finder.deeds_of">
        <source>What can be done with &quot;{name}&quot;</source>
        <translation>What can be done with &quot;{name}&quot;</translation>
    </message>
    <message id="finder.do.agent">
        <source>Find on the floor</source>
        <translation>Find on the floor</translation>
    </message>
    <message id="finder.do.alarm">
        <source>Open alarm</source>
        <translation>Open alarm</translation>
    </message>
    <message id="finder.do.call">
        <source>Open call</source>
        <translation>Open call</translation>
    </message>
    <message id="finder.do.command">
        <source>Do it</source>
        <translation>Do it</translation>
    </message>
    <message id="finder.do.queue">
        <source>Open queue</source>
        <translation>Open queue</translation>
    </message>
    <message id="finder.do.seat">
        <source>Open seat</source>
        <translation>Open seat</translation>
    </message>
    <message id="finder.field">
        <source>Search seats, queues, commands…</source>
        <translation>Search seats, queues, commands…</translation>
    </message>
    <message id="finder.hits">
        <source>Search results</source>
        <translation>Search results</translation>
    </message>
    <message id="finder.keys">
        <source>↑↓ choose    Enter do    Esc close</source>
        <translation>↑↓ choose    Enter do    Esc close</translation>
    </message>
    <message id="finder.keys_deeds">
        <source>↑↓ choose    Enter do    Esc back</source>
        <translation>↑↓ choose    Enter do    Esc back</translation>
    </message>
    <message id="finder.keys_more">
        <source>↑↓ choose    Enter do    Tab more actions    Esc close</source>
        <translation>↑↓ choose    Enter do    Tab more actions    Esc close</translation>
    </message>
    <message id="finder.kind.agent">
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message id="finder.kind.alarm">
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message id="finder.kind.call">
        <source>Call</source>
        <translation>Call</translation>
    </message>
    <message id="finder.kind.command">
        <source>Command</source>
        <translation>Command</translation>
    </message>
    <message id="finder.kind.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="finder.kind.seat">
        <source>Seat</source>
        <translation>Seat</translation>
    </message>
    <message id="finder.link">
        <source>Copy link</source>
        <translation>Copy link</translation>
    </message>
    <message id="finder.locate">
        <source>Show on the floor</source>
        <translation>Show on the floor</translation>
    </message>
    <message id="finder.not_seated">
        <source>at no seat</source>
        <translation>at no seat</translation>
    </message>
    <message id="finder.nothing">
        <source>Nothing found</source>
        <translation>Nothing found</translation>
    </message>
    <message id="finder.title">
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message id="floor.all_groups">
        <source>All groups</source>
        <translation>All groups</translation>
    </message>
    <message id="floor.all_languages">
        <source>All languages</source>
        <translation>All languages</translation>
    </message>
    <message id="floor.all_skills">
        <source>All skills</source>
        <translation>All skills</translation>
    </message>
    <message id="floor.all_states">
        <source>All states</source>
        <translation>All states</translation>
    </message>
    <message id="floor.all_teams">
        <source>All teams</source>
        <translation>All teams</translation>
    </message>
    <message id="floor.all_vendors">
        <source>All vendors</source>
        <translation>All vendors</translation>
    </message>
    <message id="floor.as_map">
        <source>Map</source>
        <translation>Map</translation>
    </message>
    <message id="floor.as_table">
        <source>Table</source>
        <translation>Table</translation>
    </message>
    <message id="floor.column.agent">
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message id="floor.column.area">
        <source>Area</source>
        <translation>Area</translation>
    </message>
    <message id="floor.column.caller">
        <source>Caller</source>
        <translation>Caller</translation>
    </message>
    <message id="floor.column.extension">
        <source>Extension</source>
        <translation>Extension</translation>
    </message>
    <message id="floor.column.group">
        <source>Group</source>
        <translation>Group</translation>
    </message>
    <message id="floor.column.handled">
        <source>Handled</source>
        <translation>Handled</translation>
    </message>
    <message id="floor.column.languages">
        <source>Languages</source>
        <translation>Languages</translation>
    </message>
    <message id="floor.column.number">
        <source>Agent no.</source>
        <translation>Agent no.</translation>
    </message>
    <message id="floor.column.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="floor.column.reason">
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message id="floor.column.seat">
        <source>Seat</source>
        <translation>Seat</translation>
    </message>
    <message id="floor.column.skills">
        <source>Skills</source>
        <translation>Skills</translation>
    </message>
    <message id="floor.column.state">
        <source>State</source>
        <translation>State</translation>
    </message>
    <message id="floor.column.talk">
        <source>Mean talk</source>
        <translation>Mean talk</translation>
    </message>
    <message id="floor.column.team">
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message id="floor.column.time">
        <source>In state</source>
        <translation>In state</translation>
    </message>
    <message id="floor.column.vendor">
        <source>Vendor</source>
        <translation>Vendor</translation>
    </message>
    <message id="floor.columns">
        <source>Columns</source>
        <translation>Columns</translation>
    </message>
    <message id="floor.columns_tip">
        <source>Which columns the table has, and by which it is sorted</source>
        <translation>Which columns the table has, and by which it is sorted</translation>
    </message>
    <message id="floor.columns_usual">
        <source>Usual columns</source>
        <translation>Usual columns</translation>
    </message>
    <message id="floor.edit">
        <source>Edit layout</source>
        <translation>Edit layout</translation>
    </message>
    <message id="floor.edit.add">
        <source>Add room…</source>
        <translation>Add room…</translation>
    </message>
    <message id="floor.edit.add_tip">
        <source>One more room, below all others</source>
        <translation>One more room, below all others</translation>
    </message>
    <message id="floor.edit.cancel">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="floor.edit.cancel_tip">
        <source>Leave the floor as it was</source>
        <translation>Leave the floor as it was</translation>
    </message>
    <message id="floor.edit.carrying">
        <source>Over {room}, column {column}, line {line}. Enter puts it down, Esc lets go.</source>
        <translation>Over {room}, column {column}, line {line}. Enter puts it down, Esc lets go.</translation>
    </message>
    <message id="floor.edit.choose_room">
        <source>Choose a seat of the room first</source>
        <translation>Choose a seat of the room first</translation>
    </message>
    <message id="floor.edit.edge">
        <source>That is beyond the edge of the floor</source>
        <translation>That is beyond the edge of the floor</translation>
    </message>
    <message id="floor.edit.hint">
        <source>Drag seats, rows or rooms. By keyboard: arrows choose, Enter picks up and puts down, Esc lets go, Delete takes a seat out of its room.</source>
        <translation>Drag seats, rows or rooms. By keyboard: arrows choose, Enter picks up and puts down, Esc lets go, Delete takes a seat out of its room.</translation>
    </message>
    <message id="floor.edit.kind_tip">
        <source>What is moved: drag it, or press Enter, move it with the arrows and press Enter again</source>
        <translation>What is moved: drag it, or press Enter, move it with the arrows and press Enter again</translation>
    </message>
    <message id="floor.edit.locating">
        <source>The layout is being drawn: save it or cancel, then look for seats</source>
        <translation>The layout is being drawn: save it or cancel, then look for seats</translation>
    </message>
    <message id="floor.edit.loose">
        <source>In no room</source>
        <translation>In no room</translation>
    </message>
    <message id="floor.edit.name">
        <source>Plan of the floor</source>
        <translation>Plan of the floor</translation>
    </message>
    <message id="floor.edit.name_en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="floor.edit.name_zh">
        <source>Chinese</source>
        <translation>Chinese</translation>
    </message>
    <message id="floor.edit.no_room">
        <source>There is no room; seats stand in rooms</source>
        <translation>There is no room; seats stand in rooms</translation>
    </message>
    <message id="floor.edit.no_row">
        <source>There is no row to move</source>
        <translation>There is no row to move</translation>
    </message>
    <message id="floor.edit.no_step">
        <source>There is no such step</source>
        <translation>There is no such step</translation>
    </message>
    <message id="floor.edit.ok">
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message id="floor.edit.outdated">
        <source>Somebody has saved another layout meanwhile: cancel and draw from that one</source>
        <translation>Somebody has saved another layout meanwhile: cancel and draw from that one</translation>
    </message>
    <message id="floor.edit.outside">
        <source>outside the rooms</source>
        <translation>outside the rooms</translation>
    </message>
    <message id="floor.edit.overlap">
        <source>Another room stands there</source>
        <translation>Another room stands there</translation>
    </message>
    <message id="floor.edit.redo">
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message id="floor.edit.redo_tip">
        <source>One step forth (Ctrl+Y)</source>
        <translation>One step forth (Ctrl+Y)</translation>
    </message>
    <message id="floor.edit.remove">
        <source>Remove room</source>
        <translation>Remove room</translation>
    </message>
    <message id="floor.edit.remove_tip">
        <source>Take the room of the chosen seat away; its seats stay on the floor</source>
        <translation>Take the room of the chosen seat away; its seats stay on the floor</translation>
    </message>
    <message id="floor.edit.rename">
        <source>Rename…</source>
        <translation>Rename…</translation>
    </message>
    <message id="floor.edit.rename_tip">
        <source>Another name for the room of the chosen seat (F2)</source>
        <translation>Another name for the room of the chosen seat (F2)</translation>
    </message>
    <message id="floor.edit.room">
        <source>Rooms</source>
        <translation>Rooms</translation>
    </message>
    <message id="floor.edit.room_name">
        <source>Name of the room</source>
        <translation>Name of the room</translation>
    </message>
    <message id="floor.edit.row">
        <source>Rows</source>
        <translation>Rows</translation>
    </message>
    <message id="floor.edit.save">
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message id="floor.edit.save_tip">
        <source>Keep it in the site folder, for every desk (Ctrl+S)</source>
        <translation>Keep it in the site folder, for every desk (Ctrl+S)</translation>
    </message>
    <message id="floor.edit.seat">
        <source>Seats</source>
        <translation>Seats</translation>
    </message>
    <message id="floor.edit.taken">
        <source>There is a seat already; only a single seat changes places with another one</source>
        <translation>There is a seat already; only a single seat changes places with another one</translation>
    </message>
    <message id="floor.edit.too_large">
        <source>This is more than a floor can be</source>
        <translation>This is more than a floor can be</translation>
    </message>
    <message id="floor.edit.too_many">
        <source>The floor has as many rooms as it can have</source>
        <translation>The floor has as many rooms as it can have</translation>
    </message>
    <message id="floor.edit.unchanged">
        <source>Nothing was changed</source>
        <translation>Nothing was changed</translation>
    </message>
    <message id="floor.edit.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="floor.edit.undo_tip">
        <source>One step back (Ctrl+Z)</source>
        <translation>One step back (Ctrl+Z)</translation>
    </message>
    <message id="floor.edit.unsaved">
        <source>Not saved yet: press Cancel once more to give up what was drawn</source>
        <translation>Not saved yet: press Cancel once more to give up what was drawn</translation>
    </message>
    <message id="floor.edit.waiting">
        <source>It is being saved</source>
        <translation>It is being saved</translation>
    </message>
    <message id="floor.edit_tip">
        <source>Draw where rooms, rows and seats stand</source>
        <translation>Draw where rooms, rows and seats stand</translation>
    </message>
    <message id="floor.group">
        <source>Group</source>
        <translation>Group</translation>
    </message>
    <message id="floor.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="floor.list">
        <source>, </source>
        <translation>, </translation>
    </message>
    <message id="floor.no_area">
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message id="floor.no_seats">
        <source>This floor has no seats</source>
        <translation>This floor has no seats</translation>
    </message>
    <message id="floor.none_fits">
        <source>No seat fits these filters</source>
        <translation>No seat fits these filters</translation>
    </message>
    <message id="floor.over">
        <source>over {limit}</source>
        <translation>over {limit}</translation>
    </message>
    <message id="floor.overdue">
        <source>Overdue</source>
        <translation>Overdue</translation>
    </message>
    <message id="floor.rail">
        <source>Floor</source>
        <translation>Floor</translation>
    </message>
    <message id="floor.search">
        <source>Find seats</source>
        <translation>Find seats</translation>
    </message>
    <message id="floor.search_tip">
        <source>Name, agent, seat, extension or state</source>
        <translation>Name, agent, seat, extension or state</translation>
    </message>
    <message id="floor.seat">
        <source>Seat {number}</source>
        <translation>Seat {number}</translation>
    </message>
    <message id="floor.show_all">
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message id="floor.shown">
        <source>{shown} of {total} seats shown</source>
        <translation>{shown} of {total} seats shown</translation>
    </message>
    <message id="floor.skill">
        <source>Skill</source>
        <translation>Skill</translation>
    </message>
    <message id="floor.sort_by">
        <source>Sort by</source>
        <translation>Sort by</translation>
    </message>
    <message id="floor.state">
        <source>State</source>
        <translation>State</translation>
    </message>
    <message id="floor.table_name">
        <source>Floor, as a table</source>
        <translation>Floor, as a table</translation>
    </message>
    <message id="floor.team">
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message id="floor.tip_caller">
        <source>Caller: {number}</source>
        <translation>Caller: {number}</translation>
    </message>
    <message id="floor.tip_languages">
        <source>Languages: {languages}</source>
        <translation>Languages: {languages}</translation>
    </message>
    <message id="floor.tip_queue">
        <source>Queue: {queue}</source>
        <translation>Queue: {queue}</translation>
    </message>
    <message id="floor.tip_skills">
        <source>Skills: {skills}</source>
        <translation>Skills: {skills}</translation>
    </message>
    <message id="floor.title">
        <source>Floor</source>
        <translation>Floor</translation>
    </message>
    <message id="floor.toggle_tip">
        <source>Seats as map or table</source>
        <translation>Seats as map or table</translation>
    </message>
    <message id="floor.vacant">
        <source>Vacant</source>
        <translation>Vacant</translation>
    </message>
    <message id="floor.vendor">
        <source>Vendor</source>
        <translation>Vendor</translation>
    </message>
    <message id="floor.zoom_in">
        <source>Larger</source>
        <translation>Larger</translation>
    </message>
    <message id="floor.zoom_out">
        <source>Smaller</source>
        <translation>Smaller</translation>
    </message>
    <message id="floor.zoom_usual">
        <source>Usual size</source>
        <translation>Usual size</translation>
    </message>
    <message id="handover.alarms">
        <source>Open alarms</source>
        <translation>Open alarms</translation>
    </message>
    <message id="handover.begin">
        <source>From</source>
        <translation>From</translation>
    </message>
    <message id="handover.by">
        <source>{by}</source>
        <translation>{by}</translation>
    </message>
    <message id="handover.chosen">
        <source>Chosen time</source>
        <translation>Chosen time</translation>
    </message>
    <message id="handover.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="handover.empty_floor">
        <source>There is no floor yet: a sheet can be made once the gateway is connected</source>
        <translation>There is no floor yet: a sheet can be made once the gateway is connected</translation>
    </message>
    <message id="handover.end">
        <source>To</source>
        <translation>To</translation>
    </message>
    <message id="handover.end.failed">
        <source>failed</source>
        <translation>failed</translation>
    </message>
    <message id="handover.end.refused">
        <source>refused</source>
        <translation>refused</translation>
    </message>
    <message id="handover.end.unknown">
        <source>end unknown</source>
        <translation>end unknown</translation>
    </message>
    <message id="handover.ends_first">
        <source>Write begin and end like 2026-11-26 08:00; the end comes after the begin, by a day at most</source>
        <translation>Write begin and end like 2026-11-26 08:00; the end comes after the begin, by a day at most</translation>
    </message>
    <message id="handover.failed">
        <source>No sheet can be made: {reason}</source>
        <translation>No sheet can be made: {reason}</translation>
    </message>
    <message id="handover.figure.abandoned">
        <source>Abandoned</source>
        <translation>Abandoned</translation>
    </message>
    <message id="handover.figure.aht">
        <source>Handle time</source>
        <translation>Handle time</translation>
    </message>
    <message id="handover.figure.answer_rate_a2">
        <source>Answer rate</source>
        <translation>Answer rate</translation>
    </message>
    <message id="handover.figure.answered">
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message id="handover.figure.asa">
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message id="handover.figure.blocked">
        <source>Blocked</source>
        <translation>Blocked</translation>
    </message>
    <message id="handover.figure.flowed_out">
        <source>Flowed out</source>
        <translation>Flowed out</translation>
    </message>
    <message id="handover.figure.longest_wait">
        <source>Longest wait</source>
        <translation>Longest wait</translation>
    </message>
    <message id="handover.figure.occupancy">
        <source>Occupancy</source>
        <translation>Occupancy</translation>
    </message>
    <message id="handover.figure.offered">
        <source>Offered</source>
        <translation>Offered</translation>
    </message>
    <message id="handover.figure.pending">
        <source>Still waiting</source>
        <translation>Still waiting</translation>
    </message>
    <message id="handover.figure.service_level_f1">
        <source>Service level</source>
        <translation>Service level</translation>
    </message>
    <message id="handover.figure.service_level_f8">
        <source>Service level</source>
        <translation>Service level</translation>
    </message>
    <message id="handover.file">
        <source>handover</source>
        <translation>handover</translation>
    </message>
    <message id="handover.floor">
        <source>the floor</source>
        <translation>the floor</translation>
    </message>
    <message id="handover.from">
        <source>Handed over by</source>
        <translation>Handed over by</translation>
    </message>
    <message id="handover.incomplete">
        <source>Facts of this time are missing: figures are incomplete</source>
        <translation>Facts of this time are missing: figures are incomplete</translation>
    </message>
    <message id="handover.journal_from">
        <source>The journal begins at {time}: alarms and orders before are not known</source>
        <translation>The journal begins at {time}: alarms and orders before are not known</translation>
    </message>
    <message id="handover.keep">
        <source>Keep note</source>
        <translation>Keep note</translation>
    </message>
    <message id="handover.known_from">
        <source>Records begin at {time}: nothing is known before</source>
        <translation>Records begin at {time}: nothing is known before</translation>
    </message>
    <message id="handover.last_hours">
        <source>Last {hours} hours</source>
        <translation>Last {hours} hours</translation>
    </message>
    <message id="handover.left_off">
        <source>Too many orders to list: the {count} oldest are neither listed nor counted</source>
        <translation>Too many orders to list: the {count} oldest are neither listed nor counted</translation>
    </message>
    <message id="handover.legend">
        <source>▲ target missed  ■ critical  (in brackets) too few calls to judge; figures are computed by the gateway over this time</source>
        <translation>▲ target missed  ■ critical  (in brackets) too few calls to judge; figures are computed by the gateway over this time</translation>
    </message>
    <message id="handover.legend_calls">
        <source>where nobody still waits the answer rate of all queues in a time that is over counts a caller once, all else counts each queue that one joined</source>
        <translation>where nobody still waits the answer rate of all queues in a time that is over counts a caller once, all else counts each queue that one joined</translation>
    </message>
    <message id="handover.legend_level">
        <source>the service level of a time that is over is F1, answered in time ÷ all that were concluded</source>
        <translation>the service level of a time that is over is F1, answered in time ÷ all that were concluded</translation>
    </message>
    <message id="handover.legend_stop">
        <source>; </source>
        <translation>; </translation>
    </message>
    <message id="handover.loading">
        <source>Asking the gateway…</source>
        <translation>Asking the gateway…</translation>
    </message>
    <message id="handover.made">
        <source>Data as of {at} · made {made} · {by}</source>
        <translation>Data as of {at} · made {made} · {by}</translation>
    </message>
    <message id="handover.mode.replay">
        <source>A replayed recording, not the floor of now</source>
        <translation>A replayed recording, not the floor of now</translation>
    </message>
    <message id="handover.mode.simulated">
        <source>Simulated, not the real floor</source>
        <translation>Simulated, not the real floor</translation>
    </message>
    <message id="handover.modes">
        <source>Switches and notices</source>
        <translation>Switches and notices</translation>
    </message>
    <message id="handover.no_alarms">
        <source>No open alarms</source>
        <translation>No open alarms</translation>
    </message>
    <message id="handover.no_modes">
        <source>No switch is on, no notice holds</source>
        <translation>No switch is on, no notice holds</translation>
    </message>
    <message id="handover.no_notes">
        <source>No notes</source>
        <translation>No notes</translation>
    </message>
    <message id="handover.no_orders">
        <source>Nothing out of the ordinary</source>
        <translation>Nothing out of the ordinary</translation>
    </message>
    <message id="handover.no_people">
        <source>Nobody is away or overdue</source>
        <translation>Nobody is away or overdue</translation>
    </message>
    <message id="handover.not_begun">
        <source>This time has not begun yet</source>
        <translation>This time has not begun yet</translation>
    </message>
    <message id="handover.not_printed">
        <source>The printer took nothing; look after it</source>
        <translation>The printer took nothing; look after it</translation>
    </message>
    <message id="handover.not_saved">
        <source>{path} cannot be written; choose another folder</source>
        <translation>{path} cannot be written; choose another folder</translation>
    </message>
    <message id="handover.note_long">
        <source>The note is too long: at most {most} characters in {lines} lines</source>
        <translation>The note is too long: at most {most} characters in {lines} lines</translation>
    </message>
    <message id="handover.notes">
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message id="handover.notice">
        <source>Notice → {to}: {text} (until {until})</source>
        <translation>Notice → {to}: {text} (until {until})</translation>
    </message>
    <message id="handover.old">
        <source>Data is {age} old: as of {time}, refresh it</source>
        <translation>Data is {age} old: as of {time}, refresh it</translation>
    </message>
    <message id="handover.open_notes">
        <source>Open notes</source>
        <translation>Open notes</translation>
    </message>
    <message id="handover.order">
        <source>{what}: {end}</source>
        <translation>{what}: {end}</translation>
    </message>
    <message id="handover.orders">
        <source>Orders, sources and trunks out of the ordinary (orders {count}, not ended well {odd})</source>
        <translation>Orders, sources and trunks out of the ordinary (orders {count}, not ended well {odd})</translation>
    </message>
    <message id="handover.out_of_service">
        <source>out of service ({by})</source>
        <translation>out of service ({by})</translation>
    </message>
    <message id="handover.pdf">
        <source>Save as PDF…</source>
        <translation>Save as PDF…</translation>
    </message>
    <message id="handover.people">
        <source>Away and overdue</source>
        <translation>Away and overdue</translation>
    </message>
    <message id="handover.preview">
        <source>Preview of the handover sheet</source>
        <translation>Preview of the handover sheet</translation>
    </message>
    <message id="handover.print">
        <source>Print…</source>
        <translation>Print…</translation>
    </message>
    <message id="handover.printed">
        <source>Given to the printer {printer}</source>
        <translation>Given to the printer {printer}</translation>
    </message>
    <message id="handover.refresh">
        <source>Refresh</source>
        <translation>Refresh</translation>
    </message>
    <message id="handover.running">
        <source>The shift goes on (until {end}): data as of {time}</source>
        <translation>The shift goes on (until {end}): data as of {time}</translation>
    </message>
    <message id="handover.saved">
        <source>Saved as {path}</source>
        <translation>Saved as {path}</translation>
    </message>
    <message id="handover.settle">
        <source>Settle</source>
        <translation>Settle</translation>
    </message>
    <message id="handover.settled">
        <source>settled by {by}</source>
        <translation>settled by {by}</translation>
    </message>
    <message id="handover.shelved">
        <source>shelved until {time}</source>
        <translation>shelved until {time}</translation>
    </message>
    <message id="handover.shift">
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message id="handover.since">
        <source>since {time}</source>
        <translation>since {time}</translation>
    </message>
    <message id="handover.source.down">
        <source>{source} went down</source>
        <translation>{source} went down</translation>
    </message>
    <message id="handover.source.silent">
        <source>{source} fell silent</source>
        <translation>{source} fell silent</translation>
    </message>
    <message id="handover.source.up">
        <source>{source} is back</source>
        <translation>{source} is back</translation>
    </message>
    <message id="handover.source_lost">
        <source>No data from {source} since {time}: figures are incomplete from there</source>
        <translation>No data from {source} since {time}: figures are incomplete from there</translation>
    </message>
    <message id="handover.span">
        <source>{name} · {day} {begin}–{end}</source>
        <translation>{name} · {day} {begin}–{end}</translation>
    </message>
    <message id="handover.stale">
        <source>Data is {age} old: last known at {time}</source>
        <translation>Data is {age} old: last known at {time}</translation>
    </message>
    <message id="handover.switch">
        <source>{where}: {value}</source>
        <translation>{where}: {value}</translation>
    </message>
    <message id="handover.title">
        <source>Handover sheet</source>
        <translation>Handover sheet</translation>
    </message>
    <message id="handover.to">
        <source>Taken over by</source>
        <translation>Taken over by</translation>
    </message>
    <message id="handover.today">
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message id="handover.trunk.down">
        <source>{trunk} went down</source>
        <translation>{trunk} went down</translation>
    </message>
    <message id="handover.trunk.up">
        <source>{trunk} is back</source>
        <translation>{trunk} is back</translation>
    </message>
    <message id="handover.value.announce">
        <source>announcement</source>
        <translation>announcement</translation>
    </message>
    <message id="handover.value.backup">
        <source>backup</source>
        <translation>backup</translation>
    </message>
    <message id="handover.value.callback">
        <source>call-back</source>
        <translation>call-back</translation>
    </message>
    <message id="handover.value.normal">
        <source>normal</source>
        <translation>normal</translation>
    </message>
    <message id="handover.value.overflow">
        <source>overflow to {queue}</source>
        <translation>overflow to {queue}</translation>
    </message>
    <message id="handover.who">
        <source>By</source>
        <translation>By</translation>
    </message>
    <message id="handover.whole">
        <source>All queues</source>
        <translation>All queues</translation>
    </message>
    <message id="handover.write">
        <source>For the next shift</source>
        <translation>For the next shift</translation>
    </message>
    <message id="handover.write_tip">
        <source>At most 500 characters in 8 lines; Ctrl+Enter keeps it</source>
        <translation>At most 500 characters in 8 lines; Ctrl+Enter keeps it</translation>
    </message>
    <message id="instance.goes_on">
        <source>a desk with this data folder runs already and goes on with its own floor and credential; close it first, or give another folder in WATCHFLOOR_DATA ({folder})</source>
        <translation>a desk with this data folder runs already and goes on with its own floor and credential; close it first, or give another folder in WATCHFLOOR_DATA ({folder})</translation>
    </message>
    <message id="instance.other">
        <source>This desk stays on its floor and in its role</source>
        <translation>This desk stays on its floor and in its role</translation>
    </message>
    <message id="instance.other.detail">
        <source>Another start asked for {floor}; close this desk first, or choose &quot;Other floor…&quot; in the menu</source>
        <translation>Another start asked for {floor}; close this desk first, or choose &quot;Other floor…&quot; in the menu</translation>
    </message>
    <message id="instance.silent">
        <source>Another desk uses this data folder, but does not answer</source>
        <translation>Another desk uses this data folder, but does not answer</translation>
    </message>
    <message id="language.ar">
        <source>Arabic</source>
        <translation>Arabic</translation>
    </message>
    <message id="language.de">
        <source>German</source>
        <translation>German</translation>
    </message>
    <message id="language.en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="language.es">
        <source>Spanish</source>
        <translation>Spanish</translation>
    </message>
    <message id="language.fr">
        <source>French</source>
        <translation>French</translation>
    </message>
    <message id="language.it">
        <source>Italian</source>
        <translation>Italian</translation>
    </message>
    <message id="language.ja">
        <source>Japanese</source>
        <translation>Japanese</translation>
    </message>
    <message id="language.ko">
        <source>Korean</source>
        <translation>Korean</translation>
    </message>
    <message id="language.pt">
        <source>Portuguese</source>
        <translation>Portuguese</translation>
    </message>
    <message id="language.ru">
        <source>Russian</source>
        <translation>Russian</translation>
    </message>
    <message id="language.th">
        <source>Thai</source>
        <translation>Thai</translation>
    </message>
    <message id="language.vi">
        <source>Vietnamese</source>
        <translation>Vietnamese</translation>
    </message>
    <message id="language.yue">
        <source>Cantonese</source>
        <translation>Cantonese</translation>
    </message>
    <message id="language.zh">
        <source>Mandarin</source>
        <translation>Mandarin</translation>
    </message>
    <message id="layout.back">
        <source>Back to how it stood before</source>
        <translation>Back to how it stood before</translation>
    </message>
    <message id="layout.delete">
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message id="layout.menu">
        <source>Layouts</source>
        <translation>Layouts</translation>
    </message>
    <message id="layout.name">
        <source>Name of the layout</source>
        <translation>Name of the layout</translation>
    </message>
    <message id="layout.name_bad">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="layout.name_good">
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message id="layout.name_taken">
        <source>There is a layout of that name already</source>
        <translation>There is a layout of that name already</translation>
    </message>
    <message id="layout.name_title">
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message id="layout.no_name">
        <source>Give it a name first</source>
        <translation>Give it a name first</translation>
    </message>
    <message id="layout.rename">
        <source>Rename</source>
        <translation>Rename</translation>
    </message>
    <message id="layout.replace">
        <source>There is a layout of that name already: save once more to replace it</source>
        <translation>There is a layout of that name already: save once more to replace it</translation>
    </message>
    <message id="layout.reset">
        <source>The layout was reset</source>
        <translation>The layout was reset</translation>
    </message>
    <message id="layout.reset.detail">
        <source>The saved one could not be read and is kept as desk.json.broken; click to dismiss</source>
        <translation>The saved one could not be read and is kept as desk.json.broken; click to dismiss</translation>
    </message>
    <message id="layout.restore">
        <source>Have &quot;{name}&quot; back</source>
        <translation>Have &quot;{name}&quot; back</translation>
    </message>
    <message id="layout.save_as">
        <source>Save as…</source>
        <translation>Save as…</translation>
    </message>
    <message id="layout.too_many">
        <source>There are 20 layouts already; delete one first</source>
        <translation>There are 20 layouts already; delete one first</translation>
    </message>
    <message id="layout.unusable">
        <source>This layout cannot be used</source>
        <translation>This layout cannot be used</translation>
    </message>
    <message id="layout.unusable.detail">
        <source>It comes from another version; the usual one is shown, click to dismiss</source>
        <translation>It comes from another version; the usual one is shown, click to dismiss</translation>
    </message>
    <message id="link.copied">
        <source>Link copied</source>
        <translation>Link copied</translation>
    </message>
    <message id="link.copied.detail">
        <source>{link}</source>
        <translation>{link}</translation>
    </message>
    <message id="link.wrong.alarm">
        <source>there is no such alarm, or it ended long ago</source>
        <translation>there is no such alarm, or it ended long ago</translation>
    </message>
    <message id="link.wrong.form">
        <source>&quot;{link}&quot; is no floor:// link, such as floor://seat/108</source>
        <translation>&quot;{link}&quot; is no floor:// link, such as floor://seat/108</translation>
    </message>
    <message id="link.wrong.kind">
        <source>there are no links to &quot;{kind}&quot;; there are seat, queue and alarm</source>
        <translation>there are no links to &quot;{kind}&quot;; there are seat, queue and alarm</translation>
    </message>
    <message id="link.wrong.queue">
        <source>the floor has no queue {number}</source>
        <translation>the floor has no queue {number}</translation>
    </message>
    <message id="link.wrong.seat">
        <source>the floor has no seat {number}</source>
        <translation>the floor has no seat {number}</translation>
    </message>
    <message id="link.wrong.waiting">
        <source>the floor&apos;s data has not arrived yet</source>
        <translation>the floor&apos;s data has not arrived yet</translation>
    </message>
    <message id="live.fresh">
        <source>Live  {age}</source>
        <translation>Live  {age}</translation>
    </message>
    <message id="live.paused">
        <source>Paused  {age}</source>
        <translation>Paused  {age}</translation>
    </message>
    <message id="live.replay">
        <source>Replay  {age}</source>
        <translation>Replay  {age}</translation>
    </message>
    <message id="live.simulated">
        <source>Simulated  {age}</source>
        <translation>Simulated  {age}</translation>
    </message>
    <message id="mode.barge">
        <source>barge</source>
        <translation>barge</translation>
    </message>
    <message id="mode.listen">
        <source>listen</source>
        <translation>listen</translation>
    </message>
    <message id="mode.take_over">
        <source>take over</source>
        <translation>take over</translation>
    </message>
    <message id="mode.whisper">
        <source>whisper</source>
        <translation>whisper</translation>
    </message>
    <message id="order.alarm.acknowledge">
        <source>Acknowledge</source>
        <translation>Acknowledge</translation>
    </message>
    <message id="order.alarm.out_of_service">
        <source>Out of service</source>
        <translation>Out of service</translation>
    </message>
    <message id="order.alarm.return_to_service">
        <source>Return to service</source>
        <translation>Return to service</translation>
    </message>
    <message id="order.alarm.shelve">
        <source>Shelve</source>
        <translation>Shelve</translation>
    </message>
    <message id="order.alarm.unshelve">
        <source>Take off the shelf</source>
        <translation>Take off the shelf</translation>
    </message>
    <message id="order.call.hangup">
        <source>Hang up</source>
        <translation>Hang up</translation>
    </message>
    <message id="order.call.prioritise">
        <source>Prioritise</source>
        <translation>Prioritise</translation>
    </message>
    <message id="order.call.redirect">
        <source>Redirect</source>
        <translation>Redirect</translation>
    </message>
    <message id="order.call.requeue">
        <source>Requeue</source>
        <translation>Requeue</translation>
    </message>
    <message id="order.colon">
        <source>: </source>
        <translation>: </translation>
    </message>
    <message id="order.done">
        <source>{name}: done, the floor shows it</source>
        <translation>{name}: done, the floor shows it</translation>
    </message>
    <message id="order.failed">
        <source>{name}: failed</source>
        <translation>{name}: failed</translation>
    </message>
    <message id="order.handover.note">
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message id="order.handover.settle">
        <source>Settle note</source>
        <translation>Settle note</translation>
    </message>
    <message id="order.layout.save">
        <source>Save layout</source>
        <translation>Save layout</translation>
    </message>
    <message id="order.not_seen">
        <source>{name}: asked, not seen after 5 s</source>
        <translation>{name}: asked, not seen after 5 s</translation>
    </message>
    <message id="order.notice.send">
        <source>Send notice</source>
        <translation>Send notice</translation>
    </message>
    <message id="order.refused">
        <source>{name}: refused</source>
        <translation>{name}: refused</translation>
    </message>
    <message id="order.seat.logout">
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message id="order.seat.move">
        <source>Move queues</source>
        <translation>Move queues</translation>
    </message>
    <message id="order.seat.pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="order.seat.ready">
        <source>Make ready</source>
        <translation>Make ready</translation>
    </message>
    <message id="order.seat.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="order.taken">
        <source>{name}: taken</source>
        <translation>{name}: taken</translation>
    </message>
    <message id="order.undone">
        <source>{name}: undone</source>
        <translation>{name}: undone</translation>
    </message>
    <message id="order.unknown">
        <source>{name}: unknown, it may have happened; trust the screen</source>
        <translation>{name}: unknown, it may have happened; trust the screen</translation>
    </message>
    <message id="order.waiting">
        <source>{name}: asked, waiting for the floor to show it</source>
        <translation>{name}: asked, waiting for the floor to show it</translation>
    </message>
    <message id="ordering.a_call">
        <source>a call</source>
        <translation>a call</translation>
    </message>
    <message id="ordering.all">
        <source>All results</source>
        <translation>All results</translation>
    </message>
    <message id="ordering.and_more">
        <source>{names} and {count} more</source>
        <translation>{names} and {count} more</translation>
    </message>
    <message id="ordering.asking">
        <source>Asking the gateway…</source>
        <translation>Asking the gateway…</translation>
    </message>
    <message id="ordering.because">
        <source>Reason: {reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message id="ordering.call">
        <source>a call of {queue}</source>
        <translation>a call of {queue}</translation>
    </message>
    <message id="ordering.cancel">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="ordering.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="ordering.column.about">
        <source>About</source>
        <translation>About</translation>
    </message>
    <message id="ordering.column.by">
        <source>By</source>
        <translation>By</translation>
    </message>
    <message id="ordering.column.effect">
        <source>Effect</source>
        <translation>Effect</translation>
    </message>
    <message id="ordering.column.order">
        <source>Order</source>
        <translation>Order</translation>
    </message>
    <message id="ordering.column.reader">
        <source>To</source>
        <translation>To</translation>
    </message>
    <message id="ordering.column.reason">
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message id="ordering.column.result">
        <source>Result</source>
        <translation>Result</translation>
    </message>
    <message id="ordering.column.state">
        <source>State</source>
        <translation>State</translation>
    </message>
    <message id="ordering.column.text">
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message id="ordering.column.time">
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message id="ordering.column.until">
        <source>Until</source>
        <translation>Until</translation>
    </message>
    <message id="ordering.column.who">
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message id="ordering.copy">
        <source>Copy as text</source>
        <translation>Copy as text</translation>
    </message>
    <message id="ordering.count.done">
        <source>{count} done</source>
        <translation>{count} done</translation>
    </message>
    <message id="ordering.count.failed">
        <source>{count} failed</source>
        <translation>{count} failed</translation>
    </message>
    <message id="ordering.count.open">
        <source>{count} on the way</source>
        <translation>{count} on the way</translation>
    </message>
    <message id="ordering.count.refused">
        <source>{count} refused</source>
        <translation>{count} refused</translation>
    </message>
    <message id="ordering.count.taken">
        <source>{count} taken on</source>
        <translation>{count} taken on</translation>
    </message>
    <message id="ordering.count.undone">
        <source>{count} undone</source>
        <translation>{count} undone</translation>
    </message>
    <message id="ordering.count.unknown">
        <source>{count} unknown</source>
        <translation>{count} unknown</translation>
    </message>
    <message id="ordering.done">
        <source>done, the floor shows it</source>
        <translation>done, the floor shows it</translation>
    </message>
    <message id="ordering.failed">
        <source>failed</source>
        <translation>failed</translation>
    </message>
    <message id="ordering.floor">
        <source>the whole floor</source>
        <translation>the whole floor</translation>
    </message>
    <message id="ordering.give_many">
        <source>{name}: {count}</source>
        <translation>{name}: {count}</translation>
    </message>
    <message id="ordering.hits">
        <source>Also affected: {names}</source>
        <translation>Also affected: {names}</translation>
    </message>
    <message id="ordering.list">
        <source>All orders</source>
        <translation>All orders</translation>
    </message>
    <message id="ordering.many">
        <source>{name} · {count} targets</source>
        <translation>{name} · {count} targets</translation>
    </message>
    <message id="ordering.move.asking">
        <source>Asking which queues are served now…</source>
        <translation>Asking which queues are served now…</translation>
    </message>
    <message id="ordering.move.change">
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message id="ordering.move.failed">
        <source>Which queues are served now could not be had: {why}</source>
        <translation>Which queues are served now could not be had: {why}</translation>
    </message>
    <message id="ordering.move.go">
        <source>Move</source>
        <translation>Move</translation>
    </message>
    <message id="ordering.move.join">
        <source>Join</source>
        <translation>Join</translation>
    </message>
    <message id="ordering.move.known">
        <source>&quot;Set penalty&quot; and &quot;Join&quot; set the penalty; &quot;Leave&quot; ends calls of that queue</source>
        <translation>&quot;Set penalty&quot; and &quot;Join&quot; set the penalty; &quot;Leave&quot; ends calls of that queue</translation>
    </message>
    <message id="ordering.move.leave">
        <source>Leave</source>
        <translation>Leave</translation>
    </message>
    <message id="ordering.move.many">
        <source>The same for each of these seats; looked at before it is given</source>
        <translation>The same for each of these seats; looked at before it is given</translation>
    </message>
    <message id="ordering.move.now">
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message id="ordering.move.of">
        <source>Change in {queue}</source>
        <translation>Change in {queue}</translation>
    </message>
    <message id="ordering.move.penalty">
        <source>Penalty</source>
        <translation>Penalty</translation>
    </message>
    <message id="ordering.move.penalty_of">
        <source>Penalty in {queue}</source>
        <translation>Penalty in {queue}</translation>
    </message>
    <message id="ordering.move.penalty_tip">
        <source>The higher, the later calls come; 0 comes first</source>
        <translation>The higher, the later calls come; 0 comes first</translation>
    </message>
    <message id="ordering.move.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="ordering.move.review">
        <source>Review…</source>
        <translation>Review…</translation>
    </message>
    <message id="ordering.move.serves">
        <source>serves · penalty {penalty}</source>
        <translation>serves · penalty {penalty}</translation>
    </message>
    <message id="ordering.move.serves_not">
        <source>does not serve</source>
        <translation>does not serve</translation>
    </message>
    <message id="ordering.move.set">
        <source>Set penalty</source>
        <translation>Set penalty</translation>
    </message>
    <message id="ordering.move.stay">
        <source>As it is</source>
        <translation>As it is</translation>
    </message>
    <message id="ordering.move.unknown">
        <source>The telephone system does not say which queues are served now</source>
        <translation>The telephone system does not say which queues are served now</translation>
    </message>
    <message id="ordering.no_notice">
        <source>No notice is in force</source>
        <translation>No notice is in force</translation>
    </message>
    <message id="ordering.nobody">
        <source>It can be done to none of them</source>
        <translation>It can be done to none of them</translation>
    </message>
    <message id="ordering.none">
        <source>No order was given at this desk yet</source>
        <translation>No order was given at this desk yet</translation>
    </message>
    <message id="ordering.not_given">
        <source>not given</source>
        <translation>not given</translation>
    </message>
    <message id="ordering.not_seen">
        <source>asked, not seen after 5 s</source>
        <translation>asked, not seen after 5 s</translation>
    </message>
    <message id="ordering.notice.count">
        <source>{count} of {most} characters</source>
        <translation>{count} of {most} characters</translation>
    </message>
    <message id="ordering.notice.minutes">
        <source>Holds for</source>
        <translation>Holds for</translation>
    </message>
    <message id="ordering.notice.review">
        <source>Review…</source>
        <translation>Review…</translation>
    </message>
    <message id="ordering.notice.text">
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message id="ordering.notice.to">
        <source>To</source>
        <translation>To</translation>
    </message>
    <message id="ordering.notice.unit">
        <source> min</source>
        <translation> min</translation>
    </message>
    <message id="ordering.notice.words">
        <source>One line, seen at once</source>
        <translation>One line, seen at once</translation>
    </message>
    <message id="ordering.notices">
        <source>Notices in force</source>
        <translation>Notices in force</translation>
    </message>
    <message id="ordering.one">
        <source>{name} · {target}</source>
        <translation>{name} · {target}</translation>
    </message>
    <message id="ordering.phase.done">
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message id="ordering.phase.failed">
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message id="ordering.phase.open">
        <source>On its way</source>
        <translation>On its way</translation>
    </message>
    <message id="ordering.phase.refused">
        <source>Refused</source>
        <translation>Refused</translation>
    </message>
    <message id="ordering.phase.undone">
        <source>Undone</source>
        <translation>Undone</translation>
    </message>
    <message id="ordering.phase.unknown">
        <source>Unknown</source>
        <translation>Unknown</translation>
    </message>
    <message id="ordering.quota">
        <source>Quota of {team}: {most} of {people} may be on break, {free} free now, so {refused} of these {count} would be refused</source>
        <translation>Quota of {team}: {most} of {people} may be on break, {free} free now, so {refused} of these {count} would be refused</translation>
    </message>
    <message id="ordering.readers">
        <source>Who can see it: {names}</source>
        <translation>Who can see it: {names}</translation>
    </message>
    <message id="ordering.reason">
        <source>Reason (kept in the audit)</source>
        <translation>Reason (kept in the audit)</translation>
    </message>
    <message id="ordering.reason_first">
        <source>This site asks for a reason: write it first</source>
        <translation>This site asks for a reason: write it first</translation>
    </message>
    <message id="ordering.refused">
        <source>refused</source>
        <translation>refused</translation>
    </message>
    <message id="ordering.says">
        <source>Text: {text}</source>
        <translation>Text: {text}</translation>
    </message>
    <message id="ordering.semicolon">
        <source>; </source>
        <translation>; </translation>
    </message>
    <message id="ordering.several">
        <source>{name} ×{count}</source>
        <translation>{name} ×{count}</translation>
    </message>
    <message id="ordering.taken">
        <source>taken</source>
        <translation>taken</translation>
    </message>
    <message id="ordering.targets">
        <source>Targets</source>
        <translation>Targets</translation>
    </message>
    <message id="ordering.times">
        <source>{count}: {effect}</source>
        <translation>{count}: {effect}</translation>
    </message>
    <message id="ordering.title">
        <source>My orders</source>
        <translation>My orders</translation>
    </message>
    <message id="ordering.undo_many">
        <source>Undo {count}</source>
        <translation>Undo {count}</translation>
    </message>
    <message id="ordering.undo_why">
        <source>Choose an order that can still be undone: ready, pause or move, for a while</source>
        <translation>Choose an order that can still be undone: ready, pause or move, for a while</translation>
    </message>
    <message id="ordering.undone">
        <source>undone</source>
        <translation>undone</translation>
    </message>
    <message id="ordering.unknown">
        <source>unknown, it may have happened; trust the screen</source>
        <translation>unknown, it may have happened; trust the screen</translation>
    </message>
    <message id="ordering.waiting">
        <source>asked, waiting for the floor to show it</source>
        <translation>asked, waiting for the floor to show it</translation>
    </message>
    <message id="ordering.would_refuse">
        <source>Cannot be done: {why}</source>
        <translation>Cannot be done: {why}</translation>
    </message>
    <message id="pin.leave">
        <source>Leave</source>
        <translation>Leave</translation>
    </message>
    <message id="pin.none">
        <source>Leave the wall display?</source>
        <translation>Leave the wall display?</translation>
    </message>
    <message id="pin.prompt">
        <source>Enter the PIN to leave the wall display</source>
        <translation>Enter the PIN to leave the wall display</translation>
    </message>
    <message id="pin.stay">
        <source>Stay</source>
        <translation>Stay</translation>
    </message>
    <message id="pin.title">
        <source>Leave the wall</source>
        <translation>Leave the wall</translation>
    </message>
    <message id="pin.wait">
        <source>Too many attempts, please wait {seconds} s</source>
        <translation>Too many attempts, please wait {seconds} s</translation>
    </message>
    <message id="pin.wrong">
        <source>That PIN is not right, please try again</source>
        <translation>That PIN is not right, please try again</translation>
    </message>
    <message id="question.late">
        <source>the gateway has not answered in time; it may still be reading, ask again</source>
        <translation>the gateway has not answered in time; it may still be reading, ask again</translation>
    </message>
    <message id="question.no_link">
        <source>there is no connection to the gateway now; try again when it is back</source>
        <translation>there is no connection to the gateway now; try again when it is back</translation>
    </message>
    <message id="question.reading">
        <source>The gateway reads the past: {percent}%</source>
        <translation>The gateway reads the past: {percent}%</translation>
    </message>
    <message id="queues.about">
        <source>~{time}</source>
        <translation>~{time}</translation>
    </message>
    <message id="queues.all">
        <source>All queues</source>
        <translation>All queues</translation>
    </message>
    <message id="queues.all.tip">
        <source>Show the callers of all queues</source>
        <translation>Show the callers of all queues</translation>
    </message>
    <message id="queues.answered">
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message id="queues.caller_tip">
        <source>{number} · {queue} · predicted wait left: {left}</source>
        <translation>{number} · {queue} · predicted wait left: {left}</translation>
    </message>
    <message id="queues.callers">
        <source>Waiting callers</source>
        <translation>Waiting callers</translation>
    </message>
    <message id="queues.callers_of">
        <source>Waiting: {queue}</source>
        <translation>Waiting: {queue}</translation>
    </message>
    <message id="queues.callers_withheld">
        <source>Callers are not shown to whoever may only look</source>
        <translation>Callers are not shown to whoever may only look</translation>
    </message>
    <message id="queues.cards">
        <source>Cards</source>
        <translation>Cards</translation>
    </message>
    <message id="queues.cards.tip">
        <source>Show queues as cards</source>
        <translation>Show queues as cards</translation>
    </message>
    <message id="queues.column.abandoned">
        <source>Lost</source>
        <translation>Lost</translation>
    </message>
    <message id="queues.column.answered">
        <source>Answ.</source>
        <translation>Answ.</translation>
    </message>
    <message id="queues.column.average">
        <source>Mean</source>
        <translation>Mean</translation>
    </message>
    <message id="queues.column.expected">
        <source>Expect</source>
        <translation>Expect</translation>
    </message>
    <message id="queues.column.level">
        <source>Level</source>
        <translation>Level</translation>
    </message>
    <message id="queues.column.longest">
        <source>Longest</source>
        <translation>Longest</translation>
    </message>
    <message id="queues.column.offered">
        <source>Offered</source>
        <translation>Offered</translation>
    </message>
    <message id="queues.column.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="queues.column.rate">
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message id="queues.column.ready">
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message id="queues.column.waiting">
        <source>Wait</source>
        <translation>Wait</translation>
    </message>
    <message id="queues.curves">
        <source>Curves</source>
        <translation>Curves</translation>
    </message>
    <message id="queues.curves.tip">
        <source>Curves of the day</source>
        <translation>Curves of the day</translation>
    </message>
    <message id="queues.free">
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message id="queues.language">
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message id="queues.left">
        <source>Left</source>
        <translation>Left</translation>
    </message>
    <message id="queues.longest">
        <source>Longest</source>
        <translation>Longest</translation>
    </message>
    <message id="queues.nobody_waits">
        <source>Nobody waits</source>
        <translation>Nobody waits</translation>
    </message>
    <message id="queues.number">
        <source>Number</source>
        <translation>Number</translation>
    </message>
    <message id="queues.order">
        <source>Orders…</source>
        <translation>Orders…</translation>
    </message>
    <message id="queues.order.tip">
        <source>Requeue, prioritise, redirect or hang up the chosen calls</source>
        <translation>Requeue, prioritise, redirect or hang up the chosen calls</translation>
    </message>
    <message id="queues.priority">
        <source>Prio</source>
        <translation>Prio</translation>
    </message>
    <message id="queues.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="queues.rail">
        <source>Queues</source>
        <translation>Queues</translation>
    </message>
    <message id="queues.rate">
        <source>Answer rate {rate}</source>
        <translation>Answer rate {rate}</translation>
    </message>
    <message id="queues.rest">
        <source>Answer rate needed for the rest of the day</source>
        <translation>Answer rate needed for the rest of the day</translation>
    </message>
    <message id="queues.spoken">
        <source>{queue}, {waiting} waiting, longest {longest}, answer rate {rate}, ready {free}</source>
        <translation>{queue}, {waiting} waiting, longest {longest}, answer rate {rate}, ready {free}</translation>
    </message>
    <message id="queues.state">
        <source>State</source>
        <translation>State</translation>
    </message>
    <message id="queues.table">
        <source>Table</source>
        <translation>Table</translation>
    </message>
    <message id="queues.table.tip">
        <source>Show queues as a table that can be sorted</source>
        <translation>Show queues as a table that can be sorted</translation>
    </message>
    <message id="queues.title">
        <source>Queues</source>
        <translation>Queues</translation>
    </message>
    <message id="queues.wait">
        <source>Waited</source>
        <translation>Waited</translation>
    </message>
    <message id="queues.waiting">
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message id="refused.action">
        <source>That cannot be done</source>
        <translation>That cannot be done</translation>
    </message>
    <message id="refused.action.detail">
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message id="refused.certificate">
        <source>Certificate not trusted</source>
        <translation>Certificate not trusted</translation>
    </message>
    <message id="refused.certificate.do">
        <source>Name its authority&apos;s file with --certificate</source>
        <translation>Name its authority&apos;s file with --certificate</translation>
    </message>
    <message id="refused.language">
        <source>Not a Watchfloor gateway</source>
        <translation>Not a Watchfloor gateway</translation>
    </message>
    <message id="refused.language.do">
        <source>Check the host and port of --gateway</source>
        <translation>Check the host and port of --gateway</translation>
    </message>
    <message id="refused.title">
        <source>The gateway refuses this wall</source>
        <translation>The gateway refuses this wall</translation>
    </message>
    <message id="refused.token">
        <source>Token refused</source>
        <translation>Token refused</translation>
    </message>
    <message id="refused.token.do">
        <source>Put a new token into its file, or restart the wall with one</source>
        <translation>Put a new token into its file, or restart the wall with one</translation>
    </message>
    <message id="refused.version">
        <source>Gateway of another version</source>
        <translation>Gateway of another version</translation>
    </message>
    <message id="refused.version.do">
        <source>Update the wall or the gateway</source>
        <translation>Update the wall or the gateway</translation>
    </message>
    <message id="reports.about">
        <source>Tokens, phone numbers and names of hosts were taken out; have a look before you send one to a maintainer.</source>
        <translation>Tokens, phone numbers and names of hosts were taken out; have a look before you send one to a maintainer.</translation>
    </message>
    <message id="reports.close">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="reports.copied">
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message id="reports.copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="reports.delete">
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message id="reports.delete_all">
        <source>Delete all</source>
        <translation>Delete all</translation>
    </message>
    <message id="reports.deleted">
        <source>Deleted</source>
        <translation>Deleted</translation>
    </message>
    <message id="reports.fresh">
        <source>Something failed last time</source>
        <translation>Something failed last time</translation>
    </message>
    <message id="reports.fresh.detail">
        <source>There are new crash reports: {count}; press to read, copy or delete them</source>
        <translation>There are new crash reports: {count}; press to read, copy or delete them</translation>
    </message>
    <message id="reports.none">
        <source>There are no crash reports</source>
        <translation>There are no crash reports</translation>
    </message>
    <message id="reports.not_deleted">
        <source>Could not be deleted</source>
        <translation>Could not be deleted</translation>
    </message>
    <message id="reports.part.console">
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message id="reports.part.desk">
        <source>Desk</source>
        <translation>Desk</translation>
    </message>
    <message id="reports.part.desk-killed">
        <source>Desk, killed by a fault</source>
        <translation>Desk, killed by a fault</translation>
    </message>
    <message id="reports.text">
        <source>What the report says</source>
        <translation>What the report says</translation>
    </message>
    <message id="reports.title">
        <source>Crash reports</source>
        <translation>Crash reports</translation>
    </message>
    <message id="rest.basis.linear">
        <source>Remaining calls reckoned from the pace of the last hour</source>
        <translation>Remaining calls reckoned from the pace of the last hour</translation>
    </message>
    <message id="rest.basis.profile">
        <source>Remaining calls reckoned from the site&apos;s hourly shares</source>
        <translation>Remaining calls reckoned from the site&apos;s hourly shares</translation>
    </message>
    <message id="rest.basis.week">
        <source>Remaining calls reckoned from the same weekday a week ago</source>
        <translation>Remaining calls reckoned from the same weekday a week ago</translation>
    </message>
    <message id="rest.basis.yesterday">
        <source>Remaining calls reckoned from yesterday</source>
        <translation>Remaining calls reckoned from yesterday</translation>
    </message>
    <message id="rest.lost">
        <source>{target} for the day cannot be reached any more, even if every remaining call is answered</source>
        <translation>{target} for the day cannot be reached any more, even if every remaining call is answered</translation>
    </message>
    <message id="rest.lost.short">
        <source>{target} out of reach</source>
        <translation>{target} out of reach</translation>
    </message>
    <message id="rest.needed">
        <source>To close the day at {target} the remaining calls must reach {needed}</source>
        <translation>To close the day at {target} the remaining calls must reach {needed}</translation>
    </message>
    <message id="rest.needed.short">
        <source>Rest: {needed}</source>
        <translation>Rest: {needed}</translation>
    </message>
    <message id="rest.won">
        <source>{target} for the day is safe, whatever comes</source>
        <translation>{target} for the day is safe, whatever comes</translation>
    </message>
    <message id="rest.won.short">
        <source>{target} is safe</source>
        <translation>{target} is safe</translation>
    </message>
    <message id="role.admin">
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message id="role.manager">
        <source>Centre manager</source>
        <translation>Centre manager</translation>
    </message>
    <message id="role.qa">
        <source>Quality evaluator</source>
        <translation>Quality evaluator</translation>
    </message>
    <message id="role.supervisor">
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message id="role.vendor_lead">
        <source>Vendor lead</source>
        <translation>Vendor lead</translation>
    </message>
    <message id="role.wall">
        <source>Read only</source>
        <translation>Read only</translation>
    </message>
    <message id="said.access.ended">
        <source>the right to give it ended or changed before its turn came; nothing was done</source>
        <translation>the right to give it ended or changed before its turn came; nothing was done</translation>
    </message>
    <message id="said.access.rights">
        <source>The role {role} has no right to give &quot;{order}&quot;</source>
        <translation>The role {role} has no right to give &quot;{order}&quot;</translation>
    </message>
    <message id="said.after_call.logout">
        <source>signs out when the call is over</source>
        <translation>signs out when the call is over</translation>
    </message>
    <message id="said.after_call.pause">
        <source>the pause begins when the call is over</source>
        <translation>the pause begins when the call is over</translation>
    </message>
    <message id="said.after_call.ready">
        <source>takes calls again when the call is over</source>
        <translation>takes calls again when the call is over</translation>
    </message>
    <message id="said.after_work.logout">
        <source>signs out when the present work is over</source>
        <translation>signs out when the present work is over</translation>
    </message>
    <message id="said.after_work.pause">
        <source>the pause begins when the present work is over</source>
        <translation>the pause begins when the present work is over</translation>
    </message>
    <message id="said.after_work.ready">
        <source>takes calls again when the present work is over</source>
        <translation>takes calls again when the present work is over</translation>
    </message>
    <message id="said.agent.unknown">
        <source>there is no such agent in sight</source>
        <translation>there is no such agent in sight</translation>
    </message>
    <message id="said.alarm.acknowledged">
        <source>already acknowledged by {by}</source>
        <translation>already acknowledged by {by}</translation>
    </message>
    <message id="said.alarm.gone">
        <source>there is no such alarm; it may have ended</source>
        <translation>there is no such alarm; it may have ended</translation>
    </message>
    <message id="said.alarm.in_service">
        <source>it is in service already</source>
        <translation>it is in service already</translation>
    </message>
    <message id="said.alarm.minutes">
        <source>an alarm is shelved for 1 to {longest} minutes; for longer take it out of service</source>
        <translation>an alarm is shelved for 1 to {longest} minutes; for longer take it out of service</translation>
    </message>
    <message id="said.alarm.name_long">
        <source>a name is one line of {most} characters at most</source>
        <translation>a name is one line of {most} characters at most</translation>
    </message>
    <message id="said.alarm.name_missing">
        <source>several people use this credential: give your name, so that it is known who it was</source>
        <translation>several people use this credential: give your name, so that it is known who it was</translation>
    </message>
    <message id="said.alarm.not_shelved">
        <source>it is not shelved; it may have come off the shelf meanwhile</source>
        <translation>it is not shelved; it may have come off the shelf meanwhile</translation>
    </message>
    <message id="said.alarm.out_already">
        <source>it is out of service already, by {by}</source>
        <translation>it is out of service already, by {by}</translation>
    </message>
    <message id="said.alarm.outdated">
        <source>the alarm has changed since this was decided; look at it again</source>
        <translation>the alarm has changed since this was decided; look at it again</translation>
    </message>
    <message id="said.alarm.reason_long">
        <source>a reason is one line of {most} characters at most</source>
        <translation>a reason is one line of {most} characters at most</translation>
    </message>
    <message id="said.alarm.reason_missing">
        <source>give a reason: whoever comes next has to know why this alarm does not tell</source>
        <translation>give a reason: whoever comes next has to know why this alarm does not tell</translation>
    </message>
    <message id="said.alarm.shelved_already">
        <source>it is shelved already, by {by}</source>
        <translation>it is shelved already, by {by}</translation>
    </message>
    <message id="said.alarm.texts">
        <source>alarm, name and reason are texts</source>
        <translation>alarm, name and reason are texts</translation>
    </message>
    <message id="said.all">
        <source>all queues</source>
        <translation>all queues</translation>
    </message>
    <message id="said.and">
        <source>, </source>
        <translation>, </translation>
    </message>
    <message id="said.args.unusable">
        <source>the arguments cannot be used: {error}</source>
        <translation>the arguments cannot be used: {error}</translation>
    </message>
    <message id="said.asterisk.away">
        <source>Asterisk is not connected: nothing was done</source>
        <translation>Asterisk is not connected: nothing was done</translation>
    </message>
    <message id="said.asterisk.error">
        <source>Asterisk: {error}</source>
        <translation>Asterisk: {error}</translation>
    </message>
    <message id="said.asterisk.fixed">
        <source>member of {queues} by Asterisk&apos;s configuration, which no order can undo; a pause keeps calls away as well</source>
        <translation>member of {queues} by Asterisk&apos;s configuration, which no order can undo; a pause keeps calls away as well</translation>
    </message>
    <message id="said.asterisk.half">
        <source>{error}; done by half: look at the queues of the seat</source>
        <translation>{error}; done by half: look at the queues of the seat</translation>
    </message>
    <message id="said.asterisk.hidden">
        <source>asked, but it cannot be looked up: {error}</source>
        <translation>asked, but it cannot be looked up: {error}</translation>
    </message>
    <message id="said.asterisk.is_fixed">
        <source>Asterisk refuses: its configuration keeps the phone in this queue</source>
        <translation>Asterisk refuses: its configuration keeps the phone in this queue</translation>
    </message>
    <message id="said.asterisk.is_member">
        <source>Asterisk refuses: the phone is in this queue already</source>
        <translation>Asterisk refuses: the phone is in this queue already</translation>
    </message>
    <message id="said.asterisk.lost">
        <source>{error}: it may have happened; trust the screen</source>
        <translation>{error}: it may have happened; trust the screen</translation>
    </message>
    <message id="said.asterisk.no_channel">
        <source>Asterisk refuses: the call is over, or somewhere else</source>
        <translation>Asterisk refuses: the call is over, or somewhere else</translation>
    </message>
    <message id="said.asterisk.no_member">
        <source>Asterisk refuses: it is not in this queue</source>
        <translation>Asterisk refuses: it is not in this queue</translation>
    </message>
    <message id="said.asterisk.no_membership">
        <source>seat {seat} is signed in to no queue</source>
        <translation>seat {seat} is signed in to no queue</translation>
    </message>
    <message id="said.asterisk.no_phone">
        <source>Asterisk knows no phone of seat {seat}</source>
        <translation>Asterisk knows no phone of seat {seat}</translation>
    </message>
    <message id="said.asterisk.no_queue">
        <source>Asterisk has no queue {queue}</source>
        <translation>Asterisk has no queue {queue}</translation>
    </message>
    <message id="said.asterisk.no_right">
        <source>Asterisk refuses: the gateway&apos;s manager user may not</source>
        <translation>Asterisk refuses: the gateway&apos;s manager user may not</translation>
    </message>
    <message id="said.asterisk.no_way">
        <source>there is no {number} in [{context}] of the dialplan: nothing was done</source>
        <translation>there is no {number} in [{context}] of the dialplan: nothing was done</translation>
    </message>
    <message id="said.asterisk.nobody">
        <source>Asterisk knows nobody at seat {seat}</source>
        <translation>Asterisk knows nobody at seat {seat}</translation>
    </message>
    <message id="said.asterisk.priority_kept">
        <source>Asterisk kept the priority {priority}</source>
        <translation>Asterisk kept the priority {priority}</translation>
    </message>
    <message id="said.asterisk.refuses">
        <source>Asterisk refuses: {message}</source>
        <translation>Asterisk refuses: {message}</translation>
    </message>
    <message id="said.asterisk.unknown_queue">
        <source>Asterisk refuses: it has no such queue</source>
        <translation>Asterisk refuses: it has no such queue</translation>
    </message>
    <message id="said.break.after">
        <source>no place in {team} after {before} above ({away} of {quota} are on break)</source>
        <translation>no place in {team} after {before} above ({away} of {quota} are on break)</translation>
    </message>
    <message id="said.break.full">
        <source>{away} of {quota} of {team} are on break</source>
        <translation>{away} of {quota} of {team} are on break</translation>
    </message>
    <message id="said.break.full_soon">
        <source>{away} of {quota} of {team} are on break, {soon} of them as soon as their work is over</source>
        <translation>{away} of {quota} of {team} are on break, {soon} of them as soon as their work is over</translation>
    </message>
    <message id="said.break.none">
        <source>nobody of {team} may be sent on a break: its quota is 0</source>
        <translation>nobody of {team} may be sent on a break: its quota is 0</translation>
    </message>
    <message id="said.call.answered">
        <source>an agent has this call already</source>
        <translation>an agent has this call already</translation>
    </message>
    <message id="said.call.cut">
        <source>the call has ended: its caller hung up, or nobody took it at {to}</source>
        <translation>the call has ended: its caller hung up, or nobody took it at {to}</translation>
    </message>
    <message id="said.call.ended">
        <source>the call has ended meanwhile</source>
        <translation>the call has ended meanwhile</translation>
    </message>
    <message id="said.call.left">
        <source>the call has left its queue meanwhile</source>
        <translation>the call has left its queue meanwhile</translation>
    </message>
    <message id="said.call.not_arrived">
        <source>the call left its queue and did not come to {queue}</source>
        <translation>the call left its queue and did not come to {queue}</translation>
    </message>
    <message id="said.call.number">
        <source>the number to go to has digits, +, * and #, at most 32</source>
        <translation>the number to go to has digits, +, * and #, at most 32</translation>
    </message>
    <message id="said.call.over">
        <source>this call is over, or out of sight</source>
        <translation>this call is over, or out of sight</translation>
    </message>
    <message id="said.call.priority">
        <source>a priority is 0 to {most}</source>
        <translation>a priority is 0 to {most}</translation>
    </message>
    <message id="said.call.put_back">
        <source>{queue} does not take calls now: it waits in {there} again, at its place</source>
        <translation>{queue} does not take calls now: it waits in {there} again, at its place</translation>
    </message>
    <message id="said.call.queue_full">
        <source>{queue} is full (at most {most} may wait): nothing was done</source>
        <translation>{queue} is full (at most {most} may wait): nothing was done</translation>
    </message>
    <message id="said.call.sent_elsewhere">
        <source>a switch sends calls for {queue} elsewhere: it waits in {there}</source>
        <translation>a switch sends calls for {queue} elsewhere: it waits in {there}</translation>
    </message>
    <message id="said.call.there">
        <source>the call waits in {queue} already</source>
        <translation>the call waits in {queue} already</translation>
    </message>
    <message id="said.call.turned_away">
        <source>the call left its queue and did not come to {queue}: a switch turned it away</source>
        <translation>the call left its queue and did not come to {queue}: a switch turned it away</translation>
    </message>
    <message id="said.closed.resync">
        <source>the gateway could not tell what had changed; fetching everything anew by itself</source>
        <translation>the gateway could not tell what had changed; fetching everything anew by itself</translation>
    </message>
    <message id="said.closed.revoked">
        <source>the gateway has withdrawn the token</source>
        <translation>the gateway has withdrawn the token</translation>
    </message>
    <message id="said.closed.slow">
        <source>the connection or this machine was too slow, so the gateway cut it; connecting again by itself</source>
        <translation>the connection or this machine was too slow, so the gateway cut it; connecting again by itself</translation>
    </message>
    <message id="said.closed.unauthenticated">
        <source>the gateway did not hear in time who connects; trying again by itself</source>
        <translation>the gateway did not hear in time who connects; trying again by itself</translation>
    </message>
    <message id="said.connect.authority">
        <source>the certificates to trust for {url} cannot be read from {file}: {why}</source>
        <translation>the certificates to trust for {url} cannot be read from {file}: {why}</translation>
    </message>
    <message id="said.connect.catching_up">
        <source>the gateway counts the day so far: {percent}%</source>
        <translation>the gateway counts the day so far: {percent}%</translation>
    </message>
    <message id="said.connect.certificate">
        <source>the certificate of {url} is not trusted: {why}</source>
        <translation>the certificate of {url} is not trusted: {why}</translation>
    </message>
    <message id="said.connect.failed">
        <source>following {url} failed: {why}</source>
        <translation>following {url} failed: {why}</translation>
    </message>
    <message id="said.connect.language">
        <source>{url} does not speak {protocol}: {why}</source>
        <translation>{url} does not speak {protocol}: {why}</translation>
    </message>
    <message id="said.connect.starting">
        <source>the gateway has started and reads its log: {percent}%</source>
        <translation>the gateway has started and reads its log: {percent}%</translation>
    </message>
    <message id="said.connect.unreachable">
        <source>{url} cannot be reached: {why}</source>
        <translation>{url} cannot be reached: {why}</translation>
    </message>
    <message id="said.connect.unreadable">
        <source>{url} sent what this version cannot read: {why}</source>
        <translation>{url} sent what this version cannot read: {why}</translation>
    </message>
    <message id="said.connect.version">
        <source>{url} is a gateway of another version: it speaks {theirs}, this program {protocol}</source>
        <translation>{url} is a gateway of another version: it speaks {theirs}, this program {protocol}</translation>
    </message>
    <message id="said.effect.acknowledge">
        <source>everybody sees that you have seen the alarm</source>
        <translation>everybody sees that you have seen the alarm</translation>
    </message>
    <message id="said.effect.hangup">
        <source>the caller is cut off and is not called back</source>
        <translation>the caller is cut off and is not called back</translation>
    </message>
    <message id="said.effect.hangup_talk">
        <source>a conversation is cut off; the caller is not called back</source>
        <translation>a conversation is cut off; the caller is not called back</translation>
    </message>
    <message id="said.effect.in_service">
        <source>the alarm is in service again, for everybody</source>
        <translation>the alarm is in service again, for everybody</translation>
    </message>
    <message id="said.effect.join">
        <source>serves {queues} from now on</source>
        <translation>serves {queues} from now on</translation>
    </message>
    <message id="said.effect.leave">
        <source>serves {left} no more</source>
        <translation>serves {left} no more</translation>
    </message>
    <message id="said.effect.logout">
        <source>leaves all queues and is signed out</source>
        <translation>leaves all queues and is signed out</translation>
    </message>
    <message id="said.effect.logout_call">
        <source>gets no more calls; the call in hand goes on</source>
        <translation>gets no more calls; the call in hand goes on</translation>
    </message>
    <message id="said.effect.move">
        <source>serves {queues} from now on, and {left} no more</source>
        <translation>serves {queues} from now on, and {left} no more</translation>
    </message>
    <message id="said.effect.notice">
        <source>{count} signed in can see it, for {minutes} min</source>
        <translation>{count} signed in can see it, for {minutes} min</translation>
    </message>
    <message id="said.effect.out_of_service">
        <source>the alarm is silent for everybody until somebody returns it to service</source>
        <translation>the alarm is silent for everybody until somebody returns it to service</translation>
    </message>
    <message id="said.effect.pause">
        <source>gets no calls from now on</source>
        <translation>gets no calls from now on</translation>
    </message>
    <message id="said.effect.pause_other">
        <source>is away already: its time begins anew</source>
        <translation>is away already: its time begins anew</translation>
    </message>
    <message id="said.effect.pause_same">
        <source>is away for this reason already</source>
        <translation>is away for this reason already</translation>
    </message>
    <message id="said.effect.prioritise">
        <source>priority {after} instead of {before}: higher ones are taken first</source>
        <translation>priority {after} instead of {before}: higher ones are taken first</translation>
    </message>
    <message id="said.effect.ready">
        <source>takes calls again at once</source>
        <translation>takes calls again at once</translation>
    </message>
    <message id="said.effect.ready_already">
        <source>takes calls already</source>
        <translation>takes calls already</translation>
    </message>
    <message id="said.effect.redirect">
        <source>the caller leaves the queue and goes to {to}</source>
        <translation>the caller leaves the queue and goes to {to}</translation>
    </message>
    <message id="said.effect.redirect_talk">
        <source>the agent loses the call to {to}</source>
        <translation>the agent loses the call to {to}</translation>
    </message>
    <message id="said.effect.requeue">
        <source>the caller waits in {queue} from now on</source>
        <translation>the caller waits in {queue} from now on</translation>
    </message>
    <message id="said.effect.shelve">
        <source>silent for everybody for {minutes} min, and what follows from it too; it comes back by itself</source>
        <translation>silent for everybody for {minutes} min, and what follows from it too; it comes back by itself</translation>
    </message>
    <message id="said.effect.switch">
        <source>new calls for {queue}: {value}</source>
        <translation>new calls for {queue}: {value}</translation>
    </message>
    <message id="said.effect.unsaid">
        <source>rehearsed only: nothing was done</source>
        <translation>rehearsed only: nothing was done</translation>
    </message>
    <message id="said.effect.unshelve">
        <source>the alarm tells again, for everybody</source>
        <translation>the alarm tells again, for everybody</translation>
    </message>
    <message id="said.hello.expired">
        <source>token {token} expired ({expires})</source>
        <translation>token {token} expired ({expires})</translation>
    </message>
    <message id="said.hello.first">
        <source>the gateway expects another beginning</source>
        <translation>the gateway expects another beginning</translation>
    </message>
    <message id="said.hello.revoked">
        <source>token {token} revoked</source>
        <translation>token {token} revoked</translation>
    </message>
    <message id="said.hello.unfit">
        <source>the gateway cannot read this program&apos;s hello: {why}</source>
        <translation>the gateway cannot read this program&apos;s hello: {why}</translation>
    </message>
    <message id="said.hello.unknown_token">
        <source>this gateway does not know the token</source>
        <translation>this gateway does not know the token</translation>
    </message>
    <message id="said.layout.changed">
        <source>{file} was changed by hand meanwhile; the map shows what it says, draw it from there</source>
        <translation>{file} was changed by hand meanwhile; the map shows what it says, draw it from there</translation>
    </message>
    <message id="said.layout.elsewhere">
        <source>The layout stands in another file of the site folder; move it to {file} first</source>
        <translation>The layout stands in another file of the site folder; move it to {file} first</translation>
    </message>
    <message id="said.layout.flaw">
        <source>This cannot be a floor: {why}</source>
        <translation>This cannot be a floor: {why}</translation>
    </message>
    <message id="said.layout.id">
        <source>The id of the room &quot;{room}&quot; is none, or is used twice</source>
        <translation>The id of the room &quot;{room}&quot; is none, or is used twice</translation>
    </message>
    <message id="said.layout.limited">
        <source>The map is everybody&apos;s: it is not drawn with a credential or a view that is limited</source>
        <translation>The map is everybody&apos;s: it is not drawn with a credential or a view that is limited</translation>
    </message>
    <message id="said.layout.name">
        <source>The name of a room is one line of 1 to {most} characters, in both languages</source>
        <translation>The name of a room is one line of 1 to {most} characters, in both languages</translation>
    </message>
    <message id="said.layout.no_folder">
        <source>This gateway has no site folder to keep the layout in</source>
        <translation>This gateway has no site folder to keep the layout in</translation>
    </message>
    <message id="said.layout.row">
        <source>A row of the room &quot;{room}&quot; is no list of seats</source>
        <translation>A row of the room &quot;{room}&quot; is no list of seats</translation>
    </message>
    <message id="said.layout.unwritable">
        <source>{file} cannot be written ({why}); nothing was changed</source>
        <translation>{file} cannot be written ({why}); nothing was changed</translation>
    </message>
    <message id="said.line.slow">
        <source>the line is too slow: what arrives may be {seconds} s old</source>
        <translation>the line is too slow: what arrives may be {seconds} s old</translation>
    </message>
    <message id="said.listen.agent_left">
        <source>the agent is not on this call any more</source>
        <translation>the agent is not on this call any more</translation>
    </message>
    <message id="said.listen.already">
        <source>you hear this call already (session {session}); change its mode instead</source>
        <translation>you hear this call already (session {session}); change its mode instead</translation>
    </message>
    <message id="said.listen.asterisk_lost">
        <source>the connection to Asterisk was lost</source>
        <translation>the connection to Asterisk was lost</translation>
    </message>
    <message id="said.listen.busy">
        <source>the phone {phone} is busy</source>
        <translation>the phone {phone} is busy</translation>
    </message>
    <message id="said.listen.call_ended">
        <source>the call has ended</source>
        <translation>the call has ended</translation>
    </message>
    <message id="said.listen.call_hidden">
        <source>the call of seat {seat} is not in your sight</source>
        <translation>the call of seat {seat} is not in your sight</translation>
    </message>
    <message id="said.listen.call_unknown">
        <source>the call of seat {seat} is not known yet; ask again in a moment</source>
        <translation>the call of seat {seat} is not known yet; ask again in a moment</translation>
    </message>
    <message id="said.listen.console">
        <source>listening needs a console that is connected</source>
        <translation>listening needs a console that is connected</translation>
    </message>
    <message id="said.listen.console_gone">
        <source>the console is gone</source>
        <translation>the console is gone</translation>
    </message>
    <message id="said.listen.console_silent">
        <source>the console does not answer</source>
        <translation>the console does not answer</translation>
    </message>
    <message id="said.listen.declined">
        <source>the phone {phone} declined the call</source>
        <translation>the phone {phone} declined the call</translation>
    </message>
    <message id="said.listen.early">
        <source>the session is not joined to the call yet; ask again in a moment</source>
        <translation>the session is not joined to the call yet; ask again in a moment</translation>
    </message>
    <message id="said.listen.either_left">
        <source>the phone {phone} hung up, or the agent left the call</source>
        <translation>the phone {phone} hung up, or the agent left the call</translation>
    </message>
    <message id="said.listen.ended_unseen">
        <source>it ended while Asterisk could not be reached</source>
        <translation>it ended while Asterisk could not be reached</translation>
    </message>
    <message id="said.listen.goes_on">
        <source>the gateway stopped; the call that was taken over goes on at {phone}</source>
        <translation>the gateway stopped; the call that was taken over goes on at {phone}</translation>
    </message>
    <message id="said.listen.gone">
        <source>there is no such session; it may have ended</source>
        <translation>there is no such session; it may have ended</translation>
    </message>
    <message id="said.listen.hung_up">
        <source>the phone {phone} hung up</source>
        <translation>the phone {phone} hung up</translation>
    </message>
    <message id="said.listen.impossible">
        <source>this floor&apos;s source lets nobody listen</source>
        <translation>this floor&apos;s source lets nobody listen</translation>
    </message>
    <message id="said.listen.is_barge">
        <source>agent and caller hear you</source>
        <translation>agent and caller hear you</translation>
    </message>
    <message id="said.listen.is_listen">
        <source>nobody hears you</source>
        <translation>nobody hears you</translation>
    </message>
    <message id="said.listen.is_take_over">
        <source>the caller talks with you alone, the agent&apos;s phone was hung up; when you stop, the call ends</source>
        <translation>the caller talks with you alone, the agent&apos;s phone was hung up; when you stop, the call ends</translation>
    </message>
    <message id="said.listen.is_whisper">
        <source>the agent hears you, the caller does not</source>
        <translation>the agent hears you, the caller does not</translation>
    </message>
    <message id="said.listen.joining">
        <source>joining the call and waiting for its sound</source>
        <translation>joining the call and waiting for its sound</translation>
    </message>
    <message id="said.listen.many">
        <source>this console hears {count} calls already; stop one of them first</source>
        <translation>this console hears {count} calls already; stop one of them first</translation>
    </message>
    <message id="said.listen.mode">
        <source>there is no mode {word}; there are {modes}</source>
        <translation>there is no mode {word}; there are {modes}</translation>
    </message>
    <message id="said.listen.mode_kept">
        <source>{error}; the mode is {mode} as before</source>
        <translation>{error}; the mode is {mode} as before</translation>
    </message>
    <message id="said.listen.no_call">
        <source>seat {seat} has no call now</source>
        <translation>seat {seat} has no call now</translation>
    </message>
    <message id="said.listen.no_channel">
        <source>the telephone system knows of no channel on this call; it may have ended</source>
        <translation>the telephone system knows of no channel on this call; it may have ended</translation>
    </message>
    <message id="said.listen.no_leg">
        <source>there is no call {leg} in your sight; it may have ended</source>
        <translation>there is no call {leg} in your sight; it may have ended</translation>
    </message>
    <message id="said.listen.nobody">
        <source>nobody talks with this caller now</source>
        <translation>nobody talks with this caller now</translation>
    </message>
    <message id="said.listen.not_brought">
        <source>Asterisk could not bring the sound (reason {reason})</source>
        <translation>Asterisk could not bring the sound (reason {reason})</translation>
    </message>
    <message id="said.listen.not_joined">
        <source>the telephone system did not join the call within {seconds} s</source>
        <translation>the telephone system did not join the call within {seconds} s</translation>
    </message>
    <message id="said.listen.not_one">
        <source>there is not one caller joined to the agent now</source>
        <translation>there is not one caller joined to the agent now</translation>
    </message>
    <message id="said.listen.not_taken">
        <source>the phone {phone} did not take the call</source>
        <translation>the phone {phone} did not take the call</translation>
    </message>
    <message id="said.listen.on_phone">
        <source>your phone is joined ({mode}); whether it hears anything the gateway cannot know</source>
        <translation>your phone is joined ({mode}); whether it hears anything the gateway cannot know</translation>
    </message>
    <message id="said.listen.only_stop">
        <source>the call was taken over, its agent is gone; it can only be stopped, which ends the call</source>
        <translation>the call was taken over, its agent is gone; it can only be stopped, which ends the call</translation>
    </message>
    <message id="said.listen.other">
        <source>only who listens may change how, at the console that listens</source>
        <translation>only who listens may change how, at the console that listens</translation>
    </message>
    <message id="said.listen.other_phone">
        <source>{phone} is not among the phones of this credential, which sees a part of the floor; listen at the console</source>
        <translation>{phone} is not among the phones of this credential, which sees a part of the floor; listen at the console</translation>
    </message>
    <message id="said.listen.phone">
        <source>{phone} is not the number of a phone</source>
        <translation>{phone} is not the number of a phone</translation>
    </message>
    <message id="said.listen.ringing">
        <source>your phone rings; take the call to listen</source>
        <translation>your phone rings; take the call to listen</translation>
    </message>
    <message id="said.listen.same_mode">
        <source>the session is in mode {mode} already</source>
        <translation>the session is in mode {mode} already</translation>
    </message>
    <message id="said.listen.seat_phone">
        <source>{phone} is the phone of a seat; listening goes to a supervisor&apos;s own phone</source>
        <translation>{phone} is the phone of a seat; listening goes to a supervisor&apos;s own phone</translation>
    </message>
    <message id="said.listen.sound_broke">
        <source>the sound&apos;s connection to Asterisk broke</source>
        <translation>the sound&apos;s connection to Asterisk broke</translation>
    </message>
    <message id="said.listen.stopped">
        <source>stopped by {by}</source>
        <translation>stopped by {by}</translation>
    </message>
    <message id="said.listen.stops">
        <source>the gateway stops</source>
        <translation>the gateway stops</translation>
    </message>
    <message id="said.listen.taken">
        <source>{by} has taken this call over</source>
        <translation>{by} has taken this call over</translation>
    </message>
    <message id="said.listen.texts">
        <source>seat, call and phone are texts</source>
        <translation>seat, call and phone are texts</translation>
    </message>
    <message id="said.listen.unanswered">
        <source>the phone {phone} was not answered</source>
        <translation>the phone {phone} was not answered</translation>
    </message>
    <message id="said.listen.unheard">
        <source>waiting for sound: the phones of this call send none</source>
        <translation>waiting for sound: the phones of this call send none</translation>
    </message>
    <message id="said.listen.unreachable">
        <source>Asterisk cannot reach the phone {phone}: it is unknown there, or not registered</source>
        <translation>Asterisk cannot reach the phone {phone}: it is unknown there, or not registered</translation>
    </message>
    <message id="said.listen.which">
        <source>say either the seat or the call that is to be heard</source>
        <translation>say either the seat or the call that is to be heard</translation>
    </message>
    <message id="said.move.both">
        <source>a queue cannot be joined and left at once</source>
        <translation>a queue cannot be joined and left at once</translation>
    </message>
    <message id="said.move.empty">
        <source>choose a queue to join or to leave</source>
        <translation>choose a queue to join or to leave</translation>
    </message>
    <message id="said.move.penalty">
        <source>a penalty is 0 to {most}</source>
        <translation>a penalty is 0 to {most}</translation>
    </message>
    <message id="said.move.twice">
        <source>a queue is named twice among those to join</source>
        <translation>a queue is named twice among those to join</translation>
    </message>
    <message id="said.note.empty">
        <source>a note needs words</source>
        <translation>a note needs words</translation>
    </message>
    <message id="said.note.floor">
        <source>notes are for the whole floor, which is not in your scope</source>
        <translation>notes are for the whole floor, which is not in your scope</translation>
    </message>
    <message id="said.note.gone">
        <source>there is no such note in sight</source>
        <translation>there is no such note in sight</translation>
    </message>
    <message id="said.note.long">
        <source>a note is at most {most} characters in at most {lines} lines</source>
        <translation>a note is at most {most} characters in at most {lines} lines</translation>
    </message>
    <message id="said.note.many">
        <source>there are {count} notes already, {most} at most: settle those that are dealt with</source>
        <translation>there are {count} notes already, {most} at most: settle those that are dealt with</translation>
    </message>
    <message id="said.note.settled">
        <source>already settled by {by}</source>
        <translation>already settled by {by}</translation>
    </message>
    <message id="said.notice.empty">
        <source>a notice needs words</source>
        <translation>a notice needs words</translation>
    </message>
    <message id="said.notice.floor">
        <source>the whole floor is not in your scope</source>
        <translation>the whole floor is not in your scope</translation>
    </message>
    <message id="said.notice.long">
        <source>a notice is one line of at most {most} characters</source>
        <translation>a notice is one line of at most {most} characters</translation>
    </message>
    <message id="said.notice.minutes">
        <source>a notice holds for 1 to {most} minutes</source>
        <translation>a notice holds for 1 to {most} minutes</translation>
    </message>
    <message id="said.notice.team">
        <source>there is no team {team} that is wholly in your scope</source>
        <translation>there is no team {team} that is wholly in your scope</translation>
    </message>
    <message id="said.notice.to">
        <source>a notice goes to the floor, a team or a seat</source>
        <translation>a notice goes to the floor, a team or a seat</translation>
    </message>
    <message id="said.order.args">
        <source>the arguments of an order are at most {most} bytes; nothing was done</source>
        <translation>the arguments of an order are at most {most} bytes; nothing was done</translation>
    </message>
    <message id="said.order.audit">
        <source>the gateway cannot write its audit, so nothing was done</source>
        <translation>the gateway cannot write its audit, so nothing was done</translation>
    </message>
    <message id="said.order.expired">
        <source>the order expired before it could be carried out</source>
        <translation>the order expired before it could be carried out</translation>
    </message>
    <message id="said.order.key">
        <source>an order needs a key of 1 to {most} characters</source>
        <translation>an order needs a key of 1 to {most} characters</translation>
    </message>
    <message id="said.order.key_conflict">
        <source>this key already stands for another order: nothing was done</source>
        <translation>this key already stands for another order: nothing was done</translation>
    </message>
    <message id="said.order.log">
        <source>the floor&apos;s log cannot be written; nothing was done</source>
        <translation>the floor&apos;s log cannot be written; nothing was done</translation>
    </message>
    <message id="said.order.lost">
        <source>it may have happened before the gateway stopped: look at the floor</source>
        <translation>it may have happened before the gateway stopped: look at the floor</translation>
    </message>
    <message id="said.order.mistake">
        <source>the gateway made a mistake; its log says which</source>
        <translation>the gateway made a mistake; its log says which</translation>
    </message>
    <message id="said.order.no_such">
        <source>there is no order &quot;{order}&quot;</source>
        <translation>there is no order &quot;{order}&quot;</translation>
    </message>
    <message id="said.order.outdated">
        <source>{key} has changed since the order was decided; look at it again</source>
        <translation>{key} has changed since the order was decided; look at it again</translation>
    </message>
    <message id="said.order.reason_long">
        <source>a reason is one line of at most {most} characters</source>
        <translation>a reason is one line of at most {most} characters</translation>
    </message>
    <message id="said.order.reason_missing">
        <source>this site asks for a reason for &quot;{order}&quot;</source>
        <translation>this site asks for a reason for &quot;{order}&quot;</translation>
    </message>
    <message id="said.order.running">
        <source>asked, and not seen yet</source>
        <translation>asked, and not seen yet</translation>
    </message>
    <message id="said.order.same">
        <source>this very order is on its way</source>
        <translation>this very order is on its way</translation>
    </message>
    <message id="said.order.taken">
        <source>{by} has just asked for &quot;{order}&quot; here; see what becomes of it first</source>
        <translation>{by} has just asked for &quot;{order}&quot; here; see what becomes of it first</translation>
    </message>
    <message id="said.order.unavailable">
        <source>&quot;{order}&quot; is not available in this version of the gateway; nothing was done</source>
        <translation>&quot;{order}&quot; is not available in this version of the gateway; nothing was done</translation>
    </message>
    <message id="said.order.unseen">
        <source>asked, not seen after {seconds} s: it may still come; trust the screen</source>
        <translation>asked, not seen after {seconds} s: it may still come; trust the screen</translation>
    </message>
    <message id="said.pause.reason_long">
        <source>a reason is one line of at most {bytes} letters or {chinese} Chinese characters</source>
        <translation>a reason is one line of at most {bytes} letters or {chinese} Chinese characters</translation>
    </message>
    <message id="said.pause.reason_missing">
        <source>a pause needs a reason</source>
        <translation>a pause needs a reason</translation>
    </message>
    <message id="said.question.figure">
        <source>this gateway does not know the figure &quot;{figure}&quot;</source>
        <translation>this gateway does not know the figure &quot;{figure}&quot;</translation>
    </message>
    <message id="said.question.gone">
        <source>this floor has no &quot;{name}&quot; any more</source>
        <translation>this floor has no &quot;{name}&quot; any more</translation>
    </message>
    <message id="said.question.method">
        <source>this gateway is older than this desk and does not know what was asked</source>
        <translation>this gateway is older than this desk and does not know what was asked</translation>
    </message>
    <message id="said.question.page">
        <source>the list has changed meanwhile; ask again from its beginning</source>
        <translation>the list has changed meanwhile; ask again from its beginning</translation>
    </message>
    <message id="said.question.people">
        <source>this figure of {scope} tells of people who are outside your scope</source>
        <translation>this figure of {scope} tells of people who are outside your scope</translation>
    </message>
    <message id="said.question.scope">
        <source>{scope} is outside your scope</source>
        <translation>{scope} is outside your scope</translation>
    </message>
    <message id="said.question.shift">
        <source>a shift has begun and is a day at most</source>
        <translation>a shift has begun and is a day at most</translation>
    </message>
    <message id="said.question.unreadable">
        <source>the log cannot be read there: {detail}</source>
        <translation>the log cannot be read there: {detail}</translation>
    </message>
    <message id="said.queue.unknown">
        <source>there is no queue {queue} in sight</source>
        <translation>there is no queue {queue} in sight</translation>
    </message>
    <message id="said.replay.beats">
        <source>the head of the window tells how far it is</source>
        <translation>the head of the window tells how far it is</translation>
    </message>
    <message id="said.replay.live">
        <source>this floor is live: its time cannot be changed</source>
        <translation>this floor is live: its time cannot be changed</translation>
    </message>
    <message id="said.replay.outside">
        <source>the recording reaches from {begin} to {end}; {wanted} is outside</source>
        <translation>the recording reaches from {begin} to {end}; {wanted} is outside</translation>
    </message>
    <message id="said.replay.seeking">
        <source>a seek is on its way already: wait until it is done</source>
        <translation>a seek is on its way already: wait until it is done</translation>
    </message>
    <message id="said.replay.simulated">
        <source>only a recording can be moved to another moment; this floor is simulated</source>
        <translation>only a recording can be moved to another moment; this floor is simulated</translation>
    </message>
    <message id="said.replay.speed">
        <source>a speed is {slowest} to {fastest}, or max</source>
        <translation>a speed is {slowest} to {fastest}, or max</translation>
    </message>
    <message id="said.replay.to">
        <source>a seek needs the moment to go to</source>
        <translation>a seek needs the moment to go to</translation>
    </message>
    <message id="said.scope.alarm">
        <source>this alarm is every team&apos;s: it is not given to a credential or a view of single teams</source>
        <translation>this alarm is every team&apos;s: it is not given to a credential or a view of single teams</translation>
    </message>
    <message id="said.scope.alarm_all">
        <source>this alarm is the whole floor&apos;s: it is not given to a credential or a view of a part of it</source>
        <translation>this alarm is the whole floor&apos;s: it is not given to a credential or a view of a part of it</translation>
    </message>
    <message id="said.scope.other_queues">
        <source>seat {seat} also serves queues out of your scope</source>
        <translation>seat {seat} also serves queues out of your scope</translation>
    </message>
    <message id="said.scope.replay">
        <source>the floor&apos;s time is everybody&apos;s: it is not moved with a credential or a view of a part of it</source>
        <translation>the floor&apos;s time is everybody&apos;s: it is not moved with a credential or a view of a part of it</translation>
    </message>
    <message id="said.scope.switch">
        <source>a switch is for every caller of a queue: it is not given to a credential or a view of single teams</source>
        <translation>a switch is for every caller of a queue: it is not given to a credential or a view of single teams</translation>
    </message>
    <message id="said.scope.waiting_call">
        <source>a waiting call is no team&apos;s yet: it is not given to a credential or a view of single teams</source>
        <translation>a waiting call is no team&apos;s yet: it is not given to a credential or a view of single teams</translation>
    </message>
    <message id="said.seat.nobody">
        <source>nobody is signed in at seat {seat}</source>
        <translation>nobody is signed in at seat {seat}</translation>
    </message>
    <message id="said.seat.other">
        <source>somebody else sits at seat {seat} now, or nobody</source>
        <translation>somebody else sits at seat {seat} now, or nobody</translation>
    </message>
    <message id="said.seat.unknown">
        <source>there is no seat {seat} in sight</source>
        <translation>there is no seat {seat} in sight</translation>
    </message>
    <message id="said.sim.no_queue">
        <source>the simulated floor has no queue {queue}</source>
        <translation>the simulated floor has no queue {queue}</translation>
    </message>
    <message id="said.sim.not_yet">
        <source>the simulated floor is not live yet: nothing was done; ask again in a moment</source>
        <translation>the simulated floor is not live yet: nothing was done; ask again in a moment</translation>
    </message>
    <message id="said.sim.serves">
        <source>serves {queues} until the end of the duty</source>
        <translation>serves {queues} until the end of the duty</translation>
    </message>
    <message id="said.sim.stopped">
        <source>the simulated floor stopped: look at it when it is there again</source>
        <translation>the simulated floor stopped: look at it when it is there again</translation>
    </message>
    <message id="said.source.none">
        <source>this floor&apos;s source takes no orders</source>
        <translation>this floor&apos;s source takes no orders</translation>
    </message>
    <message id="said.source.recording">
        <source>this floor is a recording: its source takes no orders</source>
        <translation>this floor is a recording: its source takes no orders</translation>
    </message>
    <message id="said.switch.all_wins">
        <source>the switch for all wins: calls go by {value}</source>
        <translation>the switch for all wins: calls go by {value}</translation>
    </message>
    <message id="said.switch.itself">
        <source>a queue cannot overflow to itself</source>
        <translation>a queue cannot overflow to itself</translation>
    </message>
    <message id="said.switch.other">
        <source>written, but {value} is read back: somebody else turned it</source>
        <translation>written, but {value} is read back: somebody else turned it</translation>
    </message>
    <message id="said.switch.overflow">
        <source>calls cannot overflow to {queue}: there is no such queue in sight</source>
        <translation>calls cannot overflow to {queue}: there is no such queue in sight</translation>
    </message>
    <message id="said.switch.unknown">
        <source>there is no switch {switch} in sight</source>
        <translation>there is no switch {switch} in sight</translation>
    </message>
    <message id="said.switch.unproved">
        <source>written and read back, but the dialplan still says {value}</source>
        <translation>written and read back, but the dialplan still says {value}</translation>
    </message>
    <message id="said.switch.unsaid">
        <source>written and read back, but the dialplan does not say what it does with calls</source>
        <translation>written and read back, but the dialplan does not say what it does with calls</translation>
    </message>
    <message id="said.switch.value">
        <source>a switch is set to {modes} or to overflow to a queue</source>
        <translation>a switch is set to {modes} or to overflow to a queue</translation>
    </message>
    <message id="said.undo.done">
        <source>undone</source>
        <translation>undone</translation>
    </message>
    <message id="said.undo.gone">
        <source>this order cannot be undone any more</source>
        <translation>this order cannot be undone any more</translation>
    </message>
    <message id="said.undo.late">
        <source>it is too late to undo this order</source>
        <translation>it is too late to undo this order</translation>
    </message>
    <message id="said.undo.other">
        <source>somebody else sits there now, or nobody</source>
        <translation>somebody else sits there now, or nobody</translation>
    </message>
    <message id="said.undo.overtaken">
        <source>another order was carried out there since</source>
        <translation>another order was carried out there since</translation>
    </message>
    <message id="said.undo.past">
        <source>what was ordered is over: something else was done there since</source>
        <translation>what was ordered is over: something else was done there since</translation>
    </message>
    <message id="said.undo.right">
        <source>undoing it would be &quot;{order}&quot;, to which the role {role} has no right</source>
        <translation>undoing it would be &quot;{order}&quot;, to which the role {role} has no right</translation>
    </message>
    <message id="said.undo.twice">
        <source>this order was undone already</source>
        <translation>this order was undone already</translation>
    </message>
    <message id="said.unsent.broke">
        <source>the connection broke before the gateway answered; what was asked may have happened</source>
        <translation>the connection broke before the gateway answered; what was asked may have happened</translation>
    </message>
    <message id="said.unsent.none">
        <source>there was no connection to the gateway</source>
        <translation>there was no connection to the gateway</translation>
    </message>
    <message id="shortcuts.action">
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message id="shortcuts.again">
        <source>Press &quot;Use these keys&quot; again to take it; the other action will be without it</source>
        <translation>Press &quot;Use these keys&quot; again to take it; the other action will be without it</translation>
    </message>
    <message id="shortcuts.all_given">
        <source>All shortcuts are the usual ones again</source>
        <translation>All shortcuts are the usual ones again</translation>
    </message>
    <message id="shortcuts.all_usual">
        <source>All usual ones</source>
        <translation>All usual ones</translation>
    </message>
    <message id="shortcuts.changed">
        <source>changed, usually {usual}</source>
        <translation>changed, usually {usual}</translation>
    </message>
    <message id="shortcuts.choose">
        <source>Choose an action</source>
        <translation>Choose an action</translation>
    </message>
    <message id="shortcuts.conflict">
        <source>{keys} is in use for &quot;{name}&quot;</source>
        <translation>{keys} is in use for &quot;{name}&quot;</translation>
    </message>
    <message id="shortcuts.done">
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message id="shortcuts.drop">
        <source>No shortcut</source>
        <translation>No shortcut</translation>
    </message>
    <message id="shortcuts.fixed">
        <source>{keys} is needed in lists and fields and can be no shortcut</source>
        <translation>{keys} is needed in lists and fields and can be no shortcut</translation>
    </message>
    <message id="shortcuts.give">
        <source>Use these keys</source>
        <translation>Use these keys</translation>
    </message>
    <message id="shortcuts.given">
        <source>Changed: {name}</source>
        <translation>Changed: {name}</translation>
    </message>
    <message id="shortcuts.group">
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message id="shortcuts.keys">
        <source>Shortcut</source>
        <translation>Shortcut</translation>
    </message>
    <message id="shortcuts.new">
        <source>New shortcut</source>
        <translation>New shortcut</translation>
    </message>
    <message id="shortcuts.none">
        <source>none</source>
        <translation>none</translation>
    </message>
    <message id="shortcuts.note">
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message id="shortcuts.nothing">
        <source>No action fits</source>
        <translation>No action fits</translation>
    </message>
    <message id="shortcuts.press">
        <source>Press the keys</source>
        <translation>Press the keys</translation>
    </message>
    <message id="shortcuts.reset">
        <source>The usual shortcuts are back</source>
        <translation>The usual shortcuts are back</translation>
    </message>
    <message id="shortcuts.reset.detail">
        <source>The saved shortcuts could not be read and were put aside as shortcuts.json.broken; click here to close</source>
        <translation>The saved shortcuts could not be read and were put aside as shortcuts.json.broken; click here to close</translation>
    </message>
    <message id="shortcuts.search">
        <source>Find an action or a key</source>
        <translation>Find an action or a key</translation>
    </message>
    <message id="shortcuts.title">
        <source>Keyboard shortcuts</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message id="shortcuts.usual">
        <source>Usual one</source>
        <translation>Usual one</translation>
    </message>
    <message id="stale.behind">
        <source>Data {age} behind</source>
        <translation>Data {age} behind</translation>
    </message>
    <message id="stale.catching_up">
        <source>the gateway is catching up</source>
        <translation>the gateway is catching up</translation>
    </message>
    <message id="stale.retry">
        <source>attempt {attempt} in {seconds} s</source>
        <translation>attempt {attempt} in {seconds} s</translation>
    </message>
    <message id="stale.retrying">
        <source>attempt {attempt} under way</source>
        <translation>attempt {attempt} under way</translation>
    </message>
    <message id="stale.source">
        <source>{source}: no data for {age}</source>
        <translation>{source}: no data for {age}</translation>
    </message>
    <message id="stale.source_down">
        <source>the telephone system sends nothing</source>
        <translation>the telephone system sends nothing</translation>
    </message>
    <message id="stale.title">
        <source>No data for {age}</source>
        <translation>No data for {age}</translation>
    </message>
    <message id="stale.values">
        <source>values of {time}</source>
        <translation>values of {time}</translation>
    </message>
    <message id="stale.why">
        <source>the gateway says: {why}</source>
        <translation>the gateway says: {why}</translation>
    </message>
    <message id="stale.word">
        <source>STALE</source>
        <translation>STALE</translation>
    </message>
    <message id="state.acw">
        <source>Wrap-up</source>
        <translation>Wrap-up</translation>
    </message>
    <message id="state.break">
        <source>Break</source>
        <translation>Break</translation>
    </message>
    <message id="state.busy">
        <source>Busy</source>
        <translation>Busy</translation>
    </message>
    <message id="state.casework">
        <source>Case work</source>
        <translation>Case work</translation>
    </message>
    <message id="state.coaching">
        <source>Coaching</source>
        <translation>Coaching</translation>
    </message>
    <message id="state.fault">
        <source>Fault</source>
        <translation>Fault</translation>
    </message>
    <message id="state.forced_busy">
        <source>Forced busy</source>
        <translation>Forced busy</translation>
    </message>
    <message id="state.hold">
        <source>Hold</source>
        <translation>Hold</translation>
    </message>
    <message id="state.internal">
        <source>Internal call</source>
        <translation>Internal call</translation>
    </message>
    <message id="state.meeting">
        <source>Meeting</source>
        <translation>Meeting</translation>
    </message>
    <message id="state.not_responding">
        <source>Not responding</source>
        <translation>Not responding</translation>
    </message>
    <message id="state.offline">
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message id="state.outbound">
        <source>Outbound</source>
        <translation>Outbound</translation>
    </message>
    <message id="state.ready">
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message id="state.reserved">
        <source>Reserved</source>
        <translation>Reserved</translation>
    </message>
    <message id="state.ringing">
        <source>Ringing</source>
        <translation>Ringing</translation>
    </message>
    <message id="state.talking">
        <source>Talking</source>
        <translation>Talking</translation>
    </message>
    <message id="state.training">
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message id="state.unknown">
        <source>Unknown</source>
        <translation>Unknown</translation>
    </message>
    <message id="table.copied">
        <source>Copied</source>
        <translation>Copied</translation>
    </message>
    <message id="table.copied.detail">
        <source>{name}: rows {count}</source>
        <translation>{name}: rows {count}</translation>
    </message>
    <message id="table.failed">
        <source>The file could not be saved</source>
        <translation>The file could not be saved</translation>
    </message>
    <message id="table.failed.detail">
        <source>{path}: {reason}</source>
        <translation>{path}: {reason}</translation>
    </message>
    <message id="table.file">
        <source>File name:</source>
        <translation>File name:</translation>
    </message>
    <message id="table.folder">
        <source>Folder:</source>
        <translation>Folder:</translation>
    </message>
    <message id="table.kept">
        <source>Saved</source>
        <translation>Saved</translation>
    </message>
    <message id="table.kept.detail">
        <source>{path}</source>
        <translation>{path}</translation>
    </message>
    <message id="table.kind">
        <source>Type:</source>
        <translation>Type:</translation>
    </message>
    <message id="table.no_rows">
        <source>Nothing here</source>
        <translation>Nothing here</translation>
    </message>
    <message id="table.page">
        <source>Page {page} of {pages}</source>
        <translation>Page {page} of {pages}</translation>
    </message>
    <message id="table.preview">
        <source>Print preview: {name}</source>
        <translation>Print preview: {name}</translation>
    </message>
    <message id="table.save">
        <source>Save: {name}</source>
        <translation>Save: {name}</translation>
    </message>
    <message id="tally.acw">
        <source>Wrap-up</source>
        <translation>Wrap-up</translation>
    </message>
    <message id="tally.away">
        <source>Away</source>
        <translation>Away</translation>
    </message>
    <message id="tally.hold">
        <source>Hold</source>
        <translation>Hold</translation>
    </message>
    <message id="tally.other">
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message id="tally.ready">
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message id="tally.ringing">
        <source>Ringing</source>
        <translation>Ringing</translation>
    </message>
    <message id="tally.talking">
        <source>Talking</source>
        <translation>Talking</translation>
    </message>
    <message id="target.at_least">
        <source>target ≥ {limit}</source>
        <translation>target ≥ {limit}</translation>
    </message>
    <message id="target.at_most">
        <source>limit {limit}</source>
        <translation>limit {limit}</translation>
    </message>
    <message id="target.easing">
        <source>easing</source>
        <translation>easing</translation>
    </message>
    <message id="target.gap">
        <source>gap</source>
        <translation>gap</translation>
    </message>
    <message id="target.limit_withheld">
        <source>limit not shown</source>
        <translation>limit not shown</translation>
    </message>
    <message id="target.nobody">
        <source>nobody staffed</source>
        <translation>nobody staffed</translation>
    </message>
    <message id="target.pessimistic">
        <source>at worst {value}</source>
        <translation>at worst {value}</translation>
    </message>
    <message id="target.recovering">
        <source>recovering</source>
        <translation>recovering</translation>
    </message>
    <message id="target.sample">
        <source>sample {count}</source>
        <translation>sample {count}</translation>
    </message>
    <message id="target.withheld">
        <source>not shown</source>
        <translation>not shown</translation>
    </message>
    <message id="target.within">
        <source>≥ {limit} in {seconds} s</source>
        <translation>≥ {limit} in {seconds} s</translation>
    </message>
    <message id="trouble.address">
        <source>The gateway cannot be reached</source>
        <translation>The gateway cannot be reached</translation>
    </message>
    <message id="trouble.address.detail">
        <source>Check the --gateway address and whether the gateway runs, or choose another floor in the menu; trying again by itself</source>
        <translation>Check the --gateway address and whether the gateway runs, or choose another floor in the menu; trying again by itself</translation>
    </message>
    <message id="trouble.certificate">
        <source>The gateway&apos;s certificate is not trusted</source>
        <translation>The gateway&apos;s certificate is not trusted</translation>
    </message>
    <message id="trouble.certificate.detail">
        <source>Name the authority&apos;s file with --certificate, or choose another floor in the menu at the top right</source>
        <translation>Name the authority&apos;s file with --certificate, or choose another floor in the menu at the top right</translation>
    </message>
    <message id="trouble.language">
        <source>This address is not a Watchfloor gateway</source>
        <translation>This address is not a Watchfloor gateway</translation>
    </message>
    <message id="trouble.language.detail">
        <source>Check the host and port given with --gateway, or choose another floor in the menu at the top right</source>
        <translation>Check the host and port given with --gateway, or choose another floor in the menu at the top right</translation>
    </message>
    <message id="trouble.other">
        <source>The gateway refuses the connection</source>
        <translation>The gateway refuses the connection</translation>
    </message>
    <message id="trouble.token">
        <source>The gateway does not accept this token</source>
        <translation>The gateway does not accept this token</translation>
    </message>
    <message id="trouble.token.detail">
        <source>Put a new token into the --token-file, or choose the floor anew in the menu at the top right</source>
        <translation>Put a new token into the --token-file, or choose the floor anew in the menu at the top right</translation>
    </message>
    <message id="trouble.version">
        <source>The gateway is of another version</source>
        <translation>The gateway is of another version</translation>
    </message>
    <message id="trouble.version.detail">
        <source>Update the desk or the gateway, so that both are of the same version</source>
        <translation>Update the desk or the gateway, so that both are of the same version</translation>
    </message>
    <message id="trunks.down">
        <source>{name} down {time}</source>
        <translation>{name} down {time}</translation>
    </message>
    <message id="trunks.down_since">
        <source>{name} down since {time}</source>
        <translation>{name} down since {time}</translation>
    </message>
    <message id="trunks.said">
        <source>  the telephone system says {word}</source>
        <translation>  the telephone system says {word}</translation>
    </message>
    <message id="trunks.several_down">
        <source>{count} of {all} trunks down: {names}</source>
        <translation>{count} of {all} trunks down: {names}</translation>
    </message>
    <message id="trunks.several_unknown">
        <source>{count} of {all} trunks not known: {names}</source>
        <translation>{count} of {all} trunks not known: {names}</translation>
    </message>
    <message id="trunks.unknown">
        <source>{name} not known {time}</source>
        <translation>{name} not known {time}</translation>
    </message>
    <message id="trunks.unknown_since">
        <source>{name} not known since {time}</source>
        <translation>{name} not known since {time}</translation>
    </message>
    <message id="trunks.up_since">
        <source>{name} up since {time}</source>
        <translation>{name} up since {time}</translation>
    </message>
    <message id="unit.calls">
        <source></source>
        <translation></translation>
    </message>
    <message id="unit.percent">
        <source>%</source>
        <translation>%</translation>
    </message>
    <message id="wall.agents">
        <source>Agents</source>
        <translation>Agents</translation>
    </message>
    <message id="wall.aht">
        <source>Handle time</source>
        <translation>Handle time</translation>
    </message>
    <message id="wall.block_note">
        <source>{staffed} staffed · {ready} ready</source>
        <translation>{staffed} staffed · {ready} ready</translation>
    </message>
    <message id="wall.handled">
        <source>Answered</source>
        <translation>Answered</translation>
    </message>
    <message id="wall.idle_staffed">
        <source>Ready / staffed</source>
        <translation>Ready / staffed</translation>
    </message>
    <message id="wall.legend.trouble">
        <source>Trouble</source>
        <translation>Trouble</translation>
    </message>
    <message id="wall.legend.vendor">
        <source>Vendor</source>
        <translation>Vendor</translation>
    </message>
    <message id="wall.longest">
        <source>Longest</source>
        <translation>Longest</translation>
    </message>
    <message id="wall.no_page">
        <source>No page {name}</source>
        <translation>No page {name}</translation>
    </message>
    <message id="wall.no_queue">
        <source>No queues on this page</source>
        <translation>No queues on this page</translation>
    </message>
    <message id="wall.no_screen">
        <source>No screen {name}</source>
        <translation>No screen {name}</translation>
    </message>
    <message id="wall.no_vendor">
        <source>No vendors</source>
        <translation>No vendors</translation>
    </message>
    <message id="wall.occupancy">
        <source>Occupancy</source>
        <translation>Occupancy</translation>
    </message>
    <message id="wall.overview">
        <source>All queues</source>
        <translation>All queues</translation>
    </message>
    <message id="wall.own_staff">
        <source>Own staff</source>
        <translation>Own staff</translation>
    </message>
    <message id="wall.part">
        <source>{part}/{parts}</source>
        <translation>{part}/{parts}</translation>
    </message>
    <message id="wall.queue">
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message id="wall.seats">
        <source>Seats</source>
        <translation>Seats</translation>
    </message>
    <message id="wall.talking">
        <source>Talking</source>
        <translation>Talking</translation>
    </message>
    <message id="wall.team">
        <source>Vendor / team</source>
        <translation>Vendor / team</translation>
    </message>
    <message id="wall.vendors">
        <source>Vendors</source>
        <translation>Vendors</translation>
    </message>
    <message id="wall.waiting">
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message id="why.acknowledged">
        <source>Already acknowledged by {by}</source>
        <translation>Already acknowledged by {by}</translation>
    </message>
    <message id="why.all_queues">
        <source>all queues are shown</source>
        <translation>all queues are shown</translation>
    </message>
    <message id="why.call_answered">
        <source>An agent has this call already</source>
        <translation>An agent has this call already</translation>
    </message>
    <message id="why.call_over">
        <source>The call is over, or out of sight</source>
        <translation>The call is over, or out of sight</translation>
    </message>
    <message id="why.caller_first">
        <source>choose a waiting caller first</source>
        <translation>choose a waiting caller first</translation>
    </message>
    <message id="why.choose_alarm">
        <source>Choose an alarm first</source>
        <translation>Choose an alarm first</translation>
    </message>
    <message id="why.choose_note">
        <source>Choose a note first</source>
        <translation>Choose a note first</translation>
    </message>
    <message id="why.choose_one_alarm">
        <source>Choose a single alarm</source>
        <translation>Choose a single alarm</translation>
    </message>
    <message id="why.empty_table">
        <source>the table is empty</source>
        <translation>the table is empty</translation>
    </message>
    <message id="why.in_service">
        <source>It is in service</source>
        <translation>It is in service</translation>
    </message>
    <message id="why.limited">
        <source>Notes are for the whole floor, of which you see a part only</source>
        <translation>Notes are for the whole floor, of which you see a part only</translation>
    </message>
    <message id="why.name_first">
        <source>Write your name first: several people use this credential</source>
        <translation>Write your name first: several people use this credential</translation>
    </message>
    <message id="why.no_consequences">
        <source>Nothing follows from this alarm</source>
        <translation>Nothing follows from this alarm</translation>
    </message>
    <message id="why.no_filter">
        <source>no filter is set</source>
        <translation>no filter is set</translation>
    </message>
    <message id="why.no_orders">
        <source>This floor&apos;s source takes no orders</source>
        <translation>This floor&apos;s source takes no orders</translation>
    </message>
    <message id="why.no_right">
        <source>Your role has no right to do this</source>
        <translation>Your role has no right to do this</translation>
    </message>
    <message id="why.no_table">
        <source>go to a table first</source>
        <translation>go to a table first</translation>
    </message>
    <message id="why.no_undo">
        <source>there is nothing to undo at this seat</source>
        <translation>there is nothing to undo at this seat</translation>
    </message>
    <message id="why.nobody">
        <source>Nobody is signed in at this seat</source>
        <translation>Nobody is signed in at this seat</translation>
    </message>
    <message id="why.nobody_of_them">
        <source>Nobody is signed in at any of these seats</source>
        <translation>Nobody is signed in at any of these seats</translation>
    </message>
    <message id="why.not_shelved">
        <source>It is not shelved</source>
        <translation>It is not shelved</translation>
    </message>
    <message id="why.note_empty">
        <source>Write a note first</source>
        <translation>Write a note first</translation>
    </message>
    <message id="why.note_settled">
        <source>This note is settled already</source>
        <translation>This note is settled already</translation>
    </message>
    <message id="why.nothing_chosen">
        <source>choose a seat, a queue or an alarm first</source>
        <translation>choose a seat, a queue or an alarm first</translation>
    </message>
    <message id="why.number">
        <source>A number has digits, +, * and #, at most 32</source>
        <translation>A number has digits, +, * and #, at most 32</translation>
    </message>
    <message id="why.number_first">
        <source>Write a number first</source>
        <translation>Write a number first</translation>
    </message>
    <message id="why.one_queue">
        <source>There is no other queue in sight</source>
        <translation>There is no other queue in sight</translation>
    </message>
    <message id="why.out_of_service">
        <source>Out of service by {by}</source>
        <translation>Out of service by {by}</translation>
    </message>
    <message id="why.panel_closed">
        <source>this panel has no such control</source>
        <translation>this panel has no such control</translation>
    </message>
    <message id="why.queue_first">
        <source>Choose a queue first</source>
        <translation>Choose a queue first</translation>
    </message>
    <message id="why.reason">
        <source>Write a reason first</source>
        <translation>Write a reason first</translation>
    </message>
    <message id="why.reason_long">
        <source>The reason is too long: at most {latin} letters or {chinese} Chinese characters</source>
        <translation>The reason is too long: at most {latin} letters or {chinese} Chinese characters</translation>
    </message>
    <message id="why.replay">
        <source>This floor is a recording: its source takes no orders</source>
        <translation>This floor is a recording: its source takes no orders</translation>
    </message>
    <message id="why.shelved">
        <source>Shelved by {by}</source>
        <translation>Shelved by {by}</translation>
    </message>
    <message id="why.simulated">
        <source>This floor is simulated: its source takes no orders</source>
        <translation>This floor is simulated: its source takes no orders</translation>
    </message>
    <message id="why.source_silent">
        <source>The telephone system does not answer</source>
        <translation>The telephone system does not answer</translation>
    </message>
    <message id="why.stale">
        <source>The data is old: no order can be given</source>
        <translation>The data is old: no order can be given</translation>
    </message>
    <message id="why.waiting">
        <source>The last order has not ended yet</source>
        <translation>The last order has not ended yet</translation>
    </message>
    <message id="why.whole_floor">
        <source>This alarm is about the whole floor</source>
        <translation>This alarm is about the whole floor</translation>
    </message>
    <message id="window.minutes">
        <source>{count} min</source>
        <translation>{count} min</translation>
    </message>
    <message id="window.now">
        <source>now</source>
        <translation>now</translation>
    </message>
    <message id="window.today">
        <source>today</source>
        <translation>today</translation>
    </message>
</context>
</TS>
