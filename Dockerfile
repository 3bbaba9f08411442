# One image for every role; the role is the subcommand: api, worker, scheduler, migrate, waha-sim, doctor, ...
FROM node:22-bookworm-slim AS dashboard
WORKDIR /src
COPY dashboard/package.json dashboard/package-lock.json dashboard/.npmrc ./
RUN npm ci
COPY dashboard ./
RUN npm run build

FROM rust:1-slim-bookworm AS build
WORKDIR /src
COPY . .
COPY --from=dashboard /src/dist dashboard/dist
# Queries are checked against .sqlx/, so no database is needed. The two caches make a second build quick.
ENV SQLX_OFFLINE=true CARGO_TARGET_DIR=/target
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/target \
    cargo build --release --locked -p wahana --bin wahana && cp /target/release/wahana /usr/local/bin/wahana

# Not older than where it was built; its Postgres client, for `backup`, not older than the server of docker-compose.yml.
FROM debian:trixie-slim
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends ca-certificates postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wahana
COPY --from=build /usr/local/bin/wahana /usr/local/bin/wahana
# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001
ENV WAHANA__HTTP__BIND=0.0.0.0:8700 WAHANA__LOG__FORMAT=json
EXPOSE 8700
# Every role but migrate and waha-sim answers /readyz; compose switches this off for those two.
HEALTHCHECK --interval=10s --timeout=6s --start-period=70s CMD ["wahana", "health"]
ENTRYPOINT ["wahana"]
CMD ["--help"]
