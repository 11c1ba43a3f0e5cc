"""Line charts as SVG, with nothing but Python: logarithmic axes, titles, units, legends."""

from xml.sax.saxutils import escape

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b4fa0", "#555555"]
INK, GRID = "#222222", "#dddddd"
LEFT, TOP, BOTTOM, RIGHT = 70, 62, 52, 190


class Panel:
    """One chart: `ticks` of an axis are (place, text); a line is (name, [(x, y)], dashed)."""

    def __init__(self, title, x_title, y_title, x_ticks, y_ticks, lines):
        self.title, self.x_title, self.y_title = title, x_title, y_title
        self.x_ticks, self.y_ticks, self.lines = x_ticks, y_ticks, lines

    def draw(self, left, width, height):
        """The elements of the panel, `left` pixels from the left."""
        x0, x1 = left + LEFT, left + width - RIGHT
        y0, y1 = height - BOTTOM, TOP
        lo_x, hi_x = self.x_ticks[0][0], self.x_ticks[-1][0]
        lo_y, hi_y = self.y_ticks[0][0], self.y_ticks[-1][0]

        def at_x(x):
            return x0 + (x - lo_x) / (hi_x - lo_x) * (x1 - x0)

        def at_y(y):
            return y0 + (min(max(y, lo_y), hi_y) - lo_y) / (hi_y - lo_y) * (y1 - y0)

        out = [text(x0, TOP - 16, self.title, size=14, weight="bold")]
        for place, words in self.x_ticks:
            out.append(line(at_x(place), y0, at_x(place), y1, GRID))
            out.append(text(at_x(place), y0 + 17, words, anchor="middle"))
        for place, words in self.y_ticks:
            out.append(line(x0, at_y(place), x1, at_y(place), GRID))
            out.append(text(x0 - 6, at_y(place) + 4, words, anchor="end"))
        out.append(line(x0, y0, x1, y0, INK) + line(x0, y0, x0, y1, INK))
        out.append(text((x0 + x1) / 2, y0 + 38, self.x_title, anchor="middle"))
        middle = (y0 + y1) / 2
        out.append(text(left + 16, middle, self.y_title, anchor="middle", turn=True))
        for i, (name, points, dashed) in enumerate(self.lines):
            colour = COLOURS[i % len(COLOURS)]
            path = " ".join(f"{at_x(x):.1f},{at_y(y):.1f}" for x, y in points)
            dash = ' stroke-dasharray="5 3"' if dashed else ""
            out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                       f'stroke-width="2"{dash}/>')
            if len(points) < 10:
                out += [f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3" fill="{colour}"/>'
                        for x, y in points]
            row = TOP + 8 + 18 * i
            out.append(f'<line x1="{x1 + 12}" y1="{row}" x2="{x1 + 34}" y2="{row}" '
                       f'stroke="{colour}" stroke-width="2"{dash}/>')
            out.append(text(x1 + 40, row + 4, name))
        return out


def text(x, y, words, size=12, anchor="start", weight="normal", turn=False):
    """A word or more."""
    rotate = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turn else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'font-weight="{weight}" fill="{INK}"{rotate}>{escape(words)}</text>')


def line(x0, y0, x1, y1, colour):
    """A thin line."""
    return (f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" '
            f'stroke="{colour}" stroke-width="1"/>')


def count(power):
    """1, 10, 100, 1 k, ..."""
    return f"{10 ** (power % 3)} {['', 'k', 'M', 'G'][power // 3]}".strip()


def decades(low, high, unit=count):
    """Ticks at the powers of ten that hold everything from low to high."""
    first = last = 0
    while 10 ** (first + 1) <= low:
        first += 1
    while 10 ** last < high:
        last += 1
    return [(power, unit(power)) for power in range(first, max(last, first + 1) + 1)]


def picture(path, title, note, panels, width=620, height=440):
    """Writes panels side by side."""
    whole = width * len(panels)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{height + 24}" '
           f'viewBox="0 0 {whole} {height + 24}" font-family="sans-serif">',
           f"<title>{escape(title)}</title>",
           f'<rect width="{whole}" height="{height + 24}" fill="#ffffff"/>',
           text(16, 22, title, size=16, weight="bold")]
    for i, panel in enumerate(panels):
        out += panel.draw(i * width, width, height)
    out += [text(16, height + 12, note, size=11), "</svg>"]
    path.write_text("\n".join(out) + "\n")
