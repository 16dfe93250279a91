"""What each figure is called, how it is computed in words, and where the reading comes from (HANDBOOK section 1)."""

# ruff: noqa: E501 - one figure a line reads as a table

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from feeds.said import said

Unit = Literal["calls", "percent", "seconds", "agents", "per_hour"]
"""`calls` and `agents` of a mean over time are no whole numbers."""


class Definition(Struct, frozen=True):
    """A figure's definition; `definition_id` changes whenever the formula does, so that trends can show the break."""

    id: str
    definition_id: str
    zh: str
    en: str
    formula_zh: str
    formula_en: str
    unit: Unit
    basis: str
    source: str


_ROWS: Final[tuple[tuple[str, str, str, str, str, str, Unit, str, str], ...]] = (
    ("inbound", "V0/1", "呼入总量", "Inbound calls", "占用中继的呼叫数", "calls that seized a trunk", "calls", "event", "1.2"),
    ("offered", "V1/1", "人工请求量", "Offered", "进入队列的请求 + 呼损", "legs joined + blocked", "calls", "cohort", "1.2"),
    ("answered", "V2/1", "人工接通量", "Answered", "与座席接通的请求", "legs bridged to an agent", "calls", "cohort", "1.2"),
    ("abandoned", "V3/1", "放弃量", "Abandoned", "接通前客户挂机", "caller released before the bridge", "calls", "cohort", "1.2"),
    ("short_abandons", "V4/1", "速挂", "Short abandons", "等待 ≤ 速挂阈值的放弃", "abandons with wait ≤ the short threshold", "calls", "cohort", "1.2"),
    ("flowed_out", "V5/1", "溢出量", "Flowed out", "未接通且未挂机而离开队列", "left the queue neither answered nor hung up", "calls", "cohort", "1.1"),
    ("blocked", "V6/1", "呼损", "Blocked", "被拒绝进入队列", "refused before waiting", "calls", "cohort", "1.2"),
    ("pending", "V7/1", "在途", "Pending", "已请求、尚未有结果", "asked for, not yet concluded", "calls", "cohort", "1.9"),
    ("carried_in", "V8/1", "跨日在途", "Carried in", "时段开始时已在排队", "already waiting when the period began", "calls", "event", "1.9"),
    ("abandon_rate", "B1/1", "放弃率", "Abandon rate", "放弃 ÷ 已有结果的请求", "abandoned ÷ concluded requests", "percent", "cohort", "1.2"),
    ("abandon_rate_no_shorts", "B2/1", "放弃率(不含速挂)", "Abandon rate without shorts", "(放弃 − 速挂) ÷ (已有结果的请求 − 速挂)", "(abandoned − shorts) ÷ (concluded requests − shorts)", "percent", "cohort", "1.2"),
    ("flow_out_rate", "B3/1", "溢出率", "Flow-out rate", "溢出 ÷ 已有结果的请求", "flow-outs ÷ concluded requests", "percent", "cohort", "1.2"),
    ("answer_rate_a1", "A1/1", "接通率(按请求)", "Answer rate by leg", "接通的请求 ÷ 已有结果的请求", "answered legs ÷ concluded legs", "percent", "cohort", "1.3"),
    ("answer_rate_a2", "A2/2", "接通率", "Answer rate", "接通 ÷ (接通 + 放弃 + 未在他处接通的溢出 + 呼损);全部队列在已结束且无人仍在排队的时段按通话计", "answered ÷ (answered + abandoned + flow-outs not answered elsewhere + blocked); closed periods of the whole site count calls once none of them waits any more", "percent", "cohort", "1.3"),
    ("answer_rate_a2_pessimistic", "A2p/1", "接通率(悲观)", "Answer rate, pessimistic", "A2,仍在排队且超过最长可接受等待者计为未接通", "A2, with calls still waiting beyond the longest acceptable wait as not answered", "percent", "cohort", "1.3"),
    ("answer_rate_a4", "A4/1", "X秒接通率", "Answered within T", "T 秒内接通 ÷ 已有结果的请求", "answered within T ÷ concluded requests", "percent", "cohort", "1.3"),
    ("answer_rate_no_flow", "A6/1", "接通率(不计溢出)", "Answer rate, flow-outs left out", "接通 ÷ (接通 + 放弃)", "answered ÷ (answered + abandoned)", "percent", "cohort", "1.10"),
    ("answer_rate_no_flow_no_shorts", "A7/1", "接通率(不计溢出与速挂)", "Answer rate, flow-outs and shorts left out", "接通 ÷ (接通 + 放弃 − 速挂)", "answered ÷ (answered + abandoned − shorts)", "percent", "cohort", "1.10"),
    ("service_level_f1", "F1/1", "服务水平(严格)", "Service level, strict", "T 秒内接通 ÷ 已有结果的请求", "answered ≤ T ÷ concluded", "percent", "cohort", "1.4"),
    ("service_level_f2", "F2/1", "服务水平(不计T内放弃)", "Service level, early abandons ignored", "T 秒内接通 ÷ (已有结果的请求 − T内放弃)", "answered ≤ T ÷ (concluded − abandoned ≤ T)", "percent", "cohort", "1.4"),
    ("service_level_f3", "F3/1", "服务水平(T内放弃计入)", "Service level, early abandons positive", "(T内接通 + T内放弃) ÷ 已有结果的请求", "(answered ≤ T + abandoned ≤ T) ÷ concluded", "percent", "cohort", "1.4"),
    ("service_level_f4", "F4/1", "服务水平(仅接通)", "Service level, answered only", "T 秒内接通 ÷ 接通", "answered ≤ T ÷ answered", "percent", "cohort", "1.4"),
    ("service_level_f5", "F5/1", "服务水平(不含速挂)", "Service level without shorts", "T 秒内接通 ÷ (已有结果的请求 − 速挂)", "answered ≤ T ÷ (concluded − shorts)", "percent", "cohort", "1.4"),
    ("service_level_f6", "F6/1", "服务水平(可配置)", "Service level, configurable", "(接通 − 超时接通) ÷ (接通 + 放弃 [− 速挂] [− 放弃] [+ 溢出])", "(answered − late) ÷ (answered + abandoned [− shorts] [− abandoned] [+ flow-outs])", "percent", "cohort", "1.4"),
    ("service_level_f7", "F7/1", "出队服务水平", "Dequeue level", "T 内离队 ÷ 离队", "left the queue within T ÷ left the queue", "percent", "cohort", "1.4"),
    ("service_level_f8", "F8/1", "服务水平", "Service level, live", "T内接通 ÷ (T内接通 + T内放弃 + 等满T未接),T到即计", "answered ≤ T ÷ (answered ≤ T + abandoned ≤ T + T run out), counted when T runs out", "percent", "event", "1.4"),
    ("service_level_f1_dequeued", "F1d/1", "服务水平(严格,减溢出)", "Service level, strict, dequeued subtracted", "T 秒内接通 ÷ (已有结果的请求 − 溢出)", "answered ≤ T ÷ (concluded − flow-outs)", "percent", "cohort", "1.10"),
    ("service_level_f2_dequeued", "F2d/1", "服务水平(不计T内放弃,减溢出)", "Service level, early abandons ignored, dequeued subtracted", "T 秒内接通 ÷ (已有结果的请求 − 溢出 − T内放弃)", "answered ≤ T ÷ (concluded − flow-outs − abandoned ≤ T)", "percent", "cohort", "1.10"),
    ("service_level_f3_dequeued", "F3d/1", "服务水平(T内放弃计入,减溢出)", "Service level, early abandons positive, dequeued subtracted", "(T内接通 + T内放弃) ÷ (已有结果的请求 − 溢出)", "(answered ≤ T + abandoned ≤ T) ÷ (concluded − flow-outs)", "percent", "cohort", "1.10"),
    ("service_level_f8_ignore", "F8i/1", "实时服务水平(不计T内放弃)", "Service level, live, early abandons ignored", "T内接通 ÷ (T内接通 + 等满T未接)", "answered ≤ T ÷ (answered ≤ T + T run out)", "percent", "event", "1.10"),
    ("service_level_f8_positive", "F8p/1", "实时服务水平(T内放弃计入)", "Service level, live, early abandons positive", "(T内接通 + T内放弃) ÷ (T内接通 + T内放弃 + 等满T未接)", "(answered ≤ T + abandoned ≤ T) ÷ (answered ≤ T + abandoned ≤ T + T run out)", "percent", "event", "1.10"),
    ("asa", "W1/1", "平均应答速度", "Average speed of answer", "接通者等待之和 ÷ 接通(自入队起,不含IVR)", "Σ wait of answered ÷ answered, from joining the queue, IVR excluded", "seconds", "cohort", "1.5"),
    ("average_wait_abandoned", "W2/1", "平均放弃时长", "Average wait of abandons", "放弃者等待之和 ÷ 放弃", "Σ wait of abandoned ÷ abandoned", "seconds", "cohort", "1.5"),
    ("average_wait_abandoned_no_shorts", "W3/1", "平均放弃时长(不含速挂)", "Average wait of abandons without shorts", "不含速挂", "without shorts", "seconds", "cohort", "1.5"),
    ("average_wait", "W4/1", "平均排队时长", "Average wait", "接通、放弃、溢出者等待之和 ÷ 其数", "Σ wait of answered, abandoned and flowed out ÷ their number", "seconds", "cohort", "1.5"),
    ("longest_wait", "W5/1", "时段最长等待", "Longest wait in the period", "时段内结束的等待中最长的", "longest wait that ended in the period", "seconds", "event", "1.5"),
    ("waiting", "W6/1", "排队数", "Waiting", "现在排队(含振铃)", "waiting now, ringing included", "calls", "now", "1.5"),
    ("ringing", "W7/1", "其中振铃", "Of which ringing", "现在振铃", "ringing now", "calls", "now", "1.5"),
    ("longest_wait_now", "W8/1", "最长等待", "Longest wait now", "现在 − 最早入队", "now − earliest join among waiting", "seconds", "now", "1.5"),
    ("average_wait_now", "W9/1", "当前平均等待", "Average wait now", "现在排队者的平均等待", "mean age of waiting legs", "seconds", "now", "1.5"),
    ("expected_wait", "W10/1", "预计等待", "Expected wait", "排队数 × AHT ÷ 在线服务座席", "waiting × AHT ÷ agents on the queue", "seconds", "now", "1.5"),
    ("predicted_wait", "W11/1", "预计还需等待", "Predicted wait", "排在第几位 × AHT ÷ 服务中的座席(第一技能,空闲 + 处理);AHT 取近60分钟,样本不足取今日", "place in line × AHT ÷ agents on the queue (by first skill, idle + handling); AHT of the last 60 min, of the day where that is too small a sample", "seconds", "now", "1.5"),
    ("waiting_mean", "W12/1", "平均排队数", "Average number waiting", "排队数 × 时间之和 ÷ 时长(含振铃)", "Σ callers waiting × time ÷ time, ringing included", "calls", "split", "1.5"),
    ("handled", "H0/1", "处理量", "Handled", "整理结束的通话", "calls whose after-call work ended", "calls", "call-based", "1.6"),
    ("talk_time", "H1/1", "平均通话时长", "Average talk", "通话之和 ÷ 处理量", "Σ talk ÷ handled", "seconds", "call-based", "1.6"),
    ("hold_time", "H2/1", "平均保持时长", "Average hold", "保持之和 ÷ 处理量", "Σ hold ÷ handled", "seconds", "call-based", "1.6"),
    ("hold_time_held", "H3/1", "保持时长(有保持)", "Hold of held calls", "保持之和 ÷ 有保持的通话", "Σ hold ÷ calls with hold", "seconds", "call-based", "1.6"),
    ("acw_time", "H4/1", "平均整理时长", "Average after-call work", "整理之和 ÷ 处理量", "Σ after-call work ÷ handled", "seconds", "call-based", "1.6"),
    ("aht", "H5/1", "平均处理时长", "Average handle time", "(通话 + 保持 + 整理) ÷ 处理量,整理结束时入账", "Σ (talk + hold + after-call work) ÷ handled, booked when after-call work ends", "seconds", "call-based", "1.6"),
    ("transfers", "H6/1", "转接量", "Transfers", "转出的通话", "answered calls passed on", "calls", "event", "1.6"),
    ("transfer_rate", "H7/1", "转接率", "Transfer rate", "转接 ÷ 接通", "passed on ÷ answered", "percent", "event", "1.6"),
    ("attempts", "R0/1", "振铃次数", "Ring attempts", "座席振铃次数", "times a phone rang", "calls", "event", "1.2"),
    ("ring_no_answer", "R1/1", "未应答", "Ring no answer", "超时或拒接的振铃", "attempts timed out or rejected", "calls", "event", "1.2"),
    ("ring_no_answer_rate", "R2/1", "未应答率", "Ring-no-answer rate", "未应答 ÷ 振铃次数", "ring no answer ÷ attempts", "percent", "event", "1.2"),
    ("staffed", "P1/1", "在席", "Staffed", "非离线座席(含状态不明者)", "agents in any state but offline, those whose state is unknown among them", "agents", "now", "1.7"),
    ("occupancy", "P2/1", "占用率", "Occupancy", "处理 ÷ (处理 + 空闲),按时间,不含辅助状态", "handling ÷ (handling + idle) time, auxiliary states excluded", "percent", "split", "1.7"),
    ("utilisation", "P3/2", "工时利用率", "Utilisation", "(处理 + 空闲) ÷ 签入时长(除离线外的全部状态)", "(handling + idle) ÷ signed-in time, that is in any state but offline", "percent", "split", "1.7"),
    ("calls_per_hour", "P4/1", "每小时处理量", "Calls per hour", "接通 ÷ 在队列小时", "answered ÷ on-queue hours", "per_hour", "event", "1.7"),
    ("staffed_mean", "P5/2", "平均在席", "Average staffed", "签入时长(除离线外的全部状态) ÷ 时段长", "signed-in time, that is in any state but offline, ÷ length of the period", "agents", "split", "1.7"),
    ("on_queue_mean", "P6/1", "平均可服务座席", "Average on the queue", "(处理 + 空闲)时长 ÷ 时段长", "(handling + idle) time ÷ length of the period", "agents", "split", "1.7"),
    ("need", "N1/1", "需要座席", "Agents needed", "Erlang C:使目标比例在 T 秒内接通的最少座席;请求与 AHT 取同一时段(AHT 样本不足取当日),按一个池计;目标取服务水平的阈值,未设为 80%", "Erlang C: the fewest agents who answer the target share within T; requests and AHT of the same period (AHT of the day where that is too small a sample), all queues of the scope as one pool; target: the limit of the service level, 80% where there is none", "agents", "cohort", "7.3"),
    ("expected_rest", "V9/1", "预计余下请求", "Expected requests until midnight", "参照日余下的请求 × 今日至今 ÷ 参照日至今(任一方样本不足则不折算);参照日:上周同日,否则昨日(请求过少、已不及今日的不算),否则按站点的时段分布,再否则近一小时的量", "requests of a like day's rest × today's so far ÷ that day's so far (as many as then where either is too small a sample); like day: the same weekday a week ago, else yesterday (unless it had too few, and fewer than today already), else the site's hourly shares, else the pace of the last hour", "calls", "day", "7.2"),
    ("rest_answer_rate", "A2r/1", "余下须达接通率", "Answer rate needed for the rest", "(目标 × (已有结果 − 已在他处接通的溢出 + 余下) − 已接通) ÷ 余下;余下 = 在排队 + 预计余下请求;目标取接通率的阈值", "(target × (concluded − flow-outs answered elsewhere + rest) − answered) ÷ rest; rest = waiting + expected requests; target: the limit of the answer rate A2", "percent", "day", "1.3"),
    ("rest_service_level", "F1r/1", "余下须达服务水平", "Service level needed for the rest", "(目标 × (已有结果 + 超T仍在排队 + 余下) − T秒内接通) ÷ 余下;余下 = 未超T的排队 + 预计余下请求;目标取服务水平的阈值", "(target × (concluded + waiting beyond T + rest) − answered ≤ T) ÷ rest; rest = waiting not yet beyond T + expected requests; target: the limit of the service level", "percent", "day", "1.4"),
)  # fmt: skip

