# syntax=docker/dockerfile:1
# One image for every role; the role is the subcommand: api, worker, scheduler, migrate, waha-sim, doctor, ...
#
# Bases are pinned by version. Pin them by digest, too, where you build for production:
#   docker buildx imagetools inspect rust:1.95-slim-bookworm --format '{{.Manifest.Digest}}'
# Labels: docker build --build-arg VERSION=0.1.0 --build-arg REVISION="$(git rev-parse HEAD)" \
#   --build-arg CREATED="$(date -u +%FT%TZ)" .
ARG NODE=22.21-bookworm-slim
ARG RUST=1.95-slim-bookworm
ARG DEBIAN=13.2-slim

FROM node:${NODE} AS dashboard
WORKDIR /src
# Packages are a layer of their own: it is built again only when the lock file changes.
COPY dashboard/package.json dashboard/package-lock.json dashboard/.npmrc ./
RUN --mount=type=cache,target=/npm npm ci --cache /npm
COPY dashboard ./
RUN npm run build

FROM rust:${RUST} AS build
WORKDIR /src
# Queries are checked against .sqlx/, so no database is needed.
ENV SQLX_OFFLINE=true CARGO_TARGET_DIR=/target
COPY . .
COPY --from=dashboard /src/dist dashboard/dist
# Downloads and compiled dependencies are in cache mounts: a second build compiles only what changed.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/target,sharing=locked \
    cargo build --release --locked -p wahana --bin wahana && cp /target/release/wahana /usr/local/bin/wahana

# Its C library may not be older than that of the build stage. Its Postgres client, for `backup`, may not be older than
# the server of docker-compose.yml.
FROM debian:${DEBIAN}
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
# Last, so that a new revision does not rebuild a layer.
ARG VERSION=dev
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="wahana" \
    org.opencontainers.image.description="Multi-tenant WhatsApp messaging platform on WAHA" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.created="${CREATED}"
