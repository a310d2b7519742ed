"""LaTeX formulae as MathML, which browsers render natively: no script, no other host."""

import re

from markupsafe import Markup

# Code stays as it is, including dollar signs. As in Pandoc, an inline formula neither begins nor ends with a space, and
# no digit follows it, so that prices are not taken for formulae.
_PARTS = re.compile(
    r"""
      (?P<code> ^(?P<fence>```+|~~~+).*?^(?P=fence) | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`) | \\\$ )
    | \$\$(?P<block>.+?)\$\$
    | \$(?P<line>[^\s$](?:[^$]*?[^\s$\\])?)\$(?!\d)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_DELIMITED = re.compile(r"\s*(?:\$\$(.*)\$\$|\$(.*)\$|\\\[(.*)\\\]|\\\((.*)\\\))\s*", re.DOTALL)
_MARKDOWN = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_[]~"})


def mathml(latex: str, *, display: str = "block") -> Markup:
    """A formula as MathML, ``block`` or ``inline``; as code if it can't be parsed."""
    from latex2mathml.converter import convert

    try:
        return Markup(convert(latex, xmlns="", display=display).replace(' xmlns=""', ""))
    except Exception:  # the parser raises a dozen errors with no other common base
        return Markup("<code>{}</code>").format(latex)


def of_output(text: str) -> Markup:
    """The formula in an output of type ``text/latex``, with or without delimiters."""
    found = _DELIMITED.fullmatch(text)
    return mathml(next(filter(None, found.groups()), "") if found else text)


def in_markdown(source: str) -> str:
    """Markdown with its formulae as MathML, in which Markdown's special characters are escaped."""
    return _PARTS.sub(_converted, source) if "$" in source else source


def _converted(found: re.Match[str]) -> str:
    if found["code"]:
        return found["code"]
    display = "block" if found["block"] else "inline"
    return str(mathml(found["block"] or found["line"], display=display)).translate(_MARKDOWN)
