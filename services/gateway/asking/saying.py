"""What was written, made fit for the log: rich text cleaned, files looked up."""

from services.gateway.asking.cleaning import clean_html
from services.gateway.files.uploads import Uploads
from shared.contracts.asks import Written
from shared.contracts.values import LONGEST_HTML, Content
from shared.errors import Invalid


async def content_of(written: Written, uploader: str, uploads: Uploads) -> Content:
    """The content of a message. Raises FileRefused for a file the writer has not uploaded, Invalid for too much."""
    attachments = await uploads.attachments(written.file_ids, uploader) if written.file_ids else ()
    html = clean_html(written.html)
    if html and len(html) > LONGEST_HTML:
        raise Invalid("html: too long once it is cleaned")
    return Content(text=written.text, html=html, attachments=attachments)