DEFINITIONS: Final[dict[str, Definition]] = {row[0]: Definition(*row[:8], source=f"HANDBOOK {row[8]}") for row in _ROWS}
"""By figure id."""
MOMENTARY: Final = frozenset(one.id for one in DEFINITIONS.values() if one.basis in ("now", "day"))
"""Figures that are true at one moment only: no stretch of time that is over has them."""
STAFF_FIGURES: Final = frozenset(
    one.id
    for one in DEFINITIONS.values()
    if one.source == "HANDBOOK 1.7" or one.id in ("expected_wait", "predicted_wait")
)
"""What agents do with their time: told of people and not of calls. Of a wait that is reckoned from how many serve a
queue, these can be divided out with the handle time and the number waiting."""


def is_of_all_teams(scope: str) -> bool:
    """Whether people count for a scope (`site` or `kind:id`) whatever team they are of."""
    return scope.partition(":")[0] in ("site", "group", "seat_type", "queue")



def _spelt() -> dict[str, str]:
    """Figures by every way to write them, folded; what could mean two is left out."""
    meant: dict[str, set[str]] = {}
    for one in DEFINITIONS.values():
        for text in (one.id, one.definition_id, one.definition_id.partition("/")[0]):
            meant.setdefault(text.casefold(), set()).add(one.id)
    return {text: next(iter(ids)) for text, ids in meant.items() if len(ids) == 1}


_SPELT: Final = _spelt()


def figure_named(text: str) -> str | None:
    """The figure of an id (`asa`, `ASA`) or of its definition's (`W1`, `w1/1`), which is what people know it by."""
    return text if text in DEFINITIONS else _SPELT.get(text.casefold())


def no_figure(text: str) -> str:
    """What to say of a name that `figure_named` knows nothing of."""
    from config.mistakes import did_you_mean  # no wall's first picture waits for what compares words

    near = did_you_mean(text, DEFINITIONS)
    return said("question.figure", "there is no figure '{figure}'{near}", figure=text, near=near)
