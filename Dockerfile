# syntax=docker/dockerfile:1
# Trixie brings SQLite 3.46; the engine wants 3.42 or newer.

FROM python:3.13-slim-trixie AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/planthread/venv
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /build
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev --no-install-project
COPY bot bot
COPY prompts prompts
COPY templates templates
COPY manifest.json ./
# `planthread setup` fetches the packages that checks of generated services run with, so that a build needs no network.
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --frozen --no-dev --no-editable \
    && PLANTHREAD_CACHE=/opt/planthread/cache /opt/planthread/venv/bin/planthread setup

FROM python:3.13-slim-trixie
# Debian keeps one version of each package; a pinned one disappears with the next security fix.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap git tini util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --user-group --uid 10001 planthread
COPY --from=build --chown=planthread:planthread /opt/planthread /opt/planthread
COPY scripts/container-entrypoint.sh /usr/local/bin/container-entrypoint
ENV PATH=/opt/planthread/venv/bin:$PATH \
    HOME=/home/planthread \
    PYTHONUNBUFFERED=1 \
    PLANTHREAD_DATA=/data \
    PLANTHREAD_CACHE=/opt/planthread/cache \
    PLANTHREAD_HOST=0.0.0.0 \
    PLANTHREAD_PORT=8080
WORKDIR /home/planthread
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
# Starts as root only to hand the volume over; the bot itself runs as planthread.
ENTRYPOINT ["tini", "--", "container-entrypoint"]
CMD ["planthread", "serve"]
