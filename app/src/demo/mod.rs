pub(crate) async fn run(_c: wahana_config::Config, _a: &crate::cli::DemoArgs) -> anyhow::Result<std::process::ExitCode> { Ok(std::process::ExitCode::SUCCESS) }
