//! docs/states shows the tables of states as they are. `UPDATE=1 cargo test -p wahana-domain` rewrites it.

use std::path::Path;

use wahana_domain::campaigns::CampaignState;
use wahana_domain::messages::MessageState;

#[test]
fn the_diagrams_show_the_tables() {
    for (name, diagram) in [("message", MessageState::mermaid()), ("campaign", CampaignState::mermaid())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/states/{name}.mmd"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &diagram).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, diagram, "{} is out of date: run this test with UPDATE=1", path.display());
    }
}
