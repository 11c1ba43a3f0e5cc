//! The equity curve as a picture: equity, what is held, drawdown; trips marked.

use crate::desk::BALANCE;
use crate::journal::{Journal, Point};
use crate::session::Session;
use crate::text::{clock, date, money, percent};

/// Pixels.
const WIDTH: i64 = 960;
const HEIGHT: i64 = 540;
const LEFT: i64 = 96;
const RIGHT: i64 = 916;
/// Of equity, of the band of positions, of drawdown.
const EQUITY: (i64, i64) = (76, 330);
const BAND: (i64, i64) = (338, 350);
const DRAWDOWN: (i64, i64) = (374, 488);

/// Lengths of time between the marks of the axis, seconds.
const TIMES: [u64; 18] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
    86_400,
];

/// Places of times and values, in tenths of a pixel.
struct Plot<'a> {
    points: &'a [Point],
    first: u64,
    /// Milliseconds, at least one.
    span: i64,
    out: String,
}

/// 1 234 tenths as 123.4.
fn tenths(n: i64) -> String {
    format!("{}.{}", n / 10, n % 10)
}

/// As XML wants it.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The picture.
pub(crate) fn svg(session: &Session, journal: &Journal) -> String {
    let points = &journal.points[..];
    let first = points.first().map_or(0, |point| point.at);
    let last = points.last().map_or(first, |point| point.at);
    let span = i64::try_from((last - first) / 1_000_000).unwrap_or(i64::MAX).max(1);
    let mut plot = Plot { points, first, span, out: String::new() };
    plot.out += &format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Backtest of {0}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n\
         <text x=\"16\" y=\"24\" font-size=\"16\" font-weight=\"bold\">Backtest of {0}</text>\n\
         <text x=\"16\" y=\"44\">{1}, {2} UTC on; {3} fills, {4} trips of the breaker</text>\n",
        session.symbol,
        escaped(&session.source),
        date(first),
        journal.executions.len(),
        journal.trips.len()
    );
    plot.times(last);
    plot.equity();
    plot.band();
    plot.drawdown();
    plot.trips(&journal.trips);
    plot.out + "</svg>\n"
}

/// A step of 1, 2 or 5 × 10^n of which about five make up a range.
fn step(range: i64) -> i64 {
    let mut unit = 1;
    loop {
        for times in [1, 2, 5] {
            if range / (unit * times) <= 5 {
                return unit * times;
            }
        }
        unit *= 10;
    }
}

/// Values from low to high stand between these heights, pixels.
struct Scale {
    low: i64,
    high: i64,
    top: i64,
    bottom: i64,
}

impl Scale {
    /// Tenths of a pixel.
    fn place(&self, value: i64) -> i64 {
        let down = i128::from(self.high - value) * i128::from((self.bottom - self.top) * 10);
        let down = down / i128::from((self.high - self.low).max(1));
        self.top * 10 + i64::try_from(down).unwrap_or(0)
    }
}

