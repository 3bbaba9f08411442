#!/usr/bin/env bash
# Builds the image and starts docker-compose.yml as a stranger would, in a project of its own with the simulator: every
# role comes up unprivileged, the dashboard in the image is the built one, a message is delivered, a backup is taken, all
# of it ends in time. `./wahana check-image` calls this; it needs a Docker with Compose. Containers and volumes are gone
# afterwards, the image and its caches stay.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly WORK=$(mktemp -d /var/tmp/wahana-check.XXXXXX)
readonly PORT=${WAHANA_PORT:-18700}

compose() { COMPOSE_PROFILES=sim WAHANA_PORT=$PORT docker compose -p wahana-check --env-file "$WORK/env" "$@"; }
say() { printf '\n### %s\n' "$*"; }
end() {
  local status=$?
  [[ $status == 0 ]] || compose logs --no-color --tail 20 || true
  compose down --volumes --timeout 5 >/dev/null 2>&1 || true
  rm -rf "$WORK"
}
trap end EXIT

# expect WHAT WANTED FOUND
expect() { [[ $2 == "$3" ]] || { echo "$1: $3 instead of $2"; return 1; }; }

# .env.example with the secrets filled in; the port and the profile come from here.
while IFS= read -r line; do
  case "$line" in
  '#'* | '' | COMPOSE_PROFILES=* | WAHANA_PORT=*) ;;
  *=) echo "$line$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')" ;;
  *) echo "$line" ;;
  esac
done <.env.example >"$WORK/env"

say "build and start (the first time takes half an hour on a small machine)"
compose up --detach --build --scale worker=2

say "healthy"
for service in api scheduler worker; do
  for _ in $(seq 90); do
    states=$(compose ps --format '{{.Health}}' "$service" | sort -u)
    [[ $states != healthy ]] || break
    sleep 1
  done
  expect "health of $service" healthy "$states"
  expect "user of $service" 10001 "$(compose exec -T "$service" id -u)"
done
compose ps --format 'table {{.Name}}\t{{.Status}}'
docker image inspect wahana --format 'the image has {{.Size}} bytes'

say "the dashboard, an account, a message"
python3 - "http://127.0.0.1:$PORT" <<'PYTHON'
import json, re, sys, time, urllib.request

base = sys.argv[1]

def call(path, body=None, token=None, **headers):
    data = None if body is None else json.dumps(body).encode()
    headers |= {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with urllib.request.urlopen(urllib.request.Request(base + path, data, headers), timeout=30) as answer:
        return answer.read().decode()

def until(what, wanted, ask):
    for _ in range(120):
        found = ask()
        if found in wanted:
            return print(f"{what}: {found}")
        time.sleep(1)
    sys.exit(f"{what}: {found} instead of {' or '.join(wanted)} after two minutes")

print("ready:", call("/readyz"))
script = re.search(r'src="(/assets/[^"]+\.js)"', call("/"))
if not script:
    sys.exit("the image holds no built dashboard")
print("dashboard:", script[1], len(call(script[1])), "bytes")

account = {"email": "ana@toko.example", "name": "Ana", "password": "kuda terbang tinggi", "organization": "Toko Ana"}
call("/api/v1/auth/register", account)
login = {"email": account["email"], "password": account["password"]}
token = json.loads(call("/api/v1/auth/login", login))["access_token"]
session = json.loads(call("/api/v1/sessions", {"name": "Front desk"}, token))["id"]
until("session", ["working"], lambda: json.loads(call(f"/api/v1/sessions/{session}", token=token))["status"])
text = {"session_id": session, "to": "+6281234567890", "content": {"type": "text", "text": "On its way."}}
message = json.loads(call("/api/v1/messages", text, token))["id"]
until("message", ["delivered", "read"], lambda: json.loads(call(f"/api/v1/messages/{message}", token=token))["state"])
PYTHON

say "a backup"
compose run --rm --user "$(id -u)" --volume "$WORK:/backups" migrate backup /backups/monday

say "the end"
compose stop
for service in api scheduler worker; do
  expect "exit code of $service" 0 "$(compose ps --all --format '{{.ExitCode}}' "$service" | sort -u)"
done

say "the image and docker-compose.yml hold"
