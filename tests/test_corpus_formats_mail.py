"""EML, mbox and MHTML: messages and saved pages become articles."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage

import pytest

from pinakes.corpus.errors import EmptySourceError, SourceError
from pinakes.corpus.extract import Extract, Problem
from pinakes.corpus.model import Kind
from pinakes.corpus.readers import read
from pinakes.corpus.reading_options import ContainerLimits
from tests.made_files import PAGE, PNG, SENTENCE, make_zip

PAGE_BYTES = PAGE.encode()


def make_mail(text=SENTENCE, **headers):
    message = EmailMessage()
    message["From"] = "Ana Röe <ana@paper.example>"
    message["To"] = "Desk <desk@paper.example>, bo@wire.example"
    message["Subject"] = "Talks by the river – a note"
    message["Date"] = "Tue, 04 Mar 2014 10:00:00 +0100"
    message["Message-ID"] = "<1@paper.example>"
    message.set_content(text)
    return message


def read_all(data, name="a.eml", **limits):
    items = list(read(data, name=name, limits=ContainerLimits(**limits)))
    articles = {item.record: item for item in items if isinstance(item, Extract)}
    problems = {item.where: item.reason for item in items if isinstance(item, Problem)}
    return articles, problems


def test_a_message_is_an_article_with_what_its_headers_say():
    articles, problems = read_all(make_mail().as_bytes())
    assert problems == {}
    assert articles[""].text == f"Talks by the river – a note\n\n{SENTENCE}"
    assert [(m.field, m.value, m.origin) for m in articles[""].metadata] == [
        ("title", "Talks by the river – a note", "header:Subject"),
        ("author", "Ana Röe", "header:From"),
        ("source", "paper.example", "header:From:domain"),
        ("published", "2014-03-04T10:00:00+01:00", "header:Date"),
        ("message-id", "<1@paper.example>", "header:Message-ID"),
        ("recipient", "Desk <desk@paper.example>", "header:To"),
        ("recipient", "bo@wire.example", "header:To"),
        ("language", "en", "text:detected"),
    ]


def test_quoted_lines_are_quotes_and_the_signature_goes():
    text = f"{SENTENCE}\n\n> He said so.\n\nIndeed.\n\n-- \nAna Röe\nThe Paper"
    articles, _ = read_all(make_mail(text).as_bytes())
    blocks = articles[""].blocks
    assert [block.kind for block in blocks[1:]] == [Kind.PARAGRAPH, Kind.QUOTE, Kind.PARAGRAPH]
    assert "The Paper" not in articles[""].text


def test_of_alternatives_the_text_is_taken_unless_it_is_only_a_notice():
    message = make_mail(f"{SENTENCE} {SENTENCE} {SENTENCE}")
    message.add_alternative(f"<p>HTML. {SENTENCE}</p>", subtype="html")
    assert "HTML." not in read_all(message.as_bytes())[0][""].text
    message = make_mail("Please switch to HTML.")
    message.add_alternative(f"<p>First. {SENTENCE}</p><ul><li>One</li></ul>", subtype="html")
    extract = read_all(message.as_bytes())[0][""]
    assert [block.kind for block in extract.blocks] == [
        Kind.TITLE,
        Kind.PARAGRAPH,
        Kind.LIST_ITEM,
    ]
    assert "Please switch" not in extract.text


def test_attachments_are_articles_and_pictures_within_the_text_are_none():
    message = make_mail()
    message.add_alternative(f'<p>{SENTENCE}</p><img src="cid:x">', subtype="html")
    message.get_payload()[1].add_related(PNG, maintype="image", subtype="png", cid="<x>")
    message.add_attachment(PAGE, subtype="html", filename="page.html")
    packed = make_zip({"in.txt": SENTENCE})
    message.add_attachment(packed, maintype="application", subtype="zip", filename="all.zip")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(make_mail("Forwarded. " + SENTENCE))
    articles, problems = read_all(message.as_bytes())
    assert list(articles) == ["", "!/page.html", "!/all.zip!/in.txt", "!/attachment 4"]
    assert "Forwarded." in articles["!/attachment 4"].text
    assert problems == {"!/photo.png": "unsupported: a PNG image; no reader reads it"}


def test_a_body_is_decoded_whatever_it_declares():
    head = b"From: a@b.example\nMessage-ID: <2@x>\nMIME-Version: 1.0\n"
    for charset in (b"no-such-charset", b"utf-8", b'"windows-1251"'):
        data = head + b"Content-Type: text/plain; charset=" + charset + b"\n\n"
        text = "Делегаты встретились в старом зале у реки и говорили до позднего вечера."
        articles, _ = read_all(data + text.encode("cp1251"))
        assert articles[""].text == text


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: =?utf-8?q?bro=ken",
        b"Date: not a date",
        b"From: <<<>>> @",
        b"Content-Type: multipart/mixed",
        b"Content-Type: ;;;=",
        b"Subject: \xff\xfe raw",
        b"Content-Transfer-Encoding: base64",
        b"To: " + b"a@b.example, " * 3000,
    ],
)
def test_a_malformed_header_costs_no_text(header):
    data = b"Message-ID: <3@x>\nX-Mailer: y\n" + header + b"\n\n" + SENTENCE.encode()
    items = list(read(data, name="a.eml"))
    assert all(isinstance(item, Extract) for item in items)


def test_names_of_people_are_decoded_one_by_one():
    header = (
        b'From: =?utf-8?q?R=C3=B6e=2C_Ana?= <ana@paper.example>, "Lind, Bo" <bo@wire.example>\n'
    )
    data = header + b"Message-ID: <4@x>\nSubject: Caf\xc3\xa9\n\n" + SENTENCE.encode()
    articles, _ = read_all(data)
    assert articles[""].chosen("author") == ("Röe, Ana", "Lind, Bo")
    assert articles[""].chosen("title") == ("Café",)


def test_parts_nested_without_end_are_an_error_that_says_so():
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(2000)
    )
    with pytest.raises(SourceError, match="nested too deeply"):
        read_all(b"Message-ID: <5@x>\nMIME-Version: 1.0\n" + parts)


def nested_mail(levels):
    """Return a mail with a mail attached, which has another one attached, and so on."""
    mail = b"Subject: last\nFrom: a@b.example\n\n" + SENTENCE.encode()
    for level in reversed(range(levels)):
        head = f"Subject: level {level}\nFrom: a@b.example\nMIME-Version: 1.0\n"
        kind = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"
        text = f"Content-Type: text/plain\n\n{SENTENCE}\n--b{level}\n"
        opening = f"{head}{kind}{text}Content-Type: message/rfc822\n\n"
        mail = opening.encode() + mail + f"\n--b{level}--\n".encode()
    return mail


@pytest.mark.parametrize("levels", [150, 1200])
def test_mails_within_mails_are_read_to_the_limit_of_depth(levels):
    articles, problems = read_all(nested_mail(levels), max_depth=3)
    inner = "!/attachment 1"
    assert list(articles) == ["", inner, inner * 2]
    assert articles[inner * 2].chosen("title") == ("level 2",)
    assert [*problems] == [inner * 3]
    assert problems[inner * 3].startswith("more than 3 containers inside one another")


def test_a_mail_that_is_nothing_but_mails_in_one_another_is_told_in_a_line():
    layer = b"From: a@b.example\nMessage-ID: <6@x>\nContent-Type: message/rfc822\n\n"
    articles, problems = read_all(layer * 900 + make_mail().as_bytes())
    assert articles == {}
    (reason,) = problems.values()
    assert reason.startswith("more than 5 containers inside one another")


@pytest.mark.parametrize("kind", ["related", "mixed"])
def test_parts_some_hundred_deep_are_read(kind):
    parts = b"".join(
        f"Content-Type: multipart/{kind}; boundary=b{number}\n\n--b{number}\n".encode()
        for number in range(400)
    )
    data = b"From: a@b.example\nMessage-ID: <7@x>\nMIME-Version: 1.0\n" + parts
    (extract,) = read(data + b"Content-Type: text/html\n\n" + PAGE_BYTES, name="a.eml")
    assert SENTENCE in extract.text
    (extract,) = read(data + b"Content-Type: text/html\n\n" + PAGE_BYTES, name="a.mhtml")
    assert SENTENCE in extract.text


def test_an_attached_mail_is_read_from_the_bytes_it_has():
    message = make_mail()
    message.add_attachment(make_mail("Zitiert: größer. " + SENTENCE))
    plain = message.as_bytes().replace(b"=C3=B6=C3=9F", "öß".encode())
    articles, problems = read_all(plain)
    assert problems == {}
    assert "größer" in articles["!/attachment 1"].text


def forwarding(inner, encoding):
    """Return a mail with another one attached, said to be encoded as it may not be."""
    return (
        b"From: a@b.example\nMessage-ID: <9@x>\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=outer\n\n--outer\n"
        b"Content-Type: message/rfc822\nContent-Transfer-Encoding: "
        + encoding.encode()
        + b"\n\n"
        + inner
        + b"\n--outer--\n"
    )


def make_forward():
    message = make_mail(f"Zitiert: {FORWARDED}")
    message.add_attachment("The minutes of it.", filename="minutes.txt")
    message.set_boundary("===============1035083438243402399==")
    # Whether bytes beyond ASCII come through unchanged, too.
    return message.as_bytes().replace(b"=C3=B6=C3=9F", "öß".encode())


FORWARDED = f"größer, https://wire.example/?id=30. {SENTENCE}"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "Quoted-Printable", "8bit"])
def test_an_attached_mail_in_the_clear_is_read_whatever_encoding_it_is_said_to_have(encoding):
    articles, problems = read_all(forwarding(make_forward(), encoding))
    assert problems == {}
    inner = "!/attachment 1"
    assert articles[inner].chosen("title") == ("Talks by the river – a note",)
    assert FORWARDED in articles[inner].text
    assert "minutes of it" in articles[f"{inner}!/minutes.txt"].text


@pytest.mark.parametrize("pack", [base64.encodebytes, quopri.encodestring])
@pytest.mark.parametrize("lines", [b"\n", b"\r\n"])
def test_an_attached_mail_that_is_encoded_is_decoded(pack, lines):
    encoding = "base64" if pack is base64.encodebytes else "quoted-printable"
    packed = pack(make_forward().replace(b"\n", lines))
    articles, problems = read_all(forwarding(packed, encoding))
    assert problems == {}
    inner = "!/attachment 1"
    assert FORWARDED in articles[inner].text
    assert "minutes of it" in articles[f"{inner}!/minutes.txt"].text


def test_a_stray_sign_in_an_attached_mail_that_is_quoted_printable_costs_nothing():
    packed = quopri.encodestring(make_forward()) + b"A stray = sign.\n"
    articles, _ = read_all(forwarding(packed, "quoted-printable"))
    assert FORWARDED in articles["!/attachment 1"].text


@pytest.mark.parametrize("signs", ["(" * 20_000, "(" * 9000 + ")" * 9000, '"a@b" :' * 5000])
def test_addresses_nested_without_end_cost_no_text(signs):
    data = f"Message-ID: <8@x>\nFrom: a@b.example {signs}\nSubject: Talks\n\n{SENTENCE}"
    articles, problems = read_all(data.encode())
    assert problems == {}
    assert articles[""].text == f"Talks\n\n{SENTENCE}"


def mbox_of(*messages):
    return b"".join(
        b"From ana@paper.example Tue Mar  4 10:00:00 2014\n" + message + b"\n\n"
        for message in messages
    )


def test_each_message_of_a_mailbox_is_an_article_called_by_its_message_id():
    second = b"Subject: Second\nFrom: bo@wire.example\n\n>From here on it is text.\nFrom now on.\n"
    articles, problems = read_all(
        mbox_of(make_mail().as_bytes(), second, make_mail("Again.").as_bytes()), "a.mbox"
    )
    assert problems == {}
    assert list(articles) == [
        "1@paper.example",
        "message 2",
        "1@paper.example (message 3)",
    ]
    assert articles["message 2"].text == "Second\n\nFrom here on it is text.\n\nFrom now on."
    assert articles["message 2"].blocks[1].kind is Kind.PARAGRAPH


def test_a_sentence_that_begins_with_from_begins_no_message():
    text = f"Subject: One\n\n{SENTENCE}\n\nFrom now on it is text.\n".encode()
    articles, _ = read_all(mbox_of(text, b"Subject: Two\n\nB.\n"), "a.mbox")
    assert list(articles) == ["message 1", "message 2"]
    assert articles["message 1"].text.endswith("From now on it is text.")


def test_a_message_of_a_mailbox_that_is_too_long_costs_itself_only():
    long = b"Subject: Long\n\n" + (SENTENCE.encode() + b"\n") * 100
    short = b"Subject: Short\n\n" + SENTENCE.encode()
    articles, problems = read_all(mbox_of(long, short), "a.mbox", max_member_bytes=2000)
    assert list(articles) == ["message 2"]
    assert problems == {"message 1": "longer than 2,000 bytes"}


def test_a_message_of_a_mailbox_that_is_nested_too_deeply_costs_itself_only():
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(2000)
    )
    deep = b"Subject: Deep\nMIME-Version: 1.0\n" + parts
    messages = (make_mail().as_bytes(), deep, nested_mail(150), make_mail("Again.").as_bytes())
    articles, problems = read_all(mbox_of(*messages), "a.mbox", max_depth=2)
    assert list(articles) == ["1@paper.example", "message 3", "1@paper.example (message 4)"]
    assert "nested too deeply" in problems["message 2"]
    assert [*problems] == ["message 2", "message 3!/attachment 1"]


def make_mhtml(page=PAGE_BYTES):
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.example/talks\r\n"
        b"Subject: =?utf-8?Q?Talks=20by=20the=20river?=\r\nDate: Tue, 4 Mar 2014 10:00:00 -0000\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n'
        b"\r\n--x\r\nContent-Type: text/html\r\n\r\n" + page + b"\r\n--x\r\n"
        b"Content-Type: text/html\r\n\r\n<p>A frame.</p>\r\n--x--\r\n"
    )


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "a"])
def test_a_page_saved_as_mhtml_is_an_article_with_address_and_date(name):
    (extract,) = read(make_mhtml(), name=name)
    assert extract.record == ""
    assert SENTENCE in extract.text
    assert "A frame" not in extract.text
    told = {(m.field, m.value, m.origin) for m in extract.metadata}
    assert ("url", "https://paper.example/talks", "mhtml:Snapshot-Content-Location") in told
    assert ("saved", "2014-03-04T10:00:00", "mhtml:Date") in told
    assert extract.chosen("title") == ("Talks by the river",)


def test_an_mhtml_page_is_decoded_as_its_part_declares():
    words = "Делегаты встретились в старом зале. " * 5
    page = f"<html><body><h1>Шахта</h1><p>{words}</p></body></html>"
    data = make_mhtml(page.encode("koi8-r")).replace(
        b"Content-Type: text/html\r\n", b"Content-Type: text/html; charset=koi8-r\r\n", 1
    )
    (extract,) = read(data, name="a.mhtml")
    assert "Делегаты встретились" in extract.text


def test_an_mhtml_file_without_a_page_is_empty():
    data = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: image/png\n\nx"
    with pytest.raises(EmptySourceError, match="no page in it"):
        list(read(data, name="a.mhtml"))


@pytest.mark.parametrize("encoding", ["7bit", "base64"])
def test_a_page_in_a_mail_that_is_a_part_of_an_mhtml_file_is_read(encoding):
    (extract,) = read(forwarding(make_mhtml(), encoding), name="a.mht")
    assert SENTENCE in extract.text
    assert "A frame" not in extract.text


def test_mails_in_one_another_without_end_are_not_followed_for_a_page():
    layer = b"From: a@b.example\nContent-Type: message/rfc822\n\n"
    with pytest.raises(EmptySourceError, match="no page in it"):
        list(read(layer * 20_000 + make_mhtml(), name="a.mht"))
