//! The picture of one look. Pure: the same look gives the same picture.

use chrono::TimeDelta;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style, Stylize};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Row, Table};
use wahana_store::jobs::workers::Worker;

use super::gather::{LaneLine, QueueLine, View};

/// Cells of a bar of slots.
const BAR: usize = 10;

/// Which pane has the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// All share it.
    All,
    /// The lanes.
    Lanes,
    /// The workers.
    Workers,
    /// The nodes.
    Nodes,
    /// The errors.
    Errors,
}

impl Focus {
    /// The one after it.
    pub(crate) const fn next(self) -> Self {
        match self {
            Self::All => Self::Lanes,
            Self::Lanes => Self::Workers,
            Self::Workers => Self::Nodes,
            Self::Nodes => Self::Errors,
            Self::Errors => Self::All,
        }
    }
}

/// What is on the screen.
pub(crate) struct Screen {
    pub(crate) view: View,
    pub(crate) focus: Focus,
    /// Whether it asks if everything outbound is to be held, or let go.
    pub(crate) question: bool,
}

/// Draws it.
pub(crate) fn draw(frame: &mut Frame<'_>, screen: &Screen) {
    let view = &screen.view;
    let rows = [Constraint::Length(1), Constraint::Length(7), Constraint::Fill(1), Constraint::Length(1)];
    let [head, top, body, foot] = Layout::vertical(rows).areas(frame.area());
    frame.render_widget(headline(view), head);
    queues(frame, top, view);
    match screen.focus {
        Focus::All => panes(frame, body, view),
        Focus::Lanes => lanes(frame, body, &view.lanes),
        Focus::Workers => workers(frame, body, view),
        Focus::Nodes => nodes(frame, body, view),
        Focus::Errors => errors(frame, body, view),
    }
    frame.render_widget(footline(screen), foot);
}

fn panes(frame: &mut Frame<'_>, area: Rect, view: &View) {
    let [left, right] =
        Layout::horizontal([Constraint::Percentage(58), Constraint::Percentage(42)]).areas(area);
    let [upper, lower] =
        Layout::vertical([Constraint::Percentage(60), Constraint::Percentage(40)]).areas(left);
    lanes(frame, upper, &view.lanes);
    workers(frame, lower, view);
    let [upper, lower] =
        Layout::vertical([Constraint::Percentage(45), Constraint::Percentage(55)]).areas(right);
    nodes(frame, upper, view);
    errors(frame, lower, view);
}

fn headline(view: &View) -> Line<'static> {
    let mut line = Line::from(format!(
        "wahana  {}  {:.1} messages/s  {} workers",
        view.now.format("%H:%M:%S UTC"),
        view.rate,
        view.workers.iter().filter(|w| !w.is_lost(view.now)).count(),
    ));
    if view.outbound_held {
        line.push_span("  OUTBOUND HELD".bold().red());
    }
    let others = view.controls.iter().filter(|control| control.paused).count();
    if others > 0 {
        line.push_span(format!("  {others} holds").yellow());
    }
    line
}

fn footline(screen: &Screen) -> Line<'static> {
    if screen.question {
        let act =
            if screen.view.outbound_held { "let everything outbound go" } else { "hold everything outbound" };
        return Line::from(format!("{act}? y / n")).bold().yellow();
    }
    match &screen.view.trouble {
        Some(trouble) => Line::from(format!("not fresh: {trouble}")).red(),
        None => Line::from("q quit   tab next pane   p hold outbound").dim(),
    }
}

fn pane(title: impl Into<String>) -> Block<'static> {
    Block::bordered().title(title.into()).border_style(Style::new().fg(Color::DarkGray))
}

