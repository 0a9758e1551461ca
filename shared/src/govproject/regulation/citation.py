"""Where a rule comes from. A citation is data: checked against the text, shown to units."""

from dataclasses import dataclass

from govproject.regulation.text import TITLE


@dataclass(frozen=True, slots=True)
class Citation:
    """One clause of a document.

    Args:
        article: the article's number, digits only for the regulation ("27").
        clause: which separable duty of the article, as in the ledger ("2", "（一）").
        quote: the words relied on; `…` stands for words left out.
        source: the document; a department's own rule names its own.
    """

    article: str
    clause: str
    quote: str
    source: str = TITLE

    def in_words(self) -> str:
        """How an official cites it.

        >>> Citation("27", "2", "…").in_words()
        '第27条'
        >>> Citation("2", "1", "…", source="亭财〔2026〕3号").in_words()
        '亭财〔2026〕3号第2条'
        """
        return f"{'' if self.source == TITLE else self.source}第{self.article}条"
