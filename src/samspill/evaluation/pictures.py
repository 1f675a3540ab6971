"""The figures of an effect as charts and sentences, for the page and the report alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from samspill.cores.disclosure import Basis
from samspill.cores.effects import LIKELY, LIMIT, RULES, SURE, WORTH_NAMING, Rule, Verdict
from samspill.cores.effects import Change as Figures
from samspill.evaluation.choices import Finding, WaveKind
from samspill.evaluation.queries.effect import Effect, ItemEffect
from samspill.evaluation.solve import WaveFigures
from samspill.ui.charts import Change, Chart, Wave, change_intervals, wave_columns
from samspill.ui.shapes import Scale
from samspill.ui.text import decimal, pick, signed


@dataclass(frozen=True)
class ItemPicture:
    """One item: its distributions as a chart, if any may be shown, and what is said beside them."""

    item: ItemEffect
    title: str
    chart: Chart | None
    sentences: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]


def item_pictures(effect: Effect, language: str) -> tuple[ItemPicture, ...]:
    return tuple(_item(item, language) for item in effect.items)


def change_charts(effect: Effect, language: str) -> tuple[Chart, ...]:
    """One chart for each wave that is compared with the first; empty before there is anything to compare."""
    kinds = [wave.kind for wave in effect.waves[1:]]
    return tuple(chart for kind in kinds if (chart := _changes(effect, kind, language)) is not None)


def summaries(effect: Effect) -> tuple[str, ...]:
    """For each wave that is compared with the first: how many statements rose, fell, or cannot be told."""
    kinds = [wave.kind for wave in effect.waves[1:]]
    return tuple(said for kind in kinds if (said := _summary(effect, kind)))


def _summary(effect: Effect, kind: WaveKind) -> str:
    found = [wave.change for item in effect.items for wave in item.changes if wave.kind == kind]
    counts = Counter(finding_of(change) for change in found if change is not None)
    parts = [
        f"{counts[finding]} {finding.label}"
        for finding in Finding
        if counts[finding] and finding != Finding.HIDDEN
    ]
    if not parts:
        return ""
    facts = {"change": change_title(kind), "n": len(effect.items), "parts": ", ".join(parts)}
    return (
        ngettext(
            "%(change)s, %(n)d statement: %(parts)s.",
            "%(change)s, %(n)d statements: %(parts)s.",
            len(effect.items),
        )
        % facts
    )


def finding_of(change: Figures) -> Finding:
    return Finding(change.verdict.value)


def change_words(change: Figures) -> str:
    """The finding, the change with its interval, and how many pairs; the bare finding where that is all."""
    finding = str(finding_of(change).label)
    if change.change is None or change.sure is None:
        return finding
    facts = {
        "finding": finding,
        "change": signed(change.change),
        "low": signed(change.sure.low),
        "high": signed(change.sure.high),
        "n": change.pairs,
    }
    return (
        ngettext(
            "%(finding)s: %(change)s on average, from %(low)s to %(high)s (%(n)d pair)",
            "%(finding)s: %(change)s on average, from %(low)s to %(high)s (%(n)d pairs)",
            change.pairs,
        )
        % facts
    )


def rule_sentences() -> tuple[tuple[str, str], ...]:
    """The verdicts in the order they are tried: name and what it takes, made from the rules themselves."""
    return tuple((str(Finding(rule.verdict.value).label), _rule(rule)) for rule in RULES)


def _rule(rule: Rule) -> str:
    if rule.verdict == Verdict.CANNOT_TELL:
        return gettext("when none of the others fits: the numbers allow both a change and none")
    parts = []
    if rule.inside is not None:
        parts.append(
            gettext("the whole %(sure)d%% interval lies within %(reach)s of no change")
            % {"sure": round(100 * SURE), "reach": decimal(rule.inside)}
        )
    if rule.above is not None:
        parts.append(
            gettext("the whole %(sure)d%% interval lies above zero") % {"sure": round(100 * rule.above)}
        )
    if rule.p_below is not None:
        parts.append(gettext("the signed-rank test gives p below %(p)s") % {"p": decimal(rule.p_below, 2)})
    if rule.least is not None:
        parts.append(gettext("the mean change is at least %(least)s") % {"least": decimal(rule.least)})
    return gettext(" and ").join(parts)


def method_facts() -> dict[str, str | int]:
    """The numbers the page on the method names."""
    return {
        "sure": round(100 * SURE),
        "likely": round(100 * LIKELY),
        "limit": decimal(LIMIT, 2),
        "worth": decimal(WORTH_NAMING),
        "one_in": round(1 / LIMIT),
        "probable_one_in": round(1 / (1 - LIKELY)),
    }


def _item(item: ItemEffect, language: str) -> ItemPicture:
    title = pick(item.text, language)
    waves = [
        Wave(wave.kind.chart_kind, str(wave.kind.label), wave.distribution.counts, wave.distribution.mean)
        for wave in item.waves
        if wave.distribution is not None
    ]
    scale = Scale(pick(item.low, language), pick(item.high, language))
    return ItemPicture(
        item=item,
        title=title,
        chart=wave_columns(title, waves, scale) if waves else None,
        sentences=tuple(_notes(item.waves)),
        findings=tuple(
            (change_title(wave.kind), finding_of(wave.change))
            for wave in item.changes
            if wave.change and wave.change.verdict != Verdict.HIDDEN
        ),
    )


def _notes(waves: tuple[WaveFigures, ...]) -> Iterator[str]:
    """Whose answers the chart shows, when it is not simply everybody's, and what it does not show."""
    paired = [wave for wave in waves if wave.basis == Basis.PAIRS]
    if paired:
        counted = ", ".join(_answered(wave) for wave in paired)
        yield gettext("Shown are those who answered both times. %(counted)s.") % {
            "counted": capfirst(counted)
        }
    for wave in waves:
        facts = {"answered": capfirst(_answered(wave)), "wave": str(wave.kind.label)}
        if wave.basis == Basis.COUNT:
            yield gettext("%(answered)s; the distribution is hidden to protect the participants.") % facts
        elif wave.change is not None and wave.change.verdict == Verdict.HIDDEN:
            yield gettext("%(wave)s: the change is hidden to protect the participants.") % facts


