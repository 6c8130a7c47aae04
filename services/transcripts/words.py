"""What a transcript says besides the conversation itself, in the visitor's language."""

import unicodedata
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Words:
    """One language. `{company}`, `{zone}` are filled in."""

    heading: str
    intro: str
    began: str
    on_page: str
    bot: str
    attachment: str
    no_messages: str
    times: str
    footer: str


LANGUAGES = {
    "en": Words(
        heading="Your conversation with {company}",
        intro="This is the record of your conversation. Keep it for as long as you need it.",
        began="Began on",
        on_page="on the page",
        bot="automatic reply",
        attachment="Attachment",
        no_messages="Nothing was said in this conversation.",
        times="Time zone: {zone}",
        footer="You receive this mail because you chatted with {company}.",
    ),
    "de": Words(
        heading="Ihre Unterhaltung mit {company}",
        intro="Dies ist das Protokoll Ihrer Unterhaltung. Bewahren Sie es auf, solange Sie es brauchen.",
        began="Begonnen am",
        on_page="auf der Seite",
        bot="automatische Antwort",
        attachment="Anhang",
        no_messages="In dieser Unterhaltung wurde nichts geschrieben.",
        times="Zeitzone: {zone}",
        footer="Sie erhalten diese E-Mail, weil Sie mit {company} gechattet haben.",
    ),
    "fr": Words(
        heading="Votre conversation avec {company}",
        intro="Voici la transcription de votre conversation. Conservez-la aussi longtemps que nécessaire.",
        began="Commencée le",
        on_page="sur la page",
        bot="réponse automatique",
        attachment="Pièce jointe",
        no_messages="Rien n’a été écrit dans cette conversation.",
        times="Fuseau horaire : {zone}",
        footer="Vous recevez cet e-mail parce que vous avez discuté avec {company}.",
    ),
    "it": Words(
        heading="La tua conversazione con {company}",
        intro="Ecco la trascrizione della tua conversazione. Conservala finché ti serve.",
        began="Iniziata il",
        on_page="nella pagina",
        bot="risposta automatica",
        attachment="Allegato",
        no_messages="In questa conversazione non è stato scritto nulla.",
        times="Fuso orario: {zone}",
        footer="Ricevi questa e-mail perché hai chattato con {company}.",
    ),
    "sv": Words(
        heading="Din konversation med {company}",
        intro="Här är utskriften av din konversation. Spara den så länge du behöver den.",
        began="Började den",
        on_page="på sidan",
        bot="automatiskt svar",
        attachment="Bilaga",
        no_messages="Inget skrevs i den här konversationen.",
        times="Tidszon: {zone}",
        footer="Du får det här mejlet eftersom du chattade med {company}.",
    ),
    "fi": Words(
        heading="Keskustelusi: {company}",
        intro="Tässä on keskustelusi tallenne. Säilytä se niin kauan kuin tarvitset.",
        began="Alkoi",
        on_page="sivulla",
        bot="automaattinen vastaus",
        attachment="Liite",
        no_messages="Tässä keskustelussa ei kirjoitettu mitään.",
        times="Aikavyöhyke: {zone}",
        footer="Saat tämän viestin, koska keskustelit chatissa: {company}.",
    ),
}


def locale_of(name: str) -> Locale:
    """A browser's language (`de-AT`) as a locale whose words we have; English when we have none."""
    try:
        locale = Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale("en")
    return locale if locale.language in LANGUAGES else Locale("en")


def words_in(locale: Locale) -> Words:
    """The words of a locale that `locale_of` gave."""
    return LANGUAGES[locale.language]


def default_subject(locale: str, company: str) -> str:
    """What the mail is called when nobody chose a subject: one line, whatever the company's name holds."""
    said = words_in(locale_of(locale)).heading.format(company=company)
    one_line = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in said)
    return " ".join(one_line.split())[:SUBJECT_LENGTH].strip()
