"""The visitor's language."""

import dataclasses

import pytest

from services.transcripts.words import LANGUAGES, default_subject, locale_of, words_in
from shared.contracts.transcripts import SendTranscript
from tests.transcripts.examples import ben_sends


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("de", "de"), ("de-AT", "de"), ("fi-FI", "fi"), ("pt-BR", "en"), ("", "en"), ("../../etc", "en"), ("x" * 35, "en")],
)
def test_a_browsers_language_is_spoken_or_english(asked: str, spoken: str) -> None:
    assert locale_of(asked).language == spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_in_words_of_its_own(language: str) -> None:
    words = dataclasses.asdict(words_in(locale_of(language)))
    assert all(words.values())
    assert "{company}" in words["heading"]
    assert "{company}" in words["footer"]
    assert "{zone}" in words["times"]
    if language != "en":
        english = dataclasses.asdict(LANGUAGES["en"])
        assert [name for name, said in words.items() if said == english[name]] == []


@pytest.mark.parametrize("company", ["Spoke & Larch", "A\r\nBcc: eve@home.example", "\u2028" * 50, "ß" * 120, "{0} {company}"])
def test_the_subject_is_always_one_that_can_be_sent(company: str) -> None:
    command = ben_sends(subject=default_subject("en", company))
    assert SendTranscript.model_validate(command.model_dump()).subject == command.subject
