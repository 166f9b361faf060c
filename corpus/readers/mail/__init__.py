"""Mail, and pages saved in the form of mail: messages go in, articles and attachments come out."""

from pinakes.corpus.readers.mail.mbox import read_mbox
from pinakes.corpus.readers.mail.message import read_mail
from pinakes.corpus.readers.mail.mhtml import read_mhtml

__all__ = ["read_mail", "read_mbox", "read_mhtml"]
