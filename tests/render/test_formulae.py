"""Formulae as MathML: in Markdown, and as a cell's output."""

import re

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from prolo_dash.render.formulae import in_markdown, of_output


def shown(source: str) -> str:
    """The words of what Markdown makes of it, formulae in brackets."""
    html = markdown2html_mistune(in_markdown(source))
    return re.sub(r"<[^>]+>", "", re.sub(r"<math[^>]*>(.*?)</math>", r"[\1]", html, flags=re.DOTALL)).strip()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("An error of $x_1$ here.", "An error of [x1] here."),
        ("Twice: $a*b$ and $c*d$.", "Twice: [a*b] and [c*d]."),
        ("$$\nx^2\n$$", "[x2]"),
        ("It costs $20, then $30.", "It costs $20, then $30."),
        ("From $5 to 6$7.", "From $5 to 6$7."),
        (r"A \$ sign and $x$.", "A $ sign and [x]."),
        ("The code `$x$` of $y$.", "The code $x$ of [y]."),
        ("```\n$x$\n```\n\n$y$", "$x$\n\n[y]"),
    ],
)
def test_what_is_a_formula_is_shown_as_one_and_nothing_else_is(source: str, words: str) -> None:
    assert shown(source) == words


def test_a_formula_in_a_heading_leaves_its_anchor_readable() -> None:
    assert 'id="The-share-p"' in markdown2html_mistune(in_markdown("## The share $p$"))


def test_a_fraction_is_drawn_as_a_fraction() -> None:
    assert re.search(r"<mfrac><mrow><mi>p</mi></mrow><mrow><mi>n</mi></mrow></mfrac>", in_markdown(r"$\frac{p}{n}$"))


@pytest.mark.parametrize("text", ["x^2", "$x^2$", "$$x^2$$", r"\[x^2\]", r"\(x^2\)"])
def test_an_output_may_have_the_marks_of_a_formula_or_not(text: str) -> None:
    assert of_output(text) == of_output("x^2")
    assert "<msup>" in of_output(text)


def test_a_formula_that_is_not_understood_is_shown_as_it_is_written_and_is_no_markup() -> None:
    assert of_output("<b>_1_2") == "<code>&lt;b&gt;_1_2</code>"
