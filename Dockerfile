# syntax=docker/dockerfile:1
# The bot for a container: not as root, on a file system that is read-only but for /data and /tmp.

ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS build
WORKDIR /src
# What changes rarely first: with only a placeholder of the code all dependencies are installed, and that layer is kept.
COPY pyproject.toml README.md LICENSE constraints.txt ./
RUN python -m venv /opt/newsdigest \
    && mkdir bot digests && touch bot/__init__.py digests/__init__.py \
    && /opt/newsdigest/bin/pip install --no-cache-dir --constraint constraints.txt '.[semantic,llm,workers]'
COPY bot bot
COPY digests digests
RUN /opt/newsdigest/bin/pip install --no-cache-dir --no-deps --force-reinstall .

FROM python:${PYTHON}
RUN useradd --system --uid 10001 --no-create-home --home-dir /data newsdigest \
    && install --directory --owner=newsdigest --group=newsdigest --mode=0700 /data
COPY --from=build /opt/newsdigest /opt/newsdigest
ENV PATH=/opt/newsdigest/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DATA_DIR=/data \
    METRICS_LISTEN=127.0.0.1:9090
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["newsdigest", "doctor", "--running"]
ENTRYPOINT ["newsdigest"]
CMD ["run"]