fn heads<const N: usize>(names: [&'static str; N]) -> Row<'static> {
    Row::new(names).bold()
}

fn queues(frame: &mut Frame<'_>, area: Rect, view: &View) {
    let title = if view.at_least { "Queues (counts: at least)" } else { "Queues" };
    let row = |queue: &QueueLine| {
        let held = if queue.held { "held" } else { "" };
        let cells = [
            queue.name.to_owned(),
            queue.pending.to_string(),
            queue.released.to_string(),
            queue.running.to_string(),
            queue.dead.to_string(),
            span(queue.oldest_runnable),
            held.to_owned(),
        ];
        let row = Row::new(cells);
        if queue.oldest_runnable > TimeDelta::seconds(60) { row.red() } else { row }
    };
    let table = Table::new(
        view.queues.iter().map(row),
        [
            Constraint::Length(12),
            Constraint::Length(9),
            Constraint::Length(9),
            Constraint::Length(9),
            Constraint::Length(9),
            Constraint::Length(16),
            Constraint::Fill(1),
        ],
    );
    let heads = heads(["QUEUE", "PENDING", "RUNNABLE", "RUNNING", "DEAD", "OLDEST RUNNABLE", ""]);
    frame.render_widget(table.header(heads).block(pane(title)), area);
}

fn lanes(frame: &mut Frame<'_>, area: Rect, lines: &[LaneLine]) {
    let row = |lane: &LaneLine| {
        let age = lane.age.map_or_else(String::new, span);
        let until = lane.resumes_in.map_or_else(String::new, |left| format!(" {}", span(left)));
        Row::new([
            lane.name.clone(),
            lane.waiting.to_string(),
            lane.running.to_string(),
            age,
            format!("{}{until}", lane.waits_for),
        ])
    };
    let widths = [
        Constraint::Fill(1),
        Constraint::Length(5),
        Constraint::Length(4),
        Constraint::Length(6),
        Constraint::Length(14),
    ];
    let table =
        Table::new(lines.iter().map(row), widths).header(heads(["LANE", "WAIT", "RUN", "AGE", "WAITS FOR"]));
    frame.render_widget(table.block(pane("Lanes")), area);
}

fn workers(frame: &mut Frame<'_>, area: Rect, view: &View) {
    let row = |worker: &Worker| {
        let used =
            worker.slots.0.values().fold((0, 0), |(running, most), s| (running + s.running, most + s.most));
        let state = if worker.is_lost(view.now) {
            "lost"
        } else if worker.draining {
            "drains"
        } else {
            ""
        };
        let row = Row::new([
            format!("{} {}", worker.host, worker.owner),
            bar(used.0, used.1),
            format!("{}/{}", used.0, used.1),
            format!("{} {state}", span((view.now - worker.seen_at).max(TimeDelta::zero()))),
        ]);
        if worker.is_lost(view.now) { row.red() } else { row }
    };
    let widths =
        [Constraint::Fill(1), Constraint::Length(BAR as u16), Constraint::Length(9), Constraint::Length(8)];
    let table =
        Table::new(view.workers.iter().map(row), widths).header(heads(["WORKER", "SLOTS", "", "SEEN"]));
    frame.render_widget(table.block(pane("Workers")), area);
}

fn nodes(frame: &mut Frame<'_>, area: Rect, view: &View) {
    let row = |node: &wahana_store::fleet::nodes::Node| {
        let state = match (&node.error, node.cordoned) {
            (Some(error), _) => error.clone(),
            (None, true) => "cordoned".to_owned(),
            (None, false) => "ok".to_owned(),
        };
        let row = Row::new([node.name.clone(), format!("{}/{}", node.sessions, node.capacity), state]);
        if node.error.is_some() { row.red() } else { row }
    };
    let widths = [Constraint::Max(16), Constraint::Length(9), Constraint::Fill(1)];
    let table = Table::new(view.nodes.iter().map(row), widths).header(heads(["NODE", "SESSIONS", "STATE"]));
    frame.render_widget(table.block(pane("Nodes")), area);
}

fn errors(frame: &mut Frame<'_>, area: Rect, view: &View) {
    if view.errors.is_empty() {
        frame.render_widget(Paragraph::new("none").block(pane("Errors, 15 minutes")), area);
        return;
    }
    let row = |error: &wahana_store::operator::overview::CountedErrors| {
        Row::new([
            error.code.clone(),
            error.attempts.to_string(),
            span((view.now - error.last).max(TimeDelta::zero())),
        ])
    };
    let widths = [Constraint::Fill(1), Constraint::Length(6), Constraint::Length(6)];
    let table = Table::new(view.errors.iter().map(row), widths).header(heads(["CODE", "TRIES", "AGO"]));
    frame.render_widget(table.block(pane("Errors, 15 minutes")), area);
}

/// A bar as full as `used` is of `most`.
pub(super) fn bar(used: usize, most: usize) -> String {
    let full = (used * BAR).div_ceil(most.max(1)).min(BAR);
    "█".repeat(full) + &"░".repeat(BAR - full)
}

/// A span of time in its largest unit.
pub(super) fn span(time: TimeDelta) -> String {
    let seconds = time.num_seconds();
    match seconds {
        ..0 => "0s".to_owned(),
        0..120 => format!("{seconds}s"),
        120..7_200 => format!("{}m", seconds / 60),
        7_200..172_800 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    }
}
