"""Lines that a web page leaves at the ends of a copied article: 'Leave a review', 'Share this'."""

from __future__ import annotations

import re

# Compared without case and closing punctuation.
_PHRASES = """
leave a review|leave a comment|leave a reply|write a comment|add a comment|post a comment|comments|
no comments|no comments yet|be the first to comment|read more|read also|read next|see also more|
continue reading|show more|load more|share|share this|share this article|share this story|
share this post|share on facebook|share on twitter|share on x|share on whatsapp|share on linkedin|
share via email|tweet|tweet this|like this|print|print this page|print this article|email this|
copy link|subscribe|subscribe now|subscribe to our newsletter|sign up|sign up now|
sign up for our newsletter|sign in|log in|advertisement|advertisement - scroll to continue|
sponsored content|related articles|related posts|related news|you may also like|most read|
back to top|all rights reserved|skip to content|skip to main content|menu|
kommentar schreiben|kommentar hinterlassen|kommentare|mehr lesen|weiterlesen|mehr erfahren|teilen|
artikel teilen|beitrag teilen|drucken|anzeige|werbung|abonnieren|newsletter abonnieren|nach oben|
jetzt anmelden|zum seitenanfang|das könnte sie auch interessieren|
laisser un commentaire|commentaires|lire la suite|lire aussi|partager|partager cet article|
imprimer|publicité|s'abonner|abonnez-vous|haut de page|
deja un comentario|dejar un comentario|comentarios|leer más|seguir leyendo|compartir|imprimir|
publicidad|suscríbete|suscribirse|
lascia un commento|commenti|leggi tutto|leggi anche|continua a leggere|condividi|stampa|pubblicità|
iscriviti|abbonati|
deixe um comentário|deixe uma resposta|comentários|leia mais|leia também|continuar lendo|
compartilhar|compartilhe|imprimir|publicidade|assine|inscreva-se|
оставить комментарий|оставить отзыв|оставьте комментарий|комментарии|комментировать|
читать далее|читать дальше|читайте также|подробнее|поделиться|распечатать|версия для печати|
реклама|подписаться|подпишитесь|подписаться на рассылку|наверх|
yorum yap|yorum yaz|yorumlar|devamını oku|devamı|daha fazla oku|paylaş|bu haberi paylaş|yazdır|
reklam|abone ol|bültene abone ol|
rəy yaz|rəy bildir|şərh yaz|şərhlər|ardını oxu|davamını oxu|daha ətraflı|paylaş|çap et|
abunə ol|reklam|
اترك تعليقا|اترك تعليقًا|التعليقات|اقرأ المزيد|اقرأ أيضا|اقرأ أيضًا|شارك|مشاركة|اطبع|إعلان|اشترك
"""
_KNOWN = frozenset(phrase.strip() for phrase in _PHRASES.replace("\n", "").split("|"))
_FOLLOW = re.compile(
    r"(?:follow|find|like|join) us(?: on)?\b.{0,60}|folgen sie uns\b.{0,60}|suivez-nous\b.{0,60}|"
    r"síguenos\b.{0,60}|seguici\b.{0,60}|siga-nos\b.{0,60}|подписывайтесь на\b.{0,60}|"
    r"bizi takip edin\b.{0,60}|bizi .{0,30}izləyin|تابعنا.{0,60}|"
    r"©.{0,80}|copyright ©.{0,80}|\d+ (?:comments?|shares?|views)"
)
_CLOSING = " \t.!…:>»→›|*-–—"
# Right after a sentence, without a space: `homeland.Leave a review`. Two words at least, so that
# no file name or address (`example.Print`) is taken for it.
_GLUED = re.compile(
    r"(?<=[.!?…\"”»)])(?:{})[{}]*$".format(
        "|".join(
            re.escape(phrase) for phrase in sorted(_KNOWN, key=len, reverse=True) if " " in phrase
        ),
        re.escape(_CLOSING),
    ),
    re.IGNORECASE,
)
_LONGEST = 100


def is_boilerplate(line: str) -> bool:
    """Whether `line` as a whole is an invitation or a label of a web page, not of an article."""
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return False
    core = " ".join(line.casefold().strip(_CLOSING).split())
    return core in _KNOWN or _FOLLOW.fullmatch(core) is not None


def without_glued(line: str) -> str:
    """Return `line` without a known phrase that follows its last sentence without a space."""
    return _GLUED.sub("", line)


def trim_boilerplate(lines: list[str]) -> list[str]:
    """Return `lines` with boilerplate at the beginning and the end made empty.

    Line numbers stay. Lines further in stay as they are, and so does a text that has nothing else.
    """
    trimmed = list(lines)
    for order in (range(len(trimmed)), range(len(trimmed) - 1, -1, -1)):
        for index in order:
            if is_boilerplate(trimmed[index]):
                trimmed[index] = ""
            elif trimmed[index].strip():
                if order.step < 0:
                    trimmed[index] = without_glued(trimmed[index].rstrip())
                break
    return trimmed if any(line.strip() for line in trimmed) else lines
