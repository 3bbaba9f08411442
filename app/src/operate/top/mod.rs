//! `wahana top`: the installation at a glance, every second, in a terminal. It asks Postgres and Redis itself, so it works
//! while no API runs.

mod draw;
mod gather;

use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};
use wahana_config::Config;
use wahana_store::operator::controls::{Hold, Target};

use crate::cli::TopArgs;
use crate::wire;
use draw::{Focus, Screen};
use gather::Gatherer;

/// Between two looks.
const REFRESH: Duration = Duration::from_secs(1);

/// Shows it until `q`, or once.
pub(super) async fn run(config: &Config, args: &TopArgs) -> anyhow::Result<()> {
    let system = wire::cli_system(config).await?;
    let mut gatherer = Gatherer::new(
        wire::store(config, wahana_store::Plans::PerValue)?,
        system,
        wire::queue(config).await?,
    );
    if args.once {
        let screen = Screen { view: gatherer.look().await?, focus: Focus::All, question: false };
        print!("{}", plain(&screen, args.width, args.height)?);
        return Ok(());
    }
    let mut terminal = ratatui::try_init()?;
    let ended = watch(&mut terminal, &mut gatherer).await;
    ratatui::restore();
    ended
}

async fn watch(terminal: &mut ratatui::DefaultTerminal, gatherer: &mut Gatherer) -> anyhow::Result<()> {
    let mut screen = Screen { view: gatherer.look().await?, focus: Focus::All, question: false };
    loop {
        terminal.draw(|frame| draw::draw(frame, &screen))?;
        let next = tokio::time::Instant::now() + REFRESH;
        while let Some(key) = key_until(next)? {
            match (screen.question, key) {
                (true, KeyCode::Char('y')) => {
                    gatherer.hold(Target::Hold(Hold::Outbound), !screen.view.outbound_held).await?;
                    screen.question = false;
                    break;
                }
                (true, _) => screen.question = false,
                (false, KeyCode::Char('q') | KeyCode::Esc) => return Ok(()),
                (false, KeyCode::Char('p')) => screen.question = true,
                (false, KeyCode::Tab) => screen.focus = screen.focus.next(),
                _ => {}
            }
            terminal.draw(|frame| draw::draw(frame, &screen))?;
        }
        // A database that is away for a moment leaves the last picture, and says so.
        match gatherer.look().await {
            Ok(view) => screen.view = view,
            Err(error) => screen.view.trouble = Some(format!("{error:#}")),
        }
    }
}

/// The next key that is pressed before `until`.
fn key_until(until: tokio::time::Instant) -> anyhow::Result<Option<KeyCode>> {
    tokio::task::block_in_place(|| {
        loop {
            let left = until.saturating_duration_since(tokio::time::Instant::now());
            if !event::poll(left)? {
                return Ok(None);
            }
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Press => return Ok(Some(key.code)),
                _ => {}
            }
        }
    })
}

/// The screen as lines of text.
fn plain(screen: &Screen, width: u16, height: u16) -> anyhow::Result<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, height))?;
    terminal.draw(|frame| draw::draw(frame, screen))?;
    Ok(lines(terminal.backend().buffer()))
}

fn lines(buffer: &Buffer) -> String {
    let row = |y| {
        let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    (0..buffer.area.height).map(row).collect()
}

#[cfg(test)]
mod tests;
