"""A page as SVG: one file a page, its sizes in millimetres."""

from __future__ import annotations

from xml.sax.saxutils import escape

from wizterm.domain.text import plain
from wizterm.paper.pages import POINT, Box, Page, Shape, Trace

_FACE = "DejaVu Sans, Arial, Helvetica, sans-serif"


def svg(page: Page) -> str:
    size = f'width="{page.width:g}mm" height="{page.height:g}mm" viewBox="0 0 {page.width:g} {page.height:g}"'
    shapes = "\n".join(_shape(shape) for shape in page.shapes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {size}>\n'
        f'<rect width="100%" height="100%" fill="white"/>\n<g font-family="{_FACE}" shape-rendering="crispEdges">\n'
        f"{shapes}\n</g>\n</svg>\n"
    )


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        return f'<rect x="{shape.x:.4f}" y="{shape.y:.4f}" width="{shape.width:.4f}" height="{shape.height:.4f}"/>'
    if isinstance(shape, Trace):
        places = " ".join(f"{x:.3f},{y:.3f}" for x, y in shape.places)
        return f'<polyline points="{places}" fill="none" stroke="black" stroke-width="{shape.thickness:g}"/>'
    weight = ' font-weight="bold"' if shape.bold else ""
    place = f'x="{shape.x:.3f}" y="{shape.y:.3f}" font-size="{shape.points * POINT:.3f}"'
    return f'<text {place} text-anchor="{shape.anchor}"{weight}>{escape(plain(shape.text))}</text>'
