"""A flow, pure: from a step, what is said until the visitor is asked, or until the bot is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.contracts.bots import AskAddress, AskChoice, AskText, Choice, Finish, Flow, FlowIsBroken, HandOff, Say, Step
from shared.contracts.values import QuickReply

Stop = AskChoice | AskAddress | AskText | HandOff | Finish


@dataclass(frozen=True)
class Said:
    """Everything from one step to the next stop: the bubbles, and the step where the flow waits or ends."""

    bubbles: tuple[str, ...]
    quick_replies: tuple[QuickReply, ...]
    step: str
    stop: Stop


def speak(flow: Flow, step: str) -> Said:
    """What the bot says from `step` on. Raises FlowIsBroken when that never comes to a stop."""
    bubbles: list[str] = []
    for _ in range(len(flow.steps)):
        found = _step(flow, step)
        bubbles += found.bubbles
        if not isinstance(found, Say):
            return Said(tuple(bubbles), _quick_replies(found), step, found)
        step = found.then
    raise FlowIsBroken(f"step {step!r} goes round in a circle")


def _quick_replies(stop: Stop) -> tuple[QuickReply, ...]:
    return tuple(choice.reply for choice in stop.choices) if isinstance(stop, AskChoice) else ()


def _step(flow: Flow, name: str) -> Step:
    try:
        return flow.steps[name]
    except KeyError:
        raise FlowIsBroken(f"there is no step {name!r}") from None


def check(flow: Flow) -> None:
    """Raises FlowIsBroken when any step leads nowhere or in a circle without asking."""
    speak(flow, flow.start)
    for step in flow.steps.values():
        for name in _next_steps(step):
            speak(flow, name)


def _next_steps(step: Step) -> Iterator[str]:
    match step:
        case Say() | AskText():
            yield step.then
        case AskChoice():
            yield from (choice.then for choice in step.choices)
            yield step.otherwise
        case AskAddress():
            yield step.then
            yield step.otherwise
        case HandOff() | Finish():
            return


def chosen(step: AskChoice, text: str) -> Choice | None:
    """The choice a visitor's words mean: its label or value, whatever the case."""
    said = " ".join(text.split()).casefold()
    return next((c for c in step.choices if said in {c.reply.label.casefold(), c.reply.value.casefold()}), None)
