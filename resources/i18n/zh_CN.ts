<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message id="action.alarm.aside">
        <source>Show the alarms put aside</source>
        <translation>显示搁置与停用的报警</translation>
    </message>
    <message id="action.alarm.first">
        <source>Go to the gravest alarm</source>
        <translation>前往最严重的报警</translation>
    </message>
    <message id="action.alarm.journal">
        <source>Show the journal of alarms</source>
        <translation>显示报警日志</translation>
    </message>
    <message id="action.alarm.mute">
        <source>Mute the alarms, or let them sound</source>
        <translation>报警静音 10 分钟，或恢复声音</translation>
    </message>
    <message id="action.alarm.open">
        <source>Show the open alarms</source>
        <translation>显示当前报警</translation>
    </message>
    <message id="action.alarm.unfold">
        <source>Show what follows from the alarm</source>
        <translation>展开所选报警的连带报警</translation>
    </message>
    <message id="action.away.leave">
        <source>Step away</source>
        <translation>离席</translation>
    </message>
    <message id="action.away.open">
        <source>What changed while you were away</source>
        <translation>离开期间的变化</translation>
    </message>
    <message id="action.desk.close">
        <source>Close the desk</source>
        <translation>关闭督导台</translation>
    </message>
    <message id="action.finder.open">
        <source>Search seats, queues, commands</source>
        <translation>搜索座席、队列、命令</translation>
    </message>
    <message id="action.floor.edit">
        <source>Edit the floor&apos;s layout</source>
        <translation>编辑座位布局</translation>
    </message>
    <message id="action.floor.overdue">
        <source>Only seats that are overdue</source>
        <translation>只看超时的座席</translation>
    </message>
    <message id="action.floor.search">
        <source>Find on the floor</source>
        <translation>在座位图中查找</translation>
    </message>
    <message id="action.floor.show_all">
        <source>Clear the floor&apos;s filters</source>
        <translation>清除座位图的筛选</translation>
    </message>
    <message id="action.floor.turn">
        <source>Floor as map or table</source>
        <translation>座位图与表格切换</translation>
    </message>
    <message id="action.floor.zoom_in">
        <source>Map larger</source>
        <translation>放大座位图</translation>
    </message>
    <message id="action.floor.zoom_out">
        <source>Map smaller</source>
        <translation>缩小座位图</translation>
    </message>
    <message id="action.floor.zoom_usual">
        <source>Map at usual size</source>
        <translation>座位图默认大小</translation>
    </message>
    <message id="action.handover.open">
        <source>Handover sheet…</source>
        <translation>交接班表…</translation>
    </message>
    <message id="action.language">
        <source>Language: {name}</source>
        <translation>语言：{name}</translation>
    </message>
    <message id="action.link.copy">
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message id="action.orders.undo">
        <source>Undo the last order at the seat</source>
        <translation>撤销所选座席的上一指令</translation>
    </message>
    <message id="action.panel.next">
        <source>Next panel</source>
        <translation>下一个面板</translation>
    </message>
    <message id="action.panel.one">
        <source>Go to {name}</source>
        <translation>前往{name}</translation>
    </message>
    <message id="action.panel.previous">
        <source>Previous panel</source>
        <translation>上一个面板</translation>
    </message>
    <message id="action.queues.all">
        <source>Show the callers of all queues</source>
        <translation>显示全部队列的来电</translation>
    </message>
    <message id="action.shortcuts.open">
        <source>Keyboard shortcuts</source>
        <translation>快捷键一览</translation>
    </message>
    <message id="action.table.copy">
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message id="action.table.csv">
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message id="action.table.pdf">
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message id="action.table.print">
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message id="action.theme">
        <source>Theme: {name}</source>
        <translation>主题：{name}</translation>
    </message>
    <message id="actions.alarm">
        <source>Alarm</source>
        <translation>报警</translation>
    </message>
    <message id="actions.desk">
        <source>Desk</source>
        <translation>督导台</translation>
    </message>
    <message id="actions.go">
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message id="actions.seat">
        <source>Seat</source>
        <translation>座席</translation>
    </message>
    <message id="actions.table">
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message id="actions.view">
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message id="agent.by">
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message id="agent.call">
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message id="agent.call_open">
        <source>in progress</source>
        <translation>进行中</translation>
    </message>
    <message id="agent.caller">
        <source>Caller</source>
        <translation>来电</translation>
    </message>
    <message id="agent.calls">
        <source>Calls today {count}</source>
        <translation>今日通话 {count}</translation>
    </message>
    <message id="agent.calls.caller">
        <source>Caller</source>
        <translation>来电</translation>
    </message>
    <message id="agent.calls.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="agent.calls.talk">
        <source>Talk</source>
        <translation>通话</translation>
    </message>
    <message id="agent.calls.time">
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message id="agent.calls_today">
        <source>Calls today</source>
        <translation>今日通话</translation>
    </message>
    <message id="agent.choose">
        <source>Choose a seat on the floor</source>
        <translation>请在座位图中选择一个座席</translation>
    </message>
    <message id="agent.doubt">
        <source>Contradiction</source>
        <translation>矛盾</translation>
    </message>
    <message id="agent.extension">
        <source>Extension</source>
        <translation>分机</translation>
    </message>
    <message id="agent.figure.aht">
        <source>Handle time</source>
        <translation>平均处理</translation>
    </message>
    <message id="agent.figure.answered">
        <source>Answered</source>
        <translation>接听</translation>
    </message>
    <message id="agent.figure.occupancy">
        <source>Occupancy</source>
        <translation>占用率</translation>
    </message>
    <message id="agent.figure.ring_no_answer">
        <source>Missed</source>
        <translation>未接</translation>
    </message>
    <message id="agent.figure.transfers">
        <source>Transfers</source>
        <translation>转接</translation>
    </message>
    <message id="agent.for_whom">
        <source>For whom</source>
        <translation>指令对象</translation>
    </message>
    <message id="agent.gone">
        <source>This seat is not in sight any more</source>
        <translation>此座席已不在可见范围内</translation>
    </message>
    <message id="agent.line_asking">
        <source>Asking…</source>
        <translation>正在查询…</translation>
    </message>
    <message id="agent.line_day">
        <source>The day</source>
        <translation>今日</translation>
    </message>
    <message id="agent.line_failed">
        <source>It could not be had: {why}</source>
        <translation>无法取得：{why}</translation>
    </message>
    <message id="agent.line_hours">
        <source>Last 2 hours</source>
        <translation>近 2 小时</translation>
    </message>
    <message id="agent.line_nothing">
        <source>Nothing is known</source>
        <translation>没有记录</translation>
    </message>
    <message id="agent.line_spoken">
        <source>States from {begin} to {end}, {count} of them; the arrow keys go from one to the next</source>
        <translation>{begin} 至 {end} 的状态，共 {count} 段；用左右键逐段查看</translation>
    </message>
    <message id="agent.line_stale">
        <source>Cannot be asked for while the data is old</source>
        <translation>数据已过期，暂时无法查询</translation>
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
        <translation>今日还没有通话</translation>
    </message>
    <message id="agent.no_number">
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message id="agent.notice">
        <source>Notice: {text} ({by})</source>
        <translation>通知：{text}（{by}）</translation>
    </message>
    <message id="agent.number">
        <source>agent {number}</source>
        <translation>工号 {number}</translation>
    </message>
    <message id="agent.orders">
        <source>Orders</source>
        <translation>处置</translation>
    </message>
    <message id="agent.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="agent.rail">
        <source>Agent</source>
        <translation>详情</translation>
    </message>
    <message id="agent.reason">
        <source>Reason to pause</source>
        <translation>置忙原因</translation>
    </message>
    <message id="agent.reason_short">
        <source>Reason</source>
        <translation>置忙原因</translation>
    </message>
    <message id="agent.selected">
        <source>{count} seats selected</source>
        <translation>所选 {count} 个座席</translation>
    </message>
    <message id="agent.since">
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message id="agent.skills">
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message id="agent.team">
        <source>{name} · {count}</source>
        <translation>{name} · {count} 人</translation>
    </message>
    <message id="agent.team_mean">
        <source>team {time}</source>
        <translation>班均 {time}</translation>
    </message>
    <message id="agent.this_seat">
        <source>This seat</source>
        <translation>仅此座席</translation>
    </message>
    <message id="agent.title">
        <source>Agent</source>
        <translation>座席详情</translation>
    </message>
    <message id="agent.today">
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message id="agent.usual">
        <source>Usual reasons</source>
        <translation>常用原因</translation>
    </message>
    <message id="agent.waited">
        <source>waited {time}</source>
        <translation>排队 {time}</translation>
    </message>
    <message id="agent.whole_day">
        <source>Whole day</source>
        <translation>全天</translation>
    </message>
    <message id="agent.whole_day_tip">
        <source>Show the whole day instead of the last two hours</source>
        <translation>显示全天而不是近 2 小时</translation>
    </message>
    <message id="agent.withheld">
        <source>Not shown to whoever may only look</source>
        <translation>只读用户看不到</translation>
    </message>
    <message id="alarm.acknowledged">
        <source>acknowledged by {by}</source>
        <translation>{by} 已确认</translation>
    </message>
    <message id="alarm.limit_withheld">
        <source>a limit that is not shown here</source>
        <translation>不予显示的限值</translation>
    </message>
    <message id="alarm.more">
        <source>{count} more</source>
        <translation>另有 {count} 条</translation>
    </message>
    <message id="alarm.nobody_waits">
        <source>{scope}  {figure}  nobody waits now</source>
        <translation>{scope}  {figure}  现无人等待</translation>
    </message>
    <message id="alarm.none">
        <source>No alarms</source>
        <translation>无告警</translation>
    </message>
    <message id="alarm.over">
        <source>{scope}  {figure} {value}  over {limit}</source>
        <translation>{scope}  {figure} {value}  超过 {limit}</translation>
    </message>
    <message id="alarm.since">
        <source>since {time}</source>
        <translation>{time} 起</translation>
    </message>
    <message id="alarm.site">
        <source>All queues</source>
        <translation>全部</translation>
    </message>
    <message id="alarm.unacknowledged">
        <source>not acknowledged</source>
        <translation>未确认</translation>
    </message>
    <message id="alarm.under">
        <source>{scope}  {figure} {value}  below {limit}</source>
        <translation>{scope}  {figure} {value}  低于 {limit}</translation>
    </message>
    <message id="alarm.withheld">
        <source>{scope}  {figure} {value}  limit not shown here</source>
        <translation>{scope}  {figure} {value}  限值不予显示</translation>
    </message>
    <message id="alarm.within">
        <source>{scope}  {figure} {value}  back within its limit ({limit})</source>
        <translation>{scope}  {figure} {value}  已回到限值（{limit}）之内</translation>
    </message>
    <message id="alarms.acknowledge">
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message id="alarms.acknowledged">
        <source>Acknowledged by {by}</source>
        <translation>{by} 已确认</translation>
    </message>
    <message id="alarms.acknowledged_over">
        <source>Over, acknowledged by {by}</source>
        <translation>已恢复，{by} 已确认</translation>
    </message>
    <message id="alarms.advice">
        <source>What to do: {text}</source>
        <translation>处置：{text}</translation>
    </message>
    <message id="alarms.consequence">
        <source>└ {text}</source>
        <translation>└ {text}</translation>
    </message>
    <message id="alarms.count_fresh">
        <source>{count} not acknowledged</source>
        <translation>未确认 {count}</translation>
    </message>
    <message id="alarms.count_out">
        <source>{count} out of service</source>
        <translation>停用 {count}</translation>
    </message>
    <message id="alarms.count_shelved">
        <source>{count} shelved</source>
        <translation>搁置 {count}</translation>
    </message>
    <message id="alarms.count_today">
        <source>{count} today</source>
        <translation>今日 {count}</translation>
    </message>
    <message id="alarms.critical">
        <source>Critical</source>
        <translation>严重</translation>
    </message>
    <message id="alarms.did">
        <source>What happened</source>
        <translation>事项</translation>
    </message>
    <message id="alarms.did.acknowledged">
        <source>Acknowledged</source>
        <translation>确认</translation>
    </message>
    <message id="alarms.did.changed">
        <source>Changed</source>
        <translation>变更</translation>
    </message>
    <message id="alarms.did.eased">
        <source>Eased</source>
        <translation>降级</translation>
    </message>
    <message id="alarms.did.followed">
        <source>Followed</source>
        <translation>连带报警</translation>
    </message>
    <message id="alarms.did.in_service">
        <source>In service again</source>
        <translation>恢复使用</translation>
    </message>
    <message id="alarms.did.out_of_service">
        <source>Out of service</source>
        <translation>停用</translation>
    </message>
    <message id="alarms.did.raised">
        <source>Raised</source>
        <translation>报警</translation>
    </message>
    <message id="alarms.did.returned">
        <source>Returned</source>
        <translation>恢复</translation>
    </message>
    <message id="alarms.did.shelf_ended">
        <source>Shelf time over</source>
        <translation>搁置到期</translation>
    </message>
    <message id="alarms.did.shelved">
        <source>Shelved</source>
        <translation>搁置</translation>
    </message>
    <message id="alarms.did.unshelved">
        <source>Off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message id="alarms.did.worse">
        <source>Worse</source>
        <translation>升级</translation>
    </message>
    <message id="alarms.duration">
        <source>Duration</source>
        <translation>持续</translation>
    </message>
    <message id="alarms.first">
        <source>① {text}</source>
        <translation>① {text}</translation>
    </message>
    <message id="alarms.fold">
        <source>Hide what follows</source>
        <translation>收起连带报警</translation>
    </message>
    <message id="alarms.follows">
        <source>Follows from the above</source>
        <translation>上述报警所致</translation>
    </message>
    <message id="alarms.for_many">
        <source>{name}: {count}</source>
        <translation>{name} {count} 条</translation>
    </message>
    <message id="alarms.form.hours">
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message id="alarms.form.minutes">
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message id="alarms.form.no">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="alarms.form.no_reason">
        <source>Write a reason: whoever comes next has to know why</source>
        <translation>请填写原因，便于接班人知道缘由</translation>
    </message>
    <message id="alarms.form.no_time">
        <source>Choose for how long</source>
        <translation>请选择时长</translation>
    </message>
    <message id="alarms.form.out">
        <source>Take alarms out of service: {count}</source>
        <translation>停用 {count} 条报警</translation>
    </message>
    <message id="alarms.form.out_detail">
        <source>It tells nothing more until somebody returns it to service, and hides no other alarm meanwhile.</source>
        <translation>在有人恢复使用之前不再报警，其间也不掩盖其他报警。</translation>
    </message>
    <message id="alarms.form.out_following">
        <source>Alarms that follow and will tell by themselves: {count}</source>
        <translation>其连带报警 {count} 条将各自提示</translation>
    </message>
    <message id="alarms.form.out_yes">
        <source>Take out of service</source>
        <translation>停用</translation>
    </message>
    <message id="alarms.form.reason">
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message id="alarms.form.reason_hint">
        <source>What is known, who takes care</source>
        <translation>已知情况、由谁处理</translation>
    </message>
    <message id="alarms.form.shelve">
        <source>Shelve alarms: {count}</source>
        <translation>搁置 {count} 条报警</translation>
    </message>
    <message id="alarms.form.shelve_detail">
        <source>Until then it is not counted, shown or heard, and neither is what follows from it. What still holds then tells by itself once this alarm is over.</source>
        <translation>到期之前不计数、不显示、不发声，其连带报警也一并静默；本报警恢复正常后，仍然成立的连带报警会自行提示。</translation>
    </message>
    <message id="alarms.form.shelve_following">
        <source>Alarms that stay quiet with it: {count}</source>
        <translation>一并静默：连带报警 {count} 条</translation>
    </message>
    <message id="alarms.form.shelve_yes">
        <source>Shelve</source>
        <translation>搁置</translation>
    </message>
    <message id="alarms.form.time">
        <source>For how long</source>
        <translation>时长</translation>
    </message>
    <message id="alarms.fresh">
        <source>Not acknowledged</source>
        <translation>未确认</translation>
    </message>
    <message id="alarms.fresh_over">
        <source>Over, not acknowledged</source>
        <translation>已恢复，未确认</translation>
    </message>
    <message id="alarms.info">
        <source>Info</source>
        <translation>提示</translation>
    </message>
    <message id="alarms.journal_asked">
        <source>Asking the gateway…</source>
        <translation>正在询问网关…</translation>
    </message>
    <message id="alarms.journal_empty">
        <source>No alarm since {time}</source>
        <translation>{time} 以来没有报警</translation>
    </message>
    <message id="alarms.journal_failed">
        <source>The journal cannot be had: {why}</source>
        <translation>无法取得日志：{why}</translation>
    </message>
    <message id="alarms.lasts">
        <source>{text}, for {time}</source>
        <translation>{text}，已 {time}</translation>
    </message>
    <message id="alarms.left">
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message id="alarms.level">
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message id="alarms.locate">
        <source>Locate</source>
        <translation>定位</translation>
    </message>
    <message id="alarms.mute_for">
        <source>Mute for {count} min</source>
        <translation>静音 {count} 分钟</translation>
    </message>
    <message id="alarms.muted">
        <source>Muted {time}</source>
        <translation>静音 {time}</translation>
    </message>
    <message id="alarms.name">
        <source>Your name</source>
        <translation>姓名</translation>
    </message>
    <message id="alarms.name_why">
        <source>Several people use this credential: who takes note is written down with this name</source>
        <translation>此凭证多人共用：确认与搁置以此姓名记录</translation>
    </message>
    <message id="alarms.namesake.group">
        <source>{name} (group)</source>
        <translation>{name}（技能组）</translation>
    </message>
    <message id="alarms.namesake.seat_type">
        <source>{name} (seat type)</source>
        <translation>{name}（座席类型）</translation>
    </message>
    <message id="alarms.namesake.team">
        <source>{name} (team)</source>
        <translation>{name}（班组）</translation>
    </message>
    <message id="alarms.namesake.vendor">
        <source>{name} (vendor)</source>
        <translation>{name}（公司）</translation>
    </message>
    <message id="alarms.no_end">
        <source>until returned</source>
        <translation>直到恢复</translation>
    </message>
    <message id="alarms.no_sound">
        <source>No sound here</source>
        <translation>本机无声</translation>
    </message>
    <message id="alarms.no_sound_why">
        <source>No player was found (pw-play, paplay, aplay): alarms may not be heard</source>
        <translation>没有找到可用的声音播放器，报警可能听不到</translation>
    </message>
    <message id="alarms.nobody_waits">
        <source>{figure}: nobody waits now, limit {limit}</source>
        <translation>{figure}：现无人等待，限值 {limit}</translation>
    </message>
    <message id="alarms.none_aside">
        <source>Nothing is shelved or out of service</source>
        <translation>没有搁置或停用的报警</translation>
    </message>
    <message id="alarms.only_bell">
        <source>System bell only</source>
        <translation>仅系统提示音</translation>
    </message>
    <message id="alarms.out_of_service">
        <source>Out of service…</source>
        <translation>停用…</translation>
    </message>
    <message id="alarms.out_of_service_by">
        <source>Out of service by {by} at {time}: {reason}</source>
        <translation>{by} {time} 停用：{reason}</translation>
    </message>
    <message id="alarms.over">
        <source>{figure} {value}, over {limit}</source>
        <translation>{figure} {value}，超过 {limit}</translation>
    </message>
    <message id="alarms.page.aside">
        <source>Put aside</source>
        <translation>搁置与停用</translation>
    </message>
    <message id="alarms.page.journal">
        <source>Journal</source>
        <translation>日志</translation>
    </message>
    <message id="alarms.page.open">
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
    <message id="alarms.person">
        <source>By</source>
        <translation>何人</translation>
    </message>
    <message id="alarms.rail">
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
    <message id="alarms.reason">
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message id="alarms.return_to_service">
        <source>Return to service</source>
        <translation>恢复使用</translation>
    </message>
    <message id="alarms.ruled_over">
        <source>{text}: {value}, over {limit}</source>
        <translation>{text}：{value}，超过 {limit}</translation>
    </message>
    <message id="alarms.ruled_under">
        <source>{text}: {value}, below {limit}</source>
        <translation>{text}：{value}，低于 {limit}</translation>
    </message>
    <message id="alarms.ruled_within">
        <source>{text}: {value}, back within its limit ({limit})</source>
        <translation>{text}：{value}，已回到限值（{limit}）之内</translation>
    </message>
    <message id="alarms.seat">
        <source>Seat {seat}{who}</source>
        <translation>座席 {seat}{who}</translation>
    </message>
    <message id="alarms.several">
        <source>{done} of {count} done. {text}</source>
        <translation>{count} 条中完成 {done} 条。{text}</translation>
    </message>
    <message id="alarms.shelve">
        <source>Shelve…</source>
        <translation>搁置…</translation>
    </message>
    <message id="alarms.shelved_by">
        <source>Shelved by {by} at {time}: {reason}</source>
        <translation>{by} {time} 搁置：{reason}</translation>
    </message>
    <message id="alarms.since">
        <source>since {time}</source>
        <translation>自 {time} 起</translation>
    </message>
    <message id="alarms.sound">
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message id="alarms.sound_why">
        <source>Mute the sound of alarms for a time</source>
        <translation>将报警声静音一段时间</translation>
    </message>
    <message id="alarms.source">
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message id="alarms.source_main">
        <source>Telephone system</source>
        <translation>话务系统</translation>
    </message>
    <message id="alarms.source_named">
        <source>Source {source}</source>
        <translation>数据源 {source}</translation>
    </message>
    <message id="alarms.state">
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message id="alarms.text">
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message id="alarms.time">
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message id="alarms.title">
        <source>Alarms</source>
        <translation>报警</translation>
    </message>
    <message id="alarms.under">
        <source>{figure} {value}, below {limit}</source>
        <translation>{figure} {value}，低于 {limit}</translation>
    </message>
    <message id="alarms.unfold">
        <source>Show consequences</source>
        <translation>展开连带报警</translation>
    </message>
    <message id="alarms.unfold_count">
        <source>Show what follows ({count})</source>
        <translation>展开连带 {count} 条</translation>
    </message>
    <message id="alarms.unmute">
        <source>Be heard again</source>
        <translation>恢复声音</translation>
    </message>
    <message id="alarms.unproved">
        <source>{text}, not known any more</source>
        <translation>{text}，现状不明</translation>
    </message>
    <message id="alarms.unshelve">
        <source>Take off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message id="alarms.until">
        <source>until {time}: {reason}</source>
        <translation>至 {time}：{reason}</translation>
    </message>
    <message id="alarms.warn">
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message id="alarms.was">
        <source>{figure}, was outside {limit}</source>
        <translation>{figure}，曾超出限值 {limit}</translation>
    </message>
    <message id="alarms.who">
        <source>By whom, why</source>
        <translation>何人、为何</translation>
    </message>
    <message id="alarms.with_more">
        <source>{text} (+{count})</source>
        <translation>{text}（+{count}）</translation>
    </message>
    <message id="alarms.withheld">
        <source>{figure} {value}, limit not shown here</source>
        <translation>{figure} {value}，限值不予显示</translation>
    </message>
    <message id="alarms.within">
        <source>{figure} {value}, back within its limit ({limit})</source>
        <translation>{figure} {value}，已回到限值（{limit}）之内</translation>
    </message>
    <message id="attention.open">
        <source>Open the desk</source>
        <translation>打开督导台</translation>
    </message>
    <message id="attention.quit">
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message id="attention.title">
        <source>{site}: critical alarms {count}</source>
        <translation>{site} 严重报警 {count}</translation>
    </message>
    <message id="away.after">
        <source>Away after {minutes} min without a hand</source>
        <translation>{minutes} 分钟无操作算离席</translation>
    </message>
    <message id="away.alarm.acknowledged">
        <source>Acknowledged by {by}</source>
        <translation>{by} 已确认</translation>
    </message>
    <message id="away.alarm.changed">
        <source>Changed</source>
        <translation>有变化</translation>
    </message>
    <message id="away.alarm.eased">
        <source>Less grave now</source>
        <translation>已减轻</translation>
    </message>
    <message id="away.alarm.in_service">
        <source>In service again</source>
        <translation>恢复使用</translation>
    </message>
    <message id="away.alarm.in_service_by">
        <source>In service again ({by})</source>
        <translation>{by} 已恢复使用</translation>
    </message>
    <message id="away.alarm.out_of_service">
        <source>Out of service ({by})</source>
        <translation>{by} 已停用</translation>
    </message>
    <message id="away.alarm.raised">
        <source>New</source>
        <translation>新报警</translation>
    </message>
    <message id="away.alarm.returned">
        <source>Over</source>
        <translation>已恢复</translation>
    </message>
    <message id="away.alarm.shelved">
        <source>Shelved by {by}</source>
        <translation>{by} 已搁置</translation>
    </message>
    <message id="away.alarm.unshelved">
        <source>Taken off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message id="away.alarm.unshelved_by">
        <source>Taken off the shelf by {by}</source>
        <translation>{by} 已取消搁置</translation>
    </message>
    <message id="away.alarm.worse">
        <source>Worse now</source>
        <translation>已加重</translation>
    </message>
    <message id="away.come_back">
        <source>Press any key or click to come back</source>
        <translation>按任意键或点击返回</translation>
    </message>
    <message id="away.end.done">
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message id="away.end.failed">
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message id="away.end.refused">
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message id="away.end.undone">
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message id="away.end.unknown">
        <source>end unknown</source>
        <translation>结果未知</translation>
    </message>
    <message id="away.failed">
        <source>It cannot be told: {reason}</source>
        <translation>无法查询：{reason}</translation>
    </message>
    <message id="away.how">
        <source>How it stands</source>
        <translation>情况</translation>
    </message>
    <message id="away.kind.note">
        <source>Note</source>
        <translation>留言</translation>
    </message>
    <message id="away.kind.notice">
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message id="away.kind.order">
        <source>Order</source>
        <translation>指令</translation>
    </message>
    <message id="away.kind.source">
        <source>Source</source>
        <translation>数据源</translation>
    </message>
    <message id="away.kind.switch">
        <source>Switch</source>
        <translation>开关</translation>
    </message>
    <message id="away.kind.trunk">
        <source>Trunk</source>
        <translation>中继</translation>
    </message>
    <message id="away.known_from">
        <source>The gateway&apos;s journal begins at {time}: nothing is known before</source>
        <translation>网关的事件记录自 {time} 起：此前未知</translation>
    </message>
    <message id="away.left">
        <source>Away</source>
        <translation>已离席</translation>
    </message>
    <message id="away.left_off">
        <source>Only the newest are listed, {count} older ones are not</source>
        <translation>只列出最新的，更早的 {count} 条未列出</translation>
    </message>
    <message id="away.left_since">
        <source>since {time}</source>
        <translation>自 {time} 起</translation>
    </message>
    <message id="away.minutes">
        <source>When I count as away</source>
        <translation>离席判定</translation>
    </message>
    <message id="away.never">
        <source>Never away by itself</source>
        <translation>不判定离席</translation>
    </message>
    <message id="away.never_left">
        <source>You have not been away yet</source>
        <translation>您还没有离开过</translation>
    </message>
    <message id="away.no_line">
        <source>Choose a line first</source>
        <translation>请先选择一行</translation>
    </message>
    <message id="away.no_lock">
        <source>This is no security lock: lock the computer when you go</source>
        <translation>这不是安全锁：离开时请锁定电脑</translation>
    </message>
    <message id="away.note">
        <source>Alarms: {alarms} · others: {others}</source>
        <translation>报警 {alarms} · 其他 {others}</translation>
    </message>
    <message id="away.note.settled">
        <source>Settled</source>
        <translation>已办结</translation>
    </message>
    <message id="away.note.written">
        <source>New note</source>
        <translation>新留言</translation>
    </message>
    <message id="away.nothing">
        <source>No alarm, order or change of mode meanwhile</source>
        <translation>离开期间没有报警、指令或模式变化</translation>
    </message>
    <message id="away.nowhere">
        <source>This line is about the whole floor</source>
        <translation>这一行涉及全场</translation>
    </message>
    <message id="away.since">
        <source>What changed since {time}</source>
        <translation>自 {time} 起的变化</translation>
    </message>
    <message id="away.source.down">
        <source>down</source>
        <translation>中断</translation>
    </message>
    <message id="away.source.silent">
        <source>silent</source>
        <translation>静默</translation>
    </message>
    <message id="away.source.up">
        <source>up</source>
        <translation>正常</translation>
    </message>
    <message id="away.span">
        <source>While you were away {begin}–{end} ({length})</source>
        <translation>您离开期间 {begin}–{end}（{length}）</translation>
    </message>
    <message id="away.times">
        <source>{what} · {count} times</source>
        <translation>{what} · 共 {count} 次</translation>
    </message>
    <message id="away.title">
        <source>While you were away</source>
        <translation>离开期间的变化</translation>
    </message>
    <message id="away.trunk.down">
        <source>down</source>
        <translation>中断</translation>
    </message>
    <message id="away.trunk.unknown">
        <source>not known</source>
        <translation>状态不明</translation>
    </message>
    <message id="away.trunk.up">
        <source>up</source>
        <translation>恢复正常</translation>
    </message>
    <message id="badge.books">
        <source>Books not written</source>
        <translation>记录未写入</translation>
    </message>
    <message id="badge.fastest">
        <source>Max</source>
        <translation>最快</translation>
    </message>
    <message id="badge.incomplete">
        <source>Incomplete</source>
        <translation>数据不完整</translation>
    </message>
    <message id="badge.live">
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message id="badge.paused">
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message id="badge.replay">
        <source>Replay</source>
        <translation>录像回放</translation>
    </message>
    <message id="badge.seeking">
        <source>moving {percent}%</source>
        <translation>跳转 {percent}%</translation>
    </message>
    <message id="badge.simulated">
        <source>Simulated</source>
        <translation>模拟数据</translation>
    </message>
    <message id="badge.speed">
        <source>{speed}×</source>
        <translation>{speed}×</translation>
    </message>
    <message id="books.detail">
        <source>The gateway cannot write its books ({why}): figures are live, orders are refused meanwhile.</source>
        <translation>网关无法写入记录（{why}）：数据仍为实时，期间不接受指令。</translation>
    </message>
    <message id="call.acw">
        <source>in wrap-up</source>
        <translation>整理中</translation>
    </message>
    <message id="call.hold">
        <source>on hold</source>
        <translation>保持中</translation>
    </message>
    <message id="call.ringing">
        <source>ringing</source>
        <translation>振铃中</translation>
    </message>
    <message id="call.talking">
        <source>talking</source>
        <translation>通话中</translation>
    </message>
    <message id="call.waiting">
        <source>waiting</source>
        <translation>排队中</translation>
    </message>
    <message id="calls.ask.prioritise">
        <source>Priority (0–100, higher is answered first)</source>
        <translation>优先级（0–100，高者先接）</translation>
    </message>
    <message id="calls.ask.redirect">
        <source>To which number?</source>
        <translation>转到哪个号码？</translation>
    </message>
    <message id="calls.ask.requeue">
        <source>To which queue?</source>
        <translation>转到哪个队列？</translation>
    </message>
    <message id="calls.count">
        <source>{count} calls</source>
        <translation>{count} 通来电</translation>
    </message>
    <message id="calls.go">
        <source>Go on…</source>
        <translation>继续…</translation>
    </message>
    <message id="calls.queue">
        <source>{queue} ({waiting} waiting)</source>
        <translation>{queue}（{waiting} 排队）</translation>
    </message>
    <message id="curves.below">
        <source>answer rate below its target in {count} of {of} quarters</source>
        <translation>{of} 个时段中 {count} 个接通率未达标</translation>
    </message>
    <message id="curves.busiest">
        <source>busiest {quarter} with {count}</source>
        <translation>最忙 {quarter}，{count} 通</translation>
    </message>
    <message id="curves.cannot">
        <source>Curves cannot be drawn on this machine; the table still works</source>
        <translation>此机器无法绘制曲线；仍可使用表格</translation>
    </message>
    <message id="curves.day">
        <source>Day</source>
        <translation>全天</translation>
    </message>
    <message id="curves.failed">
        <source>The curves could not be had: {why}</source>
        <translation>无法取得曲线：{why}</translation>
    </message>
    <message id="curves.hint">
        <source>Move the mouse or press ← → to read values</source>
        <translation>移动鼠标或按 ← → 读数</translation>
    </message>
    <message id="curves.hours">
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message id="curves.incomplete">
        <source>facts are missing</source>
        <translation>数据不完整</translation>
    </message>
    <message id="curves.loading">
        <source>Preparing the curves…</source>
        <translation>正在准备曲线…</translation>
    </message>
    <message id="curves.nothing">
        <source>Nothing has been counted today</source>
        <translation>今天还没有数据</translation>
    </message>
    <message id="curves.pane.agents">
        <source>Agents and need</source>
        <translation>座席与需求</translation>
    </message>
    <message id="curves.pane.calls">
        <source>Calls a quarter</source>
        <translation>每刻钟通话</translation>
    </message>
    <message id="curves.pane.rates">
        <source>Answer rate and service level</source>
        <translation>接通率与服务水平</translation>
    </message>
    <message id="curves.pane.waiting">
        <source>Callers waiting</source>
        <translation>平均排队数</translation>
    </message>
    <message id="curves.quarter">
        <source>Quarter</source>
        <translation>时段</translation>
    </message>
    <message id="curves.scope">
        <source>Scope</source>
        <translation>范围</translation>
    </message>
    <message id="curves.short">
        <source>fewer agents on the queue than needed in {count}</source>
        <translation>{count} 个时段可服务座席少于需要</translation>
    </message>
    <message id="curves.stop">
        <source>; </source>
        <translation>；</translation>
    </message>
    <message id="curves.sum">
        <source>{scope}: {offered} offered and {answered} answered in the time shown</source>
        <translation>{scope}：所示时段请求 {offered}，接通 {answered}</translation>
    </message>
    <message id="curves.table.tip">
        <source>Show every quarter of an hour as a table</source>
        <translation>以表格显示每一刻钟</translation>
    </message>
    <message id="curves.title">
        <source>Curves of the day</source>
        <translation>今日曲线</translation>
    </message>
    <message id="curves.unfinished">
        <source>not over yet</source>
        <translation>未结束</translation>
    </message>
    <message id="data.unwritable">
        <source>The data folder cannot be written</source>
        <translation>数据目录无法写入</translation>
    </message>
    <message id="data.unwritable.detail">
        <source>Layout, log and keys are not kept: {folder}; press to dismiss</source>
        <translation>布局、日志和快捷键都不会保存：{folder}；点击此处关闭</translation>
    </message>
    <message id="date.day">
        <source>{weekday} {day} {month}</source>
        <translation>{month}月{day}日 {weekday}</translation>
    </message>
    <message id="date.day_with_year">
        <source>{weekday} {day} {month} {year}</source>
        <translation>{year}年{month}月{day}日 {weekday}</translation>
    </message>
    <message id="date.full">
        <source>{day} {month} {year}</source>
        <translation>{year}年{month}月{day}日</translation>
    </message>
    <message id="date.month.1">
        <source>Jan</source>
        <translation>1</translation>
    </message>
    <message id="date.month.10">
        <source>Oct</source>
        <translation>10</translation>
    </message>
    <message id="date.month.11">
        <source>Nov</source>
        <translation>11</translation>
    </message>
    <message id="date.month.12">
        <source>Dec</source>
        <translation>12</translation>
    </message>
    <message id="date.month.2">
        <source>Feb</source>
        <translation>2</translation>
    </message>
    <message id="date.month.3">
        <source>Mar</source>
        <translation>3</translation>
    </message>
    <message id="date.month.4">
        <source>Apr</source>
        <translation>4</translation>
    </message>
    <message id="date.month.5">
        <source>May</source>
        <translation>5</translation>
    </message>
    <message id="date.month.6">
        <source>Jun</source>
        <translation>6</translation>
    </message>
    <message id="date.month.7">
        <source>Jul</source>
        <translation>7</translation>
    </message>
    <message id="date.month.8">
        <source>Aug</source>
        <translation>8</translation>
    </message>
    <message id="date.month.9">
        <source>Sep</source>
        <translation>9</translation>
    </message>
    <message id="date.weekday.1">
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message id="date.weekday.2">
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message id="date.weekday.3">
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message id="date.weekday.4">
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message id="date.weekday.5">
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message id="date.weekday.6">
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message id="date.weekday.7">
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message id="desk.alarm_counts">
        <source>Critical alarms: {critical}, warnings: {warn}</source>
        <translation>严重报警 {critical}，警告 {warn}</translation>
    </message>
    <message id="desk.alarm_counts_info">
        <source>Critical alarms: {critical}, warnings: {warn}, for information: {info}</source>
        <translation>严重报警 {critical}，警告 {warn}，提示 {info}</translation>
    </message>
    <message id="desk.close">
        <source>Close {name}</source>
        <translation>关闭{name}</translation>
    </message>
    <message id="desk.colours">
        <source>Colours of agents</source>
        <translation>座席配色</translation>
    </message>
    <message id="desk.colours.classic">
        <source>Classic: green, amber, red</source>
        <translation>经典：绿、黄、红</translation>
    </message>
    <message id="desk.colours.house">
        <source>Grey is normal</source>
        <translation>灰为正常</translation>
    </message>
    <message id="desk.colours.site">
        <source>As the site</source>
        <translation>按站点设置</translation>
    </message>
    <message id="desk.contrast">
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message id="desk.contrast.high">
        <source>High</source>
        <translation>高对比度</translation>
    </message>
    <message id="desk.contrast.system">
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message id="desk.contrast.usual">
        <source>Usual</source>
        <translation>普通</translation>
    </message>
    <message id="desk.here">
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message id="desk.language">
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message id="desk.language.en">
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message id="desk.language.site">
        <source>As the site</source>
        <translation>按站点设置</translation>
    </message>
    <message id="desk.language.zh_CN">
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message id="desk.motion">
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message id="desk.motion.still">
        <source>Reduced</source>
        <translation>减少动态</translation>
    </message>
    <message id="desk.motion.system">
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message id="desk.motion.usual">
        <source>Usual</source>
        <translation>普通</translation>
    </message>
    <message id="desk.no_tray">
        <source>No tray here: the taskbar calls on critical alarms</source>
        <translation>没有系统托盘：有严重报警时任务栏图标提示</translation>
    </message>
    <message id="desk.nobody">
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message id="desk.other_floor">
        <source>Other floor…</source>
        <translation>其他现场…</translation>
    </message>
    <message id="desk.panel_failed">
        <source>This panel failed, what is below may be wrong; the crash report in the menu at the top right says why</source>
        <translation>此面板出错，以下内容可能不正确；已写入故障报告，可在右上角菜单中查看</translation>
    </message>
    <message id="desk.panels">
        <source>Panels</source>
        <translation>面板</translation>
    </message>
    <message id="desk.place.closed">
        <source>Closed</source>
        <translation>关闭</translation>
    </message>
    <message id="desk.place.first">
        <source>This window</source>
        <translation>本窗口</translation>
    </message>
    <message id="desk.place.own">
        <source>A window of its own</source>
        <translation>单独的窗口</translation>
    </message>
    <message id="desk.place.second">
        <source>Second window</source>
        <translation>第二窗口</translation>
    </message>
    <message id="desk.reports">
        <source>Crash reports ({count})…</source>
        <translation>故障报告（{count}）…</translation>
    </message>
    <message id="desk.reset_layout">
        <source>Reset the layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message id="desk.scope">
        <source>Sees only: {names}</source>
        <translation>可见范围：{names}</translation>
    </message>
    <message id="desk.scope_all">
        <source>Sees the whole floor</source>
        <translation>可见范围：全部现场</translation>
    </message>
    <message id="desk.second">
        <source>Second window</source>
        <translation>第二窗口</translation>
    </message>
    <message id="desk.text">
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message id="desk.text.size">
        <source>{size} %</source>
        <translation>{size}%</translation>
    </message>
    <message id="desk.theme">
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message id="desk.theme.dark">
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message id="desk.theme.light">
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message id="desk.theme.system">
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message id="desk.toggle">
        <source>Show or hide {name}</source>
        <translation>显示或隐藏{name}</translation>
    </message>
    <message id="desk.tray">
        <source>Stay in the tray when closed</source>
        <translation>关闭后留在托盘</translation>
    </message>
    <message id="desk.who">
        <source>Who I am, and how the desk looks</source>
        <translation>身份与外观</translation>
    </message>
    <message id="doubt.call_without_device">
        <source>call known, phone says it is free</source>
        <translation>有通话，但话机显示空闲</translation>
    </message>
    <message id="doubt.device_unknown">
        <source>state of the phone not known</source>
        <translation>话机状态未知</translation>
    </message>
    <message id="doubt.device_without_call">
        <source>phone in use, no call known</source>
        <translation>话机占用，但无通话</translation>
    </message>
    <message id="doubt.join">
        <source>; </source>
        <translation>；</translation>
    </message>
    <message id="doubt.member_in_call">
        <source>queue holds it for busy, phone free, no call</source>
        <translation>队列认为在忙，但话机空闲且无通话</translation>
    </message>
    <message id="doubt.since">
        <source>{what} since {time}</source>
        <translation>{what}，自 {time}</translation>
    </message>
    <message id="empty.detail">
        <source>connecting to the gateway</source>
        <translation>正在连接网关</translation>
    </message>
    <message id="empty.title">
        <source>Waiting for first data</source>
        <translation>等待数据</translation>
    </message>
    <message id="empty.unreachable">
        <source>No gateway there</source>
        <translation>连不上网关</translation>
    </message>
    <message id="entry.about">
        <source>The desk shows one floor. Choose where it comes from; it can be changed at any time in the menu at the top right.</source>
        <translation>督导台显示一个现场。先选数据从哪里来；以后随时可在右上角菜单中更换。</translation>
    </message>
    <message id="entry.at">
        <source>From</source>
        <translation>起始时间</translation>
    </message>
    <message id="entry.at.example">
        <source>09:00; empty: from its beginning</source>
        <translation>09:00，留空则从头开始</translation>
    </message>
    <message id="entry.at.tip">
        <source>Such as 09:00 or 2024-02-29 09:00; empty: from its beginning</source>
        <translation>例如 09:00 或 2024-02-29 09:00；留空则从头开始</translation>
    </message>
    <message id="entry.certificate">
        <source>Certificate</source>
        <translation>证书文件</translation>
    </message>
    <message id="entry.certificate.tip">
        <source>For a wss:// address with an authority of its own: its certificate; empty otherwise</source>
        <translation>wss:// 地址使用自有证书机构时，填写其证书文件；否则留空</translation>
    </message>
    <message id="entry.choose">
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message id="entry.demo">
        <source>Demo</source>
        <translation>演示现场</translation>
    </message>
    <message id="entry.demo.text">
        <source>Starts a simulated floor on this machine: 110 seats, from 10:30 on. It touches no real system, and ends with the desk.</source>
        <translation>在本机上启动一个模拟现场：110 个座席，从 10:30 开始。不连接任何真实系统，关闭督导台时随之结束。</translation>
    </message>
    <message id="entry.demo.tip">
        <source>A simulated floor on this machine; needs nothing</source>
        <translation>本机上的模拟现场，无需任何准备</translation>
    </message>
    <message id="entry.doing.demo">
        <source>Starting the simulated floor…</source>
        <translation>正在启动模拟现场…</translation>
    </message>
    <message id="entry.doing.gateway">
        <source>Connecting to the gateway…</source>
        <translation>正在连接网关…</translation>
    </message>
    <message id="entry.doing.recording">
        <source>Opening the recording…</source>
        <translation>正在打开录像…</translation>
    </message>
    <message id="entry.ended">
        <source>The floor that this desk started has ended</source>
        <translation>本机启动的现场已结束</translation>
    </message>
    <message id="entry.ended.detail">
        <source>Press to choose a floor</source>
        <translation>点击此处选择现场</translation>
    </message>
    <message id="entry.enter">
        <source>Open</source>
        <translation>进入</translation>
    </message>
    <message id="entry.file">
        <source>Recording</source>
        <translation>录像文件</translation>
    </message>
    <message id="entry.file.tip">
        <source>A .floor file, recorded by a gateway or made by the import command</source>
        <translation>由网关录制或由 import 命令生成的 .floor 文件</translation>
    </message>
    <message id="entry.gateway">
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message id="entry.gateway.tip">
        <source>A real floor, served by a gateway</source>
        <translation>真实现场，由网关提供数据</translation>
    </message>
    <message id="entry.keep">
        <source>Keep the token, in a file that only you can read</source>
        <translation>记住令牌（仅本用户可读的文件）</translation>
    </message>
    <message id="entry.keep.tip">
        <source>Unless it is kept, the next start asks for it again</source>
        <translation>不勾选时，下次启动会再次询问</translation>
    </message>
    <message id="entry.leave">
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message id="entry.no_certificate">
        <source>The certificate cannot be read</source>
        <translation>无法读取证书文件</translation>
    </message>
    <message id="entry.no_certificate.advice">
        <source>Choose another file, or leave it empty if the system trusts the authority</source>
        <translation>请选择另一个文件；如果系统信任该机构，请留空</translation>
    </message>
    <message id="entry.no_recording">
        <source>Choose a recording</source>
        <translation>请选择录像文件</translation>
    </message>
    <message id="entry.no_recording.advice">
        <source>A .floor file, recorded by a gateway or made by main.py import</source>
        <translation>由网关录制或由 main.py import 生成的 .floor 文件</translation>
    </message>
    <message id="entry.no_token">
        <source>A token is needed</source>
        <translation>请填写令牌</translation>
    </message>
    <message id="entry.no_token.advice">
        <source>Ask the administrator, who makes one with main.py check --new-token</source>
        <translation>向管理员索取；管理员可用 main.py check --new-token 生成</translation>
    </message>
    <message id="entry.odd_address">
        <source>This is no address of a gateway</source>
        <translation>这不是网关地址</translation>
    </message>
    <message id="entry.odd_address.advice">
        <source>Write it like {example}, without a token in it</source>
        <translation>请按 {example} 的形式填写，地址中不要包含令牌</translation>
    </message>
    <message id="entry.odd_certificate">
        <source>This file holds no certificate</source>
        <translation>文件中没有证书</translation>
    </message>
    <message id="entry.odd_certificate.advice">
        <source>It has to be in PEM form: it begins with -----BEGIN CERTIFICATE-----</source>
        <translation>需要 PEM 格式：以 -----BEGIN CERTIFICATE----- 开头</translation>
    </message>
    <message id="entry.odd_recording">
        <source>This is no recording</source>
        <translation>这不是录像文件</translation>
    </message>
    <message id="entry.odd_recording.advice">
        <source>Make one of another system&apos;s file with main.py import first</source>
        <translation>其他系统的记录请先用 main.py import 转换</translation>
    </message>
    <message id="entry.odd_time">
        <source>This is no time</source>
        <translation>时间无法识别</translation>
    </message>
    <message id="entry.odd_time.advice">
        <source>Write it like 09:00 or 2024-02-29 09:00</source>
        <translation>请写成 09:00 或 2024-02-29 09:00</translation>
    </message>
    <message id="entry.plain_address">
        <source>This address is without encryption</source>
        <translation>这个地址不加密</translation>
    </message>
    <message id="entry.plain_address.advice">
        <source>A certificate is for addresses with it: write {secure}, or take the certificate away</source>
        <translation>证书用于加密的地址：请写 {secure}，或去掉证书</translation>
    </message>
    <message id="entry.recording">
        <source>Recording</source>
        <translation>录像</translation>
    </message>
    <message id="entry.recording.tip">
        <source>A recorded floor, from any time on, at any speed</source>
        <translation>回放一段录制的现场，可选时间与速度</translation>
    </message>
    <message id="entry.speed">
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message id="entry.speed.times">
        <source>{speed}×</source>
        <translation>{speed} 倍</translation>
    </message>
    <message id="entry.speed.tip">
        <source>Floor seconds per second</source>
        <translation>现场时间与实际时间之比</translation>
    </message>
    <message id="entry.stop">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="entry.title">
        <source>Which floor?</source>
        <translation>选择现场</translation>
    </message>
    <message id="entry.token">
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message id="entry.token.tip">
        <source>The token that the administrator gave you</source>
        <translation>管理员发给您的令牌</translation>
    </message>
    <message id="entry.trouble.address">
        <source>Nobody answers at this address</source>
        <translation>无法连接该地址</translation>
    </message>
    <message id="entry.trouble.address.advice">
        <source>Check host and port, and whether the gateway runs</source>
        <translation>请检查主机和端口，以及网关是否在运行</translation>
    </message>
    <message id="entry.trouble.certificate">
        <source>The gateway&apos;s certificate is not trusted</source>
        <translation>不信任网关的证书</translation>
    </message>
    <message id="entry.trouble.certificate.advice">
        <source>Choose the certificate of its authority below the address, or check the address</source>
        <translation>请选择签发机构的证书文件，或检查地址是否正确</translation>
    </message>
    <message id="entry.trouble.demo">
        <source>The simulated floor did not start</source>
        <translation>模拟现场无法启动</translation>
    </message>
    <message id="entry.trouble.demo.advice">
        <source>Run main.py doctor to see what this machine lacks</source>
        <translation>请运行 main.py doctor 查看本机缺少什么</translation>
    </message>
    <message id="entry.trouble.language">
        <source>Something else answers at this address</source>
        <translation>此地址不是 Watchfloor 网关</translation>
    </message>
    <message id="entry.trouble.language.advice">
        <source>Check host and port; a gateway without a certificate begins with ws://</source>
        <translation>请检查主机和端口；未使用证书的网关以 ws:// 开头</translation>
    </message>
    <message id="entry.trouble.language.plain">
        <source>Check host and port; a gateway with a certificate begins with wss://</source>
        <translation>请检查主机和端口；使用证书的网关以 wss:// 开头</translation>
    </message>
    <message id="entry.trouble.other">
        <source>The gateway refuses the connection</source>
        <translation>网关拒绝连接</translation>
    </message>
    <message id="entry.trouble.other.advice">
        <source>Tell the administrator the reason below</source>
        <translation>请把下面的原因告诉管理员</translation>
    </message>
    <message id="entry.trouble.recording">
        <source>The recording cannot be played</source>
        <translation>录像无法播放</translation>
    </message>
    <message id="entry.trouble.recording.advice">
        <source>Check that the time lies within it, or choose another file</source>
        <translation>请检查起始时间是否在录像范围内，或选择另一个文件</translation>
    </message>
    <message id="entry.trouble.silent">
        <source>The gateway does not answer</source>
        <translation>网关没有回应</translation>
    </message>
    <message id="entry.trouble.silent.advice">
        <source>No word within {seconds} s; check the address and the network</source>
        <translation>{seconds} 秒内没有回应；请检查地址和网络</translation>
    </message>
    <message id="entry.trouble.token">
        <source>The gateway does not accept this token</source>
        <translation>网关不接受此令牌</translation>
    </message>
    <message id="entry.trouble.token.advice">
        <source>Check that it is whole; if it has expired or was revoked, ask for a new one</source>
        <translation>请检查是否完整；如已过期或作废，请向管理员索取新的令牌</translation>
    </message>
    <message id="entry.trouble.version">
        <source>The gateway is of another version</source>
        <translation>网关与督导台版本不一致</translation>
    </message>
    <message id="entry.trouble.version.advice">
        <source>Update the desk or the gateway, so that both are of the same version</source>
        <translation>请更新督导台或网关，使两者版本一致</translation>
    </message>
    <message id="entry.url">
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message id="entry.url.tip">
        <source>The gateway&apos;s address; it begins with ws:// or wss://</source>
        <translation>网关的地址，以 ws:// 或 wss:// 开头</translation>
    </message>
    <message id="figure.aht">
        <source>Handle time</source>
        <translation>平均处理时长</translation>
    </message>
    <message id="figure.answer_rate_a2">
        <source>Answer rate</source>
        <translation>接通率</translation>
    </message>
    <message id="figure.answer_rate_a2.sub">
        <source>Answered</source>
        <translation>接通</translation>
    </message>
    <message id="figure.answer_rate_a2_pessimistic">
        <source>Answer rate with long waits</source>
        <translation>接通率（含超长等待）</translation>
    </message>
    <message id="figure.answered">
        <source>Answered</source>
        <translation>接通量</translation>
    </message>
    <message id="figure.longest_wait_now">
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message id="figure.longest_wait_now.sub">
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message id="figure.need">
        <source>Needed</source>
        <translation>需要座席</translation>
    </message>
    <message id="figure.occupancy">
        <source>Occupancy</source>
        <translation>占用率</translation>
    </message>
    <message id="figure.on_queue_mean">
        <source>On the queue</source>
        <translation>可服务座席</translation>
    </message>
    <message id="figure.service_level_f8">
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message id="figure.staffed_mean">
        <source>Staffed</source>
        <translation>在席</translation>
    </message>
    <message id="figure.waiting">
        <source>Waiting</source>
        <translation>排队</translation>
    </message>
    <message id="figure.waiting_mean">
        <source>Waiting (mean)</source>
        <translation>排队（平均）</translation>
    </message>
    <message id="figure.withheld">
        <source>&quot;{name}&quot; tells of people outside your scope and is not shown</source>
        <translation>“{name}”涉及您权限之外的人员，不予显示</translation>
    </message>
    <message id="figures.again">
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message id="figures.asking">
        <source>Asking the gateway…</source>
        <translation>正在向网关查询…</translation>
    </message>
    <message id="figures.basis">
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message id="figures.call_tip">
        <source>Call {call} · leg {leg}</source>
        <translation>通话 {call} · 请求 {leg}</translation>
    </message>
    <message id="figures.calls">
        <source>calls: {count}</source>
        <translation>{count} 通</translation>
    </message>
    <message id="figures.calls_behind">
        <source>Calls behind the figure</source>
        <translation>构成此数值的通话</translation>
    </message>
    <message id="figures.close">
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message id="figures.column.agent">
        <source>Agent</source>
        <translation>工号</translation>
    </message>
    <message id="figures.column.counted">
        <source>Counts</source>
        <translation>计入分子</translation>
    </message>
    <message id="figures.column.handle">
        <source>Handled</source>
        <translation>处理</translation>
    </message>
    <message id="figures.column.joined">
        <source>Joined</source>
        <translation>入队</translation>
    </message>
    <message id="figures.column.number">
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message id="figures.column.outcome">
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message id="figures.column.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="figures.column.wait">
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message id="figures.counts">
        <source>counts</source>
        <translation>计入</translation>
    </message>
    <message id="figures.counts_not">
        <source>only below</source>
        <translation>仅计入分母</translation>
    </message>
    <message id="figures.definition">
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message id="figures.failed">
        <source>The calls could not be had: {why}</source>
        <translation>无法取得通话：{why}</translation>
    </message>
    <message id="figures.formula">
        <source>Formula</source>
        <translation>口径</translation>
    </message>
    <message id="figures.hidden">
        <source>Out of sight</source>
        <translation>未显示</translation>
    </message>
    <message id="figures.hidden_calls">
        <source>{count} of them out of your scope, and part of the value all the same</source>
        <translation>其中 {count} 通不在你的权限范围内，已计入数值</translation>
    </message>
    <message id="figures.meaning">
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
    <message id="figures.missed">
        <source>beyond its limit</source>
        <translation>超出限值</translation>
    </message>
    <message id="figures.mode.live">
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message id="figures.mode.replay">
        <source>replay</source>
        <translation>回放</translation>
    </message>
    <message id="figures.mode.simulated">
        <source>simulated</source>
        <translation>模拟</translation>
    </message>
    <message id="figures.no_calls">
        <source>No calls stand behind this figure: none happened in its window</source>
        <translation>该时段内没有通话构成此数值</translation>
    </message>
    <message id="figures.not_of_calls">
        <source>No calls stand behind &quot;{name}&quot;: it is made of agents&apos; time or of trunks</source>
        <translation>“{name}”由座席时间或中继构成，没有可以列出的通话</translation>
    </message>
    <message id="figures.now">
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message id="figures.only_hidden">
        <source>Out of your scope: all calls behind this figure ({count})</source>
        <translation>构成此数值的 {count} 通都不在你的权限范围内</translation>
    </message>
    <message id="figures.open">
        <source>Open: {name}</source>
        <translation>打开：{name}</translation>
    </message>
    <message id="figures.outcome.abandoned">
        <source>abandoned</source>
        <translation>放弃</translation>
    </message>
    <message id="figures.outcome.answered">
        <source>answered</source>
        <translation>接通</translation>
    </message>
    <message id="figures.outcome.blocked">
        <source>blocked</source>
        <translation>呼损</translation>
    </message>
    <message id="figures.outcome.flow_out">
        <source>flowed out</source>
        <translation>溢出</translation>
    </message>
    <message id="figures.outcome.short">
        <source>short abandon</source>
        <translation>速挂</translation>
    </message>
    <message id="figures.outcome.waiting">
        <source>waiting</source>
        <translation>排队中</translation>
    </message>
    <message id="figures.parts">
        <source>Made of</source>
        <translation>构成</translation>
    </message>
    <message id="figures.share">
        <source>{over} ÷ {under} calls</source>
        <translation>{over} ÷ {under} 通</translation>
    </message>
    <message id="figures.shown">
        <source>{shown} of {total} calls shown</source>
        <translation>已显示 {shown} / {total} 通</translation>
    </message>
    <message id="figures.source">
        <source>Source</source>
        <translation>数据源</translation>
    </message>
    <message id="figures.stale">
        <source>old data</source>
        <translation>数据已过期</translation>
    </message>
    <message id="figures.title">
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message id="figures.window">
        <source>Window</source>
        <translation>时段</translation>
    </message>
    <message id="finder.ask">
        <source>Name, pinyin initials, seat, agent number, queue, alarm or command</source>
        <translation>姓名、拼音首字母、座席号、工号、队列、报警或命令</translation>
    </message>
    <message id="finder.deeds_of">
        <source>What can be done with &quot;{name}&quot;</source>
        <translation>对“{name}”可做的操作</translation>
    </message>
    <message id="finder.do.agent">
        <source>Find on the floor</source>
        <translation>在座位图中查找</translation>
    </message>
    <message id="finder.do.alarm">
        <source>Open alarm</source>
        <translation>打开报警</translation>
    </message>
    <message id="finder.do.call">
        <source>Open call</source>
        <translation>打开通话</translation>
    </message>
    <message id="finder.do.command">
        <source>Do it</source>
        <translation>执行</translation>
    </message>
    <message id="finder.do.queue">
        <source>Open queue</source>
        <translation>打开队列</translation>
    </message>
    <message id="finder.do.seat">
        <source>Open seat</source>
        <translation>打开座席</translation>
    </message>
    <message id="finder.field">
        <source>Search seats, queues, commands…</source>
        <translation>搜索座席、队列、命令…</translation>
    </message>
    <message id="finder.hits">
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
    <message id="finder.keys">
        <source>↑↓ choose    Enter do    Esc close</source>
        <translation>↑↓ 选择    Enter 执行    Esc 关闭</translation>
    </message>
    <message id="finder.keys_deeds">
        <source>↑↓ choose    Enter do    Esc back</source>
        <translation>↑↓ 选择    Enter 执行    Esc 返回</translation>
    </message>
    <message id="finder.keys_more">
        <source>↑↓ choose    Enter do    Tab more actions    Esc close</source>
        <translation>↑↓ 选择    Enter 执行    Tab 更多操作    Esc 关闭</translation>
    </message>
    <message id="finder.kind.agent">
        <source>Agent</source>
        <translation>人员</translation>
    </message>
    <message id="finder.kind.alarm">
        <source>Alarm</source>
        <translation>报警</translation>
    </message>
    <message id="finder.kind.call">
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message id="finder.kind.command">
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message id="finder.kind.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="finder.kind.seat">
        <source>Seat</source>
        <translation>座席</translation>
    </message>
    <message id="finder.link">
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message id="finder.locate">
        <source>Show on the floor</source>
        <translation>在座位图中定位</translation>
    </message>
    <message id="finder.not_seated">
        <source>at no seat</source>
        <translation>未就座</translation>
    </message>
    <message id="finder.nothing">
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message id="finder.title">
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message id="floor.all_groups">
        <source>All groups</source>
        <translation>全部组</translation>
    </message>
    <message id="floor.all_languages">
        <source>All languages</source>
        <translation>全部语种</translation>
    </message>
    <message id="floor.all_skills">
        <source>All skills</source>
        <translation>全部技能</translation>
    </message>
    <message id="floor.all_states">
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message id="floor.all_teams">
        <source>All teams</source>
        <translation>全部班组</translation>
    </message>
    <message id="floor.all_vendors">
        <source>All vendors</source>
        <translation>全部公司</translation>
    </message>
    <message id="floor.as_map">
        <source>Map</source>
        <translation>座位图</translation>
    </message>
    <message id="floor.as_table">
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message id="floor.column.agent">
        <source>Agent</source>
        <translation>姓名</translation>
    </message>
    <message id="floor.column.area">
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message id="floor.column.caller">
        <source>Caller</source>
        <translation>来电</translation>
    </message>
    <message id="floor.column.extension">
        <source>Extension</source>
        <translation>分机</translation>
    </message>
    <message id="floor.column.group">
        <source>Group</source>
        <translation>技能组</translation>
    </message>
    <message id="floor.column.handled">
        <source>Handled</source>
        <translation>今日接听</translation>
    </message>
    <message id="floor.column.languages">
        <source>Languages</source>
        <translation>语种</translation>
    </message>
    <message id="floor.column.number">
        <source>Agent no.</source>
        <translation>工号</translation>
    </message>
    <message id="floor.column.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="floor.column.reason">
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message id="floor.column.seat">
        <source>Seat</source>
        <translation>座席</translation>
    </message>
    <message id="floor.column.skills">
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message id="floor.column.state">
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message id="floor.column.talk">
        <source>Mean talk</source>
        <translation>平均通话</translation>
    </message>
    <message id="floor.column.team">
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message id="floor.column.time">
        <source>In state</source>
        <translation>时长</translation>
    </message>
    <message id="floor.column.vendor">
        <source>Vendor</source>
        <translation>供应商</translation>
    </message>
    <message id="floor.columns">
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message id="floor.columns_tip">
        <source>Which columns the table has, and by which it is sorted</source>
        <translation>选择表格的列和排序</translation>
    </message>
    <message id="floor.columns_usual">
        <source>Usual columns</source>
        <translation>默认列</translation>
    </message>
    <message id="floor.edit">
        <source>Edit layout</source>
        <translation>编辑布局</translation>
    </message>
    <message id="floor.edit.add">
        <source>Add room…</source>
        <translation>新增房间…</translation>
    </message>
    <message id="floor.edit.add_tip">
        <source>One more room, below all others</source>
        <translation>在最下方新增一个房间</translation>
    </message>
    <message id="floor.edit.cancel">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="floor.edit.cancel_tip">
        <source>Leave the floor as it was</source>
        <translation>放弃修改</translation>
    </message>
    <message id="floor.edit.carrying">
        <source>Over {room}, column {column}, line {line}. Enter puts it down, Esc lets go.</source>
        <translation>{room}，第 {column} 列，第 {line} 行。回车放下，Esc 放弃。</translation>
    </message>
    <message id="floor.edit.choose_room">
        <source>Choose a seat of the room first</source>
        <translation>请先选择该房间的一个座席</translation>
    </message>
    <message id="floor.edit.edge">
        <source>That is beyond the edge of the floor</source>
        <translation>超出了座位图的边缘</translation>
    </message>
    <message id="floor.edit.hint">
        <source>Drag seats, rows or rooms. By keyboard: arrows choose, Enter picks up and puts down, Esc lets go, Delete takes a seat out of its room.</source>
        <translation>可拖动座席、整排或房间。键盘：方向键选择，回车拿起和放下，Esc 放弃，Delete 移出房间。</translation>
    </message>
    <message id="floor.edit.kind_tip">
        <source>What is moved: drag it, or press Enter, move it with the arrows and press Enter again</source>
        <translation>选择移动对象：拖动，或按回车拿起、方向键移动、再按回车放下</translation>
    </message>
    <message id="floor.edit.locating">
        <source>The layout is being drawn: save it or cancel, then look for seats</source>
        <translation>正在编辑布局：先保存或取消，再查看座席</translation>
    </message>
    <message id="floor.edit.loose">
        <source>In no room</source>
        <translation>未入房间</translation>
    </message>
    <message id="floor.edit.name">
        <source>Plan of the floor</source>
        <translation>座位布局</translation>
    </message>
    <message id="floor.edit.name_en">
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message id="floor.edit.name_zh">
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message id="floor.edit.no_room">
        <source>There is no room; seats stand in rooms</source>
        <translation>那里没有房间；座席要放在房间里</translation>
    </message>
    <message id="floor.edit.no_row">
        <source>There is no row to move</source>
        <translation>那里没有可移动的排</translation>
    </message>
    <message id="floor.edit.no_step">
        <source>There is no such step</source>
        <translation>没有可撤销或重做的步骤</translation>
    </message>
    <message id="floor.edit.ok">
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message id="floor.edit.outdated">
        <source>Somebody has saved another layout meanwhile: cancel and draw from that one</source>
        <translation>其间有人保存了另一布局：请取消后在其基础上修改</translation>
    </message>
    <message id="floor.edit.outside">
        <source>outside the rooms</source>
        <translation>房间之外</translation>
    </message>
    <message id="floor.edit.overlap">
        <source>Another room stands there</source>
        <translation>那里已有另一个房间</translation>
    </message>
    <message id="floor.edit.redo">
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message id="floor.edit.redo_tip">
        <source>One step forth (Ctrl+Y)</source>
        <translation>重做一步 (Ctrl+Y)</translation>
    </message>
    <message id="floor.edit.remove">
        <source>Remove room</source>
        <translation>删除房间</translation>
    </message>
    <message id="floor.edit.remove_tip">
        <source>Take the room of the chosen seat away; its seats stay on the floor</source>
        <translation>删除所选座席所在的房间，座席保留</translation>
    </message>
    <message id="floor.edit.rename">
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message id="floor.edit.rename_tip">
        <source>Another name for the room of the chosen seat (F2)</source>
        <translation>给所选座席所在的房间改名 (F2)</translation>
    </message>
    <message id="floor.edit.room">
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message id="floor.edit.room_name">
        <source>Name of the room</source>
        <translation>房间名称</translation>
    </message>
    <message id="floor.edit.row">
        <source>Rows</source>
        <translation>整排</translation>
    </message>
    <message id="floor.edit.save">
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message id="floor.edit.save_tip">
        <source>Keep it in the site folder, for every desk (Ctrl+S)</source>
        <translation>写入站点文件夹，所有督导台生效 (Ctrl+S)</translation>
    </message>
    <message id="floor.edit.seat">
        <source>Seats</source>
        <translation>座席</translation>
    </message>
    <message id="floor.edit.taken">
        <source>There is a seat already; only a single seat changes places with another one</source>
        <translation>那里已有座席；只有单个座席可以互换</translation>
    </message>
    <message id="floor.edit.too_large">
        <source>This is more than a floor can be</source>
        <translation>超出了座位图的上限</translation>
    </message>
    <message id="floor.edit.too_many">
        <source>The floor has as many rooms as it can have</source>
        <translation>房间数量已达上限</translation>
    </message>
    <message id="floor.edit.unchanged">
        <source>Nothing was changed</source>
        <translation>没有修改</translation>
    </message>
    <message id="floor.edit.undo">
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message id="floor.edit.undo_tip">
        <source>One step back (Ctrl+Z)</source>
        <translation>撤销一步 (Ctrl+Z)</translation>
    </message>
    <message id="floor.edit.unsaved">
        <source>Not saved yet: press Cancel once more to give up what was drawn</source>
        <translation>尚未保存：再按一次“取消”将放弃所做的修改</translation>
    </message>
    <message id="floor.edit.waiting">
        <source>It is being saved</source>
        <translation>正在保存</translation>
    </message>
    <message id="floor.edit_tip">
        <source>Draw where rooms, rows and seats stand</source>
        <translation>调整房间、排和座席的位置</translation>
    </message>
    <message id="floor.group">
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message id="floor.language">
        <source>Language</source>
        <translation>语种</translation>
    </message>
    <message id="floor.list">
        <source>, </source>
        <translation>、</translation>
    </message>
    <message id="floor.no_area">
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message id="floor.no_seats">
        <source>This floor has no seats</source>
        <translation>此现场没有座席</translation>
    </message>
    <message id="floor.none_fits">
        <source>No seat fits these filters</source>
        <translation>没有符合筛选条件的座席</translation>
    </message>
    <message id="floor.over">
        <source>over {limit}</source>
        <translation>超过 {limit}</translation>
    </message>
    <message id="floor.overdue">
        <source>Overdue</source>
        <translation>超时</translation>
    </message>
    <message id="floor.rail">
        <source>Floor</source>
        <translation>现场</translation>
    </message>
    <message id="floor.search">
        <source>Find seats</source>
        <translation>查找座席</translation>
    </message>
    <message id="floor.search_tip">
        <source>Name, agent, seat, extension or state</source>
        <translation>姓名、工号、座席号、分机或状态</translation>
    </message>
    <message id="floor.seat">
        <source>Seat {number}</source>
        <translation>座席 {number}</translation>
    </message>
    <message id="floor.show_all">
        <source>Clear</source>
        <translation>清除筛选</translation>
    </message>
    <message id="floor.shown">
        <source>{shown} of {total} seats shown</source>
        <translation>显示 {shown} / {total} 个座席</translation>
    </message>
    <message id="floor.skill">
        <source>Skill</source>
        <translation>技能</translation>
    </message>
    <message id="floor.sort_by">
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message id="floor.state">
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message id="floor.table_name">
        <source>Floor, as a table</source>
        <translation>座席表</translation>
    </message>
    <message id="floor.team">
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message id="floor.tip_caller">
        <source>Caller: {number}</source>
        <translation>来电：{number}</translation>
    </message>
    <message id="floor.tip_languages">
        <source>Languages: {languages}</source>
        <translation>语种：{languages}</translation>
    </message>
    <message id="floor.tip_queue">
        <source>Queue: {queue}</source>
        <translation>队列：{queue}</translation>
    </message>
    <message id="floor.tip_skills">
        <source>Skills: {skills}</source>
        <translation>技能：{skills}</translation>
    </message>
    <message id="floor.title">
        <source>Floor</source>
        <translation>座位图</translation>
    </message>
    <message id="floor.toggle_tip">
        <source>Seats as map or table</source>
        <translation>座位图与表格切换</translation>
    </message>
    <message id="floor.vacant">
        <source>Vacant</source>
        <translation>未登录</translation>
    </message>
    <message id="floor.vendor">
        <source>Vendor</source>
        <translation>公司</translation>
    </message>
    <message id="floor.zoom_in">
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message id="floor.zoom_out">
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message id="floor.zoom_usual">
        <source>Usual size</source>
        <translation>默认大小</translation>
    </message>
    <message id="handover.alarms">
        <source>Open alarms</source>
        <translation>未结束的报警</translation>
    </message>
    <message id="handover.begin">
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message id="handover.by">
        <source>{by}</source>
        <translation>{by}</translation>
    </message>
    <message id="handover.chosen">
        <source>Chosen time</source>
        <translation>自选时段</translation>
    </message>
    <message id="handover.close">
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message id="handover.empty_floor">
        <source>There is no floor yet: a sheet can be made once the gateway is connected</source>
        <translation>还没有现场数据：连接网关后才能制表</translation>
    </message>
    <message id="handover.end">
        <source>To</source>
        <translation>结束</translation>
    </message>
    <message id="handover.end.failed">
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message id="handover.end.refused">
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message id="handover.end.unknown">
        <source>end unknown</source>
        <translation>结果未知</translation>
    </message>
    <message id="handover.ends_first">
        <source>Write begin and end like 2026-11-26 08:00; the end comes after the begin, by a day at most</source>
        <translation>开始和结束写成 2026-11-26 08:00；结束要晚于开始，且不超过 24 小时</translation>
    </message>
    <message id="handover.failed">
        <source>No sheet can be made: {reason}</source>
        <translation>无法制表：{reason}</translation>
    </message>
    <message id="handover.figure.abandoned">
        <source>Abandoned</source>
        <translation>放弃</translation>
    </message>
    <message id="handover.figure.aht">
        <source>Handle time</source>
        <translation>处理时长</translation>
    </message>
    <message id="handover.figure.answer_rate_a2">
        <source>Answer rate</source>
        <translation>接通率</translation>
    </message>
    <message id="handover.figure.answered">
        <source>Answered</source>
        <translation>接通</translation>
    </message>
    <message id="handover.figure.asa">
        <source>Speed</source>
        <translation>应答速度</translation>
    </message>
    <message id="handover.figure.blocked">
        <source>Blocked</source>
        <translation>呼损</translation>
    </message>
    <message id="handover.figure.flowed_out">
        <source>Flowed out</source>
        <translation>溢出</translation>
    </message>
    <message id="handover.figure.longest_wait">
        <source>Longest wait</source>
        <translation>最长等待</translation>
    </message>
    <message id="handover.figure.occupancy">
        <source>Occupancy</source>
        <translation>占用率</translation>
    </message>
    <message id="handover.figure.offered">
        <source>Offered</source>
        <translation>请求</translation>
    </message>
    <message id="handover.figure.pending">
        <source>Still waiting</source>
        <translation>仍在排队</translation>
    </message>
    <message id="handover.figure.service_level_f1">
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message id="handover.figure.service_level_f8">
        <source>Service level</source>
        <translation>服务水平</translation>
    </message>
    <message id="handover.file">
        <source>handover</source>
        <translation>交接班</translation>
    </message>
    <message id="handover.floor">
        <source>the floor</source>
        <translation>全场</translation>
    </message>
    <message id="handover.from">
        <source>Handed over by</source>
        <translation>交班人</translation>
    </message>
    <message id="handover.incomplete">
        <source>Facts of this time are missing: figures are incomplete</source>
        <translation>时段内有缺失数据：指标不完整</translation>
    </message>
    <message id="handover.journal_from">
        <source>The journal begins at {time}: alarms and orders before are not known</source>
        <translation>事件记录自 {time} 起：此前的报警与指令未知</translation>
    </message>
    <message id="handover.keep">
        <source>Keep note</source>
        <translation>保存留言</translation>
    </message>
    <message id="handover.known_from">
        <source>Records begin at {time}: nothing is known before</source>
        <translation>记录自 {time} 起：此前未知</translation>
    </message>
    <message id="handover.last_hours">
        <source>Last {hours} hours</source>
        <translation>最近 {hours} 小时</translation>
    </message>
    <message id="handover.left_off">
        <source>Too many orders to list: the {count} oldest are neither listed nor counted</source>
        <translation>指令过多：最早的 {count} 条未列出，也未计数</translation>
    </message>
    <message id="handover.legend">
        <source>▲ target missed  ■ critical  (in brackets) too few calls to judge; figures are computed by the gateway over this time</source>
        <translation>▲ 未达目标  ■ 严重  (括号) 样本过少，不作评判；指标由网关按本时段计算</translation>
    </message>
    <message id="handover.legend_calls">
        <source>where nobody still waits the answer rate of all queues in a time that is over counts a caller once, all else counts each queue that one joined</source>
        <translation>已结束且无人仍在排队的时段，全部队列的接通率按通话计，其余均按进入的每个队列计</translation>
    </message>
    <message id="handover.legend_level">
        <source>the service level of a time that is over is F1, answered in time ÷ all that were concluded</source>
        <translation>已结束时段的服务水平按 F1 计：限时内接通 ÷ 已有结果的请求</translation>
    </message>
    <message id="handover.legend_stop">
        <source>; </source>
        <translation>；</translation>
    </message>
    <message id="handover.loading">
        <source>Asking the gateway…</source>
        <translation>正在向网关查询…</translation>
    </message>
    <message id="handover.made">
        <source>Data as of {at} · made {made} · {by}</source>
        <translation>数据截至 {at} · 制表 {made} · {by}</translation>
    </message>
    <message id="handover.mode.replay">
        <source>A replayed recording, not the floor of now</source>
        <translation>录像回放，不是当前现场</translation>
    </message>
    <message id="handover.mode.simulated">
        <source>Simulated, not the real floor</source>
        <translation>模拟数据，不是真实现场</translation>
    </message>
    <message id="handover.modes">
        <source>Switches and notices</source>
        <translation>开关与通知</translation>
    </message>
    <message id="handover.no_alarms">
        <source>No open alarms</source>
        <translation>没有未结束的报警</translation>
    </message>
    <message id="handover.no_modes">
        <source>No switch is on, no notice holds</source>
        <translation>没有打开的开关，没有有效的通知</translation>
    </message>
    <message id="handover.no_notes">
        <source>No notes</source>
        <translation>没有留言</translation>
    </message>
    <message id="handover.no_orders">
        <source>Nothing out of the ordinary</source>
        <translation>没有异常</translation>
    </message>
    <message id="handover.no_people">
        <source>Nobody is away or overdue</source>
        <translation>无人离席或超时</translation>
    </message>
    <message id="handover.not_begun">
        <source>This time has not begun yet</source>
        <translation>该时段尚未开始</translation>
    </message>
    <message id="handover.not_printed">
        <source>The printer took nothing; look after it</source>
        <translation>打印机没有接受；请检查打印机</translation>
    </message>
    <message id="handover.not_saved">
        <source>{path} cannot be written; choose another folder</source>
        <translation>无法写入 {path}；请选择其他文件夹</translation>
    </message>
    <message id="handover.note_long">
        <source>The note is too long: at most {most} characters in {lines} lines</source>
        <translation>留言太长：最多 {most} 字、{lines} 行</translation>
    </message>
    <message id="handover.notes">
        <source>Notes</source>
        <translation>留言</translation>
    </message>
    <message id="handover.notice">
        <source>Notice → {to}: {text} (until {until})</source>
        <translation>通知 → {to}：{text}（至 {until}）</translation>
    </message>
    <message id="handover.old">
        <source>Data is {age} old: as of {time}, refresh it</source>
        <translation>数据为 {age} 之前的：截至 {time}，请刷新</translation>
    </message>
    <message id="handover.open_notes">
        <source>Open notes</source>
        <translation>未办结的留言</translation>
    </message>
    <message id="handover.order">
        <source>{what}: {end}</source>
        <translation>{what}：{end}</translation>
    </message>
    <message id="handover.orders">
        <source>Orders, sources and trunks out of the ordinary (orders {count}, not ended well {odd})</source>
        <translation>指令与数据源、中继异常（指令 {count} 条，未正常结束 {odd} 条）</translation>
    </message>
    <message id="handover.out_of_service">
        <source>out of service ({by})</source>
        <translation>停用（{by}）</translation>
    </message>
    <message id="handover.pdf">
        <source>Save as PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message id="handover.people">
        <source>Away and overdue</source>
        <translation>离席与超时人员</translation>
    </message>
    <message id="handover.preview">
        <source>Preview of the handover sheet</source>
        <translation>交接班表预览</translation>
    </message>
    <message id="handover.print">
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message id="handover.printed">
        <source>Given to the printer {printer}</source>
        <translation>已交给打印机 {printer}</translation>
    </message>
    <message id="handover.refresh">
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message id="handover.running">
        <source>The shift goes on (until {end}): data as of {time}</source>
        <translation>班次未结束（至 {end}）：数据截至 {time}</translation>
    </message>
    <message id="handover.saved">
        <source>Saved as {path}</source>
        <translation>已存到 {path}</translation>
    </message>
    <message id="handover.settle">
        <source>Settle</source>
        <translation>办结</translation>
    </message>
    <message id="handover.settled">
        <source>settled by {by}</source>
        <translation>{by} 已办结</translation>
    </message>
    <message id="handover.shelved">
        <source>shelved until {time}</source>
        <translation>搁置至 {time}</translation>
    </message>
    <message id="handover.shift">
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message id="handover.since">
        <source>since {time}</source>
        <translation>自 {time}</translation>
    </message>
    <message id="handover.source.down">
        <source>{source} went down</source>
        <translation>{source} 中断</translation>
    </message>
    <message id="handover.source.silent">
        <source>{source} fell silent</source>
        <translation>{source} 静默</translation>
    </message>
    <message id="handover.source.up">
        <source>{source} is back</source>
        <translation>{source} 恢复</translation>
    </message>
    <message id="handover.source_lost">
        <source>No data from {source} since {time}: figures are incomplete from there</source>
        <translation>{source} 自 {time} 起无数据：此后的指标不完整</translation>
    </message>
    <message id="handover.span">
        <source>{name} · {day} {begin}–{end}</source>
        <translation>{name} · {day} {begin}–{end}</translation>
    </message>
    <message id="handover.stale">
        <source>Data is {age} old: last known at {time}</source>
        <translation>数据已陈旧 {age}：最后已知时刻 {time}</translation>
    </message>
    <message id="handover.switch">
        <source>{where}: {value}</source>
        <translation>{where}：{value}</translation>
    </message>
    <message id="handover.title">
        <source>Handover sheet</source>
        <translation>交接班表</translation>
    </message>
    <message id="handover.to">
        <source>Taken over by</source>
        <translation>接班人</translation>
    </message>
    <message id="handover.today">
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message id="handover.trunk.down">
        <source>{trunk} went down</source>
        <translation>{trunk} 中断</translation>
    </message>
    <message id="handover.trunk.up">
        <source>{trunk} is back</source>
        <translation>{trunk} 恢复正常</translation>
    </message>
    <message id="handover.value.announce">
        <source>announcement</source>
        <translation>播报</translation>
    </message>
    <message id="handover.value.backup">
        <source>backup</source>
        <translation>备用</translation>
    </message>
    <message id="handover.value.callback">
        <source>call-back</source>
        <translation>回拨</translation>
    </message>
    <message id="handover.value.normal">
        <source>normal</source>
        <translation>正常</translation>
    </message>
    <message id="handover.value.overflow">
        <source>overflow to {queue}</source>
        <translation>溢出到 {queue}</translation>
    </message>
    <message id="handover.who">
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message id="handover.whole">
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message id="handover.write">
        <source>For the next shift</source>
        <translation>写给下一班</translation>
    </message>
    <message id="handover.write_tip">
        <source>At most 500 characters in 8 lines; Ctrl+Enter keeps it</source>
        <translation>最多 500 字、8 行；Ctrl+Enter 保存</translation>
    </message>
    <message id="instance.goes_on">
        <source>a desk with this data folder runs already and goes on with its own floor and credential; close it first, or give another folder in WATCHFLOOR_DATA ({folder})</source>
        <translation>使用该数据目录的督导台已在运行，仍显示原来的现场和身份；请先关闭它，或用 WATCHFLOOR_DATA 指定另一个目录（{folder}）</translation>
    </message>
    <message id="instance.other">
        <source>This desk stays on its floor and in its role</source>
        <translation>本督导台仍显示原来的现场和身份</translation>
    </message>
    <message id="instance.other.detail">
        <source>Another start asked for {floor}; close this desk first, or choose &quot;Other floor…&quot; in the menu</source>
        <translation>又一次启动要求显示 {floor}；请先关闭本督导台，或在菜单中选择“其他现场…”</translation>
    </message>
    <message id="instance.silent">
        <source>Another desk uses this data folder, but does not answer</source>
        <translation>另一个督导台正在使用这个数据目录，但没有回应</translation>
    </message>
    <message id="language.ar">
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message id="language.de">
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message id="language.en">
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message id="language.es">
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message id="language.fr">
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message id="language.it">
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message id="language.ja">
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message id="language.ko">
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message id="language.pt">
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message id="language.ru">
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message id="language.th">
        <source>Thai</source>
        <translation>泰语</translation>
    </message>
    <message id="language.vi">
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
    <message id="language.yue">
        <source>Cantonese</source>
        <translation>粤语</translation>
    </message>
    <message id="language.zh">
        <source>Mandarin</source>
        <translation>普通话</translation>
    </message>
    <message id="layout.back">
        <source>Back to how it stood before</source>
        <translation>恢复更换前的布局</translation>
    </message>
    <message id="layout.delete">
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message id="layout.menu">
        <source>Layouts</source>
        <translation>窗口布局</translation>
    </message>
    <message id="layout.name">
        <source>Name of the layout</source>
        <translation>布局名称</translation>
    </message>
    <message id="layout.name_bad">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="layout.name_good">
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message id="layout.name_taken">
        <source>There is a layout of that name already</source>
        <translation>已有同名布局</translation>
    </message>
    <message id="layout.name_title">
        <source>Layout</source>
        <translation>窗口布局</translation>
    </message>
    <message id="layout.no_name">
        <source>Give it a name first</source>
        <translation>请先输入名称</translation>
    </message>
    <message id="layout.rename">
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message id="layout.replace">
        <source>There is a layout of that name already: save once more to replace it</source>
        <translation>已有同名布局：再按一次“保存”将替换它</translation>
    </message>
    <message id="layout.reset">
        <source>The layout was reset</source>
        <translation>已恢复默认布局</translation>
    </message>
    <message id="layout.reset.detail">
        <source>The saved one could not be read and is kept as desk.json.broken; click to dismiss</source>
        <translation>保存的窗口布局无法读取，已另存为 desk.json.broken；点击此处关闭</translation>
    </message>
    <message id="layout.restore">
        <source>Have &quot;{name}&quot; back</source>
        <translation>恢复已删除的“{name}”</translation>
    </message>
    <message id="layout.save_as">
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message id="layout.too_many">
        <source>There are 20 layouts already; delete one first</source>
        <translation>最多保存 20 个布局，请先删除一个</translation>
    </message>
    <message id="layout.unusable">
        <source>This layout cannot be used</source>
        <translation>该布局无法使用</translation>
    </message>
    <message id="layout.unusable.detail">
        <source>It comes from another version; the usual one is shown, click to dismiss</source>
        <translation>它来自另一个版本；已恢复默认布局，点击此处关闭</translation>
    </message>
    <message id="link.copied">
        <source>Link copied</source>
        <translation>已复制链接</translation>
    </message>
    <message id="link.copied.detail">
        <source>{link}</source>
        <translation>{link}</translation>
    </message>
    <message id="link.wrong.alarm">
        <source>there is no such alarm, or it ended long ago</source>
        <translation>没有这条报警，或它早已结束</translation>
    </message>
    <message id="link.wrong.form">
        <source>&quot;{link}&quot; is no floor:// link, such as floor://seat/108</source>
        <translation>“{link}”不是 floor:// 链接，例如 floor://seat/108</translation>
    </message>
    <message id="link.wrong.kind">
        <source>there are no links to &quot;{kind}&quot;; there are seat, queue and alarm</source>
        <translation>没有“{kind}”这种链接；可用 seat、queue、alarm</translation>
    </message>
    <message id="link.wrong.queue">
        <source>the floor has no queue {number}</source>
        <translation>现场没有队列 {number}</translation>
    </message>
    <message id="link.wrong.seat">
        <source>the floor has no seat {number}</source>
        <translation>现场没有座席 {number}</translation>
    </message>
    <message id="link.wrong.waiting">
        <source>the floor&apos;s data has not arrived yet</source>
        <translation>尚未收到现场数据</translation>
    </message>
    <message id="live.fresh">
        <source>Live  {age}</source>
        <translation>实时  {age}</translation>
    </message>
    <message id="live.paused">
        <source>Paused  {age}</source>
        <translation>已暂停  {age}</translation>
    </message>
    <message id="live.replay">
        <source>Replay  {age}</source>
        <translation>回放  {age}</translation>
    </message>
    <message id="live.simulated">
        <source>Simulated  {age}</source>
        <translation>模拟  {age}</translation>
    </message>
    <message id="mode.barge">
        <source>barge</source>
        <translation>插话</translation>
    </message>
    <message id="mode.listen">
        <source>listen</source>
        <translation>监听</translation>
    </message>
    <message id="mode.take_over">
        <source>take over</source>
        <translation>强插</translation>
    </message>
    <message id="mode.whisper">
        <source>whisper</source>
        <translation>耳语</translation>
    </message>
    <message id="order.alarm.acknowledge">
        <source>Acknowledge</source>
        <translation>确认报警</translation>
    </message>
    <message id="order.alarm.out_of_service">
        <source>Out of service</source>
        <translation>停用</translation>
    </message>
    <message id="order.alarm.return_to_service">
        <source>Return to service</source>
        <translation>恢复使用</translation>
    </message>
    <message id="order.alarm.shelve">
        <source>Shelve</source>
        <translation>搁置</translation>
    </message>
    <message id="order.alarm.unshelve">
        <source>Take off the shelf</source>
        <translation>取消搁置</translation>
    </message>
    <message id="order.call.hangup">
        <source>Hang up</source>
        <translation>挂断来电</translation>
    </message>
    <message id="order.call.prioritise">
        <source>Prioritise</source>
        <translation>设为优先</translation>
    </message>
    <message id="order.call.redirect">
        <source>Redirect</source>
        <translation>转到号码</translation>
    </message>
    <message id="order.call.requeue">
        <source>Requeue</source>
        <translation>转到队列</translation>
    </message>
    <message id="order.colon">
        <source>: </source>
        <translation>：</translation>
    </message>
    <message id="order.done">
        <source>{name}: done, the floor shows it</source>
        <translation>{name}：已完成，现场已确认</translation>
    </message>
    <message id="order.failed">
        <source>{name}: failed</source>
        <translation>{name}：失败</translation>
    </message>
    <message id="order.handover.note">
        <source>Note</source>
        <translation>留言</translation>
    </message>
    <message id="order.handover.settle">
        <source>Settle note</source>
        <translation>办结留言</translation>
    </message>
    <message id="order.layout.save">
        <source>Save layout</source>
        <translation>保存布局</translation>
    </message>
    <message id="order.not_seen">
        <source>{name}: asked, not seen after 5 s</source>
        <translation>{name}：已发出，5 秒后仍未见到结果</translation>
    </message>
    <message id="order.notice.send">
        <source>Send notice</source>
        <translation>发通知</translation>
    </message>
    <message id="order.refused">
        <source>{name}: refused</source>
        <translation>{name}：被拒绝</translation>
    </message>
    <message id="order.seat.logout">
        <source>Sign out</source>
        <translation>签出</translation>
    </message>
    <message id="order.seat.move">
        <source>Move queues</source>
        <translation>调整队列</translation>
    </message>
    <message id="order.seat.pause">
        <source>Pause</source>
        <translation>置忙</translation>
    </message>
    <message id="order.seat.ready">
        <source>Make ready</source>
        <translation>置闲</translation>
    </message>
    <message id="order.seat.undo">
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message id="order.taken">
        <source>{name}: taken</source>
        <translation>{name}：已受理</translation>
    </message>
    <message id="order.undone">
        <source>{name}: undone</source>
        <translation>{name}：已撤销</translation>
    </message>
    <message id="order.unknown">
        <source>{name}: unknown, it may have happened; trust the screen</source>
        <translation>{name}：结果未知，可能已执行，请以现场为准</translation>
    </message>
    <message id="order.waiting">
        <source>{name}: asked, waiting for the floor to show it</source>
        <translation>{name}：已发出，等待现场确认</translation>
    </message>
    <message id="ordering.a_call">
        <source>a call</source>
        <translation>一通来话</translation>
    </message>
    <message id="ordering.all">
        <source>All results</source>
        <translation>全部结果</translation>
    </message>
    <message id="ordering.and_more">
        <source>{names} and {count} more</source>
        <translation>{names} 等，另有 {count} 个</translation>
    </message>
    <message id="ordering.asking">
        <source>Asking the gateway…</source>
        <translation>正在向网关查询…</translation>
    </message>
    <message id="ordering.because">
        <source>Reason: {reason}</source>
        <translation>原因：{reason}</translation>
    </message>
    <message id="ordering.call">
        <source>a call of {queue}</source>
        <translation>{queue}来话</translation>
    </message>
    <message id="ordering.cancel">
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message id="ordering.close">
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message id="ordering.column.about">
        <source>About</source>
        <translation>对象</translation>
    </message>
    <message id="ordering.column.by">
        <source>By</source>
        <translation>发送者</translation>
    </message>
    <message id="ordering.column.effect">
        <source>Effect</source>
        <translation>影响</translation>
    </message>
    <message id="ordering.column.order">
        <source>Order</source>
        <translation>指令</translation>
    </message>
    <message id="ordering.column.reader">
        <source>To</source>
        <translation>发给</translation>
    </message>
    <message id="ordering.column.reason">
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message id="ordering.column.result">
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message id="ordering.column.state">
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message id="ordering.column.text">
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message id="ordering.column.time">
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message id="ordering.column.until">
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message id="ordering.column.who">
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message id="ordering.copy">
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message id="ordering.count.done">
        <source>{count} done</source>
        <translation>完成 {count}</translation>
    </message>
    <message id="ordering.count.failed">
        <source>{count} failed</source>
        <translation>失败 {count}</translation>
    </message>
    <message id="ordering.count.open">
        <source>{count} on the way</source>
        <translation>进行中 {count}</translation>
    </message>
    <message id="ordering.count.refused">
        <source>{count} refused</source>
        <translation>被拒绝 {count}</translation>
    </message>
    <message id="ordering.count.taken">
        <source>{count} taken on</source>
        <translation>已受理 {count}</translation>
    </message>
    <message id="ordering.count.undone">
        <source>{count} undone</source>
        <translation>已撤销 {count}</translation>
    </message>
    <message id="ordering.count.unknown">
        <source>{count} unknown</source>
        <translation>未知 {count}</translation>
    </message>
    <message id="ordering.done">
        <source>done, the floor shows it</source>
        <translation>完成，画面已确认</translation>
    </message>
    <message id="ordering.failed">
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message id="ordering.floor">
        <source>the whole floor</source>
        <translation>整个现场</translation>
    </message>
    <message id="ordering.give_many">
        <source>{name}: {count}</source>
        <translation>{name} {count} 个</translation>
    </message>
    <message id="ordering.hits">
        <source>Also affected: {names}</source>
        <translation>还会影响：{names}</translation>
    </message>
    <message id="ordering.list">
        <source>All orders</source>
        <translation>指令列表</translation>
    </message>
    <message id="ordering.many">
        <source>{name} · {count} targets</source>
        <translation>{name} · {count} 个对象</translation>
    </message>
    <message id="ordering.move.asking">
        <source>Asking which queues are served now…</source>
        <translation>正在查询当前服务的队列…</translation>
    </message>
    <message id="ordering.move.change">
        <source>Change</source>
        <translation>改为</translation>
    </message>
    <message id="ordering.move.failed">
        <source>Which queues are served now could not be had: {why}</source>
        <translation>无法取得当前服务的队列：{why}</translation>
    </message>
    <message id="ordering.move.go">
        <source>Move</source>
        <translation>调整</translation>
    </message>
    <message id="ordering.move.join">
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message id="ordering.move.known">
        <source>&quot;Set penalty&quot; and &quot;Join&quot; set the penalty; &quot;Leave&quot; ends calls of that queue</source>
        <translation>「加入」和「改惩罚值」设定惩罚值，「离开」停止分配该队列来话</translation>
    </message>
    <message id="ordering.move.leave">
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message id="ordering.move.many">
        <source>The same for each of these seats; looked at before it is given</source>
        <translation>对每个座席下达同样的调整，先检查再下达</translation>
    </message>
    <message id="ordering.move.now">
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message id="ordering.move.of">
        <source>Change in {queue}</source>
        <translation>{queue} 的调整</translation>
    </message>
    <message id="ordering.move.penalty">
        <source>Penalty</source>
        <translation>惩罚值</translation>
    </message>
    <message id="ordering.move.penalty_of">
        <source>Penalty in {queue}</source>
        <translation>{queue} 的惩罚值</translation>
    </message>
    <message id="ordering.move.penalty_tip">
        <source>The higher, the later calls come; 0 comes first</source>
        <translation>数字越大，越晚分到来话；0 为首选</translation>
    </message>
    <message id="ordering.move.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="ordering.move.review">
        <source>Review…</source>
        <translation>检查…</translation>
    </message>
    <message id="ordering.move.serves">
        <source>serves · penalty {penalty}</source>
        <translation>服务中 · 惩罚值 {penalty}</translation>
    </message>
    <message id="ordering.move.serves_not">
        <source>does not serve</source>
        <translation>不服务</translation>
    </message>
    <message id="ordering.move.set">
        <source>Set penalty</source>
        <translation>改惩罚值</translation>
    </message>
    <message id="ordering.move.stay">
        <source>As it is</source>
        <translation>不变</translation>
    </message>
    <message id="ordering.move.unknown">
        <source>The telephone system does not say which queues are served now</source>
        <translation>话务系统没有告知当前服务的队列</translation>
    </message>
    <message id="ordering.no_notice">
        <source>No notice is in force</source>
        <translation>没有有效的通知</translation>
    </message>
    <message id="ordering.nobody">
        <source>It can be done to none of them</source>
        <translation>对任何对象都不能执行</translation>
    </message>
    <message id="ordering.none">
        <source>No order was given at this desk yet</source>
        <translation>本席位还没有下达指令</translation>
    </message>
    <message id="ordering.not_given">
        <source>not given</source>
        <translation>未下达</translation>
    </message>
    <message id="ordering.not_seen">
        <source>asked, not seen after 5 s</source>
        <translation>已下达，5 秒内未见结果</translation>
    </message>
    <message id="ordering.notice.count">
        <source>{count} of {most} characters</source>
        <translation>{count} / {most} 个字符</translation>
    </message>
    <message id="ordering.notice.minutes">
        <source>Holds for</source>
        <translation>保留</translation>
    </message>
    <message id="ordering.notice.review">
        <source>Review…</source>
        <translation>检查…</translation>
    </message>
    <message id="ordering.notice.text">
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message id="ordering.notice.to">
        <source>To</source>
        <translation>发给</translation>
    </message>
    <message id="ordering.notice.unit">
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message id="ordering.notice.words">
        <source>One line, seen at once</source>
        <translation>一行文字，座席立即看到</translation>
    </message>
    <message id="ordering.notices">
        <source>Notices in force</source>
        <translation>有效通知</translation>
    </message>
    <message id="ordering.one">
        <source>{name} · {target}</source>
        <translation>{name} · {target}</translation>
    </message>
    <message id="ordering.phase.done">
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message id="ordering.phase.failed">
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message id="ordering.phase.open">
        <source>On its way</source>
        <translation>进行中</translation>
    </message>
    <message id="ordering.phase.refused">
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message id="ordering.phase.undone">
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message id="ordering.phase.unknown">
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message id="ordering.quota">
        <source>Quota of {team}: {most} of {people} may be on break, {free} free now, so {refused} of these {count} would be refused</source>
        <translation>{team} 小休限额：{people} 人中最多 {most} 人同时小休，现余 {free} 个名额，这 {count} 人中将有 {refused} 人被拒绝</translation>
    </message>
    <message id="ordering.readers">
        <source>Who can see it: {names}</source>
        <translation>会看到的人：{names}</translation>
    </message>
    <message id="ordering.reason">
        <source>Reason (kept in the audit)</source>
        <translation>原因（写入审计日志）</translation>
    </message>
    <message id="ordering.reason_first">
        <source>This site asks for a reason: write it first</source>
        <translation>本现场要求填写原因</translation>
    </message>
    <message id="ordering.refused">
        <source>refused</source>
        <translation>被拒绝</translation>
    </message>
    <message id="ordering.says">
        <source>Text: {text}</source>
        <translation>内容：{text}</translation>
    </message>
    <message id="ordering.semicolon">
        <source>; </source>
        <translation>；</translation>
    </message>
    <message id="ordering.several">
        <source>{name} ×{count}</source>
        <translation>{name}×{count}</translation>
    </message>
    <message id="ordering.taken">
        <source>taken</source>
        <translation>已受理</translation>
    </message>
    <message id="ordering.targets">
        <source>Targets</source>
        <translation>指令对象</translation>
    </message>
    <message id="ordering.times">
        <source>{count}: {effect}</source>
        <translation>{count} 个{effect}</translation>
    </message>
    <message id="ordering.title">
        <source>My orders</source>
        <translation>我的指令</translation>
    </message>
    <message id="ordering.undo_many">
        <source>Undo {count}</source>
        <translation>撤销 {count} 个</translation>
    </message>
    <message id="ordering.undo_why">
        <source>Choose an order that can still be undone: ready, pause or move, for a while</source>
        <translation>请选择仍可撤销的指令：置闲、小休或调整队列，在限定时间内</translation>
    </message>
    <message id="ordering.undone">
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message id="ordering.unknown">
        <source>unknown, it may have happened; trust the screen</source>
        <translation>未知，可能已执行，以画面为准</translation>
    </message>
    <message id="ordering.waiting">
        <source>asked, waiting for the floor to show it</source>
        <translation>已下达，等待画面确认</translation>
    </message>
    <message id="ordering.would_refuse">
        <source>Cannot be done: {why}</source>
        <translation>不能执行：{why}</translation>
    </message>
    <message id="pin.leave">
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message id="pin.none">
        <source>Leave the wall display?</source>
        <translation>退出大屏展示模式？</translation>
    </message>
    <message id="pin.prompt">
        <source>Enter the PIN to leave the wall display</source>
        <translation>请输入 PIN 以退出大屏展示模式</translation>
    </message>
    <message id="pin.stay">
        <source>Stay</source>
        <translation>取消</translation>
    </message>
    <message id="pin.title">
        <source>Leave the wall</source>
        <translation>离开大屏</translation>
    </message>
    <message id="pin.wait">
        <source>Too many attempts, please wait {seconds} s</source>
        <translation>尝试次数过多，请等待 {seconds} 秒</translation>
    </message>
    <message id="pin.wrong">
        <source>That PIN is not right, please try again</source>
        <translation>PIN 不正确，请再试</translation>
    </message>
    <message id="question.late">
        <source>the gateway has not answered in time; it may still be reading, ask again</source>
        <translation>网关没有及时答复，可能仍在读取，请再问一次</translation>
    </message>
    <message id="question.no_link">
        <source>there is no connection to the gateway now; try again when it is back</source>
        <translation>与网关没有连接，恢复后再试</translation>
    </message>
    <message id="question.reading">
        <source>The gateway reads the past: {percent}%</source>
        <translation>网关正在读取历史数据：{percent}%</translation>
    </message>
    <message id="queues.about">
        <source>~{time}</source>
        <translation>约 {time}</translation>
    </message>
    <message id="queues.all">
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message id="queues.all.tip">
        <source>Show the callers of all queues</source>
        <translation>显示所有队列的来电</translation>
    </message>
    <message id="queues.answered">
        <source>Rate</source>
        <translation>接通</translation>
    </message>
    <message id="queues.caller_tip">
        <source>{number} · {queue} · predicted wait left: {left}</source>
        <translation>{number} · {queue} · 预计还需等待：{left}</translation>
    </message>
    <message id="queues.callers">
        <source>Waiting callers</source>
        <translation>排队来电</translation>
    </message>
    <message id="queues.callers_of">
        <source>Waiting: {queue}</source>
        <translation>排队来电：{queue}</translation>
    </message>
    <message id="queues.callers_withheld">
        <source>Callers are not shown to whoever may only look</source>
        <translation>只读用户看不到来电者</translation>
    </message>
    <message id="queues.cards">
        <source>Cards</source>
        <translation>卡片</translation>
    </message>
    <message id="queues.cards.tip">
        <source>Show queues as cards</source>
        <translation>以卡片显示队列</translation>
    </message>
    <message id="queues.column.abandoned">
        <source>Lost</source>
        <translation>放弃</translation>
    </message>
    <message id="queues.column.answered">
        <source>Answ.</source>
        <translation>接通</translation>
    </message>
    <message id="queues.column.average">
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message id="queues.column.expected">
        <source>Expect</source>
        <translation>预计</translation>
    </message>
    <message id="queues.column.level">
        <source>Level</source>
        <translation>服务</translation>
    </message>
    <message id="queues.column.longest">
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message id="queues.column.offered">
        <source>Offered</source>
        <translation>请求</translation>
    </message>
    <message id="queues.column.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="queues.column.rate">
        <source>Rate</source>
        <translation>接通率</translation>
    </message>
    <message id="queues.column.ready">
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message id="queues.column.waiting">
        <source>Wait</source>
        <translation>排队</translation>
    </message>
    <message id="queues.curves">
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message id="queues.curves.tip">
        <source>Curves of the day</source>
        <translation>今日曲线</translation>
    </message>
    <message id="queues.free">
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message id="queues.language">
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message id="queues.left">
        <source>Left</source>
        <translation>预计还等</translation>
    </message>
    <message id="queues.longest">
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message id="queues.nobody_waits">
        <source>Nobody waits</source>
        <translation>无人排队</translation>
    </message>
    <message id="queues.number">
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message id="queues.order">
        <source>Orders…</source>
        <translation>处置…</translation>
    </message>
    <message id="queues.order.tip">
        <source>Requeue, prioritise, redirect or hang up the chosen calls</source>
        <translation>转队、优先、转接或挂断所选来电</translation>
    </message>
    <message id="queues.priority">
        <source>Prio</source>
        <translation>优先</translation>
    </message>
    <message id="queues.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="queues.rail">
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message id="queues.rate">
        <source>Answer rate {rate}</source>
        <translation>接通率 {rate}</translation>
    </message>
    <message id="queues.rest">
        <source>Answer rate needed for the rest of the day</source>
        <translation>余下须达的接通率</translation>
    </message>
    <message id="queues.spoken">
        <source>{queue}, {waiting} waiting, longest {longest}, answer rate {rate}, ready {free}</source>
        <translation>{queue}，排队 {waiting}，最长 {longest}，接通率 {rate}，空闲 {free}</translation>
    </message>
    <message id="queues.state">
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message id="queues.table">
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message id="queues.table.tip">
        <source>Show queues as a table that can be sorted</source>
        <translation>以表格显示队列，可按列排序</translation>
    </message>
    <message id="queues.title">
        <source>Queues</source>
        <translation>队列</translation>
    </message>
    <message id="queues.wait">
        <source>Waited</source>
        <translation>已等</translation>
    </message>
    <message id="queues.waiting">
        <source>waiting</source>
        <translation>排队</translation>
    </message>
    <message id="refused.action">
        <source>That cannot be done</source>
        <translation>无法执行</translation>
    </message>
    <message id="refused.action.detail">
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message id="refused.certificate">
        <source>Certificate not trusted</source>
        <translation>网关证书不受信任</translation>
    </message>
    <message id="refused.certificate.do">
        <source>Name its authority&apos;s file with --certificate</source>
        <translation>请用 --certificate 指定签发机构的证书文件</translation>
    </message>
    <message id="refused.language">
        <source>Not a Watchfloor gateway</source>
        <translation>不是 Watchfloor 网关</translation>
    </message>
    <message id="refused.language.do">
        <source>Check the host and port of --gateway</source>
        <translation>请检查 --gateway 的主机和端口</translation>
    </message>
    <message id="refused.title">
        <source>The gateway refuses this wall</source>
        <translation>网关拒绝连接</translation>
    </message>
    <message id="refused.token">
        <source>Token refused</source>
        <translation>令牌无效</translation>
    </message>
    <message id="refused.token.do">
        <source>Put a new token into its file, or restart the wall with one</source>
        <translation>请更新令牌文件，或用新令牌重启大屏</translation>
    </message>
    <message id="refused.version">
        <source>Gateway of another version</source>
        <translation>网关版本不一致</translation>
    </message>
    <message id="refused.version.do">
        <source>Update the wall or the gateway</source>
        <translation>请更新大屏程序或网关</translation>
    </message>
    <message id="reports.about">
        <source>Tokens, phone numbers and names of hosts were taken out; have a look before you send one to a maintainer.</source>
        <translation>报告中已去除令牌、电话号码和主机名；发送给维护人员之前请先看一遍。</translation>
    </message>
    <message id="reports.close">
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message id="reports.copied">
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message id="reports.copy">
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message id="reports.delete">
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message id="reports.delete_all">
        <source>Delete all</source>
        <translation>全部删除</translation>
    </message>
    <message id="reports.deleted">
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message id="reports.fresh">
        <source>Something failed last time</source>
        <translation>上次运行时发生了故障</translation>
    </message>
    <message id="reports.fresh.detail">
        <source>There are new crash reports: {count}; press to read, copy or delete them</source>
        <translation>有 {count} 份新的故障报告；点击此处查看、复制或删除</translation>
    </message>
    <message id="reports.none">
        <source>There are no crash reports</source>
        <translation>没有故障报告</translation>
    </message>
    <message id="reports.not_deleted">
        <source>Could not be deleted</source>
        <translation>无法删除</translation>
    </message>
    <message id="reports.part.console">
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message id="reports.part.desk">
        <source>Desk</source>
        <translation>督导台</translation>
    </message>
    <message id="reports.part.desk-killed">
        <source>Desk, killed by a fault</source>
        <translation>督导台被系统终止</translation>
    </message>
    <message id="reports.text">
        <source>What the report says</source>
        <translation>报告内容</translation>
    </message>
    <message id="reports.title">
        <source>Crash reports</source>
        <translation>故障报告</translation>
    </message>
    <message id="rest.basis.linear">
        <source>Remaining calls reckoned from the pace of the last hour</source>
        <translation>余下请求按近一小时的量推算</translation>
    </message>
    <message id="rest.basis.profile">
        <source>Remaining calls reckoned from the site&apos;s hourly shares</source>
        <translation>余下请求按站点的时段分布推算</translation>
    </message>
    <message id="rest.basis.week">
        <source>Remaining calls reckoned from the same weekday a week ago</source>
        <translation>余下请求按上周同日推算</translation>
    </message>
    <message id="rest.basis.yesterday">
        <source>Remaining calls reckoned from yesterday</source>
        <translation>余下请求按昨日推算</translation>
    </message>
    <message id="rest.lost">
        <source>{target} for the day cannot be reached any more, even if every remaining call is answered</source>
        <translation>全天已无法达到 {target}：余下即使全部接通也不够</translation>
    </message>
    <message id="rest.lost.short">
        <source>{target} out of reach</source>
        <translation>已达不到 {target}</translation>
    </message>
    <message id="rest.needed">
        <source>To close the day at {target} the remaining calls must reach {needed}</source>
        <translation>全天要收在 {target}，余下须达 {needed}</translation>
    </message>
    <message id="rest.needed.short">
        <source>Rest: {needed}</source>
        <translation>余下须 {needed}</translation>
    </message>
    <message id="rest.won">
        <source>{target} for the day is safe, whatever comes</source>
        <translation>全天 {target} 已有保证，无论余下如何</translation>
    </message>
    <message id="rest.won.short">
        <source>{target} is safe</source>
        <translation>{target} 已有保证</translation>
    </message>
    <message id="role.admin">
        <source>Administrator</source>
        <translation>系统管理员</translation>
    </message>
    <message id="role.manager">
        <source>Centre manager</source>
        <translation>中心经理</translation>
    </message>
    <message id="role.qa">
        <source>Quality evaluator</source>
        <translation>质检员</translation>
    </message>
    <message id="role.supervisor">
        <source>Supervisor</source>
        <translation>班长</translation>
    </message>
    <message id="role.vendor_lead">
        <source>Vendor lead</source>
        <translation>外包主管</translation>
    </message>
    <message id="role.wall">
        <source>Read only</source>
        <translation>只读</translation>
    </message>
    <message id="said.access.ended">
        <source>the right to give it ended or changed before its turn came; nothing was done</source>
        <translation>轮到该指令之前，下达权限已结束或已变更；未执行任何操作</translation>
    </message>
    <message id="said.access.rights">
        <source>The role {role} has no right to give &quot;{order}&quot;</source>
        <translation>角色 {role} 无权下达「{order}」</translation>
    </message>
    <message id="said.after_call.logout">
        <source>signs out when the call is over</source>
        <translation>通话结束后签出</translation>
    </message>
    <message id="said.after_call.pause">
        <source>the pause begins when the call is over</source>
        <translation>通话结束后开始置忙</translation>
    </message>
    <message id="said.after_call.ready">
        <source>takes calls again when the call is over</source>
        <translation>通话结束后恢复接听</translation>
    </message>
    <message id="said.after_work.logout">
        <source>signs out when the present work is over</source>
        <translation>手头工作结束后签出</translation>
    </message>
    <message id="said.after_work.pause">
        <source>the pause begins when the present work is over</source>
        <translation>手头工作结束后开始置忙</translation>
    </message>
    <message id="said.after_work.ready">
        <source>takes calls again when the present work is over</source>
        <translation>手头工作结束后恢复接听</translation>
    </message>
    <message id="said.agent.unknown">
        <source>there is no such agent in sight</source>
        <translation>可见范围内没有这名座席</translation>
    </message>
    <message id="said.alarm.acknowledged">
        <source>already acknowledged by {by}</source>
        <translation>已由 {by} 确认</translation>
    </message>
    <message id="said.alarm.gone">
        <source>there is no such alarm; it may have ended</source>
        <translation>没有这条报警，可能已经恢复</translation>
    </message>
    <message id="said.alarm.in_service">
        <source>it is in service already</source>
        <translation>报警没有停用</translation>
    </message>
    <message id="said.alarm.minutes">
        <source>an alarm is shelved for 1 to {longest} minutes; for longer take it out of service</source>
        <translation>搁置时间为 1 至 {longest} 分钟；更久请停用</translation>
    </message>
    <message id="said.alarm.name_long">
        <source>a name is one line of {most} characters at most</source>
        <translation>姓名为一行，最多 {most} 个字符</translation>
    </message>
    <message id="said.alarm.name_missing">
        <source>several people use this credential: give your name, so that it is known who it was</source>
        <translation>多人共用此账号：请填写姓名，以便知道是谁</translation>
    </message>
    <message id="said.alarm.not_shelved">
        <source>it is not shelved; it may have come off the shelf meanwhile</source>
        <translation>报警没有被搁置，可能已经到期</translation>
    </message>
    <message id="said.alarm.out_already">
        <source>it is out of service already, by {by}</source>
        <translation>已由 {by} 停用</translation>
    </message>
    <message id="said.alarm.outdated">
        <source>the alarm has changed since this was decided; look at it again</source>
        <translation>报警在您决定之后已有变化，请重新查看</translation>
    </message>
    <message id="said.alarm.reason_long">
        <source>a reason is one line of {most} characters at most</source>
        <translation>原因为一行，最多 {most} 个字符</translation>
    </message>
    <message id="said.alarm.reason_missing">
        <source>give a reason: whoever comes next has to know why this alarm does not tell</source>
        <translation>请填写原因，接班的人需要知道这条报警为何不响</translation>
    </message>
    <message id="said.alarm.shelved_already">
        <source>it is shelved already, by {by}</source>
        <translation>已由 {by} 搁置</translation>
    </message>
    <message id="said.alarm.texts">
        <source>alarm, name and reason are texts</source>
        <translation>报警、姓名和原因必须是文本</translation>
    </message>
    <message id="said.all">
        <source>all queues</source>
        <translation>全部队列</translation>
    </message>
    <message id="said.and">
        <source>, </source>
        <translation>、</translation>
    </message>
    <message id="said.args.unusable">
        <source>the arguments cannot be used: {error}</source>
        <translation>指令参数无法使用：{error}</translation>
    </message>
    <message id="said.asterisk.away">
        <source>Asterisk is not connected: nothing was done</source>
        <translation>未连接 Asterisk，没有执行任何操作</translation>
    </message>
    <message id="said.asterisk.error">
        <source>Asterisk: {error}</source>
        <translation>Asterisk 出错：{error}</translation>
    </message>
    <message id="said.asterisk.fixed">
        <source>member of {queues} by Asterisk&apos;s configuration, which no order can undo; a pause keeps calls away as well</source>
        <translation>在 Asterisk 配置中固定属于 {queues}，指令无法移出；小休同样可以停止来话</translation>
    </message>
    <message id="said.asterisk.half">
        <source>{error}; done by half: look at the queues of the seat</source>
        <translation>{error}；只完成了一部分，请查看该座席的队列</translation>
    </message>
    <message id="said.asterisk.hidden">
        <source>asked, but it cannot be looked up: {error}</source>
        <translation>已下达，但无法查看结果：{error}</translation>
    </message>
    <message id="said.asterisk.is_fixed">
        <source>Asterisk refuses: its configuration keeps the phone in this queue</source>
        <translation>Asterisk 拒绝：该话机由配置固定在队列中</translation>
    </message>
    <message id="said.asterisk.is_member">
        <source>Asterisk refuses: the phone is in this queue already</source>
        <translation>Asterisk 拒绝：话机已在该队列中</translation>
    </message>
    <message id="said.asterisk.lost">
        <source>{error}: it may have happened; trust the screen</source>
        <translation>与 Asterisk 的连接中断（{error}），可能已经执行，以画面为准</translation>
    </message>
    <message id="said.asterisk.no_channel">
        <source>Asterisk refuses: the call is over, or somewhere else</source>
        <translation>Asterisk 拒绝：通话已结束或已转往别处</translation>
    </message>
    <message id="said.asterisk.no_member">
        <source>Asterisk refuses: it is not in this queue</source>
        <translation>Asterisk 拒绝：话机不在该队列中</translation>
    </message>
    <message id="said.asterisk.no_membership">
        <source>seat {seat} is signed in to no queue</source>
        <translation>座席 {seat} 没有签入任何队列</translation>
    </message>
    <message id="said.asterisk.no_phone">
        <source>Asterisk knows no phone of seat {seat}</source>
        <translation>Asterisk 不知道座席 {seat} 的话机</translation>
    </message>
    <message id="said.asterisk.no_queue">
        <source>Asterisk has no queue {queue}</source>
        <translation>Asterisk 中没有队列 {queue}</translation>
    </message>
    <message id="said.asterisk.no_right">
        <source>Asterisk refuses: the gateway&apos;s manager user may not</source>
        <translation>Asterisk 拒绝：网关的管理用户没有此权限</translation>
    </message>
    <message id="said.asterisk.no_way">
        <source>there is no {number} in [{context}] of the dialplan: nothing was done</source>
        <translation>拨号方案 [{context}] 中没有 {number}，没有执行任何操作</translation>
    </message>
    <message id="said.asterisk.nobody">
        <source>Asterisk knows nobody at seat {seat}</source>
        <translation>Asterisk 中座席 {seat} 无人签入</translation>
    </message>
    <message id="said.asterisk.priority_kept">
        <source>Asterisk kept the priority {priority}</source>
        <translation>Asterisk 保留了原优先级 {priority}</translation>
    </message>
    <message id="said.asterisk.refuses">
        <source>Asterisk refuses: {message}</source>
        <translation>Asterisk 拒绝：{message}</translation>
    </message>
    <message id="said.asterisk.unknown_queue">
        <source>Asterisk refuses: it has no such queue</source>
        <translation>Asterisk 拒绝：没有这个队列</translation>
    </message>
    <message id="said.break.after">
        <source>no place in {team} after {before} above ({away} of {quota} are on break)</source>
        <translation>上面 {before} 人之后 {team} 已无名额（限额 {quota} 人，已小休 {away} 人）</translation>
    </message>
    <message id="said.break.full">
        <source>{away} of {quota} of {team} are on break</source>
        <translation>{team} 已有 {away} 人小休，限额 {quota} 人</translation>
    </message>
    <message id="said.break.full_soon">
        <source>{away} of {quota} of {team} are on break, {soon} of them as soon as their work is over</source>
        <translation>{team} 已有 {away} 人小休或即将小休（其中 {soon} 人工作结束后开始），限额 {quota} 人</translation>
    </message>
    <message id="said.break.none">
        <source>nobody of {team} may be sent on a break: its quota is 0</source>
        <translation>{team} 的小休限额为 0，不能安排小休</translation>
    </message>
    <message id="said.call.answered">
        <source>an agent has this call already</source>
        <translation>已有座席接听此来话</translation>
    </message>
    <message id="said.call.cut">
        <source>the call has ended: its caller hung up, or nobody took it at {to}</source>
        <translation>通话已结束：来电者已挂断，或 {to} 无人接听</translation>
    </message>
    <message id="said.call.ended">
        <source>the call has ended meanwhile</source>
        <translation>通话已经结束</translation>
    </message>
    <message id="said.call.left">
        <source>the call has left its queue meanwhile</source>
        <translation>来话已经离开队列</translation>
    </message>
    <message id="said.call.not_arrived">
        <source>the call left its queue and did not come to {queue}</source>
        <translation>来话离开了原队列，但没有到达 {queue}</translation>
    </message>
    <message id="said.call.number">
        <source>the number to go to has digits, +, * and #, at most 32</source>
        <translation>转接号码只能是数字、+、* 和 #，最多 32 位</translation>
    </message>
    <message id="said.call.over">
        <source>this call is over, or out of sight</source>
        <translation>此通话已经结束，或不在可见范围内</translation>
    </message>
    <message id="said.call.priority">
        <source>a priority is 0 to {most}</source>
        <translation>优先级为 0 至 {most}</translation>
    </message>
    <message id="said.call.put_back">
        <source>{queue} does not take calls now: it waits in {there} again, at its place</source>
        <translation>{queue} 现在不接收来电：来电已回到 {there} 原来的位置继续等待</translation>
    </message>
    <message id="said.call.queue_full">
        <source>{queue} is full (at most {most} may wait): nothing was done</source>
        <translation>{queue} 已满（最多 {most} 人等待）：未做任何操作</translation>
    </message>
    <message id="said.call.sent_elsewhere">
        <source>a switch sends calls for {queue} elsewhere: it waits in {there}</source>
        <translation>开关把 {queue} 的来话导向别处：现在在 {there} 排队</translation>
    </message>
    <message id="said.call.there">
        <source>the call waits in {queue} already</source>
        <translation>来话已经在 {queue} 排队</translation>
    </message>
    <message id="said.call.turned_away">
        <source>the call left its queue and did not come to {queue}: a switch turned it away</source>
        <translation>来话离开了原队列，但被开关挡在 {queue} 之外</translation>
    </message>
    <message id="said.closed.resync">
        <source>the gateway could not tell what had changed; fetching everything anew by itself</source>
        <translation>网关无法告知变化，正在自动重新获取全部内容</translation>
    </message>
    <message id="said.closed.revoked">
        <source>the gateway has withdrawn the token</source>
        <translation>网关已收回此令牌</translation>
    </message>
    <message id="said.closed.slow">
        <source>the connection or this machine was too slow, so the gateway cut it; connecting again by itself</source>
        <translation>连接或本机过慢，已被网关断开，正在自动重连</translation>
    </message>
    <message id="said.closed.unauthenticated">
        <source>the gateway did not hear in time who connects; trying again by itself</source>
        <translation>网关未能及时确认连接者的身份，正在自动重试</translation>
    </message>
    <message id="said.connect.authority">
        <source>the certificates to trust for {url} cannot be read from {file}: {why}</source>
        <translation>无法读取 {url} 的受信任证书文件 {file}：{why}</translation>
    </message>
    <message id="said.connect.catching_up">
        <source>the gateway counts the day so far: {percent}%</source>
        <translation>网关正在补算当日数据：{percent}%</translation>
    </message>
    <message id="said.connect.certificate">
        <source>the certificate of {url} is not trusted: {why}</source>
        <translation>{url} 的证书不受信任：{why}</translation>
    </message>
    <message id="said.connect.failed">
        <source>following {url} failed: {why}</source>
        <translation>跟踪 {url} 时出错：{why}</translation>
    </message>
    <message id="said.connect.language">
        <source>{url} does not speak {protocol}: {why}</source>
        <translation>{url} 不支持 {protocol} 协议：{why}</translation>
    </message>
    <message id="said.connect.starting">
        <source>the gateway has started and reads its log: {percent}%</source>
        <translation>网关正在启动，已读取日志 {percent}%</translation>
    </message>
    <message id="said.connect.unreachable">
        <source>{url} cannot be reached: {why}</source>
        <translation>无法连接 {url}：{why}</translation>
    </message>
    <message id="said.connect.unreadable">
        <source>{url} sent what this version cannot read: {why}</source>
        <translation>{url} 发来本版本无法读取的内容：{why}</translation>
    </message>
    <message id="said.connect.version">
        <source>{url} is a gateway of another version: it speaks {theirs}, this program {protocol}</source>
        <translation>{url} 的网关版本不同：网关使用 {theirs}，本程序使用 {protocol}</translation>
    </message>
    <message id="said.effect.acknowledge">
        <source>everybody sees that you have seen the alarm</source>
        <translation>所有人都会看到您已知悉此报警</translation>
    </message>
    <message id="said.effect.hangup">
        <source>the caller is cut off and is not called back</source>
        <translation>来电者将被挂断，系统不会回拨</translation>
    </message>
    <message id="said.effect.hangup_talk">
        <source>a conversation is cut off; the caller is not called back</source>
        <translation>正在进行的通话将被切断，系统不会回拨</translation>
    </message>
    <message id="said.effect.in_service">
        <source>the alarm is in service again, for everybody</source>
        <translation>报警重新投入使用</translation>
    </message>
    <message id="said.effect.join">
        <source>serves {queues} from now on</source>
        <translation>从现在起服务 {queues}</translation>
    </message>
    <message id="said.effect.leave">
        <source>serves {left} no more</source>
        <translation>不再服务 {left}</translation>
    </message>
    <message id="said.effect.logout">
        <source>leaves all queues and is signed out</source>
        <translation>离开所有队列并签出</translation>
    </message>
    <message id="said.effect.logout_call">
        <source>gets no more calls; the call in hand goes on</source>
        <translation>不再有新来话，手头通话继续到结束</translation>
    </message>
    <message id="said.effect.move">
        <source>serves {queues} from now on, and {left} no more</source>
        <translation>从现在起服务 {queues}，不再服务 {left}</translation>
    </message>
    <message id="said.effect.notice">
        <source>{count} signed in can see it, for {minutes} min</source>
        <translation>{count} 名已签入座席会看到，持续 {minutes} 分钟</translation>
    </message>
    <message id="said.effect.out_of_service">
        <source>the alarm is silent for everybody until somebody returns it to service</source>
        <translation>在有人恢复之前对所有人不再提示</translation>
    </message>
    <message id="said.effect.pause">
        <source>gets no calls from now on</source>
        <translation>立即停止分配来话</translation>
    </message>
    <message id="said.effect.pause_other">
        <source>is away already: its time begins anew</source>
        <translation>已经离席：更换原因，时间重新计算</translation>
    </message>
    <message id="said.effect.pause_same">
        <source>is away for this reason already</source>
        <translation>已因此原因离席</translation>
    </message>
    <message id="said.effect.prioritise">
        <source>priority {after} instead of {before}: higher ones are taken first</source>
        <translation>优先级由 {before} 改为 {after}，数字大者先接</translation>
    </message>
    <message id="said.effect.ready">
        <source>takes calls again at once</source>
        <translation>立即恢复接听</translation>
    </message>
    <message id="said.effect.ready_already">
        <source>takes calls already</source>
        <translation>本来就在接听</translation>
    </message>
    <message id="said.effect.redirect">
        <source>the caller leaves the queue and goes to {to}</source>
        <translation>来电者离开队列，转到 {to}</translation>
    </message>
    <message id="said.effect.redirect_talk">
        <source>the agent loses the call to {to}</source>
        <translation>通话离开座席，转到 {to}</translation>
    </message>
    <message id="said.effect.requeue">
        <source>the caller waits in {queue} from now on</source>
        <translation>从现在起在 {queue} 排队</translation>
    </message>
    <message id="said.effect.shelve">
        <source>silent for everybody for {minutes} min, and what follows from it too; it comes back by itself</source>
        <translation>{minutes} 分钟内该报警及其连带报警对所有人不再提示，到时自动恢复</translation>
    </message>
    <message id="said.effect.switch">
        <source>new calls for {queue}: {value}</source>
        <translation>{queue} 的新来话：{value}</translation>
    </message>
    <message id="said.effect.unsaid">
        <source>rehearsed only: nothing was done</source>
        <translation>仅演练，没有执行任何操作</translation>
    </message>
    <message id="said.effect.unshelve">
        <source>the alarm tells again, for everybody</source>
        <translation>报警重新对所有人提示</translation>
    </message>
    <message id="said.hello.expired">
        <source>token {token} expired ({expires})</source>
        <translation>令牌 {token} 已过期（{expires}）</translation>
    </message>
    <message id="said.hello.first">
        <source>the gateway expects another beginning</source>
        <translation>网关要求的连接方式与本程序不同</translation>
    </message>
    <message id="said.hello.revoked">
        <source>token {token} revoked</source>
        <translation>令牌 {token} 已作废</translation>
    </message>
    <message id="said.hello.unfit">
        <source>the gateway cannot read this program&apos;s hello: {why}</source>
        <translation>网关无法识别本程序的连接请求：{why}</translation>
    </message>
    <message id="said.hello.unknown_token">
        <source>this gateway does not know the token</source>
        <translation>网关不认识此令牌</translation>
    </message>
    <message id="said.layout.changed">
        <source>{file} was changed by hand meanwhile; the map shows what it says, draw it from there</source>
        <translation>{file} 其间被手工修改；座位图已按文件显示，请在此基础上修改</translation>
    </message>
    <message id="said.layout.elsewhere">
        <source>The layout stands in another file of the site folder; move it to {file} first</source>
        <translation>布局写在站点文件夹的其他文件中，请先移到 {file}</translation>
    </message>
    <message id="said.layout.flaw">
        <source>This cannot be a floor: {why}</source>
        <translation>这样的座位图不成立：{why}</translation>
    </message>
    <message id="said.layout.id">
        <source>The id of the room &quot;{room}&quot; is none, or is used twice</source>
        <translation>房间编号“{room}”无效或重复</translation>
    </message>
    <message id="said.layout.limited">
        <source>The map is everybody&apos;s: it is not drawn with a credential or a view that is limited</source>
        <translation>座位图为全场共用：受范围限制的账号或视图不能修改</translation>
    </message>
    <message id="said.layout.name">
        <source>The name of a room is one line of 1 to {most} characters, in both languages</source>
        <translation>房间名称须为一行 1 至 {most} 个字，中英文都要有</translation>
    </message>
    <message id="said.layout.no_folder">
        <source>This gateway has no site folder to keep the layout in</source>
        <translation>网关没有可保存布局的站点文件夹</translation>
    </message>
    <message id="said.layout.row">
        <source>A row of the room &quot;{room}&quot; is no list of seats</source>
        <translation>房间“{room}”的一排不是座席列表</translation>
    </message>
    <message id="said.layout.unwritable">
        <source>{file} cannot be written ({why}); nothing was changed</source>
        <translation>{file} 无法写入（{why}），未做任何修改</translation>
    </message>
    <message id="said.line.slow">
        <source>the line is too slow: what arrives may be {seconds} s old</source>
        <translation>线路过慢：收到的内容可能已有 {seconds} 秒</translation>
    </message>
    <message id="said.listen.agent_left">
        <source>the agent is not on this call any more</source>
        <translation>座席已不在此通话中</translation>
    </message>
    <message id="said.listen.already">
        <source>you hear this call already (session {session}); change its mode instead</source>
        <translation>您已在监听此通话（会话 {session}），请改换方式</translation>
    </message>
    <message id="said.listen.asterisk_lost">
        <source>the connection to Asterisk was lost</source>
        <translation>与 Asterisk 的连接已中断</translation>
    </message>
    <message id="said.listen.busy">
        <source>the phone {phone} is busy</source>
        <translation>话机 {phone} 占线</translation>
    </message>
    <message id="said.listen.call_ended">
        <source>the call has ended</source>
        <translation>通话已结束</translation>
    </message>
    <message id="said.listen.call_hidden">
        <source>the call of seat {seat} is not in your sight</source>
        <translation>座席 {seat} 的通话不在您的可见范围内</translation>
    </message>
    <message id="said.listen.call_unknown">
        <source>the call of seat {seat} is not known yet; ask again in a moment</source>
        <translation>还不知道座席 {seat} 的通话，请稍后再试</translation>
    </message>
    <message id="said.listen.console">
        <source>listening needs a console that is connected</source>
        <translation>监听需要已连接的席位</translation>
    </message>
    <message id="said.listen.console_gone">
        <source>the console is gone</source>
        <translation>席位已断开</translation>
    </message>
    <message id="said.listen.console_silent">
        <source>the console does not answer</source>
        <translation>席位没有应答</translation>
    </message>
    <message id="said.listen.declined">
        <source>the phone {phone} declined the call</source>
        <translation>话机 {phone} 拒接</translation>
    </message>
    <message id="said.listen.early">
        <source>the session is not joined to the call yet; ask again in a moment</source>
        <translation>会话尚未接入通话，请稍后再试</translation>
    </message>
    <message id="said.listen.either_left">
        <source>the phone {phone} hung up, or the agent left the call</source>
        <translation>话机 {phone} 已挂断，或座席已离开通话</translation>
    </message>
    <message id="said.listen.ended_unseen">
        <source>it ended while Asterisk could not be reached</source>
        <translation>在无法连接 Asterisk 期间已结束</translation>
    </message>
    <message id="said.listen.goes_on">
        <source>the gateway stopped; the call that was taken over goes on at {phone}</source>
        <translation>网关已停止；接管的通话在 {phone} 上继续</translation>
    </message>
    <message id="said.listen.gone">
        <source>there is no such session; it may have ended</source>
        <translation>没有这个监听会话，可能已经结束</translation>
    </message>
    <message id="said.listen.hung_up">
        <source>the phone {phone} hung up</source>
        <translation>话机 {phone} 已挂断</translation>
    </message>
    <message id="said.listen.impossible">
        <source>this floor&apos;s source lets nobody listen</source>
        <translation>本现场的话务系统不支持监听</translation>
    </message>
    <message id="said.listen.is_barge">
        <source>agent and caller hear you</source>
        <translation>座席和客户都能听到您</translation>
    </message>
    <message id="said.listen.is_listen">
        <source>nobody hears you</source>
        <translation>没有人听到您</translation>
    </message>
    <message id="said.listen.is_take_over">
        <source>the caller talks with you alone, the agent&apos;s phone was hung up; when you stop, the call ends</source>
        <translation>客户只与您通话，座席话机已挂断；您停止时通话结束</translation>
    </message>
    <message id="said.listen.is_whisper">
        <source>the agent hears you, the caller does not</source>
        <translation>座席能听到您，客户听不到</translation>
    </message>
    <message id="said.listen.joining">
        <source>joining the call and waiting for its sound</source>
        <translation>正在接入通话，等待声音</translation>
    </message>
    <message id="said.listen.many">
        <source>this console hears {count} calls already; stop one of them first</source>
        <translation>本席位已在监听 {count} 路，请先停止一路</translation>
    </message>
    <message id="said.listen.mode">
        <source>there is no mode {word}; there are {modes}</source>
        <translation>没有 {word} 这种方式；可用：{modes}</translation>
    </message>
    <message id="said.listen.mode_kept">
        <source>{error}; the mode is {mode} as before</source>
        <translation>{error}；方式仍为 {mode}</translation>
    </message>
    <message id="said.listen.no_call">
        <source>seat {seat} has no call now</source>
        <translation>座席 {seat} 现在没有通话</translation>
    </message>
    <message id="said.listen.no_channel">
        <source>the telephone system knows of no channel on this call; it may have ended</source>
        <translation>话务系统中找不到此通话的通道，可能已经结束</translation>
    </message>
    <message id="said.listen.no_leg">
        <source>there is no call {leg} in your sight; it may have ended</source>
        <translation>可见范围内没有通话 {leg}，可能已经结束</translation>
    </message>
    <message id="said.listen.nobody">
        <source>nobody talks with this caller now</source>
        <translation>现在没有人与此来电者通话</translation>
    </message>
    <message id="said.listen.not_brought">
        <source>Asterisk could not bring the sound (reason {reason})</source>
        <translation>Asterisk 未能送来声音（原因 {reason}）</translation>
    </message>
    <message id="said.listen.not_joined">
        <source>the telephone system did not join the call within {seconds} s</source>
        <translation>话务系统在 {seconds} 秒内未能接入通话</translation>
    </message>
    <message id="said.listen.not_one">
        <source>there is not one caller joined to the agent now</source>
        <translation>现在与座席通话的不是单独一位客户</translation>
    </message>
    <message id="said.listen.not_taken">
        <source>the phone {phone} did not take the call</source>
        <translation>话机 {phone} 没有接听</translation>
    </message>
    <message id="said.listen.on_phone">
        <source>your phone is joined ({mode}); whether it hears anything the gateway cannot know</source>
        <translation>您的话机已接入（{mode}）；话机里是否有声音，网关无从得知</translation>
    </message>
    <message id="said.listen.only_stop">
        <source>the call was taken over, its agent is gone; it can only be stopped, which ends the call</source>
        <translation>通话已被接管，座席已离开；只能停止，停止即结束通话</translation>
    </message>
    <message id="said.listen.other">
        <source>only who listens may change how, at the console that listens</source>
        <translation>只有监听者本人能在监听的席位上改变方式</translation>
    </message>
    <message id="said.listen.other_phone">
        <source>{phone} is not among the phones of this credential, which sees a part of the floor; listen at the console</source>
        <translation>{phone} 不是登记在该用户名下的话机；只负责部分现场的用户请在控制台上监听</translation>
    </message>
    <message id="said.listen.phone">
        <source>{phone} is not the number of a phone</source>
        <translation>{phone} 不是话机号码</translation>
    </message>
    <message id="said.listen.ringing">
        <source>your phone rings; take the call to listen</source>
        <translation>您的话机正在振铃，接听后即可监听</translation>
    </message>
    <message id="said.listen.same_mode">
        <source>the session is in mode {mode} already</source>
        <translation>会话已经是 {mode} 方式</translation>
    </message>
    <message id="said.listen.seat_phone">
        <source>{phone} is the phone of a seat; listening goes to a supervisor&apos;s own phone</source>
        <translation>{phone} 是座席话机；监听只能接到班长自己的话机</translation>
    </message>
    <message id="said.listen.sound_broke">
        <source>the sound&apos;s connection to Asterisk broke</source>
        <translation>与 Asterisk 的声音连接已中断</translation>
    </message>
    <message id="said.listen.stopped">
        <source>stopped by {by}</source>
        <translation>已由 {by} 停止</translation>
    </message>
    <message id="said.listen.stops">
        <source>the gateway stops</source>
        <translation>网关正在停止</translation>
    </message>
    <message id="said.listen.taken">
        <source>{by} has taken this call over</source>
        <translation>{by} 已接管此通话</translation>
    </message>
    <message id="said.listen.texts">
        <source>seat, call and phone are texts</source>
        <translation>座席、通话和话机必须是文本</translation>
    </message>
    <message id="said.listen.unanswered">
        <source>the phone {phone} was not answered</source>
        <translation>话机 {phone} 无人接听</translation>
    </message>
    <message id="said.listen.unheard">
        <source>waiting for sound: the phones of this call send none</source>
        <translation>正在等待声音：此通话的话机没有发出声音</translation>
    </message>
    <message id="said.listen.unreachable">
        <source>Asterisk cannot reach the phone {phone}: it is unknown there, or not registered</source>
        <translation>Asterisk 无法呼叫话机 {phone}：该话机不存在或未注册</translation>
    </message>
    <message id="said.listen.which">
        <source>say either the seat or the call that is to be heard</source>
        <translation>请指明要监听的座席或通话，只能选一个</translation>
    </message>
    <message id="said.move.both">
        <source>a queue cannot be joined and left at once</source>
        <translation>同一队列不能既加入又离开</translation>
    </message>
    <message id="said.move.empty">
        <source>choose a queue to join or to leave</source>
        <translation>请选择要加入或离开的队列</translation>
    </message>
    <message id="said.move.penalty">
        <source>a penalty is 0 to {most}</source>
        <translation>惩罚值为 0 至 {most}</translation>
    </message>
    <message id="said.move.twice">
        <source>a queue is named twice among those to join</source>
        <translation>同一队列不能加入两次</translation>
    </message>
    <message id="said.note.empty">
        <source>a note needs words</source>
        <translation>备注不能为空</translation>
    </message>
    <message id="said.note.floor">
        <source>notes are for the whole floor, which is not in your scope</source>
        <translation>备注面向整个现场，超出您的管辖范围</translation>
    </message>
    <message id="said.note.gone">
        <source>there is no such note in sight</source>
        <translation>可见范围内没有这条备注</translation>
    </message>
    <message id="said.note.long">
        <source>a note is at most {most} characters in at most {lines} lines</source>
        <translation>备注最多 {most} 个字符、{lines} 行</translation>
    </message>
    <message id="said.note.many">
        <source>there are {count} notes already, {most} at most: settle those that are dealt with</source>
        <translation>已有 {count} 条备注，最多 {most} 条：请先了结已处理的</translation>
    </message>
    <message id="said.note.settled">
        <source>already settled by {by}</source>
        <translation>已由 {by} 了结</translation>
    </message>
    <message id="said.notice.empty">
        <source>a notice needs words</source>
        <translation>通知不能为空</translation>
    </message>
    <message id="said.notice.floor">
        <source>the whole floor is not in your scope</source>
        <translation>整个现场超出您的管辖范围</translation>
    </message>
    <message id="said.notice.long">
        <source>a notice is one line of at most {most} characters</source>
        <translation>通知为一行，最多 {most} 个字符</translation>
    </message>
    <message id="said.notice.minutes">
        <source>a notice holds for 1 to {most} minutes</source>
        <translation>通知保留 1 至 {most} 分钟</translation>
    </message>
    <message id="said.notice.team">
        <source>there is no team {team} that is wholly in your scope</source>
        <translation>班组 {team} 不完全在您的管辖范围内</translation>
    </message>
    <message id="said.notice.to">
        <source>a notice goes to the floor, a team or a seat</source>
        <translation>通知只能发给现场、班组或座席</translation>
    </message>
    <message id="said.order.args">
        <source>the arguments of an order are at most {most} bytes; nothing was done</source>
        <translation>指令的参数最多 {most} 字节，没有执行</translation>
    </message>
    <message id="said.order.audit">
        <source>the gateway cannot write its audit, so nothing was done</source>
        <translation>网关无法写入审计日志，没有执行任何操作</translation>
    </message>
    <message id="said.order.expired">
        <source>the order expired before it could be carried out</source>
        <translation>指令在执行前已过期，没有执行</translation>
    </message>
    <message id="said.order.key">
        <source>an order needs a key of 1 to {most} characters</source>
        <translation>指令需要 1 至 {most} 个字符的标识</translation>
    </message>
    <message id="said.order.key_conflict">
        <source>this key already stands for another order: nothing was done</source>
        <translation>同一标识已用于另一条指令，没有执行</translation>
    </message>
    <message id="said.order.log">
        <source>the floor&apos;s log cannot be written; nothing was done</source>
        <translation>现场日志无法写入，没有执行任何操作</translation>
    </message>
    <message id="said.order.lost">
        <source>it may have happened before the gateway stopped: look at the floor</source>
        <translation>网关停止前可能已经执行，以画面为准</translation>
    </message>
    <message id="said.order.mistake">
        <source>the gateway made a mistake; its log says which</source>
        <translation>网关出错，详见网关日志</translation>
    </message>
    <message id="said.order.no_such">
        <source>there is no order &quot;{order}&quot;</source>
        <translation>没有「{order}」这种指令</translation>
    </message>
    <message id="said.order.outdated">
        <source>{key} has changed since the order was decided; look at it again</source>
        <translation>{key} 在您决定之后已变化，请再看一遍</translation>
    </message>
    <message id="said.order.reason_long">
        <source>a reason is one line of at most {most} characters</source>
        <translation>原因为一行，最多 {most} 个字符</translation>
    </message>
    <message id="said.order.reason_missing">
        <source>this site asks for a reason for &quot;{order}&quot;</source>
        <translation>本现场要求「{order}」必须填写原因</translation>
    </message>
    <message id="said.order.running">
        <source>asked, and not seen yet</source>
        <translation>已下达，尚未看到结果</translation>
    </message>
    <message id="said.order.same">
        <source>this very order is on its way</source>
        <translation>这条指令正在执行</translation>
    </message>
    <message id="said.order.taken">
        <source>{by} has just asked for &quot;{order}&quot; here; see what becomes of it first</source>
        <translation>{by} 刚对此下达了「{order}」，请先看其结果</translation>
    </message>
    <message id="said.order.unavailable">
        <source>&quot;{order}&quot; is not available in this version of the gateway; nothing was done</source>
        <translation>本版网关不支持「{order}」，没有执行任何操作</translation>
    </message>
    <message id="said.order.unseen">
        <source>asked, not seen after {seconds} s: it may still come; trust the screen</source>
        <translation>已下达，{seconds} 秒内未见结果，之后仍可能生效，以画面为准</translation>
    </message>
    <message id="said.pause.reason_long">
        <source>a reason is one line of at most {bytes} letters or {chinese} Chinese characters</source>
        <translation>小休原因为一行，最多 {chinese} 个汉字（{bytes} 字节）</translation>
    </message>
    <message id="said.pause.reason_missing">
        <source>a pause needs a reason</source>
        <translation>小休需要填写原因</translation>
    </message>
    <message id="said.question.figure">
        <source>this gateway does not know the figure &quot;{figure}&quot;</source>
        <translation>本网关没有指标「{figure}」</translation>
    </message>
    <message id="said.question.gone">
        <source>this floor has no &quot;{name}&quot; any more</source>
        <translation>本现场已没有「{name}」</translation>
    </message>
    <message id="said.question.method">
        <source>this gateway is older than this desk and does not know what was asked</source>
        <translation>网关版本较旧，不支持这项查询</translation>
    </message>
    <message id="said.question.page">
        <source>the list has changed meanwhile; ask again from its beginning</source>
        <translation>列表已变化，请从头重新查询</translation>
    </message>
    <message id="said.question.people">
        <source>this figure of {scope} tells of people who are outside your scope</source>
        <translation>{scope} 的这项指标涉及您权限范围外的人员</translation>
    </message>
    <message id="said.question.scope">
        <source>{scope} is outside your scope</source>
        <translation>{scope} 不在您的权限范围内</translation>
    </message>
    <message id="said.question.shift">
        <source>a shift has begun and is a day at most</source>
        <translation>班次须已开始，且不超过一天</translation>
    </message>
    <message id="said.question.unreadable">
        <source>the log cannot be read there: {detail}</source>
        <translation>该处的日志无法读取：{detail}</translation>
    </message>
    <message id="said.queue.unknown">
        <source>there is no queue {queue} in sight</source>
        <translation>可见范围内没有队列 {queue}</translation>
    </message>
    <message id="said.replay.beats">
        <source>the head of the window tells how far it is</source>
        <translation>进度见顶栏</translation>
    </message>
    <message id="said.replay.live">
        <source>this floor is live: its time cannot be changed</source>
        <translation>现场是实时的，时间不能改变</translation>
    </message>
    <message id="said.replay.outside">
        <source>the recording reaches from {begin} to {end}; {wanted} is outside</source>
        <translation>录像从 {begin} 到 {end}，{wanted} 不在其中</translation>
    </message>
    <message id="said.replay.seeking">
        <source>a seek is on its way already: wait until it is done</source>
        <translation>正在跳转，请等待完成</translation>
    </message>
    <message id="said.replay.simulated">
        <source>only a recording can be moved to another moment; this floor is simulated</source>
        <translation>只有录像可以跳转，本现场是模拟的</translation>
    </message>
    <message id="said.replay.speed">
        <source>a speed is {slowest} to {fastest}, or max</source>
        <translation>速度为 {slowest} 至 {fastest}，或最快</translation>
    </message>
    <message id="said.replay.to">
        <source>a seek needs the moment to go to</source>
        <translation>跳转需要目标时间</translation>
    </message>
    <message id="said.scope.alarm">
        <source>this alarm is every team&apos;s: it is not given to a credential or a view of single teams</source>
        <translation>此报警涉及所有班组，只负责部分班组的用户不能操作</translation>
    </message>
    <message id="said.scope.alarm_all">
        <source>this alarm is the whole floor&apos;s: it is not given to a credential or a view of a part of it</source>
        <translation>此报警涉及整个现场，只负责部分现场的用户不能操作</translation>
    </message>
    <message id="said.scope.other_queues">
        <source>seat {seat} also serves queues out of your scope</source>
        <translation>座席 {seat} 还服务您管辖范围以外的队列</translation>
    </message>
    <message id="said.scope.replay">
        <source>the floor&apos;s time is everybody&apos;s: it is not moved with a credential or a view of a part of it</source>
        <translation>回放时间由所有人共用，只负责部分现场的用户不能操作</translation>
    </message>
    <message id="said.scope.switch">
        <source>a switch is for every caller of a queue: it is not given to a credential or a view of single teams</source>
        <translation>开关影响队列的所有来话，只负责部分班组的用户不能操作</translation>
    </message>
    <message id="said.scope.waiting_call">
        <source>a waiting call is no team&apos;s yet: it is not given to a credential or a view of single teams</source>
        <translation>排队来话尚不属于任何班组，只负责部分班组的用户不能操作</translation>
    </message>
    <message id="said.seat.nobody">
        <source>nobody is signed in at seat {seat}</source>
        <translation>座席 {seat} 无人签入</translation>
    </message>
    <message id="said.seat.other">
        <source>somebody else sits at seat {seat} now, or nobody</source>
        <translation>座席 {seat} 已换人或无人</translation>
    </message>
    <message id="said.seat.unknown">
        <source>there is no seat {seat} in sight</source>
        <translation>可见范围内没有座席 {seat}</translation>
    </message>
    <message id="said.sim.no_queue">
        <source>the simulated floor has no queue {queue}</source>
        <translation>模拟现场没有队列 {queue}</translation>
    </message>
    <message id="said.sim.not_yet">
        <source>the simulated floor is not live yet: nothing was done; ask again in a moment</source>
        <translation>模拟现场尚未就绪，没有执行，请稍后再试</translation>
    </message>
    <message id="said.sim.serves">
        <source>serves {queues} until the end of the duty</source>
        <translation>到本班结束前服务 {queues}</translation>
    </message>
    <message id="said.sim.stopped">
        <source>the simulated floor stopped: look at it when it is there again</source>
        <translation>模拟现场已停止，恢复后请看画面</translation>
    </message>
    <message id="said.source.none">
        <source>this floor&apos;s source takes no orders</source>
        <translation>本现场的话务系统不接受指令</translation>
    </message>
    <message id="said.source.recording">
        <source>this floor is a recording: its source takes no orders</source>
        <translation>本现场是录像，不接受指令</translation>
    </message>
    <message id="said.switch.all_wins">
        <source>the switch for all wins: calls go by {value}</source>
        <translation>「全部」开关优先：来话按 {value} 处理</translation>
    </message>
    <message id="said.switch.itself">
        <source>a queue cannot overflow to itself</source>
        <translation>队列不能溢出到自身</translation>
    </message>
    <message id="said.switch.other">
        <source>written, but {value} is read back: somebody else turned it</source>
        <translation>已写入，但读回的是 {value}：有人同时改动</translation>
    </message>
    <message id="said.switch.overflow">
        <source>calls cannot overflow to {queue}: there is no such queue in sight</source>
        <translation>来话不能溢出到 {queue}：可见范围内没有此队列</translation>
    </message>
    <message id="said.switch.unknown">
        <source>there is no switch {switch} in sight</source>
        <translation>可见范围内没有开关 {switch}</translation>
    </message>
    <message id="said.switch.unproved">
        <source>written and read back, but the dialplan still says {value}</source>
        <translation>已写入并读回，但拨号方案仍为 {value}</translation>
    </message>
    <message id="said.switch.unsaid">
        <source>written and read back, but the dialplan does not say what it does with calls</source>
        <translation>已写入并读回，但拨号方案没有说明如何处理来话</translation>
    </message>
    <message id="said.switch.value">
        <source>a switch is set to {modes} or to overflow to a queue</source>
        <translation>开关可设为 {modes} 或溢出到某队列</translation>
    </message>
    <message id="said.undo.done">
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message id="said.undo.gone">
        <source>this order cannot be undone any more</source>
        <translation>此指令不能再撤销</translation>
    </message>
    <message id="said.undo.late">
        <source>it is too late to undo this order</source>
        <translation>已超过可撤销的时间</translation>
    </message>
    <message id="said.undo.other">
        <source>somebody else sits there now, or nobody</source>
        <translation>该座席已换人或无人</translation>
    </message>
    <message id="said.undo.overtaken">
        <source>another order was carried out there since</source>
        <translation>之后又执行了别的指令</translation>
    </message>
    <message id="said.undo.past">
        <source>what was ordered is over: something else was done there since</source>
        <translation>所下指令已经结束：该座席之后另有操作</translation>
    </message>
    <message id="said.undo.right">
        <source>undoing it would be &quot;{order}&quot;, to which the role {role} has no right</source>
        <translation>撤销需要「{order}」，角色 {role} 无此权限</translation>
    </message>
    <message id="said.undo.twice">
        <source>this order was undone already</source>
        <translation>此指令已经撤销</translation>
    </message>
    <message id="said.unsent.broke">
        <source>the connection broke before the gateway answered; what was asked may have happened</source>
        <translation>网关应答前连接中断，可能已经执行</translation>
    </message>
    <message id="said.unsent.none">
        <source>there was no connection to the gateway</source>
        <translation>没有连接到网关，不知道是否送达</translation>
    </message>
    <message id="shortcuts.action">
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message id="shortcuts.again">
        <source>Press &quot;Use these keys&quot; again to take it; the other action will be without it</source>
        <translation>再按一次“使用此键”即改用于此操作，原操作将失去它</translation>
    </message>
    <message id="shortcuts.all_given">
        <source>All shortcuts are the usual ones again</source>
        <translation>所有快捷键已恢复默认</translation>
    </message>
    <message id="shortcuts.all_usual">
        <source>All usual ones</source>
        <translation>全部恢复默认</translation>
    </message>
    <message id="shortcuts.changed">
        <source>changed, usually {usual}</source>
        <translation>已改，默认 {usual}</translation>
    </message>
    <message id="shortcuts.choose">
        <source>Choose an action</source>
        <translation>请选择一个操作</translation>
    </message>
    <message id="shortcuts.conflict">
        <source>{keys} is in use for &quot;{name}&quot;</source>
        <translation>{keys} 已用于“{name}”</translation>
    </message>
    <message id="shortcuts.done">
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message id="shortcuts.drop">
        <source>No shortcut</source>
        <translation>不要快捷键</translation>
    </message>
    <message id="shortcuts.fixed">
        <source>{keys} is needed in lists and fields and can be no shortcut</source>
        <translation>{keys} 用于列表和输入框，不能作为快捷键</translation>
    </message>
    <message id="shortcuts.give">
        <source>Use these keys</source>
        <translation>使用此键</translation>
    </message>
    <message id="shortcuts.given">
        <source>Changed: {name}</source>
        <translation>已更改：{name}</translation>
    </message>
    <message id="shortcuts.group">
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message id="shortcuts.keys">
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
    <message id="shortcuts.new">
        <source>New shortcut</source>
        <translation>新的快捷键</translation>
    </message>
    <message id="shortcuts.none">
        <source>none</source>
        <translation>无</translation>
    </message>
    <message id="shortcuts.note">
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message id="shortcuts.nothing">
        <source>No action fits</source>
        <translation>没有符合的操作</translation>
    </message>
    <message id="shortcuts.press">
        <source>Press the keys</source>
        <translation>请按下按键</translation>
    </message>
    <message id="shortcuts.reset">
        <source>The usual shortcuts are back</source>
        <translation>已恢复默认快捷键</translation>
    </message>
    <message id="shortcuts.reset.detail">
        <source>The saved shortcuts could not be read and were put aside as shortcuts.json.broken; click here to close</source>
        <translation>保存的快捷键无法读取，已另存为 shortcuts.json.broken；点击此处关闭</translation>
    </message>
    <message id="shortcuts.search">
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message id="shortcuts.title">
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message id="shortcuts.usual">
        <source>Usual one</source>
        <translation>恢复默认</translation>
    </message>
    <message id="stale.behind">
        <source>Data {age} behind</source>
        <translation>数据滞后 {age}</translation>
    </message>
    <message id="stale.catching_up">
        <source>the gateway is catching up</source>
        <translation>网关正在追赶</translation>
    </message>
    <message id="stale.retry">
        <source>attempt {attempt} in {seconds} s</source>
        <translation>{seconds} 秒后第 {attempt} 次重连</translation>
    </message>
    <message id="stale.retrying">
        <source>attempt {attempt} under way</source>
        <translation>正在第 {attempt} 次重连</translation>
    </message>
    <message id="stale.source">
        <source>{source}: no data for {age}</source>
        <translation>数据源 {source} 中断 {age}</translation>
    </message>
    <message id="stale.source_down">
        <source>the telephone system sends nothing</source>
        <translation>话务平台无数据</translation>
    </message>
    <message id="stale.title">
        <source>No data for {age}</source>
        <translation>数据中断 {age}</translation>
    </message>
    <message id="stale.values">
        <source>values of {time}</source>
        <translation>显示 {time} 的数值</translation>
    </message>
    <message id="stale.why">
        <source>the gateway says: {why}</source>
        <translation>网关报告：{why}</translation>
    </message>
    <message id="stale.word">
        <source>STALE</source>
        <translation>STALE</translation>
    </message>
    <message id="state.acw">
        <source>Wrap-up</source>
        <translation>整理</translation>
    </message>
    <message id="state.break">
        <source>Break</source>
        <translation>小休</translation>
    </message>
    <message id="state.busy">
        <source>Busy</source>
        <translation>示忙</translation>
    </message>
    <message id="state.casework">
        <source>Case work</source>
        <translation>工单处理</translation>
    </message>
    <message id="state.coaching">
        <source>Coaching</source>
        <translation>辅导</translation>
    </message>
    <message id="state.fault">
        <source>Fault</source>
        <translation>设备故障</translation>
    </message>
    <message id="state.forced_busy">
        <source>Forced busy</source>
        <translation>强制示忙</translation>
    </message>
    <message id="state.hold">
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message id="state.internal">
        <source>Internal call</source>
        <translation>内部通话</translation>
    </message>
    <message id="state.meeting">
        <source>Meeting</source>
        <translation>会议</translation>
    </message>
    <message id="state.not_responding">
        <source>Not responding</source>
        <translation>未应答</translation>
    </message>
    <message id="state.offline">
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message id="state.outbound">
        <source>Outbound</source>
        <translation>外呼</translation>
    </message>
    <message id="state.ready">
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message id="state.reserved">
        <source>Reserved</source>
        <translation>预占</translation>
    </message>
    <message id="state.ringing">
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message id="state.talking">
        <source>Talking</source>
        <translation>通话</translation>
    </message>
    <message id="state.training">
        <source>Training</source>
        <translation>培训</translation>
    </message>
    <message id="state.unknown">
        <source>Unknown</source>
        <translation>状态未知</translation>
    </message>
    <message id="table.copied">
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message id="table.copied.detail">
        <source>{name}: rows {count}</source>
        <translation>{name}：{count} 行</translation>
    </message>
    <message id="table.failed">
        <source>The file could not be saved</source>
        <translation>无法保存文件</translation>
    </message>
    <message id="table.failed.detail">
        <source>{path}: {reason}</source>
        <translation>{path}：{reason}</translation>
    </message>
    <message id="table.file">
        <source>File name:</source>
        <translation>文件名：</translation>
    </message>
    <message id="table.folder">
        <source>Folder:</source>
        <translation>位置：</translation>
    </message>
    <message id="table.kept">
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message id="table.kept.detail">
        <source>{path}</source>
        <translation>{path}</translation>
    </message>
    <message id="table.kind">
        <source>Type:</source>
        <translation>类型：</translation>
    </message>
    <message id="table.no_rows">
        <source>Nothing here</source>
        <translation>没有内容</translation>
    </message>
    <message id="table.page">
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message id="table.preview">
        <source>Print preview: {name}</source>
        <translation>打印预览：{name}</translation>
    </message>
    <message id="table.save">
        <source>Save: {name}</source>
        <translation>保存：{name}</translation>
    </message>
    <message id="tally.acw">
        <source>Wrap-up</source>
        <translation>整理</translation>
    </message>
    <message id="tally.away">
        <source>Away</source>
        <translation>离席</translation>
    </message>
    <message id="tally.hold">
        <source>Hold</source>
        <translation>保持</translation>
    </message>
    <message id="tally.other">
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message id="tally.ready">
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message id="tally.ringing">
        <source>Ringing</source>
        <translation>振铃</translation>
    </message>
    <message id="tally.talking">
        <source>Talking</source>
        <translation>通话</translation>
    </message>
    <message id="target.at_least">
        <source>target ≥ {limit}</source>
        <translation>目标 ≥ {limit}</translation>
    </message>
    <message id="target.at_most">
        <source>limit {limit}</source>
        <translation>阈值 {limit}</translation>
    </message>
    <message id="target.easing">
        <source>easing</source>
        <translation>回落中</translation>
    </message>
    <message id="target.gap">
        <source>gap</source>
        <translation>有缺口</translation>
    </message>
    <message id="target.limit_withheld">
        <source>limit not shown</source>
        <translation>阈值不予显示</translation>
    </message>
    <message id="target.nobody">
        <source>nobody staffed</source>
        <translation>无人在岗</translation>
    </message>
    <message id="target.pessimistic">
        <source>at worst {value}</source>
        <translation>悲观 {value}</translation>
    </message>
    <message id="target.recovering">
        <source>recovering</source>
        <translation>恢复中</translation>
    </message>
    <message id="target.sample">
        <source>sample {count}</source>
        <translation>样本 {count}</translation>
    </message>
    <message id="target.withheld">
        <source>not shown</source>
        <translation>不予显示</translation>
    </message>
    <message id="target.within">
        <source>≥ {limit} in {seconds} s</source>
        <translation>≥ {limit}/{seconds} 秒</translation>
    </message>
    <message id="trouble.address">
        <source>The gateway cannot be reached</source>
        <translation>无法连接网关</translation>
    </message>
    <message id="trouble.address.detail">
        <source>Check the --gateway address and whether the gateway runs, or choose another floor in the menu; trying again by itself</source>
        <translation>请检查 --gateway 地址，以及网关是否在运行，或在右上角菜单中选择其他现场；正在自动重试</translation>
    </message>
    <message id="trouble.certificate">
        <source>The gateway&apos;s certificate is not trusted</source>
        <translation>不信任网关的证书</translation>
    </message>
    <message id="trouble.certificate.detail">
        <source>Name the authority&apos;s file with --certificate, or choose another floor in the menu at the top right</source>
        <translation>请用 --certificate 指定签发机构的证书文件，或在右上角菜单中选择其他现场</translation>
    </message>
    <message id="trouble.language">
        <source>This address is not a Watchfloor gateway</source>
        <translation>此地址不是 Watchfloor 网关</translation>
    </message>
    <message id="trouble.language.detail">
        <source>Check the host and port given with --gateway, or choose another floor in the menu at the top right</source>
        <translation>请检查 --gateway 的主机和端口，或在右上角菜单中选择其他现场</translation>
    </message>
    <message id="trouble.other">
        <source>The gateway refuses the connection</source>
        <translation>网关拒绝连接</translation>
    </message>
    <message id="trouble.token">
        <source>The gateway does not accept this token</source>
        <translation>网关不接受此令牌</translation>
    </message>
    <message id="trouble.token.detail">
        <source>Put a new token into the --token-file, or choose the floor anew in the menu at the top right</source>
        <translation>请向管理员索取新的令牌，写入 --token-file 指定的文件，或在右上角菜单中重新选择现场</translation>
    </message>
    <message id="trouble.version">
        <source>The gateway is of another version</source>
        <translation>网关与督导台版本不一致</translation>
    </message>
    <message id="trouble.version.detail">
        <source>Update the desk or the gateway, so that both are of the same version</source>
        <translation>请更新督导台或网关，使两者版本一致</translation>
    </message>
    <message id="trunks.down">
        <source>{name} down {time}</source>
        <translation>{name} 中断 {time}</translation>
    </message>
    <message id="trunks.down_since">
        <source>{name} down since {time}</source>
        <translation>{name} {time} 起中断</translation>
    </message>
    <message id="trunks.said">
        <source>  the telephone system says {word}</source>
        <translation>  话务系统报告 {word}</translation>
    </message>
    <message id="trunks.several_down">
        <source>{count} of {all} trunks down: {names}</source>
        <translation>{all} 条中继中断 {count} 条：{names}</translation>
    </message>
    <message id="trunks.several_unknown">
        <source>{count} of {all} trunks not known: {names}</source>
        <translation>{all} 条中继中 {count} 条状态不明：{names}</translation>
    </message>
    <message id="trunks.unknown">
        <source>{name} not known {time}</source>
        <translation>{name} 状态不明 {time}</translation>
    </message>
    <message id="trunks.unknown_since">
        <source>{name} not known since {time}</source>
        <translation>{name} {time} 起状态不明</translation>
    </message>
    <message id="trunks.up_since">
        <source>{name} up since {time}</source>
        <translation>{name} {time} 起正常</translation>
    </message>
    <message id="unit.calls">
        <source></source>
        <translation>通</translation>
    </message>
    <message id="unit.percent">
        <source>%</source>
        <translation>%</translation>
    </message>
    <message id="wall.agents">
        <source>Agents</source>
        <translation>座席</translation>
    </message>
    <message id="wall.aht">
        <source>Handle time</source>
        <translation>处理时长</translation>
    </message>
    <message id="wall.block_note">
        <source>{staffed} staffed · {ready} ready</source>
        <translation>在岗 {staffed} · 空闲 {ready}</translation>
    </message>
    <message id="wall.handled">
        <source>Answered</source>
        <translation>接通量</translation>
    </message>
    <message id="wall.idle_staffed">
        <source>Ready / staffed</source>
        <translation>空闲 / 在岗</translation>
    </message>
    <message id="wall.legend.trouble">
        <source>Trouble</source>
        <translation>异常</translation>
    </message>
    <message id="wall.legend.vendor">
        <source>Vendor</source>
        <translation>外包</translation>
    </message>
    <message id="wall.longest">
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message id="wall.no_page">
        <source>No page {name}</source>
        <translation>没有页面 {name}</translation>
    </message>
    <message id="wall.no_queue">
        <source>No queues on this page</source>
        <translation>本页没有队列</translation>
    </message>
    <message id="wall.no_screen">
        <source>No screen {name}</source>
        <translation>没有屏幕 {name}</translation>
    </message>
    <message id="wall.no_vendor">
        <source>No vendors</source>
        <translation>没有外包公司</translation>
    </message>
    <message id="wall.occupancy">
        <source>Occupancy</source>
        <translation>占用率</translation>
    </message>
    <message id="wall.overview">
        <source>All queues</source>
        <translation>全部队列</translation>
    </message>
    <message id="wall.own_staff">
        <source>Own staff</source>
        <translation>自有</translation>
    </message>
    <message id="wall.part">
        <source>{part}/{parts}</source>
        <translation>{part}/{parts}</translation>
    </message>
    <message id="wall.queue">
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message id="wall.seats">
        <source>Seats</source>
        <translation>座席分布</translation>
    </message>
    <message id="wall.talking">
        <source>Talking</source>
        <translation>通话</translation>
    </message>
    <message id="wall.team">
        <source>Vendor / team</source>
        <translation>外包公司 / 班组</translation>
    </message>
    <message id="wall.vendors">
        <source>Vendors</source>
        <translation>外包公司</translation>
    </message>
    <message id="wall.waiting">
        <source>Waiting</source>
        <translation>排队</translation>
    </message>
    <message id="why.acknowledged">
        <source>Already acknowledged by {by}</source>
        <translation>{by} 已确认此报警</translation>
    </message>
    <message id="why.all_queues">
        <source>all queues are shown</source>
        <translation>已显示全部队列</translation>
    </message>
    <message id="why.call_answered">
        <source>An agent has this call already</source>
        <translation>座席已接听</translation>
    </message>
    <message id="why.call_over">
        <source>The call is over, or out of sight</source>
        <translation>来电已结束或不可见</translation>
    </message>
    <message id="why.caller_first">
        <source>choose a waiting caller first</source>
        <translation>请先选择一位排队来电</translation>
    </message>
    <message id="why.choose_alarm">
        <source>Choose an alarm first</source>
        <translation>请先选择一条报警</translation>
    </message>
    <message id="why.choose_note">
        <source>Choose a note first</source>
        <translation>请先选择一条留言</translation>
    </message>
    <message id="why.choose_one_alarm">
        <source>Choose a single alarm</source>
        <translation>请只选择一条报警</translation>
    </message>
    <message id="why.empty_table">
        <source>the table is empty</source>
        <translation>表格没有内容</translation>
    </message>
    <message id="why.in_service">
        <source>It is in service</source>
        <translation>该报警正在使用</translation>
    </message>
    <message id="why.limited">
        <source>Notes are for the whole floor, of which you see a part only</source>
        <translation>留言面向全场，而您只看得到一部分</translation>
    </message>
    <message id="why.name_first">
        <source>Write your name first: several people use this credential</source>
        <translation>请先填写姓名：此凭证多人共用</translation>
    </message>
    <message id="why.no_consequences">
        <source>Nothing follows from this alarm</source>
        <translation>该报警没有连带报警</translation>
    </message>
    <message id="why.no_filter">
        <source>no filter is set</source>
        <translation>没有启用筛选</translation>
    </message>
    <message id="why.no_orders">
        <source>This floor&apos;s source takes no orders</source>
        <translation>这个现场的来源不接受指令</translation>
    </message>
    <message id="why.no_right">
        <source>Your role has no right to do this</source>
        <translation>您的角色没有此权限</translation>
    </message>
    <message id="why.no_table">
        <source>go to a table first</source>
        <translation>请先进入一个表格</translation>
    </message>
    <message id="why.no_undo">
        <source>there is nothing to undo at this seat</source>
        <translation>此座席没有可撤销的指令</translation>
    </message>
    <message id="why.nobody">
        <source>Nobody is signed in at this seat</source>
        <translation>此座席无人登录</translation>
    </message>
    <message id="why.nobody_of_them">
        <source>Nobody is signed in at any of these seats</source>
        <translation>这些座席都无人签入</translation>
    </message>
    <message id="why.not_shelved">
        <source>It is not shelved</source>
        <translation>该报警未被搁置</translation>
    </message>
    <message id="why.note_empty">
        <source>Write a note first</source>
        <translation>请先写留言</translation>
    </message>
    <message id="why.note_settled">
        <source>This note is settled already</source>
        <translation>这条留言已办结</translation>
    </message>
    <message id="why.nothing_chosen">
        <source>choose a seat, a queue or an alarm first</source>
        <translation>请先选择座席、队列或报警</translation>
    </message>
    <message id="why.number">
        <source>A number has digits, +, * and #, at most 32</source>
        <translation>号码只能含数字、+、* 和 #，最多 32 位</translation>
    </message>
    <message id="why.number_first">
        <source>Write a number first</source>
        <translation>请先填写号码</translation>
    </message>
    <message id="why.one_queue">
        <source>There is no other queue in sight</source>
        <translation>没有其他可见的队列</translation>
    </message>
    <message id="why.out_of_service">
        <source>Out of service by {by}</source>
        <translation>已由 {by} 停用</translation>
    </message>
    <message id="why.panel_closed">
        <source>this panel has no such control</source>
        <translation>此面板没有可用的控件</translation>
    </message>
    <message id="why.queue_first">
        <source>Choose a queue first</source>
        <translation>请先选择队列</translation>
    </message>
    <message id="why.reason">
        <source>Write a reason first</source>
        <translation>请先填写置忙原因</translation>
    </message>
    <message id="why.reason_long">
        <source>The reason is too long: at most {latin} letters or {chinese} Chinese characters</source>
        <translation>置忙原因过长：最多 {chinese} 个汉字或 {latin} 个字母</translation>
    </message>
    <message id="why.replay">
        <source>This floor is a recording: its source takes no orders</source>
        <translation>这是录制的现场，其来源不接受指令</translation>
    </message>
    <message id="why.shelved">
        <source>Shelved by {by}</source>
        <translation>已由 {by} 搁置</translation>
    </message>
    <message id="why.simulated">
        <source>This floor is simulated: its source takes no orders</source>
        <translation>这是模拟现场，其来源不接受指令</translation>
    </message>
    <message id="why.source_silent">
        <source>The telephone system does not answer</source>
        <translation>电话系统没有响应</translation>
    </message>
    <message id="why.stale">
        <source>The data is old: no order can be given</source>
        <translation>数据已过期，无法下达指令</translation>
    </message>
    <message id="why.waiting">
        <source>The last order has not ended yet</source>
        <translation>上一条指令尚未结束</translation>
    </message>
    <message id="why.whole_floor">
        <source>This alarm is about the whole floor</source>
        <translation>此报警涉及整个现场</translation>
    </message>
    <message id="window.minutes">
        <source>{count} min</source>
        <translation>{count} 分</translation>
    </message>
    <message id="window.now">
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message id="window.today">
        <source>today</source>
        <translation>今日</translation>
    </message>
</context>
</TS>
