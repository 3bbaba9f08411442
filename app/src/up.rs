//! Everything in one process. What the settings do not name is private: Postgres, Redis, the simulator.

#[cfg(feature = "dev")]
use std::time::Duration;

use secrecy::SecretString;
use wahana_config::{Config, load_or_create_keys};
use wahana_embedded::{Options, Services};
#[cfg(feature = "dev")]
use wahana_waha_sim::{SimConfig, SimHandle, SimServer};

use crate::cli::UpArgs;
use crate::roles;
use crate::wire::{Process, logs};

/// A stack in this process.
pub(crate) struct Stack {
    pub(crate) process: Process,
    services: Option<Services>,
}

/// Runs the stack until Ctrl-C.
pub(crate) async fn run(mut config: Config, args: &UpArgs) -> anyhow::Result<()> {
    logs(&config, "wahana")?;
    if args.data.is_some() {
        config.data.dir.clone_from(&args.data);
    }
    let options = Options::keep(config.data.dir.clone());
    // Phones of the simulator answer like people do; a session is paired by a control call or by itself.
    #[cfg(feature = "dev")]
    let sim = {
        let wanted = SimConfig { auto_scan: Some(Duration::from_secs(5)), ..SimConfig::default() };
        simulator(&mut config, wanted).await?
    };
    #[cfg(feature = "dev")]
    let simulated = sim.is_some();
    #[cfg(not(feature = "dev"))]
    let simulated = false;
    let stack = Stack::start(config, options).await?;
    stack.introduce(simulated)?;
    let finished = stack.process.shutdown.finished().await;
    stack.stop().await;
    #[cfg(feature = "dev")]
    if let Some(sim) = sim {
        sim.stop().await;
    }
    finished
}

/// Starts the simulator if the settings name no WAHA, and makes it theirs.
#[cfg(feature = "dev")]
pub(crate) async fn simulator(config: &mut Config, wanted: SimConfig) -> anyhow::Result<Option<SimHandle>> {
    if config.waha.url.is_some() {
        return Ok(None);
    }
    let sim = SimServer::start(wanted).await?;
    config.waha.url = Some(sim.base_url());
    Ok(Some(sim))
}

impl Stack {
    /// Starts what the settings do not name, then all roles.
    pub(crate) async fn start(mut config: Config, options: Options) -> anyhow::Result<Self> {
        let services = if config.database.url.is_some() && config.redis.url.is_some() {
            None
        } else {
            Some(Services::start(options).await?)
        };
        // There is one process: nobody balances between several.
        config.http.unready_seconds = 0;
        if let Some(services) = &services {
            config.database.url.get_or_insert_with(|| SecretString::from(services.database_url.clone()));
            config.redis.url.get_or_insert_with(|| SecretString::from(services.redis_url.clone()));
        }
        let keys_dir = services.as_ref().map_or_else(
            || config.data.dir.clone().unwrap_or_else(wahana_embedded::default_data_dir),
            |s| s.data_dir.clone(),
        );
        std::fs::create_dir_all(&keys_dir)?;
        load_or_create_keys(&mut config, &keys_dir, rand::random())?;
        if services.is_some() {
            crate::media::default_folder(&mut config, &keys_dir);
        }
        let process = Process::new(config, wahana_store::Plans::PerValue)?;
        process.store.migrate().await?;
        process.register_node().await?;
        roles::serve(&process).await?;
        let queue = process.queue().await?;
        roles::work(&process, queue.clone())?;
        roles::schedule(&process, queue);
        Ok(Self { process, services })
    }

    fn introduce(&self, simulated: bool) -> anyhow::Result<()> {
        let url = self.process.config.public_url()?;
        println!("\n  Wahana is up.\n");
        match crate::dashboard::file("index.html") {
            Some(_) => println!("  dashboard      {url}"),
            None => println!("  dashboard      not built: it needs Node, see {url}"),
        }
        println!("  API            {url}api/v1");
        println!("  API docs       {url}api/docs");
        println!("  metrics        {url}metrics");
        if let Some(waha) = &self.process.config.waha.url {
            let waha = waha.as_str().trim_end_matches('/');
            let what =
                if simulated { " (simulator: every session is scanned by itself after 5 s)" } else { "" };
            println!("  WAHA           {waha}{what}");
        }
        match &self.services {
            Some(services) => println!(
                "  data           {} (private Postgres and Redis, and keys.toml: back them up together)",
                services.data_dir.display()
            ),
            None => println!("  data           in your own Postgres"),
        }
        println!("\n  Ctrl-C ends it; nothing is lost.\n");
        Ok(())
    }

    /// Ends the services, after the roles.
    pub(crate) async fn stop(self) {
        self.process.store.close().await;
        if let Some(services) = self.services {
            services.stop().await;
        }
    }
}