def _answered(wave: WaveFigures) -> str:
    facts = {"wave": str(wave.kind.label).lower(), "n": wave.answered}
    return ngettext("%(wave)s %(n)d answered", "%(wave)s %(n)d answered", wave.answered) % facts


def _changes(effect: Effect, kind: WaveKind, language: str) -> Chart | None:
    rows = [(item, wave.change) for item in effect.items for wave in item.changes if wave.kind == kind]
    changes = [
        Change(
            label=pick(item.text, language),
            estimate=change.change,
            low=change.sure.low if change.sure else None,
            high=change.sure.high if change.sure else None,
            clear=finding_of(change).is_clear,
            words=capfirst(change_words(change)),
        )
        for item, change in sorted(rows, key=by_size)
        if change is not None
    ]
    most = max((change.pairs for _item, change in rows if change is not None), default=0)
    return change_intervals(change_title(kind), changes, most, _furthest(effect)) if most else None


def _furthest(effect: Effect) -> float:
    """The end furthest from "no change" among all changes of all waves, so that their charts have one scale."""
    known = [
        wave.change for item in effect.items for wave in item.changes if wave.change and wave.change.sure
    ]
    ends = [abs(end) for change in known if change.sure for end in (change.sure.low, change.sure.high)]
    return max(ends, default=0.5)


def by_size(row: tuple[ItemEffect, Figures | None]) -> float:
    """The largest rise first, what is hidden last."""
    _item, change = row
    return inf if change is None or change.change is None else -change.change


def change_title(kind: WaveKind) -> str:
    if kind == WaveKind.AFTER:
        return gettext("Change from before to after")
    return gettext("Change from before to six months later")
