"""What Larch, the shop's assistant, can say."""

from shared.contracts.bots import AskAddress, AskChoice, Choice, Flow, HandOff, Say, Step
from shared.contracts.values import QuickReply

ANSWERS = {
    "fell_3": ("Fell 3", "The Fell 3 is in stock in 50, 52, 54 and 56. You can ride one whenever we are open."),
    "cargo": ("A cargo bike", "We keep two cargo bikes for test rides; most people take one for an hour."),
    "repair": ("A repair", "Most repairs take two working days. A squealing brake we mend while you wait."),
    "person": ("Talk to a person", "Of course. A colleague goes on from here."),
}


def larch(timeout_minutes: float) -> Flow:
    """Greets, asks what it is about, asks for an address, and hands over."""
    return Flow(start="welcome", timeout_minutes=timeout_minutes, steps=_questions() | _answers() | _endings())


def _questions() -> dict[str, Step]:
    choices = tuple(Choice(reply=QuickReply(label=label, value=label), then=name) for name, (label, _) in ANSWERS.items())
    return {
        "welcome": Say(bubbles=("Hi, I answer right away, and I know what is in stock.",), then="which"),
        "which": AskChoice(bubbles=("Which bicycle is it about?",), choices=choices, otherwise="something_else"),
        "address": AskAddress(
            bubbles=("Which e-mail address shall we send a copy to?",),
            again="That does not look like an e-mail address. Could you check it?",
            tries=2,
            then="thanks",
            otherwise="without_address",
        ),
    }


def _answers() -> dict[str, Step]:
    said: dict[str, Step] = {name: Say(bubbles=(answer,), then="address") for name, (_, answer) in ANSWERS.items()}
    return said | {"something_else": Say(bubbles=("Thank you, I pass that on to a colleague who knows.",), then="address")}


def _endings() -> dict[str, Step]:
    return {
        "thanks": HandOff(bubbles=("Thank you! A colleague is with you in a moment.",)),
        "without_address": HandOff(bubbles=("It works without one, too. A colleague is with you in a moment.",)),
    }
