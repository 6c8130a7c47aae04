"""What a bot shows before the visitor has said anything: everything it says up to its first question."""

from shared.contracts.bots import AskChoice, Flow, Say
from shared.contracts.values import QuickReply
from shared.contracts.views import Face, GreetingShown


def greeting_of(bot: Face, flow: Flow) -> GreetingShown:
    """Bubbles and quick replies of the flow's start, in order. A published flow always comes to a stop."""
    bubbles: list[str] = []
    quick_replies: tuple[QuickReply, ...] = ()
    name = flow.start
    for _ in flow.steps:
        step = flow.steps[name]
        bubbles += step.bubbles
        if isinstance(step, AskChoice):
            quick_replies = tuple(choice.reply for choice in step.choices)
        if not isinstance(step, Say):
            break
        name = step.then
    return GreetingShown(bot=bot, bubbles=tuple(bubbles), quick_replies=quick_replies)
