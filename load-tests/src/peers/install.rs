//! Installs a peer's program and its dependencies into a cache folder of this user with the usual clients,
//! once per lock file. The programs are embedded, so that the binary can be moved.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail};
use tokio::process::Command;

use super::Peer;

/// A peer's files; the first is the lock file.
type Files = &'static [(&'static str, &'static str)];

macro_rules! files {
    ($folder:literal: $($name:literal),+) => {
        &[$(($name, include_str!(concat!("../../peers/", $folder, "/", $name)))),+]
    };
}

const BULLMQ: Files =
    files!("bullmq": "package-lock.json", "package.json", "common.mjs", "producer.mjs", "worker.mjs");
const SAQ: Files = files!("saq": "requirements.txt", "common.py", "producer.py", "worker.py");

/// A peer that can be started.
pub(crate) struct Installed {
    peer: Peer,
    folder: PathBuf,
}

impl Installed {
    pub(crate) fn producer(&self) -> Command {
        self.program("producer")
    }

    pub(crate) fn worker(&self) -> Command {
        self.program("worker")
    }

    fn program(&self, name: &str) -> Command {
        match self.peer {
            Peer::Bullmq | Peer::BullmqTogether => {
                let mut node = Command::new("node");
                node.arg(self.folder.join(format!("{name}.mjs"))).env("NODE_ENV", "production");
                node
            }
            Peer::Saq => {
                let mut python = Command::new(self.folder.join("venv/bin/python"));
                python.arg(self.folder.join(format!("{name}.py")));
                python
            }
        }
    }
}

/// Installs missing packages.
pub(crate) async fn install(peer: Peer) -> anyhow::Result<Installed> {
    let (name, files) = match peer {
        Peer::Bullmq | Peer::BullmqTogether => ("bullmq", BULLMQ),
        Peer::Saq => ("saq", SAQ),
    };
    let folder = cache()?.join(folder_name(name, files));
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (file, text) in files {
        std::fs::write(folder.join(file), text)?;
    }
    let installed = folder.join("installed");
    if !installed.is_file() {
        eprintln!("    installing {name} into {}", folder.display());
        match peer {
            Peer::Bullmq | Peer::BullmqTogether => npm(&folder).await?,
            Peer::Saq => pip(&folder).await?,
        }
        std::fs::write(installed, "")?;
    }
    Ok(Installed { peer, folder })
}

/// Another lock file is another folder.
fn folder_name(name: &str, files: Files) -> String {
    let mut hasher = DefaultHasher::new();
    files.first().hash(&mut hasher);
    format!("{name}-{:016x}", hasher.finish())
}

fn cache() -> anyhow::Result<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = from("XDG_CACHE_HOME").or_else(|| Some(from("HOME")?.join(".cache")));
    Ok(base.context("neither XDG_CACHE_HOME nor HOME is set")?.join("wahana/load-tests"))
}

/// `npm ci` wants the optional packages of every platform in the lock file, and not every registry has them
/// all.
async fn npm(folder: &Path) -> anyhow::Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    finish(
        npm,
        "npm",
        "install Node.js 20.18 or newer with npm (https://nodejs.org), or leave BullMQ out: --peers saq",
    )
    .await
}

async fn pip(folder: &Path) -> anyhow::Result<()> {
    let hint = "install Python 3.10 or newer with venv (https://www.python.org), or leave SAQ out: --peers bullmq,bullmq-together";
    let venv = folder.join("venv");
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&venv);
    finish(make, "python3", hint).await?;
    let mut pip = Command::new(venv.join("bin/pip"));
    pip.args(["install", "--quiet", "--no-deps", "-r"]).arg(folder.join("requirements.txt"));
    finish(pip, "pip", hint).await
}

async fn finish(mut command: Command, name: &str, hint: &str) -> anyhow::Result<()> {
    let ended = command.stdin(Stdio::null()).output().await;
    let output = ended.with_context(|| format!("cannot run {name}: {hint}"))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("{name} ended with {}: {hint}\n{words}", output.status);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_a_peer_is_there_and_locked() {
        for (_, text) in BULLMQ.iter().chain(SAQ) {
            assert!(!text.is_empty());
        }
        let lock: serde_json::Value = serde_json::from_str(BULLMQ[0].1).unwrap();
        let wanted: serde_json::Value = serde_json::from_str(BULLMQ[1].1).unwrap();
        assert_eq!(lock["packages"][""]["dependencies"], wanted["dependencies"]);
        for (name, package) in lock["packages"].as_object().unwrap() {
            assert!(name.is_empty() || package["integrity"].is_string(), "{name} has no checksum");
            assert!(package["resolved"].is_null(), "{name} names a registry");
        }
        assert!(SAQ[0].1.lines().filter(|l| !l.starts_with('#')).all(|line| line.contains("==")));
    }

    #[test]
    fn another_lock_is_another_folder() {
        let other: Files = &[("package-lock.json", "{}")];
        assert_ne!(folder_name("bullmq", BULLMQ), folder_name("bullmq", other));
        assert_eq!(folder_name("bullmq", BULLMQ), folder_name("bullmq", BULLMQ));
    }

    #[tokio::test]
    async fn what_is_missing_is_said() {
        let missing = finish(Command::new("no-such-program-at-all"), "npm", "install Node.js").await;
        assert!(missing.unwrap_err().to_string().contains("cannot run npm: install Node.js"));
        let mut failing = Command::new("sh");
        failing.args(["-c", "echo no network >&2; exit 3"]);
        assert!(finish(failing, "npm", "hint").await.unwrap_err().to_string().contains("no network"));
    }
}
