//! Old and new binaries work side by side during a deploy, and jobs outlive both: what an earlier version recorded has to
//! read for ever. `samples/<version>.json` is what that version wrote; files are added with a release, never changed.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use wahana_jobs::AnyJob;

#[derive(Deserialize)]
struct Recorded {
    kind: String,
    payload: Value,
}

#[test]
fn jobs_of_earlier_versions_read_and_keep_what_they_carry() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut files: Vec<_> =
        folder.read_dir().expect("samples").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a sample");
        let jobs: Vec<Recorded> = serde_json::from_str(&text).expect("a list of jobs");
        assert!(!jobs.is_empty(), "{}", file.display());
        for Recorded { kind, payload } in jobs {
            let job = AnyJob::decode(&kind, payload.clone())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let now = job.payload().expect("it can be recorded again");
            for (field, value) in payload.as_object().expect("an object") {
                assert_eq!(now.get(field), Some(value), "{kind} of {} lost {field}", file.display());
            }
        }
    }
}