impl Plot<'_> {
    fn x(&self, at: u64) -> i64 {
        let millis = i64::try_from(at.saturating_sub(self.first) / 1_000_000).unwrap_or(0);
        LEFT * 10 + millis.min(self.span) * (RIGHT - LEFT) * 10 / self.span
    }

    fn line(&mut self, (x1, y1): (i64, i64), (x2, y2): (i64, i64), style: &str) {
        let (x1, y1, x2, y2) = (tenths(x1), tenths(y1), tenths(x2), tenths(y2));
        self.out += &format!("<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {style}/>\n");
    }

    fn words(&mut self, (x, y): (i64, i64), anchor: &str, words: &str) {
        let (x, y) = (tenths(x), tenths(y));
        self.out += &format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{words}</text>\n");
    }

    /// Vertical lines, and the times below.
    fn times(&mut self, last: u64) {
        let seconds = (last - self.first) / 1_000_000_000;
        let each = TIMES.into_iter().find(|each| seconds / each <= 8).unwrap_or(172_800);
        let nanos = each * 1_000_000_000;
        let mut at = self.first.div_ceil(nanos) * nanos;
        while at <= last {
            let x = self.x(at);
            self.line((x, EQUITY.0 * 10), (x, DRAWDOWN.1 * 10), "stroke=\"#dddddd\"");
            let clock = clock(at);
            self.words((x, DRAWDOWN.1 * 10 + 160), "middle", &clock);
            at += nanos;
        }
        self.words(((LEFT + RIGHT) * 5, DRAWDOWN.1 * 10 + 360), "middle", "time, UTC");
    }

    /// Horizontal lines and their values.
    fn scale(&mut self, scale: &Scale, name: &str, text: impl Fn(i64) -> String) {
        let Scale { low, high, top, .. } = *scale;
        let each = step((high - low).max(1));
        let mut value = (low + each - 1).div_euclid(each) * each;
        while value <= high {
            let y = scale.place(value);
            self.line((LEFT * 10, y), (RIGHT * 10, y), "stroke=\"#dddddd\"");
            self.words((LEFT * 10 - 60, y + 40), "end", &text(value));
            value += each;
        }
        self.words((LEFT * 10, top * 10 - 60), "start", name);
    }

    fn polyline(&mut self, place: impl Fn(&Point) -> i64, colour: &str) {
        let places: Vec<String> = self
            .points
            .iter()
            .map(|point| format!("{},{}", tenths(self.x(point.at)), tenths(place(point))))
            .collect();
        let places = places.join(" ");
        self.out += &format!(
            "<polyline points=\"{places}\" fill=\"none\" stroke=\"{colour}\" \
             stroke-width=\"1.5\"/>\n"
        );
    }

    fn equity(&mut self) {
        let values = || self.points.iter().map(|point| point.equity);
        let low = values().min().unwrap_or(BALANCE).min(BALANCE);
        let high = values().max().unwrap_or(BALANCE).max(BALANCE);
        let margin = ((high - low) / 20).max(1);
        let (top, bottom) = EQUITY;
        let scale = Scale { low: low - margin, high: high + margin, top, bottom };
        self.scale(&scale, "equity, currency", money);
        let begin = scale.place(BALANCE);
        let style = "stroke=\"#777777\" stroke-dasharray=\"4 3\"";
        self.line((LEFT * 10, begin), (RIGHT * 10, begin), style);
        self.polyline(|point| scale.place(point.equity), "#0072b2");
    }

    /// What was held: long above, short below.
    fn band(&mut self) {
        let middle = (BAND.0 + BAND.1) * 5;
        self.words((LEFT * 10 - 60, middle + 40), "end", "long / short");
        let points = self.points;
        for run in points.chunk_by(|a, b| a.position.signum() == b.position.signum()) {
            let (y, colour) = match run[0].position.signum() {
                1 => (BAND.0 * 10, "#009e73"),
                -1 => (middle, "#d55e00"),
                _ => continue,
            };
            let (from, to) = (self.x(run[0].at), self.x(run[run.len() - 1].at));
            let (x, y, wide) = (tenths(from), tenths(y), tenths((to - from).max(10)));
            self.out += &format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"6\" fill=\"{colour}\"/>\n"
            );
        }
    }

    fn drawdown(&mut self) {
        let worst = self.points.iter().map(|point| point.drawdown).max().unwrap_or(0).max(10_000);
        let name = "drawdown from the highest equity";
        let scale = Scale { low: -worst, high: 0, top: DRAWDOWN.0, bottom: DRAWDOWN.1 };
        self.scale(&scale, name, |value| percent(-value));
        self.polyline(|point| scale.place(-point.drawdown), "#cc79a7");
    }

    fn trips(&mut self, trips: &[u64]) {
        for &at in trips {
            let x = self.x(at);
            let style = "stroke=\"#c00000\" stroke-dasharray=\"3 3\"";
            self.line((x, EQUITY.0 * 10), (x, DRAWDOWN.1 * 10), style);
        }
        if !trips.is_empty() {
            let (x, y) = (RIGHT - 130, EQUITY.0 - 10);
            let style = "stroke=\"#c00000\" stroke-dasharray=\"3 3\"";
            self.line((x * 10, y * 10), (x * 10 + 240, y * 10), style);
            self.words((x * 10 + 300, y * 10 + 40), "start", "the breaker trips");
        }
    }
}
